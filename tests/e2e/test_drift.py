# SPDX-License-Identifier: MIT
"""A window that is moved, resized, maximised and restored again and again stays where it is put.

SILL_CYCLES says how often; a hundred take three minutes.
"""

import os
import signal
import time

from pattern import wait_for_picture
from screen import HEIGHT
from tap import equal, test, wait_for
from world import World, main

CYCLES = int(os.environ.get("SILL_CYCLES", "10"))
# Longer than the server waits for the client to end a move, shorter than the shell for an answer.
BUSY = 0.8
PLACES = ((500, 300, 520, 410), (450, 250, 480, 390), (20, 30, 301, 203))


def cycle(world, app, window, place):
    mark = app.lines.mark()
    world.screen.place(window, *place)
    app.lines.wait(f"configure {place[2]} {place[3]}", mark)
    wait_for_picture(window)
    mark = app.lines.mark()
    world.screen.maximize(window)
    app.lines.wait("configure 12", mark)
    wait_for("the whole screen", lambda: window.geometry()[2] >= 1270)
    wait_for_picture(window)
    mark = app.lines.mark()
    world.screen.maximize(window, False)
    app.lines.wait(f"configure {place[2]} {place[3]}", mark)
    wait_for("the earlier place", lambda: window.geometry() == place)


@test(f"{CYCLES} times moved, resized, maximised and restored, without a pixel of drift")
def _(world):
    app = world.instance.paint("Drift", 400, 300)
    window = world.screen.wait_for_window("Drift")
    for number in range(CYCLES):
        cycle(world, app, window, PLACES[number % len(PLACES)])
    last = PLACES[(CYCLES - 1) % len(PLACES)]
    wait_for_picture(window)
    equal(window.geometry(), last, "its place in the end")
    # Input says where the compositor believes it to be.
    mark = app.lines.mark()
    world.screen.click(last[0] + 10, last[1] + 100)
    app.lines.wait("button 272 1 at 10 100", mark)
    app.stop()
    world.screen.wait_until_gone("Drift")


@test("a window with a shadow when it is not maximised is restored to its place, drawn late")
def _(world):
    app = world.instance.exec("gtk3-demo-application")
    window = world.screen.wait_for_window("Application Class")
    place = (300, 200, 420, 300)
    world.screen.place(window, *place)
    world.screen.maximize(window)
    wait_for("the whole screen", lambda: window.geometry()[2] >= 1270)
    # Its status bar at the lower edge, grey
    wait_for("it to draw that large", lambda: world.screen.pixels(
        600, HEIGHT - 5, 1, 1)[0][0] not in ((0, 0, 0), (255, 255, 255)))
    os.kill(app.process.pid, signal.SIGSTOP)
    world.screen.maximize(window, False)
    time.sleep(BUSY)
    os.kill(app.process.pid, signal.SIGCONT)
    wait_for("its size", lambda: window.geometry()[2:] == place[2:])
    equal(window.geometry(), place, "its place")
    app.stop()
    world.screen.wait_until_gone("Application Class")


if __name__ == "__main__":
    main(lambda: World("drift"))
