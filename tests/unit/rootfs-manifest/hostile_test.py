#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sill against a Debian archive that lies, breaks off or wants to write elsewhere. Prints TAP.

usage: hostile_test.py DRIVER
"""

import hashlib
import lzma
import os
import shutil

from debian_mirror import Key
from world import main, read, test


@test("a release that was altered after it was signed")
def _(world):
    path = "debian/dists/stable/InRelease"
    world.mirror.files[path] = world.mirror.files[path].replace(b"Suite: stable", b"Suite: stabel")
    world.build(code=1, says=("InRelease: the signature does not hold", "gpgv"))
    assert not os.path.exists(world.out) and not world.leftovers()


@test("a release that somebody else signed")
def _(world):
    thief = Key()
    text = world.mirror.files["debian/dists/stable/InRelease"].split(b"\n\n", 1)[1]
    text = text.split(b"-----BEGIN PGP SIGNATURE")[0]
    world.mirror.files["debian/dists/stable/InRelease"] = thief.sign(text)
    thief.close()
    world.build(code=1, says="InRelease: the signature does not hold")


@test("a release that expired")
def _(world):
    world.mirror.publish(valid_days=-1)
    world.build(code=1, says=("InRelease: expired on", "--allow-expired"))
    world.build("--allow-expired", says="notice:")


@test("the release of another suite")
def _(world):
    world.mirror.publish(suite="unstable")
    world.build(code=1, says="it is the release of another suite")


@test("an index that is not the signed one")
def _(world):
    data = bytearray(world.mirror.files[world.mirror.index])
    data[-1] ^= 1
    world.mirror.files[world.mirror.index] = bytes(data)
    world.build(code=1, says=("by-hash", "sha256"))
    assert not world.leftovers()
    data[-1] ^= 1
    world.mirror.files[world.mirror.index] = bytes(data)
    world.build()


@test("an index that is not there")
def _(world):
    del world.mirror.files[world.mirror.index]
    world.build(code=1, says=("by-hash", "404"))


@test("a package that is not the locked one; the cache stays good")
def _(world):
    path = "debian/" + world.mirror.packages["hello"]["Filename"]
    good = world.mirror.files[path]
    world.mirror.files[path] = good[:-1] + bytes([good[-1] ^ 1])
    world.build(code=1, says=("package hello", path, "sha256"))
    assert not os.path.exists(world.tree) and not world.leftovers()
    digest = world.mirror.packages["hello"]["SHA256"]
    assert not os.path.exists(os.path.join(world.cache, "pool/sha256", digest[:2], digest))
    world.mirror.files[path] = good
    world.build()


@test("a download that is cut off")
def _(world):
    path = "debian/" + world.mirror.packages["hello"]["Filename"]
    world.mirror.truncated.add(path)
    world.build(code=1, says=("package hello", path))
    assert len([one for one in world.mirror.requests if one.endswith(path)]) == 3, "three tries"
    assert not os.path.exists(world.tree) and not world.leftovers()
    world.mirror.truncated.clear()
    world.build()


@test("a package damaged in the cache is noticed and fetched again")
def _(world):
    world.build()
    digest = world.mirror.packages["hello"]["SHA256"]
    cached = os.path.join(world.cache, "pool/sha256", digest[:2], digest)
    data = read(cached)
    with open(cached, "wb") as file:
        file.write(data[:-1] + bytes([data[-1] ^ 1]))
    shutil.rmtree(os.path.join(world.cache, "unpacked"))
    shutil.rmtree(world.out)
    world.build(code=1, says="package hello: damaged in the cache")
    world.build()


@test("a download that broke off is continued, by another run too")
def _(world):
    path = world.mirror.packages["libc"]["Filename"]
    size = int(world.mirror.packages["libc"]["Size"])
    world.mirror.truncated.add("debian/" + path)
    world.build(code=1, says="package libc")
    # Each of three tries got half of what was missing.
    half = size // 2
    assert [start for _, start in world.mirror.ranges] == [half, half + (size - half) // 2], \
        (size, world.mirror.ranges)
    world.mirror.truncated.clear()
    world.mirror.ranges.clear()
    world.build()
    assert len(world.mirror.ranges) == 1 and world.mirror.ranges[0][1] > size * 3 // 4
    assert not [name for _, _, names in os.walk(world.cache) for name in names if "resume" in name]
    # A server that always sends all, and one that changed its mind about the bytes.
    for continues in (False, True):
        shutil.rmtree(world.cache)
        shutil.rmtree(world.out)
        world.mirror.truncated.add("debian/" + path)
        world.build(code=1)
        world.mirror.truncated.clear()
        world.mirror.continues = continues
        kept, = [os.path.join(folder, name) for folder, _, names in os.walk(world.cache)
                 for name in names if name.endswith(".resume")]
        if continues:
            with open(kept, "r+b") as file:
                file.write(b"wrong")
            world.build(code=1, says="its sha256 is")
            assert not os.path.exists(kept)
        world.build()


HOSTILE = {
    "a path that leaves the tree": [("./../../evil", b"x", 0o644)],
    "an absolute path": [("/tmp/sill-evil", b"x", 0o644)],
    "a file through a link": [("./usr/out", ("link", "/tmp"), 0o777),
                              ("./usr/out/sill-evil", b"x", 0o644)],
    "a hard link to the outside": [("./usr/passwd", ("hard", "/etc/passwd"), 0o644)],
    "a hard link out of the tree": [("./usr/passwd", ("hard", "../../../etc/passwd"), 0o644)],
    "a device": [("./usr/null", ("device",), 0o666)],
    "a file that is there twice": [("./usr/a", b"1", 0o644), ("./usr/a", b"2", 0o644)],
    "a file of a folder's name": [("./usr/a", None, 0o755), ("./usr/a", b"2", 0o644)],
    "a link behind a file": [("./usr/a", b"1", 0o644), ("./usr/a", ("link", "/tmp"), 0o777)],
    "a hole without an end": [("./usr/hole", ("sparse", (1 << 33) - 512), 0o644)],
}


@test("packages that want to write elsewhere: refused, nothing outside touched")
def _(world):
    for version, (name, members) in enumerate(HOSTILE.items()):
        world.add_hello(f"2.{version}", members)
        world.mirror.publish()
        shutil.rmtree(world.out, ignore_errors=True)
        try:
            world.build(code=1, says="package hello")
        except AssertionError as error:
            raise AssertionError(f"{name}: {error}") from error
        assert not os.path.exists("/tmp/sill-evil"), name
        assert not os.path.exists(os.path.join(world.folder, "evil")), name
        assert not os.path.exists(world.tree) and not world.leftovers(), name


def publish_hello(world, data):
    """A package with whatever bytes, in a good index."""
    world.mirror.files["debian/" + world.add_hello("3.0")] = data
    world.mirror.packages["hello"] |= {
        "Size": str(len(data)), "SHA256": hashlib.sha256(data).hexdigest()}
    world.mirror.publish()


@test("packages that are none, end too early or are damaged within")
def _(world):
    good = world.mirror.files["debian/" + world.add_hello("3.0")]
    damaged = bytearray(good)
    damaged[len(good) * 3 // 4] ^= 1
    for data in (b"!<arch>\nnonsense", good[:len(good) // 2], good[:100], bytes(damaged)):
        publish_hello(world, data)
        world.build(code=1, says="package hello")
        shutil.rmtree(world.out)
        assert not os.path.exists(world.tree) and not world.leftovers()
    publish_hello(world, good)
    world.build()


@test("an index that is none, or ends too early")
def _(world):
    for index, says in ((lzma.compress(b"Package: a\n")[:-20], "cannot be read"),
                        (lzma.compress(b"\0\1 no index"), "hello")):
        world.mirror.publish(index=index)
        world.build(code=1, says=says)
        assert not os.path.exists(world.tree) and not world.leftovers()
    world.mirror.publish()
    world.build()


if __name__ == "__main__":
    raise SystemExit(main())
