# SPDX-License-Identifier: MIT
"""Tests of sill-shell.so in stock Weston, with real applications and a probe in place of sill-rdp.

Each file of them runs in namespaces of its own, so that X displays, sockets and stray processes are
its own, too. TAP on stdout; 77 if namespaces cannot be made here.
"""
import os
import re
import subprocess
import sys
import time

from harness import RIGHT, WAIT, X11_SOCKETS, Failed, Probe, Weston, check

programs = {}  # rude_client, rude_x11, greedy, sill_x11 and menus: their paths
verbose = "SILL_TEST_VERBOSE" in os.environ


def titled(title):
    return lambda w: w.title and title in w.title


def start_foot(weston, probe, *command, title="foot-test"):
    weston.start("foot", "--config=/dev/null", "--title=" + title, "-o", "csd.preferred=none",
                 *command)
    return probe.window(title, titled(title))


def brightest(picture, x, y):
    width, height, data = picture
    around = [data[4 * (j * width + i):][:3] for i in range(x - 3, x + 4)
              for j in range(y - 3, y + 4)]
    return max(around, key=sum)


def open_popup(probe, window, at, beside):
    """Right clicks there until a menu comes; a click beside it closes what came instead."""
    deadline = time.monotonic() + WAIT
    while time.monotonic() < deadline:
        probe.click(window, *at, RIGHT)
        try:
            return probe.window("a popup", lambda p: p.role == 1, 2)
        except Failed:
            probe.click(window, *beside)
    raise Failed("no popup came")


def run_one(module, program, test):
    weston = probe = None
    Probe.program = program
    try:
        weston = Weston(module, programs["sill_x11"])
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
                if verbose or re.search("sill-(shell|x11): |[Aa]ssert|ERROR|Sanitizer|^    #", line):
                    print("#   " + line)
    check(status == 0, "Weston ended with status %s" % status)


def run_all(tests, module, program, rude_client, rude_x11, greedy, sill_x11, menus, *names):
    programs.update(rude_client=rude_client, rude_x11=rude_x11, greedy=greedy, sill_x11=sill_x11,
                    menus=menus)
    tests = [t for t in tests if not names or t.__name__[5:] in names]
    print("1..%d" % len(tests))
    failures = 0
    for number, test in enumerate(tests, 1):
        begin = time.monotonic()
        try:
            run_one(module, program, test)
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
    flags = ["--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"]
    for more in ([], ["--user", "--map-root-user"]):
        if subprocess.run(["unshare", *more, *flags, "true"], stderr=subprocess.DEVNULL).returncode:
            continue
        os.environ["SILL_TEST_INSIDE"] = "1"
        os.execvp("unshare", ["unshare", *more, *flags, sys.executable, *sys.argv])
    sys.exit(77)


def furnish_namespaces():
    """X servers of other files must not be where ours look for theirs: their lock files do not keep
    them apart, since what is a process there is none here."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=False)
    os.makedirs(X11_SOCKETS, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "sill-test", X11_SOCKETS], check=True)
    os.chmod(X11_SOCKETS, 0o1777)


def main(namespace):
    """Runs the file's tests with the arguments of the command line, and exits."""
    if "SILL_TEST_INSIDE" not in os.environ:
        enter_namespaces()
    furnish_namespaces()
    tests = [value for name, value in namespace.items() if name.startswith("test_")]
    arguments = [a for a in sys.argv[1:] if not a.startswith("--pictures=")]
    for a in sys.argv[1:]:
        if a.startswith("--pictures="):
            Probe.pictures = a.partition("=")[2]
    sys.exit(run_all(tests, *(os.path.abspath(a) for a in arguments[:7]), *arguments[7:]))
