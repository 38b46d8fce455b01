# SPDX-License-Identifier: MIT
"""Sound of applications in the image, as it comes out of a real client's loudspeaker, and back."""

import os

import numpy

from instance import WORK
from sound import RATE, Recording, level, pitch, sounding, tone, tone_faults
from sound_world import (QUICK, World, check_clicks, measure_direct, measure_microphone,
                         near, unbroken)
from tap import equal, test, wait_for
from world import main

PROBE = os.path.join(WORK, "build/tests/bench/probe_wayland")
CLICKS = 15
MICROPHONE_CLICKS = 5
MINUTE = 60


@test("without a client applications play into silence and record it, in real time")
def _(world):
    equal(world.pactl("get-default-sink"), "silence\n", "the default sink")
    equal(world.pactl("get-default-source"), "nothing\n", "the default source")
    player = world.play(tone(world.file("tone"), 2))
    recording = Recording(world.server(), "@DEFAULT_SOURCE@")
    equal(player.process.wait(10), 0, "the player's exit code")
    wait_for("a second of silence", lambda: recording.seconds() > 1)
    assert not recording.stop().any()


@test("a client with sound brings a sink and a source of its own, which become the default ones")
def _(world):
    player = world.play(tone(world.file("tone"), 10))
    wait_for("the player's stream", lambda: world.pactl("list", "short", "sink-inputs"))
    world.connect_with_sound()
    assert "Description: Sound on " in world.pactl("list", "sinks")
    assert "Description: Microphone of " in world.pactl("list", "sources")
    # What played already goes where the default sink is now.
    recording = world.ears.listen()
    wait_for("the tone", lambda: len(sounding(recording.samples())) > RATE)
    player.stop()
    recording.wait_for_quiet()
    recording.stop()


@test("a tone arrives with its pitch and without a gap")
def _(world):
    unbroken(lambda: world.check_heard(MINUTE))


@test("a chirp arrives with its pitches in their order")
def _(world):
    def attempt():
        recording = world.ears.listen()
        player = world.play(tone(world.file("chirp"), 6, frequency=300, end_frequency=3300))
        equal(player.process.wait(20), 0, "the player's exit code")
        recording.wait_for_quiet()
        samples = sounding(recording.stop())
        near(len(samples) / RATE, 6, 0.05, "its length")
        for begin in (0.5, 1.5, 2.5, 3.5, 4.5, 5.4):
            part = samples[int(begin * RATE):int((begin + 0.1) * RATE)]
            near(pitch(part), 300 + 500 * (begin + 0.05), 40, f"its pitch after {begin} s")

    unbroken(attempt)


@test("sound does not break while a window shows video at full rate")
def _(world):
    video = world.instance.exec(PROBE, "video", "800", "600")
    world.screen.wait_for_window("probe")

    def attempt():
        first = video.lines.mark()
        world.check_heard(10)
        frames = (video.lines.mark() - first) / 10
        print(f"# {frames:.1f} frames a second meanwhile")
        assert frames > 5, "the video stood still"

    try:
        unbroken(attempt)
    finally:
        video.stop()
    world.screen.wait_until_gone("probe")


@test("what an application records is what the client's microphone hears")
def _(world):
    def attempt():
        singer = world.sing(tone(world.file("song"), 20, frequency=700))
        recording = Recording(world.server(), "@DEFAULT_SOURCE@")
        try:
            wait_for("the microphone to be on", lambda: "microphone on" in world.status())
            wait_for("ten seconds of it", lambda: len(sounding(recording.samples())) > 10 * RATE)
        finally:
            singer.stop()
        # The beginning is the recorder's: PipeWire's still has the end of what was recorded before.
        samples = sounding(recording.stop())[RATE // 2:]
        wait_for("the microphone to be off", lambda: "microphone off" in world.status())
        near(pitch(samples), 700, 1, "its pitch")
        equal(tone_faults(samples, 700), [], "the places where it breaks")
        near(numpy.abs(samples).max(), 0.5, 0.02, "its level")

    events = world.instance.events()
    unbroken(attempt)
    for state in ("on", "off"):
        wait_for(f"the event that the microphone is {state}",
                 lambda: events.lines.has("sill-rdp.service", f"microphone {state}"))
    events.stop()
    log = world.instance.sill("logs", "sill-rdp").stdout
    assert "the microphone is on" in log and "the microphone is off" in log, log


@test("what the microphone hears is recorded little later than without RDP")
def _(world):
    def attempt():
        times = measure_microphone(world, MICROPHONE_CLICKS)
        print(f"# recorded {min(times):.1f} to {max(times):.1f} ms later, "
              f"median {numpy.median(times):.1f}, p95 {numpy.percentile(times, 95):.1f}")
        equal(len(times), MICROPHONE_CLICKS, "how many clicks came")
        assert numpy.median(times) <= 60, times

    unbroken(attempt)


@test("the volume of the sink is the client's, and its samples are not scaled twice")
def _(world):
    def client_volume(percent):
        wait_for(f"the client's volume to be {percent} %",
                 lambda: f" {percent}%" in world.ears.ctl("list", "sink-inputs"))

    recording = world.ears.listen()
    player = world.play(tone(world.file("tone"), 20))
    wait_for("the tone", lambda: len(sounding(recording.samples())) > RATE)
    loud = level(recording)
    world.pactl("set-sink-volume", "remote", "50%")
    client_volume(50)
    # The slider is cubic: an eighth.
    wait_for("an eighth of it", lambda: abs(level(recording) / loud - 1 / 8) < 0.01)
    world.pactl("set-sink-mute", "remote", "1")
    client_volume(0)
    wait_for("nothing of it", lambda: level(recording) == 0)
    world.pactl("set-sink-mute", "remote", "0")
    world.pactl("set-sink-volume", "remote", "100%")
    client_volume(100)
    wait_for("all of it", lambda: abs(level(recording) / loud - 1) < 0.01)
    player.stop()
    recording.stop()


@test("a client's volume is the sink's when it comes")
def _(world):
    def told():
        # Not one that hurries: FreeRDP's does not wait for its sound server to say the volume, and
        # tells none then.
        world.client = world.instance.connect("/sound:sys:pulse")
        wait_for("the client's sink", lambda: world.pactl("get-default-sink") == "remote\n")
        try:
            return wait_for("its volume",
                            lambda: " 40%" in world.pactl("get-sink-volume", "remote"), 3)
        except AssertionError as late:
            print(f"# {late}: {world.pactl('get-sink-volume', 'remote')[:50]}")
            return False
        finally:
            world.disconnect()

    world.disconnect()
    world.ears.ctl("set-sink-volume", "ear", "40%")
    assert any(told() for _ in range(5))
    world.ears.ctl("set-sink-volume", "ear", "100%")


@test("a click is on the wire soon, and heard little later than without RDP")
def _(world):
    world.connect_with_sound(latency=QUICK)
    unbroken(lambda: check_clicks(world, CLICKS, measure_direct(world, CLICKS, QUICK)))


if __name__ == "__main__":
    main(World)
