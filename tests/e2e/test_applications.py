# SPDX-License-Identifier: MIT
"""Applications that people have, each opened, looked at, used, resized and closed; with pictures.

With SILL_GALLERY=heavy those of packages/gallery instead of the light ones. The pictures, and a
page that shows them, are left in SILL_WORK/gallery.
"""

import os
import time

import numpy
from Xlib.error import BadDrawable, BadWindow

import gallery
from applications import BELOW, CORNER, HEAVY, LIGHT
from instance import WORK
from screen import HEIGHT, PLACED, WIDTH
from tap import equal, test, wait_for
from world import World, main

TITLE_BAR, BORDER = 30, 8  # no larger, where Weston makes them
WAIT = {"light": 15.0, "heavy": 90.0}
# Pixels: a text cursor that blinks is no larger, what is typed is.
CURSOR, TYPED = 60, 100
# From a click on its button to a drop-down menu; from the pointer to the corner of one that opens
# there.
BUTTON, POINTER = 32, 8
PLACE, LARGEST = (200, 60), (1000, 700)
PICTURES = os.path.join(WORK, "gallery")


class Applications(World):
    def __init__(self, kind):
        super().__init__("applications")
        self.wait = WAIT[kind]
        os.makedirs(PICTURES, exist_ok=True)

    def stop(self):
        gallery.write(PICTURES, LIGHT + HEAVY)
        super().stop()


def grab(window):
    """The window's part of the screen, a number a pixel."""
    raw, width = window.screen.image(*window.geometry())
    return numpy.frombuffer(raw, "<u4").reshape(-1, width) & 0xFFFFFF


def difference(one, other):
    """How many pixels are not the same. A terminal's last row and column may come and go with the
    frame that it makes itself of what is left of a size."""
    height, width = numpy.minimum(one.shape, other.shape)
    return int((one[:height, :width] != other[:height, :width]).sum())


def has_content(pixels):
    return pixels.size > 0 and bool((pixels != pixels[0, 0]).any())


def has_drawn(window, blank):
    """Not only its frame, which may be Weston's: there is something within."""
    picture = grab(window)
    return has_content(picture if blank else picture[TITLE_BAR:-BORDER, BORDER:-BORDER])


def find(world, application):
    # An X11 application's window may first have another title.
    return next((w for w in world.screen.windows()
                 if application.title in w.title and not w.override), None)


def drawn_window(world, application):
    window = find(world, application)
    there = window and window.geometry()[2] > 1 and has_drawn(window, application.blank)
    return window if there else None


def still(world, window):
    """What it shows, once that is the same for as long as a person pauses."""
    def settled():
        before = grab(window)
        world.screen.pause()
        after = grab(window)
        return [after] if difference(before, after) <= CURSOR else None

    return wait_for("a still picture", settled, world.wait)[0]


def point(window, at):
    x, y, width, height = window.geometry()
    return x + at[0] + (width if at[0] < 0 else 0), y + at[1] + (height if at[1] < 0 else 0)


def press(world, window, at):
    """For as long as a person: what draws slowly looks at the button only then."""
    world.screen.move(*point(window, at))
    world.screen.button(at[2], True)
    world.screen.pause()
    world.screen.button(at[2], False)
    world.screen.pause()


def perform(world, window, steps):
    for step in steps:
        if isinstance(step, str):
            *modifiers, key = step.split("+")
            world.screen.key(key, *(f"{modifier}_L" for modifier in modifiers))
        elif len(step) == 2:
            world.screen.move(*point(window, step))
        else:
            press(world, window, step)


def picture(world, application, what=""):
    world.instance.picture(os.path.join(PICTURES, gallery.leaf(application, what)))


def has_place(place, at, rect):
    """Whether a menu is where it belongs, and all of it on the screen."""
    x, y, width, height = rect
    inside = x >= 0 and y >= 0 and x + width <= WIDTH and y + height <= HEIGHT
    if place == BELOW:
        return inside and x <= at[0] < x + width and 0 < y - at[1] <= BUTTON
    if place == CORNER:
        return inside and min(abs(x - at[0]), abs(x + width - at[0])) <= POINTER and \
            min(abs(y - at[1]), abs(y + height - at[1])) <= POINTER
    return inside and x <= at[0] < x + width and y <= at[1] < y + height


