#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What FreeRDP's client can say on the RemoteApp channel, and does not by itself.

usage: rail_test.py SILL_RDP FAKE_SHELL RAIL_CLIENT [TEST...], as rdp_test.py.
"""

import os
import sys

from bed import Failure, main, wait

TITLE = "Window"


def say(bed, line):
    bed.said.write(line + "\n")
    bed.said.flush()


def start_client(bed):
    """One that says what the test wants, see rail_client.c."""
    fifo = os.path.join(bed.directory, "rail")
    if not os.path.exists(fifo):
        os.mkfifo(fifo)
    bed.current = bed.client(env=dict(os.environ, LD_PRELOAD=bed.rail_client, SILL_RAIL=fifo))
    bed.said = open(fifo, "w")  # when the client reads from it
    wait("the window", lambda: bed.screen.shows(TITLE, 20, 20, (0x20, 0x40, 0xc0)))


def test_maximized_size_is_that_of_the_work_area(bed):
    bed.start_server()
    bed.shell.tell(f"open 1 0 0 100 100 400 300 2040c0 {TITLE}")
    start_client(bed)
    bed.current.expect("^limits 1 1280 800 0 0 1 1 32766 32766$")


def test_application_of_a_window(bed):
    bed.shell.tell("app_id 1 org.sill.Test")
    bed.shell.tell("title 1 Known")
    wait("what was told after it", lambda: bed.screen.find("Known"))
    say(bed, "app_id 1")
    bed.current.expect("^app_id 1 org.sill.Test$")
    bed.shell.tell("title 1 " + TITLE)
    wait("its title", lambda: bed.screen.find(TITLE))


def test_snap_arranges_the_window(bed):
    bed.shell.mark()
    say(bed, "snap 1 640 0 1280 800")
    bed.shell.expect("^configure 1 640 0 640 800$")


def test_left_handed_mouse(bed):
    window = bed.screen.find(TITLE)
    bed.screen.motion(window[1] + 30, window[2] + 30)
    for swapped, left in [(1, 273), (0, 272)]:
        bed.shell.mark()
        say(bed, f"swap {swapped}")
        bed.shell.expect("^release_all$")
        bed.screen.click(1)
        line = bed.shell.expect("^button 27[23] 0$")
        if line != f"button {left} 0":
            raise Failure(f"the left button of a mouse, swapped {swapped}, is {line}")


def memory_kib(process):
    with open(f"/proc/{process.popen.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def test_flood_of_moves_costs_no_memory(bed):
    before = memory_kib(bed.server)
    say(bed, "move 20000 1 -10000 0 -9600 300")
    bed.shell.expect("^configure 1 9999 0 400 300$", 60)
    bed.shell.tell("paint 1 a02060")
    bed.shell.expect("^frame_done 1 ")
    grown = memory_kib(bed.server) - before
    print(f"# {grown} KiB")
    if grown > 16384:
        raise Failure(f"sill-rdp grew by {grown} KiB")


if __name__ == "__main__":
    sys.exit(main(globals()))
