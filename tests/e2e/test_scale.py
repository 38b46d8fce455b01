# SPDX-License-Identifier: MIT
"""Windows on a screen of high resolution: drawn pixel by pixel, by the client's scale."""

from pattern import wait_for_picture
from tap import test, wait_for
from world import World, main


@test("an application draws each pixel of a screen at 150 %, and input hits what it is aimed at")
def _(world):
    app = world.instance.paint("Scaled", 301, 200)
    app.lines.wait("scale 180")
    window = world.screen.wait_for_window("Scaled")
    wait_for("its size in pixels", lambda: window.geometry()[2:] == (452, 300))
    wait_for_picture(window)
    x, y, _, _ = window.geometry()
    mark = app.lines.mark()
    world.screen.click(x + 150, y + 90)
    app.lines.wait("button 272 1 at 100 60", mark)
    app.stop()
    world.screen.wait_until_gone("Scaled")


@test("resized to a size that is no whole number of units, the window fills it")
def _(world):
    app = world.instance.paint("Resized", 300, 200)
    window = world.screen.wait_for_window("Resized")
    mark = app.lines.mark()
    world.screen.place(window, 200, 100, 601, 401)
    app.lines.wait("configure 401 267", mark)
    wait_for_picture(window)
    width, height = window.geometry()[2:]
    assert abs(width - 601) <= 1 and abs(height - 401) <= 1, (width, height)
    app.stop()
    world.screen.wait_until_gone("Resized")


def xterm(world, title, *options):
    """The width of one that takes its size from its font's."""
    app = world.instance.exec("xterm", "-T", title, "-fa", "DejaVu Sans Mono", "-fs", "10",
                              *options)
    width = world.screen.wait_for_window(title).geometry()[2]
    app.stop()
    world.screen.wait_until_gone(title)
    return width


@test("X11 applications learn how large text is, as resources and as settings")
def _(world):
    # The first one starts Xwayland, and is let in when they are there.
    resources = world.instance.command("xprop", "-root", "RESOURCE_MANAGER")
    assert "Xft.dpi:\\t144" in resources, resources
    small = xterm(world, "Small", "-xrm", "Xft.dpi: 96")
    large = xterm(world, "Large")
    assert 1.4 < large / small < 1.6, (small, large)


if __name__ == "__main__":
    main(lambda: World("scale", lambda instance: instance.connect("/scale-desktop:150", "/scale:140")))
