#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a service may see and do: see init_world.py."""

import os
import shutil
import subprocess

from init_world import (IS_ROOT, TIMEOUT, Init, compile_filters, main, programs, runs, talk, unit,
                        uses_root, wait_for)
from tap import Skip, equal, test


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


@test("a service is confined as its unit says")
@uses_root
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


@test("with one uid in a user namespace it is the same")
@uses_root
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


@test("a strict file system: what is written where")
@uses_root
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


@test("an empty root has what is bound, the state directory and nothing else")
@uses_root
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
    if programs.filters is None or shutil.which("systemd-analyze") is None:
        raise Skip("no systemd-analyze here")
    ours, theirs = {}, {}
    with open(programs.groups) as file:
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


if __name__ == "__main__":
    main()
