# SPDX-License-Identifier: MIT
"""An X server without a screen."""

import itertools
import os
import subprocess

ATTEMPTS = 10
# Who runs in a pid namespace takes the lock in /tmp of a server in another one for that of a dead one,
# and its name with it. The number of a network namespace is nobody else's.
_FIRST = 100 + os.stat("/proc/self/ns/net").st_ino % 50000
_numbers = itertools.count(_FIRST)


def start(width, height, *options):
    """Returns the process and its name, for which $DISPLAY stands from now on."""
    for number in itertools.islice(_numbers, ATTEMPTS):
        server, name = _try(number, "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp",
                            "-noreset", *options)
        if name:
            os.environ["DISPLAY"] = name
            os.environ.pop("XAUTHORITY", None)
            return server, name
        server.wait(10)
    raise AssertionError("Xvfb does not start")


def _try(number, *options):
    """The name is empty if somebody has it, or died with it."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", f":{number}", "-displayfd", str(write), *options],
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as line:
        told = line.readline().strip()
    return server, told and f":{told}"
