# SPDX-License-Identifier: MIT
"""Weston with the module as its shell, and the probe that stands in for sill-rdp."""
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
import zlib

WAIT = float(os.environ.get("SILL_TEST_WAIT", "20"))
KEYS = {c: k for k, c in zip([30, 48, 46, 32, 18, 33, 34, 35, 23, 36, 37, 38, 50, 49, 24, 25, 16,
                              19, 31, 20, 22, 47, 17, 45, 21, 44], "abcdefghijklmnopqrstuvwxyz")}
KEYS.update({" ": 57, "\n": 28, "-": 12, "/": 53, ".": 52, "1": 2})
SHIFT = {">": 52}
LEFT, RIGHT, MIDDLE = 0x110, 0x111, 0x112


class Failed(Exception):
    pass


def check(condition, message):
    if not condition:
        raise Failed(message)


X11_SOCKETS = "/tmp/.X11-unix"


def hand_over(sockets, log, env, argv):
    """In a new process: becomes that program, with its sockets as init hands them over."""
    fds = [os.dup(s.fileno()) for s in sockets]
    fds = [os.dup2(fd, 100 + i) for i, fd in enumerate(fds)]
    for i, fd in enumerate(fds):
        os.dup2(fd, 3 + i, inheritable=True)
    os.closerange(3 + len(sockets), 256)
    log = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    env = dict(os.environ, LISTEN_FDS=str(len(sockets)), LISTEN_PID=str(os.getpid()), **env)
    os.execve(argv[0], argv, env)


def listen(path):
    s = socket.socket(socket.AF_UNIX)
    s.bind(path)
    s.listen(64)
    return s


