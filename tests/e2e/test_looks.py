# SPDX-License-Identifier: MIT
"""How windows of applications look on the client: what they are to it, and every pixel of them."""

import os

from instance import BARE
from screen import HEIGHT, WIDTH
from tap import equal, test, wait_for
from world import World, main

CORNER = 8


@test("a window with a shadow and round corners: the shadow is cropped, the corners see-through")
def _(world):
    app = world.instance.paint("Shadow", 300, 200, "csd")
    window = world.screen.wait_for_window("Shadow")
    equal(window.geometry()[2:], (300, 200), "its size, without the shadow")
    equal(window.x11.get_geometry().depth, 32, "its depth")

    def as_drawn():
        rows = window.alphas()
        for y, row in enumerate(rows):
            corner = CORNER if y < CORNER else 0
            if bytes(row) != bytes(corner) + b"\xff" * (300 - 2 * corner) + bytes(corner):
                return False
        return True

    wait_for("corners to be transparent, the rest opaque", as_drawn)
    x, y, _, _ = window.geometry()
    mark = app.lines.mark()
    world.screen.click(x + 50, y + 60)
    app.lines.wait("button 272 1 at 50 60", mark)
    world.screen.key("q")
    app.lines.wait("key 16 0", mark)
    wait_for("the same after it drew again", as_drawn)
    app.stop()
    world.screen.wait_until_gone("Shadow")


@test("GTK's own title bar: the corners are see-through, their edges between")
def _(world):
    app = world.instance.exec("gtk3-demo")
    window = world.screen.wait_for_window("Application Class")

    def corner():
        rows = window.alphas()
        # Its shadow reaches below the corner.
        return (rows[0][0] < 64 < rows[0][CORNER // 2] < 255
                and rows[len(rows) // 2][len(rows[0]) // 2] == 255)

    wait_for("a round corner", corner)
    app.stop()
    world.screen.wait_until_gone("Application Class")


@test("a GTK menu that would hang out of the screen does not, at the right and below")
def _(world):
    app = world.instance.exec("gtk3-widget-factory")
    window = world.screen.wait_for_placed_window("gtk3-widget-factory")
    _, _, width, height = window.geometry()
    x, y = WIDTH - 200, HEIGHT - 200
    world.screen.place(window, x, y, width, height)

    def menu():
        """Where one is, once it has its size."""
        found = [w.geometry() for w in world.screen.windows() if w.override]
        return next((rect for rect in found if rect[2] > 1), None)

    def opened():
        world.screen.click(x + 150, y + 160, button=3)
        try:
            return wait_for("a menu", menu, 2)
        except AssertionError:
            world.screen.click(x + 20, y + 100)  # what came instead goes
            return None

    left, top, width, height = wait_for("the entry's menu", opened)
    assert width > 80 and height > 100, f"it is {width} by {height}"
    assert left + width <= WIDTH and top + height <= HEIGHT, f"it is at {left}, {top}"
    world.screen.key("Escape")
    wait_for("it to go", lambda: menu() is None)
    app.stop()
    world.screen.wait_until_gone("gtk3-widget-factory")


@test("an X11 window that wants no frame has none, and nothing around it")
def _(world):
    app = world.instance.exec(BARE, "Bare", "320", "200")
    window = world.screen.wait_for_window("Bare")
    wait_for("its size", lambda: window.geometry()[2:] == (320, 200))
    wait_for("red everywhere", lambda: {p for row in window.pixels() for p in row} == {(255, 0, 0)})
    app.stop()
    world.screen.wait_until_gone("Bare")


def is_over(dialog, owner):
    """Its corner is: the window manager, which has other ideas, is overruled after a moment."""
    return 0 < dialog[0] - owner[0] < owner[2] and 0 < dialog[1] - owner[1] < owner[3]


@test("a dialog is its window's own: kept over it, no button on the task bar, of fixed size")
def _(world):
    app = world.instance.paint("Owner", 300, 200)
    owner = world.screen.wait_for_window("Owner")
    world.screen.type_into(owner, "d")
    dialog = world.screen.wait_for_window("Dialog")
    equal(dialog.number("WM_TRANSIENT_FOR"), owner.x11.id, "the window it is transient for")
    hints = dialog.x11.get_wm_normal_hints()
    equal((hints.min_width, hints.max_width, hints.max_height), (160, 160, 100), "its limits")
    x, y, width, height = owner.geometry()
    wait_for("its place", lambda: is_over(dialog.geometry(), (x, y, width, height)))
    mark = app.lines.mark()
    world.screen.close(dialog)
    app.lines.wait("dialog-close", mark)
    world.screen.wait_until_gone("Dialog")
    app.stop()
    world.screen.wait_until_gone("Owner")


@test("an X11 dialog is its window's own, and over it")
def _(world):
    app = world.instance.exec(BARE, "Main", "320", "200", "Question")
    owner = world.screen.wait_for_window("Main")
    x, y, width, height = owner.geometry()
    world.screen.click(x + width // 2, y + height // 2)
    dialog = world.screen.wait_for_window("Question")
    wait_for("its size", lambda: dialog.geometry()[2:] == (160, 100))
    equal(dialog.number("WM_TRANSIENT_FOR"), owner.x11.id, "the window it is transient for")
    wait_for("its place", lambda: is_over(dialog.geometry(), (x, y, width, height)))
    app.stop()
    world.screen.wait_until_gone("Main")


@test("an X11 application that may not do what root may has a window, too")
def _(world):
    # Whoever is not Weston's user and has no capabilities, as a part of Chromium that root starts.
    without = ["setpriv", "--bounding-set=-all"] if os.geteuid() == 0 else []
    app = world.instance.exec(*without, BARE, "Plain", "320", "200")
    world.screen.wait_for_window("Plain")
    app.stop()
    world.screen.wait_until_gone("Plain")


@test("an icon that an application gives its window is the window's on the client")
def _(world):
    app = world.instance.paint("Icon", 300, 200)
    window = world.screen.wait_for_window("Icon")
    world.screen.type_into(window, "i")
    wait_for("the icon", lambda: window.icon_is(0xFFFF0000))
    app.stop()
    world.screen.wait_until_gone("Icon")


@test("fullscreen fills the monitor, and goes back")
def _(world):
    app = world.instance.paint("Full", 300, 200)
    window = world.screen.wait_for_window("Full")
    mark = app.lines.mark()
    world.screen.type_into(window, "u")
    line = app.lines.wait(f"configure {WIDTH} {HEIGHT}", mark)
    assert line.endswith("fullscreen"), line
    wait_for("the whole monitor", lambda: window.geometry() == (0, 0, WIDTH, HEIGHT))
    world.screen.pause()
    world.screen.key("f")
    wait_for("its size", lambda: window.geometry()[2:] == (300, 200))
    app.stop()
    world.screen.wait_until_gone("Full")


if __name__ == "__main__":
    main(lambda: World("looks"))
