# SPDX-License-Identifier: MIT
"""What sound costs and how late it is: JSON on stdout.

Run as tests/bench/run runs first_light.py. For either sound server: milliseconds from an application's
hands to the wire and to the client's loudspeaker, and to the same loudspeaker without RDP; from the
client's microphone to an application; CPU and bytes while a tone plays.
"""

import json
import os
import statistics
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../e2e"))

from instance import WORK, setup_environment  # noqa: E402
from sound import RATE, Wire, sounding, tone, tone_faults  # noqa: E402
from sound_world import (PATIENT, QUICK, World, measure_clicks, measure_direct,  # noqa: E402
                         measure_microphone)
from stacks import cpu_seconds  # noqa: E402

CLICKS = 30
MICROPHONE_CLICKS = 10
SECONDS = 60
SERVERS = {
    "pulseaudio": ("image/debian-13.amd64.erofs", ["pulseaudio"]),
    "pipewire": ("image-debian-13-pipewire/debian-13-pipewire.amd64.erofs",
                 ["pipewire", "wireplumber"]),
}


def spread(times):
    return {"min": round(min(times), 1), "median": round(statistics.median(times), 1),
            "p95": round(sorted(times)[int(len(times) * 0.95) - 1], 1)}


def playing(world, programs):
    pids = sum((world.instance.host_pids(name) for name in programs + ["sill-rdp"]), [])
    recording = world.ears.listen()
    wire = Wire(world.instance.address()[1])
    before = cpu_seconds(pids)
    world.play(tone(world.file("tone"), SECONDS)).process.wait(SECONDS + 20)
    cpu = cpu_seconds(pids) - before
    wire.stop()
    recording.wait_for_quiet()
    samples = sounding(recording.stop())
    faults = tone_faults(samples)
    breaks = sum(1 for last, fault in zip([-1] + faults, faults) if fault - last > 0.02)
    return {"cpu_percent": round(cpu / SECONDS * 100, 1),
            "bytes_per_second": round(wire.bytes / SECONDS),
            "breaks_per_minute": round(breaks * 60 * RATE / len(samples), 1),
            "drift_ppm": world.status_number(r"(-?\d+) ppm"),
            "dropped_ms": world.status_number(r"(\d+) ms dropped")}


def measure(server):
    image, programs = SERVERS[server]
    os.environ["SILL_SOUND_SERVER"] = server
    os.environ["SILL_SOUND_IMAGE"] = os.path.join(WORK, image)
    world = World("bench-" + server)
    world.connect_with_sound(latency=QUICK)
    sent, heard = measure_clicks(world, CLICKS)
    result = {"sent_ms": spread(sent), "heard_ms": spread(heard),
              "without_rdp_ms": spread(measure_direct(world, CLICKS, QUICK))}
    world.disconnect()
    world.connect_with_sound(latency=PATIENT)
    result["microphone_ms"] = spread(measure_microphone(world, MICROPHONE_CLICKS))
    result["playing"] = playing(world, programs)
    world.stop()
    return result


def main():
    setup_environment()
    result = {"load": os.getloadavg()[0]}
    for server in SERVERS:
        result[server] = measure(server)
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
