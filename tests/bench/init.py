# SPDX-License-Identifier: MIT
"""sill-init beside the small inits of Debian, each as PID 1 of a pid namespace of its own: a table.

usage: init.py SILL_INIT PROBE SILL_FILTERS GROUPS [--rounds N] [--reap-rounds N] [--idle SECONDS]
               [--json FILE]

Run by tests/bench/run init.

The inits take turns in every round. Times are the smallest and the median of all rounds. Who has no
notion of several services has one; s6's and runit's supervisors are counted with them. dinit is not
in Debian 13.
"""

import argparse
import json
import os
import select
import shutil
import signal
import statistics
import subprocess
import tempfile
import time

ORPHANS = 2000
SERVICES = 8
CONFINED = ("User=nobody\nNoNewPrivileges=yes\nCapabilityBoundingSet=\nPrivateNetwork=no\n"
            "ProtectSystem=strict\nSystemCallFilter=@system-service\n"
            "SystemCallErrorNumber=EPERM\nRestrictAddressFamilies=AF_UNIX\n")


def wait_for(condition, timeout=20, every=0.005):
    """Not more often than it must: who looks takes one of the cores from those who are measured."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(every)
    raise TimeoutError


def write(path, text, mode=0o644):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    os.chmod(path, mode)


def one_child(program, *options):
    """The argv of an init that has one child, its command line."""
    def argv(_, commands):
        return [shutil.which(program), *options, *commands[0]] if shutil.which(program) else None
    return argv


def sill(extra):
    def argv(folder, commands):
        units = os.path.join(folder, "units")
        for number, command in enumerate(commands):
            write(f"{units}/s{number}.service",
                  f"[Service]\nExecStart={' '.join(command)}\nRestart=always\n{extra}"
                  + (f"ReadWritePaths={folder}\n" if "strict" in extra else ""))
        names = " ".join(f"s{number}.service" for number in range(len(commands)))
        write(f"{units}/windows.target", f"[Unit]\nWants={names}\n")
        if extra:
            subprocess.run([ARGS.filters, ARGS.groups, units, units], check=True)
        return [ARGS.init, "--units", units, "--control", f"{folder}/run/init.sock",
                "--tmpfiles", "/nowhere"]
    return argv


def supervised(program, *options):
    def argv(folder, commands):
        if shutil.which(program) is None:
            return None
        for number, command in enumerate(commands):
            write(f"{folder}/services/s{number}/run", "#!/bin/sh\nexec " + " ".join(command) + "\n",
                  0o755)
        return [shutil.which(program), *options, f"{folder}/services"]
    return argv


# Name, command line, services, signal that ends it.
INITS = (
    ("sill-init", sill(""), SERVICES, signal.SIGTERM),
    ("sill-init, confined", sill(CONFINED), SERVICES, signal.SIGTERM),
    ("tini", one_child("tini", "--"), 1, signal.SIGTERM),
    ("catatonit", one_child("catatonit", "--"), 1, signal.SIGTERM),
    ("dumb-init", one_child("dumb-init"), 1, signal.SIGTERM),
    ("s6-svscan", supervised("s6-svscan"), SERVICES, signal.SIGTERM),
    ("runsvdir", supervised("runsvdir"), SERVICES, signal.SIGHUP),
)


class World:
    """An init as PID 1, and what it started."""

    def __init__(self, init, commands, uses_first=False):
        # Where an image has its sockets, too: a disk is slower than all that is measured.
        self.folder = tempfile.mkdtemp(prefix="init-bench-", dir="/dev/shm")
        os.chmod(self.folder, 0o777)
        for name in ("go", "alive"):
            os.mkfifo(f"{self.folder}/{name}")
            os.chmod(f"{self.folder}/{name}", 0o666)
        self.begun, self.stamps = f"{self.folder}/begun", f"{self.folder}/stamps"
        _, make, count, self.end_signal = init
        commands = [[word.replace("@", self.folder) for word in commands]
                    for _ in range(1 if uses_first else count)]
        self.count = len(commands)
        argv = make(self.folder, commands)
        if argv is None:
            shutil.rmtree(self.folder)
            raise FileNotFoundError
        self.process = subprocess.Popen(
            ["unshare", "-pf", "--mount-proc", "--kill-child", ARGS.probe, "launch", self.begun,
             *argv], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        self.pid = int(wait_for(lambda: children(self.process.pid))[0])

    def lines(self):
        if not os.path.exists(self.stamps):
            return []
        with open(self.stamps) as file:
            return [tuple(map(int, line.split())) for line in file if line.endswith("\n")]

    def stop(self, limit=3):
        """How long it takes to exit, in ms; None: it had to be killed, or was gone with its child."""
        took, exit_fd = None, os.pidfd_open(self.process.pid)
        begun = time.monotonic()
        try:
            os.kill(self.pid, self.end_signal)
            if is_ready(exit_fd, limit):
                took = (time.monotonic() - begun) * 1000
        except ProcessLookupError:
            pass
        os.close(exit_fd)
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
        return took


def children(pid):
    try:
        with open(f"/proc/{pid}/task/{pid}/children") as file:
            return file.read().split()
    except OSError:
        return []


def tree(pid):
    return [pid] + [below for child in children(pid) for below in tree(int(child))]


def pss(pid):
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))


def switches(pid):
    with open(f"/proc/{pid}/status") as file:
        return sum(int(line.split()[1]) for line in file if "ctxt_switches" in line)


def supervisors(world):
    """PID 1 and those of its descendants that are not services."""
    def is_probe(pid):
        try:
            return os.readlink(f"/proc/{pid}/exe") == ARGS.probe
        except OSError:
            return False
    return [pid for pid in tree(world.pid) if not is_probe(pid)]


def measure_start(init):
    world = World(init, [ARGS.probe, "stamp", "@/stamps"])
    try:
        wait_for(lambda: len(world.lines()) == world.count)
        with open(world.begun) as file:
            begun = int(file.read().split()[0])
        times = sorted(time for time, _ in world.lines())
        result = {"first_ms": (times[0] - begun) / 1e6, "all_ms": (times[-1] - begun) / 1e6,
                  "leaked_fds": max(leaked for _, leaked in world.lines())}
    finally:
        took = world.stop()
    result["stop_ms"] = took
    return result


def measure_restart(init):
    """The first death after a while, as it is for a service that has been well."""
    world = World(init, [ARGS.probe, "stamp", "@/stamps"], uses_first=True)
    try:
        wait_for(lambda: len(world.lines()) == 1)
        time.sleep(1.2)
        service = max(set(tree(world.pid)) - set(supervisors(world)))
        killed = time.monotonic_ns()
        os.kill(service, signal.SIGKILL)
        wait_for(lambda: len(world.lines()) == 2, 5)
        return {"restart_ms": (world.lines()[1][0] - killed) / 1e6}
    except TimeoutError:
        return {}
    finally:
        world.stop()


def measure_stuck(init):
    """Its service does not hear SIGTERM."""
    world = World(init, [ARGS.probe, "deaf", "@/stamps"], uses_first=True)
    try:
        wait_for(lambda: len(world.lines()) == 1)
    finally:
        took = world.stop(limit=8)
    return {"stuck_ms": took}


def measure_idle(init):
    world = World(init, [ARGS.probe, "stamp", "@/stamps"])
    try:
        wait_for(lambda: len(world.lines()) == world.count)
        time.sleep(1.5)
        pids = supervisors(world)
        result = {"pss_kib": sum(pss(pid) for pid in pids)}
        before = sum(switches(pid) for pid in pids)
        time.sleep(ARGS.idle)
        result["wakeups"] = sum(switches(pid) for pid in pids) - before
        return result
    finally:
        world.stop()


def measure_reaping(init):
    """It is stopped until all are dead, then let go on: the time that it takes, and works.

    Nobody looks at the orphans themselves: an entry of theirs in /proc is one more thing that the
    kernel has to take away with each, and who counts the children holds up who reaps them.
    """
    world = World(init, [ARGS.probe, "orphans", str(ORPHANS), "@/go", "@/alive"], uses_first=True)
    fds = []
    try:
        fds.append(os.open(f"{world.folder}/alive", os.O_RDONLY | os.O_NONBLOCK))
        wait_for(lambda: len(children(world.pid)) >= ORPHANS, 60)
        os.kill(world.pid, signal.SIGSTOP)
        fds.append(os.open(f"{world.folder}/go", os.O_RDWR))
        if not is_ready(fds[0], 60):
            raise TimeoutError
        worked, begun = work_nsec(world.pid), time.monotonic()
        os.kill(world.pid, signal.SIGCONT)
        wait_for(lambda: state(world.pid) == "S" and len(children(world.pid)) < 20, 60, 0.0002)
        took = time.monotonic() - begun
        return {"reaps_per_s": ORPHANS / took,
                "reap_us": (work_nsec(world.pid) - worked) / ORPHANS / 1000}
    finally:
        for fd in fds:
            os.close(fd)
        world.stop()


def is_ready(fd, seconds):
    """A pidfd is when its process has ended, a fifo's reading end when the last that writes has."""
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def work_nsec(pid):
    """The time that it has had a processor: other work on the machine does not count."""
    with open(f"/proc/{pid}/schedstat") as file:
        return int(file.read().split()[0])


