# SPDX-License-Identifier: MIT
"""The ways of showing an application's window that are compared: sill and its peers."""

import json
import os
import re
import socket
import subprocess
import time

from instance import WORK, App, Instance
from tap import wait_for

PROBE_WAYLAND = os.path.join(WORK, "build/tests/bench/probe_wayland")
PROBE_X11 = os.path.join(WORK, "build/tests/bench/probe_x11")


def cpu_seconds(pids):
    """What these processes have used so far, exact to the nanosecond."""
    total = 0.0
    for pid in pids:
        try:
            total += time.clock_gettime((~pid << 3) | 2)
        except OSError:
            continue
    return total


def smaps(pids, key="Pss:"):
    total = 0
    for pid in pids:
        try:
            with open(f"/proc/{pid}/smaps_rollup") as file:
                total += next(int(line.split()[1]) for line in file if line.startswith(key))
        except OSError:
            continue
    return total


def wakeups(pids):
    total = 0
    for pid in pids:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/status") as file:
                total += sum(int(line.split()[1]) for line in file if "ctxt_switches" in line)
    return total


def bytes_sent(port):
    """What the server sent over its connections, without headers."""
    text = subprocess.run(["ss", "-tinH", "state", "established", f"sport = :{port}"],
                          capture_output=True, text=True, check=True).stdout
    return sum(int(n) for n in re.findall(r"bytes_sent:(\d+)", text))


def is_connected(port):
    """Whether somebody is, from the moment on that TCP has shaken hands."""
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table) as file:
            for line in file:
                _, local, _, state, *_ = line.split()
                if state == "01" and local.endswith(f":{port:04X}"):
                    return True
    return False


def descendants(*roots):
    """The pids of these processes and of all that they started."""
    parents = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/stat") as file:
                parents[int(pid)] = int(file.read().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    found = set(roots)
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return sorted(found)


class _Stack:
    apps = ()
    places = False  # windows are where they wish to be

    def started(self, app):
        self.apps = (*self.apps, app)
        return app

    def stop_apps(self):
        for app in self.apps:
            app.stop()
        self.apps = ()


    def painted(self, screen):
        """How many windows were; of a peer those that show, which are placed so that all do."""
        return screen.count()

    def sockets(self):
        """Where it accepts applications' connections: kind to path."""
        return {"x11": f"/tmp/.X11-unix/X{self.environment['DISPLAY'][1:]}"}


class Sill(_Stack):
    name = "sill"
    probe = PROBE_WAYLAND

    def __init__(self):
        begin = time.monotonic()
        self.instance = Instance("bench")
        self.ready_ms = (time.monotonic() - begin) * 1e3
        self.port = self.instance.address()[1]
        status = self.instance.status()
        self.init, self.directory = status["init_pid"], status["dir"]
        self.client = None

    def connect(self):
        self.client = self.instance.connect()

    def disconnect(self):
        self.client.terminate()
        self.client.wait(10)

    def sockets(self):
        return {kind: os.path.join(self.directory, "wslg", leaf) for kind, leaf in (
            ("wayland", "runtime-dir/wayland-0"), ("pulse", "PulseServer"),
            ("x11", ".X11-unix/X0"))}

    def frames(self):
        """What sill status --frames tells, without starting a program."""
        with socket.socket(socket.AF_UNIX) as asking:
            asking.connect(os.path.join(self.directory, "run/frames"))
            return json.loads(b"".join(iter(lambda: asking.recv(65536), b"")))

    def painted(self, screen):
        """Wherever the client's window manager put them, some over others."""
        return sum(window["frames"] > 0 for window in self.frames()["windows"])

    def app(self, *arguments):
        return self.started(self.instance.exec(self.probe, *(str(each) for each in arguments)))

    def pids(self):
        """Every process of the instance, but not the applications in it."""
        namespace = os.readlink(f"/proc/{self.init}/ns/pid")
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.readlink(f"/proc/{pid}/ns/pid") == namespace:
                    found.append(int(pid))
            except OSError:
                continue
        return found

    def stop(self):
        self.instance.stop()


class SillX11(Sill):
    """The same, with an X11 application."""

    name = "sill-x11"
    places = True
    probe = PROBE_X11


class _Desktop(_Stack):
    """A whole desktop in one window: an X or Wayland server of its own."""

    geometry = "2200x1200"

    def spawn(self, *argv, **environment):
        process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env={**os.environ, **environment})
        self.processes.append(process)
        return process

    def app(self, *arguments):
        process = subprocess.Popen([self.probe, *(str(each) for each in arguments)],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                   env={**os.environ, **self.environment})
        return self.started(App(process))

    def pids(self):
        return descendants(*(process.pid for process in self.processes))

    def disconnect(self):
        self.client.terminate()
        self.client.wait(10)

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
            process.wait(10)

    def _wait_for_port(self):
        def listens():
            return subprocess.run(["ss", "-tlnH", f"sport = :{self.port}"], capture_output=True,
                                  text=True, check=True).stdout

        wait_for(f"port {self.port}", listens)


