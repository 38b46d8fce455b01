# SPDX-License-Identifier: MIT
"""Sound while nothing plays, while things end and come back, and with what clients offer."""

import os
import re
import signal
import time

from sound import RATE, Recording, Wire, pitch, sounding, tone
from sound_world import World, near, unbroken
from tap import equal, test, wait_for
from world import main

QUIET = 3.0
# libpulse gives up what was not answered for within 30 seconds.
PATIENCE = 33.0
FORMATS = {"Opus": "format:28751", "AAC": "format:41222", "PCM 44100": "format:1,rate:44100"}


def wakeups(pids):
    total = 0
    for pid in pids:
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/status") as file:
                total += int(re.search(r"\nvoluntary_ctxt_switches:\s+(\d+)", file.read())[1])
    return total


def hears(world, source="@DEFAULT_SOURCE@"):
    """Whether an application hears the client's microphone."""
    recording = Recording(world.server(), source)
    try:
        wait_for("the song", lambda: len(sounding(recording.samples())) > RATE)
        return abs(pitch(sounding(recording.samples())[RATE // 2:]) - 700) < 2
    finally:
        recording.stop()


def tone_comes(world):
    recording = world.ears.listen()
    try:
        wait_for("the tone", lambda: len(sounding(recording.tail(1))) > RATE * 0.9)
    finally:
        recording.stop()


@test("with nothing playing nobody wakes up, and nothing is on the wire")
def _(world):
    world.connect_with_sound()
    world.play(tone(world.file("short"), 1)).process.wait(20)
    pids = world.instance.host_pids(world.server_name) + world.instance.host_pids("sill-rdp")
    equal(len(pids), 2, "the processes")

    def quiet():
        wire = Wire(world.instance.address()[1])
        before = wakeups(pids)
        time.sleep(QUIET)  # nothing may happen in all that time
        after = wakeups(pids)
        wire.stop()
        print(f"# {after - before} wake-ups, {wire.bytes} bytes in {QUIET:g} s")
        return after == before and wire.bytes == 0

    wait_for("silence", quiet, timeout=20)


@test("several applications play at once, and one can be moved away and back")
def _(world):
    one = world.play(tone(world.file("one"), 30, frequency=500, amplitude=0.3))
    louder = wait_for("the louder one", lambda: world.pactl("list", "short", "sink-inputs")).split()[0]
    two = world.play(tone(world.file("two"), 30, frequency=900, amplitude=0.1))
    recording = world.ears.listen()
    wait_for("both", lambda: len(world.pactl("list", "short", "sink-inputs").splitlines()) == 2)
    wait_for("a second of it", lambda: len(sounding(recording.samples())) > RATE)
    near(pitch(sounding(recording.samples())[-RATE // 2:]), 500, 2, "the louder one's pitch")
    world.move(louder, "silence")
    wait_for("the other one's pitch",
             lambda: abs(pitch(recording.tail(0.5)) - 900) < 2)
    world.move(louder, "remote")
    wait_for("the louder one's pitch again",
             lambda: abs(pitch(recording.tail(0.5)) - 500) < 2)
    one.stop()
    two.stop()
    recording.wait_for_quiet()
    recording.stop()


@test("the bell of an X11 application rings at the client, and ends with Xwayland")
def _(world):
    recording = world.ears.listen()
    ring = ["python3", "-c", "import ctypes, time; xcb = ctypes.CDLL('libxcb.so.1'); "
            "xcb.xcb_connect.restype = ctypes.c_void_p; "
            "connection = ctypes.c_void_p(xcb.xcb_connect(None, None)); "
            "xcb.xcb_bell(connection, 0); xcb.xcb_flush(connection); time.sleep(1)"]

    def heard():
        last = sounding(recording.samples())[-RATE // 20:]
        return len(last) > 0 and abs(pitch(last) - 880) < 30

    # The first one starts Xwayland: the bell may not listen yet.
    wait_for("the bell, and its pitch", lambda: world.instance.command(*ring) == "" and heard())
    recording.stop()
    os.kill(world.instance.host_pids("Xwayland")[0], signal.SIGKILL)
    wait_for("the bell to end", lambda: not world.instance.host_pids("sill-bell"))


@test("an application plays on while the client leaves and comes back")
def _(world):
    player = world.play(tone(world.file("tone"), 60))
    tone_comes(world)
    world.disconnect()
    equal(world.pactl("get-default-sink"), "silence\n", "the default sink")
    equal(world.pactl("get-default-source"), "nothing\n", "the default source")
    world.connect_with_sound()
    tone_comes(world)
    assert player.alive()
    player.stop()
    wait_for("nobody but the present listener",
             lambda: len(world.pactl("list", "short", "source-outputs").splitlines()) == 1)


@test("who plays after one that was killed, or after half a minute of nothing, is heard whole")
def _(world):
    player = world.play(tone(world.file("tone"), 60))
    tone_comes(world)
    recording = world.ears.listen()
    player.stop()
    recording.wait_for_quiet()
    recording.stop()
    unbroken(lambda: world.check_heard(3))
    time.sleep(PATIENCE)
    unbroken(lambda: world.check_heard(3))


@test("kill -9 of sill-rdp: the application plays on, the client hears it again")
def _(world):
    player = world.play(tone(world.file("tone"), 60))
    singer = world.sing(tone(world.file("song"), 60, frequency=700))
    tone_comes(world)
    os.kill(world.instance.host_pids("sill-rdp")[0], signal.SIGKILL)
    wait_for("sill-rdp to be told of its client", lambda: "sound PCM" in world.status())
    tone_comes(world)
    assert player.alive()
    equal(len([name for name in world.sinks() if name.startswith("remote")]), 1, "sinks")
    assert hears(world)
    player.stop()
    singer.stop()


@test("kill -9 of the sound server: sink and source are back with it")
def _(world):
    singer = world.sing(tone(world.file("song"), 60, frequency=700))
    os.kill(world.instance.host_pids(world.server_name)[0], signal.SIGKILL)
    wait_for("the sink", lambda: world.try_pactl("get-default-sink") == "remote\n")
    wait_for("the source", lambda: world.try_pactl("get-default-source") == "microphone\n")
    player = world.play(tone(world.file("tone"), 60))
    tone_comes(world)
    assert hears(world)
    player.stop()
    singer.stop()
    world.disconnect()


@test("Opus, AAC and 44.1 kHz, when they are all that a client plays")
def _(world):
    def attempt():
        recording = world.ears.listen()
        world.play(tone(world.file("tone"), 5)).process.wait(20)
        recording.wait_for_quiet()
        samples = sounding(recording.stop(), threshold=0.1)
        near(len(samples) / RATE, 5, 0.3, "its length")
        near(pitch(samples), 1000, 1, "its pitch")

    for name, option in FORMATS.items():
        world.connect(f"/sound:sys:pulse,latency:200,{option}")
        wait_for(f"a client with {name}", lambda: f"sound {name}" in world.status())
        wait_for("its sink", lambda: world.pactl("get-default-sink") == "remote\n")
        unbroken(attempt)
        world.disconnect()


@test("a client without sound and microphone changes nothing")
def _(world):
    world.connect("/audio-mode:2")
    wait_for("the client", lambda: "no sound, microphone none" in world.status())
    equal(world.pactl("get-default-sink"), "silence\n", "the default sink")
    world.client.terminate()
    world.client.wait(10)


if __name__ == "__main__":
    main(lambda: World("sound-life"))
