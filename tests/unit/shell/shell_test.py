#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sill-shell.so in stock Weston, with real applications and a probe in place of sill-rdp.

    shell_test.py MODULE PROBE RUDE_CLIENT SILL_X11 [--pictures=DIR] [NAME...]

Runs in network and pid namespaces of its own, so that X displays, sockets and stray processes
are its own too. TAP on stdout; 77 if namespaces cannot be made here.
"""
import os
import re
import signal
import subprocess
import sys
import time

from Xlib import X, display

from harness import Failed, LEFT, MIDDLE, Probe, RIGHT, WAIT, Weston, check, colours


def titled(title):
    return lambda w: w.title and title in w.title


def start_foot(weston, probe, *command, title="foot-test"):
    weston.start("foot", "--config=/dev/null", "--title=" + title, "-o", "csd.preferred=none",
                 *command)
    return probe.window(title, titled(title))


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
    popup = None
    deadline = time.monotonic() + WAIT
    while popup is None and time.monotonic() < deadline:
        probe.click(w, 150, 160, RIGHT)
        try:
            popup = probe.window("a popup", lambda p: p.role == 1, 2)
        except Failed:
            probe.click(w, 5, 300)
    check(popup is not None, "no popup came")
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


def start_x11_window(weston, probe, title, *commands):
    """An X11 application that says much of its windows, and what hears it."""
    weston.start(sill_x11, weston.display, env={"WAYLAND_DISPLAY": weston.x11})
    x11 = display.Display(weston.display)
    settings = x11.intern_atom("_XSETTINGS_S0")
    probe.wait(lambda: x11.get_selection_owner(settings) != X.NONE, "sill-x11 to be there")
    weston.start(sys.executable, X11_WINDOW, title, *commands, x11=True)
    return probe.window(title, titled(title))


def told(probe, *words):
    return lambda: " ".join(str(word) for word in words) in probe.lines


def test_x11_says(weston, probe):
    "an X11 window's icon, class, limits and wish to be above are told"
    w = start_x11_window(weston, probe, "Says", "icon 0000ff 48", "class says Sayer",
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
    w = start_x11_window(weston, probe, "Framed", "limits 200 150 200 150", "map")
    probe.wait(lambda: w.limits and w.limits[0] == w.geometry[2] and
               w.limits[1] == w.geometry[3], "its limits")
    check(w.geometry[2:] == (212, 183), "geometry %s" % (w.geometry,))
    check(not told(probe, "translucent", w.number, 1)(), "it is translucent")
    width, height, data = probe.pixels(w, "framed")
    check(all(data[i] for i in range(3, len(data), 4) if i < 16 or i >= len(data) - 16),
          "something shows through its corners")


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


def test_xwayland_comes_back(weston, probe):
    "kill -9 of Xwayland costs X11 windows only; the next one is started"
    foot = start_foot(weston, probe)
    weston.start("xclock", x11=True)
    clock = probe.window("xclock", titled("xclock"))
    server = subprocess.run(["pgrep", "-P", str(weston.pid), "-x", "Xwayland"], stdout=subprocess.PIPE).stdout.split()
    os.kill(int(server[0]), signal.SIGKILL)
    probe.wait(lambda: clock.closed, "the clock to go")
    check(not foot.closed, "foot went, too")
    weston.start("xclock", x11=True)
    probe.window("xclock again", titled("xclock"))


def test_dialog(weston, probe):
    "a dialog has its parent and comes up over it"
    weston.start("gtk3-demo", "--run=dialog")
    w = probe.window("the demo", lambda w: w.role == 0)
    probe.sync()
    deadline = time.monotonic() + WAIT
    dialog = None
    while dialog is None and time.monotonic() < deadline:
        probe.type("\n")
        try:
            dialog = probe.window("a dialog", lambda d: d.role == 0 and d.number != w.number, 2)
        except Failed:
            pass
    check(dialog is not None, "no dialog came")
    check(dialog.parent == w.number, "parent %s" % dialog.parent)
    probe.wait(lambda: probe.focus == dialog.number, "the focus on the dialog")
    probe.send("activate", w.number)
    probe.wait(lambda: probe.stacking == [dialog.number, w.number], "the dialog to stay on top")
    probe.pixels(dialog, "gtk3-dialog")


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
    "an ordinary client does not see the private global"
    out = subprocess.run([probe.program, weston.public], stdout=subprocess.PIPE,
                         stdin=subprocess.DEVNULL, timeout=WAIT)
    check(out.returncode == 3 and b"no global" in out.stdout, "%s" % out)


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


def test_idle(weston, probe):
    "an idle session does not wake up"
    start_foot(weston, probe, "cat")
    time.sleep(1)
    before = weston.switches()
    time.sleep(3)
    woken = weston.switches() - before
    check(woken <= 3, "%d wake-ups in 3 s" % woken)


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
    popup = None
    deadline = time.monotonic() + WAIT
    while popup is None and time.monotonic() < deadline:
        probe.click(w, 300, 320, RIGHT)
        try:
            popup = probe.window("a popup", lambda p: p.role == 1, 2)
        except Failed:
            probe.click(w, 10, 600)
    check(popup is not None, "no popup came")
    x, y = popup.geometry[0] - w.geometry[0], popup.geometry[1] - w.geometry[1]
    check(200 < x < 400 and 200 < y < 500, "popup at %d,%d" % (x, y))
    check(popup.geometry[2] > 200, "popup of %s" % (popup.geometry,))
    probe.pixels(popup, "gtk3-menu-scale-2")


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


def test_destroyed_buffers(weston, probe):
    "200 rounds of windows that open and close"
    start = weston.rss_kib()
    for i in range(50):
        apps = [weston.start("weston-simple-shm") for _ in range(4)]
        probe.wait(lambda: sum(not w.closed for w in probe.windows.values()) >= 4, "four windows")
        for n, app in enumerate(apps):
            app.send_signal(signal.SIGINT if n % 2 else signal.SIGKILL)
        for app in apps:
            app.wait()
        weston.children.clear()
        probe.wait(lambda: all(w.closed for w in probe.windows.values()), "all windows to go")
    print("# memory %d KiB before, %d KiB after" % (start, weston.rss_kib()))


def test_rude_clients(weston, probe):
    "applications that do at random what few do, while monitors and the bridge change"
    rounds = int(os.environ.get("SILL_TEST_ROUNDS", "12"))
    for seed in range(rounds):
        apps = [weston.start(rude_client, weston.public, str(seed * 3 + i), "400")
                for i in range(3)]
        for i in range(6):
            probe.send("monitor", 0, 0, 0, 800 + 100 * (i + seed % 3), 600, 120, 60000)
            if i % 2:
                probe.send("monitor", 1, -1000, -50, 1000, 700, 120, 60000)
            probe.send("commit")
            probe.send("motion", 100 * i, 80 * i)
            probe.send("button", LEFT, 1)
            for w in list(probe.windows.values()):
                if not w.closed and w.role == 0:
                    word = ("activate", "state", "configure", "close")[(i + w.number) % 4]
                    probe.send(word, w.number, *{"state": (w.number % 8,),
                               "configure": (i * 50, -20, 100 + i, 30000)}.get(word, ()))
            probe.send("button", LEFT, 0)
            if i == 4:
                probe.send("clear_focus")
            probe.sync()
        if seed % 4 == 3:
            probe.kill()
            probe.start()
            probe.activate()
        if seed % 2:
            apps[0].kill()
        for app in apps[seed % 2:]:
            check(app.wait(WAIT * 2) == 0, "a rude client ended with %s" % app.returncode)
        apps[0].wait()
        weston.children.clear()
        probe.wait(lambda: all(w.closed for w in probe.windows.values()), "all windows to go")


def brightest(picture, x, y):
    width, height, data = picture
    around = [data[4 * (j * width + i):][:3] for i in range(x - 3, x + 4)
              for j in range(y - 3, y + 4)]
    return max(around, key=sum)


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


TESTS = [v for k, v in list(globals().items()) if k.startswith("test_")]


def run(module, program, test):
    weston = probe = None
    Probe.program = program
    try:
        weston = Weston(module)
        probe = Probe(program, weston)
        probe.activate()
        test(weston, probe)
        check(weston.alive(), "Weston died")
    finally:
        if probe and probe.process.poll() is None:
            probe.kill()
        if weston:
            status, text = weston.stop()
            for line in text.splitlines():
                if verbose or re.search("sill-shell: |[Aa]ssert|ERROR|Sanitizer|^    #", line):
                    print("#   " + line)
    check(status == 0, "Weston ended with status %s" % status)


def main(module, program, rude, x11, *names):
    global rude_client, sill_x11
    rude_client, sill_x11 = rude, x11
    tests = [t for t in TESTS if not names or t.__name__[5:] in names]
    print("1..%d" % len(tests))
    failures = 0
    for number, test in enumerate(tests, 1):
        begin = time.monotonic()
        try:
            run(module, program, test)
            result = "ok"
        except (Failed, OSError, KeyError) as error:
            print("# %s" % str(error).replace("\n", "\n# "))
            result = "not ok"
            failures += 1
        print("%s %d - %s" % (result, number, test.__doc__))
        print("# %.1f s" % (time.monotonic() - begin), flush=True)
    return failures != 0


def enter_namespaces():
    """Into namespaces of our own; a normal user needs a user namespace for that."""
    flags = ["--net", "--pid", "--fork", "--mount-proc", "--kill-child"]
    for more in ([], ["--user", "--map-root-user"]):
        if subprocess.run(["unshare", *more, *flags, "true"], stderr=subprocess.DEVNULL).returncode:
            continue
        os.environ["SILL_TEST_INSIDE"] = "1"
        os.execvp("unshare", ["unshare", *more, *flags, sys.executable, *sys.argv])
    sys.exit(77)


rude_client = sill_x11 = None
verbose = "SILL_TEST_VERBOSE" in os.environ
if __name__ == "__main__":
    if "SILL_TEST_INSIDE" not in os.environ:
        enter_namespaces()
    subprocess.run(["ip", "link", "set", "lo", "up"], check=False)
    arguments = [a for a in sys.argv[1:] if not a.startswith("--pictures=")]
    for a in sys.argv[1:]:
        if a.startswith("--pictures="):
            Probe.pictures = a.partition("=")[2]
    sys.exit(main(*(os.path.abspath(a) for a in arguments[:4]), *arguments[4:]))
