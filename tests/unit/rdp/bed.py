# SPDX-License-Identifier: MIT
"""sill-rdp between a scripted compositor (fake_shell) and a real client (xfreerdp).

SILL_TEST_KEEP=DIRECTORY keeps logs and a screenshot of every step there.
"""

import os
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

from Xlib import X, XK, Xatom, display
from Xlib.ext import xtest
from Xlib.protocol import event

PORT = 3389
LIMIT = 10  # seconds for anything to happen


class Failure(Exception):
    pass


def wait(what, condition, limit=LIMIT):
    """The condition's first true value; a Failure when it stays false."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise Failure(f"waited {limit} s for {what}")


class Process:
    """A program whose output lines are collected."""

    def __init__(self, name, argv, env=None):
        self.name = name
        self.lines = []
        self.seen = 0
        self.popen = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env=env)
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.popen.stdout:
            self.lines.append(line.decode(errors="replace").rstrip("\n"))

    def tell(self, line):
        self.popen.stdin.write(line.encode() + b"\n")
        self.popen.stdin.flush()

    def mark(self):
        self.seen = len(self.lines)

    def heard(self, pattern):
        """The last line since the mark that matches."""
        for line in reversed(self.lines[self.seen:]):
            if re.search(pattern, line):
                return line
        return None

    def expect(self, pattern, limit=LIMIT):
        return wait(f"{self.name} to say {pattern}", lambda: self.heard(pattern), limit)

    def end(self, how=signal.SIGTERM):
        if self.popen.poll() is None:
            self.popen.send_signal(how)
        return self.exit_code()

    def exit_code(self, limit=LIMIT):
        try:
            return self.popen.wait(limit)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            raise Failure(f"{self.name} did not exit")


class Screen:
    """The client's X server, seen by another X client."""

    def __init__(self, number):
        self.display = display.Display(number)
        self.root = self.display.screen().root

    def title(self, window):
        name = window.get_full_property(self.display.intern_atom("_NET_WM_NAME"), X.AnyPropertyType)
        if name is None:
            name = window.get_full_property(Xatom.WM_NAME, X.AnyPropertyType)
        return name.value.decode(errors="replace") if name is not None else ""

    def descend(self, window):
        try:
            children = window.query_tree().children
        except Exception:
            return
        for child in children:
            yield child
            yield from self.descend(child)

    def windows(self):
        """Title to (window, x, y, width, height), of those that are mapped and have a size."""
        found = {}
        for window in self.descend(self.root):
            try:
                attributes, geometry = window.get_attributes(), window.get_geometry()
                title = self.title(window)
                where = self.root.translate_coords(window, 0, 0)
            except Exception:
                continue
            if attributes.map_state == X.IsViewable and title and geometry.width > 1:
                found[title] = (window, where.x, where.y, geometry.width, geometry.height)
        return found

    def find(self, title):
        return self.windows().get(title)

    def pixel(self, window, x, y):
        try:
            data = window.get_image(x, y, 1, 1, X.ZPixmap, 0xffffffff).data
        except Exception:
            return None
        return data[2], data[1], data[0]

    def shows(self, title, x, y, colour, tolerance=6):
        """Progressive is lossy, hence the tolerance."""
        found = self.find(title)
        got = self.pixel(found[0], x, y) if found else None
        return got is not None and all(abs(a - b) <= tolerance for a, b in zip(got, colour))

    def screenshot(self, path):
        geometry = self.root.get_geometry()
        width, height = geometry.width, geometry.height
        data = self.root.get_image(0, 0, width, height, X.ZPixmap, 0xffffffff).data
        rows = b"".join(b"\0" + bytes(byte for i in range(y * width * 4, (y + 1) * width * 4, 4)
            for byte in (data[i + 2], data[i + 1], data[i])) for y in range(height))
        chunk = lambda kind, body: struct.pack(">I", len(body)) + kind + body + struct.pack(">I",
            zlib.crc32(kind + body))
        with open(path, "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height,
                8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))

    def key(self, name, pressed):
        code = self.display.keysym_to_keycode(XK.string_to_keysym(name))
        xtest.fake_input(self.display, X.KeyPress if pressed else X.KeyRelease, code)
        self.display.sync()

    def press(self, name):
        self.key(name, True)
        self.key(name, False)

    def motion(self, x, y):
        xtest.fake_input(self.display, X.MotionNotify, x=x, y=y)
        self.display.sync()

    def click(self, button):
        xtest.fake_input(self.display, X.ButtonPress, button)
        xtest.fake_input(self.display, X.ButtonRelease, button)
        self.display.sync()

    def button(self, number, pressed):
        xtest.fake_input(self.display, X.ButtonPress if pressed else X.ButtonRelease, number)
        self.display.sync()

    def ask(self, window, kind, *values):
        """A request to the window manager (EWMH)."""
        data = (32, (list(values) + [0] * 5)[:5])
        message = event.ClientMessage(window=window, client_type=self.display.intern_atom(kind),
            data=data)
        self.root.send_event(message, event_mask=X.SubstructureRedirectMask |
            X.SubstructureNotifyMask)
        self.display.sync()


