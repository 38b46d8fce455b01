# SPDX-License-Identifier: MIT
"""Applications that people have, and how each of them is used: the table of test_applications.py.

Where something is in a window is counted in pixels from its upper left corner, and from the right
or from the bottom if negative. What is done is a list of steps: a key ("w", "Control+z"), where the
pointer goes (x, y), or what is clicked (x, y, button).
"""

import os
from typing import NamedTuple

QT6 = "/usr/lib/x86_64-linux-gnu/qt6/examples/widgets"
QT5 = "/usr/lib/x86_64-linux-gnu/qt5/examples/widgets"
SDL2 = "/usr/libexec/installed-tests/SDL2"
HERE = os.path.dirname(os.path.abspath(__file__))
TEXT = ("w",) * 8
ERASE = ("BackSpace",) * 8
# Where a menu is: its upper edge under what was clicked, one of its corners there, or over it.
BELOW, CORNER, OVER = "below", "at a corner", "over"


class Menu(NamedTuple):
    click: tuple  # x, y, button
    place: str = BELOW
    held: str = ""  # a key; with one the menu is there as long as key and button are down
    close: tuple = ("Escape",)


class Application(NamedTuple):
    name: str
    toolkit: str
    command: tuple
    title: str  # in its window's
    first: tuple = ()  # before it is looked at: what gives it the keyboard
    steps: tuple = ()  # what changes what it shows
    back: tuple = ()  # and what undoes that
    menu: Menu = None
    lacks: str = ""  # what it has not, so that it is not tried
    blank: bool = False  # within its frame, at first
    hangs: bool = False  # at its end, now and then


# Their window closes and they hang in ~QWaylandDisplay now and then, 1 time in 10: Qt 6.8 waits for
# its event thread there, which waits in wl_display_read_events() for a reader that never comes.
HANGS = True

LIGHT = (
    Application("foot", "its own", ("foot", "--title=Terminal of foot", "sh"), "Terminal of foot",
                ((200, 200, 1),), TEXT, ERASE, lacks="menus"),
    Application("gtk3", "GTK 3", ("gtk3-demo-application",), "Application Class",
                ((150, 130, 1),), TEXT, ERASE, Menu((45, 49, 1))),
    Application("gtk4", "GTK 4", ("gtk4-demo-application",), "Application Class",
                ((150, 120, 1),), TEXT, ERASE, Menu((59, 49, 1))),
    Application("qt6", "Qt 6", (f"{QT6}/tutorials/notepad/bin/notepad",), "Notepad",
                ((200, 150, 1),), TEXT, ERASE, Menu((22, 38, 1)), hangs=HANGS),
    Application("qt6-x11", "Qt 6, X11", ("env", "QT_QPA_PLATFORM=xcb",
                                         f"{QT6}/tutorials/notepad/bin/notepad"), "Notepad",
                ((200, 150, 1),), TEXT, ERASE, Menu((28, 38, 1))),
    Application("xterm", "Xt, X11", ("xterm", "-T", "Terminal of X", "-e", "sh"), "Terminal of X",
                ((200, 150, 1),), TEXT, ERASE, Menu((200, 150, 1), OVER, "Control_L", ())),
    Application("xeyes", "Xt, X11", ("xeyes", "-geometry", "300x200"), "xeyes",
                (), ((10, 40),), ((-10, -10),), lacks="text and menus: they follow the pointer"),
    Application("xclock", "Xt, X11", ("xclock", "-update", "60"), "xclock",
                lacks="text, menus and clicks"),
)
# What a first start shows over the window is told to stay away in a file; no option says it.
GIMP = """
mkdir -p ~/.config/GIMP/3.0 && cd ~/.config/GIMP/3.0 &&
version=$(gimp --version | sed 's/.* //') &&
printf '(show-welcome-dialog no)\n(config-version "%s")\n' "$version" >gimprc &&
exec gimp --no-splash"""
OFFICE = """
mkdir -p ~/.config/libreoffice/4/user && cd ~/.config/libreoffice/4/user &&
cat >registrymodifications.xcu <<'END' && exec localc --norestore
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Misc">
<prop oor:name="ShowTipOfTheDay" oor:op="fuse"><value>false</value></prop>
</item>
</oor:items>
END"""
WEB = (("Control+l", *TEXT), ("Escape", "Escape"))
HEAVY = (
    Application("gtk4-demo", "GTK 4", ("gtk4-demo",), "GTK Demo",
                (), ((356, 64, 1),), ((286, 64, 1),), Menu((-151, 22, 1)), lacks="text"),
    Application("firefox", "GTK 3, its own", ("firefox-esr", "--no-remote", "about:license"),
                "Firefox", (), *WEB, Menu((300, 400, 3), CORNER)),
    Application("chromium", "its own",
                ("chromium", "--no-sandbox", "--ozone-platform=wayland", "about:version"),
                "Chromium", (), *WEB, Menu((300, 200, 3), CORNER)),
    Application("chromium-x11", "its own, X11",
                ("chromium", "--no-sandbox", "--ozone-platform=x11", "about:version"),
                # Its menu's window is larger than the menu, by a shadow
                "Chromium", (), *WEB, Menu((300, 300, 3), OVER)),
    Application("libreoffice", "GTK 3", ("sh", "-c", OFFICE), "LibreOffice Calc",
                ((300, 400, 1),), TEXT, ("Escape",), Menu((18, 48, 1))),
    Application("gimp", "GTK 3", ("sh", "-c", GIMP), "GNU Image Manipulation Program",
                ((-150, 109, 1),), TEXT, ERASE, Menu((19, 49, 1))),
    Application("mpv", "its own", ("mpv", "--force-window=yes", "--idle=yes"), "mpv",
                (), ("grave", *TEXT), (*ERASE, "Escape"), lacks="menus"),
    Application("qt5", "Qt 5, X11", (f"{QT5}/tutorials/notepad/notepad",), "Notepad",
                ((200, 150, 1),), TEXT, ERASE, Menu((28, 38, 1))),
    Application("swing", "Java's Swing, X11", ("java", f"{HERE}/Swing.java"), "Swing of Java",
                ((200, 150, 1),), TEXT, ERASE, Menu((26, 38, 1))),
    Application("sdl2", "SDL 2", ("env", "SDL_VIDEODRIVER=wayland", f"{SDL2}/checkkeys"),
                "CheckKeys", (), TEXT, ERASE, lacks="menus", blank=True),
    Application("sdl2-x11", "SDL 2, X11", ("env", "SDL_VIDEODRIVER=x11", f"{SDL2}/checkkeys"),
                "CheckKeys", (), TEXT, ERASE, lacks="menus", blank=True),
    Application("sdl2-frameless", "SDL 2", ("env", "SDL_VIDEODRIVER=wayland",
                                            "LIBDECOR_PLUGIN_DIR=/var/empty",
                                            f"{SDL2}/testdraw2", "--resizable"),
                "testdraw2", lacks="text, menus and clicks, nor a frame: libdecor finds no plugin"),
    Application("glfw", "GLFW", ("goxel",), "Goxel",
                (), ((16, 46, 1),), ((300, 46, 1),),
                lacks="text, nor menus outside of its window"),
)
