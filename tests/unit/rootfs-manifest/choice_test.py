#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Which packages sill chooses from a Debian archive of our own, keeps and takes along. Prints TAP.

usage: choice_test.py DRIVER
"""

import json
import os
import shutil
import subprocess

from debian_mirror import tar_of
from world import DRIVER, main, read, test


@test("versions that are gone: locked anew with a notice, or refused with --locked")
def _(world):
    world.run("lock")
    committed = read(world.lock)
    world.add_hello("1.1")
    world.mirror.publish()
    world.build("--locked", code=1, says=("--locked", "hello"))
    assert not os.path.exists(world.image)
    world.build(says=("no longer has: hello", "hello 1.0 -> 1.1"))
    assert read(world.lock) == committed
    assert read(os.path.join(world.tree, "usr/share/hello/version")) == b"1.1"
    result = world.build()
    assert "choosing" not in result.stderr, "the second time the newer lock is used"


@test("the cache keeps an old lock buildable")
def _(world):
    world.run("lock")
    world.build()
    world.add_hello("1.1")
    world.mirror.publish()
    shutil.rmtree(world.out)
    world.build("--locked")
    assert read(os.path.join(world.tree, "usr/share/hello/version")) == b"1.0"


@test("a manifest that wants other packages than its lock")
def _(world):
    world.run("lock")
    text = read(world.manifest).decode()
    with open(world.manifest, "w") as file:
        file.write(text.replace("packages: [hello]", "packages: [hello, base]"))
    world.build("--locked", code=1, says="older than the manifest")
    world.build(says="choosing packages")


@test("a package nobody has")
def _(world):
    del world.mirror.packages["libc"]
    world.mirror.publish()
    world.build(code=1, says=("do not fit together", "libc"))


def versions(world):
    with open(world.lock) as file:
        return {package["name"]: package["version"] for package in json.load(file)["packages"]}


def keep_old_versions(world):
    """Newer packages beside the old ones, as in a repository that drops nothing."""
    old = {name: dict(package) for name, package in world.mirror.packages.items()}
    files = dict(world.mirror.files)
    world.add_hello("1.5")
    world.mirror.add("base", "2", [("./bin", ("link", "usr/bin"), 0o777), ("./usr", None, 0o755)])
    world.mirror.files.update({path: data for path, data in files.items() if "/pool/" in path})
    world.mirror.packages.update({f"{name} (old)": package for name, package in old.items()
                                  if name in ("hello", "base")})
    world.mirror.publish()


@test("an update of one package leaves the others as they are")
def _(world):
    world.run("lock")
    first = versions(world)
    keep_old_versions(world)
    world.run("lock", says="nothing changed")
    assert versions(world) == first, versions(world)
    world.run("lock", "--update=nobody", code=2, says="'nobody' is not in the lock")
    world.run("lock", "--update=base", says="base 1 -> 2")
    assert versions(world) == {**first, "base": "2"}, versions(world)
    outdated = json.loads(world.run("outdated", "--json").stdout)
    assert [(it["name"], it["locked"], it["newest"]) for it in outdated] == [("hello", "1.0", "1.5")], outdated
    world.run("lock", "--update", says="hello 1.0 -> 1.5")
    assert versions(world) == {**first, "base": "2", "hello": "1.5"}, versions(world)
    world.run("outdated", says="nothing")


@test("an update that does not fit to the others takes them along, with a notice")
def _(world):
    world.run("lock")
    keep_old_versions(world)
    world.mirror.packages["hello"]["Depends"] = "base (>= 2), libc"
    world.mirror.publish()
    world.run("lock", "--update=hello", says="notice: that does not fit")
    assert versions(world)["base"] == "2" and versions(world)["hello"] == "1.5"


@test("why a package is there")
def _(world):
    world.run("lock")

    def why(name, **wanted):
        result = subprocess.run([DRIVER, "why", name, world.manifest], capture_output=True, text=True,
                                env={"PATH": os.environ["PATH"]}, timeout=20, check=False)
        assert result.returncode == wanted.get("code", 0), result.stderr
        return result.stdout + result.stderr

    assert why("libc") == ("libc 1 (source libc, from main)\n"
                           "  needed by hello, which the manifest wants\n"), why("libc")
    assert "wanted by the manifest" in why("hello")
    assert "the manifest excludes it" in why("heavy", code=1)
    assert "not in the lock" in why("nobody", code=1)


@test("the cache goes to a machine without a network")
def _(world):
    world.run("lock")
    tar = os.path.join(world.folder, "cache.tar")

    def cache(*arguments, code=0, says=""):
        result = subprocess.run([DRIVER, "cache", *arguments, world.manifest], text=True, timeout=60,
                                capture_output=True, check=False,
                                env={"PATH": os.environ["PATH"], "SILL_CACHE": world.cache,
                                     "SILL_MIRROR": world.mirror.url})
        assert result.returncode == code and says in result.stderr, result.stderr

    cache("export", tar, says="3 packages in")
    first = read(tar)
    cache("export", tar)
    assert read(tar) == first
    shutil.rmtree(world.cache)
    world.mirror.files.clear()
    world.build("--locked", code=1)
    cache("import", tar, says="3 packages from")
    world.build("--locked")
    shutil.rmtree(world.cache)
    damaged = bytearray(first)
    damaged[600] ^= 1
    for data, says in ((bytes(damaged), "has the sha256"), (first[:700], "cannot be read"),
                       (first.replace(b"pool/sha256/", b"pool/sha255/"), ""),
                       (tar_of([("pool/../../evil", b"x", 0o644)]), "does not belong"),
                       (tar_of([("pool/sha256/aa/" + "a" * 64, ("link", "/etc"), 0o777)]),
                        "does not belong")):
        with open(tar, "wb") as file:
            file.write(data)
        cache("import", tar, code=1, says=says)
        assert not world.leftovers(), world.leftovers()
    cache("move", tar, code=2, says="neither export nor import")


if __name__ == "__main__":
    raise SystemExit(main())
