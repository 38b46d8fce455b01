# SPDX-License-Identifier: MIT
"""The image in a virtual machine as sill run starts it, with an application that the test brings."""

import os
import shutil
import subprocess

from instance import PAINT, WORK, Instance, image
from machine import PAINT_UNIT, kernel

# Everything in it is emulated, on a machine that does other things as well.
BOOT_SECONDS = 300
# A device that is there need not be one that works.
os.environ["SILL_QEMU_ACCEL"] = "tcg"

TARGET = """\
[Unit]
Wants=windows.target paint.service
"""


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


RELAY = os.path.join(WORK, "build/tests/e2e/vsock_relay")
RELAY_UNIT = """\
[Service]
ExecStart=/run/vsock_relay 3389 1
User=wslg
"""


def additions(name, relays=False):
    """The folder whose run/ the machine finds in its own; with what carries its port to vsock."""
    folder = os.path.join(os.environ["HOME"], "added-" + name)
    write(os.path.join(folder, "run/sill/units/paint.service"), PAINT_UNIT)
    write(os.path.join(folder, "run/sill/units/default.target"),
          TARGET + ("Wants=relay.service\n" if relays else ""))
    shutil.copy(PAINT, os.path.join(folder, "run/paint"))
    if relays:
        write(os.path.join(folder, "run/sill/units/relay.service"), RELAY_UNIT)
        shutil.copy(RELAY, os.path.join(folder, "run/vsock_relay"))
    return folder


def start(name, image_path, *options):
    return subprocess.run(
        ["sill", "run", "--detach", "--name", name, "--engine", "qemu",
         "--kernel", kernel("debian-13-vm")[0], *options, image_path],
        timeout=BOOT_SECONDS + 30, capture_output=True, text=True)


class VirtualMachine(Instance):
    """A running one. What is not about its services is done as with any other instance."""

    def __init__(self, name, image_path=None, options=(), relays=False):
        self.name = name
        result = start(name, image_path or image(), "--add", additions(name, relays), *options)
        if result.returncode != 0:
            raise AssertionError(f"the machine does not get up: {result.stderr}")

    def console(self):
        return self.sill("logs").stdout


def refused(name, image_path):
    """What stood on the console of a machine that did not get up."""
    result = start(name, image_path, "--add", additions(name))
    if result.returncode == 0:
        raise AssertionError("the machine got up")
    return result.stderr
