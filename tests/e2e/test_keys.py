# SPDX-License-Identifier: MIT
"""The keyboard over losses of focus and connection: no key sticks, lock keys are the client's."""

import os

from Xlib import X, XK
from Xlib.ext import xtest

from tap import test, wait_for
from world import World, main

KEY_Q = 16


def press(world, name, pressed):
    code = world.screen.display.keysym_to_keycode(XK.string_to_keysym(name))
    xtest.fake_input(world.screen.display, X.KeyPress if pressed else X.KeyRelease, code)
    world.screen.display.sync()


def hold_q(world, app, title):
    window = world.screen.wait_for_window(title)
    x, y, width, height = window.geometry()
    mark = app.lines.mark()
    world.screen.click(x + width // 2, y + height // 2)
    app.lines.wait("button 272 0", mark)
    press(world, "q", True)
    app.lines.wait(f"key {KEY_Q} 1", mark)
    return app.lines.mark()


@test("a key that is held when the client dies is released")
def _(world):
    app = world.instance.paint("Held", 300, 200)
    mark = hold_q(world, app, "Held")
    world.client.kill()
    app.lines.wait(f"key {KEY_Q} 0", mark)
    press(world, "q", False)
    world.client.wait(10)
    world.client = world.instance.connect()
    world.screen.wait_for_window("Held")


@test("a key that is held when another client takes over is released")
def _(world):
    mark = hold_q(world, app := world.instance.paint("Taken", 300, 200), "Taken")
    first = world.client
    world.client = world.instance.connect("-auto-reconnect")
    app.lines.wait(f"key {KEY_Q} 0", mark)
    wait_for("the first client to end", lambda: first.poll() is not None)
    press(world, "q", False)
    mark = hold_q(world, app, "Taken")
    press(world, "q", False)
    app.lines.wait(f"key {KEY_Q} 0", mark)
    app.stop()
    world.screen.wait_until_gone("Taken")


@test("a key that is held when a window of the client's own takes the focus is released")
def _(world):
    app = world.instance.paint("Left", 300, 200)
    mark = hold_q(world, app, "Left")
    other = world.screen.root.create_window(900, 500, 200, 150, 0, X.CopyFromParent)
    other.set_wm_name("Elsewhere")
    other.map()
    world.screen.wait_for_window("Elsewhere")
    world.screen.activate(world.screen.find("Elsewhere"))
    # The client lets go of the key, or the window loses the keyboard with it
    wait_for("the key to be released", lambda: app.lines.mark() and any(
        line in (f"key {KEY_Q} 0", "unfocus") for line in app.lines.seen[mark:]))
    press(world, "q", False)
    other.destroy()
    mark = app.lines.mark()
    hold_q(world, app, "Left")
    press(world, "q", False)
    app.lines.wait(f"key {KEY_Q} 0", mark)
    app.stop()
    world.screen.wait_until_gone("Left")


@test("a lock key follows the client, and is not left on by one that went")
def _(world):
    target = os.path.join(os.environ["HOME"], "locked")
    app = world.instance.exec("foot", "--title=Locks", "sh", "-c", f"exec cat >{target}")

    def typed(text, expected):
        world.screen.type_into(world.screen.wait_for_window("Locks"), text + "\n")

        def there():
            with open(target, encoding="ascii") as file:
                return file.read().endswith(expected + "\n")

        wait_for(f'"{expected}"', there)

    world.screen.wait_for_window("Locks")
    wait_for("the file", lambda: os.path.exists(target))
    typed("one", "one")
    world.screen.key("Caps_Lock")
    typed("two", "TWO")
    world.client.terminate()
    world.client.wait(10)
    world.screen.key("Caps_Lock")
    world.client = world.instance.connect()
    typed("three", "three")
    world.screen.key("Caps_Lock")
    typed("four", "FOUR")
    world.screen.key("Caps_Lock")
    typed("five", "five")
    app.stop()
    world.screen.wait_until_gone("Locks")


if __name__ == "__main__":
    main(lambda: World("keys"))
