# SPDX-License-Identifier: MIT
"""Windows of applications against the image, as a person at a real client sees and uses them."""

import os
import signal
import socket
import subprocess
import time

from instance import Instance
from pattern import wait_for_picture
from tap import equal, test, wait_for
from world import World, main

KEY_Q, KEY_S, BTN_RIGHT = 16, 31, 273
# Longer than the server waits for the client to end a move, shorter than the shell for an answer.
BUSY = 0.8
# So long a window is new, and comes up by itself.
NEW = 2.0


def near(got, want, slack, what):
    if any(abs(a - b) > slack for a, b in zip(got, want)):
        raise AssertionError(f"{what} is {got}, not within {slack} of {want}")


class WithPaint(World):
    def __init__(self):
        super().__init__("e2e")
        self.paint = None

    def window(self):
        return self.screen.wait_for_window("Pattern")


@test("every service of the image is ready")
def _(world):
    status = world.instance.status()
    equal(status["init"]["state"], "running", "the state")
    for name in ("weston.service", "pulseaudio.service", "sill-rdp.service"):
        equal(world.instance.unit(name)["state"], "running", name)


@test("weston, pulseaudio and sill-rdp have a uid each, and no capability")
def _(world):
    uids = set()
    for program in ("weston", "pulseaudio", "sill-rdp"):
        pid = world.instance.host_pids(program)[0]
        with open(f"/proc/{pid}/status") as file:
            fields = dict(line.split(":\t", 1) for line in file.read().splitlines())
        uids.add(fields["Uid"].split()[0])
        equal(int(fields["CapEff"], 16), 0, f"{program}'s capabilities")
        equal(int(fields["CapBnd"], 16), 0, f"{program}'s bounding set")
        equal(fields["NoNewPrivs"], "1", f"{program}'s no_new_privs")
    equal(len(uids), 3, "the number of uids")
    assert "0" not in uids


@test("nothing in the image's file system can be written, not even by root")
def _(world):
    root = f"/proc/{world.instance.status()['init_pid']}/root"
    for path in ("/etc/passwd", "/usr/lib/sill/sill-rdp", "/new", "/usr/bin/new"):
        try:
            os.close(os.open(root + path, os.O_WRONLY | os.O_CREAT))
        except OSError as error:
            equal(os.strerror(error.errno), "Read-only file system", f"writing {path}")
        else:
            raise AssertionError(f"{path} could be written")
    with open(f"/proc/{world.instance.status()['init_pid']}/mountinfo") as file:
        roots = [line.split() for line in file if line.split()[4] == "/"]
    assert "ro" in roots[-1][5].split(","), roots
    assert "erofs" in roots[-1], roots


@test("a Wayland window appears as an X window of its own, with its title and its pixels")
def _(world):
    world.paint = world.instance.paint("Pattern", 400, 300)
    window = world.window()
    equal(window.geometry()[2:], (400, 300), "its size")
    wait_for_picture(window)


