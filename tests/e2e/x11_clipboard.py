# SPDX-License-Identifier: MIT
"""An X11 application for the tests that copies or pastes a text:

    x11_clipboard.py copy TEXT    has copied it until its stdin ends
    x11_clipboard.py paste        prints what is there
"""

import os
import sys

from clipboard import Owner, paste
from x11_window import connect_to_path


def run(what, *text):
    name = os.environ["DISPLAY"]
    scheme, _, path = name.partition(":")
    if scheme == "unix":
        connect_to_path(path)
    if what == "copy":
        owner = Owner(name, *text)
        sys.stdin.read()
        owner.close()
    else:
        sys.stdout.write(paste(name) or "")


if __name__ == "__main__":
    run(*sys.argv[1:])
