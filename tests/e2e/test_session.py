# SPDX-License-Identifier: MIT
"""What becomes of a session when the client goes, comes back, or sleeps."""

import os
import signal
import time

from Xlib.ext import xfixes

from pattern import wait_for_picture
from screen import HEIGHT, WIDTH
from tap import equal, test, wait_for
from world import World, main

RED = 0xFFFF0000
FIRST, SECOND = "First \N{CHECK MARK}", "Second"
# A client that sleeps is waited for that long before applications go on without it.
ASLEEP = 1.5
GROWTH_KIB = 8192


class Session(World):
    def __init__(self):
        super().__init__("session")
        xfixes.query_version(self.screen.display)

    def pointer(self):
        """What the client shows for it."""
        image = xfixes.get_cursor_image(self.screen.display, self.screen.root)
        return image.width, image.height, image.xhot, image.yhot, bytes(
            byte for pixel in image.cursor_image for byte in pixel.to_bytes(4, "little"))

    def order(self):
        """Titles of our windows, the lowest first."""
        return [w.title for w in self.screen.windows() if w.title in (FIRST, SECOND)]


def reconnect(world, *options):
    world.client.terminate()
    world.client.wait(10)
    world.client = world.instance.connect(*options)


@test("a client that comes back finds icons, titles and the order of windows")
def _(world):
    apps = [world.instance.paint(title, 300, 200) for title in (FIRST, SECOND)]
    windows = [world.screen.wait_for_placed_window(title) for title in (FIRST, SECOND)]
    world.screen.place(windows[1], 450, 350, 300, 200)
    world.screen.place(windows[0], 300, 250, 300, 200)
    world.screen.click(350, 300)  # where nothing is over it
    world.screen.type("i")
    wait_for("its icon", lambda: windows[0].icon_is(RED))
    equal(world.order(), [SECOND, FIRST], "the order")
    reconnect(world)
    window = world.screen.wait_for_window(FIRST)
    world.screen.wait_for_window(SECOND)
    wait_for("its icon again", lambda: window.icon_is(RED))
    wait_for_picture(window, keys=1)
    wait_for(lambda: f"the order, it is {world.order()}",
             lambda: world.order() == [SECOND, FIRST])
    # To the compositor it is the same one: this is where both are.
    mark = apps[0].lines.mark()
    world.screen.click(500, 400)
    apps[0].lines.wait("button 272 0 at 200 150", mark)
    for app, title in zip(apps, (FIRST, SECOND)):
        app.stop()
        world.screen.wait_until_gone(title)


@test("a client that takes over shows the pointer of the window that it is over")
def _(world):
    world.screen.move(WIDTH - 1, HEIGHT - 1)
    plain = world.pointer()
    app = world.instance.exec("foot", "--title=Beam", "cat")
    window = world.screen.wait_for_placed_window("Beam")
    world.screen.place(window, 100, 100, *window.geometry()[2:])
    x, y, _, _ = window.geometry()
    world.screen.click(x + 100, y + 100)
    wait_for("a pointer for text", lambda: world.pointer() != plain)
    beam = world.pointer()
    first = world.client
    world.client = world.instance.connect("-auto-reconnect")
    wait_for("the first client to end", lambda: first.poll() is not None)
    window = world.screen.wait_for_window("Beam")
    x, y, _, _ = window.geometry()
    world.screen.click(x + 110, y + 110)
    wait_for("the pointer for text again", lambda: world.pointer() == beam)
    app.stop()
    world.screen.wait_until_gone("Beam")


def field(pid, name):
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name + ":"))


def pid_of(name):
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/comm", encoding="ascii") as comm:
                if comm.read().strip() == name[:15]:
                    return int(pid)
        except OSError:
            continue
    raise AssertionError(f"{name} does not run")


class Film:
    """An application that draws as fast as it may, and what the image's processes need for it."""

    def __init__(self, world):
        self.world = world
        self.app = world.instance.exec("weston-simple-shm")
        world.screen.wait_for_window("simple-shm")
        self.pid = pid_of("weston-simple-shm")
        self.servers = [world.instance.host_pids(name)[0] for name in ("weston", "sill-rdp")]

    def wait_for_frames(self, count):
        """It wakes up for each."""
        before = field(self.pid, "voluntary_ctxt_switches")
        wait_for(f"{count} frames", lambda:
                 field(self.pid, "voluntary_ctxt_switches") >= before + count)

    def memory(self):
        return [field(pid, "VmRSS") for pid in self.servers]

    def check_memory(self, before):
        grown = [now - then for now, then in zip(self.memory(), before)]
        print(f"# weston and sill-rdp grew by {grown} KiB")
        assert max(grown) < GROWTH_KIB, grown

    def stop(self):
        self.app.stop()
        self.world.screen.wait_until_gone("simple-shm")


def check_picture(world, app, window, keys):
    mark = app.lines.mark()
    world.screen.type_into(window, "q")
    app.lines.wait("key 16 0", mark)
    wait_for_picture(window, keys)


@test("while the client sleeps applications go on and memory does not grow; then all is as it was")
def _(world):
    app = world.instance.paint("Awake", 300, 200)
    window = world.screen.wait_for_placed_window("Awake")
    world.screen.place(window, 700, 400, 300, 200)
    check_picture(world, app, window, 1)
    film = Film(world)
    film.wait_for_frames(20)
    client = pid_of("xfreerdp")
    before = film.memory()
    os.kill(client, signal.SIGSTOP)
    try:
        time.sleep(ASLEEP)
        film.wait_for_frames(4)
        film.check_memory(before)
    finally:
        os.kill(client, signal.SIGCONT)
    check_picture(world, app, window, 2)
    film.wait_for_frames(20)
    film.stop()
    app.stop()
    world.screen.wait_until_gone("Awake")


@test("a client that acknowledges no frame is shown all, and neither side waits or keeps")
def _(world):
    reconnect(world, "/gfx:frame-ack:off")
    app = world.instance.paint("Unheard", 300, 200)
    window = world.screen.wait_for_placed_window("Unheard")
    world.screen.place(window, 700, 400, 300, 200)
    film = Film(world)
    film.wait_for_frames(20)
    before = film.memory()
    for keys in range(1, 4):
        check_picture(world, app, window, keys)
        film.wait_for_frames(40)
    film.check_memory(before)
    film.stop()
    app.stop()
    world.screen.wait_until_gone("Unheard")


if __name__ == "__main__":
    main(Session)
