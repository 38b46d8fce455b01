# SPDX-License-Identifier: MIT
"""Sound of applications in the image, as it comes out of a real client's loudspeaker."""

import os

from instance import Instance, setup_environment
from screen import Screen
from sound import RATE, ClientSound, pitch, sounding, tone, tone_faults
from tap import equal, run, test, wait_for

SINK = "Sound on "


class World:
    def __init__(self):
        self.screen = Screen()
        self.ears = ClientSound()
        os.environ["PULSE_SERVER"] = self.ears.server  # the client's
        self.instance = Instance("sound")
        self.client = None

    def connect(self, *options):
        self.client = self.instance.connect("/sound:sys:pulse,latency:150", *options)

    def pactl(self, *arguments):
        return self.instance.command("pactl", *arguments)

    def stop(self):
        self.client.terminate()
        self.client.wait(10)
        self.instance.stop()
        self.ears.stop()
        self.screen.stop()


def near(got, want, slack, what):
    if abs(got - want) > slack:
        raise AssertionError(f"{what} is {got}, not within {slack} of {want}")


@test("without a client applications play into silence, in real time")
def _(world):
    sinks = world.pactl("list", "short", "sinks")
    assert "silence" in sinks, sinks


@test("a client that plays sound brings a sink of its own, the default one")
def _(world):
    world.connect()
    wait_for("the client's sink", lambda: "remote" in world.pactl("get-default-sink"))
    assert SINK in world.pactl("list", "sinks")


@test("a tone arrives with its pitch and without a gap")
def _(world):
    recording = world.ears.listen()
    player = world.instance.exec("pacat", "--raw", "--latency-msec=200", "--rate=48000",
                                 tone(os.path.join(world.ears.directory, "tone"), 10))
    assert player.process.wait(30) == 0
    recording.wait_for_quiet()
    samples = sounding(recording.stop())
    near(len(samples) / RATE, 10, 0.05, "its length")
    near(pitch(samples), 1000, 1, "its pitch")
    equal(tone_faults(samples), [], "the places where it breaks")


if __name__ == "__main__":
    setup_environment()
    the_world = World()
    try:
        code = run(the_world)
    finally:
        the_world.stop()
    raise SystemExit(code)
