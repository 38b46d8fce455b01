# SPDX-License-Identifier: MIT
"""What most end-to-end tests share: a screen, a running image, and a client between the two."""

from instance import Instance, setup_environment
from screen import Screen
from tap import run


class World:
    """The tests of a file go on from one another in it, as a day's use does."""

    def __init__(self, name, connect=Instance.connect):
        self.screen = Screen()
        self.instance = Instance(name)
        self.client = connect(self.instance)

    def stop(self):
        self.client.terminate()
        self.client.wait(10)
        self.instance.stop()
        self.screen.stop()


def main(make_world):
    """Runs the tests of the file in what make_world() returns, which has a stop(), and exits."""
    setup_environment()
    shared = make_world()
    try:
        code = run(shared)
    finally:
        shared.stop()
    raise SystemExit(code)
