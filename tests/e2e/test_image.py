# SPDX-License-Identifier: MIT
"""What is in the image, and that building it again gives the same."""

import fnmatch
import hashlib
import os
import re
import shutil
import stat
import subprocess
import tempfile

from instance import WORK, image
from manifests import ARCH, TOP, lock, manifest
from tap import equal, run, test

TREE = os.path.join(WORK, "image/tree")
# The image with labels, not compressed: only they are looked at.
LABELLED = f"""\
include: [{manifest("debian-13")}]
name: debian-13
selinux: {{mode: enforcing, contexts: {TOP}/system-distro/selinux/file_contexts}}
pack: {{compression: none}}
budget: {{bytes: 300000000}}
"""
# Budget of the whole image, with FreeRDP and its codecs as the distribution builds them.
IMAGE_BYTES_MAX = 95_000_000
LABELS = {
    "/": "root_t", "/etc/sill/weston.ini": "etc_t", "/etc/passwd": "etc_t",
    "/etc/selinux/config": "selinux_config_t", "/usr/bin/weston": "bin_t",
    "/usr/bin/dash": "shell_exec_t", "/usr/lib/sill/sill-init": "init_exec_t",
    "/usr/lib/sill/sill-rdp": "bin_t", "/usr/lib/*/ld-linux*.so.*": "ld_so_t",
    "/usr/lib/*/libweston-14.so.*": "lib_t", "/usr/share/fonts/*": "fonts_t", "/run": "var_run_t",
    "/home/wslg": "user_home_dir_t", "/var/lib/*": "var_lib_t",
}
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


def labels(path):
    """What each file of a mounted image is labelled with, by its path."""
    found = {}
    for folder, directories, names in os.walk(path):
        for name in [".", *names, *(each for each in directories
                                    if os.path.islink(os.path.join(folder, each)))]:
            file = os.path.normpath(os.path.join(folder, name))
            found[file[len(path):] or "/"] = os.getxattr(
                file, "security.selinux", follow_symlinks=False).decode()
    return found


@test("packed for SELinux, each file has a label, and the one that it should have")
def _():
    folder = tempfile.mkdtemp(prefix="sill-labels-", dir="/tmp")
    mounted = os.path.join(folder, "mounted")
    os.mkdir(mounted)
    shutil.copy(lock("debian-13"), os.path.join(folder, f"debian-13.{ARCH}.lock.json"))
    with open(os.path.join(folder, "labelled.yaml"), "w") as file:
        file.write(LABELLED)
    try:
        made = subprocess.run(
            [os.path.join(WORK, "own/usr/bin/sill"), "build", "--own", os.path.join(WORK, "own"),
             "-o", os.path.join(folder, "out"), file.name],
            check=True, timeout=300, stdout=subprocess.PIPE, text=True).stdout.strip()
        subprocess.run(["mount", "-t", "erofs", "-o", "ro,loop", made, mounted], check=True)
        found = labels(mounted)
        subprocess.run(["umount", mounted], check=True)
    finally:
        shutil.rmtree(folder)
    for path, kind in LABELS.items():
        matching = {found[each] for each in found if fnmatch.fnmatchcase(each, path)}
        equal(matching, {f"system_u:object_r:{kind}:s0"}, f"the label of {path}")
    assert len(found) > 700, len(found)


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
                    os.path.join(WORK, "own"), "-o", again, manifest("debian-13")],
                   check=True, timeout=300, stdout=subprocess.DEVNULL)
    other = os.path.join(again, os.path.basename(image()))
    equal(digest(other), digest(image()), "the second image's sha256")
    subprocess.run(["rm", "-rf", again], check=True)


if __name__ == "__main__":
    raise SystemExit(run())
