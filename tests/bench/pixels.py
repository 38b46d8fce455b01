# SPDX-License-Identifier: MIT
"""The way of a pixel, measured: JSON into a file, a table on stdout.

Run by tests/bench/run. Times are in milliseconds, sizes in bytes; PSS in KiB. What a server's
processes use is counted exactly, frames are counted where the person sees them; everything runs on
the same processors, so rates and delays are bounds of the machine, CPU and bytes per frame are not.
"""

import argparse
import json
import os
import statistics
import sys
import time

import numpy

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../e2e"))

from framebuffer import Framebuffer, frame_of, watch  # noqa: E402
from instance import setup_environment  # noqa: E402
from handshake import while_starting  # noqa: E402
from stacks import ALL, bytes_sent, cpu_seconds, is_connected, smaps, wakeups  # noqa: E402
from tap import wait_for  # noqa: E402

SIZES = {"800x600": (800, 600), "1080p": (1920, 1080)}
SCENES = ("ui", "scroll", "noise", "video", "resize")
KEYS = 40
BESIDE = 64
# After so many seconds a window that is still takes less, and is not shown again.
SETTLED = 7
WINDOWS = {"340x200": (340, 200), "160x100": (160, 100)}
DESKTOP = 2200, 1200  # the peers' one; ours have a little more
PATIENCE = 10  # seconds without another window, until those that are there are all


def settled(screen):
    """Where the scene is, when it stayed there."""
    at = screen.locate()
    if at is None:
        return None
    time.sleep(0.4)
    return at if screen.locate() == at else None


def key_to_pixel(screen, stack, size):
    app = stack.app("flip", *size)
    at = wait_for("the scene", lambda: settled(screen))
    strip = screen.strip(at)
    x, y = at[0] + size[0] // 2, at[1] + size[1] // 2
    screen.click(x, y)
    x += BESIDE  # the X server draws the pointer into its picture
    app.lines.wait("focus", 0)
    time.sleep(0.5)
    pids = stack.pids()
    delays, cpu, sent = [], cpu_seconds(pids), bytes_sent(stack.port)
    for _ in range(KEYS):
        colour, before = int(screen.pixels[y, x]), frame_of(strip)
        begin = time.monotonic()
        screen.key(True)
        while int(screen.pixels[y, x]) == colour or frame_of(strip) == before:
            if time.monotonic() - begin > 3:
                raise AssertionError("a key that no pixel answered")
            time.sleep(0.0002)
        delays.append((time.monotonic() - begin) * 1e3)
        time.sleep(0.03)
        screen.key(False)
        time.sleep(0.07)
    cpu, sent = cpu_seconds(pids) - cpu, bytes_sent(stack.port) - sent
    app.stop()
    delays.sort()
    return {"median": statistics.median(delays), "p95": delays[int(len(delays) * 0.95) - 1],
            "min": delays[0], "cpu_ms": cpu * 1e3 / KEYS, "bytes": sent / KEYS}


def throughput(screen, stack, scene, size, seconds):
    app = stack.app(scene, *size)
    if scene == "resize":
        at = wait_for("the scene", screen.locate)
    else:
        at = wait_for("the scene", lambda: settled(screen))
    strip = screen.strip(at)
    watch(strip, 1.0)
    pids = stack.pids()
    cpu, sent, drawn = cpu_seconds(pids), bytes_sent(stack.port), app.lines.mark()
    begin = time.monotonic()
    seen = watch(strip, seconds)
    took = time.monotonic() - begin
    cpu, sent = cpu_seconds(pids) - cpu, bytes_sent(stack.port) - sent
    drawn = app.lines.mark() - drawn
    app.stop()
    frames = max(len(seen), 1)
    gaps = [b[0] - a[0] for a, b in zip(seen, seen[1:])] or [took]
    return {"fps": frames / took, "cpu_ms": cpu * 1e3 / frames, "bytes": sent / frames,
            "max_gap": max(gaps) * 1e3, "drawn_fps": drawn / took}


def idle(screen, stack, seconds):
    app = stack.app("idle", 800, 600)
    wait_for("the scene", lambda: settled(screen))
    time.sleep(SETTLED)
    pids = stack.pids()
    before = cpu_seconds(pids), bytes_sent(stack.port), wakeups(pids)
    time.sleep(seconds)
    after = cpu_seconds(pids), bytes_sent(stack.port), wakeups(pids)
    result = {"cpu_percent": (after[0] - before[0]) / seconds * 100,
              "bytes": (after[1] - before[1]) / seconds,
              "wakeups": (after[2] - before[2]) / seconds,
              "pss": smaps(pids), "private_dirty": smaps(pids, "Private_Dirty:")}
    app.stop()
    return result