class Bed:
    """Everything the tests use."""

    def __init__(self, sill_rdp, fake_shell, rail_client):
        self.sill_rdp = sill_rdp
        self.rail_client = rail_client
        self.directory = tempfile.mkdtemp(prefix="rdp-test-")
        self.keep = os.environ.get("SILL_TEST_KEEP")
        self.state = os.path.join(self.directory, "state")
        self.bridge = os.path.join(self.directory, "bridge")
        os.mkdir(self.state)
        os.environ.update(HOME=self.directory, XDG_RUNTIME_DIR=self.directory, LC_ALL="C.UTF-8")
        suppressions = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lsan.supp")
        # What is freed is not to count as memory that is used.
        os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=1"
        os.environ.setdefault("LSAN_OPTIONS", f"suppressions={suppressions}:print_suppressions=0")
        self.screen = Screen(self.start_x())
        self.openbox = Process("openbox", ["openbox"])
        self.shell = Process("fake_shell", [fake_shell, self.bridge])
        self.shell.expect("^ready$")
        self.server = None
        self.clients = []

    def start_x(self):
        read, write = os.pipe()
        os.set_inheritable(write, True)
        self.xvfb = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0",
            "1280x800x24", "-nolisten", "unix", "-listen", "tcp"], pass_fds=[write],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(write)
        number = os.read(read, 16).decode().strip()
        os.environ["DISPLAY"] = f"127.0.0.1:{number}"
        return os.environ["DISPLAY"]

    def start_server(self):
        self.shell.mark()
        self.server = Process("sill-rdp", [self.sill_rdp, f"--bridge={self.bridge}",
            f"--state={self.state}", f"--listen=127.0.0.1:{PORT}"])
        self.shell.expect("^bound$")
        wait("the port", self.connects)

    def connects(self):
        try:
            socket.create_connection(("127.0.0.1", PORT), 1).close()
            return True
        except OSError:
            return False

    def password(self):
        with open(os.path.join(self.state, "password")) as file:
            return file.read().strip()

    def client(self, *more, password=None, app=True, gfx="/gfx:progressive", env=None):
        arguments = ["xfreerdp", f"/v:127.0.0.1:{PORT}", "/cert:ignore", "/sec:tls", "/u:me",
            f"/p:{password or self.password()}", gfx, "-clipboard", "/log-level:ERROR",
            *more]
        if app:
            arguments.append("/app:program:||sill")
        client = Process("xfreerdp", arguments, env)
        self.clients.append(client)
        return client

    def end(self):
        for process in [*self.clients, self.server, self.shell, self.openbox]:
            if process is not None and process.popen.poll() is None:
                process.popen.kill()
        self.xvfb.terminate()

    def show(self, step):
        if self.keep:
            self.screen.screenshot(os.path.join(self.keep, f"{step}.png"))

    def explain(self):
        for process in [self.server, self.shell, *self.clients[-2:]]:
            if process is not None:
                lines = [x for x in process.lines if "warn_cred" not in x]
                for line in lines[-12:]:
                    print(f"# {process.name}: {line}")
        print(f"# on screen: {[(k, *v[1:]) for k, v in self.screen.windows().items()]}")


def main(namespace):
    """Runs its tests, in order, in one bed."""
    bed = Bed(*sys.argv[1:4])
    wanted = sys.argv[4:]
    tests = [(name[5:], run) for name, run in namespace.items() if name.startswith("test_")]
    tests = [(name, run) for name, run in tests if not wanted or name in wanted]
    print(f"1..{len(tests)}", flush=True)
    failures = 0
    for number, (name, run) in enumerate(tests, 1):
        begun = time.monotonic()
        try:
            run(bed)
            print(f"ok {number} - {name}", flush=True)
        except Exception as error:
            failures += 1
            bed.explain()
            bed.show(f"failed-{name}")
            print(f"# {type(error).__name__}: {error}\nnot ok {number} - {name}", flush=True)
            if bed.server is None or bed.server.popen.poll() is not None:
                break
        print(f"# {time.monotonic() - begun:.1f} s", flush=True)
    bed.end()
    return 1 if failures else 0
