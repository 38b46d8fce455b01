#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the tests let sill-init supervise: service.py ROLE [ARGUMENT]..."""

import ctypes
import json
import os
import resource
import signal
import socket
import sys
import time


def trace(text):
    if "TRACE" in os.environ:
        fd = os.open(os.environ["TRACE"], os.O_WRONLY | os.O_APPEND)
        os.write(fd, text.encode() + b"\n")
        os.close(fd)


def notify(text):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.connect(os.environ["NOTIFY_SOCKET"])
        sock.send(text.encode())


def forever():
    while True:
        signal.pause()


def on_term(function):
    def handler(number, _):
        function(number)
        os._exit(0)
    signal.signal(signal.SIGTERM, handler)
    signal.signal(signal.SIGINT, handler)


def run():
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    forever()


def ready(name, delay="0"):
    on_term(lambda _: trace(f"{name}:stop"))
    trace(f"{name}:start")
    time.sleep(float(delay))
    trace(f"{name}:ready")
    notify("STATUS=all is well\nREADY=1")
    forever()


def notify_fds(text, fds):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.connect(os.environ["NOTIFY_SOCKET"])
        socket.send_fds(sock, [text.encode()], fds)


def keeper():
    """Has init keep a descriptor, dies, and finds it again."""
    names = os.environ.get("LISTEN_FDNAMES", "").split(":")
    if "kept" in names:
        trace("found:" + os.read(3 + names.index("kept"), 9).decode())
        notify("READY=1")
        forever()
    read_end, write_end = os.pipe()
    os.write(write_end, b"treasure")
    notify_fds("FDSTORE=1\nFDNAME=kept", [read_end])
    notify("READY=1")
    time.sleep(0.05)
    os._exit(1)


def fork_main():
    """Leaves its work to a process that is a child of init's by the time it is named."""
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        pid = os.fork()
        if pid != 0:
            os.write(write_end, str(pid).encode())
            os._exit(0)
        on_term(lambda _: trace("main:stop"))
        forever()
    os.wait()
    notify("MAINPID=" + os.read(read_end, 20).decode() + "\nREADY=1")
    time.sleep(0.1)


def heart(beats):
    """Beats so often, then never again."""
    trace("watchdog:" + os.environ["WATCHDOG_USEC"])
    notify("READY=1")
    for _ in range(int(beats)):
        notify("WATCHDOG=1")
        time.sleep(0.05)
    forever()


def reloads():
    signal.signal(signal.SIGHUP, lambda *_: (trace("hup"), notify("RELOADING=1\nREADY=1")))
    notify("READY=1")
    forever()


def fail(code="0"):
    time.sleep(0.05)
    sys.exit(int(code))


def can(do):
    try:
        do()
        return True
    except OSError:
        return False


def touch(path):
    with open(path, "w"):
        pass


def ready_from_child():
    pid = os.fork()
    if pid == 0:
        notify("READY=1")
        os._exit(0)
    os.waitpid(pid, 0)
    print("child told", flush=True)
    forever()


def accept():
    listener = socket.socket(fileno=3)
    while True:
        connection, _ = listener.accept()
        told = {key: os.environ[key] for key in os.environ if key.startswith("LISTEN_")}
        connection.sendall(json.dumps({**told, "PID": str(os.getpid())}).encode() + b"\n")
        connection.close()


def listening():
    for fd, name in enumerate(os.environ["LISTEN_FDNAMES"].split(":"), 3):
        cid, port = socket.socket(fileno=fd).getsockname()
        trace(f"{name}:{cid}:{port}")
    notify("READY=1")
    forever()


def deaf():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    notify("READY=1")
    forever()


def family():
    read_end, write_end = os.pipe()
    name = "parent" if os.fork() else "child"
    on_term(lambda number: (trace(f"{name}:{number}"), time.sleep(0.3 * (name == "parent"))))
    if name == "child":
        os.write(write_end, b"x")
    else:
        os.read(read_end, 1)
        notify("READY=1")
    forever()