def until_pixel(screen, port):
    """When a connection was there, and when the first pixel; looked for as often as looking takes."""
    connected, end = None, time.monotonic() + 15
    while not screen.locate():
        if connected is None and is_connected(port):
            connected = time.monotonic()
        if time.monotonic() > end:
            raise AssertionError("waited 15 s for the first pixel")
        time.sleep(0.003)
    return connected, time.monotonic()


def first_pixel(screen, stack):
    """An application that starts, and a client that connects to one that runs."""
    begin = time.monotonic()
    app = stack.app("idle", 800, 600)
    _, seen = until_pixel(screen, stack.port)
    focused = screen.is_focused()
    drawn = app.lines.wait("frame", 0)
    result = {"app_to_pixel": (seen - begin) * 1e3,
              "drawn_to_pixel": seen * 1e3 - float(drawn.split()[2]), "focused": int(focused)}
    time.sleep(0.5)
    stack.disconnect()
    wait_for("the client to be gone",
             lambda: screen.locate() is None and not is_connected(stack.port))
    time.sleep(0.5)
    begin = time.monotonic()
    stack.connect()
    connected, seen = until_pixel(screen, stack.port)
    result["connect_to_pixel"] = (seen - begin) * 1e3
    if connected is not None:
        result["tcp_to_pixel"] = (seen - connected) * 1e3
    app.stop()
    wait_for("the scene to be gone", lambda: screen.locate() is None)
    return result