class Weston:
    """Weston and sill-x11 as init starts them: their sockets handed over, the module as the shell."""

    def __init__(self, module, sill_x11):
        self.dir = tempfile.mkdtemp(prefix="sill-shell-test-")
        os.chmod(self.dir, 0o700)
        self.log = os.path.join(self.dir, "log")
        self.public = os.path.join(self.dir, "wayland-0")
        self.private = os.path.join(self.dir, "bridge")
        self.x11 = os.path.join(self.dir, "x11")
        self.children = []
        config = os.path.join(self.dir, "weston.ini")
        with open(config, "w") as f:
            f.write("[core]\nxwayland=false\nrequire-input=false\n")
        sockets = [listen(path) for path in (self.public, self.private, self.x11)]
        open(self.log, "w").close()
        self.pid = os.fork()
        if self.pid == 0:
            self.exec(module, config, sockets)
        self.display = ":0"
        self.x11_path = os.path.join(X11_SOCKETS, "X0")
        x11_socket = listen(self.x11_path)
        self.x11_pid = os.fork()
        if self.x11_pid == 0:
            self.exec_x11(sill_x11, x11_socket)
        for s in (*sockets, x11_socket):
            s.close()
        try:
            self.wait_until_ready()
        except Failed:
            self.stop()
            raise

    def exec(self, module, config, sockets):
        env = {"XDG_RUNTIME_DIR": self.dir, "HOME": self.dir}
        if os.environ.get("SILL_TEST_PRELOAD"):
            env["LD_PRELOAD"] = os.environ["SILL_TEST_PRELOAD"]
        hand_over(sockets, self.log, env, [
            "/usr/bin/weston", "--backend=headless", "--renderer=noop", "--no-outputs",
            "--shell=" + module, "--bridge-socket=" + self.private, "--x11-socket=" + self.x11,
            "--modules=systemd-notify.so", "--config=" + config, "--socket=weston",
            "--idle-time=0"])

    def exec_x11(self, sill_x11, x11_socket):
        env = {"XDG_RUNTIME_DIR": self.dir, "HOME": self.dir, "WAYLAND_DISPLAY": self.x11}
        hand_over([x11_socket], self.log, env, [
            sill_x11, "/usr/bin/Xwayland", sill_x11 + "-wm"])

    def x11_child(self, name):
        """The pid of sill-x11's child of that name; None when there is none."""
        found = subprocess.run(["pgrep", "-P", str(self.x11_pid), "-x", name],
                               stdout=subprocess.PIPE).stdout.split()
        return int(found[0]) if found else None

    def text(self):
        with open(self.log, errors="replace") as f:
            return f.read()

    def wait_until_ready(self):
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline:
            if "socket(s) provided" in self.text():
                return
            if not self.alive():
                break
            time.sleep(0.02)
        raise Failed("Weston did not start:\n" + self.text())

    def alive(self):
        if self.pid and os.waitpid(self.pid, os.WNOHANG)[0]:
            self.pid = 0
        return self.pid != 0

    def start(self, *command, x11=False, env=None, stdin=subprocess.DEVNULL,
              stdout=None):
        more = env or {}
        env = dict(os.environ, XDG_RUNTIME_DIR=self.dir, HOME=self.dir, NO_AT_BRIDGE="1",
                   GSETTINGS_BACKEND="memory", XCURSOR_SIZE="24")
        env.pop("DISPLAY", None)
        env.pop("WAYLAND_DISPLAY", None)
        if x11:
            env["DISPLAY"] = self.display
        else:
            env["WAYLAND_DISPLAY"] = self.public
        env.update(more)
        child = subprocess.Popen(command, env=env, cwd=self.dir, stdin=stdin,
                                 stdout=stdout or open(self.log + ".apps", "a"),
                                 stderr=open(self.log + ".apps", "a"))
        self.children.append(child)
        return child

    def cpu_ticks(self):
        with open("/proc/%d/stat" % self.pid) as f:
            fields = f.read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def rss_kib(self):
        with open("/proc/%d/status" % self.pid) as f:
            return int(re.search(r"VmRSS:\s+(\d+)", f.read()).group(1))

    def switches(self):
        with open("/proc/%d/status" % self.pid) as f:
            return int(re.search(r"\nvoluntary_ctxt_switches:\s+(\d+)", f.read()).group(1))

    def stop_x11(self):
        os.kill(self.x11_pid, signal.SIGTERM)
        os.waitpid(self.x11_pid, 0)
        os.unlink(self.x11_path)

    def stop(self):
        for child in self.children:
            if child.poll() is None:
                child.kill()
            child.wait()
        self.stop_x11()
        status = None
        if self.pid:
            os.kill(self.pid, signal.SIGTERM)
            deadline = time.monotonic() + WAIT
            while time.monotonic() < deadline:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                if pid:
                    break
                time.sleep(0.02)
            else:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                status = None
        text = self.text()
        shutil.rmtree(self.dir, ignore_errors=True)
        return status, text


class Window:
    def __init__(self, number):
        self.number = number
        self.role = self.parent = self.state = self.geometry = self.title = self.app_id = None
        self.limits = None
        self.frames = 0
        self.closed = False
        self.move_request = None


