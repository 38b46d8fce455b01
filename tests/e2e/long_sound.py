# SPDX-License-Identifier: MIT
"""Whether sound is as good after ten minutes as it was at first, and after the client stood still.

It takes a quarter of an hour: tests/run long.
"""

import os
import signal
import time

from sound import RATE, tone
from sound_world import QUICK, World, check_clicks, check_tone, measure_direct
from tap import test, wait_for
from world import main

CLICKS = 20
MINUTES = float(os.environ.get("MINUTES", "10"))
STALL = 2.0


@test("sound is quick at first")
def _(world):
    world.connect_with_sound(latency=QUICK)
    world.direct = measure_direct(world, CLICKS, QUICK)
    check_clicks(world, CLICKS, world.direct)


@test("and after minutes of a tone, which did not break in the last one")
def _(world):
    world.disconnect()
    world.connect_with_sound()
    player = world.play(tone(world.file("long"), MINUTES * 60))
    end = time.monotonic() + MINUTES * 60 - 60
    while time.monotonic() < end:
        assert player.alive()
        print("#", world.status(), flush=True)
        time.sleep(min(30, max(0, end - time.monotonic())))
    recording = world.ears.listen()
    player.process.wait(120)
    recording.wait_for_quiet()
    samples = recording.stop()
    print("#", world.status())
    check_tone(samples, 60, slack=3)


@test("a click is still as quick")
def _(world):
    check_clicks(world, CLICKS, measure_direct(world, CLICKS, 200))


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
    check_clicks(world, CLICKS, measure_direct(world, CLICKS, 200))


if __name__ == "__main__":
    main(lambda: World("sound-long"))
