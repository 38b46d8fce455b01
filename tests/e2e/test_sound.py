# SPDX-License-Identifier: MIT
"""Sound of applications in the image, as it comes out of a real client's loudspeaker, and back."""

import os
import re
import subprocess

import numpy

from instance import WORK, App, Instance, setup_environment
from screen import Screen
from sound import (RATE, ClientSound, Recording, Wire, delays, level, pitch, sounding, tone,
                   tone_faults)
from tap import equal, run, test, wait_for

# The client's buffer, in ms: one that a machine busy with other things does not empty, and a short one.
PATIENT = 200
QUICK = 60
CLICKS = 20
CLICK = os.path.join(WORK, "build/tests/e2e/click")


class World:
    def __init__(self):
        self.screen = Screen()
        self.ears = ClientSound()
        os.environ["PULSE_SERVER"] = self.ears.server  # the client's
        self.instance = Instance("sound")
        self.client = None

    def connect(self, *options):
        self.client = self.instance.connect(*options)

    def connect_with_sound(self, latency=PATIENT):
        self.connect(f"/sound:sys:pulse,latency:{latency}", "/microphone:sys:pulse")
        wait_for("the client's sink", lambda: self.pactl("get-default-sink") == "remote\n")
        wait_for("the client's source",
                 lambda: self.pactl("get-default-source") == "microphone\n")

    def disconnect(self):
        self.client.terminate()
        self.client.wait(10)
        wait_for("the client's sink to go", lambda: "remote" not in self.sinks())

    def pactl(self, *arguments):
        return self.instance.command("pactl", *arguments)

    def sinks(self):
        return {line.split("\t")[1] for line in self.pactl("list", "short", "sinks").splitlines()}

    def sources(self):
        return {line.split("\t")[1]
                for line in self.pactl("list", "short", "sources").splitlines()}

    def play(self, path, *options):
        return self.instance.exec("pacat", "--raw", "--latency-msec=200", f"--rate={RATE}",
                                  *options, path)

    def sing(self, path):
        """Into the client's microphone."""
        return self.ears.sing(path)

    def file(self, name):
        return os.path.join(self.ears.directory, name)

    def server(self):
        return "unix:" + os.path.join(self.instance.status()["dir"], "wslg/PulseServer")

    def status(self):
        """What sill-rdp says of its sound."""
        return self.instance.unit("sill-rdp.service")["status"]

    def status_number(self, pattern):
        found = re.search(pattern, self.status())
        assert found, self.status()
        return int(found[1])

    def stop(self):
        if self.client is not None:
            self.client.terminate()
            self.client.wait(10)
        self.instance.stop()
        self.ears.stop()
        self.screen.stop()


def near(got, want, slack, what):
    if abs(got - want) > slack:
        raise AssertionError(f"{what} is {got}, not within {slack} of {want}")


def check_tone(samples, seconds, frequency=1000):
    samples = sounding(samples)
    near(len(samples) / RATE, seconds, 0.05, "its length")
    near(pitch(samples), frequency, 1, "its pitch")
    equal(tone_faults(samples, frequency), [], "the places where it breaks")


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
    recording = world.ears.listen()
    player = world.play(tone(world.file("tone"), 10))
    equal(player.process.wait(30), 0, "the player's exit code")
    recording.wait_for_quiet()
    check_tone(recording.stop(), 10)


@test("what an application records is what the client's microphone hears")
def _(world):
    singer = world.sing(tone(world.file("song"), 10, frequency=700))
    recording = Recording(world.server(), "@DEFAULT_SOURCE@")
    wait_for("the microphone to be on", lambda: "microphone on" in world.status())
    wait_for("five seconds of it", lambda: len(sounding(recording.samples())) > 5 * RATE)
    samples = recording.stop()
    singer.stop()
    wait_for("the microphone to be off", lambda: "microphone off" in world.status())
    samples = sounding(samples)
    near(pitch(samples), 700, 1, "its pitch")
    equal(tone_faults(samples, 700), [], "the places where it breaks")
    log = world.instance.sill("logs", "sill-rdp").stdout
    assert "the microphone is on" in log and "the microphone is off" in log, log


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
    world.disconnect()
    world.ears.ctl("set-sink-volume", "ear", "40%")
    world.connect_with_sound()
    wait_for("its volume", lambda: " 40%" in world.pactl("get-sink-volume", "remote"))
    world.disconnect()
    world.ears.ctl("set-sink-volume", "ear", "100%")


def clicks_of(app):
    """When an application handed each of its clicks to the sound server."""
    equal(app.process.wait(60), 0, "the exit code")
    app.lines.wait("end")
    return [int(line) / 1e9 for line in app.lines.seen[:-1]]


@test("a click is on the wire soon, and heard little later than without RDP")
def _(world):
    world.connect_with_sound(latency=QUICK)
    recording = world.ears.listen()
    wire = Wire(world.instance.address()[1])
    clicks = clicks_of(world.instance.exec(CLICK, str(CLICKS), "5"))
    recording.wait_for_quiet()
    wire.stop()
    sent, heard = delays(clicks, wire.bursts()), delays(clicks, recording.onsets())
    before = len(recording.onsets())
    # The same client buffer, filled by the same application, without RDP.
    clicks = clicks_of(App(subprocess.Popen(
        [CLICK, str(CLICKS), str(QUICK)], env=dict(os.environ, PULSE_SERVER=world.ears.server),
        stdout=subprocess.PIPE, text=True)))
    recording.wait_for_quiet()
    direct = delays(clicks, recording.onsets()[before:])
    recording.stop()
    for what, times in (("sent", sent), ("heard", heard), ("without RDP", direct)):
        print(f"# {what} after {min(times):.1f} to {max(times):.1f} ms, "
              f"median {numpy.median(times):.1f}, p95 {numpy.percentile(times, 95):.1f}")
    equal((len(sent), len(heard), len(direct)), (CLICKS,) * 3, "how many clicks came")
    assert numpy.median(sent) <= 25, sent
    assert numpy.percentile(sent, 95) <= 50, sent
    assert numpy.median(heard) <= numpy.median(direct) + 60, (heard, direct)


if __name__ == "__main__":
    setup_environment()
    the_world = World()
    try:
        code = run(the_world)
    finally:
        the_world.stop()
    raise SystemExit(code)
