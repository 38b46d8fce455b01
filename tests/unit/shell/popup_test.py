#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Popups: they stay on the screen, as xdg_positioner says.

    popup_test.py MODULE PROBE RUDE_CLIENT RUDE_X11 GREEDY SILL_X11 MENUS [--pictures=DIR] [NAME...],
    see suite.py
"""
import os
import subprocess

from harness import check
from suite import main, open_popup, programs, titled

SLIDE_X, SLIDE_Y, FLIP_X, FLIP_Y, RESIZE_X, RESIZE_Y = (1 << bit for bit in range(6))
TOP, BOTTOM, LEFT, RIGHT, TOP_LEFT, BOTTOM_LEFT, TOP_RIGHT, BOTTOM_RIGHT = range(1, 9)


class Menus:
    """An application with one xdg_positioner; what it is told of popups and what the bridge is."""

    def __init__(self, weston, probe, width=400, height=300):
        self.probe = probe
        self.heard = os.path.join(weston.dir, "menus.out")
        self.process = weston.start(programs["menus"], str(width), str(height),
                                    stdin=subprocess.PIPE, stdout=open(self.heard, "w"))
        self.window = probe.window("menus", titled("menus"))
        self.popups = []

    def say(self, *lines):
        self.process.stdin.write("".join(line + "\n" for line in lines).encode())
        self.process.stdin.flush()

    def at(self, x, y):
        """Moves the window there."""
        self.probe.configure(self.window, x, y, *self.window.geometry[2:])
        self.probe.sync()

    def rule(self, size, rect, anchor, gravity, adjust, offset=(0, 0)):
        self.say("size %d %d" % size, "rect %d %d %d %d" % rect, "anchor %d" % anchor,
                 "gravity %d" % gravity, "adjust %d" % adjust, "offset %d %d" % offset)

    def open(self, parent=0):
        known = set(self.probe.windows)
        self.say("open %d" % parent)
        popup = self.probe.window("a popup", lambda w: w.role == 1 and w.number not in known)
        self.popups.append(popup)
        return popup

    def told(self, number):
        """x, y, width and height of the last configure of the popup, by its parent's corner."""
        with open(self.heard) as f:
            told = [line.split()[2:] for line in f if line.startswith("popup %d " % number)]
        return tuple(int(n) for n in told[-1]) if told else None

    def expect(self, popup, number, place, parent=None):
        """Here it is on the screen, and the application knows."""
        self.probe.wait(lambda: popup.geometry == place, "%s, it is %s" % (place, popup.geometry))
        parent = (parent or self.window).geometry
        told = (place[0] - parent[0], place[1] - parent[1], *place[2:])
        self.probe.wait(lambda: self.told(number) == told,
                        "%s to be told, it is %s" % (told, self.told(number)))

    def close(self):
        popup = self.popups.pop()
        self.say("close")
        self.probe.wait(lambda: popup.closed, "the popup to go")


def one_monitor(probe, work_area=(0, 0, 1280, 760), scale=120):
    probe.send("monitor", 0, 0, 0, 1280, 800, scale, 60000)
    probe.send("work_area", 0, *work_area)
    probe.send("commit")
    probe.sync()


def test_wishes(weston, probe):
    "a popup with room for it is where its application wants it"
    one_monitor(probe)
    menus = Menus(weston, probe)
    menus.at(300, 200)
    for anchor, gravity, place in ((BOTTOM_LEFT, BOTTOM_RIGHT, (310, 250)), (TOP, TOP, (280, 160)),
                                   (RIGHT, RIGHT, (340, 205)), (0, 0, (280, 205))):
        menus.rule((90, 70), (10, 30, 30, 20), anchor, gravity, 63, (0, 0))
        menus.expect(menus.open(), 1, (*place, 90, 70))
        menus.close()


def test_edges(weston, probe):
    "at each edge of the work area a popup flips, slides or is cut, as it may"
    one_monitor(probe, (20, 30, 1240, 730))
    menus = Menus(weston, probe)
    below, beside = (10, 270, 30, 20), (360, 30, 30, 20)
    above, before = (10, 10, 30, 20), (10, 30, 30, 20)
    for at, rect, anchor, gravity, adjust, place in (
            # The work area ends at 760 and at 1260; it begins at 30 and at 20
            ((300, 450), below, BOTTOM_LEFT, BOTTOM_RIGHT, FLIP_Y, (310, 520, 100, 200)),
            ((300, 450), below, BOTTOM_LEFT, BOTTOM_RIGHT, SLIDE_Y, (310, 560, 100, 200)),
            ((300, 450), below, BOTTOM_LEFT, BOTTOM_RIGHT, RESIZE_Y, (310, 740, 100, 20)),
            ((300, 450), below, BOTTOM_LEFT, BOTTOM_RIGHT, SLIDE_X, (310, 740, 100, 200)),
            ((300, 100), above, TOP_LEFT, TOP_RIGHT, FLIP_Y, (310, 130, 100, 200)),
            ((300, 100), above, TOP_LEFT, TOP_RIGHT, SLIDE_Y, (310, 30, 100, 200)),
            ((300, 100), above, TOP_LEFT, TOP_RIGHT, RESIZE_Y, (310, 30, 100, 80)),
            ((800, 200), beside, TOP_RIGHT, BOTTOM_RIGHT, FLIP_X, (1060, 230, 100, 200)),
            ((800, 200), beside, TOP_RIGHT, BOTTOM_RIGHT, SLIDE_X, (1160, 230, 100, 200)),
            ((800, 200), beside, TOP_RIGHT, BOTTOM_RIGHT, RESIZE_X, (1190, 230, 70, 200)),
            ((50, 200), before, TOP_LEFT, BOTTOM_LEFT, FLIP_X, (90, 230, 100, 200)),
            ((50, 200), before, TOP_LEFT, BOTTOM_LEFT, SLIDE_X, (20, 230, 100, 200)),
            ((50, 200), before, TOP_LEFT, BOTTOM_LEFT, RESIZE_X, (20, 230, 40, 200))):
        menus.at(*at)
        menus.rule((100, 200), rect, anchor, gravity, adjust)
        menus.expect(menus.open(), 1, place)
        menus.close()


