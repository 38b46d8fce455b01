# SPDX-License-Identifier: MIT
"""An instance, a client with ears and a mouth, and what the tests of sound do with them."""

import os
import re
import subprocess

import numpy

from instance import WORK, App, Instance
from screen import Screen
from sound import RATE, ClientSound, Wire, delays, pitch, sounding, tone_faults
from tap import equal, wait_for

CLICK = os.path.join(WORK, "build/tests/e2e/click")
# The client's buffer, in ms: one that a machine busy with other things does not empty, and a short one.
PATIENT = 200
QUICK = 60


class World:
    def __init__(self, name="sound"):
        self.screen = Screen()
        self.ears = ClientSound()
        os.environ["PULSE_SERVER"] = self.ears.server  # the client's
        # The same tests serve an image with another sound server.
        self.instance = Instance(name, os.environ.get("SILL_SOUND_IMAGE"))
        self.client = None
        self.server_name = os.environ.get("SILL_SOUND_SERVER", "pulseaudio")

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

    def client_pids(self):
        """Of the client itself: it is started through wrappers, in a process group of its own."""
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/comm") as file:
                    if file.read().strip().startswith("xfreerdp"):
                        found.append(int(pid))
            except OSError:
                continue
        return found

    def pactl(self, *arguments):
        return self.instance.command("pactl", *arguments)

    def try_pactl(self, *arguments):
        """While the sound server may be away."""
        try:
            return self.pactl(*arguments)
        except AssertionError:
            return ""

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


def check_tone(samples, seconds, frequency=1000, slack=0.05):
    samples = sounding(samples)
    near(len(samples) / RATE, seconds, slack, "its length")
    near(pitch(samples), frequency, 1, "its pitch")
    equal(tone_faults(samples, frequency), [], "the places where it breaks")


def clicks_of(app):
    """When an application handed each of its clicks to the sound server."""
    equal(app.process.wait(60), 0, "the exit code")
    app.lines.wait("end")
    return [int(line) / 1e9 for line in app.lines.seen if line.isdigit()]


def measure_clicks(world, count):
    """Milliseconds from an application's hands to the wire, and to the client's loudspeaker."""
    recording = world.ears.listen()
    wire = Wire(world.instance.address()[1])
    clicks = clicks_of(world.instance.exec(CLICK, str(count), "5"))
    recording.wait_for_quiet()
    wire.stop()
    recording.stop()
    return delays(clicks, wire.bursts()), delays(clicks, recording.onsets())


def measure_direct(world, count, latency):
    """The same client buffer, filled by the same application, without RDP."""
    recording = world.ears.listen()
    clicks = clicks_of(App(subprocess.Popen(
        [CLICK, str(count), str(latency)], env=dict(os.environ, PULSE_SERVER=world.ears.server),
        stdout=subprocess.PIPE, text=True)))
    recording.wait_for_quiet()
    recording.stop()
    return delays(clicks, recording.onsets())


def check_clicks(world, count, direct):
    """As soon on the wire and heard as is promised."""
    sent, heard = measure_clicks(world, count)
    for what, times in (("sent", sent), ("heard", heard), ("without RDP", direct)):
        print(f"# {what} after {min(times):.1f} to {max(times):.1f} ms, "
              f"median {numpy.median(times):.1f}, p95 {numpy.percentile(times, 95):.1f}")
    equal((len(sent), len(heard)), (count, count), "how many clicks came")
    assert numpy.median(sent) <= 25, sent
    assert numpy.percentile(sent, 95) <= 50, sent
    assert numpy.median(heard) <= numpy.median(direct) + 60, (heard, direct)
