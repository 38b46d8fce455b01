#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What sillctl asks of init, and what is written: see init_world.py."""

import json
import os
import re
import shutil
import socket
import subprocess

from init_world import TIMEOUT, TOP, Init, main, programs, runs, unit, uses_root, wait_for
from tap import Skip, equal, test

COMPLETION = os.path.join(TOP, "init/ctl/sillctl.bash")


@test("what a service writes is kept, over its death too")
def _():
    with Init({"a.service": unit("@SERVICE@ say", Restart="always")}) as init:
        wait_for(lambda: "a: second line" in init.log(), "the lines are in the log")
        wait_for(lambda: init.unit("a")["restarts"] >= 1, "it was restarted")
        equal(init.logs("a").startswith("first line\nsecond line\nno end\n"), True, "the ring")
        equal(re.search(r"^a: no end$", init.log(), re.M) is not None, True, "a line without end")


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


@test("another user may see how things are, and do nothing")
@uses_root
def _():
    def ask(*words):
        return subprocess.run([programs.sillctl, "--socket", init.control, *words], capture_output=True,
                              timeout=TIMEOUT, user=65534, text=True)
    with Init({"a.service": unit()}) as init:
        equal(ask("status").returncode, 0, "status")
        for words in (("stop", "a"), ("logs", "a"), ("events",), ("exit",)):
            result = ask(*words)
            equal((result.returncode, "only root" in result.stderr), (1, True), words[0])
        init.wait_state("a", "running")


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


@test("StandardOutput= keeps a file, or nothing")
def _():
    units = {"a.service": unit("@SERVICE@ say", StandardOutput="append:@DIR@/a.log"),
             "b.service": unit("@SERVICE@ say", StandardOutput="null")}
    with Init(units) as init:
        init.wait_state("a", "inactive")
        init.wait_state("b", "inactive")
        with open(os.path.join(init.dir, "a.log")) as file:
            equal(file.read(), "first line\nsecond line\nno end\n", "the file")
        equal(init.logs("a"), "first line\nsecond line\nno end\n", "the ring")
        equal((init.logs("b"), "b: first" in init.log()), ("", False), "nothing")


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
        self.process = subprocess.Popen([programs.sillctl, "--socket", init.control, *words],
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


@test("sillctl tells logs as JSON, whatever is in them, and a fault from a log that looks like one")
def _():
    with Init({"a.service": unit("@SERVICE@ junk")}) as init:
        init.wait_state("a", "inactive")
        result = init.ctl("logs", "a")
        equal((result.returncode, result.stdout[:23]), (0, '{"exit":1,"error":"no"}'), "as it is")
        result = init.ctl("--json", "logs", "a")
        lines = [json.loads(line) for line in result.stdout.splitlines()]
        equal({line["unit"] for line in lines}, {"a.service"}, "whose")
        equal([line["line"] for line in lines],
              ['{"exit":1,"error":"no"}', "a\tb ? \u00e9", "x" * 4096, "x" * 904], "the lines")
        for words in (("logs", "b"), ("logs", "-f", "b"), ("--json", "logs", "-f", "b")):
            result = init.ctl(*words)
            equal(result.returncode, 2, f"the exit code of {words}")
            equal("no such unit" in result.stderr + result.stdout, True, f"what {words} says")


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
            file.write(f'#!/bin/sh\nexec {programs.sillctl} --socket {init.control} "$@"\n')
        os.chmod(file.name, 0o755)
        equal(complete("sillctl", "re"), ["restart", "reload", "reboot"], "verbs")
        equal(complete("sillctl", "--json", "stop", ""), ["able", "baker"], "services")
        equal(complete("sillctl", "logs", "b"), ["baker"], "a service's start")


if __name__ == "__main__":
    main()
