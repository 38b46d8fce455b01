# SPDX-License-Identifier: MIT
"""Tests as functions, results as TAP: a test passes when it returns."""

import time
import traceback

_tests = []


class Skip(Exception):
    """Raised by a test that cannot run here; its text says why."""


def test(title):
    def register(function):
        _tests.append((title, function))
        return function

    return register


def wait_for(what, condition, timeout=15.0):
    """Return the first true value of condition(); fail when there is none in time (seconds)."""
    deadline = time.monotonic() + timeout
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            said = what() if callable(what) else what
            raise AssertionError(f"waited {timeout:g} s for {said}")
        time.sleep(0.02)


def equal(got, want, what):
    if got != want:
        raise AssertionError(f"{what} is {got!r}, not {want!r}")


def run(*arguments):
    """Run every test with these arguments, in the order of definition. Returns the exit code."""
    failures = 0
    print(f"1..{len(_tests)}", flush=True)
    for number, (title, function) in enumerate(_tests, 1):
        started = time.monotonic()
        try:
            function(*arguments)
            result = "ok"
            note = f" # {time.monotonic() - started:.2f} s"
        except Skip as reason:
            result, note = "ok", f" # SKIP {reason}"
        except Exception:  # a test may fail in any way
            failures += 1
            result, note = "not ok", ""
            for line in traceback.format_exc().rstrip().splitlines():
                print("# " + line)
        print(f"{result} {number} - {title}{note}", flush=True)
    return 1 if failures else 0
