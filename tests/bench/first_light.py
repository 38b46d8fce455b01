# SPDX-License-Identifier: MIT
"""How long it takes to the first pixel, and what it weighs: JSON on stdout.

Run by tests/bench/run. Times are in milliseconds, sizes in KiB; of each time the smallest and the
median of all rounds.
"""

import json
import os
import socket
import statistics
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../e2e"))

from instance import Instance, image, setup_environment  # noqa: E402
from screen import Screen  # noqa: E402
from tap import wait_for  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", "5"))
SOCKETS = ("wslg/runtime-dir/wayland-0", "wslg/.X11-unix/X0", "wslg/PulseServer")


def accepts(path):
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(path)
            return True
        except OSError:
            return False


def pss(pid):
    with open(f"/proc/{pid}/smaps_rollup") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))


def processes(init):
    """Name and PSS of each process of the instance."""
    namespace = os.readlink(f"/proc/{init}/ns/pid")
    found = {}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.readlink(f"/proc/{pid}/ns/pid") == namespace:
                with open(f"/proc/{pid}/comm") as file:
                    found[file.read().strip()] = pss(pid)
        except OSError:
            continue
    return found


def painted(window):
    """paint's lower right corner is red and green; an empty window is black."""
    red, green, _ = window.pixels()[-4][-4]
    return red > 200 and green > 200


def one_round(screen):
    begin = time.monotonic()
    instance = Instance("bench")
    ready = time.monotonic()
    directory = instance.status()["dir"]
    for leaf in SOCKETS:
        assert accepts(os.path.join(directory, leaf)), leaf
    before = processes(instance.status()["init_pid"])
    app = instance.paint("Bench", 800, 600)
    connect = time.monotonic()
    client = instance.connect()
    window = screen.wait_for_window("Bench")
    wait_for("the first pixel", lambda: painted(window))
    pixel = time.monotonic()
    after = processes(instance.status()["init_pid"])
    app.stop()
    client.terminate()
    client.wait(10)
    instance.stop()
    return {"run_to_ready": (ready - begin) * 1e3, "connect_to_pixel": (pixel - connect) * 1e3,
            "pss_before": before, "pss_with_window": after}


def main():
    setup_environment()
    screen = Screen()
    rounds = [one_round(screen) for _ in range(ROUNDS)]
    screen.stop()
    result = {"rounds": ROUNDS, "image_bytes": os.path.getsize(image())}
    for name in ("run_to_ready", "connect_to_pixel"):
        values = [each[name] for each in rounds]
        result[name] = {"min": round(min(values), 1), "median": round(statistics.median(values), 1)}
    result["pss_before"] = rounds[-1]["pss_before"]
    result["pss_with_window"] = rounds[-1]["pss_with_window"]
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
