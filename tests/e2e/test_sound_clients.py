# SPDX-License-Identifier: MIT
"""Sound with clients that are old, and with clients that are rude: see rude_sound.c."""

import os
import re

import numpy

from instance import WORK
from sound import RATE, Recording, pitch, sounding, tone
from sound_world import World, near, unbroken
from tap import equal, test, wait_for
from world import main

RUDE = os.path.join(WORK, "build/tests/e2e/rude_sound.so")
TITLE = "Beside it"
# What one session may cost, in KiB: a message of the longest kind, twice, and what FreeRDP keeps.
GROWTH = 16 * 1024
OUT = {
    "absurd": (0, "no sound: the client plays none of our formats"),
    "count": (2, "the client sent a broken message"),
    "strays": (2, "the client confirms what was never sent"),
    "deaf": (2, "the client confirms nothing"),
}
IN = {
    "turn": (2, "the client sent a message out of turn"),
    "microphone": (0, "no microphone: the client records none of our formats"),
}


class WorldWithWindow(World):
    """Windows are to stay undisturbed by what becomes of sound."""

    def __init__(self):
        super().__init__("sound-clients")
        self.app = self.instance.paint(TITLE, 400, 300)


def connect(world, how):
    os.environ["SILL_RUDE"] = how
    os.environ["LD_PRELOAD"] = RUDE
    try:
        world.connect("/sound:sys:pulse,latency:200", "/microphone:sys:pulse")
    finally:
        del os.environ["LD_PRELOAD"]
    world.screen.wait_for_window(TITLE)


def said(world):
    """What sill-rdp logged of sound."""
    return [line for line in world.instance.sill("logs", "sill-rdp").stdout.splitlines()
            if re.search(r"no sound|sound starts anew|no microphone|microphone starts anew", line)]


def memory(world):
    with open(f"/proc/{world.instance.host_pids('sill-rdp')[0]}/status") as file:
        return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1])


def check_window(world):
    """It is there, and hears what is done to it."""
    window = world.screen.wait_for_window(TITLE)
    x, y, _, _ = window.geometry()
    mark = world.app.lines.mark()
    world.screen.click(x + 10, y + 100)
    world.app.lines.wait("button 272 1 at 10 100", mark)


def check_rudeness(world, how, resets, complaint):
    """It is reset so often, then given up, and each is told once; nothing else happens."""
    before, used = len(said(world)), memory(world)
    connect(world, how)
    lines = wait_for(f"sill-rdp to give up on {how}",
                     lambda: len(said(world)) > before + resets and said(world)[before:], 30)
    check_window(world)
    equal(len(said(world)[before:]), resets + 1, f"what was logged of {how}, {lines}")
    equal([complaint in line for line in lines], [True] * (resets + 1), f"what {lines} say")
    equal(["starts anew" in line for line in lines], [True] * resets + [False], f"order of {lines}")
    grown = memory(world) - used
    print(f"# {how}: {lines[-1]}; {grown} KiB more")
    assert grown < GROWTH, grown
    world.disconnect()


@test("a client with nothing but the static channel hears the same")
def _(world):
    connect(world, "static")
    wait_for("its sink", lambda: world.pactl("get-default-sink") == "remote\n")
    assert "static channel" in world.instance.sill("logs", "sill-rdp").stdout
    unbroken(lambda: world.check_heard(10))
    world.disconnect()


@test("a client that plays slower than it is sent to is sent less, for the same sound")
def _(world):
    os.environ["SILL_HEARD"] = world.file("heard")
    connect(world, "behind")
    player = world.play(tone(world.file("steady"), 18))
    equal(player.process.wait(30), 0, "the player's exit code")
    print("#", world.status())
    world.disconnect()
    heard = numpy.fromfile(world.file("heard"), dtype="<i2").reshape(-1, 2)[:, 0] / 32768
    # What is left out is time: the pitch rises by as much as the clock is said to be slow.
    near(pitch(sounding(heard)[-5 * RATE:]), 1000.5, 0.2, "the pitch it heard at last")


@test("absurd formats, counts and confirmations cost the rude client its sound, and nobody else anything")
def _(world):
    for how, (resets, complaint) in OUT.items():
        player = world.play(tone(world.file("rude"), 60))
        check_rudeness(world, how, resets, complaint)
        player.stop()


@test("microphones out of turn and with absurd formats are none")
def _(world):
    for how, (resets, complaint) in IN.items():
        check_rudeness(world, how, resets, complaint)


@test("thousands of messages that mean nothing hold nobody up")
def _(world):
    before, used = len(said(world)), memory(world)
    connect(world, "flood")
    wait_for("its sink", lambda: world.pactl("get-default-sink") == "remote\n")
    check_window(world)
    equal(said(world)[before:], [], "what was logged of it")
    assert memory(world) - used < GROWTH
    world.disconnect()


@test("a microphone that sends megabytes fills no more than its FIFO")
def _(world):
    used = memory(world)
    connect(world, "huge")
    wait_for("its source", lambda: world.pactl("get-default-source") == "microphone\n")
    recording = Recording(world.server(), "@DEFAULT_SOURCE@")
    wait_for("the microphone to be on", lambda: "microphone on" in world.status())
    wait_for("what it sends", lambda: len(sounding(recording.samples())) > 1000)
    check_window(world)
    # 48,000 samples of two bytes a second, of which ten megabytes would be a hundred seconds.
    assert len(sounding(recording.stop())) < 10 * 48000
    grown = memory(world) - used
    print(f"# {grown} KiB more")
    assert grown < GROWTH, grown
    world.disconnect()


@test("the next client, which behaves, has sound and a microphone")
def _(world):
    world.connect_with_sound()
    recording = world.ears.listen()
    player = world.play(tone(world.file("tone"), 30))
    wait_for("the tone", lambda: len(sounding(recording.tail(1))) > 0.9 * 48000)
    player.stop()
    recording.stop()
    check_window(world)


if __name__ == "__main__":
    main(WorldWithWindow)