def tiles(count, size):
    """Where so many windows show their first rows, whatever lies over the rest of them."""
    across = DESKTOP[0] // (size[0] + 10)
    down = -(-count // across)
    step = min(size[1] + 30, (DESKTOP[1] - 40) // down)
    return [(i % across * (size[0] + 10), 30 + i // across * step) for i in range(count)]


def showing(screen, stack, count, begin):
    """Milliseconds from then on until the first and the last of so many windows were painted, and how
    many of them lie so that one sees them."""
    first, last, painted = None, begin, 0
    while painted < count and time.monotonic() < last + PATIENCE:
        now = stack.painted(screen)
        if now > painted:
            painted, last = now, time.monotonic()
            first = first or last
        time.sleep(0.003)
    if first is None:
        raise AssertionError("waited in vain for the first window")
    return {"first": (first - begin) * 1e3, "all": (last - begin) * 1e3, "painted": painted,
            "seen": screen.count()}


def many(screen, stack, count, size):
    """So many windows: opened one after the other, what they take, and a client that comes to them."""
    wait_for("an empty screen", lambda: screen.count() == 0)
    time.sleep(3)
    before, begin = smaps(stack.pids()), time.monotonic()
    for place in tiles(count, size):
        stack.app("idle", *size, *(place if stack.places else ()))
    result = {"opened": showing(screen, stack, count, begin)}
    result["pss_more"] = smaps(stack.pids()) - before
    time.sleep(SETTLED)
    result["pss_more_still"] = smaps(stack.pids()) - before
    stack.disconnect()
    wait_for("the client to be gone",
             lambda: screen.count() == 0 and not is_connected(stack.port))
    time.sleep(0.5)
    begin = time.monotonic()
    stack.connect()
    result["connected"] = showing(screen, stack, count, begin)
    stack.stop_apps()
    return result


def starts(stack):
    """Another one of its kind is started, now that it ended: when its sockets accept and answer."""
    another, result = while_starting(stack.sockets(), type(stack))
    another.stop()
    return {**result, "ready": another.ready_ms}


def parts(screen, stack, options):
    """What there is to measure: names and functions."""
    if "first" in options.what:
        yield "first", lambda: first_pixel(screen, stack)
    if "key" in options.what:
        yield "key", lambda: key_to_pixel(screen, stack, SIZES["800x600"])
    for size in options.sizes:
        for scene in options.scenes:
            if scene != "resize" or size == "800x600":
                yield f"{scene} {size}", lambda scene=scene, size=size: throughput(
                    screen, stack, scene, SIZES[size], options.seconds)
    for size in WINDOWS if "many" in options.what else ():
        for count in (1, 10, 50):
            yield f"{count} windows {size}", lambda count=count, size=size: many(
                screen, stack, count, WINDOWS[size])
    if "idle" in options.what:
        yield "idle", lambda: idle(screen, stack, options.seconds)


def measure(name, options):
    screen = Framebuffer()
    stack = ALL[name]()
    result = {"start_to_ready": stack.ready_ms, "pss_without_client": smaps(stack.pids())}
    stack.connect()
    time.sleep(2)
    try:
        for part, function in parts(screen, stack, options):
            try:
                result[part] = function()
                wait_for("the scene to be gone", lambda: screen.locate() is None)
            except AssertionError as failure:
                print(f"{name}: {part}: {failure}", file=sys.stderr)
                if options.keep:
                    numpy.save(os.path.join(options.keep, f"{name}-{part}.npy"), screen.pixels)
                stack.stop_apps()
    finally:
        stack.disconnect()
        stack.stop()
        screen.stop()
    if "start" in options.what:
        result["start"] = starts(stack)
    return result


def flatten(result, prefix=""):
    for key, value in result.items():
        if isinstance(value, dict):
            yield from flatten(value, f"{prefix}{key}: ")
        else:
            yield prefix + key, value


def combine(rounds):
    """The median of the rounds, and their range."""
    rows = {}
    for result in rounds:
        for key, value in flatten(result):
            rows.setdefault(key, []).append(value)
    return {key: {"median": statistics.median(values), "min": min(values), "max": max(values)}
            for key, values in rows.items()}


def short(value):
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2g}" if abs(value) < 1 else f"{value:.1f}"


def compare(table):
    """Each of ours to the best peer, of what several have: below 1 is better, frames a second too."""
    ratios = {}
    for stack, rows in table.items():
        for key, row in rows.items() if stack.startswith("sill") else ():
            peers = [other[key]["median"] for name, other in table.items()
                     if not name.startswith("sill") and key in other]
            more_is_better = key.endswith(("fps", "painted", "seen", "focused"))
            best = (max if more_is_better else min)(peers, default=0)
            if best > 0 and row["median"] > 0:
                ratio = best / row["median"] if more_is_better else row["median"] / best
                ratios.setdefault(stack, {})[key] = ratio
    return ratios


def print_table(table, ratios):
    keys = list(dict.fromkeys(key for rows in table.values() for key in rows))
    print("| " + " | ".join(["", *table, *(f"{stack} to the best" for stack in ratios)]) + " |")
    print("|---" * (len(table) + len(ratios) + 1) + "|")
    for key in keys:
        cells = [short(rows[key]["median"]) if key in rows else "-" for rows in table.values()]
        cells += [f"{rows[key]:.2f}" if key in rows else "-" for rows in ratios.values()]
        print("| " + " | ".join([key, *cells]) + " |")


def machine():
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if "model name" in line), "")
    return {"processors": os.cpu_count(), "model": model, "kernel": os.uname().release,
            "date": time.strftime("%Y-%m-%d %H:%M")}


def load():
    """Who wants a processor, and how much of them the host has kept for others so far, in seconds."""
    with open("/proc/stat") as file:
        stolen = int(file.readline().split()[8]) / os.sysconf("SC_CLK_TCK")
    return {"load": os.getloadavg()[0], "stolen": stolen}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--stacks", default="sill", help=",".join(ALL))
    parser.add_argument("--scenes", default=",".join(SCENES))
    parser.add_argument("--sizes", default=",".join(SIZES))
    parser.add_argument("--what", default="first,key,many,idle,start")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--json")
    parser.add_argument("--keep", help="a folder for pictures of what failed")
    options = parser.parse_args()
    for name in ("scenes", "sizes", "what"):
        setattr(options, name, [each for each in getattr(options, name).split(",") if each])
    setup_environment()
    before = {**machine(), "before": load()}
    results = {name: [] for name in options.stacks.split(",")}
    for _ in range(options.rounds):
        for name, rounds in results.items():
            rounds.append(measure(name, options))
    table = {name: combine(rounds) for name, rounds in results.items()}
    ratios = compare(table)
    told = {"machine": {**before, "after": load()}, "rounds": options.rounds,
            "seconds": options.seconds, "stacks": table, "ratios": ratios}
    if options.json:
        with open(options.json, "w") as file:
            json.dump(told, file, indent=1)
    print(f"{told['machine']}, {options.rounds} round(s), {options.seconds:g} s a scene\n")
    print_table(table, ratios)


if __name__ == "__main__":
    main()