@test("typing reaches the application, and what it draws then comes back")
def _(world):
    window = world.window()
    x, y, width, height = window.geometry()
    mark = world.paint.lines.mark()
    world.screen.click(x + width // 2, y + height // 2)
    world.paint.lines.wait(f"button 272 1 at {width // 2} {height // 2}", mark)
    world.screen.key("q")
    world.paint.lines.wait(f"key {KEY_Q} 1", mark)
    world.paint.lines.wait(f"key {KEY_Q} 0", mark)
    wait_for_picture(window, keys=1)


@test("the wheel turns the right way")
def _(world):
    mark = world.paint.lines.mark()
    for button, line in ((5, "axis 0 1"), (4, "axis 0 -1"), (7, "axis 1 1"), (6, "axis 1 -1")):
        world.screen.button(button, True)
        world.screen.button(button, False)
        world.paint.lines.wait(line, mark)
        mark = world.paint.lines.mark()


@test("a popup is a window of its own, where the application put it, and goes away")
def _(world):
    x, y, _, _ = world.window().geometry()
    mark = world.paint.lines.mark()
    world.screen.click(x + 100, y + 60, button=3)
    world.paint.lines.wait("popup 100 60", mark)

    def popup():
        return next((w for w in world.screen.windows()
                     if w.override and w.geometry()[2:] == (120, 80)), None)

    shown = wait_for("the popup's window", popup)
    near(shown.geometry()[:2], (x + 100, y + 60), 0, "its place")
    wait_for("its yellow", lambda: near_yellow(shown.pixels()[40][60]))
    world.screen.click(x + 20, y + 200)
    world.paint.lines.wait("popup-closed", mark)
    wait_for("the popup to be gone", lambda: popup() is None)


def near_yellow(pixel):
    return pixel[0] > 230 and pixel[1] > 230 and pixel[2] < 25


@test("an X11 application opens, takes typing, and shows its menu in place")
def _(world):
    xterm = world.instance.exec("xterm", "-T", "Terminal", "-geometry", "60x12")
    window = world.screen.wait_for_window("Terminal")
    x, y, width, height = window.geometry()
    world.screen.click(x + width // 2, y + height // 2)
    flag = os.path.join(os.environ["HOME"], "typed")
    world.screen.type("cd\ntouch typed\n")  # that is $HOME
    wait_for("what was typed to happen", lambda: os.path.exists(flag))
    before = {w.x11.id for w in world.screen.windows()}
    at_x, at_y = x + width // 2, y + height // 2
    world.screen.display.sync()
    control = world.screen.display.keysym_to_keycode(0xFFE3)
    from Xlib import X
    from Xlib.ext import xtest
    xtest.fake_input(world.screen.display, X.KeyPress, control)
    world.screen.button(1, True)
    menu = wait_for("xterm's menu", lambda: next(
        (w for w in world.screen.windows() if w.override and w.x11.id not in before
         and w.geometry()[3] > 60), None))
    # Athena menus open with the pointer on their title.
    left, top, menu_width, menu_height = menu.geometry()
    assert left <= at_x <= left + menu_width and top - 4 <= at_y <= top + 40, menu.geometry()
    world.screen.button(1, False)
    xtest.fake_input(world.screen.display, X.KeyRelease, control)
    world.screen.display.sync()
    wait_for("the menu to be gone", lambda: not any(
        w.x11.id == menu.x11.id for w in world.screen.windows()))
    world.screen.close(world.screen.find("Terminal"))
    world.screen.wait_until_gone("Terminal")
    xterm.process.wait(10)


@test("moved from the client, it stays there and input still hits it")
def _(world):
    window = world.window()
    world.screen.place(window, 600, 350, 400, 300)
    mark = world.paint.lines.mark()
    world.screen.click(610, 450)
    world.paint.lines.wait("button 272 1 at 10 100", mark)
    wait_for_picture(window, keys=1)
    equal(window.geometry(), (600, 350, 400, 300), "its place later")


@test("moved away and back to where it was before, input hits it")
def _(world):
    window = world.window()
    first = window.geometry()
    x, y, width, height = first
    for there in ((x - 200, y - 100), (x + 1, y), (x, y + 37)):
        world.screen.place(window, *there, width, height)
        mark = world.paint.lines.mark()
        world.screen.click(there[0] + 30, there[1] + 100)
        world.paint.lines.wait("button 272 1 at 30 100", mark)
        world.screen.place(window, *first)
        mark = world.paint.lines.mark()
        world.screen.click(x + 50, y + 100)
        world.paint.lines.wait("button 272 1 at 50 100", mark)


@test("resized from the client, the application draws the new size")
def _(world):
    window = world.window()
    mark = world.paint.lines.mark()
    world.screen.place(window, 500, 300, 520, 410)
    world.paint.lines.wait("configure 520 410", mark)
    wait_for("the size", lambda: window.geometry() == (500, 300, 520, 410))
    wait_for_picture(window, keys=1)


@test("maximised and restored from the client")
def _(world):
    window = world.window()
    before = window.geometry()
    mark = world.paint.lines.mark()
    world.screen.maximize(window)
    line = world.paint.lines.wait("configure 12", mark)
    assert line.endswith("maximized"), line
    wait_for("the whole screen", lambda: window.geometry()[2] >= 1270)
    wait_for_picture(window, keys=1)
    mark = world.paint.lines.mark()
    world.screen.maximize(window, False)
    line = world.paint.lines.wait("configure", mark)
    wait_for("the earlier size", lambda: window.geometry()[2:] == before[2:])
    near(window.geometry()[:2], before[:2], 2, "its place")


@test("restored while the application is too busy to draw, it ends where it was")
def _(world):
    window = world.window()
    before = window.geometry()
    mark = world.paint.lines.mark()
    world.screen.maximize(window)
    world.paint.lines.wait("configure 12", mark)
    wait_for("the whole screen", lambda: window.geometry()[2] >= 1270)
    wait_for_picture(window, keys=1)
    os.kill(world.paint.process.pid, signal.SIGSTOP)
    world.screen.maximize(window, False)
    time.sleep(BUSY)
    os.kill(world.paint.process.pid, signal.SIGCONT)
    wait_for("its size", lambda: window.geometry()[2:] == before[2:])
    wait_for_picture(window, keys=1)
    equal(window.geometry()[2:], before[2:], "its size")
    near(window.geometry()[:2], before[:2], 2, "its place")


@test("minimised and restored from the client, and from the application")
def _(world):
    window = world.window()
    world.screen.minimize(window)
    world.screen.wait_until_gone("Pattern")
    world.screen.pause()
    world.screen.activate(window)
    wait_for_picture(world.window(), keys=1)
    x, y, _, _ = window.geometry()
    mark = world.paint.lines.mark()
    world.screen.click(x + 30, y + 100)
    world.paint.lines.wait("button 272 0", mark)
    world.screen.key("n")
    world.screen.wait_until_gone("Pattern")
    world.screen.pause()
    world.screen.activate(window)
    wait_for_picture(world.window(), keys=2)


@test("a window chosen with Alt-Tab, not by a click, gets the keyboard and is above")
def _(world):
    pairs = []
    for title, at in ("Left", (300, 200)), ("Right", (450, 300)):
        app = world.instance.paint(title, 400, 300)
        pairs.append((world.screen.wait_for_placed_window(title), app))
        world.screen.place(pairs[-1][0], *at, 400, 300)
    time.sleep(NEW)
    for turn in range(6):
        window, app = pairs[turn % 2]
        x, y, _, _ = window.geometry()
        mark = app.lines.mark()
        world.screen.activate(window)
        wait_for("it to be active", lambda: world.screen.root.get_full_property(
            world.screen.atom("_NET_ACTIVE_WINDOW"), 0).value[0] == window.x11.id)
        world.screen.pause()
        world.screen.hold("s", True)
        world.screen.hold("s", False)
        app.lines.wait(f"key {KEY_S} 0", mark)
        world.screen.click(500, 400)  # where both are
        app.lines.wait(f"button 272 0 at {500 - x} {400 - y}", mark)
    for window, app in pairs:
        app.stop()
        world.screen.wait_until_gone(window.title)


@test("kill -9 of sill-rdp: the windows are back within 2 s, the application never noticed")
def _(world):
    victim = world.instance.host_pids("sill-rdp")[0]
    before = world.window().x11.id

    def went():
        """It may be back sooner than one looks."""
        window = world.screen.find("Pattern")
        return window is None or window.x11.id != before

    os.kill(victim, signal.SIGKILL)
    killed = time.monotonic()
    wait_for("another sill-rdp", lambda: world.instance.host_pids("sill-rdp") not in ([], [victim]))
    wait_for("the window to go or come back", went, 1.0)
    wait_for_picture(world.screen.wait_for_window("Pattern", 5.0), keys=2)
    took = time.monotonic() - killed
    assert world.paint.alive()
    assert took < 2.0, f"it took {took:.2f} s"
    print(f"# windows back after {took:.2f} s")
    window = world.window()
    x, y, _, _ = window.geometry()
    mark = world.paint.lines.mark()
    world.screen.click(x + 50, y + 100)
    world.paint.lines.wait("button 272 1 at 50 100", mark)


@test("kill -9 of pulseaudio: it is back on the same socket, the rest unharmed")
def _(world):
    def server_name():
        result = subprocess.run(["sill", "exec", "--name", world.instance.name, "--", "pactl",
                                 "info"], capture_output=True, text=True, timeout=30)
        return "Server Name: pulseaudio" in result.stdout

    wait_for("PulseAudio to answer", server_name)
    victim = world.instance.host_pids("pulseaudio")[0]
    os.kill(victim, signal.SIGKILL)
    wait_for("another pulseaudio",
             lambda: world.instance.host_pids("pulseaudio") not in ([], [victim]))
    wait_for("PulseAudio to answer again", server_name)
    equal(world.instance.unit("pulseaudio.service")["restarts"], 1, "its restarts")
    equal(world.instance.unit("weston.service")["restarts"], 0, "weston's restarts")
    assert world.paint.alive() and world.screen.find("Pattern")


@test("kill -9 of Xwayland: the next X11 application gets another, Wayland ones go on")
def _(world):
    first = world.instance.exec("xclock")
    world.screen.wait_for_window("xclock")
    victim = world.instance.host_pids("Xwayland")[0]
    os.kill(victim, signal.SIGKILL)
    world.screen.wait_until_gone("xclock")
    first.process.wait(10)
    again = world.instance.exec("xclock")
    world.screen.wait_for_window("xclock")
    assert world.instance.host_pids("Xwayland") not in ([], [victim])
    equal(world.instance.unit("weston.service")["restarts"], 0, "weston's restarts")
    assert world.paint.alive() and world.screen.find("Pattern")
    again.stop()
    world.screen.wait_until_gone("xclock")


@test("a client that leaves and comes back finds every window as it was")
def _(world):
    second = world.instance.paint("Second", 200, 150)
    world.screen.wait_for_window("Second")
    place = world.window().geometry()
    world.client.terminate()
    world.client.wait(10)
    world.screen.wait_until_gone("Pattern")
    assert world.paint.alive() and second.alive()
    world.client = world.instance.connect()
    wait_for_picture(world.window(), keys=2)
    wait_for_picture(world.screen.wait_for_window("Second"))
    near(world.window().geometry(), place, 2, "its place and size")
    second.stop()
    world.screen.wait_until_gone("Second")


@test("a second client takes over from the first")
def _(world):
    first = world.client
    world.client = world.instance.connect("-auto-reconnect")
    # The first one is told why, so it does not fight for the session.
    wait_for("the first client to end", lambda: first.poll() is not None)
    wait_for_picture(world.window(), keys=2)


def try_client(world, *options, password=None):
    """xfreerdp without sill connect's help. Returns its exit code and what it said."""
    host, port = world.instance.address()
    arguments = [f"/v:{host}:{port}", "/cert:ignore", "/sec:tls", "/u:me", "-clipboard",
                 f"/p:{password or world.instance.secret('password')}", *options]
    result = subprocess.run(["xfreerdp", "/args-from:stdin"], input="\n".join(arguments) + "\n",
                            capture_output=True, text=True, timeout=30)
    return result.returncode, result.stdout + result.stderr


@test("a wrong password is refused and, again and again, made to wait; the session goes on")
def _(world):
    for _ in range(3):
        code, _said = try_client(world, "/app:program:||sill", password="wrong")
        assert code != 0
    log = world.instance.sill("logs", "sill-rdp").stdout
    assert "password" in log, log
    equal(world.instance.secret("password") in log, False, "the password is in the log")
    assert world.client.poll() is None
    x, y, _, _ = world.window().geometry()
    mark = world.paint.lines.mark()
    world.screen.click(x + 60, y + 100)
    world.paint.lines.wait("button 272 1 at 60 100", mark)


@test("clients that send garbage, hang in the handshake, or come a thousand times do no harm")
def _(world):
    address = world.instance.address()
    hanging = [socket.create_connection(address, timeout=5) for _ in range(8)]
    for payload in (b"GET / HTTP/1.1\r\n\r\n", b"\x03\x00\x00\x13\x0e" + b"\xff" * 14,
                    b"\x03\x00\xff\xff" + os.urandom(5000), os.urandom(20000)):
        with socket.create_connection(address, timeout=5) as connection:
            try:
                connection.sendall(payload)
                connection.recv(100)
            except OSError:
                pass
    for _ in range(1000):
        try:
            socket.create_connection(address, timeout=5).close()
        except OSError:
            pass
    x, y, _, _ = world.window().geometry()
    mark = world.paint.lines.mark()
    world.screen.click(x + 70, y + 100)
    world.paint.lines.wait("button 272 1 at 70 100", mark)
    for connection in hanging:
        connection.close()
    equal(world.instance.unit("sill-rdp.service")["restarts"], 1, "sill-rdp's restarts")
    assert world.client.poll() is None


@test("closed from the client, the application ends in its own way")
def _(world):
    mark = world.paint.lines.mark()
    world.screen.close(world.window())
    world.paint.lines.wait("close", mark)
    equal(world.paint.process.wait(10), 0, "its exit code")
    world.screen.wait_until_gone("Pattern")


@test("a client without the graphics pipeline is told why it is refused")
def _(world):
    world.client.terminate()
    world.client.wait(10)

    def refused():
        code, _ = try_client(world, "/bpp:16")
        return code != 0 and "the graphics pipeline" in world.instance.sill("logs", "sill-rdp").stdout

    wait_for("the refusal and its reason in the log", refused, 60)


@test("stopped, it leaves nothing behind")
def _(world):
    directory = world.instance.status()["dir"]
    init = world.instance.status()["init_pid"]
    world.instance.stop()
    assert not os.path.exists(directory), directory
    assert not os.path.exists(f"/proc/{init}")
    world.instance = Instance()
    equal(world.instance.status()["init"]["state"], "running", "the state after a new start")


if __name__ == "__main__":
    main(WithPaint)
