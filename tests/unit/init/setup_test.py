#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What is read before anything starts: unit files, sockets, tmpfiles: see init_world.py."""

import glob
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile

from init_world import (TIMEOUT, TOP, Init, compile_filters, main, programs, run_check, runs, talk,
                        unit, uses_root, wait_for)
from tap import Skip, equal, test

DISTRO = os.path.join(TOP, "system-distro")


@test("a socket is open before its service, and outlives it")
def _():
    units = {
        "a.service": unit("@SERVICE@ accept", Restart="always"),
        "a.socket": "[Socket]\nListenStream=@DIR@/deep/er/sock\nListenStream=127.0.0.1:0\n",
    }
    units["a.socket"] = units["a.socket"].replace(":0\n", f":{free_port()}\n")
    with Init(units) as init:
        path = os.path.join(init.dir, "deep/er/sock")
        first = talk(path)
        names = first["LISTEN_FDNAMES"]
        equal(names, "a.socket:a.socket", "names")
        equal(first["LISTEN_FDS"], "2", "count")
        equal(first["LISTEN_PID"], first["PID"], "pid")
        os.kill(int(first["PID"]), signal.SIGKILL)
        wait_for(lambda: not runs(first["PID"]), "it is dead")
        second = talk(path)  # no reconnecting: it was never refused
        equal(second["PID"] != first["PID"], True, "a new process")
        equal(init.unit("a")["restarts"], 1, "restarts")
        equal(init.unit("a")["last_exit"], "signal 9", "last exit")


@test("a socket may be shared, and take the first vsock port that is free")
def _():
    with socket.socket(socket.AF_VSOCK) as taken:
        # Not VMADDR_PORT_ANY: the kernel gives those out in a row, and the next one to another.
        first = random.randrange(1 << 20, 1 << 31, 16)
        taken.bind((socket.VMADDR_CID_ANY, first))
        taken.listen()
        trace = "TRACE=@DIR@/trace"
        units = {
            "a.service": unit("@SERVICE@ listening", Type="notify", Environment=trace),
            "a.socket": f"[Socket]\nListenStream=vsock::{first}-{first + 9}\n",
            "b.service": unit("@SERVICE@ listening", Type="notify", Environment=trace,
                              Sockets="a.socket"),
        }
        with Init(units) as init:
            init.wait_state("a", "running")
            init.wait_state("b", "running")
            traced = init.traced()
        equal(traced[0], traced[1], "what the two got")
        equal(traced[0], f"a.socket:{socket.VMADDR_CID_ANY}:{first + 1}", "the address")


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@test("tmpfiles are made before sockets")
def _():
    tmpfiles = "# c\nd @DIR@/t 1777 - - - -\nL+ @DIR@/l - - - - @DIR@/t\n"
    units = {"a.service": unit(), "a.socket": "[Socket]\nListenStream=@DIR@/l/sock\n"}
    with Init(units, tmpfiles=tmpfiles) as init:
        equal(oct(os.stat(os.path.join(init.dir, "t")).st_mode), oct(0o41777), "mode")
        equal(os.readlink(os.path.join(init.dir, "l")), os.path.join(init.dir, "t"), "link")
        equal(os.path.exists(os.path.join(init.dir, "t/sock")), True, "the socket")


@test("systemd finds no fault in the unit files of the image")
def _():
    if shutil.which("systemd-analyze") is None:
        raise Skip("no systemd-analyze here")
    folders = ("units", "pulseaudio", "pipewire", "profiles")
    for folder in folders[1:]:
        with tempfile.TemporaryDirectory() as units:
            for source in (folders[0], folder):
                for path in sorted(glob.glob(os.path.join(DISTRO, source, "*.[st]*et")) +
                                   glob.glob(os.path.join(DISTRO, source, "*.service"))):
                    shutil.copy(path, units)
            files = [os.path.join(units, name) for name in os.listdir(units)]
            result = subprocess.run(["systemd-analyze", "verify", "--man=no", "--generators=no", *files],
                                    capture_output=True, text=True, timeout=60)
            # The programs are in the image, not here.
            equal([line for line in result.stderr.splitlines()
                   if "is not executable: No such file" not in line], [], folder)


@test("unit files with faults: one line each, exit 2, nothing started")
def _():
    units = {"a.service": "[Service]\nExecStart=/bin/touch @DIR@/touched\nColour=red\n"}
    init = Init(units).start()
    equal(init.process.wait(TIMEOUT), 2, "exit code")
    equal(init.log(), f"{init.units}/a.service:3:1: unknown key Colour= in [Service]\n", "message")
    equal(os.path.exists(os.path.join(init.dir, "touched")), False, "started")
    shutil.rmtree(init.dir)


