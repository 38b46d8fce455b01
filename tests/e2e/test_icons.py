# SPDX-License-Identifier: MIT
"""Icons of applications' .desktop entries, for windows that bring none: what the client shows."""

import os
import struct
import zlib

from instance import WORK
from tap import equal, test, wait_for
from world import World, main
from x11_app import end, start

EARLY = os.path.join(WORK, "build/tests/e2e/early_icon")
BLUE, GREEN, RED = 0xFF0000FF, 0xFF00FF00, 0xFFFF0000
# More pictures of noise, one over the other, than can be drawn in minutes.
SLOW = "<feTurbulence baseFrequency='0.9' numOctaves='9'/>" * 20000


def png(colour, side):
    """A square of one opaque colour."""
    def chunk(kind, data):
        return (struct.pack(">I", len(data)) + kind + data
                + struct.pack(">I", zlib.crc32(kind + data)))

    row = b"\0" + bytes([colour >> 16 & 255, colour >> 8 & 255, colour & 255]) * side
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(row * side)) + chunk(b"IEND", b""))


def svg(colour, what=""):
    return (f"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'>{what}"
            f"<rect width='10' height='10' fill='#{colour & 0xFFFFFF:06x}'/></svg>").encode()


def huge_png():
    """It says that it takes 40 GB."""
    good = png(RED, 8)
    return good[:16] + struct.pack(">II", 100000, 100000) + good[24:]


class IconWorld(World):
    """A person's own entries and icons, beside those of this machine."""

    def __init__(self):
        self.data = os.path.join(os.environ["HOME"], ".local/share")
        for folder in ("applications", "icons/hicolor/48x48/apps", "pixmaps"):
            os.makedirs(os.path.join(self.data, folder))
        self.write("pixmaps/sill-blue.png", png(BLUE, 100))
        self.write("icons/hicolor/48x48/apps/sill-green.png", png(GREEN, 48))
        self.write("pixmaps/sill-red.svg", svg(RED))
        self.write("pixmaps/sill-huge.png", huge_png())
        self.write("pixmaps/sill-cut.png", png(RED, 600)[:200])
        self.write("pixmaps/sill-slow.svg", svg(
            RED, f"<filter id='f'>{SLOW}</filter><rect width='9' height='9' filter='url(#f)'/>"))
        self.write("pixmaps/sill-loop.svg", svg(RED, "<g id='a'><use href='#a'/></g>"))
        self.write("secret.svg", svg(RED))
        os.symlink("../secret.svg", os.path.join(self.data, "pixmaps/sill-out.svg"))
        os.symlink(os.path.join(self.data, "secret.svg"),
                   os.path.join(self.data, "pixmaps/sill-absolute.svg"))
        os.mkfifo(os.path.join(self.data, "pixmaps/sill-pipe.png"))
        self.entry("sill.paint", "sill-blue")
        self.entry("of-class", "sill-green", "StartupWMClass=Sill-Class")
        self.entry("of-instance", "sill-blue")
        self.entry("Of-Case", "sill-red.svg", "this line is none")
        for name in ("huge", "cut", "slow", "out", "absolute", "pipe"):
            self.entry(f"sill-{name}", f"sill-{name}")
        super().__init__("icons")

    def write(self, path, data):
        with open(os.path.join(self.data, path), "wb") as file:
            file.write(data)

    def entry(self, name, icon, *lines):
        text = ["[Desktop Entry]", "Type=Application", f"Icon={icon}", *lines, ""]
        self.write(f"applications/{name}.desktop", "\n".join(text).encode())


@test("a Wayland window has the icon of the entry that its app_id names")
def _(world):
    app = world.instance.paint("Blue", 300, 200)
    window = world.screen.wait_for_window("Blue")
    wait_for("the entry's icon", lambda: window.icon_is(BLUE))
    end(world, app, "Blue")


@test("an icon of the window's own takes its place")
def _(world):
    app = world.instance.paint("Own", 300, 200)
    window = world.screen.wait_for_window("Own")
    world.screen.type_into(window, "i")
    wait_for("its own icon", lambda: window.icon_is(RED))
    end(world, app, "Own")


@test("an X11 window has that of the entry whose StartupWMClass is its class")
def _(world):
    app, window = start(world, "Class", "class thing Sill-Class", "map")
    wait_for("the entry's icon", lambda: window.icon_is(GREEN))
    end(world, app, "Class")


