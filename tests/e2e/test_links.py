# SPDX-License-Identifier: MIT
"""Slow and lossy links: typing and scrolling stay usable, pictures come out exact."""

import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../bench"))

from framebuffer import Framebuffer, frame_of, watch  # noqa: E402
from instance import WORK, Instance  # noqa: E402
from link import Link  # noqa: E402
from tap import test, wait_for  # noqa: E402
from world import main  # noqa: E402

PROBE = os.path.join(WORK, "build/tests/bench/probe_wayland")
SIZE = (800, 600)
KEYS = 8
# Bytes a second, seconds one way, and how many of a hundred pieces are lost.
LINKS = {"20 ms, 10 Mbit": (1250000, 0.010, 0.0), "80 ms, 2 Mbit": (250000, 0.040, 0.0),
         "20 ms, 10 Mbit, 1 % lost": (1250000, 0.010, 0.01)}


class World:
    def __init__(self):
        self.screen = Framebuffer()
        self.instance = Instance("links")

    def connect(self, shape):
        link = Link(self.instance.address(), *shape)
        client = self.instance.connect(f"/v:127.0.0.1:{link.port}")
        return link, client

    def probe(self, scene):
        app = self.instance.exec(PROBE, scene, *(str(each) for each in SIZE))
        return app

    def place(self):
        def settled():
            at = self.screen.locate()
            time.sleep(0.3)
            return at if at and self.screen.locate() == at else None

        return wait_for("the scene", settled, 30)

    def stop(self):
        self.instance.stop()
        self.screen.stop()


def type_and_wait(world, strip, limit):
    """The longest that a key took to be answered."""
    longest = 0.0
    for _ in range(KEYS):
        before, begin = frame_of(strip), time.monotonic()
        world.screen.key(True)
        while frame_of(strip) == before:
            took = time.monotonic() - begin
            if took > limit:
                raise AssertionError(f"a key was not answered within {limit:g} s")
            time.sleep(0.002)
        longest = max(longest, time.monotonic() - begin)
        time.sleep(0.05)
        world.screen.key(False)
        time.sleep(0.05)
    return longest


def focus(world, app, at):
    world.screen.click(at[0] + SIZE[0] // 2, at[1] + SIZE[1] // 2)
    app.lines.wait("focus")
    time.sleep(0.5)


def renewed(world, at, limit):
    """How long it takes until every part of a window that changes all the time has changed."""
    begin = time.monotonic()
    places = [(at[0] + 400, at[1] + y) for y in (30, 150, 300, 450, 590)]
    before = [int(world.screen.pixels[y, x]) for x, y in places]
    wait_for("noise to change everywhere", lambda: all(
        int(world.screen.pixels[y, x]) != old for (x, y), old in zip(places, before)), limit)
    return time.monotonic() - begin


def check_link(world, shape):
    link, client = world.connect(shape)
    app = world.probe("flip")
    try:
        at = world.place()
        focus(world, app, at)
        print(f"# a key took at most {type_and_wait(world, world.screen.strip(at), 2) * 1e3:.0f} ms")
        app.stop()
        wait_for("the window to be gone", lambda: world.screen.locate() is None)
        app = world.probe("scroll")
        strip = world.screen.strip(world.place())
        seen = watch(strip, 4, pause=0.002)
        gap = max((b[0] - a[0] for a, b in zip(seen, seen[1:])), default=4)
        print(f"# scrolled text: {len(seen) / 4:.0f} frames a second, {gap * 1e3:.0f} ms at most")
        assert len(seen) >= 20, f"{len(seen)} frames in 4 s"
        assert gap < 2, f"nothing moved for {gap:.1f} s"
        app.stop()
        wait_for("the window to be gone", lambda: world.screen.locate() is None)
        # More than the link takes by far: it goes on, however slowly, and does not end the rest.
        app = world.probe("noise")
        took = renewed(world, world.place(), 20)
        print(f"# noise was everywhere another one after {took:.1f} s")
        assert client.poll() is None
    finally:
        app.stop()
        client.terminate()
        client.wait(10)
        link.close()
    wait_for("the window to be gone", lambda: world.screen.locate() is None)


for name, shape in LINKS.items():
    test(f"typing and scrolling over {name}")(lambda world, shape=shape: check_link(world, shape))


if __name__ == "__main__":
    main(World)
