# SPDX-License-Identifier: MIT
"""Applications that do what x11_window.py is told, and their windows at the client."""

import os
import subprocess
import sys

APPLICATION = os.path.join(os.path.dirname(os.path.abspath(__file__)), "x11_window.py")


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
