# SPDX-License-Identifier: MIT
"""The image in a virtual machine, verified by its kernel: up to a window, and not at all."""

import json
import os
import re
import shutil
import subprocess
import time

from instance import image, setup_environment
from screen import Screen
from tap import equal, run, test, wait_for
from virtual import BOOT_SECONDS, VirtualMachine, refused

CMDLINE = image().removesuffix(".erofs") + ".cmdline"


def copy_image(name):
    """An image of that name that may be changed, with its command line beside it."""
    path = os.path.join(os.environ["HOME"], name + ".erofs")
    shutil.copy(image(), path)
    shutil.copy(CMDLINE, path.removesuffix(".erofs") + ".cmdline")
    return path


def painted(window):
    red, green, _ = window.pixels()[-4][-4]
    return red > 200 and green > 200


@test("it boots to a window in a client, over a forwarded port")
def _():
    screen = Screen()
    started = time.monotonic()
    machine = VirtualMachine("machine")
    ready = time.monotonic() - started
    client = machine.connect()
    window = screen.wait_for_window("Machine", timeout=BOOT_SECONDS)
    wait_for("the window's pixels", lambda: painted(window), timeout=BOOT_SECONDS)
    print(f"# {ready:.1f} s to ready, {time.monotonic() - started:.1f} s to the pixels")
    status = json.loads(machine.sill("status", "--json").stdout)
    equal((status["engine"], status["root"]), ("qemu", "verity"), "engine and root")
    assert "running, in a virtual machine" in machine.sill("status").stdout
    assert "sill-init: weston: ready" in machine.console(), machine.console()
    client.terminate()
    client.wait(10)
    qemu = status["init_pid"]
    machine.stop()
    assert not os.path.exists(f"/proc/{qemu}"), "QEMU is still there"
    assert not os.path.exists(status["dir"]), "the key of its certificate is still there"
    screen.stop()


@test("a machine that is reached over vsock alone")
def _():
    screen = Screen()
    machine = VirtualMachine("vsock", options=("--append", "sill.listen=vsock::1-1023"), relays=True)
    client = machine.connect()
    window = screen.wait_for_window("Machine", timeout=BOOT_SECONDS)
    wait_for("the window's pixels", lambda: painted(window), timeout=BOOT_SECONDS)
    wait_for("what the relay says", lambda: "from TCP to vsock 1:1" in machine.console())
    client.terminate()
    client.wait(10)
    machine.stop()
    screen.stop()


@test("what only namespaces can do is refused with a reason")
def _():
    def says(text, *arguments):
        result = subprocess.run(["sill", *arguments], capture_output=True, text=True, timeout=30)
        equal((result.returncode, result.stdout), (2, ""), f"what {arguments} gives")
        assert text in result.stderr, result.stderr

    says("which it cannot with a virtual machine", "run", "-e", "qemu", image(), "--", "true")
    says("are for --engine qemu", "run", "--add", "/tmp", image())
    says('"kvm" is no engine', "run", "--engine", "kvm", image())


def extent_of(path):
    """Where the data of a file is in the image."""
    told = subprocess.run(["dump.erofs", "-e", f"--path={path}", image()], check=True, timeout=30,
                          capture_output=True, text=True).stdout
    return int(re.search(r"^\s*0:[^:]*:\s*(\d+)\.\.", told, re.MULTILINE).group(1))


@test("one flipped bit in a program: the machine stops when it is read")
def _():
    disk = copy_image("flipped")
    at = extent_of("/usr/bin/weston")
    with open(disk, "r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1]))
    said = refused("flipped", disk)
    assert f"data block {at // 4096} is corrupted" in said, said
    assert "Kernel panic" in said, said


@test("an image that is not the one of the command line does not come up at all")
def _():
    disk = copy_image("other")
    with open(CMDLINE) as file:
        trust = file.read().rstrip("\n")
    with open(disk.removesuffix(".erofs") + ".cmdline", "w") as file:
        file.write(trust[:-1] + ("0" if trust[-1] != "0" else "1") + "\n")
    said = refused("other", disk)
    assert "is corrupted" in said and "sill-init: " not in said, said


@test("an image without a command line beside it is not started")
def _():
    disk = copy_image("alone")
    os.unlink(disk.removesuffix(".erofs") + ".cmdline")
    said = refused("alone", disk)
    assert "alone.cmdline, which sill build writes beside an image" in said, said


if __name__ == "__main__":
    setup_environment()
    raise SystemExit(run())
