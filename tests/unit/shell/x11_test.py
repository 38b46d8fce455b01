#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Windows of X11 applications, and what these say of them.

    x11_test.py MODULE PROBE RUDE_CLIENT RUDE_X11 GREEDY SILL_X11 MENUS [--pictures=DIR] [NAME...],
    see suite.py
"""
import os
import signal
import subprocess
import sys
import time

from harness import LEFT, WAIT, Failed, check, colours
from suite import brightest, main, start_foot, titled


def test_x11_window(weston, probe):
    "an X11 window, its class and its pixels"
    weston.start("xclock", "-geometry", "200x200+400+300", x11=True)
    w = probe.window("xclock", titled("xclock"))
    check(w.role == 0, "role %s" % w.role)
    probe.wait(lambda: w.app_id and "xclock" in w.app_id.lower(), "its class")
    probe.wait(lambda: colours(probe.pixels(w)) > 2, "the clock's face")
    probe.pixels(w, "xclock")
    x, y, width, height = w.geometry
    check(350 < x < 450 and 250 < y < 350, "it wished +400+300, is at %d,%d" % (x, y))
    probe.configure(w, 700, 500, 400, 380)
    probe.wait(lambda: w.geometry == (700, 500, 400, 380), "the new size")
    probe.send("close", w.number)
    probe.wait(lambda: w.closed, "the window to close")


def test_x11_menu(weston, probe):
    "an X11 menu is a window of its own, in its place after the window was moved"
    weston.start("xterm", "-title", "xterm-test", x11=True)
    w = probe.window("xterm", titled("xterm-test"))
    probe.configure(w, 600, 300, w.geometry[2], w.geometry[3])
    probe.sync()
    time.sleep(0.3)  # the X server has no event that says it knows the position
    probe.send("key", 29, 1)
    probe.move(w, 100, 100)
    probe.send("button", LEFT, 1)
    menu = probe.window("the menu", lambda m: m.role == 2)
    check(menu.parent == w.number, "parent %s" % menu.parent)
    x, y = menu.geometry[0] - 600, menu.geometry[1] - 300
    check(-100 < x < 200 and 0 < y < 200, "menu at %d,%d" % (x, y))
    probe.wait(lambda: colours(probe.pixels(menu)) > 1, "the menu's text")
    probe.pixels(menu, "xterm-menu")
    probe.pixels(w, "xterm")
    probe.send("release")
    probe.wait(lambda: menu.closed, "the menu to go when the button is released")


# Its title says where the X server has the window, and the pointer
POINTED = """
from Xlib import X, display
d = display.Display()
root = d.screen().root
w = root.create_window(0, 0, 300, 200, 0, X.CopyFromParent, background_pixel=0xff00ff,
                       event_mask=X.PointerMotionMask | X.EnterWindowMask | X.StructureNotifyMask)
w.set_wm_name("pointed")
w.map()
at = 0, 0
while True:
    event = d.next_event()
    if event.type == X.ConfigureNotify and event.send_event:
        at = event.x, event.y
    pointer = root.query_pointer()
    w.set_wm_name("%d,%d in %d,%d" % (pointer.root_x, pointer.root_y, *at))
"""
FRAME_LEFT, FRAME_TOP = 4, 28


def test_x11_pointer(weston, probe):
    "an X11 window that moves beneath a pointer at rest has it where it is"
    weston.start(sys.executable, "-c", POINTED, x11=True)
    w = probe.window("it", lambda w: w.title)
    x, y, width, height = w.geometry
    probe.move(w, 150, 100)
    for step in (0, 10, 40, 0, 30):
        probe.configure(w, x + step, y + step, width, height)
        title = "%d,%d in %d,%d" % (x + 150, y + 100, x + step + FRAME_LEFT, y + step + FRAME_TOP)
        probe.wait(lambda: w.title == title, "it to say " + title)


UTILITY = """
import time
from Xlib import X, Xatom, display
d = display.Display()
root = d.screen().root
def make(name, *geometry):
    w = root.create_window(*geometry, 0, X.CopyFromParent, background_pixel=0xff00ff)
    w.set_wm_name(name)
    return w
main, tools = make("main", 0, 0, 300, 200), make("tools", 50, 60, 100, 80)
main.map()
d.sync()
time.sleep(0.5)
tools.set_wm_transient_for(main)
atom = d.intern_atom
tools.change_property(atom("_NET_WM_WINDOW_TYPE"), Xatom.ATOM, 32,
                      [atom("_NET_WM_WINDOW_TYPE_UTILITY")])
tools.map()
while True:
    d.next_event()
