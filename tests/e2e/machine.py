# SPDX-License-Identifier: MIT
"""The image in a virtual machine: Debian's kernel, our initramfs, and what the test adds to it."""

import os
import shutil
import socket
import subprocess
import time

from instance import PAINT, WORK, Lines, image
from tap import wait_for

PASSWORD = "a-password-of-the-test"

PAINT_UNIT = """\
[Service]
Type=simple
ExecStart=/run/paint Machine 300 200
User=wslg
Environment=XDG_RUNTIME_DIR=/mnt/wslg/runtime-dir WAYLAND_DISPLAY=wayland-0
"""


def kernel(name):
    """What boots an image, as rootfs-manifest/NAME.yaml has it: the kernel and its initramfs."""
    stem = os.path.join(WORK, f"image-{name}/{name}.amd64")
    return f"{stem}.kernel", f"{stem}.initramfs"


def cpio(members):
    """An archive for the kernel: (path, mode, uid, data), in the format that it calls newc."""
    out = b""
    for number, (path, mode, uid, data) in enumerate([*members, ("TRAILER!!!", 0, 0, b"")], 1):
        name = path.encode() + b"\0"
        fields = (number, mode, uid, uid, 1, 0, len(data), 0, 0, 0, 0, len(name), 0)
        head = b"070701" + b"".join(b"%08X" % field for field in fields) + name
        out += head + b"\0" * (-len(head) % 4) + data + b"\0" * (-len(data) % 4)
    return out


def additions(target, wants):
    """An application to show, and a password that the test knows: below /run and /var."""
    with open(PAINT, "rb") as file:
        paint = file.read()
    folder, regular = 0o040755, 0o100644
    return cpio([
        ("run", folder, 0, b""), ("run/sill", folder, 0, b""), ("run/sill/units", folder, 0, b""),
        ("run/sill/units/paint.service", regular, 0, PAINT_UNIT.encode()),
        (f"run/sill/units/{target}", regular, 0,
         f"[Unit]\nWants={wants} paint.service\n".encode()),
        ("run/paint", 0o100755, 0, paint),
        ("var", folder, 0, b""), ("var/lib", folder, 0, b""),
        ("var/lib/sill-rdp", 0o040700, 990, b""),
        ("var/lib/sill-rdp/password", 0o100600, 990, PASSWORD.encode() + b"\n"),
    ])


def verity(disk):
    """What sill pack says that the command line has to say."""
    with open(disk.removesuffix(".erofs") + ".cmdline") as file:
        return file.read().strip()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Machine:
    """A running one. Its disk is a copy that the test may have changed."""

    def __init__(self, disk, trust=None, manifest="debian-13-vm", devices=(), words="",
                 target="default.target", wants="windows.target"):
        self.port = free_port()
        self.started = time.monotonic()
        initramfs = os.path.join(os.environ["HOME"], "initramfs")
        kernel_path, initramfs_path = kernel(manifest)
        shutil.copy(initramfs_path, initramfs)
        with open(initramfs, "ab") as file:
            file.write(additions(target, wants))
        append = " ".join(("console=ttyS0 loglevel=5 panic=-1 net.ifnames=0",
                           trust or verity(image()),
                           "sill.address=10.0.2.15/24 sill.listen=0.0.0.0:3389", words))
        self.process = subprocess.Popen(
            ["qemu-system-x86_64", "-accel", "tcg", "-machine", "q35", "-cpu", "max", "-m", "768",
             "-nodefaults", "-no-user-config", "-display", "none", "-serial", "stdio",
             "-no-reboot", "-kernel", kernel_path, "-initrd", initramfs, "-append", append,
             "-drive", f"if=none,id=image,file={disk},format=raw,readonly=on",
             "-device", "virtio-blk-pci,drive=image",
             "-netdev", f"user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:{self.port}-10.0.2.15:3389",
             "-device", "virtio-net-pci,netdev=net", *devices],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace")
        self.console = Lines(self.process.stdout)

    def wait_console(self, text, timeout):
        def find():
            self.console.mark()
            return any(text in line for line in self.console.seen) or self.process.poll() is not None

        wait_for(f'"{text}" on the console', find, timeout)
        if self.process.poll() is not None:
            raise AssertionError(f"the machine ended: {self.console.seen[-12:]}")

    def connect(self):
        log = open(os.path.join(os.environ["HOME"], "client.log"), "a")
        return subprocess.Popen(
            ["xfreerdp3" if shutil.which("xfreerdp3") else "xfreerdp", f"/v:127.0.0.1:{self.port}",
             "/u:sill", f"/p:{PASSWORD}", "/cert:ignore", "/sec:tls", "/gfx:progressive", "/bpp:32",
             "-clipboard", "/network:lan", "/app:program:||sill,name:sill", "/timeout:60000",
             "/log-level:WARN"], stdout=log, stderr=log)

    def wait_end(self, timeout):
        """What stood on the console of a machine that did not get up."""
        self.process.wait(timeout)
        wait_for("the end of the console", self.console.ended)
        return "\n".join(self.console.seen)

    def stop(self):
        self.process.kill()
        self.process.wait(10)