def change(world, window, steps, before):
    """Does that; returns what it shows once that is something else."""
    perform(world, window, steps)
    wait_for(f"something else to be seen after {steps}",
             lambda: difference(before, grab(window)) >= TYPED, world.wait)
    return still(world, window)


def use(world, application, window):
    """Does and undoes what changes what it shows, until the same was seen twice in a row."""
    perform(world, window, application.first)
    done, undone = None, still(world, window)

    def is_seen_twice():
        nonlocal done, undone
        last, done = done, change(world, window, application.steps, undone)
        alike = last is not None and difference(last, done) <= CURSOR
        if alike:
            picture(world, application)
        undone = change(world, window, application.back, done)
        return alike

    wait_for("the same to be seen twice", is_seen_twice, world.wait)


def new_menu(world, before):
    """The window that is there now and was not before, and where it stays."""
    menu = next((w for w in world.screen.windows() if w.override and w.x11.id not in before), None)
    try:
        rect = menu and menu.geometry()
        world.screen.pause()
        there = menu and menu.geometry() == rect and has_content(grab(menu))
        return (menu, rect) if there else None
    except (BadDrawable, BadWindow):
        return None


def open_menu(world, application, window):
    menu = application.menu
    before = {w.x11.id for w in world.screen.windows()}
    at = point(window, menu.click)
    if menu.held:
        world.screen.hold(menu.held, True)
        world.screen.move(*at)
        world.screen.button(menu.click[2], True)
    else:
        world.screen.click(*at, button=menu.click[2])
    shown, rect = wait_for(f"the menu of {application.name}", lambda: new_menu(world, before),
                           world.wait)
    print(f"# {application.name}: clicked at {at}, the menu is at {rect}")
    assert has_place(menu.place, at, rect), f"clicked at {at}, the menu is at {rect}"
    equal(shown.number("WM_TRANSIENT_FOR"), window.x11.id, "the window that the menu belongs to")
    picture(world, application, "menu")
    if menu.held:
        world.screen.button(menu.click[2], False)
        world.screen.hold(menu.held, False)
    perform(world, window, menu.close)
    wait_for("the menu to close", lambda: all(
        w.x11.id != shown.x11.id for w in world.screen.windows()), world.wait)


def arrange(world, application):
    """Its window, in a place and of a size that it did not choose."""
    window = wait_for("it to draw", lambda: drawn_window(world, application), world.wait)
    appeared = time.monotonic()
    wait_for("it to be placed", lambda: time.monotonic() - appeared > PLACED)
    if "_NET_WM_STATE_MAXIMIZED_VERT" in window.state():
        world.screen.maximize(window, False)
        wait_for("it to be of normal size",
                 lambda: "_NET_WM_STATE_MAXIMIZED_VERT" not in window.state(), world.wait)
    _, _, width, height = window.geometry()
    size = min(width + 40, LARGEST[0]), min(height + 30, LARGEST[1])
    world.screen.ask_place(window, *PLACE, *size)
    wait_for("it to move", lambda: window.geometry()[:2] == PLACE, world.wait)
    wait_for("it to draw again", lambda: drawn_window(world, application), world.wait)
    return window


def close(world, application, app, window):
    world.screen.close(window)
    wait_for("it to go", lambda: find(world, application) is None, world.wait)
    if application.hangs:
        app.stop()
    wait_for("it to end", lambda: not app.alive(), world.wait)
    for unit in ("weston.service", "sill-rdp.service"):
        assert world.instance.unit(unit)["restarts"] == 0, f"{unit} was restarted"


def exercise(world, application):
    gallery.forget(PICTURES, application)
    app = world.instance.exec(*application.command)
    try:
        window = arrange(world, application)
        if application.steps:
            use(world, application, window)
        else:
            picture(world, application)
        if application.menu:
            open_menu(world, application, window)
        close(world, application, app, window)
    finally:
        app.stop()


def register(application):
    without = f" (it has no {application.lacks})" if application.lacks else ""
    @test(f"{application.name} opens, is moved and resized, takes typing and clicks, shows its "
          f"menu in place, closes{without}")
    def _(world):
        exercise(world, application)


if __name__ == "__main__":
    which = os.environ.get("SILL_GALLERY", "light")
    for entry in HEAVY if which == "heavy" else LIGHT:
        register(entry)
    main(lambda: Applications(which))
