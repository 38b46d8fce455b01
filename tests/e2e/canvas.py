# SPDX-License-Identifier: MIT
"""An application that draws at random (canvas.c), and what the client shows of it."""

import os
import subprocess
import time

import numpy
from Xlib import X, error

from instance import WORK
from tap import wait_for

CANVAS = os.path.join(WORK, "build/tests/e2e/canvas")
STILL_LIMIT = 20


class Canvas:
    """The application, and what of it is on the screen."""

    def __init__(self, world, size, *options):
        self.file = os.path.join(os.environ["HOME"], "canvas")
        self.mask = 0xFFFFFFFF if "alpha" in options else 0xFFFFFF
        self.app = world.instance.exec(CANVAS, "Canvas", self.file, *map(str, size), *options,
                                       stdin=subprocess.PIPE)
        self.window = wait_for("the window", lambda: world.screen.find("Canvas"))

    def draw(self, seed, frames, width, height):
        mark = self.app.lines.mark()
        self.app.process.stdin.write(f"{seed} {frames} {width} {height}\n")
        self.app.process.stdin.flush()
        self.app.lines.wait("still", mark, 60)
        drawn = numpy.fromfile(self.file, "<u4", width * height)
        return drawn.reshape(height, width) & self.mask

    def shown(self):
        """None while the window has another size than it says, or goes from one to another."""
        try:
            size = self.window.x11.get_geometry()
            raw = self.window.x11.get_image(0, 0, size.width, size.height, X.ZPixmap, 0xFFFFFFFF)
        except (error.BadMatch, error.BadDrawable):
            return None
        return numpy.frombuffer(raw.data, "<u4").reshape(size.height, size.width) & self.mask

    def stop(self):
        self.app.stop()


def difference(drawn, shown):
    """In words; None when there is none."""
    if shown is None or shown.shape != drawn.shape:
        return f"the size is {shown if shown is None else shown.shape[::-1]}"
    rows, columns = numpy.nonzero(drawn != shown)
    if not len(rows):
        return None
    y, x = rows[0], columns[0]
    return (f"{len(rows)} pixels between {columns.min()},{rows.min()} and "
            f"{columns.max()},{rows.max()}: at {x},{y} {shown[y, x]:08x}, not {drawn[y, x]:08x}")


def show(canvas, drawn, limit=STILL_LIMIT):
    """Waits until the client shows it."""
    begin = time.monotonic()
    while (wrong := difference(drawn, canvas.shown())) is not None:
        if time.monotonic() - begin > limit:
            raise AssertionError(wrong)
        time.sleep(0.02)
