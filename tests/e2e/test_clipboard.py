# SPDX-License-Identifier: MIT
"""Text copied in one place and pasted in the other, with real applications on both sides."""

import base64
import os
import subprocess
import sys

from clipboard import Owner, paste
from instance import Instance
from tap import equal, test, wait_for
from world import World, main

COPIED = "Grüße\nfrom Linux: 5 €\n"
X11_APPLICATION = os.path.join(os.path.dirname(os.path.abspath(__file__)), "x11_clipboard.py")
# Written by a shell, so without what a shell would read in it.
TYPED = "Grüße from the client: 5 €"


def copy_in_terminal(world, text):
    """A terminal that copies a text by its escape sequence when a key is pressed, and stays."""
    path = os.path.join(os.environ["HOME"], "copied")
    with open(path, "w", encoding="ascii") as file:
        file.write(f"\033]52;c;{base64.b64encode(text.encode()).decode()}\a")
    app = world.instance.exec("foot", "--title=Copy", "sh", "-c",
                              f"read -r line; cat {path}; read -r line")
    world.screen.type_into(world.screen.wait_for_window("Copy"), "\n")
    return app


@test("what an application copied can be pasted at the client")
def _(world):
    app = copy_in_terminal(world, COPIED)
    wait_for("the text", lambda: paste(world.screen.name, 0.5) == COPIED)
    app.stop()
    world.screen.wait_until_gone("Copy")


@test("what was copied at the client can be pasted into an application")
def _(world):
    owner = Owner(world.screen.name, TYPED)
    target = os.path.join(os.environ["HOME"], "pasted")
    app = world.instance.exec("foot", "--title=Paste", "sh", "-c", f"cat >{target}")
    window = world.screen.wait_for_window("Paste")
    x, y, width, height = window.geometry()
    world.screen.click(x + width // 2, y + height // 2)

    def pasted():
        owner.keep()
        world.screen.key("v", "Control_L", "Shift_L")
        world.screen.key("Return")
        world.screen.pause()
        with open(target, encoding="utf-8") as file:
            return TYPED in file.read()

    wait_for("the file", lambda: os.path.exists(target))
    wait_for("the text in it", pasted)
    assert owner.asked >= 1
    app.stop()
    world.screen.wait_until_gone("Paste")


@test("a text of many pipes full comes through whole")
def _(world):
    text = "".join(f"line {n}: {'x' * 50}\n" for n in range(3000))
    app = copy_in_terminal(world, text)
    wait_for("the text", lambda: paste(world.screen.name, 1.0) == text)
    app.stop()
    world.screen.wait_until_gone("Copy")


@test("what an X11 application copied can be pasted at the client, and the other way round")
def _(world):
    app = world.instance.exec(sys.executable, X11_APPLICATION, "copy", COPIED,
                              stdin=subprocess.PIPE)
    wait_for("the text", lambda: paste(world.screen.name, 0.5) == COPIED)
    equal(world.instance.command(sys.executable, X11_APPLICATION, "paste"), COPIED,
          "what another X11 application pastes")
    # Before it ends: what it copied would be kept for it, and be the latest again
    owner = Owner(world.screen.name, TYPED)

    def pasted():
        owner.keep()
        return world.instance.command(sys.executable, X11_APPLICATION, "paste")

    wait_for("the client's text", lambda: pasted() == TYPED)
    assert owner.asked >= 1
    app.stop()


@test("the session went on")
def _(world):
    assert world.client.poll() is None
    equal(world.instance.unit("sill-rdp.service")["restarts"], 0, "sill-rdp's restarts")
    equal(world.instance.unit("weston.service")["restarts"], 0, "weston's restarts")


if __name__ == "__main__":
    main(lambda: World("clipboard", Instance.connect_with_clipboard))
