# SPDX-License-Identifier: MIT
"""sill-init as the first process of a machine: an initramfs of nothing but it, sillctl and busybox."""

import json
import os
import shutil
import socket
import subprocess

from instance import WORK, Lines
from machine import cpio, kernel
from tap import equal, test, wait_for
from world import main

# Everything in it is emulated, on a machine that does other things as well.
BOOT_SECONDS = 120

UNITS = {
    "default.target": "[Unit]\nWants=shell.service hog.service forks.service other.service\n",
    # The test's way in: commands on the second serial port, their output and a mark back.
    "shell.service": "[Unit]\nDescription=A shell for the test\n[Service]\nRestart=always\n"
                     "ExecStart=/bin/sh /etc/shell\n",
    "hog.service": "[Service]\nRestart=no\nMemoryMax=16M\nExecStart=/bin/sh /etc/hog\n",
    "forks.service": "[Service]\nRestart=no\nTasksMax=4\nExecStart=/bin/sh /etc/forks\n",
    "talk.service": "[Service]\nExecStart=/bin/sh /etc/talk\n",
    "other.service": "[Service]\nRestart=always\nExecStart=/bin/sleep 100000\n",
}
SCRIPTS = {
    "shell": "exec </dev/ttyS1 >/dev/ttyS1 2>&1\nstty raw -echo\necho '@ 0'\nwhile read -r line; do\n"
             "  eval \"$line\"\n  echo \"@ $?\"\ndone\n",
    # A block that is read is memory that is used.
    "hog": "while [ ! -e /run/eat ]; do sleep 0.1; done\n"
           "exec dd if=/dev/zero of=/dev/null bs=64M count=1\n",
    "talk": f"i=0\nwhile [ $i -lt 40 ]; do i=$((i + 1)); echo $i; done\necho {1020 * 'x'}\n",
    "forks": "for i in 1 2 3 4 5 6; do sleep 100000 & done\nwait\n",
}


def initramfs():
    folder, regular, program, link = 0o040755, 0o100644, 0o100755, 0o120777
    members = [(path, folder, 0, b"") for path in
               ("bin", "etc", "usr", "usr/lib", "usr/lib/sill", "usr/lib/sill/units")]
    members += [(f"usr/lib/sill/units/{name}", regular, 0, text.encode())
                for name, text in UNITS.items()]
    members += [(f"etc/{name}", regular, 0, text.encode()) for name, text in SCRIPTS.items()]
    for path, source in (("init", os.path.join(WORK, "own/usr/lib/sill/sill-init")),
                         ("bin/sillctl", os.path.join(WORK, "own/usr/bin/sillctl")),
                         ("bin/busybox", shutil.which("busybox"))):
        with open(source, "rb") as file:
            members.append((path, program, 0, file.read()))
    members += [(f"bin/{name}", link, 0, b"busybox") for name in
                ("sh", "cat", "sleep", "dd", "echo", "kill", "test", "stty", "touch")]
    return cpio(members)


