# SPDX-License-Identifier: MIT
"""Whether sound is as good after ten minutes as it was at first, and after the client stood still.

It takes a quarter of an hour: tests/run long.
"""

import os
import signal
import time

from sound import RATE, tone
from sound_world import (ATTEMPTS, PATIENT, QUICK, World, check_clicks, check_tone, measure_direct,
                         unbroken)
from tap import test, wait_for
from world import main

CLICKS = 20
MINUTE = 60
MINUTES = float(os.environ.get("MINUTES", "10"))
STALL = 2.0


def check_quickness(world, latency):
    unbroken(lambda: check_clicks(world, CLICKS, measure_direct(world, CLICKS, latency)))


@test("sound is quick at first")
def _(world):
    world.connect_with_sound(latency=QUICK)
    check_quickness(world, QUICK)


@test("and after minutes of a tone, which does not break in the last one")
def _(world):
    def last_minute():
        assert player.alive()
        recording = world.ears.listen()
        wait_for("the last minute", lambda: recording.seconds() > MINUTE, timeout=MINUTE + 10)
        samples = recording.stop()
        print("#", world.status(), flush=True)
        check_tone(samples, len(samples) / RATE)

    world.disconnect()
    world.connect_with_sound()
    player = world.play(tone(world.file("long"), (MINUTES + ATTEMPTS) * MINUTE))
    end = time.monotonic() + (MINUTES - 1) * MINUTE
    while time.monotonic() < end:
        assert player.alive()
        print("#", world.status(), flush=True)
        time.sleep(min(MINUTE / 2, max(0, end - time.monotonic())))
    try:
        unbroken(last_minute)
    finally:
        player.stop()


@test("a click is still as quick")
def _(world):
    check_quickness(world, PATIENT)


@test("and after the client stood still for two seconds while sound was playing")
def _(world):
    player = world.play(tone(world.file("stalled"), 40))
    wait_for("the tone", lambda: world.status_number(r"(\d+) ms late") > 0)
    pids = world.client_pids()
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    time.sleep(STALL)
    for pid in pids:
        os.kill(pid, signal.SIGCONT)
    wait_for("late sound to be dropped", lambda: world.status_number(r"(\d+) ms dropped")
             > 1000 * STALL - 500)
    print("#", world.status())
    player.stop()
    check_quickness(world, PATIENT)


if __name__ == "__main__":
    main(lambda: World("sound-long"))