"""


def test_x11_utility(weston, probe):
    "an X11 utility window shows over the window it belongs to"
    weston.start(sys.executable, "-c", UTILITY, x11=True)
    main = probe.window("the main window", titled("main"))
    tools = probe.window("the tools", lambda w: w.number != main.number)
    check(tools.parent == main.number, "parent %s" % tools.parent)
    probe.wait(lambda: brightest(probe.pixels(tools), 60, 70) == b"\xff\0\xff", "its pixels")


X11_WINDOW = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../e2e/x11_window.py")


def start_x11_window(weston, probe, title, *commands, **how):
    """An X11 application that says much of its windows, and what hears it."""
    app = weston.start(sys.executable, X11_WINDOW, title, *commands, x11=True, **how)
    return app, probe.window(title, titled(title))


def told(probe, *words):
    return lambda: " ".join(str(word) for word in words) in probe.lines


def test_x11_says(weston, probe):
    "an X11 window's icon, class, limits and wish to be above are told"
    _, w = start_x11_window(weston, probe, "Says", "icon 0000ff 48", "class says Sayer",
                         "limits 100 90 300 280", "noframe", "state add ABOVE", "map")
    probe.wait(lambda: w.app_id == "Sayer", "its class")
    probe.wait(told(probe, "icon", w.number, 64, 64, "ff0000ff"), "its icon")
    probe.wait(told(probe, "above", w.number, 1), "to be above")
    probe.wait(lambda: w.limits == (100, 90, 300, 280), "its limits")
    foot = start_foot(weston, probe)
    probe.wait(lambda: probe.stacking == [w.number, foot.number], "to stay above another")
    probe.send("activate", foot.number)
    probe.sync()
    check(probe.stacking == [w.number, foot.number], "stacking %s" % probe.stacking)


def test_x11_frame(weston, probe):
    "an X11 window's limits are those of the frame around it, which hides what is under it"
    _, w = start_x11_window(weston, probe, "Framed", "limits 200 150 200 150", "map")
    probe.wait(lambda: w.limits and w.limits[0] == w.geometry[2] and
               w.limits[1] == w.geometry[3], "its limits")
    check(w.geometry[2:] == (208, 182), "geometry %s" % (w.geometry,))
    check(not told(probe, "translucent", w.number, 1)(), "it is translucent")
    width, height, data = probe.pixels(w, "framed")
    check(all(data[i] for i in range(3, len(data), 4) if i < 16 or i >= len(data) - 16),
          "something shows through its corners")


# Undrawn it is red; each size is drawn blue a while after the server made it
GROWING = """
import time
from Xlib import X, display
d = display.Display()
w = d.screen().root.create_window(0, 0, 200, 150, 0, X.CopyFromParent, background_pixel=0xff0000,
                                  event_mask=X.ExposureMask | X.StructureNotifyMask)
w.set_wm_name("growing")
blue = w.create_gc(foreground=0x0000ff)
def show(width, height):
    while True:
        event = d.next_event()
        if event.type == X.Expose:
            size = w.get_geometry()
            if (size.width, size.height) == (width, height):
                break
    time.sleep(0.02)
    w.fill_rectangle(blue, 0, 0, width, height)
    d.sync()
begin = time.monotonic()
w.map()
show(200, 150)
print("%d" % ((time.monotonic() - begin) * 1000), flush=True)
input()
for step in range(1, 31):
    begin = time.monotonic()
    w.configure(width=200 + 8 * step, height=150 + 4 * step)
    show(200 + 8 * step, 150 + 4 * step)
    print("%d" % ((time.monotonic() - begin) * 1000), flush=True)
while True:
    d.next_event()