class Machine:
    def __init__(self):
        home = os.environ["HOME"]
        archive = os.path.join(home, "initramfs")
        with open(archive, "wb") as file:
            file.write(initramfs())
        paths = {name: os.path.join(home, name) for name in ("shell.sock", "qmp.sock")}
        self.process = subprocess.Popen(
            ["qemu-system-x86_64", "-accel", "tcg", "-machine", "q35", "-cpu", "max", "-m", "256",
             "-nodefaults", "-no-user-config", "-display", "none", "-serial", "stdio",
             "-serial", f"unix:{paths['shell.sock']},server=on,wait=off",
             "-qmp", f"unix:{paths['qmp.sock']},server=on,wait=off", "-no-reboot",
             "-kernel", kernel("debian-13-vm")[0], "-initrd", archive,
             "-append", "console=ttyS0 panic=-1 loglevel=6 a-word-of-somebody-else"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace")
        self.console = Lines(self.process.stdout)
        wait_for("the second serial port", lambda: os.path.exists(paths["shell.sock"]))
        self.shell = socket.socket(socket.AF_UNIX)
        self.shell.settimeout(BOOT_SECONDS)
        self.shell.connect(paths["shell.sock"])
        self.monitor = socket.socket(socket.AF_UNIX)
        self.monitor.settimeout(10)
        self.monitor.connect(paths["qmp.sock"])
        self.said = b""
        self.answer("boot")

    def said_on_console(self, text):
        self.console.mark()
        return any(text in line for line in self.console.seen)

    def wait_console(self, text, timeout=BOOT_SECONDS):
        try:
            wait_for(f'"{text}" on the console', lambda: self.said_on_console(text), timeout)
        except AssertionError as late:
            raise AssertionError(f"{late}; it said {self.console.seen[-20:]}") from None

    def run(self, command):
        """What a command of the shell inside prints."""
        self.shell.sendall(command.encode() + b"\n")
        return self.answer(command)

    def answer(self, command):
        lines = []
        while True:
            while b"\n" not in self.said:
                more = self.shell.recv(65536)
                if not more:
                    raise AssertionError(f"{command}: the machine has ended")
                self.said += more
            line, self.said = self.said.split(b"\n", 1)
            text = line.decode().rstrip("\r")
            if text.startswith("@ "):
                if text != "@ 0":
                    raise AssertionError(f"{command}: {lines} {text}")
                return "\n".join(lines)
            lines.append(text)

    def unit(self, name):
        status = json.loads(self.run("sillctl --json status"))
        return next(unit for unit in status["units"] if unit["name"] == name)

    def press(self, *keys):
        keys = [{"type": "qcode", "data": key} for key in keys]
        for command in ({"execute": "qmp_capabilities"},
                        {"execute": "send-key", "arguments": {"keys": keys}}):
            self.monitor.sendall(json.dumps(command).encode() + b"\n")

    def wait_end(self):
        self.process.wait(BOOT_SECONDS)
        wait_for("the end of the console", self.console.ended)
        return "\n".join(self.console.seen)

    def stop(self):
        self.process.kill()
        self.process.wait(10)


@test("it mounts what the kernel leaves to it")
def _(machine):
    mounts = {line.split()[1]: line.split()[2:4] for line in
              machine.run("cat /proc/mounts").splitlines()}
    for path, kind in (("/proc", "proc"), ("/sys", "sysfs"), ("/dev", "devtmpfs"),
                       ("/dev/pts", "devpts"), ("/dev/shm", "tmpfs"), ("/run", "tmpfs"),
                       ("/tmp", "tmpfs"), ("/sys/fs/cgroup", "cgroup2")):
        assert mounts[path][0] == kind, (path, mounts[path])
        assert "nosuid" in mounts[path][1], (path, mounts[path])


@test("its log is the kernel's, all of it")
def _(machine):
    machine.wait_console("sill-init: started after")
    machine.run("sillctl start talk")
    machine.wait_console("talk: 40")
    for number in range(1, 41):
        assert machine.said_on_console(f"talk: {number}"), number
    machine.wait_console("talk: " + 900 * "x")


@test("each service has a control group of its own")
def _(machine):
    equal(machine.run("cat /proc/1/cgroup"), "0::/init", "init's control group")
    other = machine.unit("other.service")
    equal(machine.run(f"cat /proc/{other['pid']}/cgroup"), "0::/other.service", "other's")
    assert 0 < other["memory_bytes"] < 16 << 20, other


@test("who needs more than MemoryMax= is ended by the kernel, and nobody else")
def _(machine):
    before = {name: machine.unit(f"{name}.service")["pid"] for name in ("shell", "other")}
    equal(machine.unit("hog.service")["state"], "running", "hog before")
    machine.run("touch /run/eat")
    machine.wait_console("Memory cgroup out of memory: Killed process")
    wait_for("its end", lambda: machine.unit("hog.service")["state"] == "failed")
    equal(machine.unit("hog.service")["last_exit"], "signal 9", "how it ended")
    for name, pid in before.items():
        unit = machine.unit(f"{name}.service")
        equal((unit["pid"], unit["state"]), (pid, "running"), name)


@test("who forks more than TasksMax= is refused that, and nobody else")
def _(machine):
    wait_for("the refusal", lambda: "can't fork" in machine.run("sillctl logs forks"))
    equal(machine.run("cat /sys/fs/cgroup/forks.service/pids.max"), "4", "the limit")
    equal(machine.unit("other.service")["restarts"], 0, "the restarts of another")


@test("sillctl poweroff stops the services, then turns it off")
def _(machine):
    machine.shell.sendall(b"sillctl poweroff\n")
    said = machine.wait_end()
    stopping, stopped, off = (said.find(text) for text in (
        "sill-init: stopping", "sill-init: stopped", "reboot: Power down"))
    assert 0 < stopping < stopped < off, machine.console.seen[-12:]
    assert "Kernel panic" not in said, machine.console.seen[-12:]


@test("Ctrl-Alt-Del starts it anew")
def _(_):
    machine = Machine()
    machine.press("ctrl", "alt", "delete")
    said = machine.wait_end()
    assert 0 < said.find("sill-init: stopped") < said.find("reboot: Restarting system"), said


if __name__ == "__main__":
    main(Machine)
