# SPDX-License-Identifier: MIT
"""The real sill-init with real services, as PID 1 or not, privileged or not. TAP.

usage: NAME_test.py SILL_INIT SILLCTL [SILL_FILTERS GROUPS]

Root runs the tests in namespaces of their own, and the privileged ones with them; anyone else gets
the rest.
"""

import ctypes
import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import types

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../..")
sys.path.insert(0, os.path.join(TOP, "tests/e2e"))
import tap  # noqa: E402

TIMEOUT = 20
IS_ROOT = os.geteuid() == 0
PID1 = ("unshare", "-pf", "--mount-proc", "--kill-child")
programs = types.SimpleNamespace()


def uses_root(function):
    @functools.wraps(function)
    def checked():
        if not IS_ROOT:
            raise tap.Skip("not root")
        function()
    return checked


def wait_for(condition, what):
    """There is nothing to wait on from outside."""
    return tap.wait_for(what, condition, TIMEOUT)


class Init:
    """A sill-init and its world: a directory with its units, sockets and log."""

    def __init__(self, units, options=(), wrap=(), tmpfiles=None, target=None, uid=None):
        self.dir = tempfile.mkdtemp(prefix="init-test-")
        os.chmod(self.dir, 0o777)
        self.units = os.path.join(self.dir, "units")
        os.mkdir(self.units)
        self.trace = os.path.join(self.dir, "trace")
        open(self.trace, "w").close()
        os.chmod(self.trace, 0o666)
        for name, text in units.items():
            with open(os.path.join(self.units, name), "w") as file:
                file.write(text.replace("@DIR@", self.dir)
                           .replace("@SERVICE@", programs.service)
                           .replace("@BIN@", programs.folder))
        wanted = " ".join(name for name in units if name.endswith(".service"))
        if "windows.target" not in units:
            with open(os.path.join(self.units, "windows.target"), "w") as file:
                file.write(f"[Unit]\nWants={target if target is not None else wanted}\n")
        self.tmpfiles = os.path.join(self.dir, "tmpfiles.conf")
        if tmpfiles is not None:
            with open(self.tmpfiles, "w") as file:
                file.write(tmpfiles.replace("@DIR@", self.dir))
        self.control = os.path.join(self.dir, "run", "init.sock")
        self.log_path = os.path.join(self.dir, "log")
        self.process = None
        self.argv = [*wrap, programs.init, "--units", self.units, "--control", self.control,
                     "--tmpfiles", self.tmpfiles, *options]
        self.uid = uid

    def start(self):
        def become():
            if self.uid is not None:
                os.setgroups([])
                os.setresgid(self.uid, self.uid, self.uid)
                os.setresuid(self.uid, self.uid, self.uid)
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(self.argv, stderr=log, stdin=subprocess.DEVNULL,
                                            preexec_fn=become)
        return self

    def __enter__(self):
        self.start()
        try:
            wait_for(lambda: self.process.poll() is not None or self.answers(), "init answers")
            if self.process.poll() is not None:
                raise AssertionError(f"init ended with {self.process.returncode}")
        except AssertionError:
            self.__exit__(AssertionError, None, None)
            raise
        return self

    def __exit__(self, kind, *_):
        if self.process.poll() is None:
            self.init_signal(signal.SIGTERM)
            try:
                self.process.wait(TIMEOUT)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if kind is not None:
            print("".join(f"# {line}\n" for line in self.log().splitlines()), end="")
        shutil.rmtree(self.dir, ignore_errors=True)

    def init_signal(self, number):
        """To init itself: the wrapping unshare would not pass it on."""
        pid = self.process.pid
        if self.argv[0] != programs.init:
            with open(f"/proc/{pid}/task/{pid}/children") as file:
                pid = int(file.read().split()[0])
        os.kill(pid, number)

    def log(self):
        with open(self.log_path, errors="replace") as file:
            return file.read()

    def traced(self):
        with open(self.trace) as file:
            return file.read().split()

    def answers(self):
        try:
            return self.ask("status")
        except OSError:
            return None

    def ask(self, request):
        with socket.socket(socket.AF_UNIX) as sock:
            sock.connect(self.control)  # blocking: with a timeout a full backlog is an error
            sock.settimeout(TIMEOUT)
            sock.sendall(request.encode() + b"\n")
            answer = b""
            while part := sock.recv(65536):
                answer += part
        return answer.decode()

    def logs(self, name):
        head, log = self.ask(f"logs {name}").split("\n", 1)
        tap.equal(json.loads(head), {"unit": f"{name}.service"}, "what the answer begins with")
        return log

    def status(self):
        return json.loads(self.ask("status"))

    def unit(self, name):
        return next(u for u in self.status()["units"] if u["name"] == name + ".service")

    def wait_state(self, name, state):
        return wait_for(lambda: (u := self.unit(name))["state"] == state and u,
                        f"{name} is {state}")

    def stop(self):
        self.init_signal(signal.SIGTERM)
        return self.process.wait(TIMEOUT)

    def ctl(self, *words):
        return subprocess.run([programs.sillctl, "--socket", self.control, *words],
                              capture_output=True, text=True, errors="replace", timeout=TIMEOUT)


def run_check(units, *options):
    init = Init(units)
    result = subprocess.run([programs.init, "--check", init.units, *options],
                            capture_output=True, text=True, timeout=TIMEOUT)
    shutil.rmtree(init.dir)
    return result.returncode, result.stderr.replace(init.units + "/", "")


def unit(start="@SERVICE@ run", head="", **keys):
    lines = "".join(f"{key}={value}\n" for key, value in keys.items())
    return f"[Unit]\n{head}\n[Service]\nExecStart={start}\n{lines}"



def runs(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def talk(path):
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(TIMEOUT)
        sock.connect(path)
        return json.loads(sock.makefile().readline())


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return file.read().split()


def compile_filters(init):
    if programs.filters is None:
        raise tap.Skip("sill-filters was not built")
    subprocess.run([programs.filters, programs.groups, init.units, init.units], check=True,
                   timeout=TIMEOUT)


def isolate():
    """Nothing of this reaches the machine: own network, mounts and empty /run and /var/lib."""
    libc = ctypes.CDLL(None, use_errno=True)
    flags = 0x40000000 | 0x00020000  # CLONE_NEWNET | CLONE_NEWNS
    if libc.unshare(flags) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    for path in ("/run", "/var/lib"):
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", path], check=True)


def main():
    if IS_ROOT:
        isolate()
    # Other users run these too, and the tree may be in a folder that only its owner can enter.
    with tempfile.TemporaryDirectory(prefix="init-test-bin-") as shared:
        os.chmod(shared, 0o755)
        script = os.path.join(TOP, "tests/unit/init/service.py")
        programs.init, programs.sillctl, service = (
            shutil.copy(path, shared) for path in (*sys.argv[1:3], script))
        programs.filters, programs.groups = sys.argv[3:5] if len(sys.argv) > 3 else (None, None)
        programs.folder = shared
        programs.service = f"{sys.executable} -S -E {service}"
        code = tap.run()
    raise SystemExit(code)
