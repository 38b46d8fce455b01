# SPDX-License-Identifier: MIT
"""What X11 applications say of their windows, as it is at the client."""

import os
import signal

from tap import equal, test, wait_for
from world import World, main
from x11_app import end, say, start

BLUE, GREEN = 0xFF0000FF, 0xFF00FF00


@test("the icon of an X11 window is the window's on the client, and so is the next one")
def _(world):
    app, window = start(world, "Icon", "icon 0000ff 48", "map")
    wait_for("the icon", lambda: window.icon_is(BLUE))
    say(app, "icon 00ff00 128")
    wait_for("the other icon", lambda: window.icon_is(GREEN))
    end(world, app, "Icon")


@test("GTK's demo has an icon on the client as an X11 application, too")
def _(world):
    app = world.instance.exec("env", "GDK_BACKEND=x11", "gtk3-demo")
    window = world.screen.wait_for_window("Application Class", 30)
    wait_for("an icon of many colours", lambda: len(set(window.words("_NET_WM_ICON")[2:])) > 20)
    end(world, app, "Application Class")


def manager_and_keeper(world):
    """The pids of the X11 window manager and of the sill-x11 that keeps it; None where there is none."""
    managers, keepers = (world.instance.host_pids(name) for name in ("sill-x11-wm", "sill-x11"))
    return next(iter(managers), None), next(iter(keepers), None)


def manager(world):
    return manager_and_keeper(world)[0]


@test("kill -9 of the X11 window manager: windows get their next frames, and what changes is heard again")
def _(world):
    app, window = start(world, "Kept", "icon 0000ff 48", "map")
    wait_for("the icon", lambda: window.icon_is(BLUE))
    victim, old = manager(world), window.x11.id
    os.kill(victim, signal.SIGKILL)
    wait_for("another one", lambda: manager(world) not in (None, victim))
    wait_for("the next frame", lambda: getattr(world.screen.find("Kept"), "x11", old) not in (None, old))
    window = world.screen.find("Kept")
    wait_for("the icon", lambda: window.icon_is(BLUE))
    say(app, "icon 00ff00 48")
    wait_for("the other icon", lambda: window.icon_is(GREEN))
    later, second = start(world, "Later", "icon 0000ff 48", "map")
    wait_for("the icon of a window of later", lambda: second.icon_is(BLUE))
    equal(world.instance.unit("weston.service")["restarts"], 0, "weston's restarts")
    equal(world.instance.unit("xwayland.service")["restarts"], 0, "its own")
    for each in (app, later):
        each.stop()
    world.screen.wait_until_gone("Kept")


@test("the X11 window manager ends with Xwayland, and both come back with the next application")
def _(world):
    for pid in world.instance.host_pids("Xwayland"):
        os.kill(pid, signal.SIGKILL)
    wait_for("it to end", lambda: manager(world) is None)
    app, _ = start(world, "Next", "map")
    end(world, app, "Next")
    equal(world.instance.unit("xwayland.service")["restarts"], 0, "its restarts")


@test("an X11 window that wants to be above all others is, until it does not")
def _(world):
    app, window = start(world, "Above", "state add ABOVE", "map")
    wait_for("to be above", lambda: "_NET_WM_STATE_ABOVE" in window.state())
    other, _ = start(world, "Other", "map")
    assert "_NET_WM_STATE_ABOVE" not in world.screen.find("Other").state()
    say(app, "state remove ABOVE")
    wait_for("to be one of many", lambda: "_NET_WM_STATE_ABOVE" not in window.state())
    say(app, "state add ABOVE")
    wait_for("to be above again", lambda: "_NET_WM_STATE_ABOVE" in window.state())
    other.stop()
    end(world, app, "Above")
    world.screen.wait_until_gone("Other")


@test("an X11 window's smallest and largest size are the client's, with the frame around it")
def _(world):
    app, window = start(world, "Limits", "limits 150 140 400 300", "map")
    # The window is 200 by 150 without its frame.
    _, _, width, height = window.geometry()
    frame = width - 200, height - 150
    assert frame[0] > 0 and frame[1] > 0, frame

    def limits():
        hints = window.x11.get_wm_normal_hints()  # the client may have set none yet
        return hints and (hints.min_width, hints.min_height, hints.max_width, hints.max_height)

    want = 150 + frame[0], 140 + frame[1], 400 + frame[0], 300 + frame[1]
    wait_for("its limits", lambda: limits() == want)
    end(world, app, "Limits")


@test("an X11 window that resizes itself often is at the client as large as it was last, in its frame")
def _(world):
    app, window = start(world, "Grows", "map")
    _, _, width, height = window.geometry()
    frame = width - 200, height - 150
    for step in range(1, 41):
        say(app, f"size {200 + 4 * step} {150 + 2 * step}")
    want = 360 + frame[0], 230 + frame[1]
    wait_for("its last size", lambda: world.screen.find("Grows").geometry()[2:] == want)

    def is_whole():
        rows = window.pixels()
        inside = [row[frame[0] // 2:-frame[0] // 2] for row in rows[frame[1] - frame[0] // 2:-frame[0] // 2]]
        return len(rows) == want[1] and {p for row in inside for p in row} == {(255, 0, 0)} \
            and (255, 0, 0) not in rows[0] + rows[-1]

    wait_for("its pixels", is_whole)
    end(world, app, "Grows")


@test("while a modal X11 dialog is open, what is typed into its window is the dialog's")
def _(world):
    app, window = start(world, "Owner", "size 400 300", "map")
    say(app, "dialog Modal")
    say(app, "state add MODAL")
    say(app, "map")
    dialog = world.screen.wait_for_window("Modal")
    equal(dialog.number("WM_TRANSIENT_FOR"), window.x11.id, "the window it is transient for")
    x, y, width, height = window.geometry()
    mark = app.lines.mark()
    world.screen.click(x + 20, y + height - 20)  # beside the dialog, which is over its middle
    world.screen.key("q")
    app.lines.wait("key Modal", mark)
    end(world, app, "Owner")


@test("an X11 window is opaque on the client, its frame's round corners filled")
def _(world):
    app, window = start(world, "Opaque", "map")
    wait_for("its pixels", lambda: {p for row in window.pixels() for p in row} >= {(255, 0, 0)})
    rows = window.pixels()
    corners = [rows[0][0], rows[0][-1], rows[-1][0], rows[-1][-1]]
    assert all(sum(corner) > 100 for corner in corners), corners
    end(world, app, "Opaque")


@test("kill -9 of what keeps Xwayland takes it along, and the next application finds another")
def _(world):
    app, _ = start(world, "Before", "map")
    victims = [*manager_and_keeper(world), *world.instance.host_pids("Xwayland")]
    os.kill(victims[1], signal.SIGKILL)
    world.screen.wait_until_gone("Before")
    wait_for("all of them to end", lambda: not {*victims} & {
        pid for name in ("sill-x11", "sill-x11-wm", "Xwayland")
        for pid in world.instance.host_pids(name)})
    again, _ = start(world, "After", "map")
    equal(world.instance.unit("xwayland.service")["restarts"], 1, "its restarts")
    app.stop()
    end(world, again, "After")


if __name__ == "__main__":
    main(lambda: World("x11"))
