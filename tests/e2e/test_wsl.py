# SPDX-License-Identifier: MIT
"""The image in a layout like WSL's: its mounts, its /init, its environment, and a client that is
started as the one on Windows is."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import threading

from instance import WORK
from screen import Screen
from tap import equal, test, wait_for
from world import main

TREE = os.path.join(WORK, "image-debian-13-wsl/tree")
STAND_IN = os.path.join(WORK, "build/tests/e2e/wsl_init")
PAINT = os.path.join(WORK, "build/tests/e2e/paint")
VM_ID = "C0FFEE00-1234-4000-8000-5111B13A0001"
ENVIRONMENT = {
    "WSL2_VM_ID": VM_ID,
    "WSL2_DISTRO_NAME": "Test",
    "WSL2_INSTALL_PATH": "C:\\Program Files\\WSL",
    "WSL2_USER_PROFILE": "C:\\Users\\me",
    "DISPLAY": ":0",
    "WAYLAND_DISPLAY": "wayland-0",
    "XDG_RUNTIME_DIR": "/mnt/wslg/runtime-dir",
    "PULSE_SERVER": "unix:/mnt/wslg/PulseServer",
    "WSL2_GUI_APPS_ENABLED": "1",
}


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True)


class Distribution:
    """One user distribution's instance of the system distro, as WSL lays it out."""

    def __init__(self, name, port):
        self.port = port
        self.base = os.path.join(os.environ["HOME"], name)
        self.root = os.path.join(self.base, "system")
        self.calls = []  # what /init was told to start, word by word
        self.client = None
        self.has_display = False
        self._make_root()
        self._make_files()
        self._make_windows_drive()
        self._listen()
        self.process = self._start()

    def path(self, *names):
        return os.path.join(self.root, *names)

    def _make_root(self):
        writable = os.path.join(self.base, "rw")
        os.makedirs(self.root)
        os.mkdir(writable)
        mount("-t", "tmpfs", "tmpfs", writable)
        os.mkdir(os.path.join(writable, "upper"))
        os.mkdir(os.path.join(writable, "work"))
        mount("-t", "overlay", "overlay", "-o",
              f"lowerdir={TREE},upperdir={writable}/upper,workdir={writable}/work", self.root)
        for folder, mode in (("dev", "0755"), ("run", "0755"), ("tmp", "1777"),
                             ("mnt/wslg", "0755")):
            os.makedirs(self.path(folder), exist_ok=True)
            mount("-t", "tmpfs", "-o", "mode=" + mode, "tmpfs", self.path(folder))
        # Nodes of its own: what is under here is removed at the end.
        for name, minor in (("null", 3), ("zero", 5), ("full", 7), ("random", 8), ("urandom", 9)):
            os.mknod(self.path("dev", name), 0o666 | stat.S_IFCHR, os.makedev(1, minor))
            os.chmod(self.path("dev", name), 0o666)
        os.makedirs(self.path("run/WSL"))
        for folder in ("mnt/wslg/.X11-unix", "tmp/.X11-unix"):
            os.mkdir(self.path(folder))
        os.chmod(self.path("mnt/wslg/.X11-unix"), 0o777)
        mount("--bind", self.path("mnt/wslg/.X11-unix"), self.path("tmp/.X11-unix"))
        # In WSL there is no network to listen on; here the client has to come in somewhere.
        os.makedirs(self.path("run/sill/units"))
        with open(self.path("usr/lib/sill/units/sill-rdp.socket")) as file:
            unit = file.read()
        with open(self.path("run/sill/units/sill-rdp.socket"), "w") as file:
            file.write(unit + f"ListenStream=127.0.0.1:{self.port}\n")
        shutil.copy(STAND_IN, self.path("init"))
        for name in ("wslpath", "wslinfo"):
            os.symlink("/init", self.path("usr/bin", name))

    def _make_files(self):
        """The person's distribution, of which the system distro sees the files."""
        share = self.path("mnt/wslg/distro/usr/share")
        for path, text in (
                ("applications/sill.paint.desktop",
                 "[Desktop Entry]\nType=Application\nIcon=/usr/share/pixmaps/green.svg\n"),
                ("pixmaps/green.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'>"
                 "<rect width='8' height='8' fill='#0f0'/></svg>")):
            os.makedirs(os.path.dirname(os.path.join(share, path)))
            with open(os.path.join(share, path), "w") as file:
                file.write(text)

    def _make_windows_drive(self):
        home = self.path("mnt/c/Users/me")
        install = self.path("mnt/c/Program Files/WSL")
        os.makedirs(home)
        os.makedirs(install)
        with open(os.path.join(home, ".wslgconfig"), "w") as file:
            file.write("; mine\n[system-distro-env]\nWESTON_TEST=from the file\nMINE=C:\\my \"x\" $y\n")
        with open(os.path.join(install, "msrdc.exe"), "w") as file:
            os.fchmod(file.fileno(), 0o755)

    def _listen(self):
        self.interop = socket.socket(socket.AF_UNIX)
        self.interop.bind(self.path("run/WSL/1_interop"))
        os.chmod(self.path("run/WSL/1_interop"), 0o777)
        self.interop.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        """Windows' side of /init: one program after the other."""
        while True:
            try:
                connection, _ = self.interop.accept()
            except OSError:
                return
            with connection:
                words = connection.makefile("rb").read().decode().split("\0")[:-1]
                self.calls.append(words)
                code = self._run_client()
                try:
                    connection.sendall(bytes([code & 0xff]))
                except BrokenPipeError:
                    pass

    def _run_client(self):
        """What stands in for msrdc.exe: vsock connects in a virtual machine only, so this one comes
        in over the socket that the test has added."""
        if not self.has_display:
            return 1
        self.client = self.connect()
        return self.client.wait()

    def connect(self):
        with open(self.path("var/lib/sill-rdp/password")) as file:
            password = file.readline().strip()
        read, write = os.pipe()
        options = [f"/v:127.0.0.1:{self.port}", "/cert:ignore", "/sec:tls", "/u:sill",
                   "/p:" + password, "/app:program:||sill", "/gfx", "-clipboard",
                   "/log-level:WARN"]
        os.write(write, "\n".join(options).encode() + b"\n")
        os.close(write)
        with open(os.path.join(self.base, "client.log"), "a") as log:
            client = subprocess.Popen(["xfreerdp", f"/args-from:fd:{read}"], pass_fds=[read],
                                      stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        os.close(read)
        return client

    def _start(self):
        return subprocess.Popen(
            ["unshare", "--pid", "--fork", "--kill-child", "--uts", "--mount",
             "--root", self.root, "--mount-proc", "/init"],
            env=ENVIRONMENT, cwd="/", stdin=subprocess.DEVNULL)

    def status(self):
        result = subprocess.run(
            ["chroot", self.root, "/usr/bin/sillctl", "--json", "status"],
            capture_output=True, text=True, timeout=10)
        return json.loads(result.stdout) if result.returncode == 0 else None

    def unit(self, name):
        status = self.status()
        return next((u for u in status["units"] if u["name"] == name), None) if status else None

    def wait_for_state(self, unit, state):
        wait_for(f"{unit} to be {state}",
                 lambda: (self.unit(unit) or {}).get("state") == state, 20)

    def environment_of(self, unit):
        pid = self.unit(unit)["pid"]
        init = next(p for p in self.process_ids() if self.inner_pid(p) == pid)
        with open(f"/proc/{init}/environ", "rb") as file:
            return dict(v.decode().split("=", 1) for v in file.read().split(b"\0") if v)

    def process_ids(self):
        """Ours for the instance's processes."""
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.path.realpath(f"/proc/{pid}/root") == os.path.realpath(self.root):
                    found.append(int(pid))
            except OSError:
                continue
        return found

    @staticmethod
    def inner_pid(pid):
        with open(f"/proc/{pid}/status") as file:
            line = next(line for line in file if line.startswith("NSpid:"))
        return int(line.split()[-1])

    def stop(self):
        self.has_display = False
        if self.client is not None and self.client.poll() is None:
            self.client.kill()
        self.process.kill()  # unshare, and with it WSL's init and everything in its namespace
        self.process.wait(10)
        self.interop.close()
        subprocess.run(["umount", "-R", "-l", self.root], check=False)


class World:
    def __init__(self):
        self.screen = Screen()
        self.one = Distribution("one", 3391)
        self.two = None

    def stop(self):
        for distribution in (self.one, self.two):
            if distribution is not None:
                distribution.stop()
        self.screen.stop()


def port_of(call):
    """The vsock port, out of the service id that Windows knows it by."""
    word = next(word for word in call if word.startswith("/hvsocketserviceid:"))
    first, _, rest = word.partition(":")[2].partition("-")
    equal(rest, "FACB-11E6-BD58-64006A7986D3", "the service id")
    return int(first, 16)


@test("the boot command brings every service up")
def _(world):
    world.one.wait_for_state("weston.service", "running")
    world.one.wait_for_state("sill-rdp.service", "running")
    world.one.wait_for_state("pulseaudio.service", "running")


@test("what the person's distribution looks for is where it looks")
def _(world):
    shared = world.one.path("mnt/wslg")
    runtime = os.stat(os.path.join(shared, "runtime-dir"))
    equal((oct(runtime.st_mode & 0o7777), runtime.st_uid), ("0o777", 1000), "runtime-dir")
    for name in ("runtime-dir/wayland-0", "runtime-dir/pulse/native", "PulseServer",
                 ".X11-unix/X0"):
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(os.path.join(shared, name))
    for name in ("stderr.log", "weston.log", "pulseaudio.log", "wlog.log", "doc"):
        assert os.path.exists(os.path.join(shared, name)), name


@test("the client on Windows is called as WSL does it, for a port below 1024")
def _(world):
    call = wait_for("a call", lambda: world.one.calls and world.one.calls[0])
    port = port_of(call)
    assert 0 < port < 1024, port
    equal(call, ["/mnt/c/Program Files/WSL/msrdc.exe", "msrdc.exe", "/wslg", "/silent",
                 "/v:" + VM_ID, f"/hvsocketserviceid:{port:08X}-FACB-11E6-BD58-64006A7986D3",
                 "/plugin:WSLDVC_PACKAGE", "", "C:\\Program Files\\WSL\\wslg.rdp"], "the words")


@test("a client that ends is called again, without a limit")
def _(world):
    wait_for("a third call", lambda: len(world.one.calls) >= 3, 30)
    assert world.one.unit("msrdc.service")["restarts"] >= 2


@test("an application of the person's distribution has its window on Windows")
def _(world):
    world.one.has_display = True
    wait_for("a client", lambda: world.one.client is not None, 30)
    environment = dict(os.environ, XDG_RUNTIME_DIR=world.one.path("mnt/wslg/runtime-dir"),
                       WAYLAND_DISPLAY="wayland-0")
    paint = subprocess.Popen([PAINT, "From WSL", "300", "200"], env=environment,
                             stdout=subprocess.DEVNULL)
    window = world.screen.wait_for_window("From WSL", 30)
    wait_for("the icon of its entry there", lambda: 0xFF00FF00 in window.words("_NET_WM_ICON")[2:])
    paint.kill()
    paint.wait()
    world.screen.wait_until_gone("From WSL")


@test("what .wslgconfig says goes to the services")
def _(world):
    environment = world.one.environment_of("weston.service")
    equal(environment.get("WESTON_TEST"), "from the file", "WESTON_TEST")
    equal(environment.get("MINE"), 'C:\\my "x" $y', "MINE")
    equal(environment.get("WSL2_DISTRO_NAME"), "Test", "WSL2_DISTRO_NAME")
    equal(environment.get("XDG_RUNTIME_DIR"), "/mnt/wslg/runtime-dir", "XDG_RUNTIME_DIR")


@test("a second distribution runs beside the first, on a port of its own")
def _(world):
    world.two = Distribution("two", 3392)
    call = wait_for("a call", lambda: world.two.calls and world.two.calls[0], 30)
    first, second = port_of(world.one.calls[0]), port_of(call)
    assert second != first and 0 < second < 1024, (first, second)
    world.two.wait_for_state("weston.service", "running")
    assert world.one.client.poll() is None, "the first client ended"


@test("init ends everything on SIGTERM")
def _(world):
    init = next(pid for pid in world.two.process_ids()
                if os.path.basename(os.readlink(f"/proc/{pid}/exe")) == "sill-init")
    os.kill(init, signal.SIGTERM)
    wait_for("the services to end", lambda: len(world.two.process_ids()) == 1)  # WSL's own init


if __name__ == "__main__":
    main(World)
