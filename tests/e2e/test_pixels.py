# SPDX-License-Identifier: MIT
"""What the client shows is what the application drew, bit for bit once still, whatever it draws.

SILL_PIXELS_ROUNDS and SILL_PIXELS_SEED make it go on for longer, and elsewhere.
"""

import json
import os
import random
import signal

from canvas import Canvas, show
from instance import Instance
from link import Link
from screen import Screen
from tap import equal, test, wait_for
from world import main

ROUNDS = int(os.environ.get("SILL_PIXELS_ROUNDS", "40"))
SEED = int(os.environ.get("SILL_PIXELS_SEED", "1"))
FRAMES_MAX = 12
FIRST = (320, 240)
# FreeRDP's client takes no size below 32 for a window that was larger (decision 4).
SIDES = (32, 33, 47, 63, 64, 65, 255, 257, 400, 511, 640)
TINY = ((1, 1), (2, 3), (31, 17), (1, 200), (300, 1))


class World:
    def __init__(self):
        self.screen = Screen()
        self.instance = Instance("pixels")

    def stop(self):
        self.instance.stop()
        self.screen.stop()


def draw_and_compare(canvas, rounds, seed):
    chance = random.Random(seed)
    size = FIRST
    for number in range(rounds):
        if chance.random() < 0.2:
            size = (chance.choice(SIDES), chance.choice(SIDES))
        round_seed, frames = chance.randrange(1 << 32), chance.randint(1, FRAMES_MAX)
        drawn = canvas.draw(round_seed, frames, *size)
        try:
            show(canvas, drawn)
        except AssertionError as wrong:
            raise AssertionError(f"round {number} of seed {seed}, {size[0]}x{size[1]}, "
                                 f"{frames} frames: {wrong}") from None


def check_choices(world, wanted):
    """What sill status tells of how the window was sent."""
    frames = json.loads(world.instance.sill("status", "--frames", "--json").stdout)
    window = next(each for each in frames["windows"] if each["title"] == "Canvas")
    regions = {name: choice["regions"] for name, choice in window["choices"].items()}
    print(f"# {window['frames']} frames, {window['bytes']} bytes, {regions}")
    assert window["why"] and all(regions[name] > 0 for name in wanted), window
    equal(sum(choice["bytes"] for choice in window["choices"].values()), window["bytes"], "the sum")
    text = world.instance.sill("status", "--frames").stdout
    assert window["why"] in text and f"{window['frames']} frames" in text, text


def check(world, shape, rounds, choices, *options):
    link = Link(world.instance.address(), *shape) if shape else None
    client = world.instance.connect(*([f"/v:127.0.0.1:{link.port}"] if link else []))
    canvas = Canvas(world, FIRST, *options)
    try:
        draw_and_compare(canvas, rounds, SEED)
        check_choices(world, choices)
    finally:
        canvas.stop()
        client.terminate()
        client.wait(10)
        if link:
            link.close()
    world.screen.wait_until_gone("Canvas")


@test("what is drawn at random, moved and resized is shown bit for bit")
def _(world):
    check(world, None, ROUNDS, ("fill", "move", "clearcodec"))


@test("so is what is see-through")
def _(world):
    check(world, None, ROUNDS, ("fill", "clearcodec", "alpha"), "alpha")


@test("so it is over 20 ms and 10 Mbit with 1 % lost")
def _(world):
    check(world, (1250000, 0.010, 0.01), ROUNDS // 2, ("fill", "clearcodec"))


@test("so are windows as small as they come")
def _(world):
    client = world.instance.connect()
    for size in TINY:
        canvas = Canvas(world, size)
        for seed in range(4):
            show(canvas, canvas.draw(seed, 3, *size))
        canvas.stop()
        world.screen.wait_until_gone("Canvas")
    client.terminate()
    client.wait(10)


def has_memory(world, size):
    """Whether the compositor keeps pixels of a window of that size."""
    pid, = world.instance.host_pids("weston")
    with open(f"/proc/{pid}/maps") as file:
        mapped = [line.split()[0].split("-") for line in file if "/memfd:sill-window" in line]
    return size[0] * size[1] * 4 in [int(end, 16) - int(begin, 16) for begin, end in mapped]


def rests(world, size):
    """Once the person does something else: what is about to be used does not rest."""
    other = world.screen.find("Other")
    if other and world.screen.display.get_input_focus().focus != other.x11:
        world.screen.activate(other)
    return not has_memory(world, size)


@test("so is a window that rests, when it is drawn on, for the next client and by the next server")
def _(world):
    client = world.instance.connect()
    canvas = Canvas(world, FIRST)
    other = world.instance.paint("Other", 100, 100)
    world.screen.wait_for_window("Other")
    for seed, (end_client, end_server) in enumerate(((0, 0), (1, 0), (1, 1), (0, 0))):
        drawn = canvas.draw(seed, 3, *FIRST)
        show(canvas, drawn)
        wait_for("the window to rest", lambda: rests(world, FIRST))
        if end_server:
            for pid in world.instance.host_pids("sill-rdp"):
                os.kill(pid, signal.SIGKILL)
        if end_client:
            client.terminate()
            client.wait(10)
            client = world.instance.connect()
            canvas.window = world.screen.wait_for_window("Canvas")
        show(canvas, drawn)
    other.stop()
    canvas.stop()
    client.terminate()
    client.wait(10)


def nice_values(pid):
    """Of the process itself, and of all its threads."""
    def nice(path):
        with open(path) as file:
            return int(file.read().rsplit(")", 1)[1].split()[16])

    threads = {nice(f"/proc/{pid}/task/{each}/stat") for each in os.listdir(f"/proc/{pid}/task")}
    return nice(f"/proc/{pid}/task/{pid}/stat"), threads


@test("pictures are no more urgent than what others do, whatever sound and keys are")
def _(world):
    client = world.instance.connect()
    pid = world.instance.host_pids("sill-rdp")[0]

    def settled():
        own, threads = nice_values(pid)
        return own <= 0 and threads == {own, 0}

    wait_for("the thread that encodes to be there", settled)
    client.terminate()
    client.wait(10)


@test("without a client there is nothing to tell of")
def _(world):
    def told():
        return json.loads(world.instance.sill("status", "--frames", "--json").stdout)

    wait_for("the client to be gone", lambda: told() == {"client": None, "windows": []})
    assert "no client" in world.instance.sill("status", "--frames").stdout


if __name__ == "__main__":
    main(World)