def test_nested(weston, probe):
    "a submenu of a submenu stays on the screen, too"
    one_monitor(probe)
    menus = Menus(weston, probe)
    menus.at(800, 400)
    menus.rule((150, 200), (300, 100, 20, 20), TOP_RIGHT, BOTTOM_RIGHT, FLIP_X | SLIDE_Y)
    first = menus.open()
    menus.expect(first, 1, (1120, 500, 150, 200))
    menus.rule((150, 200), (0, 150, 150, 20), TOP_RIGHT, BOTTOM_RIGHT, FLIP_X | SLIDE_Y)
    second = menus.open(1)
    menus.expect(second, 2, (970, 560, 150, 200), first)
    # The same positioner once more, as its application left it
    third = menus.open(2)
    menus.expect(third, 3, (1120, 560, 150, 200), second)
    for _ in range(3):
        menus.close()


def test_reposition(weston, probe):
    "a popup that is moved or grows stays on the screen"
    one_monitor(probe)
    menus = Menus(weston, probe)
    menus.at(800, 450)
    menus.rule((100, 200), (10, 10, 30, 20), BOTTOM_LEFT, BOTTOM_RIGHT, FLIP_Y | SLIDE_X)
    popup = menus.open()
    menus.expect(popup, 1, (810, 480, 100, 200))
    menus.say("size 300 300", "rect 300 10 30 20", "reposition 1")
    menus.expect(popup, 1, (980, 160, 300, 300))
    menus.say("adjust 0", "reposition 1")
    menus.expect(popup, 1, (1100, 480, 300, 300))


def test_scale(weston, probe):
    "a popup stays on the screen of a scaled application"
    one_monitor(probe, scale=180)
    menus = Menus(weston, probe, 200, 100)
    menus.at(950, 500)
    check(menus.window.geometry == (950, 500, 300, 150), "%s" % (menus.window.geometry,))
    menus.rule((100, 200), (180, 60, 10, 10), BOTTOM_LEFT, BOTTOM_RIGHT, SLIDE_X | FLIP_Y)
    popup = menus.open()
    # 1280 by 760 pixels end 220 by 173.3 units from the window's corner
    probe.wait(lambda: menus.told(1) == (120, -140, 100, 200), "units, it is %s" % (menus.told(1),))
    probe.wait(lambda: popup.geometry == (1130, 290, 150, 300), "%s" % (popup.geometry,))


def test_monitors(weston, probe):
    "a popup stays on the monitor that it hangs on, whichever its window is most on"
    probe.send("monitor", 0, 0, 0, 1280, 800, 120, 60000)
    probe.send("monitor", 1, -1600, 0, 1600, 900, 120, 75000)
    probe.send("work_area", 1, -1600, 0, 1600, 860)
    probe.send("commit")
    probe.sync()
    menus = Menus(weston, probe)
    menus.at(-350, 500)
    menus.rule((100, 200), (300, 200, 40, 20), BOTTOM_LEFT, BOTTOM_RIGHT, SLIDE_X | SLIDE_Y)
    menus.expect(menus.open(), 1, (-100, 660, 100, 200))
    menus.close()
    menus.rule((100, 200), (350, 200, 40, 20), BOTTOM_LEFT, BOTTOM_RIGHT, SLIDE_X | SLIDE_Y)
    menus.expect(menus.open(), 1, (0, 600, 100, 200))


def test_fullscreen(weston, probe):
    "popups of a fullscreen window may be over the task bar"
    one_monitor(probe)
    menus = Menus(weston, probe, 1280, 800)
    probe.send("state", menus.window.number, 2)
    probe.wait(lambda: menus.window.state == 2, "the whole screen")
    menus.rule((100, 200), (10, 700, 40, 20), BOTTOM_LEFT, BOTTOM_RIGHT, SLIDE_Y)
    first = menus.open()
    menus.expect(first, 1, (10, 600, 100, 200))
    menus.rule((100, 50), (0, 180, 100, 20), BOTTOM_LEFT, BOTTOM_RIGHT, SLIDE_Y)
    menus.expect(menus.open(1), 2, (10, 750, 100, 50), first)


def test_gtk(weston, probe):
    "a GTK menu near the lower edge is whole"
    one_monitor(probe)
    weston.start("gtk3-widget-factory")
    w = probe.window("the widget factory", titled("widget-factory"))
    probe.sync()
    width, height = w.geometry[2:]
    probe.configure(w, 100, 760 - 300, width, height)
    probe.sync()
    popup = open_popup(probe, w, (150, 160), (5, 250))
    x, y, width, height = popup.geometry
    check(height > 140 and y + height <= 760, "the menu is at %s" % (popup.geometry,))
    probe.pixels(popup, "gtk3-menu-low")


if __name__ == "__main__":
    main(globals())