def orphans(count):
    """Grandchildren in sessions of their own, left behind and dead at once."""
    for _ in range(int(count)):
        pid = os.fork()
        if pid == 0:
            os.setsid()
            if os.fork():
                os._exit(0)
            time.sleep(0.05)
            os._exit(0)
        os.waitpid(pid, 0)
    notify("READY=1")
    forever()


def daemon():
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        on_term(lambda number: trace(f"daemon:{number}"))
        os.write(write_end, b"x")
        forever()
    os.waitpid(pid, 0)
    os.read(read_end, 1)
    notify("READY=1")
    forever()


def say():
    print("first line", flush=True)
    print("second line", file=sys.stderr, flush=True)
    os.write(1, b"no end")
    time.sleep(0.1)


def junk():
    """What is no answer of init's, no UTF-8, and no line of a decent length."""
    os.write(1, b'{"exit":1,"error":"no"}\na\tb \xff \xc3\xa9\n' + b"x" * 5000)


def proc_status():
    with open("/proc/self/status") as file:
        return dict(line.rstrip("\n").split(":\t", 1) for line in file if ":\t" in line)


def loopback():
    """Something can be connected to over it."""
    with socket.socket() as server, socket.socket() as client:
        server.bind(("127.0.0.1", 0))
        server.listen()
        client.connect(server.getsockname())


def worlds_of_tests():
    """The directories of the tests that can be seen."""
    names = os.listdir("/tmp") if can(lambda: os.listdir("/tmp")) else ()
    return [name for name in names
            if name.startswith("init-test-") and not name.startswith("init-test-bin-")]


def group_nice():
    """Of the scheduler's group that this session is; None where sessions are none."""
    try:
        with open("/proc/self/autogroup") as file:
            return int(file.read().split()[-1])
    except (OSError, IndexError):
        return None


def describe():
    # Python itself ignores these two.
    ignored_by_python = 1 << (signal.SIGPIPE - 1) | 1 << (signal.SIGXFSZ - 1)
    status = proc_status()
    sets = ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")
    fds = [int(fd) for fd in os.listdir("/proc/self/fd")]
    with open("/proc/self/oom_score_adj") as file:
        oom = int(file.read())
    return {
        "pid": os.getpid(), "sid": os.getsid(0), "cwd": os.getcwd(),
        "env": {key: value for key, value in os.environ.items() if key != "LC_CTYPE"},
        "fds": sorted(fd for fd in fds if fd <= 3 or os.path.exists(f"/proc/self/fd/{fd}")),
        "stdin": os.readlink("/proc/self/fd/0"),
        "uids": list(os.getresuid()), "groups": os.getgroups(),
        "capabilities": [int(status[name], 16) for name in sets],
        "no_new_privs": int(status["NoNewPrivs"]), "blocked": status["SigBlk"],
        "ignored": f"{int(status['SigIgn'], 16) & ~ignored_by_python:016x}",
        "interfaces": [name for _, name in socket.if_nameindex()], "lo_works": can(loopback),
        "net": os.readlink("/proc/self/ns/net"), "nice": os.getpriority(os.PRIO_PROCESS, 0),
        "group_nice": group_nice(),
        "writes": {path: can(lambda: touch(path + "/probe")) for path in
                   os.environ.get("WRITE", "").split()},
        "reads": {path: can(lambda: os.listdir(path)) for path in
                  os.environ.get("READ", "").split()},
        "seen": worlds_of_tests(),
        "ptrace": ctypes.CDLL(None, use_errno=True).ptrace(0, 0, 0, 0) if "PTRACE" in os.environ
        else None,
        "inet": can(lambda: socket.socket(socket.AF_INET).close()),
        "scheduler": os.sched_getscheduler(0), "seccomp": int(status["Seccomp"]),
        "nofile": list(resource.getrlimit(resource.RLIMIT_NOFILE)), "oom": oom,
    }


def world():
    described = json.dumps(describe()).encode() + b"\n"
    listener = socket.socket(fileno=3)
    while True:
        connection, _ = listener.accept()
        connection.sendall(described)
        connection.close()


if __name__ == "__main__":
    globals()[sys.argv[1].replace("-", "_")](*sys.argv[2:])
