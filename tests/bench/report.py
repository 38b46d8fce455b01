# SPDX-License-Identifier: MIT
"""The table of docs/performance.md, from the JSON that pixels.py wrote: tests/bench/run report FILE."""

import json
import sys

SCENES = {"ui": "controls that move", "scroll": "text scrolled", "noise": "noise", "video": "video",
          "resize": "another size each frame"}
MB = 1 / 1024


def scene_rows():
    for size in ("800x600", "1080p"):
        for scene, title in SCENES.items():
            key = f"{scene} {size}: "
            yield f"{title}, {size}: frames a second", [(key + "fps", 1)]
            yield "the same: CPU ms, bytes a frame", [(key + "cpu_ms", 1), (key + "bytes", 1)]


def window_rows():
    for size in ("340x200", "160x100"):
        for count in (1, 10, 50):
            key = f"{count} windows {size}: "
            yield f"{count} of {size} opened: all painted, ms", [(key + "opened: all", 1)]
            yield "the same: MB more, once still", [(key + "pss_more", MB),
                                                    (key + "pss_more_still", MB)]
            yield "a client comes to them: first, all painted, ms", [
                (key + "connected: first", 1), (key + "connected: all", 1)]


def start_rows():
    for kind in ("wayland", "pulse", "x11"):
        key = f"start: {kind}: "
        yield f"started: {kind} accepts, ms; answers after that", [(key + "accepts", 1),
                                                                   (key + "reply", 1)]


ROWS = (
    ("key to pixel, ms: median, 95 %", [("key: median", 1), ("key: p95", 1)]),
    ("the same: CPU ms, bytes a key", [("key: cpu_ms", 1), ("key: bytes", 1)]),
    *scene_rows(),
    ("application to pixel, ms", [("first: app_to_pixel", 1)]),
    ("client to pixel, TCP to pixel, ms", [("first: connect_to_pixel", 1),
                                           ("first: tcp_to_pixel", 1)]),
    *window_rows(),
    *start_rows(),
    ("PSS, MB: without a client, with a still window", [("pss_without_client", MB),
                                                        ("idle: pss", MB)]),
    ("a still window: wake-ups, bytes a second", [("idle: wakeups", 1), ("idle: bytes", 1)]),
)


def short(value):
    if abs(value) >= 1e6:
        return f"{value / 1e6:.1f} M"
    return f"{value:.0f}" if abs(value) >= 20 else f"{value:.1f}"


def cell(rows, values):
    found = [short(rows[key]["median"] * unit) for key, unit in values if key in rows]
    return ", ".join(found) if len(found) == len(values) else "-"


def main():
    with open(sys.argv[1]) as file:
        told = json.load(file)
    stacks, machine, ratios = told["stacks"], told["machine"], told["ratios"]
    print(f"{machine['processors']} cores ({machine['model']}), {machine['date']}, "
          f"{told['rounds']} round(s), {told['seconds']:g} s a scene; load "
          f"{machine['before']['load']:.1f} before and {machine['after']['load']:.1f} after, "
          f"{machine['after']['stolen'] - machine['before']['stolen']:.0f} s stolen by the host. "
          "In brackets: times the best peer's, of the first figure.\n")
    print("| | " + " | ".join(stacks) + " |")
    print("|---" * (len(stacks) + 1) + "|")
    for title, values in ROWS:
        cells = []
        for name, rows in stacks.items():
            ratio = ratios.get(name, {}).get(values[0][0])
            text = cell(rows, values)
            cells.append(f"{text} ({ratio:.2f})" if ratio and text != "-" else text)
        if any(each != "-" for each in cells):
            print(f"| {title} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
