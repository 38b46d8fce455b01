# SPDX-License-Identifier: MIT
"""A client with two monitors, and what becomes of windows when it has others."""

import time

from instance import Instance
from screen import Screen
from tap import test, wait_for
from world import main

LEFT, RIGHT = (0, 0, 800, 800), (800, 0, 480, 800)
# So soon after a window appeared, a move is the window manager's placing to the server.
PLACED = 0.6


class Monitors:
    def __init__(self):
        self.screen = Screen(monitors=[LEFT, RIGHT])
        self.instance = Instance("monitors")
        self.client = self.instance.connect("/multimon")

    def reconnect(self, *options):
        self.client.terminate()
        self.client.wait(10)
        self.client = self.instance.connect(*options)

    def open_on_the_right(self, title):
        app = self.instance.paint(title, 300, 200)
        window = self.screen.wait_for_window(title)
        appeared = time.monotonic()
        wait_for("it to be placed", lambda: time.monotonic() - appeared > PLACED)
        self.screen.place(window, 860, 100, 300, 200)
        return app, window

    def stop(self):
        self.client.terminate()
        self.client.wait(10)
        self.instance.stop()
        self.screen.stop()


def fill_the_right(world, app, window, key, state):
    """With a key that asks for that state."""
    mark = app.lines.mark()
    world.screen.type_into(window, key)
    app.lines.wait(f"configure 480 800 {state}", mark)
    wait_for("the right monitor", lambda: window.geometry() == RIGHT)


@test("a window is maximised on the monitor that it is on, and comes back to it")
def _(world):
    app, window = world.open_on_the_right("Big")
    fill_the_right(world, app, window, "m", "maximized")
    world.screen.pause()
    world.screen.key("f")
    wait_for("its place", lambda: window.geometry() == (860, 100, 300, 200))
    app.stop()
    world.screen.wait_until_gone("Big")


@test("a window is fullscreen on the monitor that it is on")
def _(world):
    app, window = world.open_on_the_right("Full")
    fill_the_right(world, app, window, "u", "fullscreen")
    app.stop()
    world.screen.wait_until_gone("Full")


@test("the client comes back with one monitor: a window of the other one can be reached, at its scale")
def _(world):
    app, _ = world.open_on_the_right("Left over")
    mark = app.lines.mark()
    world.reconnect("/scale-desktop:150", "/scale:140")
    app.lines.wait("scale 180", mark)
    window = world.screen.wait_for_window("Left over")
    wait_for("its size in pixels", lambda: window.geometry()[2:] == (450, 300))
    x, y, _, _ = window.geometry()
    assert x < LEFT[2] and 0 <= y < LEFT[3], (x, y)
    mark = app.lines.mark()
    world.screen.click(x + 30, y + 60)
    app.lines.wait("button 272 1 at 20 40", mark)
    app.stop()
    world.screen.wait_until_gone("Left over")


if __name__ == "__main__":
    main(Monitors)
