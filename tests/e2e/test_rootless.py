# SPDX-License-Identifier: MIT
"""The same image, started by a normal user."""

import os
import subprocess
import sys

USER = 1000
WORK = "/mnt/sill-work"


def become_user():
    """Show the work folder where a normal user can reach it, and go on as one."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    os.makedirs(WORK, exist_ok=True)
    subprocess.run(["mount", "--bind", os.environ["SILL_WORK"], WORK], check=True)
    os.environ["SILL_WORK"] = WORK
    os.execvp("setpriv", ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups",
                          "--inh-caps=-all", sys.executable, __file__])


if __name__ == "__main__" and os.geteuid() == 0:
    become_user()

from tap import equal, test, wait_for  # noqa: E402
from world import World, main  # noqa: E402


@test("a normal user starts it: every service is ready")
def _(world):
    assert os.geteuid() == USER
    equal(world.instance.status()["init"]["state"], "running", "the state")


@test("its file system is read-only all the same")
def _(world):
    root = f"/proc/{world.instance.status()['init_pid']}/root"
    with open(f"/proc/{world.instance.status()['init_pid']}/mountinfo") as file:
        roots = [line.split() for line in file if line.split()[4] == "/"]
    assert "ro" in roots[-1][5].split(","), roots
    try:
        os.close(os.open(root + "/usr/new", os.O_WRONLY | os.O_CREAT))
    except OSError:
        pass
    else:
        raise AssertionError("/usr/new could be written")


@test("a Wayland window and an X11 window appear, and typing arrives")
def _(world):
    paint = world.instance.paint("Mine", 300, 200)
    window = world.screen.wait_for_window("Mine")
    x, y, _, _ = window.geometry()
    mark = paint.lines.mark()
    world.screen.click(x + 40, y + 100)
    paint.lines.wait("button 272 1 at 40 100", mark)
    world.screen.key("q")
    paint.lines.wait("key 16 1", mark)
    clock = world.instance.exec("xclock")
    world.screen.wait_for_window("xclock")
    clock.stop()
    paint.stop()
    world.screen.wait_until_gone("Mine")


@test("PulseAudio answers")
def _(world):
    wait_for("PulseAudio", lambda: "pulseaudio" in subprocess.run(
        ["sill", "exec", "--name", "rootless", "--", "pactl", "info"],
        capture_output=True, text=True, timeout=30).stdout)


if __name__ == "__main__":
    main(lambda: World("rootless"))
