# SPDX-License-Identifier: MIT
"""Photographs and films on slow links: soon there, as good as the link allows, exact in the end."""

import json
import time

import numpy

from canvas import Canvas, difference, show
from instance import Instance
from link import Link
from screen import Screen
from tap import test, wait_for
from world import main

SIZE = (640, 480)
AS_IT_IS = SIZE[0] * SIZE[1] * 3
# Bytes a second, seconds one way, and how many of a hundred pieces are lost.
LINKS = {"20 ms, 10 Mbit": (1250000, 0.010, 0.0), "80 ms, 2 Mbit": (250000, 0.040, 0.0)}
FAST, SLOW = 12500000, 125000
BLOCK = 32
# Of 256, on average in each block: a photograph is about right, or another one.
USABLE, OTHER = 16, 40
# Bits that a pixel of noise gets where nothing hinders it, and on a link that is too slow for it.
FINE, ROUGH = 1.0, 0.7
FRAMES = 10


class World:
    def __init__(self):
        self.screen = Screen()
        self.instance = Instance("photographs")

    def stop(self):
        self.instance.stop()
        self.screen.stop()


def worst_block(drawn, shown):
    """By how much colours differ on average, where they do most."""
    if shown is None or shown.shape != drawn.shape:
        return 255
    each = [numpy.abs((drawn >> shift & 255).astype(int) - (shown >> shift & 255).astype(int))
            for shift in (0, 8, 16)]
    height, width = drawn.shape
    blocks = sum(each).reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    return blocks.mean(axis=(1, 3)).max() / 3


def until_usable(canvas, drawn, limit):
    begin = time.monotonic()
    wait_for("the photograph", lambda: worst_block(drawn, canvas.shown()) < USABLE, limit)
    return time.monotonic() - begin


def with_canvas(world, shape, option, check):
    link = Link(world.instance.address(), *shape)
    client = world.instance.connect(f"/v:127.0.0.1:{link.port}")
    canvas = Canvas(world, SIZE, option)
    try:
        check(canvas, link)
    finally:
        canvas.stop()
        client.terminate()
        client.wait(10)
        link.close()
    world.screen.wait_until_gone("Canvas")


def check_photographs(canvas, link):
    as_it_is = AS_IT_IS / link.shape[0]
    # The first one tells what the link is like.
    show(canvas, canvas.draw(1, 1, *SIZE), 20 + 4 * as_it_is)
    for seed in (2, 3, 4):
        before = canvas.shown()
        drawn = canvas.draw(seed, 1, *SIZE)
        assert worst_block(drawn, before) > OTHER, "it looks like the one before"
        took = until_usable(canvas, drawn, 20)
        exact = difference(drawn, canvas.shown()) is None
        print(f"# usable after {took * 1e3:.0f} ms, as it is in {as_it_is * 1e3:.0f}, {exact=}")
        assert took < as_it_is / 2, f"{took:.2f} s for what takes {as_it_is:.2f} as it is"
        show(canvas, drawn, 20 + 4 * as_it_is)


for name, shape in LINKS.items():
    test(f"a photograph is soon there over {name}, and exact in the end")(
        lambda world, shape=shape: with_canvas(world, shape, "photograph", check_photographs))


def sent_roughly(world):
    frames = json.loads(world.instance.sill("status", "--frames", "--json").stdout)
    window = next(each for each in frames["windows"] if each["title"] == "Canvas")
    choice = window["choices"]["progressive"]
    return choice["bytes"], choice["pixels"]


def bits_of_pixel(world, canvas, seed):
    """While a few more frames are shown; and what is drawn in the end."""
    before = sent_roughly(world)
    drawn = canvas.draw(seed, FRAMES, *SIZE)
    after = sent_roughly(world)
    pixels = after[1] - before[1]
    return (after[0] - before[0]) * 8 / pixels if pixels > 0 else None, drawn


def wait_for_quality(world, canvas, what, accept):
    seed = 0

    def there():
        nonlocal seed
        seed += 1
        bits = bits_of_pixel(world, canvas, seed)[0]
        return bits is not None and accept(bits) and bits

    bits = wait_for(what, there, 60)
    print(f"# {what}: {bits:.2f} bits a pixel after {seed * FRAMES} frames")


@test("quality falls with the link and recovers")
def _(world):
    def check(canvas, link):
        wait_for_quality(world, canvas, "fine noise", lambda bits: bits > FINE)
        link.set_rate(SLOW)
        wait_for_quality(world, canvas, "rough noise", lambda bits: bits < ROUGH)
        link.set_rate(FAST)
        wait_for_quality(world, canvas, "fine noise again", lambda bits: bits > FINE)
        show(canvas, bits_of_pixel(world, canvas, 99)[1])

    with_canvas(world, (FAST, 0.005, 0.0), "noise", check)


if __name__ == "__main__":
    main(World)
