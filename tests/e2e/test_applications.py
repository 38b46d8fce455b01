# SPDX-License-Identifier: MIT
"""Applications that people have, each opened, looked at, resized and closed; with a picture of each.

With SILL_GALLERY=heavy those of packages/gallery instead of the light ones. The pictures are left
in SILL_WORK/gallery.
"""

import os
import time

from instance import WORK
from tap import Skip, test, wait_for
from world import World, main

QT6 = "/usr/lib/x86_64-linux-gnu/qt6/examples"
QT5 = "/usr/lib/x86_64-linux-gnu/qt5/examples"
SDL2 = "/usr/libexec/installed-tests/SDL2"
# What it is called here, the command, and what its window's title has in it.
LIGHT = (
    ("foot", ("foot", "--title=Terminal of foot"), "Terminal of foot"),
    ("gtk3", ("gtk3-demo",), "Application Class"),
    ("gtk4", ("gtk4-demo",), "GTK Demo"),
    ("qt6", (f"{QT6}/widgets/widgets/calculator/bin/calculator",), "Calculator"),
    ("qt6-xcb", ("env", "QT_QPA_PLATFORM=xcb",
                 f"{QT6}/widgets/widgets/calculator/bin/calculator"), "Calculator"),
    ("xterm", ("xterm", "-T", "Terminal of X"), "Terminal of X"),
    ("xclock", ("xclock", "-update", "60"), "xclock"),
)
HEAVY = (
    ("gtk4-widgets", ("gtk4-widget-factory",), "GTK Widget Factory"),
    ("firefox", ("firefox-esr", "--no-remote", "about:license"), "Firefox"),
    ("chromium", ("chromium", "--no-sandbox", "--ozone-platform=wayland", "about:version"),
     "Chromium"),
    ("chromium-x11", ("chromium", "--no-sandbox", "--ozone-platform=x11", "about:version"),
     "Chromium"),
    ("libreoffice", ("localc", "--norestore"), "LibreOffice Calc"),
    ("gimp", ("gimp", "--no-splash"), "GNU Image Manipulation Program"),
    ("mpv", ("mpv", "--force-window=yes", "--idle=yes"), "mpv"),
    ("qt5", (f"{QT5}/widgets/widgets/calculator/calculator",), "Calculator"),
    ("sdl2-x11", ("env", "SDL_VIDEODRIVER=x11", f"{SDL2}/testdraw2", "--resizable"), "testdraw2"),
    ("glfw", ("goxel",), "Goxel"),
)
# Their window closes and they hang in ~QWaylandDisplay now and then, 1 time in 10: Qt 6.8 waits for
# its event thread there, which waits in wl_display_read_events() for a reader that never comes.
MAY_HANG_AT_EXIT = ("qt6",)
# So soon after a window appeared, a move is the window manager's placing to the server.
PLACED = 0.6
TITLE_BAR, BORDER = 30, 8  # no larger, where Weston makes them
WAIT = {"light": 15.0, "heavy": 90.0}


class Applications(World):
    def __init__(self, kind):
        super().__init__("applications")
        self.wait = WAIT[kind]
        os.makedirs(os.path.join(WORK, "gallery"), exist_ok=True)


def has_drawn(window):
    """Not only its frame, which may be Weston's: there is something within."""
    rows = window.pixels()
    inner = {pixel for row in rows[TITLE_BAR:-BORDER] for pixel in row[BORDER:-BORDER]}
    return len(inner) > 1 and len({pixel for row in rows for pixel in row}) > 2


def find(world, title):
    # An X11 application's window may first have another title.
    return next((w for w in world.screen.windows() if title in w.title and not w.override), None)


def has_settled(world, title):
    window = find(world, title)
    return window if window and window.geometry()[2] > 1 and has_drawn(window) else None


def program_of(command):
    return next(word for word in command if "=" not in word and word != "env")


def exercise(world, name, command, title):
    program = program_of(command)
    if not any(os.access(os.path.join(folder, program), os.X_OK)
               for folder in os.environ["PATH"].split(":")):
        raise Skip(f"{program} is not installed")
    app = world.instance.exec(*command)
    window = wait_for(f"{name} to draw", lambda: has_settled(world, title), world.wait)
    appeared = time.monotonic()
    x, y, width, height = window.geometry()
    world.screen.click(x + width // 2, y + height // 2)
    world.screen.pause()
    world.instance.picture(os.path.join(WORK, "gallery", f"{name}.png"))
    wait_for("it to be placed", lambda: time.monotonic() - appeared > PLACED)
    if "_NET_WM_STATE_MAXIMIZED_VERT" in window.state():
        world.screen.maximize(window, False)
        wait_for(f"{name} to be of normal size",
                 lambda: "_NET_WM_STATE_MAXIMIZED_VERT" not in window.state(), world.wait)
        x, y, width, height = window.geometry()
    world.screen.ask_place(window, 200, 60, width + 40, height + 30)
    wait_for(f"{name} to move", lambda: window.geometry()[:2] == (200, 60), world.wait)
    wait_for(f"{name} to draw again", lambda: has_settled(world, title), world.wait)
    world.screen.close(window)
    wait_for(f"{name} to go", lambda: find(world, title) is None, world.wait)
    if name in MAY_HANG_AT_EXIT:
        app.stop()
    wait_for(f"{name} to end", lambda: not app.alive(), world.wait)
    for unit in ("weston.service", "sill-rdp.service"):
        assert world.instance.unit(unit)["restarts"] == 0, f"{unit} was restarted"


def register(name, command, title):
    @test(f"{name} opens, draws, takes a click, is moved and resized, closes")
    def _(world):
        exercise(world, name, command, title)


if __name__ == "__main__":
    which = os.environ.get("SILL_GALLERY", "light")
    for entry in HEAVY if which == "heavy" else LIGHT:
        register(*entry)
    main(lambda: Applications(which))
