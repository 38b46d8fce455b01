# SPDX-License-Identifier: MIT
"""sill's commands, rightly and wrongly used."""

import glob
import json
import os
import shutil
import signal
import subprocess
import time

from instance import WORK, Instance, image, setup_environment
from tap import equal, run, test, wait_for


def sill(*arguments, **options):
    return subprocess.run(["sill", *arguments], capture_output=True, text=True, timeout=60,
                          **options)


def fails(code, *arguments):
    """It ends with this code and one line on stderr, which is returned."""
    result = sill(*arguments)
    equal(result.returncode, code, f"the exit code of sill {' '.join(arguments)}")
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    return lines[0]


@test("help and version go to stdout, a missing or unknown command is exit code 2")
def _():
    assert "usage: sill" in sill("--help").stdout
    assert sill("--version").stdout.startswith("sill ")
    equal(sill().returncode, 2, "the exit code without a command")
    assert "frobnicate" in fails(2, "frobnicate")
    for command in ("build", "lock", "assemble", "pack", "run", "exec", "connect", "status", "logs",
                    "stop", "screenshot", "doctor"):
        result = sill(command, "--help")
        equal(result.returncode, 0, f"the exit code of {command} --help")
        assert f"sill {command}" in result.stdout, result.stdout


@test("without an instance the commands say how to get one")
def _():
    for command in ("status", "stop", "logs", "connect"):
        assert "sill run" in fails(1, command)
    assert "sill run" in fails(1, "exec", "true")


@test("doctor says what of this machine fits, and what is missing")
def _():
    result = sill("doctor", "--json")
    equal(result.returncode, 0, f"the exit code; it said {result.stdout}")
    findings = {it["name"]: it for it in json.loads(result.stdout)["findings"]}
    assert findings["windows"]["ok"] and findings["bubblewrap"]["ok"], findings
    screens = glob.glob("/sys/class/drm/card*-*/status")
    equal(findings["kms"]["ok"], any(open(path).read() == "connected\n" for path in screens), "kms")
    assert [line for line in sill("doctor").stdout.splitlines() if line.split()[:2] == ["windows", "yes"]]
    nothing = subprocess.run([shutil.which("sill"), "doctor"], env={"PATH": "/nowhere"}, timeout=60,
                             capture_output=True, text=True)
    equal(nothing.returncode, 1, "the exit code without any program")
    assert "install bubblewrap" in nothing.stdout, nothing.stdout


@test("what makes no sense is refused with one line")
def _():
    assert "name" in fails(2, "run", "--name", "no/slash")
    assert "ADDR:PORT" in fails(2, "run", "--listen", "nowhere")
    assert "a name" in fails(2, "run", "--profile", "no/slash")
    assert "cannot open the image" in fails(1, "run", "/no/such/image")
    assert "which program" in fails(2, "exec")
    assert "after --" in fails(2, "run", image(), "xclock")


@test("bash completes the commands, their options, and services whose logs there are")
def _():
    path = os.path.join(WORK, "own/usr/share/bash-completion/completions/sill")

    def complete(*words):
        line = " ".join(f"'{word}'" for word in words)
        script = (f"source {path}; COMP_WORDS=({line}); COMP_CWORD={len(words) - 1}; _sill; "
                  "echo ${COMPREPLY[@]}")
        return subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60,
                              check=True).stdout.split()

    equal(complete("sill", "st"), ["status", "stop"], "commands")
    equal(complete("sill", "run", "--pro"), ["--profile"], "options")
    instance = Instance("completed")
    equal(complete("sill", "logs", "--name", "completed", "sill"), ["sill-icons", "sill-rdp"], "services")
    assert "no such unit" in fails(2, "logs", "--name", "completed", "nobody")
    instance.stop()


@test("an image that is none does not get up, and says why, and leaves nothing")
def _():
    path = os.path.join(os.environ["HOME"], "broken.erofs")
    with open(path, "wb") as file:
        file.write(b"not a file system" * 1000)
    result = sill("run", "--detach", "--name", "broken", path)
    equal(result.returncode, 1, "the exit code")
    assert path in result.stderr, result.stderr
    assert "no instance" in fails(1, "status", "--name", "broken")


@test("run with a program: its exit code is the program's, and the instance ends with it")
def _():
    result = sill("run", "--name", "short", image(), "--", "sh", "-c",
                  "test -S \"$WAYLAND_DISPLAY\" && exit 7")
    equal(result.returncode, 7, "the exit code")
    assert "no instance" in fails(1, "status", "--name", "short")
    result = sill("run", "--name", "short", image(), "--", "no-such-program")
    equal(result.returncode, 127, "the exit code without a program")


@test("two instances live side by side, each on a port of its own")
def _():
    one, two = Instance("one"), Instance("two")
    assert one.address() != two.address()
    assert "runs already" in fails(1, "run", "--detach", "--name", "one", image())
    equal(sill("exec", "--name", "one", "--", "no-such-program").returncode, 127, "exit code")
    one.stop()
    equal(two.status()["init"]["state"], "running", "the other's state")
    two.stop()


@test("a password and certificate are made at the first start, and kept")
def _():
    first = Instance("kept")
    secrets = [first.secret(leaf) for leaf in ("password", "fingerprint")]
    assert all(len(secret) >= 20 for secret in secrets), secrets
    directory = "/var/lib/sill/kept/rdp"
    for leaf in ("password", "key.pem"):
        equal(os.stat(os.path.join(directory, leaf)).st_mode & 0o077, 0, f"others' right to {leaf}")
    first.stop()
    second = Instance("kept")
    equal([second.secret(leaf) for leaf in ("password", "fingerprint")], secrets, "the secrets")
    second.stop()


@test("killed without warning, it leaves no process and can be started again")
def _():
    instance = Instance("killed")
    with open(os.path.join(instance.status()["dir"], "instance.json")) as file:
        known = json.load(file)
    started = time.monotonic()
    os.kill(known["monitor_pid"], signal.SIGKILL)
    wait_for("PID 1 to end", lambda: not os.path.exists(f"/proc/{known['init_pid']}/exe"))
    assert time.monotonic() - started < 5
    assert "no instance" in fails(1, "status", "--name", "killed")
    again = Instance("killed")
    equal(again.status()["init"]["state"], "running", "the state")
    again.stop()


if __name__ == "__main__":
    setup_environment()
    raise SystemExit(run())