"""
PATIENCE, FIRST_PATIENCE = 200, 50  # ms, of the window manager


def shows_red(picture):
    data = picture[2]
    return any(data[i:i + 3] == b"\xff\0\0" for i in range(0, len(data), 4 * 97))


def test_x11_resizes_itself(weston, probe):
    "an X11 window that resizes itself again and again is seen at each size, and drawn"
    app = weston.start(sys.executable, "-c", GROWING, x11=True, stdin=subprocess.PIPE,
                       stdout=subprocess.PIPE)
    w = probe.window("the window", titled("growing"))
    seen_red = shows_red(probe.pixels(w))
    first = int(app.stdout.readline())
    check(not seen_red or first >= FIRST_PATIENCE, "first seen undrawn, after %d ms" % first)
    probe.wait(lambda: not shows_red(probe.pixels(w)), "it to be drawn")
    app.stdin.write(b"go\n")
    app.stdin.flush()
    seen_red = 0
    end = 200 + 240 + 8, 150 + 120 + 32
    probe.wait(lambda: w.geometry[2:] != (208, 182), "its second size")
    while w.geometry[2:] != end:
        seen_red += shows_red(probe.pixels(w))
        check(app.poll() is None, "it died")
    steps = [int(app.stdout.readline()) for _ in range(30)]
    # Who takes longer than that to draw is seen as it is
    slow = sum(step >= PATIENCE for step in steps)
    check(slow or not seen_red, "seen undrawn %d times; steps of %s ms" % (seen_red, steps))
    sizes = {line.split()[4:] and tuple(map(int, line.split()[4:])) for line in probe.lines
             if line.startswith("geometry %d " % w.number)}
    check(len(sizes) > 15 or slow > 5, "%d sizes" % len(sizes))
    probe.wait(lambda: not shows_red(probe.pixels(w)), "it to be drawn at the last size")
    width, height, data = probe.pixels(w, "grown")
    check((width, height) == end, "its picture is %d by %d" % (width, height))
    at = 4 * ((height - 10) * width + width - 10)
    check(data[at:at + 3] == b"\0\0\xff", "its corner is %s" % data[at:at + 3].hex())
    check(data[:3] == data[4 * (width - 1):][:3] != b"\0\0\xff", "no frame is around it")


def test_x11_begins_maximized(weston, probe):
    "an X11 window that begins maximized has its own size when it is restored"
    _, w = start_x11_window(weston, probe, "Large", "state add MAXIMIZED_VERT",
                            "state add MAXIMIZED_HORZ", "map")
    probe.wait(lambda: w.state == 1 and w.geometry[2:] == (1920, 1080), "its first size")
    probe.send("state", w.number, 0)
    probe.wait(lambda: w.state == 0 and w.geometry[2:] == (208, 182), "its own size")


def double_click(probe, window, x, y, done):
    """Again where the two clicks were too far apart on a busy machine."""
    deadline = time.monotonic() + WAIT
    while not done():
        check(time.monotonic() < deadline, "a double click does nothing")
        probe.click(window, x, y)
        probe.click(window, x, y)
        try:
            probe.wait(done, "a double click to do something", 1)
        except Failed:
            pass


def test_x11_frame_is_used(weston, probe):
    "a frame's title moves a window, its edges resize it, its buttons do what they show"
    weston.start("xclock", "-geometry", "300x200+100+100", x11=True)
    w = probe.window("xclock", titled("xclock"))
    width, height = w.geometry[2:]

    def press(x, y):
        w.move_request = None
        probe.move(w, x, y)
        probe.send("button", LEFT, 1)
        moved = probe.wait(lambda: w.move_request is not None and [w.move_request],
                           "a move by %d, %d" % (x, y))
        probe.send("button", LEFT, 0)
        return moved[0]

    for edges, at in ((8, (width - 2, height // 2)), (2, (width // 2, height - 2)),
                      (5, (2, 2)), (0, (60, 14))):
        check(press(*at) == edges, "edges at %s" % (at,))
    double_click(probe, w, 60, 14, lambda: w.state == 1)
    probe.wait(lambda: w.geometry[2] > width, "its size")
    probe.pixels(w, "maximized")
    probe.click(w, w.geometry[2] - 51, 14)
    probe.wait(lambda: w.state == 0 and w.geometry[2:] == (width, height), "its button to restore it")
    probe.click(w, width - 4 - 85, 14)
    probe.wait(lambda: w.state == 4, "its button to minimize it")
    probe.send("state", w.number, 0)
    probe.wait(lambda: w.state == 0, "the client to bring it back")
    probe.click(w, width - 4 - 17, 14)
    probe.wait(lambda: w.closed, "its button to close it")


def test_x11_modal(weston, probe):
    "a modal X11 dialog gets the keyboard for the window it belongs to"
    start_x11_window(weston, probe, "Owner", "map", "dialog Modal", "state add MODAL", "map")
    dialog = probe.window("the dialog", titled("Modal"))
    owner = probe.window("its owner", titled("Owner"))
    probe.wait(lambda: dialog.parent == owner.number, "its parent")
    foot = start_foot(weston, probe)
    probe.wait(lambda: probe.focus == foot.number, "the focus elsewhere")
    probe.send("activate", owner.number)
    probe.wait(lambda: probe.focus == dialog.number, "the focus on the dialog")
    probe.wait(lambda: probe.stacking == [dialog.number, owner.number, foot.number], "both above")


def say(app, line):
    app.stdin.write(line.encode() + b"\n")
    app.stdin.flush()


def test_x11_manager_comes_back(weston, probe):
    "kill -9 of the window manager costs no window: the next one takes all over, and what they say"
    app, w = start_x11_window(weston, probe, "Kept", "icon 0000ff 48", "class kept Keeper",
                              "state add ABOVE", "map", stdin=subprocess.PIPE)
    shown = "ff0000ff"
    probe.wait(told(probe, "icon", w.number, 64, 64, shown), "its icon")
    for colour in ("ffff0000", "ff00ff00", "ffffff00"):
        victim, before = weston.x11_child("sill-x11-wm"), w
        os.kill(victim, signal.SIGKILL)
        probe.wait(lambda: before.closed, "its frame to go")
        w = probe.window("it in its next frame", titled("Kept"))
        check(weston.x11_child("sill-x11-wm") not in (None, victim), "no other window manager")
        probe.wait(told(probe, "icon", w.number, 64, 64, shown), "its icon")
        probe.wait(told(probe, "above", w.number, 1), "to be above")
        check(w.app_id == "Keeper", "it is %s" % w.app_id)
        check(w.geometry == before.geometry, "%s, was %s" % (w.geometry, before.geometry))
        shown = colour
        say(app, "icon %s 48" % colour[2:])
        probe.wait(told(probe, "icon", w.number, 64, 64, shown), "its next icon")
    say(app, "state remove ABOVE")
    probe.wait(told(probe, "above", w.number, 0), "to be one of many")
    say(app, "dialog Later")
    say(app, "icon 00ffff 32")
    say(app, "map")
    later = probe.window("a window of later", titled("Later"))
    probe.wait(told(probe, "icon", later.number, 64, 64, "ff00ffff"), "its icon")


def test_x11_manager_hangs(weston, probe):
    "a window manager that hangs is killed when there is something to do for it, and followed by another"
    _, w = start_x11_window(weston, probe, "Still", "icon 0000ff 48", "map")
    probe.wait(told(probe, "icon", w.number, 64, 64, "ff0000ff"), "its icon")
    victim = weston.x11_child("sill-x11-wm")
    os.kill(victim, signal.SIGSTOP)
    probe.configure(w, 300, 200, 400, 300)
    probe.wait(lambda: w.closed, "its frame to go", 60)
    check("does nothing for" in weston.text(), "it was not noticed")
    w = probe.window("it in its next frame", titled("Still"))
    check(weston.x11_child("sill-x11-wm") not in (None, victim), "no other window manager")
    probe.configure(w, 300, 200, 400, 300)
    probe.wait(lambda: w.geometry == (300, 200, 400, 300), "its size")


WORDY = """
from Xlib import X, display
d = display.Display()
windows = []
for i in range(400):
    w = d.screen().root.create_window(0, 0, 50, 50, 0, X.CopyFromParent)
    w.set_wm_name("wordy %d" % i)
    w.map()
    windows.append(w)
