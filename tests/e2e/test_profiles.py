# SPDX-License-Identifier: MIT
"""The profiles that show a whole desktop: over Weston's own RDP server, and on a machine's screen."""

import json
import os
import socket
import subprocess

from instance import Instance, Lines, PAINT, WORK, setup_environment
from machine import Machine, verity
from screen import Screen
from tap import equal, run, test, wait_for

IMAGE = os.path.join(WORK, "image-debian-13-desktop/debian-13-desktop.amd64.erofs")
BACKGROUND = (0x24, 0x46, 0x5C)  # of system-distro/profiles/desktop.ini
# Nearly, the last corner of what paint paints: before and after a key is pressed.
PAINTED, PRESSED = (255, 255, 0), (255, 255, 32)
# Everything in the machine is emulated, on one that does other things as well.
BOOT_SECONDS = 150


def near(pixel, colour):
    return all(abs(int(a) - b) < 12 for a, b in zip(pixel, colour))


def share(rows, colour):
    """How much of a picture has this colour, of 1."""
    pixels = [pixel for row in rows[::4] for pixel in row[::4]]
    return sum(near(pixel, colour) for pixel in pixels) / len(pixels)


@test("desktop: a client sees the desktop, and an application's window on it")
def _():
    screen = Screen()
    instance = Instance("whole-desktop", IMAGE, "--profile", "desktop")
    equal({unit["name"] for unit in instance.status()["init"]["units"]
           if unit["state"] == "running"}, {"pulseaudio.service", "weston-desktop.service"}, "services")
    host, port = instance.address()
    log = open(os.path.join(os.environ["HOME"], "client.log"), "a")
    client = subprocess.Popen(
        ["xfreerdp", f"/v:{host}:{port}", "/cert:ignore", "/sec:tls", "/u:sill", "/p:sill",
         "/size:800x600", "/network:lan", "/clipboard:files-to:off", "/title:Whole desktop",
         "/log-level:WARN"], stdout=log, stderr=log)
    window = screen.wait_for_window("Whole desktop", timeout=30)
    wait_for("the desktop", lambda: share(window.pixels(), BACKGROUND) > 0.8, timeout=30)
    shown = share(window.pixels(), BACKGROUND)
    app = instance.paint("On the desktop", 300, 200)

    def is_there():
        rows = window.pixels()
        return share(rows, PAINTED) > 0 and 0.1 < shown - share(rows, BACKGROUND) < 0.15

    wait_for("its window, 300x200 of 800x600", is_there, timeout=30)
    app.stop()
    wait_for("its end", lambda: share(window.pixels(), PAINTED) == 0, timeout=30)
    client.terminate()
    client.wait(10)
    instance.stop()
    screen.stop()


class Monitor:
    """QEMU's own view of the machine: its screen, and its keyboard."""

    def __init__(self, path):
        wait_for("the monitor", lambda: os.path.exists(path))
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(30)
        self.socket.connect(path)
        self.answers = self.socket.makefile()
        self.ask("qmp_capabilities")

    def ask(self, name, **arguments):
        command = {"execute": name, "arguments": arguments}
        self.socket.sendall(json.dumps(command).encode() + b"\n")
        while True:
            answer = json.loads(self.answers.readline())
            if "error" in answer:
                raise AssertionError(f"{name}: {answer['error']}")
            if "return" in answer:
                return answer["return"]

    def pixels(self):
        path = os.path.join(os.environ["HOME"], "screen.ppm")
        self.ask("screendump", filename=path)
        with open(path, "rb") as file:
            kind, width, height, depth = (file.readline() + file.readline() + file.readline()).split()
            equal((kind, depth), (b"P6", b"255"), "the picture's format")
            data, row = file.read(), int(width) * 3
        return [[data[at:at + 3] for at in range(y * row, y * row + row, 3)]
                for y in range(int(height))]

    def press(self, key):
        self.ask("send-key", keys=[{"type": "qcode", "data": key}])


@test("kms: auto picks it for a machine with a screen, whose keys reach an application on it")
def _():
    monitor_path = os.path.join(os.environ["HOME"], "qmp.sock")
    machine = Machine(IMAGE, verity(IMAGE), "debian-13-vm-screen", words="sill.profile=auto",
                      target="kms.target", wants="weston-kms.service", devices=(
                          "-device", "virtio-gpu-pci,xres=800,yres=600",
                          "-device", "virtio-keyboard-pci", "-device", "virtio-tablet-pci",
                          "-qmp", f"unix:{monitor_path},server=on,wait=off"))
    monitor = Monitor(monitor_path)
    machine.wait_console("sill-init: profile kms: card0-Virtual-1 is connected", BOOT_SECONDS)
    machine.wait_console("sill-init: weston-kms: ready", BOOT_SECONDS)
    wait_for("the desktop", lambda: share(monitor.pixels(), BACKGROUND) > 0.5, BOOT_SECONDS)
    wait_for("the window", lambda: share(monitor.pixels(), PAINTED) > 0, BOOT_SECONDS)
    monitor.press("a")
    wait_for("a key in it", lambda: share(monitor.pixels(), PRESSED) > 0, BOOT_SECONDS)
    machine.stop()


if __name__ == "__main__":
    setup_environment()
    raise SystemExit(run())
