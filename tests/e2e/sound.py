# SPDX-License-Identifier: MIT
"""The client's ears and mouth: a sound server of its own, what it heard, and what to make of it."""

import contextlib
import os
import socket
import struct
import subprocess
import tempfile
import threading
import time

import numpy

from tap import wait_for

RATE = 48000


@contextlib.contextmanager
def promptly():
    """What is started in it does not wait for what the machine compiles beside this test, as little as
    players and sound servers on a desk do: whoever plays and whoever listens. The instance sees to
    itself."""
    try:
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    except PermissionError:
        print("# not allowed to give what plays and listens a priority")
    try:
        yield
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


class ClientSound:
    """A PulseAudio with a sink that is listened to and a source that something is sung into."""

    def __init__(self):
        self.directory = tempfile.mkdtemp(prefix="ears-", dir=os.environ["HOME"])
        self.server = "unix:" + os.path.join(self.directory, "native")
        with promptly():
            self._start()
        wait_for("the client's sound server", lambda: self.ctl("info", check=False))
        self.ctl("set-default-sink", "ear")
        self.ctl("set-default-source", "mouth.monitor")

    def _start(self):
        self.process = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1",
             "--realtime=no", "--high-priority=no", "--log-level=error", "--log-target=stderr",
             "-L", "module-null-sink sink_name=ear rate=48000 norewinds=1",
             "-L", "module-null-sink sink_name=mouth rate=48000 norewinds=1",
             "-L", "module-native-protocol-unix auth-anonymous=1 socket="
             + os.path.join(self.directory, "native")],
            env=dict(os.environ, XDG_RUNTIME_DIR=self.directory, PULSE_STATE_PATH=self.directory,
                     PULSE_RUNTIME_PATH=self.directory),
            stderr=subprocess.DEVNULL)

    def ctl(self, *arguments, check=True):
        result = subprocess.run(["pactl", "--server", self.server, *arguments], text=True,
                                capture_output=True, timeout=20)
        if check and result.returncode != 0:
            raise AssertionError(f"pactl {' '.join(arguments)}: {result.stderr}")
        return result.stdout if result.returncode == 0 else ""

    def listen(self, channels=2):
        return Recording(self.server, "ear.monitor", channels)

    def sing(self, path):
        """Plays a file into the client's microphone."""
        with promptly():
            return Singer(["pacat", "--server", self.server, "--device", "mouth", "--raw",
                           "--latency-msec=200", f"--rate={RATE}", path])

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


class Singer(subprocess.Popen):
    def stop(self):
        self.terminate()
        self.wait(10)