d.sync()
input()
for w in windows:
    w.set_wm_name("wordy" + " word" * 190)
d.sync()
print("done", flush=True)
while True:
    d.next_event()
"""


def test_x11_compositor_stands_still(weston, probe):
    "a compositor that reads nothing for a while is told all when it reads again, by the same window manager"
    def wordy(length):
        return lambda: sum(bool(w.title and w.title.startswith("wordy") and len(w.title) > length)
                           for w in probe.windows.values()) == 400

    app = weston.start(sys.executable, "-c", WORDY, x11=True, stdin=subprocess.PIPE,
                       stdout=subprocess.PIPE)
    probe.wait(wordy(0), "all windows")
    before = weston.x11_child("sill-x11-wm")
    os.kill(weston.pid, signal.SIGSTOP)
    try:
        app.stdin.write(b"go\n")
        app.stdin.flush()
        check(app.stdout.readline() == b"done\n", "it did not get to its end")
        time.sleep(2)  # nobody can tell how far the window manager got
    finally:
        os.kill(weston.pid, signal.SIGCONT)
    probe.wait(wordy(900), "all titles")
    check(weston.x11_child("sill-x11-wm") == before, "it is another window manager")


def test_x11_manager_dies_early(weston, probe):
    "a window manager that dies before it manages windows costs the first application no seconds"
    clock = weston.start("xclock", x11=True)
    victim = probe.wait(lambda: weston.x11_child("sill-x11-wm"), "a window manager")
    server = weston.x11_child("Xwayland")
    os.kill(victim, signal.SIGKILL)
    probe.wait(lambda: probe.windows or clock.poll() is not None, "the clock, or its end")
    if clock.poll() is not None:  # it had been let in
        weston.start("xclock", x11=True)
    probe.window("xclock", titled("xclock"))
    # One that has not let in anybody would for seconds go on so
    check(weston.x11_child("Xwayland") != server or "another server" not in weston.text(),
          "the X server is the same")
    check(weston.x11_child("sill-x11-wm") not in (None, victim), "no other window manager")


def test_xwayland_comes_back(weston, probe):
    "kill -9 of Xwayland costs X11 windows only; the next one is started"
    foot = start_foot(weston, probe)
    weston.start("xclock", x11=True)
    clock = probe.window("xclock", titled("xclock"))
    os.kill(weston.x11_child("Xwayland"), signal.SIGKILL)
    probe.wait(lambda: clock.closed, "the clock to go")
    check(not foot.closed, "foot went, too")
    weston.start("xclock", x11=True)
    probe.window("xclock again", titled("xclock"))


if __name__ == "__main__":
    main(globals())
