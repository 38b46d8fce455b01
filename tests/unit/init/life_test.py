#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Services from their start to their end, and what init makes of either: see init_world.py."""

import os
import re
import signal
import time

from init_world import PID1, TIMEOUT, Init, children, main, runs, talk, unit, uses_root, wait_for
from tap import equal, test


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


@test("no zombie is left for PID 1, whatever its session")
@uses_root
def _():
    units = {"a.service": unit("@SERVICE@ orphans 50", Type="notify")}
    with Init(units, wrap=PID1) as init:
        init.wait_state("a", "running")
        pid = int(children(init.process.pid)[0])
        wait_for(lambda: len(children(pid)) == 1, "the orphans are gone")
        equal(init.stop(), 0, "exit code of PID 1")


@test("PID 1 ends daemons that nobody owns any more")
@uses_root
def _():
    units = {"a.service": unit("@SERVICE@ daemon", Type="notify",
                               Environment="TRACE=@DIR@/trace")}
    with Init(units, wrap=PID1) as init:
        init.wait_state("a", "running")
        equal(init.stop(), 0, "exit code")
        equal(init.traced(), ["daemon:15"], "the daemon's signal")


@test("a condition that does not hold keeps a service from starting")
def _():
    units = {
        "a.service": unit(head="ConditionPathExists=/nope"),
        "b.service": unit(head="ConditionPathExists=!/nope\nConditionPathExists=/"),
    }
    with Init(units) as init:
        init.wait_state("b", "running")
        equal(init.unit("a")["state"], "inactive", "state")


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


if __name__ == "__main__":
    main()
