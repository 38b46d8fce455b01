# SPDX-License-Identifier: MIT
"""Applications that do what x11_window.py is told, and their windows at the client."""

import os
import subprocess
import sys

from tap import wait_for

APPLICATION = os.path.join(os.path.dirname(os.path.abspath(__file__)), "x11_window.py")
RED = 0xFFFF0000


def start(world, title, *commands):
    app = world.instance.exec(sys.executable, APPLICATION, title, *commands,
                              stdin=subprocess.PIPE)
    return app, world.screen.wait_for_window(title)


def say(app, command):
    app.process.stdin.write(command + "\n")
    app.process.stdin.flush()


def end(world, app, title):
    app.stop()
    world.screen.wait_until_gone(title)


def await_watcher(world):
    """Starts Xwayland. What is mapped while it starts may come before sill-x11 watches, and has nothing of
    its own then (decision 13)."""
    def is_watched():
        app, window = start(world, "Is it watched?", f"icon {RED & 0xFFFFFF:06x} 48", "map")
        try:
            wait_for("its icon", lambda: window.icon_is(RED), 2)
            return True
        except AssertionError:
            return False
        finally:
            end(world, app, "Is it watched?")

    wait_for("sill-x11 to watch", is_watched, 20)