class Recording:
    """What a source hears from now on, with the time of each part's arrival."""

    def __init__(self, server, source, channels=2, latency_ms=10):
        self.channels = channels
        self._parts = []  # (time, frames before it, samples)
        self._frames = 0
        with promptly():
            self._process = subprocess.Popen(
                ["parec", "--server", server, "--device", source, "--raw", "--format=s16le",
                 f"--rate={RATE}", f"--channels={channels}", f"--latency-msec={latency_ms}"],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
            self._thread = threading.Thread(target=self._pump, daemon=True)
            self._thread.start()
        wait_for("the first sound recorded", lambda: self._frames > 0)

    def _pump(self):
        rest = b""
        size = 2 * self.channels
        while True:
            data = os.read(self._process.stdout.fileno(), 65536)
            if not data:
                return
            now = time.time()
            data = rest + data
            whole = len(data) // size * size
            rest = data[whole:]
            samples = numpy.frombuffer(data[:whole], dtype="<i2").reshape(-1, self.channels)
            self._parts.append((now, self._frames, samples))
            self._frames += len(samples)

    def seconds(self):
        return self._frames / RATE

    def samples(self):
        """The first channel, -1 to 1."""
        parts = [part[:, 0] for _, _, part in list(self._parts)]
        return numpy.concatenate(parts).astype(numpy.float64) / 32768 if parts else numpy.zeros(0)

    def tail(self, seconds):
        """The last of them, however many there are."""
        wanted, parts = int(seconds * RATE), []
        for _, _, part in reversed(list(self._parts)):
            parts.insert(0, part[:, 0])
            wanted -= len(part)
            if wanted <= 0:
                break
        return numpy.concatenate(parts).astype(numpy.float64)[-int(seconds * RATE):] / 32768

    def wait_for_quiet(self, seconds=0.5):
        """What an application played to its end is still on its way then."""
        wait_for("silence", lambda: not numpy.any(numpy.abs(self.tail(seconds)) > 0.02))

    def onsets(self, threshold=0.2):
        """When something loud began after a tenth of a second of less."""
        times = []
        last = -RATE
        for now, before, part in list(self._parts):
            loud = numpy.abs(part[:, 0].astype(numpy.int32)) > threshold * 32768
            for index in numpy.flatnonzero(loud):
                if before + index - last > RATE // 10:
                    times.append(now - (len(part) - index) / RATE)
                last = before + index
        return times

    def stop(self):
        self._process.terminate()
        self._process.wait(10)
        self._thread.join(10)
        return self.samples()


def tone(path, seconds, frequency=1000.0, end_frequency=None, amplitude=0.5):
    """A stereo file for pacat: a tone, or a chirp that ends elsewhere."""
    time_axis = numpy.arange(int(seconds * RATE)) / RATE
    end_frequency = frequency if end_frequency is None else end_frequency
    phase = 2 * numpy.pi * (frequency * time_axis
                            + (end_frequency - frequency) * time_axis ** 2 / (2 * seconds))
    samples = (amplitude * 32767 * numpy.sin(phase)).astype("<i2")
    numpy.repeat(samples, 2).tofile(path)
    return path


def sounding(samples, threshold=0.02):
    """From the first to the last loud sample."""
    loud = numpy.flatnonzero(numpy.abs(samples) > threshold)
    return samples[loud[0]:loud[-1] + 1] if len(loud) else samples[:0]


def level(recording, seconds=0.3):
    """How loud it is now."""
    return float(numpy.abs(recording.tail(seconds)).max())


def pitch(samples):
    """The strongest frequency, in Hz."""
    window = samples[:1 << 17] if len(samples) >= 1 << 17 else samples
    spectrum = numpy.abs(numpy.fft.rfft(window * numpy.hanning(len(window)), 1 << 19))
    return float(numpy.argmax(spectrum)) * RATE / (1 << 19)


def tone_faults(samples, frequency=1000.0):
    """Where a tone breaks off, skips or repeats: seconds into it. Its phase must not jump.

    The phase of blocks of 10 ms, against a tone of the same pitch: a client whose clock is another
    turns it slowly, a lost millisecond turns it at once."""
    block = RATE // 100
    count = len(samples) // block
    blocks = samples[:count * block].reshape(count, block)
    carrier = numpy.exp(-2j * numpy.pi * frequency * numpy.arange(count * block) / RATE)
    tones = (blocks * carrier.reshape(count, block)).sum(axis=1) / block
    level = numpy.median(numpy.abs(tones))
    faults = set(numpy.flatnonzero(numpy.abs(tones) < level * 0.9))
    jumps = numpy.abs(numpy.angle(tones[1:] * numpy.conj(tones[:-1])))
    faults |= set(numpy.flatnonzero(jumps > 0.3) + 1)
    # The first and the last block are cut by the tone's own ends.
    return sorted(index / 100 for index in faults if 0 < index < count - 1)


class Wire:
    """When the server of an RDP connection put sound on the wire: whole packets, as the kernel saw
    them on the loopback, in seconds of the wall clock."""

    SO_TIMESTAMPNS = 35

    def __init__(self, port, least=1000):
        self.times = []
        self.bytes = 0
        self._port, self._least = port, least
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800))
        self._socket.bind(("lo", 0))
        self._socket.setsockopt(socket.SOL_SOCKET, self.SO_TIMESTAMPNS, 1)
        self._socket.settimeout(0.2)
        self._going = True
        self._thread = threading.Thread(target=self._pump, daemon=True)
        self._thread.start()

    def _pump(self):
        while self._going:
            try:
                packet, ancillary, _, address = self._socket.recvmsg(128, 64, socket.MSG_TRUNC)
            except TimeoutError:
                continue
            # The loopback shows each packet going out and coming in.
            if address[2] == socket.PACKET_OUTGOING or packet[23] != socket.IPPROTO_TCP:
                continue
            size = struct.unpack_from(">H", packet, 16)[0]
            ports = 14 + (packet[14] & 15) * 4
            payload = size - (packet[14] & 15) * 4 - (packet[ports + 12] >> 4) * 4
            if struct.unpack_from(">H", packet, ports)[0] != self._port or payload <= 0:
                continue
            self.bytes += payload
            if payload >= self._least:
                seconds, nanoseconds = struct.unpack("ll", ancillary[0][2])
                self.times.append(seconds + nanoseconds / 1e9)

    def bursts(self, pause=0.3):
        """When something was sent after a pause."""
        return [now for before, now in zip([0.0] + self.times, self.times) if now - before > pause]

    def stop(self):
        self._going = False
        self._thread.join()
        self._socket.close()


def delays(begins, ends, limit=2.0):
    """From each begin to the first end after it, in milliseconds, where there is one in time."""
    found = []
    for begin in begins:
        later = [end - begin for end in ends if 0 <= end - begin < limit]
        if later:
            found.append(min(later) * 1000)
    return found
