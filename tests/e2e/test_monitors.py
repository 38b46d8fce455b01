# SPDX-License-Identifier: MIT
"""A client with two monitors, and what becomes of windows when it has others."""

import os
import time

from instance import WORK, Instance
from screen import Screen
from tap import equal, test, wait_for
from world import main

LEFT, RIGHT, TURNED = (0, 0, 800, 800), (800, 0, 480, 800), (800, 0, 800, 480)
# So soon after a window appeared, a move is the window manager's placing to the server.
PLACED = 0.6
OTHER = os.path.join(WORK, "build/tests/e2e/other_monitors.so")


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
    wait_for(lambda: f"its size in pixels, it is at {window.geometry()}; {app.lines.seen[mark:]}",
             lambda: window.geometry()[2:] == (450, 300))
    x, y, _, _ = window.geometry()
    assert x < LEFT[2] and 0 <= y < LEFT[3], (x, y)
    mark = app.lines.mark()
    world.screen.click(x + 30, y + 60)
    app.lines.wait("button 272 1 at 20 40", mark)
    app.stop()
    world.screen.wait_until_gone("Left over")


def outputs(world):
    return world.instance.command("wayland-info", "-i", "wl_output")


class Layouts:
    """What the client says of its monitors, while it is connected: see other_monitors.c."""

    def __init__(self, world):
        self.path = os.path.join(os.environ["HOME"], "layouts")
        os.mkfifo(self.path)
        os.environ.update(LD_PRELOAD=OTHER, SILL_MONITORS=self.path)
        try:
            world.reconnect("/disp")
        finally:
            del os.environ["LD_PRELOAD"]
        self.file = open(self.path, "w")  # when the client reads from it

    def say(self, *monitors):
        self.file.write(";".join(" ".join(str(n) for n in monitor) for monitor in monitors) + "\n")
        self.file.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()
        os.unlink(self.path)


@test("a monitor of another scale is added while windows are open: a window is drawn at its scale there")
def _(world):
    with Layouts(world) as layouts:
        app, window = world.open_on_the_right("Scaled")
        mark = app.lines.mark()
        layouts.say((*LEFT, 100), (*RIGHT, 200))
        app.lines.wait("scale 240", mark)
        wait_for("its size in pixels", lambda: window.geometry()[2:] == (600, 400))
        world.screen.pause()  # the client may ask its window manager for the place once more
        world.screen.place(window, 800, 100, 600, 400)  # as far as a window manager lets it
        # Two pixels of the client are one of the application.
        mark = app.lines.mark()
        world.screen.click(800 + 60, 100 + 120)
        app.lines.wait("button 272 1 at 30 60", mark)
        mark = app.lines.mark()
        world.screen.place(window, 100, 100, 600, 400)
        app.lines.wait("scale 120", mark)
        app.stop()
        world.screen.wait_until_gone("Scaled")


@test("a window that spans monitors is of the scale of the one that most of it is on")
def _(world):
    with Layouts(world) as layouts:
        layouts.say((*LEFT, 100), (*RIGHT, 150))
        app, window = world.open_on_the_right("Spans")
        app.lines.wait("scale 180")
        mark = app.lines.mark()
        x, _, width, height = window.geometry()
        world.screen.place(window, 800 - width + 60, 100, width, height)
        app.lines.wait("scale 120", mark)
        mark = app.lines.mark()
        world.screen.click(800 + 20, 160)  # on the part that is on the other monitor
        line = app.lines.wait("button 272 1", mark)
        x, y, _, _ = window.geometry()
        assert line.endswith(f"at {820 - x} {160 - y}"), (line, window.geometry())
        app.stop()
        world.screen.wait_until_gone("Spans")


@test("a monitor is turned on its side while windows are open: applications and windows follow")
def _(world):
    with Layouts(world) as layouts:
        layouts.say((*LEFT, 100), (*RIGHT, 100))
        app, window = world.open_on_the_right("Turned")
        world.screen.place(window, 860, 560, 300, 200)
        wait_for("the monitor upright", lambda: "width: 480 px, height: 800 px" in outputs(world))
        layouts.say((*LEFT, 100), (*TURNED, 100, 90))
        wait_for("it turned", lambda: "width: 800 px, height: 480 px" in outputs(world))
        wait_for(lambda: f"the window to come up, it is at {window.geometry()}",
                 lambda: window.geometry()[1] < TURNED[3])
        x, y, width, height = window.geometry()
        equal((width, height), (300, 200), "its size")
        mark = app.lines.mark()
        world.screen.click(x + 10, y + 60)
        app.lines.wait("button 272 1 at 10 60", mark)
        app.stop()
        world.screen.wait_until_gone("Turned")


@test("a monitor is removed while a window is on it: the window comes to one that is left")
def _(world):
    with Layouts(world) as layouts:
        layouts.say((*LEFT, 100), (*RIGHT, 100))
        app, window = world.open_on_the_right("Orphan")
        layouts.say((*LEFT, 100))
        wait_for("it to come", lambda: window.geometry()[0] < LEFT[2])
        x, y, _, _ = window.geometry()
        mark = app.lines.mark()
        world.screen.click(x + 10, y + 60)
        app.lines.wait("button 272 1 at 10 60", mark)
        app.stop()
        world.screen.wait_until_gone("Orphan")


if __name__ == "__main__":
    main(Monitors)
