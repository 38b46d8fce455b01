# SPDX-License-Identifier: MIT
"""An X11 application for the tests: x11_window.py TITLE [COMMAND...]

A window of 200 by 150, and whatever the commands, given now or later as lines on stdin, say:

    icon RRGGBB SIDE   _NET_WM_ICON of that colour, opaque; "icon" alone takes it away
    state add|remove NAME   _NET_WM_STATE_NAME, by itself before the window is mapped, then by message
    limits MINW MINH MAXW MAXH   WM_NORMAL_HINTS
    class NAME CLASS
    size WIDTH HEIGHT
    map, unmap
    dialog TITLE   another window, transient for this one; commands after it are about that one
    menu           the same, override-redirect
    noframe

What happens is printed: "key TITLE".
"""

import os
import selectors
import socket
import sys

from Xlib import X, Xatom, Xutil, display
from Xlib.protocol import event
from Xlib.support import connect

SIZE = 200, 150


def connect_to_path(path):
    """python-xlib 0.33 knows no display that is named by its socket's path, as libxcb does."""
    def get_socket(*_):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(path)
        return connection

    connect.get_display = lambda name: (name, "unix", "", 0, 0)
    connect.get_socket = get_socket
    connect.get_auth = lambda *_: ("", b"")


class Application:
    def __init__(self, title):
        self.display = display.Display()
        self.root = self.display.screen().root
        self.titles = {}
        self.window = self.open(title)
        self.mapped = False

    def open(self, title, override=False):
        window = self.root.create_window(
            0, 0, *SIZE, 0, X.CopyFromParent, background_pixel=0xFF0000,
            override_redirect=override, event_mask=X.KeyPressMask)
        window.set_wm_name(title)
        window.set_wm_class("window", "Sill-window")
        self.titles[window.id] = title
        self.mapped = False
        return window

    def atom(self, name):
        return self.display.intern_atom(name)

    def icon(self, colour=None, side="32"):
        words = [int(side)] * 2 + [0xFF000000 | int(colour, 16)] * int(side) ** 2 if colour else []
        self.window.change_property(self.atom("_NET_WM_ICON"), Xatom.CARDINAL, 32, words)

    def state(self, action, name):
        atom = self.atom("_NET_WM_STATE_" + name)
        if not self.mapped:
            self.window.change_property(self.atom("_NET_WM_STATE"), Xatom.ATOM, 32, [atom])
            return
        message = event.ClientMessage(
            window=self.window, client_type=self.atom("_NET_WM_STATE"),
            data=(32, [int(action == "add"), atom, 0, 1, 0]))
        self.root.send_event(message, X.SubstructureRedirectMask | X.SubstructureNotifyMask)

    def limits(self, *numbers):
        least_width, least_height, most_width, most_height = map(int, numbers)
        self.window.set_wm_normal_hints(
            flags=Xutil.PMinSize | Xutil.PMaxSize, min_width=least_width, min_height=least_height,
            max_width=most_width, max_height=most_height)

    def size(self, width, height):
        self.window.configure(width=int(width), height=int(height))

    def noframe(self):
        hints = self.atom("_MOTIF_WM_HINTS")
        self.window.change_property(hints, hints, 32, [2, 0, 0, 0, 0])

    def transient(self, title, override):
        owner, self.window = self.window, self.open(title, override)
        self.window.set_wm_transient_for(owner)

    def obey(self, line):
        command, *words = line.split()
        if command == "map":
            self.window.map()
            self.mapped = True
        elif command == "unmap":
            self.window.unmap()
            self.mapped = False
        elif command == "class":
            self.window.set_wm_class(*words)
        elif command in ("dialog", "menu"):
            self.transient(" ".join(words), command == "menu")
        else:
            getattr(self, command)(*words)
        self.display.sync()

    def handle_events(self):
        while self.display.pending_events():
            happened = self.display.next_event()
            if happened.type == X.KeyPress:
                print("key", self.titles[happened.window.id], flush=True)


def main(title, *commands):
    scheme, _, path = os.environ["DISPLAY"].partition(":")
    if scheme == "unix":
        connect_to_path(path)
    application = Application(title)
    for command in commands:
        application.obey(command)
    print("ready", flush=True)
    selector = selectors.DefaultSelector()
    selector.register(application.display, selectors.EVENT_READ)
    if not os.path.samestat(os.fstat(0), os.stat("/dev/null")):
        selector.register(0, selectors.EVENT_READ)
    rest = ""
    while True:
        application.handle_events()
        for key, _ in selector.select():
            if key.fileobj == 0:
                data = os.read(0, 4096).decode()
                if not data:
                    return
                *lines, rest = (rest + data).split("\n")
                for line in lines:
                    application.obey(line)


if __name__ == "__main__":
    main(*sys.argv[1:])
