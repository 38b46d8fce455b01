# SPDX-License-Identifier: MIT
"""A real X server with a window manager, to look at and to type into."""

import subprocess
import time

from Xlib import X, XK, Xatom, display, error
from Xlib.ext import xtest
from Xlib.protocol import rq

import xvfb
from tap import wait_for

WIDTH, HEIGHT = 1280, 800
# So soon after a window appeared, a move is the window manager's placing to the server.
PLACED = 0.6


class SetMonitor(rq.Request):
    """RANDR's; what python-xlib 0.33 has for it cannot be sent."""

    _request = rq.Struct(
        rq.Card8("opcode"), rq.Opcode(43), rq.RequestLength(), rq.Window("window"),
        rq.Card32("name"), rq.Bool("primary"), rq.Bool("automatic"), rq.LengthOf("outputs", 2),
        rq.Int16("x"), rq.Int16("y"), rq.Card16("width"), rq.Card16("height"),
        rq.Card32("width_mm"), rq.Card32("height_mm"), rq.List("outputs", rq.Card32Obj))


class Window:
    def __init__(self, screen, window, title, override):
        self.screen = screen
        self.x11 = window
        self.title = title
        self.override = override  # override-redirect: no window manager's business

    def geometry(self):
        """x, y, width, height in the root window."""
        size = self.x11.get_geometry()
        at = self.screen.root.translate_coords(self.x11, 0, 0)
        return at.x, at.y, size.width, size.height

    def pixels(self):
        """Rows of (red, green, blue), as they are on the screen."""
        x, y, width, height = self.geometry()
        return self.screen.pixels(x, y, width, height)

    def alphas(self):
        """Rows of how opaque each pixel is, 0 to 255; with a compositing manager one would see it."""
        size = self.x11.get_geometry()
        raw = self.x11.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF).data
        return [raw[y * size.width * 4 + 3:(y + 1) * size.width * 4:4] for y in range(size.height)]

    def words(self, name):
        """A property's numbers of 32 bits."""
        value = self.x11.get_full_property(self.screen.atom(name), X.AnyPropertyType)
        return list(value.value) if value else []

    def number(self, name):
        words = self.words(name)
        return words[0] if words else None

    def state(self):
        return self.screen.atoms(self.x11, "_NET_WM_STATE")

    def icon_is(self, colour):
        """Whether its icon's middle is 0xAARRGGBB; the client writes large ones part by part."""
        words = self.words("_NET_WM_ICON")
        width, height = words[:2] if len(words) > 2 else (0, 0)
        middle = 2 + width * (height // 2) + width // 2
        return 0 < width * height <= len(words) - 2 and words[middle] == colour


class Screen:
    def __init__(self, manager="openbox", monitors=()):
        self.server, self.name = xvfb.start(WIDTH, HEIGHT)
        self.display = display.Display(self.name)
        self.root = self.display.screen().root
        self.started = [self.server]
        self._divide(monitors)
        if manager is not None:
            self.started.insert(0, subprocess.Popen([manager], stdout=subprocess.DEVNULL,
                                                    stderr=subprocess.DEVNULL))
            wait_for("the window manager", lambda: self.atoms(self.root, "_NET_SUPPORTED"))

    def _divide(self, monitors):
        """Of the one screen make several monitors, each x, y, width, height; the first is primary."""
        extension = self.display.display.get_extension_major("RANDR") if monitors else None
        outputs = self.root.xrandr_get_screen_resources().outputs if monitors else []
        for number, (x, y, width, height) in enumerate(monitors):
            SetMonitor(display=self.display.display, opcode=extension, window=self.root,
                       name=self.atom(f"monitor {number}"), primary=number == 0, automatic=0,
                       outputs=outputs if number == 0 else [], x=x, y=y, width=width,
                       height=height, width_mm=width // 4, height_mm=height // 4)
        self.display.sync()

    def atom(self, name):
        return self.display.intern_atom(name)

    def atoms(self, window, name):
        value = window.get_full_property(self.atom(name), Xatom.ATOM)
        return [self.display.get_atom_name(a) for a in value.value] if value else []

    def _title(self, window):
        value = window.get_full_property(self.atom("_NET_WM_NAME"), self.atom("UTF8_STRING"))
        if value:
            return value.value.decode()
        return window.get_wm_name() or ""

    def _walk(self, window, found):
        for child in window.query_tree().children:
            try:
                attributes = child.get_attributes()
                if attributes.map_state == X.IsViewable:
                    title = self._title(child)
                    if title or attributes.override_redirect:
                        found.append(Window(self, child, title, bool(attributes.override_redirect)))
                    self._walk(child, found)
            except (error.BadWindow, error.BadDrawable):
                continue

    def windows(self):
        """Every visible window that has a title or is override-redirect, bottom to top."""
        found = []
        self._walk(self.root, found)
        return found

    def find(self, title):
        for window in self.windows():
            if window.title == title:
                return window
        return None

    def _settled(self, title):
        """The window, when it stayed where it is: the client maps each small, then places it."""
        window = self.find(title)
        try:
            before = window and window.geometry()
            time.sleep(0.1)
            return window if window and window.geometry() == before and before[2] > 1 else None
        except (error.BadWindow, error.BadDrawable):
            return None

    def wait_for_window(self, title, timeout=15.0):
        return wait_for(f'a window titled "{title}"', lambda: self._settled(title), timeout)

    def wait_for_placed_window(self, title):
        """One that can be moved: where it is first is its window manager's wish to the server."""
        window = self.wait_for_window(title)
        time.sleep(PLACED)
        return window

    def wait_until_gone(self, title, timeout=15.0):
        wait_for(f'"{title}" to be gone', lambda: self.find(title) is None, timeout)

    def image(self, x, y, width, height):
        """Four bytes a pixel, blue, green, red and one more, row by row; and how many are a row."""
        left, top = max(x, 0), max(y, 0)
        width, height = min(x + width, WIDTH) - left, min(y + height, HEIGHT) - top
        return self.root.get_image(left, top, width, height, X.ZPixmap, 0xFFFFFFFF).data, width

    def pixels(self, x, y, width, height):
        raw, width = self.image(x, y, width, height)
        stride = width * 4
        return [[(raw[i + 2], raw[i + 1], raw[i]) for i in range(start, start + stride, 4)]
                for start in range(0, len(raw), stride)]

    # Input, as from a person's hands.

    def pause(self):
        """What a person takes between two actions that the client cannot tell from one: it reads a
        window's state when it gets round to it, and two changes within milliseconds are none."""
        time.sleep(0.1)

    def move(self, x, y):
        xtest.fake_input(self.display, X.MotionNotify, x=x, y=y)
        self.display.sync()

    def button(self, button, pressed):
        xtest.fake_input(self.display, X.ButtonPress if pressed else X.ButtonRelease, button)
        self.display.sync()

    def hold(self, name, pressed):
        """A key that stays down, or goes up again."""
        xtest.fake_input(self.display, X.KeyPress if pressed else X.KeyRelease,
                         self.display.keysym_to_keycode(XK.string_to_keysym(name)))
        self.display.sync()

    def click(self, x, y, button=1):
        self.move(x, y)
        self.button(button, True)
        self.button(button, False)
        # The window manager holds a click back while it raises the window; a key would overtake it.
        self.pause()

    def key(self, name, *modifiers):
        code = self.display.keysym_to_keycode(XK.string_to_keysym(name))
        held = [self.display.keysym_to_keycode(XK.string_to_keysym(m)) for m in modifiers]
        for each in held + [code]:
            xtest.fake_input(self.display, X.KeyPress, each)
        for each in [code] + held[::-1]:
            xtest.fake_input(self.display, X.KeyRelease, each)
        self.display.sync()
        # A key that goes up and down within a millisecond looks like auto-repeat to the client.
        time.sleep(0.01)

    def type(self, text):
        names = {" ": "space", "\n": "Return", "/": "slash", "-": "minus", ".": "period"}
        for character in text:
            self.key(names.get(character, character))

    def type_into(self, window, text):
        x, y, width, height = window.geometry()
        self.click(x + width // 2, y + height // 2)
        self.type(text)

    # The window manager's side.

    def ask_manager(self, window, message, data):
        from Xlib.protocol import event
        data = (data + [0] * 5)[:5]
        message = event.ClientMessage(window=window.x11, client_type=self.atom(message),
                                      data=(32, data))
        self.root.send_event(message, X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self.display.sync()

    def close(self, window):
        self.ask_manager(window, "_NET_CLOSE_WINDOW", [])

    def ask_place(self, window, x, y, width, height):
        # Gravity static, all four given, as a pager asks.
        flags = 10 | 0xF << 8 | 2 << 12
        self.ask_manager(window, "_NET_MOVERESIZE_WINDOW", [flags, x, y, width, height])

    def place(self, window, x, y, width, height):
        """Returns when the window is there, and the server has had time to hear of it: a move goes
        to it by another channel than a click, and a person takes longer between the two."""
        self.ask_place(window, x, y, width, height)
        wait_for(lambda: f"the move to {(x, y, width, height)}, it is {window.geometry()}",
                 lambda: window.geometry() == (x, y, width, height))
        self.pause()

    def maximize(self, window, on=True):
        self.ask_manager(window, "_NET_WM_STATE", [
            int(on), self.atom("_NET_WM_STATE_MAXIMIZED_VERT"),
            self.atom("_NET_WM_STATE_MAXIMIZED_HORZ"), 2])

    def minimize(self, window):
        self.ask_manager(window, "WM_CHANGE_STATE", [3])

    def activate(self, window):
        self.ask_manager(window, "_NET_ACTIVE_WINDOW", [2])

    def stop(self):
        self.display.close()
        for process in self.started:
            process.terminate()
            process.wait()