def state(pid):
    with open(f"/proc/{pid}/stat") as file:
        return file.read().rsplit(")", 1)[1].split()[0]


def binary_bytes(name):
    path = ARGS.init if name.startswith("sill") else shutil.which(name)
    return os.stat(os.path.realpath(path)).st_size if path else None


def measure_all():
    results = {}
    plan = [(measure_start, ARGS.rounds), (measure_restart, max(1, ARGS.rounds // 5)), (measure_idle, 1),
            (measure_stuck, 1), (measure_reaping, ARGS.reap_rounds)]
    for measure, rounds in plan:
        for _ in range(rounds):
            for init in INITS:
                try:
                    measured = measure(init)
                except FileNotFoundError:
                    continue
                for key, value in measured.items():
                    results.setdefault(init[0], {}).setdefault(key, []).append(value)
    return results


def shown(key, values):
    values = [value for value in values if value is not None]
    if not values:
        return "-"
    if key.endswith("_ms"):
        return f"{min(values):.2f} / {statistics.median(values):.2f}"
    return f"{min(values):.1f}" if key == "reap_us" else f"{max(values):.0f}"


COLUMNS = ("binary_bytes", "pss_kib", "first_ms", "all_ms", "restart_ms", "stop_ms", "stuck_ms", "reaps_per_s",
           "reap_us", "wakeups", "leaked_fds")


def main():
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        # A confined service's user may not enter the folder that it was compiled in.
        os.chmod(folder, 0o755)
        ARGS.probe = shutil.copy(ARGS.probe, folder)
        results = measure_all()
    for name, values in results.items():
        values["binary_bytes"] = [binary_bytes(name)]
    print("".join(f"{column:>17}" for column in ("", *COLUMNS)))
    for name, values in results.items():
        print(f"{name:>19}" + "".join(f"{shown(key, values.get(key, [])):>17}" for key in COLUMNS))
    if ARGS.json:
        with open(ARGS.json, "w") as file:
            json.dump(results, file, indent=1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for operand in ("init", "probe", "filters", "groups"):
        parser.add_argument(operand)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--reap-rounds", type=int, default=3)
    parser.add_argument("--idle", type=float, default=20)
    parser.add_argument("--json")
    ARGS = parser.parse_args()
    main()
