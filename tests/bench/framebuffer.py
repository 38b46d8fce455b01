# SPDX-License-Identifier: MIT
"""A display whose pixels are a file in memory: looking costs the X server nothing."""

import mmap
import os
import struct
import subprocess
import tempfile
import time

import numpy
from Xlib import X, XK, display
from Xlib.ext import xtest

import xvfb
from tap import wait_for

WIDTH, HEIGHT = 2300, 1300
BLOCK = 16  # as in scene.h
MARKER = (0xFF00FF, 0x00FF00, 0xFF00FF, 0x00FF00)


class Framebuffer:
    def __init__(self):
        directory = tempfile.mkdtemp(prefix="sill-bench-", dir="/dev/shm")
        self.server, self.name = xvfb.start(WIDTH, HEIGHT, "-fbdir", directory)
        self._map(os.path.join(directory, "Xvfb_screen0"))
        subprocess.run(["rm", "-r", directory], check=True)
        self.display = display.Display(self.name)
        self.manager = subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        root = self.display.screen().root
        wait_for("the window manager", lambda: root.get_full_property(
            self.display.intern_atom("_NET_SUPPORTED"), X.AnyPropertyType))
        xtest.fake_input(self.display, X.MotionNotify, x=WIDTH - 1, y=HEIGHT - 1)
        self.display.sync()

    def _map(self, path):
        """An XWD file: header, colours, rows."""
        with open(path, "rb") as file:
            memory = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        header = struct.unpack(">25I", memory[:100])
        offset = header[0] + header[19] * 12
        self.stride = header[12] // 4
        self.pixels = numpy.frombuffer(memory, dtype="<u4", offset=offset,
                                       count=self.stride * HEIGHT).reshape(HEIGHT, self.stride)

    def locate(self):
        """Where the upper left corner of a scene is, or None."""
        first = (self.pixels[:-8:8, :] & 0xF0F0F0) == (MARKER[0] & 0xF0F0F0)
        for row in numpy.flatnonzero(first.any(axis=1)):
            for x in numpy.flatnonzero(first[row])[:64]:
                if self._is_corner(int(x), int(row) * 8):
                    while int(x) and self._alike(int(x) - 1, int(row) * 8, MARKER[0]):
                        x -= 1
                    y = int(row) * 8
                    while y and self._alike(int(x) + 4, y - 1, MARKER[0]):
                        y -= 1
                    return int(x), y
        return None

    def count(self):
        """How many scenes show their upper left corner."""
        rows = self.pixels[::BLOCK // 2] & 0xC0C0C0
        blocks = [rows == (colour & 0xC0C0C0) for colour in MARKER[:2]]
        width = rows.shape[1] - 4 * BLOCK
        corner = numpy.ones((rows.shape[0], width), bool)
        for i in range(4):
            at = i * BLOCK + 4
            corner &= blocks[i % 2][:, at:at + width]
        corner[:, 1:] &= ~corner[:, :-1]  # the first of each row,
        corner[1:] &= ~corner[:-1]  # and of each scene
        return int(corner.sum())

    def _alike(self, x, y, colour):
        return (int(self.pixels[y, x]) ^ colour) & 0xC0C0C0 == 0

    def _is_corner(self, x, y):
        return x + 20 * BLOCK <= WIDTH and all(
            self._alike(x + i * BLOCK + 4, y, colour) for i, colour in enumerate(MARKER))

    def strip(self, at):
        """A view of the frame's bits: one pixel in the middle of each block."""
        x, y = at
        left = x + 4 * BLOCK + BLOCK // 2
        return self.pixels[y + BLOCK // 2, left:left + 16 * BLOCK:BLOCK]

    def click(self, x, y):
        xtest.fake_input(self.display, X.MotionNotify, x=x, y=y)
        for event in (X.ButtonPress, X.ButtonRelease):
            xtest.fake_input(self.display, event, 1)
        self.display.sync()

    def key(self, pressed, name="space"):
        code = self.display.keysym_to_keycode(XK.string_to_keysym(name))
        xtest.fake_input(self.display, X.KeyPress if pressed else X.KeyRelease, code)
        self.display.flush()

    def is_focused(self):
        """Whether the window manager gave somebody's window the keyboard."""
        active = self.display.screen().root.get_full_property(
            self.display.intern_atom("_NET_ACTIVE_WINDOW"), X.AnyPropertyType)
        return active is not None and active.value[0] != 0

    def stop(self):
        self.display.close()
        for process in (self.manager, self.server):
            process.terminate()
            process.wait(10)


_WEIGHTS = 1 << numpy.arange(16)


def frame_of(strip):
    return int(((strip & 0x8000) != 0) @ _WEIGHTS)


def watch(strip, seconds, pause=0.0004):
    """The frames that were seen, as (time, number)."""
    seen, last = [], None
    end = time.monotonic() + seconds
    while (now := time.monotonic()) < end:
        frame = frame_of(strip)
        if frame != last:
            seen.append((now, frame))
            last = frame
        time.sleep(pause)
    return seen
