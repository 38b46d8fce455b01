# SPDX-License-Identifier: MIT
"""The image, running, and what is done with it: sill's own commands."""

import atexit
import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading

from tap import wait_for

WORK = os.environ["SILL_WORK"]  # what system-distro/build printed
PAINT = os.path.join(WORK, "build/tests/e2e/paint")
BARE = os.path.join(WORK, "build/tests/e2e/bare")


def setup_environment():
    """A network of our own with a loopback, and a home nobody else uses."""
    if os.geteuid() == 0:
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    os.environ["PATH"] = os.path.join(WORK, "own/usr/bin") + ":" + os.environ["PATH"]
    # Short, for the sockets in it, and nobody else's: the pid is the same in every namespace.
    home = tempfile.mkdtemp(prefix="sill-e2e-", dir="/tmp")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    os.environ["HOME"] = home
    os.environ["XDG_RUNTIME_DIR"] = home
    os.environ.pop("WAYLAND_DISPLAY", None)
    os.environ.pop("XDG_STATE_HOME", None)


def image():
    directory = os.path.join(WORK, "image")
    for name in os.listdir(directory):
        if name.endswith(".erofs"):
            return os.path.join(directory, name)
    raise FileNotFoundError(f"no image in {directory}")


class Lines:
    """A child's output, line by line, without ever blocking the child."""

    def __init__(self, stream):
        self.seen = []
        self._queue = queue.Queue()
        self._thread = threading.Thread(target=self._pump, args=(stream,), daemon=True)
        self._thread.start()

    def _pump(self, stream):
        for line in stream:
            self._queue.put(line.rstrip("\n"))

    def _drain(self):
        while not self._queue.empty():
            self.seen.append(self._queue.get())

    def mark(self):
        self._drain()
        return len(self.seen)

    def has(self, *words):
        """Whether a line has all of these in it."""
        self._drain()
        return any(all(word in line for word in words) for line in self.seen)

    def ended(self):
        """Everything was read, to the end."""
        self._thread.join(0)
        self._drain()
        return not self._thread.is_alive()

    def wait(self, wanted, since=0, timeout=15.0):
        """The first line that starts with wanted, of those that came after the mark since."""
        def find():
            self._drain()
            return next((line for line in self.seen[since:] if line.startswith(wanted)), None)

        try:
            return wait_for(f'"{wanted}"', find, timeout)
        except AssertionError as late:
            raise AssertionError(f"{late}; it said {self.seen[since:][-12:]}") from None


class App:
    def __init__(self, process):
        self.process = process
        self.lines = Lines(process.stdout)

    def alive(self):
        return self.process.poll() is None

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


class Instance:
    def __init__(self, name="e2e", image_path=None, *options):
        self.name = name
        subprocess.run(["sill", "run", "--detach", "--name", name, *options, image_path or image()],
                       check=True, timeout=60, stdout=subprocess.DEVNULL)

    def sill(self, *arguments, check=True):
        command, *rest = arguments
        result = subprocess.run(["sill", command, "--name", self.name, *rest], timeout=60,
                                capture_output=True, text=True)
        if check and result.returncode != 0:
            raise AssertionError(f"sill {' '.join(arguments)}: {result.stderr}")
        return result

    def status(self):
        return json.loads(self.sill("status", "--json").stdout)

    def unit(self, name):
        for unit in self.status()["init"]["units"]:
            if unit["name"] == name:
                return unit
        raise KeyError(name)

    def events(self):
        """Follows what becomes of the services."""
        socket = os.path.join(self.status()["dir"], "run/init.sock")
        return App(subprocess.Popen(["sillctl", "--socket", socket, "--json", "events"],
                                    stdout=subprocess.PIPE, text=True))

    def host_pids(self, program):
        """The pids, in our numbers, of the instance's processes that run program."""
        found = []
        init = self.status()["init_pid"]
        namespace = os.readlink(f"/proc/{init}/ns/pid")
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.readlink(f"/proc/{pid}/ns/pid") == namespace:
                    with open(f"/proc/{pid}/cmdline", "rb") as file:
                        argv = file.read().split(b"\0")
                    if os.path.basename(argv[0].decode()) == program:
                        found.append(int(pid))
            except OSError:
                continue
        return found

    def exec(self, *argv, stdin=None):
        process = subprocess.Popen(["sill", "exec", "--name", self.name, "--", *argv],
                                   stdin=stdin, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True)
        return App(process)

    def command(self, *argv):
        """What an application that ends by itself prints."""
        result = subprocess.run(["sill", "exec", "--name", self.name, "--", *argv], timeout=60,
                                capture_output=True, text=True)
        if result.returncode != 0:
            raise AssertionError(f"{' '.join(argv)}: {result.stderr}")
        return result.stdout

    def paint(self, title, width, height, *options):
        app = self.exec(PAINT, title, str(width), str(height), *options)
        app.lines.wait("configure")
        return app

    def connect(self, *options, how=()):
        log = open(os.path.join(os.environ["HOME"], "client.log"), "a")
        return subprocess.Popen(["sill", "connect", "--name", self.name, *how, "--", *options],
                                stdout=log, stderr=log)

    def connect_with_clipboard(self):
        """Root only. For files its clipboard mounts a FUSE file system, which can hang a client that
        is killed in the kernel for ever; without the device it goes on without that."""
        log = open(os.path.join(os.environ["HOME"], "client.log"), "a")
        return subprocess.Popen(
            ["unshare", "--mount", "sh", "-c", "mount --bind /dev/null /dev/fuse && exec \"$@\"",
             "sh", "sill", "connect", "--name", self.name, "--", "+clipboard"],
            stdout=log, stderr=log)

    def picture(self, path):
        """Of what the client shows."""
        subprocess.run(["sill", "screenshot", path], check=True, timeout=30)

    def secret(self, leaf):
        base = f"/var/lib/sill/{self.name}" if os.geteuid() == 0 else \
            os.path.join(os.environ["HOME"], f".local/state/sill/{self.name}")
        with open(os.path.join(base, "rdp", leaf)) as file:
            return file.readline().strip()

    def address(self):
        host, port = self.status()["listen"].rsplit(":", 1)
        return host, int(port)

    def stop(self):
        self.sill("stop")
