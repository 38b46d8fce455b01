# SPDX-License-Identifier: MIT
"""A window that is moved, resized, maximised and restored again and again stays where it is put.

SILL_CYCLES says how often; a hundred take three minutes.
"""

import os

from pattern import wait_for_picture
from tap import equal, test, wait_for
from world import World, main

CYCLES = int(os.environ.get("SILL_CYCLES", "10"))
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


if __name__ == "__main__":
    main(lambda: World("drift"))
