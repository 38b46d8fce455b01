# SPDX-License-Identifier: MIT
"""What is in the image, and that building it again gives the same."""

import hashlib
import os
import re
import stat
import subprocess

from instance import WORK, image
from tap import equal, run, test

TREE = os.path.join(WORK, "image/tree")
TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MANIFEST = os.path.join(TOP, "rootfs-manifest/debian-13.yaml")
# Budget of the whole image, with FreeRDP and its codecs as the distribution builds them.
IMAGE_BYTES_MAX = 95_000_000
FORBIDDEN = re.compile(r"(^|/)(perl|python3?|apt(-get)?|dpkg|rpm)([0-9.]*|-.*)$|libLLVM|libgallium")


def files():
    for folder, directories, names in os.walk(TREE):
        for name in directories + names:
            yield os.path.join(folder, name)


@test("it has no package manager, perl, python or LLVM")
def _():
    found = [path for path in files() if FORBIDDEN.search(path[len(TREE):])
             and not path.startswith(os.path.join(TREE, "var/lib"))]
    equal(found, [], "what is forbidden")


@test("no file is setuid, setgid, a device, or writable by all")
def _():
    for path in files():
        mode = os.lstat(path).st_mode
        assert not mode & (stat.S_ISUID | stat.S_ISGID), path
        assert stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode), path
        if not stat.S_ISLNK(mode):
            assert not mode & stat.S_IWOTH, path


@test("every link in it leads somewhere")
def _():
    dangling = []
    for path in files():
        if os.path.islink(path):
            target = os.readlink(path)
            base = TREE if target.startswith("/") else os.path.dirname(path)
            resolved = os.path.normpath(os.path.join(base, target.lstrip("/")
                                                     if target.startswith("/") else target))
            if not os.path.lexists(resolved) and not target.startswith(("/proc", "/run", "/mnt")):
                dangling.append((path[len(TREE):], target))
    equal(dangling, [], "dangling links")


@test("it keeps to its budget")
def _():
    size = os.path.getsize(image())
    print(f"# {size} bytes")
    assert size <= IMAGE_BYTES_MAX, size


@test("init finds no fault in its unit files")
def _():
    subprocess.run([os.path.join(WORK, "own/usr/lib/sill/sill-init"), "--check",
                    os.path.join(TREE, "usr/lib/sill/units")], check=True, timeout=30)


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@test("built again somewhere else from the same lock, it is the same to the last bit")
def _():
    again = f"/tmp/sill-image-{os.getpid()}"
    subprocess.run([os.path.join(WORK, "own/usr/bin/sill"), "build", "--own",
                    os.path.join(WORK, "own"), "-o", again, MANIFEST],
                   check=True, timeout=300, stdout=subprocess.DEVNULL)
    other = os.path.join(again, os.path.basename(image()))
    equal(digest(other), digest(image()), "the second image's sha256")
    subprocess.run(["rm", "-rf", again], check=True)


if __name__ == "__main__":
    raise SystemExit(run())