@test("--check tells every fault, circles and unknown units included")
def _():
    units = {
        "a.service": unit(head="After=b.service"),
        "b.service": unit(head="After=c.service\nWants=nope.service"),
        "c.service": unit(head="After=a.service", Nice="high"),
    }
    code, text = run_check(units)
    equal(code, 2, "exit code")
    equal(text.splitlines(), [
        "c.service:5:6: Nice=high is not a number from -20 to 19",
        "b.service:3:7: there is no unit nope.service",
        "a.service:2:7: After= goes in a circle: a.service -> b.service -> c.service -> a.service",
    ], "faults")
    equal(run_check({"a.service": unit()}), (0, ""), "without faults")
    equal(run_check({"a.service": unit()}, "/nope"),
          (2, "/nope: cannot read it: No such file or directory\n"), "a missing directory")


@test("--check tells a filter that was compiled for another version of its unit")
def _():
    init = Init({"a.service": unit("/bin/true", SystemCallFilter="@system-service")})
    compile_filters(init)

    def check():
        return subprocess.run([programs.init, "--check", init.units], capture_output=True, text=True,
                              timeout=TIMEOUT)

    equal(check().stderr, "", "what is said of its own")
    with open(init.units + "/a.service", "a") as file:
        file.write("SystemCallFilter=~ptrace\n")
    checked = check()
    shutil.rmtree(init.dir)
    equal(checked.returncode, 2, "the exit code")
    assert "/a.service:1:1: the filter beside it was compiled for another" in checked.stderr, \
        checked.stderr


@test("faults in tmpfiles and users that do not exist are told with their place")
@uses_root
def _():
    init = Init({"a.service": unit(User="nosuchuser")}, tmpfiles="d /x\nq /y\n").start()
    equal(init.process.wait(TIMEOUT), 2, "exit code")
    equal(init.log().splitlines(), [
        f"{init.tmpfiles}:2:1: unknown type, known are d and L+",
        f"{init.units}/a.service:5:6: there is no user nosuchuser in /etc/passwd"], "faults")
    shutil.rmtree(init.dir)


@test("an address in use is told with its place, exit 1")
def _():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        init = Init({"a.service": unit(),
                     "a.socket": f"[Socket]\nListenStream=127.0.0.1:{port}\n"}).start()
        equal(init.process.wait(TIMEOUT), 1, "exit code")
        equal(init.log().replace("already ", ""),
              f"{init.units}/a.socket:2:14: cannot listen on 127.0.0.1:{port}: Address in use\n",
              "message")
        shutil.rmtree(init.dir)


@test("the command line")
def _():
    def run(*words):
        return subprocess.run([programs.init, *words], capture_output=True, text=True,
                              timeout=TIMEOUT)
    equal(run("--version").returncode, 0, "--version")
    equal("--check" in run("--help").stdout, True, "--help")
    equal(run("--frob").returncode, 2, "an unknown option")
    equal(run("frob").returncode, 2, "an operand")
    equal(run("--control", "x").returncode, 2, "--control with a relative path")
    equal(run("--check").returncode, 2, "--check without a directory")
    equal(run("--check", "/nope").returncode, 2, "--check of nothing")


@test("a file in the first directory takes the place of one in the next; another target")
def _():
    first = tempfile.mkdtemp()
    with open(os.path.join(first, "a.service"), "w") as file:
        file.write("[Unit]\nDescription=Mine\n[Service]\nExecStart=/bin/sleep 100\n")
    units = {"a.service": unit(), "b.service": unit(), "t.target": "[Unit]\nWants=a.service\n"}
    init = Init(units, options=("--target", "t.target"))
    init.argv[1:1] = ["--units", first]
    with init:
        equal(init.unit("a")["description"], "Mine", "description")
        init.wait_state("a", "running")
        equal(init.unit("b")["state"], "inactive", "what the target does not name")
    shutil.rmtree(first)


@test("a profile is a target: who is not of it is not started, and has no socket")
def _():
    units = {"a.service": unit(), "a.socket": "[Socket]\nListenStream=@DIR@/a\n",
             "b.service": unit(), "b.socket": "[Socket]\nListenStream=@DIR@/b\n",
             "c.service": unit(Sockets="b.socket"), "mine.target": "[Unit]\nWants=a.service c.service\n",
             "windows.target": "[Unit]\nWants=b.service\n"}
    for profile, started in (("mine", "ac"), ("auto", "b")):
        with Init(units, options=("--profile", profile)) as init:
            for name in "abc":
                init.wait_state(name, "running" if name in started else "inactive")
            equal(os.path.exists(init.dir + "/a"), profile == "mine", "the socket of a")
            equal(os.path.exists(init.dir + "/b"), True, "the socket of b, that c has, too")


if __name__ == "__main__":
    main()
