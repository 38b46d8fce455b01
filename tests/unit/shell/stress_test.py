#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Applications that ask for too much, come and go in the wrong order, or are killed.

    stress_test.py MODULE PROBE RUDE_CLIENT RUDE_X11 GREEDY SILL_X11 MENUS [--pictures=DIR] [NAME...],
    see suite.py
"""
import os
import signal
import subprocess
import sys
import time

from harness import LEFT, WAIT, check
from suite import main, programs, titled


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


def pester(probe, i, height):
    """Asks something else of each application's window."""
    for w in list(probe.windows.values()):
        if not w.closed and w.role == 0:
            word = ("activate", "state", "configure", "rest", "refresh", "close")[(i + w.number) % 6]
            probe.send(word, w.number, *{"state": (w.number % 8,),
                       "configure": (i * 50, -20, 100 + i, height)}.get(word, ()))


def test_rude_clients(weston, probe):
    "applications that do at random what few do, while monitors and the bridge change"
    rounds = int(os.environ.get("SILL_TEST_ROUNDS", "12"))
    for seed in range(rounds):
        apps = [weston.start(programs["rude_client"], weston.public, str(seed * 3 + i), "400")
                for i in range(3)]
        for i in range(6):
            probe.send("monitor", 0, 0, 0, 800 + 100 * (i + seed % 3), 600, 120, 60000)
            if i % 2:
                probe.send("monitor", 1, -1000, -50, 1000, 700, 120, 60000)
            probe.send("commit")
            probe.send("motion", 100 * i, 80 * i)
            probe.send("button", LEFT, 1)
            pester(probe, i, 30000)
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


def test_rude_x11_clients(weston, probe):
    "X11 applications that do at random what few do, and their server and its window manager are killed"
    rounds = int(os.environ.get("SILL_TEST_ROUNDS", "6"))
    for seed in range(rounds):
        apps = [weston.start(programs["rude_x11"], str(seed * 3 + i), "400", x11=True)
                for i in range(3)]
        for i in range(8):
            probe.send("monitor", 0, 0, 0, 800 + 100 * (i + seed % 3), 600, 120, 60000)
            probe.send("commit")
            pester(probe, i, 300)
            probe.send("motion", 100 * i, 80 * i)
            probe.send("button", LEFT, i % 2)
            probe.sync()
            if i == 4 and seed % 3:
                kill(weston.x11_child("sill-x11-wm" if seed % 3 == 1 else "Xwayland"))
        for app in apps:
            check(app.wait(WAIT * 2) in (0, 1), "a rude client ended with %s" % app.returncode)
        weston.children.clear()
        probe.wait(lambda: all(w.closed for w in probe.windows.values()), "all windows to go")
    print("# %d windows" % len(probe.windows))
    weston.start("xclock", x11=True)
    probe.window("xclock", titled("xclock"))
    ends = [line for line in weston.text().splitlines()
            if "the window manager" in line and "signal 9" not in line]
    check(not ends, "the window manager ended: %s" % ends)


def test_x11_server_killed_while_it_starts(weston, probe):
    "an X server that is killed while it starts, again and again, is followed by one that serves"
    clock = weston.start("xclock", x11=True)
    victims = [None]

    def has_ended():  # a server that had let it in was killed
        return clock.poll() is not None

    def is_next_there():
        return probe.windows or has_ended() or weston.x11_child("Xwayland") not in victims

    for i in range(5):
        probe.wait(is_next_there, "an X server")
        time.sleep(i * 0.02)  # sooner and later
        if probe.windows:
            break
        victims.append(weston.x11_child("Xwayland"))
        kill(victims[-1])
        if has_ended():
            clock = weston.start("xclock", x11=True)
    probe.wait(lambda: probe.windows or has_ended(), "the clock, or its end")
    if not probe.windows:
        weston.start("xclock", x11=True)
    probe.window("xclock", titled("xclock"))


def kill(pid):
    if pid is not None:
        os.kill(pid, signal.SIGKILL)


def start_greedy(weston, what, count):
    """Returns when the compositor has dealt with all that it asks for."""
    app = weston.start(programs["greedy"], what, str(count), stdout=subprocess.PIPE)
    check(app.stdout.readline() == b"done\n", "greedy did not get to its end")
    return app


def logged(weston, text):
    return weston.text().count(text)


def test_many_windows(weston, probe):
    "more windows than there may be: the rest is refused, which is said once"
    app = start_greedy(weston, "windows", 1100)
    probe.wait(lambda: sum(not w.closed for w in probe.windows.values()) == 1024, "1024 windows")
    probe.sync()
    check(len(probe.windows) == 1024, "%d windows" % len(probe.windows))
    check(logged(weston, "no room for another one") == 1, "lines in the log")
    app.kill()
    app.wait()
    probe.wait(lambda: all(w.closed for w in probe.windows.values()), "all windows to go")
    weston.start("weston-simple-shm")
    probe.window("another application's", titled("simple-shm"))


MANY_X11_WINDOWS = """
from Xlib import X, display
d = display.Display()
root = d.screen().root
for i in range(1100):
    w = root.create_window(0, 0, 30, 20, 0, X.CopyFromParent, background_pixel=i)
    w.map()
while True:
    d.next_event()
"""


def test_many_x11_windows(weston, probe):
    "more X11 windows than there may be: the rest is refused, and others' are shown when they are gone"
    app = weston.start(sys.executable, "-c", MANY_X11_WINDOWS, x11=True)
    probe.wait(lambda: sum(not w.closed for w in probe.windows.values()) == 1024, "1024 windows", 60)
    probe.wait(lambda: logged(weston, "no room for another one") == 1, "a line in the log")
    app.kill()
    app.wait()
    probe.wait(lambda: all(w.closed for w in probe.windows.values()), "all windows to go", 60)
    check(logged(weston, "no room for another one") == 1, "lines in the log")
    weston.start("xclock", x11=True)
    probe.window("xclock", titled("xclock"))


def test_flood_of_titles(weston, probe):
    "a flood of titles is told as far as somebody can read it, and the last one"
    start_greedy(weston, "titles", 20000)
    w = probe.window("its window", lambda w: True)
    probe.wait(lambda: w.title == "title 20000 of 20000", "the last title")
    check(sum(line.startswith("title") for line in probe.lines) < 20000, "all were told")


def test_flood_of_icons(weston, probe):
    "a flood of icons costs no memory"
    memory = weston.rss_kib()
    start_greedy(weston, "icons", 500)
    probe.wait(lambda: any(line.startswith("icon ") for line in probe.lines), "an icon")
    probe.sync()
    grown = weston.rss_kib() - memory
    print("# %d KiB" % grown)
    # Its own picture is of 4 MiB, which Weston maps.
    check(grown < 12288, "memory grew by %d KiB" % grown)


def test_enormous_window(weston, probe):
    "a window of 30,000 by 30,000 is cut to what is shown"
    memory = weston.rss_kib()
    start_greedy(weston, "size", 30000)
    w = probe.window("its window", lambda w: True)
    check(w.geometry[2:] == (16384, 4096), "it is %s" % (w.geometry,))
    grown = weston.rss_kib() - memory
    print("# %d KiB" % grown)
    check(grown < 3 * 256 * 1024, "memory grew by %d KiB" % grown)
    weston.start("weston-simple-shm")
    probe.window("another application's", titled("simple-shm"))


if __name__ == "__main__":
    main(globals())
