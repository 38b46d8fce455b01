# SPDX-License-Identifier: MIT
"""Takes README's picture: three applications in the image, seen in the client.

Run by hand, as tests/run runs the tests: picture.py FILE.png
"""

import os
import subprocess
import sys
import time

from instance import Instance, setup_environment
from screen import Screen
from tap import wait_for

APPLICATIONS = (
    ("Application Class", ("gtk3-demo",), (40, 40)),
    ("xclock", ("xclock", "-geometry", "300x300", "-update", "60"), (910, 40)),
    ("Terminal", ("foot", "--title=Terminal", "--window-size-pixels=740x330", "sh", "-c",
              "sill --version; sill --help; exec sh"), (500, 420)),
)


def main():
    setup_environment()
    target = os.path.abspath(sys.argv[1])
    screen = Screen()
    screen.root.change_attributes(background_pixel=0x2F4F6F)
    screen.root.clear_area()
    instance = Instance("picture")
    client = instance.connect()
    applications = []
    for title, command, (x, y) in APPLICATIONS:
        applications.append(instance.exec(*command))
        window = screen.wait_for_window(title)
        # So soon after it appeared, a move is the window manager's placing to the server.
        time.sleep(0.6)
        screen.place(window, x, y, *window.geometry()[2:])
    shot = target + ".new.png"

    def is_still():
        screen.pause()
        subprocess.run(["sill", "screenshot", shot], check=True)
        with open(shot, "rb") as new:
            same = os.path.exists(target) and open(target, "rb").read() == new.read()
        os.replace(shot, target)
        return same

    screen.move(20, 780)
    wait_for("a still picture", is_still)
    for application in applications:
        application.stop()
    client.terminate()
    client.wait(10)
    instance.stop()
    screen.stop()


if __name__ == "__main__":
    main()
