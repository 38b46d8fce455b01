#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Monitors that come and go, and applications at their scale.

    monitor_test.py MODULE PROBE RUDE_CLIENT RUDE_X11 GREEDY SILL_X11 MENUS [--pictures=DIR] [NAME...],
    see suite.py
"""
import os
import subprocess

from harness import check
from suite import main, open_popup, programs, start_foot, titled


def test_monitors(weston, probe):
    "monitors come and go with windows open; every window stays reachable"
    w = start_foot(weston, probe)
    probe.send("monitor", 0, 0, 0, 1280, 800, 120, 60000)
    probe.send("monitor", 1, -1600, 0, 1600, 900, 120, 75000)
    probe.send("work_area", 1, -1600, 0, 1600, 860)
    probe.send("commit")
    probe.configure(w, -1000, 100, 500, 400)
    probe.wait(lambda: w.geometry[0] == -1000 and w.geometry[2] < 520, "a negative position")
    probe.send("state", w.number, 1)
    probe.wait(lambda: w.geometry == (-1600, 0, 1600, 860), "that monitor's work area")
    probe.send("state", w.number, 0)
    probe.wait(lambda: w.geometry[0] == -1000 and w.geometry[2] < 520, "its old place")
    for i in range(10):
        probe.send("monitor", 0, 0, 0, 1280 + i * 10, 800, 120, 60000)
        probe.send("commit")
    probe.wait(lambda: w.geometry[0] >= 0, "the window on the monitor that is left")
    probe.send("monitor", 0, 0, 0, 1920, 1080, 120, 60000)
    probe.send("commit")
    probe.move(w, 20, 20)
    probe.wait(lambda: probe.cursor.startswith("cursor "), "the pointer over the window")


def test_scale(weston, probe):
    "an application draws at the monitor's scale, sharply if it is whole"
    probe.send("monitor", 0, 0, 0, 1920, 1080, 240, 60000)
    probe.send("commit")
    w = start_foot(weston, probe, "sh")
    probe.sync()
    check(w.geometry[2] > 1000, "it is %s" % (w.geometry,))
    probe.pixels(w, "foot-scale-2")
    probe.configure(w, 10, 20, 1000, 800)
    probe.wait(lambda: 960 < w.geometry[2] <= 1010, "the new size, in pixels")
    probe.move(w, 50, 50)
    probe.wait(lambda: probe.cursor and int(probe.cursor.split()[1]) >= 40, "a big cursor")
    probe.type("touch here\n")
    probe.wait(lambda: os.path.exists(os.path.join(weston.dir, "here")), "typing")
    big = w.geometry
    probe.send("monitor", 0, 0, 0, 1920, 1080, 180, 60000)
    probe.send("commit")
    probe.wait(lambda: w.geometry[2] < big[2] - 100, "the size at one and a half")
    probe.sync()
    probe.pixels(w, "foot-scale-1.5")
    probe.send("monitor", 0, 0, 0, 1920, 1080, 120, 60000)
    probe.send("commit")
    # In the end as many columns as before, each of whole pixels
    probe.wait(lambda: abs(w.geometry[2] - big[2] / 2) < big[2] / 12, "half the size")
    check(w.geometry[:2] == big[:2], "it moved: %s" % (w.geometry,))


def test_scaled_popup(weston, probe):
    "a menu at scale 2 is where it belongs"
    probe.send("monitor", 0, 0, 0, 3000, 2000, 240, 60000)
    probe.send("commit")
    weston.start("gtk3-widget-factory")
    w = probe.window("the widget factory", titled("widget-factory"))
    check(w.geometry[2] > 2000, "it is %s" % (w.geometry,))
    probe.sync()
    popup = open_popup(probe, w, (300, 320), (10, 600))
    x, y = popup.geometry[0] - w.geometry[0], popup.geometry[1] - w.geometry[1]
    check(200 < x < 400 and 200 < y < 500, "popup at %d,%d" % (x, y))
    check(popup.geometry[2] > 200, "popup of %s" % (popup.geometry,))
    probe.pixels(popup, "gtk3-menu-scale-2")


def cycle(probe, w, place):
    """Where it is when it was put there, and again after it was maximised."""
    probe.configure(w, *place)
    w.geometry = (0, 0, 0, 0)  # what is told from now on counts
    probe.wait(lambda: all(abs(a - b) <= 1 for a, b in zip(w.geometry, place)),
               "%s, it is %s" % (place, w.geometry))
    put = w.geometry
    probe.send("state", w.number, 1)
    probe.wait(lambda: w.geometry == (0, 0, 1920, 1080), "the whole monitor")
    probe.send("state", w.number, 0)
    probe.wait(lambda: w.geometry == put, "its place %s" % (put,))
    return put


def test_drift(weston, probe):
    "a hundred times moved, resized, maximised and restored, at two scales: no drift"
    places = (500, 300, 520, 410), (451, 250, 481, 393), (20, 31, 601, 403)
    for scale in (120, 150):
        probe.send("monitor", 0, 0, 0, 1920, 1080, scale, 60000)
        probe.send("commit")
        app = weston.start(programs["menus"], "400", "300", stdin=subprocess.PIPE)
        w = probe.window("a window", titled("menus"))
        first = [cycle(probe, w, place) for place in places]
        for i in range(97):
            put = cycle(probe, w, places[i % 3])
            check(put == first[i % 3], "at %d it is %s, not %s" % (scale, put, first[i % 3]))
        app.kill()
        probe.wait(lambda: w.closed, "it to go")


if __name__ == "__main__":
    main(globals())