class TigerVnc(_Desktop):
    name = "tigervnc"
    places = True
    probe = PROBE_X11
    port = 5977

    def __init__(self):
        begin = time.monotonic()
        self.processes = []
        self.spawn("Xtigervnc", ":77", "-geometry", self.geometry, "-depth", "24",
                   "-SecurityTypes", "None", "-rfbport", str(self.port), "-localhost",
                   "-nolisten", "tcp")
        self.environment = {"DISPLAY": ":77"}
        self._wait_for_port()
        self.ready_ms = (time.monotonic() - begin) * 1e3
        self.spawn("openbox", **self.environment)

    def connect(self):
        self.client = subprocess.Popen(
            # The menu's key would be told in a picture over the windows.
            ["xtigervncviewer", "-SecurityTypes", "None", "-MenuKey", "",
             f"localhost::{self.port}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def make_certificate(name):
    """For a server that has none; the paths of key and certificate."""
    base = os.path.join(os.environ["HOME"], name)
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj",
                    f"/CN={name}", "-keyout", base + ".key", "-out", base + ".crt"], check=True,
                   stderr=subprocess.DEVNULL)
    return base + ".key", base + ".crt"


def connect_xfreerdp(port, geometry):
    return subprocess.Popen(
        ["xfreerdp", f"/v:127.0.0.1:{port}", "/cert:ignore", "/sec:tls", "/u:bench", "/p:bench",
         f"/size:{geometry}", "/bpp:32", "/network:lan",
         # Weston sends those away that have none; files would be mounted.
         "/clipboard:files-to:off", "/log-level:OFF"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Xrdp(_Desktop):
    """xrdp with xorgxrdp, without the part that logs people in."""

    name = "xrdp"
    places = True
    probe = PROBE_X11
    port = 3978
    display = ":78"

    def __init__(self):
        begin = time.monotonic()
        self.processes = []
        sockets = os.path.join(os.environ["HOME"], "xrdp")
        os.makedirs(sockets, exist_ok=True)
        self.spawn("Xorg", self.display, "-config", "xrdp/xorg.conf", "-noreset", "-nolisten",
                   "tcp", "-ac", "-logfile", os.path.join(sockets, "log"), XRDP_SOCKET_PATH=sockets)
        self.environment = {"DISPLAY": self.display}
        screen = os.path.join(sockets, "xrdp_display_78")
        wait_for("Xorg's own socket", lambda: os.path.exists(screen))
        self.spawn("xrdp", "--nodaemon", "--config", self._configuration(screen))
        self._wait_for_port()
        self.ready_ms = (time.monotonic() - begin) * 1e3
        self.spawn("openbox", **self.environment)

    def _configuration(self, screen):
        key, certificate = make_certificate("xrdp")
        path = os.path.join(os.environ["HOME"], "xrdp.ini")
        with open(path, "w") as file:
            file.write(f"[Globals]\nini_version=1\nport={self.port}\nsecurity_layer=tls\n"
                       f"certificate={certificate}\nkey_file={key}\nautorun=direct\nmax_bpp=32\n"
                       "allow_channels=true\nuse_fastpath=both\nbitmap_compression=true\n"
                       "[Logging]\nEnableConsole=false\nEnableSyslog=false\nLogFile=/dev/null\n"
                       f"[direct]\nname=direct\nlib=libxup.so\nusername=bench\npassword=bench\n"
                       f"ip=127.0.0.1\nport={screen}\ncode=20\n")
        return path

    def connect(self):
        self.client = connect_xfreerdp(self.port, self.geometry)


class Weston(_Desktop):
    name = "weston"
    probe = PROBE_WAYLAND
    port = 3977

    def __init__(self):
        begin = time.monotonic()
        self.processes = []
        key, certificate = make_certificate("weston")
        width, height = self.geometry.split("x")
        self.spawn("weston", "--backend=rdp", "--renderer=pixman", "--shell=desktop",
                   f"--port={self.port}", f"--width={width}", f"--height={height}",
                   "--no-config", "--socket=bench-weston", f"--rdp-tls-key={key}",
                   f"--rdp-tls-cert={certificate}", "--no-resizeable")
        self.environment = {"WAYLAND_DISPLAY": "bench-weston"}
        self._wait_for_port()
        self.ready_ms = (time.monotonic() - begin) * 1e3

    def connect(self):
        self.client = connect_xfreerdp(self.port, self.geometry)

    def sockets(self):
        return {"wayland": os.path.join(os.environ["XDG_RUNTIME_DIR"], "bench-weston")}


ALL = {stack.name: stack for stack in (Sill, SillX11, TigerVnc, Xrdp, Weston)}
