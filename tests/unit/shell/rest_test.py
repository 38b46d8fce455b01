#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Windows whose pixels nobody needs now: they have no memory here, and come back as they were.

    rest_test.py MODULE PROBE RUDE_CLIENT RUDE_X11 GREEDY SILL_X11 MENUS [--pictures=DIR] [NAME...],
    see suite.py
"""
import subprocess

from harness import Probe, check, colours
from suite import main, programs, start_foot, titled


def memories(weston):
    """How many of them windows have."""
    with open("/proc/%d/maps" % weston.pid) as f:
        return sum("/memfd:sill-window" in line for line in f)


def rest(weston, probe, window):
    """Until it does: what was drawn meanwhile had to be sent first."""
    def rests():
        probe.sync()
        if memories(weston) > 0:
            probe.send("rest", window.number)
            probe.sync()
        return memories(weston) == 0

    probe.wait(rests, "the memory to be given back")


def refresh(probe, window):
    frames = window.frames
    probe.send("refresh", window.number)
    probe.wait(lambda: window.frames > frames, "its content")
    return probe.pixels(window)


def start_menus(weston, probe):
    """The application, its window and what that shows."""
    app = weston.start(programs["menus"], "400", "300", stdin=subprocess.PIPE)
    w = probe.window("menus", titled("menus"))
    picture = probe.pixels(w)
    check(colours(picture) > 100, "%d colours" % colours(picture))
    return app, w, picture


def say(app, line):
    app.stdin.write(line.encode() + b"\n")
    app.stdin.flush()


def test_refresh(weston, probe):
    "a window that rests has no memory, and shows what it did once it is wanted"
    _, w, picture = start_menus(weston, probe)
    for _ in range(5):
        rest(weston, probe, w)
        check(refresh(probe, w) == picture, "another picture")
        check(memories(weston) == 1, "%d memories" % memories(weston))


def ink(picture):
    """So many pixels that are not as the last one, where there is no text."""
    data = picture[2]
    return sum(data[i:i + 4] != data[-4:] for i in range(0, len(data), 4))


def test_drawing(weston, probe):
    "what an application draws while its window rests is shown with all that was there before"
    w = start_foot(weston, probe, "cat")
    probe.type("abc")
    probe.wait(lambda: colours(probe.pixels(w)) > 5, "the letters")
    first = probe.pixels(w)
    for letter in "defgh":
        probe.sync()
        before = probe.pixels(w)
        rest(weston, probe, w)
        frames = w.frames
        probe.type(letter)
        probe.wait(lambda: w.frames > frames and probe.pixels(w) != before, "another letter")
    probe.sync()
    inked = ink(probe.pixels(w))
    check(inked > ink(first) * 3 // 2, "%d pixels of ink, %d before" % (inked, ink(first)))


def test_next_bridge(weston, probe):
    "the next bridge gets windows that rest, and they need not be drawn for that"
    _, w, picture = start_menus(weston, probe)
    rest(weston, probe, w)
    probe.kill()
    second = Probe(probe.program, weston)
    try:
        second.activate()
        again = second.window("the window", titled("menus"))
        check(second.pixels(again) == picture, "another picture")
    finally:
        second.kill()


def test_destroyed(weston, probe):
    "what an application takes away while its window rests is taken over before"
    app, w, picture = start_menus(weston, probe)
    rest(weston, probe, w)
    say(app, "destroy 0")
    probe.wait(lambda: memories(weston) == 1, "the window to have memory again")
    check(refresh(probe, w) == picture, "another picture")
    probe.send("rest", w.number)  # there is nothing to draw it from any more
    probe.sync()
    check(refresh(probe, w) == picture, "another picture after a rest without a buffer")


def test_busy(weston, probe):
    "a bridge that lets go of a window that is being drawn loses nothing"
    weston.start("weston-simple-shm")
    w = probe.window("simple-shm", titled("simple-shm"))
    for _ in range(100):
        frames = w.frames
        probe.send("rest", w.number)
        probe.wait(lambda: w.frames > frames, "frames")


def test_subsurfaces(weston, probe):
    "a window of several surfaces keeps what it shows"
    weston.start("weston-subsurfaces", "-t1")
    w = probe.window("subsurfaces", lambda w: True)
    probe.wait(lambda: colours(probe.pixels(w)) > 20, "its content")
    probe.send("rest", w.number)
    check(colours(refresh(probe, w)) > 20, "it has gone")


def test_going(weston, probe):
    "windows that rest go, are resized and minimized as others"
    app, w, _ = start_menus(weston, probe)
    rest(weston, probe, w)
    probe.configure(w, 10, 10, 500, 200)
    probe.wait(lambda: w.geometry == (10, 10, 500, 200) and
               probe.pixels(w)[:2] == (500, 200), "the other size")
    rest(weston, probe, w)
    probe.send("state", w.number, 4)
    probe.wait(lambda: w.state == 4, "it to be minimized")
    probe.send("activate", w.number)
    probe.wait(lambda: w.state == 0, "it to be back")
    check(refresh(probe, w)[:2] == (500, 200), "another size")
    rest(weston, probe, w)
    app.kill()
    probe.wait(lambda: w.closed, "it to go")
    check(memories(weston) == 0, "%d memories of nothing" % memories(weston))


if __name__ == "__main__":
    main(globals())
