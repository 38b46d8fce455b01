# SPDX-License-Identifier: MIT
"""Wayland protocols beside the usual: what becomes of them at a client."""

import os

from tap import equal, test, wait_for
from world import World, main

POWER = "Received TS_RAIL_ORDER_POWER_DISPLAY_REQUEST"


def cursor(world):
    """Rows of the pointer's picture as it is on the screen: premultiplied ARGB, a number a pixel."""
    world.screen.display.xfixes_query_version()
    image = world.screen.display.xfixes_get_cursor_image(world.screen.root)
    return [tuple(image.cursor_image[y * image.width:(y + 1) * image.width])
            for y in range(image.height)]


def drawn(rows):
    """The part that is not empty."""
    left = min((i for row in rows for i, pixel in enumerate(row) if pixel), default=0)
    right = max((i for row in rows for i, pixel in enumerate(row) if pixel), default=-1)
    return [row[left:right + 1] for row in rows if any(row)]


def is_beam(rows):
    """Higher than wide, the same from both sides and from both ends."""
    part = drawn(rows)
    return bool(part) and len(part) > 2 * len(part[0]) and part == part[::-1] and \
        part == [row[::-1] for row in part]


def requests(world):
    """How often the client was told whether its screen is to stay on."""
    with open(world.log, errors="replace") as file:
        return file.read().count(POWER)


@test("an application names a shape for the pointer: it is drawn, until it hides the pointer")
def _(world):
    app = world.instance.paint("Shape", 300, 200)
    window = world.screen.wait_for_window("Shape")
    world.screen.type_into(window, "b")
    wait_for("the beam", lambda: is_beam(cursor(world)))
    world.screen.key("h")
    wait_for("no pointer", lambda: not drawn(cursor(world)))
    world.screen.key("b")
    wait_for("the beam again", lambda: is_beam(cursor(world)))
    app.stop()
    world.screen.wait_until_gone("Shape")


@test("an application that asks for a frame late is told, too, and that it may draw now")
def _(world):
    app = world.instance.paint("Late", 300, 200)
    window = world.screen.wait_for_window("Late")
    mark = app.lines.mark()
    world.screen.type_into(window, "w")
    app.lines.wait("decoration 1", mark)
    app.lines.wait("configure 300 200 normal", mark)
    app.stop()
    world.screen.wait_until_gone("Late")


@test("a modal dialog gets the keyboard when its window is chosen, another one does not")
def _(world):
    elsewhere = world.instance.paint("Elsewhere", 200, 150)
    other = world.screen.wait_for_window("Elsewhere")
    for key, focus in (("d", "focus"), ("j", "focus-dialog")):
        app = world.instance.paint("Owner", 400, 300)
        owner = world.screen.wait_for_window("Owner")
        world.screen.type_into(owner, key)
        app.lines.wait("focus-dialog")
        world.screen.wait_for_window("Dialog")
        mark = app.lines.mark()
        x, y, _, _ = other.geometry()
        world.screen.click(x + 10, y + 25)  # where no later window covers it, nor its own title bar
        app.lines.wait("unfocus", mark)
        mark = app.lines.mark()
        x, y, _, height = owner.geometry()
        world.screen.click(x + 20, y + height - 20)
        equal(app.lines.wait("focus", mark), focus, f"what has the keyboard after {key}")
        app.stop()
        world.screen.wait_until_gone("Owner")
    elsewhere.stop()
    world.screen.wait_until_gone("Elsewhere")


@test("a terminal has the beam over its text")
def _(world):
    app = world.instance.exec("foot", "--title=Beam")
    window = world.screen.wait_for_window("Beam")
    x, y, width, height = window.geometry()
    world.screen.move(x + width // 2, y + height // 2)
    wait_for("the beam", lambda: is_beam(cursor(world)))
    app.stop()
    world.screen.wait_until_gone("Beam")


@test("an application hands the keyboard from one of its windows to another")
def _(world):
    app = world.instance.paint("Owner", 300, 200)
    owner = world.screen.wait_for_window("Owner")
    world.screen.type_into(owner, "d")
    world.screen.wait_for_window("Dialog")
    app.lines.wait("focus-dialog")
    x, y, _, height = owner.geometry()
    mark = app.lines.mark()
    world.screen.click(x + 5, y + height - 5)
    app.lines.wait("focus", mark)
    mark = app.lines.mark()
    world.screen.key("a")
    app.lines.wait("focus-dialog", mark)
    app.stop()
    world.screen.wait_until_gone("Owner")


@test("a window that keeps the screen on: the client is asked to, and that it need not any more")
def _(world):
    app = world.instance.paint("Film", 300, 200)
    window = world.screen.wait_for_window("Film")
    before = requests(world)
    world.screen.type_into(window, "z")
    wait_for("the request", lambda: requests(world) == before + 1)
    world.screen.key("x")
    wait_for("the end of it", lambda: requests(world) == before + 2)
    world.screen.key("z")
    wait_for("another request", lambda: requests(world) == before + 3)
    app.stop()
    world.screen.wait_until_gone("Film")
    wait_for("the end of it, with the window", lambda: requests(world) == before + 4)


@test("an application that asks for a frame is told to draw its own")
def _(world):
    app = world.instance.paint("Frame", 300, 200)
    equal(app.lines.wait("decoration"), "decoration 1", "who draws")
    app.stop()
    world.screen.wait_until_gone("Frame")


@test("one that names no mode is told after its first configure, and that it may draw now")
def _(world):
    app = world.instance.paint("Undecided", 300, 200, "undecided")
    app.lines.wait("decoration 1")
    first = next(line.split()[0] for line in app.lines.seen if line[:4] in ("conf", "deco"))
    equal(first, "configure", "what it was told first")
    app.lines.wait("configure", app.lines.seen.index("decoration 1"))
    app.stop()


class Protocols(World):
    """With a client that writes down what it receives."""

    def __init__(self):
        super().__init__("protocols", self.connect)

    def connect(self, instance):
        self.log = os.path.join(os.environ["HOME"], "received.log")
        os.environ["WLOG_APPENDER"] = "FILE"
        os.environ["WLOG_FILEAPPENDER_OUTPUT_FILE_PATH"] = os.path.dirname(self.log)
        os.environ["WLOG_FILEAPPENDER_OUTPUT_FILE_NAME"] = os.path.basename(self.log)
        return instance.connect("/log-level:DEBUG")


if __name__ == "__main__":
    main(Protocols)
