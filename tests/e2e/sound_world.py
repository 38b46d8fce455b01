# SPDX-License-Identifier: MIT
"""An instance, a client with ears and a mouth, and what the tests of sound do with them."""

import os
import re
import subprocess
import time

import numpy

from instance import WORK, App, Instance
from screen import Screen
from sound import (RATE, ClientSound, Recording, Wire, delays, pitch, promptly, sounding,
                   tone, tone_faults)
from tap import Skip, equal, wait_for

CLICK = os.path.join(WORK, "build/tests/e2e/click")
# The client's buffer, in ms: one that a machine busy with other things does not empty, and a short one.
PATIENT = 200
QUICK = 60
ATTEMPTS = 3
# Of the time that somebody here waits for a processor, and of the processors' that the host kept for
# others: in whose pieces this machine stands still, whatever the priority of who wants to play.
BUSY = 0.33
STOLEN = 0.04


class World:
    def __init__(self, name="sound"):
        self.screen = Screen()
        # The same tests serve an image with another sound server.
        self.instance = Instance(name, os.environ.get("SILL_SOUND_IMAGE"))
        self.ears = ClientSound()
        os.environ["PULSE_SERVER"] = self.ears.server  # the client's
        self.client = None
        self.server_name = os.environ.get("SILL_SOUND_SERVER", "pulseaudio")

    def connect(self, *options):
        with promptly():
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

    def sink_of(self, stream):
        names = dict(line.split("\t")[:2] for line in self.pactl("list", "short", "sinks").splitlines())
        for line in self.pactl("list", "short", "sink-inputs").splitlines():
            if line.split("\t")[0] == stream:
                return names.get(line.split("\t")[1])
        return None

    def move(self, stream, sink):
        """Asks until it is so. PipeWire forgets what was asked by who hung up at once, as pactl does:
        its daemon looks at the hang-up of pipewire-pulse's connection before it reads what came over it
        (1.4.2 and 1.6, connection_data() of module-protocol-native)."""
        wait_for(f"stream {stream} to be at {sink}", lambda: self.sink_of(stream) == sink
                 or self.pactl("move-sink-input", stream, sink))

    def play(self, path, *options):
        with promptly():
            return self.instance.exec("pacat", "--raw", "--latency-msec=200", f"--rate={RATE}",
                                      *options, path)

    def check_heard(self, seconds):
        """A tone, from its beginning to its end and without a gap."""
        recording = self.ears.listen()
        player = self.play(tone(self.file("tone"), seconds))
        equal(player.process.wait(seconds + 20), 0, "the player's exit code")
        recording.wait_for_quiet()
        check_tone(recording.stop(), seconds)

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


def waiting():
    """For how many seconds, so far, somebody in this machine had to wait for a processor."""
    try:
        with open("/proc/pressure/cpu") as file:
            return int(re.search(r"some .*total=(\d+)", file.read())[1]) / 1e6
    except OSError:  # a kernel that does not tell
        return 0.0


def stolen():
    """How many seconds of this machine's processors, so far, its host gave to others: of all of them,
    as a mean."""
    with open("/proc/stat") as file:
        steal = int(file.readline().split()[8])
    return steal / os.sysconf("SC_CLK_TCK") / os.cpu_count()


def unbroken(attempt):
    """Sound has to be whole on a machine that has time for it. Where others want the processors more than
    a third of the time, or the host keeps them, it may break: that is no fault, and no success."""
    for _ in range(ATTEMPTS):
        begun, waited, kept = time.monotonic(), waiting(), stolen()
        try:
            return attempt()
        except AssertionError as broken:
            passed = time.monotonic() - begun
            busy, away = (waiting() - waited) / passed, (stolen() - kept) / passed
            print(f"# somebody waited for a processor {busy:.0%} of the time, the host kept them "
                  f"{away:.0%}: {str(broken)[:200]}", flush=True)
            if busy < BUSY and away < STOLEN:
                raise
    raise Skip(f"the machine is too busy with other things to tell, {ATTEMPTS} times")


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
    with promptly():
        app = world.instance.exec(CLICK, str(count), "5")
    clicks = clicks_of(app)
    recording.wait_for_quiet()
    wire.stop()
    recording.stop()
    return delays(clicks, wire.bursts()), delays(clicks, recording.onsets())


def measure_direct(world, count, latency):
    """The same client buffer, filled by the same application, without RDP."""
    recording = world.ears.listen()
    with promptly():
        app = App(subprocess.Popen(
            [CLICK, str(count), str(latency)], stdout=subprocess.PIPE, text=True,
            env=dict(os.environ, PULSE_SERVER=world.ears.server)))
    clicks = clicks_of(app)
    recording.wait_for_quiet()
    recording.stop()
    return delays(clicks, recording.onsets())


def measure_microphone(world, count):
    """Milliseconds from a recorder beside the client's microphone to an application that records it."""
    inside = Recording(world.server(), "@DEFAULT_SOURCE@")
    wait_for("the microphone to be on", lambda: "microphone on" in world.status())
    beside = Recording(world.ears.server, "mouth.monitor")
    with promptly():
        app = App(subprocess.Popen(
            [CLICK, str(count), "20"], stdout=subprocess.PIPE, text=True,
            env=dict(os.environ, PULSE_SERVER=world.ears.server, PULSE_SINK="mouth")))
    clicks_of(app)
    wait_for("the last click", lambda: len(inside.onsets()) >= count)
    inside.stop()
    beside.stop()
    return delays(beside.onsets(), inside.onsets())


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
