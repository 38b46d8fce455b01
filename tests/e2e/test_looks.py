# SPDX-License-Identifier: MIT
"""How windows of applications look on the client: what they are to it, and every pixel of them."""

from instance import Instance, setup_environment
from screen import Screen
from tap import equal, run, test, wait_for

CORNER = 8


class World:
    def __init__(self):
        self.screen = Screen()
        self.instance = Instance()
        self.client = self.instance.connect()

    def stop(self):
        self.client.terminate()
        self.client.wait(10)
        self.instance.stop()
        self.screen.stop()


@test("a window with a shadow and round corners: the shadow is cropped, the corners see-through")
def _(world):
    app = world.instance.paint("Shadow", 300, 200, "csd")
    window = world.screen.wait_for_window("Shadow")
    equal(window.geometry()[2:], (300, 200), "its size, without the shadow")
    equal(window.x11.get_geometry().depth, 32, "its depth")

    def as_drawn():
        rows = window.alphas()
        for y, row in enumerate(rows):
            corner = CORNER if y < CORNER else 0
            if bytes(row) != bytes(corner) + b"\xff" * (300 - 2 * corner) + bytes(corner):
                return False
        return True

    wait_for("corners to be transparent, the rest opaque", as_drawn)
    x, y, _, _ = window.geometry()
    mark = app.lines.mark()
    world.screen.click(x + 50, y + 60)
    app.lines.wait("button 272 1 at 50 60", mark)
    world.screen.key("q")
    app.lines.wait("key 16 0", mark)
    wait_for("the same after it drew again", as_drawn)
    app.stop()
    world.screen.wait_until_gone("Shadow")


@test("GTK's own title bar: the corners are see-through, their edges between")
def _(world):
    app = world.instance.exec("gtk3-demo")
    window = world.screen.wait_for_window("Application Class")

    def corner():
        rows = window.alphas()
        # Its shadow reaches below the corner.
        return (rows[0][0] < 64 < rows[0][CORNER // 2] < 255
                and rows[len(rows) // 2][len(rows[0]) // 2] == 255)

    wait_for("a round corner", corner)
    app.stop()
    world.screen.wait_until_gone("Application Class")


if __name__ == "__main__":
    setup_environment()
    shared = World()
    try:
        code = run(shared)
    finally:
        shared.stop()
    raise SystemExit(code)