class Probe:
    """The bridge, as a process that prints events and takes requests."""

    pictures = None  # where to leave what windows show

    def __init__(self, program, weston):
        self.weston = weston
        self.program = program
        self.start()

    def start(self):
        self.process = subprocess.Popen([self.program, self.weston.private],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.rest = b""
        self.lines = []
        self.windows = {}
        self.stacking = []
        self.focus = self.cursor = None
        self.syncs = 0
        self.wait(lambda: "ready" in self.lines, "the probe is ready")

    def send(self, *words):
        self.process.stdin.write((" ".join(str(w) for w in words) + "\n").encode())

    def read(self):
        while True:
            try:
                data = os.read(self.process.stdout.fileno(), 65536)
            except BlockingIOError:
                return
            if not data:
                return
            lines = (self.rest + data).split(b"\n")
            self.rest = lines.pop()
            for line in lines:
                self.event(line.decode())

    def event(self, line):
        self.lines.append(line)
        word, _, rest = line.partition(" ")
        if word in ("bad", "bad:", "disconnected:"):
            raise Failed("probe: " + line)
        if word == "stacking":
            self.stacking = [int(n) for n in rest.split()]
        elif word == "focus":
            self.focus = int(rest)
        elif word.startswith("cursor"):
            self.cursor = line
        elif word == "window":
            self.windows[int(rest)] = Window(int(rest))
        elif word in ("role", "title", "app_id", "geometry", "state", "size_limits", "frame",
                      "closed", "move_request"):
            number, _, rest = rest.partition(" ")
            window = self.windows[int(number)]
            if word == "role":
                window.role, window.parent = (int(n) for n in rest.split())
            elif word == "geometry":
                window.geometry = tuple(int(n) for n in rest.split())
            elif word == "size_limits":
                window.limits = tuple(int(n) for n in rest.split())
            elif word == "state":
                window.state = int(rest)
            elif word == "frame":
                window.frames += 1
            elif word == "closed":
                window.closed = True
            elif word == "move_request":
                window.move_request = int(rest)
            else:
                setattr(window, word, rest)

    def wait(self, condition, what, seconds=None):
        deadline = time.monotonic() + (seconds or WAIT)
        while True:
            self.read()
            result = condition()
            if result:
                return result
            check(self.weston.alive(), "Weston died, waiting for: " + what)
            check(time.monotonic() < deadline, "waited in vain for: %s; last events: %s"
                  % (what, self.lines[-12:]))
            time.sleep(0.005)

    def sync(self):
        self.syncs += 1
        self.send("sync", self.syncs)
        self.wait(lambda: "synced %d" % self.syncs in self.lines[-400:], "a round trip")

    def window(self, what, condition, seconds=None):
        """The first open window that meets the condition."""
        return self.wait(lambda: next((w for w in self.windows.values() if not w.closed and
                                       w.geometry and w.frames and condition(w)), None),
                         what, seconds)

    def activate(self):
        self.send("active", 1)

    def configure(self, window, x, y, width, height):
        """The bridge is told of the size that comes of it; the position it knows."""
        self.send("configure", window.number, x, y, width, height)
        window.geometry = (x, y, *window.geometry[2:])

    def key(self, code):
        self.send("key", code, 1)
        self.send("key", code, 0)

    def type(self, text):
        for c in text:
            if c in SHIFT:
                self.send("key", 42, 1)
                self.key(SHIFT[c])
                self.send("key", 42, 0)
            else:
                self.key(KEYS[c])

    def move(self, window, x, y):
        self.send("motion", window.geometry[0] + x, window.geometry[1] + y)

    def click(self, window, x, y, button=LEFT):
        self.move(window, x, y)
        self.send("button", button, 1)
        self.send("button", button, 0)

    def pixels(self, window, name=None):
        """width, height and RGBA bytes of what the window shows."""
        path = os.path.join(self.weston.dir, "dump.pam")
        count = sum(l.startswith("dumped") for l in self.lines)
        self.send("dump", window.number, path)
        self.wait(lambda: sum(l.startswith("dumped") for l in self.lines) > count, "a dump")
        with open(path, "rb") as f:
            head, _, data = f.read().partition(b"ENDHDR\n")
        fields = dict(l.split(b" ", 1) for l in head.split(b"\n") if b" " in l)
        picture = int(fields[b"WIDTH"]), int(fields[b"HEIGHT"]), data
        if self.pictures and name:
            write_png(os.path.join(self.pictures, name + ".png"), *picture)
        return picture

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


def write_png(path, width, height, rgba):
    rows = b"".join(b"\0" + rgba[y * width * 4:(y + 1) * width * 4] for y in range(height))

    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data +
                struct.pack(">I", zlib.crc32(kind + data)))
    with open(path, "wb") as f:
        f.write(b"\x89PNG\r\n\x1a\n" +
                chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)) +
                chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def colours(picture):
    data = picture[2]
    return len({data[i:i + 4] for i in range(0, len(data), 4)})
