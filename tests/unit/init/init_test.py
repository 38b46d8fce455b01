#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The real sill-init with real services, as PID 1 or not, privileged or not. TAP.

usage: init_test.py SILL_INIT SILLCTL [SILL_FILTERS GROUPS]

Root runs it in namespaces of its own, and the privileged tests with it; anyone else gets the rest.
"""

import ctypes
import glob
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

TIMEOUT = 20
IS_ROOT = os.geteuid() == 0
tests = []


def test(name, needs_root=False):
    def register(function):
        tests.append((name, needs_root, function))
        return function
    return register


class Failure(Exception):
    pass


class Skip(Exception):
    pass


def equal(got, want, what):
    if got != want:
        raise Failure(f"{what}: got {got!r}, not {want!r}")


def wait_for(condition, what):
    """Polls, as there is nothing to wait on from outside; fails after TIMEOUT."""
    end = time.monotonic() + TIMEOUT
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.01)
    raise Failure(f"timed out waiting until {what}")


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
                           .replace("@SERVICE@", PYTHON).replace("@BIN@", BIN))
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
        self.argv = [*wrap, INIT, "--units", self.units, "--control", self.control,
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
                raise Failure(f"init ended with {self.process.returncode}")
        except Failure:
            self.__exit__(Failure, None, None)
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
        if self.argv[0] != INIT:
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
        return subprocess.run([SILLCTL, "--socket", self.control, *words], capture_output=True,
                              text=True, timeout=TIMEOUT)


def run_check(units, *options):
    init = Init(units)
    result = subprocess.run([INIT, "--check", init.units, *options], capture_output=True, text=True,
                            timeout=TIMEOUT)
    shutil.rmtree(init.dir)
    return result.returncode, result.stderr.replace(init.units + "/", "")


def unit(start="@SERVICE@ run", head="", **keys):
    lines = "".join(f"{key}={value}\n" for key, value in keys.items())
    return f"[Unit]\n{head}\n[Service]\nExecStart={start}\n{lines}"


PID1 = ("unshare", "-pf", "--mount-proc", "--kill-child")


@test("services start in the order of After=, each when the one before is ready")
def _():
    units = {
        "a.service": unit("@SERVICE@ ready a 0.2", "After=b.service", Type="notify",
                          Environment="TRACE=@DIR@/trace"),
        "b.service": unit("@SERVICE@ ready b 0.2", "After=c.service", Type="notify",
                          Environment="TRACE=@DIR@/trace"),
        "c.service": unit("@SERVICE@ ready c 0.2", Type="notify",
                          Environment="TRACE=@DIR@/trace"),
    }
    with Init(units) as init:
        wait_for(lambda: init.status()["state"] == "running", "all is running")
        equal(init.traced(), ["c:start", "c:ready", "b:start", "b:ready", "a:start", "a:ready"],
              "order")
        equal(init.unit("a")["status"], "all is well", "STATUS=")
        status = init.status()
        ready = {u["name"][0]: u["ready_usec"] for u in status["units"]}
        equal(ready["c"] < ready["b"] < ready["a"], True, "times of readiness")
        equal(status["boot"]["started_usec"] >= ready["a"], True, "boot time")


@test("they stop in the opposite order, and init exits with 0")
def _():
    trace = "TRACE=@DIR@/trace"
    units = {
        "a.service": unit("@SERVICE@ ready a", "After=b.service", Type="notify", Environment=trace),
        "b.service": unit("@SERVICE@ ready b", Type="notify", Environment=trace),
    }
    with Init(units) as init:
        wait_for(lambda: init.status()["state"] == "running", "all is running")
        equal(init.stop(), 0, "exit code")
        equal(init.traced()[-2:], ["a:stop", "b:stop"], "order")


@test("a notification from another process does not count")
def _():
    with Init({"a.service": unit("@SERVICE@ ready-from-child", Type="notify")}) as init:
        wait_for(lambda: "child told" in init.log(), "the child has told")
        equal(init.unit("a")["state"], "starting", "state")


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


def runs(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def talk(path):
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(TIMEOUT)
        sock.connect(path)
        return json.loads(sock.makefile().readline())


@test("a crash loop slows down, is called degraded, and is never given up")
def _():
    with Init({"a.service": unit("/bin/false", Restart="always")}) as init:
        wait_for(lambda: init.unit("a")["restarts"] >= 5, "it has crashed five times")
        equal(init.unit("a")["state"], "degraded", "the unit's state")
        equal(init.status()["state"], "degraded", "the state of all")
        delays = [int(d) for d in re.findall(r"restart in (\d+) ms", init.log())]
        equal(delays[:5], [0, 50, 100, 200, 400], "delays")


@test("Restart=no and on-failure are as in systemd")
def _():
    units = {
        "no.service": unit("/bin/false"),
        "ok.service": unit("/bin/true", Restart="on-failure"),
        "once.service": unit("/bin/true", Type="oneshot"),
        "after.service": unit(head="Requires=no.service\nAfter=no.service"),
    }
    units["no.service"] = unit("/bin/false", Type="oneshot")
    with Init(units) as init:
        init.wait_state("no", "failed")
        init.wait_state("ok", "inactive")
        init.wait_state("once", "exited")
        init.wait_state("after", "failed")
        equal(init.unit("ok")["restarts"], 0, "restarts")


@test("what is not ready in time is stopped and started again")
def _():
    units = {"a.service": unit("@SERVICE@ run", Type="notify", Restart="always",
                               TimeoutStartSec="200ms")}
    with Init(units) as init:
        wait_for(lambda: init.unit("a")["restarts"] >= 2, "it was restarted twice")
        equal("not ready after 2" in init.log(), True, "a word about it")


@test("who does not hear KillSignal= is killed after TimeoutStopSec=")
def _():
    with Init({"a.service": unit("@SERVICE@ deaf", Type="notify", TimeoutStopSec="300ms")}) as init:
        init.wait_state("a", "running")
        start = time.monotonic()
        equal(init.stop(), 0, "exit code")
        took = time.monotonic() - start
        equal(0.3 <= took < 3, True, f"a stop of {took:.1f} s")
        equal("does not stop, killing it" in init.log(), True, "a word about it")


@test("KillSignal= reaches the whole process group")
def _():
    units = {"a.service": unit("@SERVICE@ family", Type="notify", KillSignal="SIGINT",
                               Environment="TRACE=@DIR@/trace")}
    with Init(units) as init:
        init.wait_state("a", "running")
        init.stop()
        equal(sorted(init.traced()), ["child:2", "parent:2"], "signals")


@test("orphans are reaped, as a subreaper too")
def _():
    units = {"a.service": unit("@SERVICE@ orphans 50", Type="notify")}
    with Init(units) as init:
        init.wait_state("a", "running")
        own = {str(init.process.pid), str(init.unit("a")["pid"])}
        wait_for(lambda: set(children(init.process.pid)) <= own, "the orphans are gone")


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return file.read().split()


@test("no zombie is left for PID 1, whatever its session", needs_root=True)
def _():
    units = {"a.service": unit("@SERVICE@ orphans 50", Type="notify")}
    with Init(units, wrap=PID1) as init:
        init.wait_state("a", "running")
        pid = int(children(init.process.pid)[0])
        wait_for(lambda: len(children(pid)) == 1, "the orphans are gone")
        equal(init.stop(), 0, "exit code of PID 1")


@test("PID 1 ends daemons that nobody owns any more", needs_root=True)
def _():
    units = {"a.service": unit("@SERVICE@ daemon", Type="notify",
                               Environment="TRACE=@DIR@/trace")}
    with Init(units, wrap=PID1) as init:
        init.wait_state("a", "running")
        equal(init.stop(), 0, "exit code")
        equal(init.traced(), ["daemon:15"], "the daemon's signal")


@test("what a service writes is kept, over its death too")
def _():
    with Init({"a.service": unit("@SERVICE@ say", Restart="always")}) as init:
        wait_for(lambda: "a: second line" in init.log(), "the lines are in the log")
        wait_for(lambda: init.unit("a")["restarts"] >= 1, "it was restarted")
        equal(init.ask("logs a").startswith("first line\nsecond line\nno end\n"), True, "the ring")
        equal(re.search(r"^a: no end$", init.log(), re.M) is not None, True, "a line without end")


@test("a service has a clean world")
def _():
    os.environ["LEAK"] = "1"
    read_end, write_end = os.pipe()
    os.set_inheritable(write_end, True)
    try:
        with Init({"a.service": unit("@SERVICE@ world", Environment="A='b c' PATH=/x"),
                   "a.socket": "[Socket]\nListenStream=@DIR@/sock\n"}) as init:
            world = talk(os.path.join(init.dir, "sock"))
            equal(sorted(world["env"]), ["A", "LANG", "LISTEN_FDNAMES", "LISTEN_FDS", "LISTEN_PID",
                                         "PATH"], "variables")
            equal(world["env"]["A"], "b c", "Environment=")
            equal(world["env"]["PATH"], "/x", "PATH")
            equal(world["fds"], [0, 1, 2, 3], "descriptors")
            equal(world["blocked"], "0000000000000000", "blocked signals")
            equal(world["sid"] == world["pid"], True, "its own session")
            equal(world["ignored"], "0000000000000000", "ignored signals")
            equal(world["cwd"], "/", "directory")
            equal(world["stdin"], "/dev/null", "stdin")
    finally:
        del os.environ["LEAK"]
        os.close(read_end)
        os.close(write_end)


@test("a service is confined as its unit says", needs_root=True)
def _():
    units = {
        "a.service": unit("@SERVICE@ world", User="nobody", NoNewPrivileges="yes",
                          CapabilityBoundingSet="", PrivateNetwork="yes", Nice="5",
                          LimitNOFILE="100:200", OOMScoreAdjust="300", StateDirectory="it/a",
                          RuntimeDirectory="it-a", WorkingDirectory="/usr"),
        "b.service": unit("@SERVICE@ world", CapabilityBoundingSet="CAP_CHOWN"),
        "a.socket": "[Socket]\nListenStream=@DIR@/a\nSocketUser=nobody\nSocketMode=0640\n",
        "b.socket": "[Socket]\nListenStream=@DIR@/b\n",
    }
    with Init(units) as init:
        world = talk(os.path.join(init.dir, "a"))
        equal(world["uids"], [65534] * 3, "uids")
        equal(world["groups"], [], "groups")
        equal(world["capabilities"], [0] * 5, "capability sets")
        equal(world["no_new_privs"], 1, "NoNewPrivileges=")
        equal(world["interfaces"], ["lo"], "interfaces")
        equal(world["lo_works"], True, "the loopback works")
        equal(world["net"] != os.readlink("/proc/self/ns/net"), True, "its own network")
        equal(world["nofile"], [100, 200], "LimitNOFILE=")
        equal(world["nice"], 5, "Nice=")
        equal(world["group_nice"] in (None, 5), True, "Nice= among sessions")
        equal(world["oom"], 300, "OOMScoreAdjust=")
        equal(world["cwd"], "/usr", "WorkingDirectory=")
        equal(world["env"]["STATE_DIRECTORY"], "/var/lib/it/a", "STATE_DIRECTORY")
        equal(world["env"]["USER"], "nobody", "USER")
        for path, mode in (("/var/lib/it/a", 0o40700), ("/run/it-a", 0o40755),
                           (os.path.join(init.dir, "a"), 0o140640)):
            info = os.stat(path)
            equal((info.st_uid, oct(info.st_mode)), (65534, oct(mode)), path)
        world = talk(os.path.join(init.dir, "b"))
        equal(world["capabilities"], [0, 1, 1, 1, 0], "capability sets of b")


@test("without privileges everything runs as init's own user, and that is said once")
def _():
    units = {
        "a.service": unit("@SERVICE@ world", User="daemon", PrivateNetwork="yes",
                          CapabilityBoundingSet="", NoNewPrivileges="yes"),
        "b.service": unit("@SERVICE@ world", User="nobody"),
        "c.service": unit("@SERVICE@ world", User="nosuchuser"),
        "a.socket": "[Socket]\nListenStream=@DIR@/a\nSocketUser=daemon\nSocketMode=0600\n",
        "b.socket": "[Socket]\nListenStream=@DIR@/b\n",
        "c.socket": "[Socket]\nListenStream=@DIR@/c\n",
    }
    uid = 12345 if IS_ROOT else None
    with Init(units, tmpfiles="d @DIR@/t/u 0700 daemon daemon - -\n", uid=uid) as init:
        mine = uid or os.geteuid()
        for name in "abc":
            equal(talk(os.path.join(init.dir, name))["uids"], [mine] * 3, f"uids of {name}")
        equal(os.stat(os.path.join(init.dir, "t/u")).st_uid, mine, "owner of a directory")
        equal(init.log().count("runs as uid"), 1, "words about it")
        equal(init.log().count("PrivateNetwork=, it shares"), 1, "words about the network")
        equal(init.stop(), 0, "exit code")


@test("with one uid in a user namespace it is the same", needs_root=True)
def _():
    units = {
        "a.service": unit("@SERVICE@ world", User="nobody", PrivateNetwork="yes",
                          CapabilityBoundingSet="", NoNewPrivileges="yes"),
        "a.socket": "[Socket]\nListenStream=@DIR@/a\nSocketUser=nobody\n",
    }
    with Init(units, wrap=("unshare", "-Ur", "-pf", "--kill-child")) as init:
        world = talk(os.path.join(init.dir, "a"))
        equal(world["uids"], [0] * 3, "uids")
        equal(world["capabilities"], [0] * 5, "capability sets")
        equal(world["interfaces"], ["lo"], "interfaces")
        equal("does not exist in this user namespace" in init.log(), True, "a word about it")


@test("a condition that does not hold keeps a service from starting")
def _():
    units = {
        "a.service": unit(head="ConditionPathExists=/nope"),
        "b.service": unit(head="ConditionPathExists=!/nope\nConditionPathExists=/"),
    }
    with Init(units) as init:
        init.wait_state("b", "running")
        equal(init.unit("a")["state"], "inactive", "state")


@test("tmpfiles are made before sockets")
def _():
    tmpfiles = "# c\nd @DIR@/t 1777 - - - -\nL+ @DIR@/l - - - - @DIR@/t\n"
    units = {"a.service": unit(), "a.socket": "[Socket]\nListenStream=@DIR@/l/sock\n"}
    with Init(units, tmpfiles=tmpfiles) as init:
        equal(oct(os.stat(os.path.join(init.dir, "t")).st_mode), oct(0o41777), "mode")
        equal(os.readlink(os.path.join(init.dir, "l")), os.path.join(init.dir, "t"), "link")
        equal(os.path.exists(os.path.join(init.dir, "t/sock")), True, "the socket")


@test("sillctl starts, stops and restarts, and tells what it cannot do")
def _():
    units = {"a.service": unit("@SERVICE@ ready a", Type="notify"),
             "b.service": unit(head="Requires=a.service\nAfter=a.service")}
    with Init(units) as init:
        init.wait_state("b", "running")
        pid = init.unit("a")["pid"]
        equal(init.ctl("restart", "a").returncode, 0, "restart")
        wait_for(lambda: init.unit("a")["pid"] not in (0, pid), "a new process")
        init.wait_state("a", "running")
        result = init.ctl("stop", "a.service")
        equal((result.returncode, result.stderr), (0, ""), "stop")
        init.wait_state("a", "inactive")
        init.wait_state("b", "inactive")
        equal(init.ctl("start", "b").returncode, 0, "start")
        init.wait_state("a", "running")
        init.wait_state("b", "running")
        table = init.ctl("status")
        equal(table.returncode, 0, "status")
        equal(re.search(r"^a +running +\d+ ", table.stdout, re.M) is not None, True, table.stdout)
        equal(json.loads(init.ctl("--json", "status").stdout)["state"], "running", "--json")
        result = init.ctl("stop", "nope")
        equal((result.returncode, result.stderr), (2, "sillctl: there is no such unit\n"), "nope")
        equal(init.ctl("--json", "stop", "nope").returncode, 2, "nope as JSON")
        equal(init.ctl("frobnicate").returncode, 2, "a wrong verb")
    result = init.ctl("status")
    equal(result.returncode, 1, "without an init")


@test("bad requests and silent clients do not disturb")
def _():
    with Init({"a.service": unit()}) as init:
        silent = [socket.socket(socket.AF_UNIX) for _ in range(50)]
        for sock in silent:
            sock.connect(init.control)
        wait_for(lambda: init.status()["state"] == "running", "all is running")
        equal("unknown request" in init.ask("x" * 100), True, "garbage")
        try:
            equal(init.ask("y" * 300), "", "an endless line")
        except ConnectionError:
            pass  # the same, sooner
        for sock in silent:
            sock.close()
        equal(init.status()["state"], "running", "state")


@test("another user may see how things are, and do nothing", needs_root=True)
def _():
    def ask(*words):
        return subprocess.run([SILLCTL, "--socket", init.control, *words], capture_output=True,
                              timeout=TIMEOUT, user=65534, text=True)
    with Init({"a.service": unit()}) as init:
        equal(ask("status").returncode, 0, "status")
        for words in (("stop", "a"), ("logs", "a"), ("events",), ("exit",)):
            result = ask(*words)
            equal((result.returncode, "only root" in result.stderr), (1, True), words[0])
        init.wait_state("a", "running")


@test("a program that is not there is said, and tried again")
def _():
    with Init({"a.service": unit("/nope/a", Restart="always")}) as init:
        wait_for(lambda: init.unit("a")["restarts"] >= 2, "it was tried again")
        equal("a: cannot execute its program: No such file" in init.log(), True, "a word")


@test("a watchdog that is not fed aborts the service, and Restart=on-watchdog brings it back")
def _():
    units = {"a.service": unit("@SERVICE@ heart 6", Type="notify", WatchdogSec="200ms",
                               Restart="on-watchdog", Environment="TRACE=@DIR@/trace")}
    with Init(units) as init:
        wait_for(lambda: init.unit("a")["restarts"] == 1, "it was restarted")
        equal(init.traced()[0], "watchdog:200000", "WATCHDOG_USEC")
        equal(init.unit("a")["last_exit"], "signal 6", "last exit")
        equal("its watchdog has run out" in init.log(), True, "a word about it")


@test("descriptors that a service has init keep come back with its restart")
def _():
    units = {"a.service": unit("@SERVICE@ keeper", Type="notify", Restart="always",
                               FileDescriptorStoreMax="1", Environment="TRACE=@DIR@/trace")}
    with Init(units) as init:
        wait_for(lambda: "found:treasure" in init.traced(), "it has found its treasure")


@test("a service may leave its work to another process of its own")
def _():
    units = {"a.service": unit("@SERVICE@ fork-main", Type="notify",
                               Environment="TRACE=@DIR@/trace")}
    with Init(units) as init:
        init.wait_state("a", "running")
        wait_for(lambda: children(init.process.pid) == [str(init.unit("a")["pid"])],
                 "the first one is gone")
        equal(init.unit("a")["state"], "running", "state")
        equal(runs(init.unit("a")["pid"]), True, "its main process runs")
        init.stop()
        equal(init.traced(), ["main:stop"], "signals")


@test("sillctl reload runs ExecReload=, which knows the main process")
def _():
    units = {"a.service": unit("@SERVICE@ reloads", Type="notify", ExecReload="/bin/kill -HUP $MAINPID",
                               Environment="TRACE=@DIR@/trace"), "b.service": unit()}
    with Init(units) as init:
        init.wait_state("a", "running")
        equal(init.ctl("reload", "a").returncode, 0, "exit code")
        wait_for(lambda: init.traced() == ["hup"], "the signal has come")
        init.wait_state("a", "running")
        equal(init.ctl("reload", "b").stderr, "sillctl: it has no ExecReload=\n", "without one")


@test("an EnvironmentFile= is read at every start, and may be missing with a dash")
def _():
    units = {"a.service": unit("@SERVICE@ world", Environment="A=1 B=2",
                               EnvironmentFile="-/nope\nEnvironmentFile=@DIR@/environment"),
             "a.socket": "[Socket]\nListenStream=@DIR@/sock\n",
             "b.service": unit(EnvironmentFile="/nope")}
    init = Init(units)
    with open(os.path.join(init.dir, "environment"), "w") as file:
        file.write("# x\nB='of the file'\nC=3\n")
    with init:
        told = talk(os.path.join(init.dir, "sock"))["env"]
        equal([told["A"], told["B"], told["C"]], ["1", "of the file", "3"], "variables")
        init.wait_state("b", "failed")
        equal("b: cannot read its EnvironmentFile=" in init.log(), True, "a word about it")


@test("SuccessAction=exit ends init with the exit code of the service")
def _():
    for code in ("0", "7"):
        head = "SuccessAction=exit\nFailureAction=exit"
        units = {"a.service": unit(f"@SERVICE@ fail {code}", head), "b.service": unit()}
        with Init(units) as init:
            equal(init.process.wait(TIMEOUT), int(code), "exit code")
    with Init({"a.service": unit("@SERVICE@ run", "FailureAction=exit")}) as init:
        os.kill(init.wait_state("a", "running")["pid"], signal.SIGSEGV)
        equal(init.process.wait(TIMEOUT), 128 + 11, "exit code after a signal")


@test("StandardOutput= keeps a file, or nothing")
def _():
    units = {"a.service": unit("@SERVICE@ say", StandardOutput="append:@DIR@/a.log"),
             "b.service": unit("@SERVICE@ say", StandardOutput="null")}
    with Init(units) as init:
        init.wait_state("a", "inactive")
        init.wait_state("b", "inactive")
        with open(os.path.join(init.dir, "a.log")) as file:
            equal(file.read(), "first line\nsecond line\nno end\n", "the file")
        equal(init.ask("logs a"), "first line\nsecond line\nno end\n", "the ring")
        equal((init.ask("logs b"), "b: first" in init.log()), ("", False), "nothing")


@test("a log file is rotated")
def _():
    shell = "/bin/sh -c 'head -c 700000 /dev/zero; echo; head -c 700000 /dev/zero; echo'"
    units = {"a.service": unit(shell, StandardOutput="append:@DIR@/a.log")}
    with Init(units) as init:
        init.wait_state("a", "inactive")
        sizes = [os.stat(os.path.join(init.dir, name)).st_size for name in ("a.log", "a.log.1")]
        equal(sum(sizes), 1400002, "all of it")
        equal(max(sizes) <= 1048576, True, "size of a file")


class Follower:
    """A sillctl that goes on, and the lines that it has said."""

    def __init__(self, init, *words):
        self.process = subprocess.Popen([SILLCTL, "--socket", init.control, *words],
                                        stdout=subprocess.PIPE)
        os.set_blocking(self.process.stdout.fileno(), False)
        self.text = ""

    def has(self, wanted):
        self.text += (self.process.stdout.read() or b"").decode()
        return wanted in self.text

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@test("sillctl follows events and logs, and ends with init")
def _():
    units = {"a.service": unit("@SERVICE@ say", Restart="always", RestartSec="200ms")}
    with Init(units) as init:
        followers = [Follower(init, "events", "-f"), Follower(init, "--json", "events"),
                     Follower(init, "logs", "-f", "a")]
        wait_for(lambda: followers[0].has("a.service                running, pid"), "an event")
        wait_for(lambda: followers[1].has('"unit":"a.service","state":"backoff"'), "one as JSON")
        count = init.ask("logs a").count("no end")
        wait_for(lambda: followers[2].text.count("no end") > count or followers[2].has("\0"),
                 "new lines")
        init.stop()
        for follower in followers:
            equal(follower.process.wait(TIMEOUT), 0, "exit code")
            follower.stop()


@test("sillctl analyze tells how the boot went, status shows a tree")
def _():
    units = {"a.service": unit("@SERVICE@ ready a 0.1", Type="notify"),
             "b.service": unit(head="After=a.service")}
    with Init(units) as init:
        init.wait_state("b", "running")
        wait_for(lambda: init.status()["state"] == "running", "all is running")
        text = init.ctl("analyze").stdout
        equal(re.search(r"^b.service +\| *\.*#* *\| at \d+\.\d ms, ready in", text, re.M) is not None,
              True, text)
        svg = init.ctl("analyze", "--svg").stdout
        equal(svg.startswith("<svg ") and svg.count("<rect") == 6, True, svg)
        tree = init.ctl("status").stdout
        equal(re.search(r"^a +running.*\n`-b +running", tree, re.M) is not None, True, tree)
        equal(init.unit("a")["memory_bytes"] > 1000000, True, "memory")


@test("a strict file system: what is written where", needs_root=True)
def _():
    os.makedirs("/run/mine/sub", exist_ok=True)
    os.chmod("/run/mine", 0o777)
    common = {"NoNewPrivileges": "yes", "Environment": '"WRITE=/run /run/mine /tmp /etc" '
              '"READ=/etc /run/mine/sub /usr"'}
    units = {
        "a.service": unit("@SERVICE@ world", ProtectSystem="strict", ReadWritePaths="/run/mine",
                          InaccessiblePaths="/etc/apt", **common),
        "b.service": unit("@SERVICE@ world", ReadOnlyPaths="/run/mine", PrivateTmp="yes",
                          InaccessiblePaths="/run/mine/sub", User="nobody",
                          BindReadOnlyPaths="@BIN@", **common),
        "c.service": unit("@SERVICE@ world", PrivateDevices="yes", ProtectSystem="full",
                          Environment="WRITE=/etc READ=/dev/input"),
        "a.socket": "[Socket]\nListenStream=@DIR@/a\n",
        "b.socket": "[Socket]\nListenStream=@DIR@/b\n",
        "c.socket": "[Socket]\nListenStream=@DIR@/c\n",
    }
    with Init(units) as init:
        world = talk(os.path.join(init.dir, "a"))
        equal(world["writes"], {"/run": False, "/run/mine": True, "/tmp": False, "/etc": False},
              "what a writes")
        world = talk(os.path.join(init.dir, "b"))
        equal(world["writes"], {"/run": True, "/run/mine": False, "/tmp": True, "/etc": False},
              "what b writes")
        equal(world["reads"]["/run/mine/sub"], False, "what b reads")
        equal(world["seen"], [], "b's /tmp is its own")
        world = talk(os.path.join(init.dir, "c"))
        equal(world["writes"]["/etc"], False, "what c writes")


@test("an empty root has what is bound, the state directory and nothing else", needs_root=True)
def _():
    os.makedirs("/run/mine", exist_ok=True)
    units = {
        "a.service": unit("@SERVICE@ world", Type="simple", TemporaryFileSystem="/:ro",
                          BindReadOnlyPaths="/usr /lib /lib64 /proc -/nope @BIN@",
                          BindPaths="/run/mine:/mine", StateDirectory="it",
                          NoNewPrivileges="yes",
                          Environment='"WRITE=/ /mine /usr /var/lib/it" "READ=/etc /usr /mine"'),
        "a.socket": "[Socket]\nListenStream=@DIR@/a\n",
    }
    with Init(units) as init:
        world = talk(os.path.join(init.dir, "a"))
        equal(world["writes"], {"/": False, "/mine": True, "/usr": False, "/var/lib/it": True},
              "what it writes")
        equal(world["reads"], {"/etc": False, "/usr": True, "/mine": True}, "what it reads")
        equal(os.path.exists("/run/mine/probe"), True, "the bound folder")


@test("without mounts Landlock holds a service to a strict file system")
def _():
    units = {
        "a.service": unit("@SERVICE@ world", ProtectSystem="strict", NoNewPrivileges="yes",
                          ReadWritePaths="@DIR@/w", Environment='"WRITE=@DIR@ @DIR@/w"'),
        "a.socket": "[Socket]\nListenStream=@DIR@/a\n",
    }
    init = Init(units, uid=12345 if IS_ROOT else None)
    os.mkdir(os.path.join(init.dir, "w"))
    os.chmod(os.path.join(init.dir, "w"), 0o777)
    with init:
        world = talk(os.path.join(init.dir, "a"))
        equal(world["writes"], {init.dir: False, os.path.join(init.dir, "w"): True}, "writes")


def compile_filters(init):
    if FILTERS is None:
        raise Skip("sill-filters was not built")
    subprocess.run([FILTERS, GROUPS, init.units, init.units], check=True, timeout=TIMEOUT)


@test("system calls are filtered as compiled, and not without")
def _():
    units = {
        "a.service": unit("@SERVICE@ world", SystemCallFilter="@system-service\nSystemCallFilter=~ptrace",
                          SystemCallErrorNumber="EPERM", Environment="PTRACE=1",
                          RestrictAddressFamilies="AF_UNIX AF_NETLINK"),
        "b.service": unit("@SERVICE@ world", SystemCallFilter="~ptrace", Environment="PTRACE=1"),
        "a.socket": "[Socket]\nListenStream=@DIR@/a\n",
    }
    init = Init(units).start()
    equal(init.process.wait(TIMEOUT), 2, "exit code without filters")
    equal("a.service:1:1: no filter was compiled" in init.log(), True, init.log())
    shutil.rmtree(init.dir)
    init = Init(units)
    compile_filters(init)
    with init:
        world = talk(os.path.join(init.dir, "a"))
        equal((world["ptrace"], world["inet"], world["seccomp"]), (-1, False, 2), "what a can")
        wait_for(lambda: init.unit("b")["last_exit"] == "signal 31", "b was killed")


@test("the groups of system calls are those of systemd")
def _():
    if FILTERS is None or shutil.which("systemd-analyze") is None:
        raise Skip("no systemd-analyze here")
    ours, theirs = {}, {}
    with open(GROUPS) as file:
        for line in file:
            if line.startswith("@"):
                ours[line.strip()] = set()
            elif line.startswith("\t"):
                ours[list(ours)[-1]] |= set(line.split())
    text = subprocess.run(["systemd-analyze", "syscall-filter", *ours], capture_output=True, text=True,
                          timeout=TIMEOUT, check=True).stdout
    for line in text.splitlines():
        if line.startswith("@"):
            theirs[line.strip()] = set()
        elif line.strip() and not line.strip().startswith("#"):
            theirs[list(theirs)[-1]].add(line.strip())
    equal(ours, theirs, "groups")


@test("bash completes sillctl's words and the names of services")
def _():
    if shutil.which("bash") is None:
        raise Skip("no bash here")

    def complete(*words):
        line = " ".join(f"'{word}'" for word in words)
        script = (f"PATH={shared_bin}:$PATH; source {COMPLETION}; COMP_WORDS=({line}); "
                  f"COMP_CWORD={len(words) - 1}; _sillctl; echo ${{COMPREPLY[@]}}")
        return subprocess.run(["bash", "-c", script], capture_output=True, text=True,
                              timeout=TIMEOUT, check=True).stdout.split()
    with Init({"able.service": unit(), "baker.service": unit()}) as init:
        shared_bin = os.path.join(init.dir, "bin")
        os.mkdir(shared_bin)
        with open(os.path.join(shared_bin, "sillctl"), "w") as file:
            file.write(f'#!/bin/sh\nexec {SILLCTL} --socket {init.control} "$@"\n')
        os.chmod(file.name, 0o755)
        equal(complete("sillctl", "re"), ["restart", "reload", "reboot"], "verbs")
        equal(complete("sillctl", "--json", "stop", ""), ["able", "baker"], "services")
        equal(complete("sillctl", "logs", "b"), ["baker"], "a service's start")


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


@test("an idle init never wakes up")
def _():
    with Init({"a.service": unit("@SERVICE@ ready a", Type="notify")}) as init:
        wait_for(lambda: init.status()["state"] == "running", "all is running")
        switches = lambda: re.findall(r"voluntary_ctxt_switches:\s*(\d+)",
                                      open(f"/proc/{init.process.pid}/status").read())
        time.sleep(0.3)  # its end of the last question
        before = switches()
        time.sleep(1)
        equal(switches(), before, "context switches")


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


@test("faults in tmpfiles and users that do not exist are told with their place", needs_root=True)
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
        return subprocess.run([INIT, *words], capture_output=True, text=True, timeout=TIMEOUT)
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
    print(f"1..{len(tests)}", flush=True)
    failures = 0
    for number, (name, needs_root, function) in enumerate(tests, 1):
        if needs_root and not IS_ROOT:
            print(f"ok {number} - {name} # SKIP not root", flush=True)
            continue
        try:
            function()
            print(f"ok {number} - {name}", flush=True)
        except Skip as why:
            print(f"ok {number} - {name} # SKIP {why}", flush=True)
        except (Failure, OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
            failures += 1
            print(f"not ok {number} - {name}\n# {type(error).__name__}: {error}", flush=True)
    return failures != 0


if __name__ == "__main__":
    here = os.path.dirname(os.path.abspath(__file__))
    COMPLETION = os.path.join(here, "../../../init/ctl/sillctl.bash")
    DISTRO = os.path.join(here, "../../../system-distro")
    # Other users run these too, and the tree may be in a folder that only its owner can enter.
    with tempfile.TemporaryDirectory(prefix="init-test-bin-") as shared:
        os.chmod(shared, 0o755)
        INIT, SILLCTL, service = (
            shutil.copy(path, shared) for path in (*sys.argv[1:3], os.path.join(here, "service.py")))
        FILTERS, GROUPS = sys.argv[3:5] if len(sys.argv) > 3 else (None, None)
        BIN = shared
        PYTHON = f"{sys.executable} -S -E {service}"
        status = main()
    sys.exit(status)