@test("an X11 window that has an icon keeps it")
def _(world):
    app, window = start(world, "Keeps", "class thing Sill-Class", "icon 0000ff 48", "map")
    wait_for("its own icon", lambda: window.icon_is(BLUE))
    assert not window.icon_is(GREEN)
    end(world, app, "Keeps")


@test("where the class is nobody's, the instance may be an entry's name")
def _(world):
    app, window = start(world, "Instance", "class of-instance Nobody", "map")
    wait_for("the entry's icon", lambda: window.icon_is(BLUE))
    end(world, app, "Instance")


@test("a window that names its icon by xdg-toplevel-icon has that of the theme")
def _(world):
    app = world.instance.exec(EARLY, "Named", "sill-green")
    window = world.screen.wait_for_window("Named")
    wait_for("the theme's icon", lambda: window.icon_is(GREEN))
    end(world, app, "Named")


@test("a picture that is set before the window's first commit is its icon, too")
def _(world):
    app = world.instance.exec(EARLY, "Early", "-")
    window = world.screen.wait_for_window("Early")
    wait_for("its icon", lambda: window.icon_is(RED))
    end(world, app, "Early")


@test("a name of other case is found last, a line that is none passed over, an SVG drawn")
def _(world):
    app, window = start(world, "Case", "class thing of-case", "map")
    wait_for("the entry's icon", lambda: window.icon_is(RED))
    wait_for("the line", lambda: ":4: no group, key or comment" in world.instance.sill(
        "logs", "sill-icons").stdout)
    end(world, app, "Case")


@test("foot and xterm have the icons of this machine's own entries")
def _(world):
    plain, window = start(world, "Plain", "class nobody Nobody", "map")
    own = window.words("_NET_WM_ICON")  # the client's, for windows without
    for title, command in (("Foot", ("foot", "--title=Foot")),
                           ("XTerm", ("xterm", "-title", "XTerm"))):
        app = world.instance.exec(*command)
        window = world.screen.wait_for_window(title)
        wait_for(f"an icon of many colours of {title}",
                 lambda: window.words("_NET_WM_ICON") != own
                 and len(set(window.words("_NET_WM_ICON")[2:])) > 20)
        end(world, app, title)
    end(world, plain, "Plain")


@test("a picture that is none, too large or elsewhere leaves the window as it is")
def _(world):
    for name in ("huge", "cut", "out", "absolute", "pipe"):
        app, window = start(world, name, f"class {name} sill-{name}", "map")
        # What was asked for after it was answered after it.
        other, good = start(world, f"{name} and on", "class thing Sill-Class", "map")
        wait_for("the icon after it", lambda: good.icon_is(GREEN))
        assert not window.icon_is(RED), name
        end(world, app, name)
        end(world, other, f"{name} and on")


@test("one that would be drawn for minutes ends its reader alone, and is not asked for again")
def _(world):
    app, window = start(world, "Slow", "class slow sill-slow", "map")

    def given_up():
        return world.instance.sill("logs", "weston").stdout.count('no icon for "sill-slow"')

    wait_for("it to be given up", given_up, 40)
    wait_for("what ended it", lambda: "ended by signal" in world.instance.sill(
        "logs", "sill-icons").stdout)
    again, _ = start(world, "Again", "class slow sill-slow", "map")
    other, good = start(world, "Good", "class thing Of-Case", "map")
    wait_for("the icon after it", lambda: good.icon_is(RED))
    equal(given_up(), 1, "how often it was given up")
    assert not window.icon_is(RED)
    for one, title in ((app, "Slow"), (again, "Again"), (other, "Good")):
        end(world, one, title)


@test("who reads is nobody who can do anything, and gone when nobody asks")
def _(world):
    wait_for("the reader to be gone", lambda: not world.instance.host_pids("sill-icons-reader"))
    pid, = world.instance.host_pids("sill-icons")
    with open(f"/proc/{pid}/status") as file:
        fields = dict(line.split(":\t", 1) for line in file.read().splitlines())
    equal((fields["CapEff"], fields["CapBnd"], fields["NoNewPrivs"], fields["Seccomp"]),
          ("0" * 16, "0" * 16, "1", "2"), "its rights")
    equal(world.instance.unit("sill-icons.service")["restarts"], 0, "its restarts")
    equal(world.instance.unit("weston.service")["restarts"], 0, "Weston's restarts")


if __name__ == "__main__":
    main(IconWorld)
