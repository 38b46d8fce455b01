# SPDX-License-Identifier: MIT
"""Azure Linux's manifest as it is, from signed RPM repositories that hold Debian's files under Azure
Linux's package names: the image it makes boots and shows a window."""

import functools
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading

from instance import WORK, Instance
from screen import Screen
from tap import equal, test
from world import main

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(TOP, "tests/unit/rootfs-manifest"))
from debian_mirror import Key  # noqa: E402
from rpm_repository import Repository  # noqa: E402

TREE = os.path.join(WORK, "image/tree")
CACHE = os.environ.get("SILL_CACHE") or os.path.join(
    os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "sill")
MULTIARCH = "usr/lib/x86_64-linux-gnu"
# What the two call the same thing, where the manifest names it.
NAMES = {
    "xwayland": "xorg-x11-server-Xwayland", "x11-xkb-utils": "xorg-x11-xkb-utils",
    "xkb-data": "xkeyboard-config", "fontconfig-config": "fontconfig",
    "fonts-dejavu-core": "dejavu-sans-fonts", "fonts-dejavu-mono": "dejavu-sans-mono-fonts",
    "libx11-data": "libX11-common", "libegl1": "libglvnd-egl", "libc6": "glibc", "libc-bin": "glibc",
    "libssl3t64": "openssl-libs", "libfreerdp-server3-3": "freerdp-server",
    "openssl-provider-legacy": "openssl-libs", "librsvg2-2": "librsvg2",
    "libcairo2": "cairo", "libxcb1": "libxcb", "libxcb-composite0": "libxcb",
    "libxcb-sync1": "libxcb", "libxcb-xfixes0": "libxcb",
}
# Which package Azure Linux itself does not have, or has in its second repository.
PLACES = {"freerdp-server": "sill", "libfreerdp3-3": "sill", "libwinpr3-3": "sill",
          "weston": "sill", "libweston-14-0": "sill", "pulseaudio": "extended"}
MANIFEST = """\
include: [{top}/rootfs-manifest/azurelinux-3.0.yaml]
repositories:
  - {{name: base, url: "{url}/base", key: {key}}}
  - {{name: extended, url: "{url}/extended", key: {key}}}
  - {{name: sill, url: "{url}/sill", key: {key}, priority: 100}}
"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def packages():
    """The Debian image's packages: for each the files of the image that are its."""
    with open(os.path.join(TOP, "rootfs-manifest/debian-13.amd64.lock.json")) as file:
        for package in json.load(file)["packages"]:
            folder = os.path.join(CACHE, "unpacked", package["sha256"])
            files = {}
            for where, folders, names in os.walk(folder):
                for name in names + [name for name in folders
                                     if os.path.islink(os.path.join(where, name))]:
                    source = os.path.join(where, name)
                    path = os.path.relpath(source, folder)
                    if os.path.lexists(os.path.join(TREE, path)):
                        files[path] = (("link", os.readlink(source)) if os.path.islink(source)
                                       else source)
            yield package["name"], files


def make_repositories(folder, key):
    repositories = {name: Repository(folder, name) for name in ("base", "extended", "sill")}
    contents, root = {}, {}
    for name, files in packages():
        if name in ("base-files", "dash", "debianutils"):
            root.update({path: files[path] for path in files if path in ("bin", "sbin", "lib", "lib64")})
        else:
            contents.setdefault(NAMES.get(name, name), {}).update(files)
    for name, files in contents.items():
        provides = ["rtld(GNU_HASH)"] if name == "glibc" else []
        repositories[PLACES.get(name, "base")].add(name, files, provides=provides)
    base = repositories["base"]
    base.add("filesystem", {**root, "usr/sbin": None})
    base.add("bash", {"usr/bin/bash": "/usr/bin/bash", "usr/bin/sh": ("link", "bash")})
    base.add("ncurses-libs", {f"{MULTIARCH}/libtinfo.so.6": os.path.realpath(f"/{MULTIARCH}/libtinfo.so.6")})
    base.add("azurelinux-release", {
        "etc/os-release": ("link", "../usr/lib/os-release"),
        "usr/lib/os-release": b'ID=azurelinux\nNAME="Microsoft Azure Linux"\nVERSION_ID="3.0"\n',
        "etc/azurelinux-release": b"AZURELINUX_BUILD_NUMBER=0\n"})
    for repository in repositories.values():
        repository.publish(key, has_dependencies=True)


class World:
    """Repositories, their server, and the image made from them."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="sill-azure-", dir="/tmp")
        self.out = os.path.join(self.folder, "image")
        self.image = os.path.join(self.out, "azurelinux-3.0.x86_64.erofs")
        self.manifest = os.path.join(self.folder, "overridden.yaml")
        self.key = Key()
        self.public = os.path.join(self.folder, "key.asc")
        with open(self.public, "wb") as file:
            file.write(self.key.gpg("--armor", "--export"))
        make_repositories(self.folder, self.key)
        handler = functools.partial(Quiet, directory=self.folder)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        with open(self.manifest, "w") as file:
            file.write(MANIFEST.format(top=TOP, key=self.public,
                                       url=f"http://127.0.0.1:{self.server.server_port}"))

    def build(self):
        return json.loads(subprocess.run(
            ["sill", "build", "--json", "-a", "x86_64", "--own", os.path.join(WORK, "own"),
             "-o", self.out, self.manifest], check=True, timeout=200, stdout=subprocess.PIPE,
            env={**os.environ, "SILL_CACHE": os.path.join(self.folder, "cache")}).stdout)

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.key.close()
        shutil.rmtree(self.folder)


@test("Azure Linux's manifest makes an image from RPM repositories")
def _(world):
    made = world.build()
    print(f"# {made['bytes']} bytes, {made['files']} files, {made['packages']} packages")
    with open(made["lock"]) as file:
        lock = json.load(file)
    where = {package["name"]: package["repository"] for package in lock["packages"]}
    equal((where["weston"], where["pulseaudio"], where["bash"]), ("sill", "extended", "base"),
          "where packages are from")
    # The dependencies are those that rpmbuild found in the files.
    needs = {package["name"]: package["needed_by"] for package in lock["packages"]}
    assert "weston" in needs["libweston-14-0"], needs["libweston-14-0"]
    assert "bash" in needs["ncurses-libs"], needs["ncurses-libs"]
    with open(os.path.join(world.out, "tree/etc/os-release")) as file:
        assert "ID=azurelinux" in file.read()


@test("it boots and shows a window")
def _(world):
    screen = Screen()
    instance = Instance("azure", world.image)
    client = instance.connect()
    paint = instance.paint("Pattern", 300, 200)
    try:
        screen.wait_for_window("Pattern")
        equal(instance.status()["init"]["state"], "running", "init's state")
    finally:
        paint.stop()
        client.terminate()
        client.wait(10)
        instance.stop()
        screen.stop()


if __name__ == "__main__":
    main(World)
