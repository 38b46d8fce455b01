# SPDX-License-Identifier: MIT
"""Every service of the running image is killed, over and over, while somebody works with it.

SILL_KILLS=N kills each of them N times instead of 7: beyond that each restart waits 5 s.
"""

import os
import random
import signal
import time

from instance import Instance
from screen import Screen
from tap import equal, test, wait_for
from world import main

KILLS = int(os.environ.get("SILL_KILLS", "7"))


class World:
    def __init__(self):
        self.screen = Screen()
        self.instance = Instance("crashes")
        self.client = None

    def reconnect(self):
        """As a person does when the client has gone with the server."""
        if self.client is not None:
            self.client.kill()
            self.client.wait(10)
        self.client = self.instance.connect()

    def stop(self):
        if self.client is not None:
            self.client.kill()
            self.client.wait(10)
        self.instance.stop()
        self.screen.stop()


def kill(world, programs):
    """Kills the services at random moments and waits until others are ready in their place."""
    before = {}
    for service, program in programs.items():
        before[service] = world.instance.unit(service + ".service")["pid"]
        time.sleep(random.random() / 10)
        for pid in world.instance.host_pids(program):
            os.kill(pid, signal.SIGKILL)

    def are_back():
        units = {service: world.instance.unit(service + ".service") for service in programs}
        return all(unit["pid"] not in (0, before[service]) and unit["ready_usec"] is not None
                   for service, unit in units.items())
    wait_for(f"{', '.join(programs)} again", are_back, 30)


@test(f"sound and the RDP server are killed {KILLS} times: application and window stay")
def _(world):
    world.reconnect()
    paint = world.instance.paint("Mine", 300, 200)
    window = world.screen.wait_for_window("Mine")
    programs = {"pulseaudio": "pulseaudio", "sill-rdp": "sill-rdp"}
    before = {name: world.instance.unit(name + ".service")["restarts"] for name in programs}
    for _ in range(KILLS):
        kill(world, programs)
        assert paint.alive(), "the application has gone"
    for name in programs:
        equal(world.instance.unit(name + ".service")["restarts"] - before[name], KILLS,
              f"restarts of {name}")
    world.reconnect()
    window = world.screen.wait_for_window("Mine")
    x, y, _, _ = window.geometry()
    mark = paint.lines.mark()
    world.screen.click(x + 40, y + 100)
    paint.lines.wait("button 272 1 at 40 100", mark)
    paint.stop()


@test(f"the compositor is killed {KILLS} times: everything is back for the next application")
def _(world):
    for _ in range(KILLS):
        kill(world, {"weston": "weston"})
    wait_for("all again", lambda: all(unit["ready_usec"] is not None
                                      for unit in world.instance.status()["init"]["units"]), 60)
    world.reconnect()
    paint = world.instance.paint("After", 300, 200)
    world.screen.wait_for_window("After")
    paint.stop()


@test("nothing is left of the dead")
def _(world):
    init = world.instance.status()["init_pid"]
    namespace = os.readlink(f"/proc/{init}/ns/pid")
    zombies = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.readlink(f"/proc/{pid}/ns/pid") == namespace:
                with open(f"/proc/{pid}/stat") as file:
                    state = file.read().rsplit(")", 1)[1].split()[0]
                if state == "Z":
                    zombies.append(pid)
        except OSError:
            continue
    equal(zombies, [], "zombies")


if __name__ == "__main__":
    main(World)
