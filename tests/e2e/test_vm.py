# SPDX-License-Identifier: MIT
"""The image in a virtual machine, verified by its kernel: up to a window, and not at all."""

import os
import re
import shutil
import subprocess
import time

from instance import image, setup_environment
from machine import Machine, verity
from screen import Screen
from tap import run, test, wait_for

# Everything in it is emulated, on a machine that does other things as well.
BOOT_SECONDS = 120


def copy_image(name):
    path = os.path.join(os.environ["HOME"], name)
    shutil.copy(image(), path)
    return path


def painted(window):
    red, green, _ = window.pixels()[-4][-4]
    return red > 200 and green > 200


@test("it boots to a window in a client, over a forwarded port")
def _():
    screen = Screen()
    machine = Machine(image())
    machine.wait_console("sill-rdp: ready", BOOT_SECONDS)
    ready = time.monotonic() - machine.started
    client = machine.connect()
    window = screen.wait_for_window("Machine", timeout=BOOT_SECONDS)
    wait_for("the window's pixels", lambda: painted(window), timeout=BOOT_SECONDS)
    print(f"# {ready:.1f} s to ready, {time.monotonic() - machine.started:.1f} s to the pixels")
    client.terminate()
    client.wait(10)
    machine.stop()
    screen.stop()


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
    said = Machine(disk).wait_end(BOOT_SECONDS)
    assert f"data block {at // 4096} is corrupted" in said, said
    assert "Kernel panic" in said and "sill-rdp: ready" not in said, said


@test("an image that is not the one of the command line does not come up at all")
def _():
    name, hash_ = verity(image()).split(",")
    said = Machine(image(), f"{name},{hash_[:-1]}{'0' if hash_[-1] != '0' else '1'}") \
        .wait_end(BOOT_SECONDS)
    assert "is corrupted" in said and "sill-init: " not in said, said


if __name__ == "__main__":
    setup_environment()
    raise SystemExit(run())
