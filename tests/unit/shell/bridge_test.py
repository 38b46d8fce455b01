#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The bridge to sill-rdp: who may have it, and what becomes of windows while it is gone, slow or idle.

    bridge_test.py MODULE PROBE RUDE_CLIENT RUDE_X11 GREEDY SILL_X11 MENUS [--pictures=DIR] [NAME...],
    see suite.py
"""
import signal
import subprocess
import time

from harness import Probe, WAIT, check, colours
from suite import main, start_foot, titled


def test_bridge_comes_back(weston, probe):
    "kill -9 of the bridge costs no window; the next one gets them all"
    a = start_foot(weston, probe, title="first")
    b = start_foot(weston, probe, title="second")
    probe.kill()
    time.sleep(0.2)
    second = Probe(probe.program, weston)
    try:
        second.wait(lambda: {a.number, b.number} <= set(second.windows), "both windows")
        check(all(w.frames == 0 for w in second.windows.values()), "frames while inactive")
        second.activate()
        second.wait(lambda: all(w.frames for w in second.windows.values()), "their content")
        w = second.windows[a.number]
        check(w.title == "first" and w.geometry == a.geometry, "%s %s" % (w.title, w.geometry))
        check(colours(second.pixels(w)) > 5, "no content")
        third = Probe(probe.program, weston)
        third.wait(lambda: len(third.windows) == 2, "the windows at a superseding bridge")
        third.kill()
    finally:
        second.kill()


def test_no_global(weston, probe):
    "an ordinary client does not see the private globals, nor the bridge those of X11"
    out = subprocess.run([probe.program, weston.public], stdout=subprocess.PIPE,
                         stdin=subprocess.DEVNULL, timeout=WAIT)
    check(out.returncode == 3 and b"no global" in out.stdout and b"bad" not in out.stdout,
          "%s" % out)


def test_hung_bridge(weston, probe):
    "a bridge that answers no frame slows applications and stops none"
    probe.send("answer", 0)
    weston.start("weston-simple-shm")
    w = probe.window("simple-shm", titled("simple-shm"))
    start, memory = w.frames, weston.rss_kib()
    time.sleep(3)
    probe.read()
    check(w.frames == start, "%d frames in 3 s" % (w.frames - start))
    check(weston.rss_kib() - memory < 4096, "memory grew")
    probe.send("answer", 1)
    probe.wait(lambda: w.frames > start + 30, "frames again", 5)


def test_stopped_bridge(weston, probe):
    "a bridge that reads nothing loses no connection and costs no memory"
    flood = r"i=0; while :; do i=$((i+1)); printf '\033]0;title %d\007' $i; done"
    weston.start("foot", "--config=/dev/null", "sh", "-c", flood)
    w = probe.window("a window", lambda w: True)
    probe.wait(lambda: titled("title")(w), "a title")
    memory = weston.rss_kib()
    probe.process.send_signal(signal.SIGSTOP)
    time.sleep(3)
    grown = weston.rss_kib() - memory
    probe.process.send_signal(signal.SIGCONT)
    before = len(probe.lines)
    probe.sync()
    told = len(probe.lines) - before
    check(grown < 4096, "memory grew by %d KiB" % grown)
    check(told < 5000, "%d events were kept for it" % told)
    frames = w.frames
    probe.wait(lambda: w.frames > frames, "frames again")
    print("# %d KiB, %d events" % (grown, told))


def test_pacing(weston, probe):
    "frames come no faster than the monitor's refresh, and slowly when nobody looks"
    weston.start("weston-simple-shm")
    w = probe.window("simple-shm", titled("simple-shm"))
    start, begin = w.frames, time.monotonic()
    time.sleep(2)
    probe.read()
    rate = (w.frames - start) / (time.monotonic() - begin)
    check(5 < rate < 63, "%.1f frames/s" % rate)
    probe.send("active", 0)
    probe.sync()
    start, begin = weston.cpu_ticks(), w.frames
    time.sleep(2)
    probe.read()
    check(w.frames == begin, "frames while inactive")
    print("# %.1f frames/s active, %d ticks of 10 ms in 2 s inactive" %
          (rate, weston.cpu_ticks() - start))


def test_minimized(weston, probe):
    "a minimised window costs next to nothing, and goes on at once when it is back"
    weston.start("weston-simple-shm")
    w = probe.window("simple-shm", titled("simple-shm"))
    probe.send("state", w.number, 4)
    probe.wait(lambda: w.state == 4, "it to be minimised")
    probe.sync()
    frames, switches = w.frames, weston.switches()
    time.sleep(3)
    probe.read()
    woken = weston.switches() - switches
    print("# %d wake-ups in 3 s" % woken)
    check(w.frames == frames, "%d frames of it" % (w.frames - frames))
    check(woken < 60, "%d wake-ups in 3 s" % woken)
    # Not when its slow turn comes, once a second
    for _ in range(5):
        frames, begin = w.frames, time.monotonic()
        probe.send("state", w.number, 0)
        probe.wait(lambda: w.frames >= frames + 3, "three frames")
        took = time.monotonic() - begin
        check(took < 0.9, "it took %.2f s" % took)
        probe.send("state", w.number, 4)
        probe.wait(lambda: w.state == 4, "it to be minimised")


def test_idle(weston, probe):
    "an idle session does not wake up"
    start_foot(weston, probe, "cat")
    time.sleep(1)
    before = weston.switches()
    time.sleep(3)
    woken = weston.switches() - before
    check(woken <= 3, "%d wake-ups in 3 s" % woken)


if __name__ == "__main__":
    main(globals())
