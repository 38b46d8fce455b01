# SPDX-License-Identifier: MIT
"""All windows composed into one, for a client that knows no windows but its own (no RemoteApp)."""

import numpy
from Xlib import X, XK
from Xlib.ext import xtest

from instance import Instance
from screen import Screen
from tap import equal, test, wait_for
from world import main

BACKGROUND = (0x42, 0x3A, 0x2B)  # blue first
DESKTOP = 1000, 700
KEY_Q = 16


class Desktop:
    """The client's one window. There is no window manager: it would want Alt and the mouse itself."""

    def __init__(self):
        self.screen = Screen(manager=None)
        self.instance = Instance("desktop")
        self.client = self.connect()
        self.paint = None
        self.keys = 0  # so many it was told of

    def connect(self, *options):
        return self.instance.connect(f"/size:{DESKTOP[0]}x{DESKTOP[1]}", "/t:Desktop", *options,
                                     how=["--desktop"])

    def view(self):
        return self.screen.wait_for_window("Desktop")

    def picture(self):
        """[y][x] to blue, green, red."""
        x, y, width, height = self.view().geometry()
        raw = self.screen.root.get_image(x, y, width, height, X.ZPixmap, 0xFFFFFFFF).data
        return numpy.frombuffer(raw, numpy.uint8).reshape(height, width, 4)[:, :, :3]

    def box(self, wanted):
        """x, y, width, height of the pixels that are wanted."""
        rows, columns = numpy.flatnonzero(wanted.any(1)), numpy.flatnonzero(wanted.any(0))
        if len(rows) == 0:
            return None
        x, y = int(columns[0]), int(rows[0])
        return x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1

    def bounds(self):
        """Of all that is not background."""
        return self.box((self.picture() != BACKGROUND).any(axis=2))

    def shows(self, rect, keys=None):
        """Whether paint's pattern is there, as pattern.py has it."""
        x, y, width, height = rect
        keys = self.keys if keys is None else keys
        part = self.picture()[y:y + height, x:x + width]
        if part.shape != (height, width, 3):
            return False
        return ((part[:, :, 0] == (keys * 32 & 0xFF)).all()
                and (part[:, :, 1].T == numpy.arange(height) * 255 // height).all()
                and (part[:, :, 2] == numpy.arange(width) * 255 // width).all())

    def move(self, x, y):
        left, top, _, _ = self.view().geometry()
        self.screen.move(left + x, top + y)

    def click(self, x, y, button=1):
        self.move(x, y)
        self.screen.button(button, True)
        self.screen.button(button, False)

    def drag(self, at, to, button=1):
        self.move(*at)
        self.screen.button(button, True)
        self.screen.pause()
        self.move((at[0] + to[0]) // 2, (at[1] + to[1]) // 2)
        self.move(*to)
        self.screen.button(button, False)

    def hold_alt(self, held):
        code = self.screen.display.keysym_to_keycode(XK.string_to_keysym("Alt_L"))
        xtest.fake_input(self.screen.display, X.KeyPress if held else X.KeyRelease, code)
        self.screen.display.sync()

    def stop(self):
        self.client.terminate()
        self.client.wait(10)
        self.instance.stop()
        self.screen.stop()


@test("the client's one window is a desktop, and an application's window is on it")
def _(world):
    equal(world.view().geometry()[2:], DESKTOP, "its size")
    wait_for("an empty desktop", lambda: world.bounds() is None)
    world.paint = world.instance.paint("Pattern", 300, 200)
    wait_for("its size", lambda: (world.bounds() or ())[2:] == (300, 200))
    wait_for("its picture", lambda: world.shows(world.bounds()))


@test("typing and clicks reach it, and what it draws then is shown")
def _(world):
    x, y, _, _ = world.bounds()
    mark = world.paint.lines.mark()
    world.click(x + 50, y + 60)
    world.paint.lines.wait("button 272 1 at 50 60", mark)
    world.screen.key("q")
    world.paint.lines.wait(f"key {KEY_Q} 0", mark)
    world.keys += 1
    wait_for("its picture", lambda: world.shows(world.bounds()))


@test("moved by its own title bar it is where it was put, and input hits it")
def _(world):
    x, y, width, height = world.bounds()
    world.drag((x + 10, y + 10), (x + 210, y + 110))
    there = (x + 200, y + 100, width, height)
    wait_for("the move", lambda: world.bounds() == there)
    wait_for("its picture", lambda: world.shows(there))
    mark = world.paint.lines.mark()
    world.click(there[0] + 7, there[1] + 70)
    world.paint.lines.wait("button 272 1 at 7 70", mark)


@test("with Alt a window is moved and resized that has nothing to take hold of")
def _(world):
    x, y, width, height = world.bounds()
    mark = world.paint.lines.mark()
    world.hold_alt(True)
    world.drag((x + 100, y + 100), (x + 40, y + 20))
    wait_for("the move", lambda: world.bounds() == (x - 60, y - 80, width, height))
    world.drag((x - 60 + width - 5, y - 80 + height - 5), (x - 60 + width + 45, y - 80 + height + 25),
               button=3)
    world.hold_alt(False)
    world.paint.lines.wait(f"configure {width + 50} {height + 30}", mark)
    world.keys += 1  # Alt is one, too
    wait_for("the size", lambda: world.bounds() == (x - 60, y - 80, width + 50, height + 30))
    wait_for("its picture", lambda: world.shows(world.bounds()))
    assert not any(line.startswith("button") for line in world.paint.lines.seen[mark:])


@test("a popup is where the application put it, and goes away")
def _(world):
    x, y, _, _ = world.bounds()
    mark = world.paint.lines.mark()
    world.click(x + 100, y + 60, button=3)
    world.paint.lines.wait("popup 100 60", mark)

    def popup_corners():
        picture = world.picture()
        inside = (picture[y + 60, x + 100], picture[y + 60 + 79, x + 100 + 119])
        return all(min(p[1:]) > 230 and p[0] < 25 for p in inside)

    wait_for("its yellow", popup_corners)
    world.click(x + 20, y + 180)
    world.paint.lines.wait("popup-closed", mark)
    wait_for("the picture without it", lambda: world.shows(world.bounds()))


@test("windows lie on one another, a click brings the one below to the top")
def _(world):
    below = world.bounds()
    other = world.instance.paint("Other", 250, 150)
    # Nobody pressed a key in it yet, which shows in its blue.
    box = wait_for("the other window", lambda: world.box(world.picture()[:, :, 0] == 0))
    equal(box[2:], (250, 150), "the size of the other one, on top")
    over = (below[0] + 60, below[1] + 50, 250, 150)
    world.drag((box[0] + 5, box[1] + 5), (over[0] + 5, over[1] + 5))
    wait_for("the other over the first", lambda: world.shows(over, 0))
    world.click(below[0] + 5, below[1] + below[3] - 5)
    wait_for("the first on top", lambda: world.shows(below))
    world.hold_alt(True)
    world.keys += 1
    world.screen.key("Tab")
    world.hold_alt(False)
    wait_for("Alt and Tab to bring the other on top", lambda: world.shows(over, 0))
    other.stop()
    wait_for("only the first", lambda: world.bounds() == below)
    wait_for("all of it", lambda: world.shows(below))


@test("a window that wants to be minimised stays: nothing here would bring it back")
def _(world):
    x, y, width, height = world.bounds()
    mark = world.paint.lines.mark()
    world.click(x + 60, y + 60)
    world.paint.lines.wait("button", mark)
    world.screen.key("n")
    world.keys += 1
    wait_for("its next picture", lambda: world.shows((x, y, width, height)))
    mark = world.paint.lines.mark()
    world.click(x + 60, y + 60)
    world.paint.lines.wait("button 272 1 at 60 60", mark)


def own_kib(pid):
    """Its memory that is nobody else's and no file's."""
    with open(f"/proc/{pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("RssAnon:"))


@test("a picture that is still takes less memory, and what changes then is shown")
def _(world):
    pid, = world.instance.host_pids("sill-rdp")
    x, y, _, _ = world.bounds()
    world.click(x + 60, y + 60)

    def draw():
        world.screen.key("q")
        world.keys += 1
        wait_for("its next picture", lambda: world.shows(world.bounds()))
        return own_kib(pid)

    # Drawn on, it is not still.
    most = max(draw() for _ in range(5))
    less = DESKTOP[0] * DESKTOP[1] * 4 // 1024 // 2
    wait_for("less memory", lambda: own_kib(pid) < most - less)
    draw()


@test("the same windows for a client with RemoteApp and back")
def _(world):
    bounds = world.bounds()
    rail = world.instance.connect()
    window = world.screen.wait_for_window("Pattern")
    equal(window.geometry()[2:], bounds[2:], "its size")
    equal(world.client.wait(10) == 0, False, "whether the first client was content")
    world.client = world.connect()
    wait_for("its picture", lambda: world.shows(bounds))
    rail.wait(10)


@test("resized, the client's window shows more or less of the desktop, and a maximised window fills it")
def _(world):
    world.client.terminate()
    world.client.wait(10)
    world.client = world.connect("+dynamic-resolution")
    wait_for("its picture", lambda: world.shows(world.bounds() or (0, 0, 1, 1)))
    x, y, _, _ = world.bounds()
    mark = world.paint.lines.mark()
    world.click(x + 60, y + 60)
    world.paint.lines.wait("button", mark)
    world.screen.key("m")
    world.keys += 1
    wait_for("all of the desktop", lambda: world.shows((0, 0, *DESKTOP)))
    world.view().x11.configure(width=800, height=600)
    world.screen.display.sync()
    world.paint.lines.wait("configure 800 600", mark)
    wait_for("all of the smaller one", lambda: world.shows((0, 0, 800, 600)))
    world.screen.key("f")
    world.keys += 1
    wait_for("its own size again", lambda: (world.bounds() or ())[2:] != (800, 600))
    wait_for("its picture", lambda: world.shows(world.bounds()))


@test("Alt and F4 close it")
def _(world):
    x, y, _, _ = world.bounds()
    mark = world.paint.lines.mark()
    world.click(x + 60, y + 60)
    world.paint.lines.wait("button", mark)
    world.screen.key("F4", "Alt_L")
    world.paint.process.wait(10)
    wait_for("an empty desktop", lambda: world.bounds() is None)


if __name__ == "__main__":
    main(Desktop)
