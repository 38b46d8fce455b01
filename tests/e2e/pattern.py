# SPDX-License-Identifier: MIT
"""What the tests' application paint draws, to compare with what is on the screen."""

from tap import wait_for


def paint_error(rows, keys=0):
    """The mean difference, of 255, from what paint drew."""
    height, width = len(rows), len(rows[0])
    total = 0
    for y, row in enumerate(rows):
        for x, (red, green, blue) in enumerate(row):
            total += abs(red - x * 255 // width) + abs(green - y * 255 // height)
            total += abs(blue - (keys * 32 & 0xFF))
    return total / (width * height * 3)


def wait_for_picture(window, keys=0):
    wait_for(f"the picture after {keys} keys",
             lambda: paint_error(window.pixels(), keys) == 0)
