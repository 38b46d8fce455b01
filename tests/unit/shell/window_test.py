#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Windows of Wayland applications: what is told of them, and what reaches them.

    window_test.py MODULE PROBE RUDE_CLIENT RUDE_X11 GREEDY SILL_X11 MENUS [--pictures=DIR] [NAME...],
    see suite.py
"""
import os
import time

from harness import LEFT, MIDDLE, WAIT, check, colours
from suite import brightest, main, open_popup, start_foot, titled


def test_wayland_window(weston, probe):
    "a Wayland window is announced with its title, role, geometry and pixels"
    w = start_foot(weston, probe)
    check(w.role == 0 and w.parent == 0, "role %s" % w.role)
    check(w.app_id == "foot", "app_id %s" % w.app_id)
    x, y, width, height = w.geometry
    check(x >= 0 and y >= 0 and width > 100 and height > 100, "geometry %s" % (w.geometry,))
    probe.wait(lambda: probe.focus == w.number, "the focus")
    probe.wait(lambda: probe.stacking == [w.number], "the stacking")
    picture = probe.pixels(w, "foot")
    check(picture[:2] == (width, height), "picture %s" % (picture[:2],))
    probe.wait(lambda: colours(probe.pixels(w)) > 5, "a prompt to be drawn")


def test_typing(weston, probe):
    "typing reaches the window with the focus, and shows"
    w = start_foot(weston, probe, "sh")
    out = os.path.join(weston.dir, "typed")
    frames = w.frames
    probe.type("echo hello > typed\n")
    probe.wait(lambda: os.path.exists(out) and open(out).read() == "hello\n", "the typed command")
    probe.wait(lambda: w.frames > frames, "frames")
    probe.sync()
    probe.pixels(w, "foot-typed")


def background(picture):
    """So many pixels that are like the last one, where there is no text."""
    width, height, data = picture
    return sum(data[i:i + 4] == data[-4:] for i in range(0, len(data), 4))


def test_primary_selection(weston, probe):
    "what is selected with the mouse is pasted into another window with its middle button"
    word = start_foot(weston, probe, "sh", "-c",
                      "while [ $((i += 1)) -lt 100 ]; do w=\"$w pasteme\"; done;"
                      "printf %s \"$w\"; exec cat",
                      title="from")
    into = start_foot(weston, probe, "sh", "-c", "exec cat > pasted", title="into")
    out = os.path.join(weston.dir, "pasted")
    probe.wait(lambda: colours(probe.pixels(word)) > 5, "the words to be drawn")
    probe.send("activate", word.number)
    probe.wait(lambda: probe.focus == word.number, "the focus")
    x, y, width, height = word.geometry
    # Twice within the time of a double click, which selects a word
    before = background(probe.pixels(word))
    probe.click(word, width // 2, height // 8)
    probe.click(word, width // 2, height // 8)
    probe.wait(lambda: background(probe.pixels(word)) < before - 200, "the word to be selected")
    probe.send("activate", into.number)
    probe.wait(lambda: probe.focus == into.number, "the other's focus")
    x, y, width, height = into.geometry
    probe.click(into, width // 2, height // 2, MIDDLE)
    probe.wait(lambda: colours(probe.pixels(into)) > 5, "what was pasted to be drawn")
    probe.type("\n")
    probe.wait(lambda: os.path.exists(out) and open(out).read() == "pasteme\n", "the line")


def test_keymap(weston, probe):
    "the client's keyboard layout is used; an unknown one is refused"
    w = start_foot(weston, probe, "sh")
    probe.send("keymap", "xx-no-such", "")
    probe.type("touch zy\n")
    probe.wait(lambda: os.path.exists(os.path.join(weston.dir, "zy")), "the old keymap")
    probe.send("keymap", "de", "")
    probe.sync()
    # A German keyboard has y and z swapped
    probe.type("touch zzy\n")
    probe.wait(lambda: os.path.exists(os.path.join(weston.dir, "yyz")), "the new keymap")
    check("no keymap for layout 'xx-no-such'" in weston.text(), "it was not logged")


def test_configure(weston, probe):
    "the client moves, resizes, maximizes, minimizes and restores a window"
    w = start_foot(weston, probe)
    probe.configure(w, 300, 200, 900, 600)
    probe.wait(lambda: abs(w.geometry[2] - 900) < 20 and abs(w.geometry[3] - 600) < 30,
               "the new size")
    check(w.geometry[:2] == (300, 200), "geometry %s" % (w.geometry,))
    before = w.geometry
    probe.send("state", w.number, 1)
    probe.wait(lambda: w.geometry == (0, 0, 1920, 1080), "the maximized size")
    probe.send("state", w.number, 0)
    probe.wait(lambda: w.geometry == before, "the old place and size")
    probe.send("state", w.number, 4)
    probe.wait(lambda: probe.focus == 0, "no focus")
    frames = w.frames
    probe.sync()
    check(w.frames == frames, "a minimized window sends frames")
    probe.send("activate", w.number)
    probe.wait(lambda: probe.focus == w.number and w.state == 0, "the window back")
    probe.send("close", w.number)
    probe.wait(lambda: w.closed, "the window to close")
    probe.wait(lambda: probe.focus == 0 and probe.stacking == [], "an empty screen")


def test_popup(weston, probe):
    "a GTK menu is a window of its own, with its parent, in its place"
    weston.start("gtk3-widget-factory")
    w = probe.window("the widget factory", titled("widget-factory"))
    probe.sync()
    check(colours(probe.pixels(w, "gtk3")) > 50, "no colours")
    # A right click into the first entry opens a menu
    popup = open_popup(probe, w, (150, 160), (5, 300))
    check(popup.parent == w.number, "parent %s" % popup.parent)
    x, y = popup.geometry[0] - w.geometry[0], popup.geometry[1] - w.geometry[1]
    check(-50 < x < 400 and 0 < y < 400, "popup at %d,%d" % (x, y))
    probe.pixels(popup, "gtk3-menu")
    probe.wait(lambda: probe.stacking[:2] == [popup.number, w.number], "the popup on top")
    probe.send("clear_focus")
    probe.wait(lambda: popup.closed, "the popup to go with the focus")


def test_cursor(weston, probe):
    "the pointer's picture follows the window under it"
    w = start_foot(weston, probe)
    probe.move(w, 50, 50)
    probe.wait(lambda: probe.cursor and probe.cursor.startswith("cursor "), "a cursor")
    width, height, hot_x, hot_y = (int(n) for n in probe.cursor.split()[1:])
    check(8 <= width <= 64 and 0 <= hot_x <= width and 0 <= hot_y <= height, probe.cursor)
    probe.send("motion", 1919, 1079)
    probe.wait(lambda: probe.cursor == "cursor_default", "the client's own cursor")


def test_dialog(weston, probe):
    "a dialog has its parent and comes up over it"
    weston.start("gtk3-demo", "--run=dialog")
    # It opens both, and either may be drawn first
    w = probe.window("the demo", titled("Application"))
    dialog = probe.window("its dialog", titled("Dialogs"))
    check(dialog.parent == w.number, "parent %s" % dialog.parent)
    probe.wait(lambda: probe.focus == dialog.number, "the focus on the dialog")
    probe.send("activate", w.number)
    probe.wait(lambda: probe.stacking == [dialog.number, w.number], "the dialog to stay on top")
    probe.pixels(dialog, "gtk3-dialog")


def test_moving_by_the_application(weston, probe):
    "a drag that the application starts goes to the client"
    weston.start("gtk3-widget-factory")
    w = probe.window("the widget factory", titled("widget-factory"))
    deadline = time.monotonic() + WAIT
    while w.move_request is None and time.monotonic() < deadline:
        probe.sync()
        probe.move(w, 60, 25)
        probe.send("button", LEFT, 1)
        for i in range(1, 30):
            # GTK, when busy, merges what comes at once and may see no drag in it
            probe.move(w, 60 + 3 * i, 25)
            time.sleep(0.01)
        probe.send("button", LEFT, 0)
        probe.sync()
    check(w.move_request == 0, "edges %s" % w.move_request)


def test_buffer_transforms(weston, probe):
    "a buffer that is rotated, flipped or scaled shows upright"
    weston.start("weston-transformed", "-w", "300", "-h", "200")
    w = probe.window("transformed", titled("Transformed"))
    for key in (106, 106, 106, 57, 106, 106, 106, 44):  # rotate, flip, scale
        frames = w.frames
        probe.key(key)
        probe.wait(lambda: w.frames > frames, "a frame")
        probe.sync()
        picture = probe.pixels(w)
        seen = [brightest(picture, *p) for p in ((150, 10), (290, 100), (150, 190), (10, 100))]
        check(seen == [b"\xff\0\0", b"\0\xff\0", b"\xff" * 3, b"\xff" * 3],
              "after key %d: %s" % (key, seen))


def test_subsurfaces(weston, probe):
    "subsurfaces are part of their window"
    weston.start("weston-subsurfaces", "-t1")
    w = probe.window("subsurfaces", lambda w: True)
    probe.sync()
    probe.wait(lambda: colours(probe.pixels(w)) > 20, "its content")
    time.sleep(0.5)
    probe.sync()
    probe.pixels(w, "subsurfaces")


if __name__ == "__main__":
    main(globals())
