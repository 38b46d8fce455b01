#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sill's image commands against signed RPM repositories of our own, good and bad. Prints TAP.

usage: rpm_test.py DRIVER
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import tempfile

from debian_mirror import Key
from rpm_repository import Repository
from world import KEY, Folders, main, read, test

MANIFEST = """\
name: tiny
base: azurelinux
architectures: [x86_64, aarch64]
repositories:
  - {{name: base, url: "file://{folder}/base", key: {key}}}
  - {{name: extra, url: "file://{folder}/{{arch}}", key: {key}}}
packages: [hello, {{name: Twin, from: extra}}]
excludes: [heavy]
keep:
  entries: [usr/bin/hello]
  data: [bin, lib*, usr/share/**]
pack: {{format: erofs, compression: none, uuid: 00000000-0000-4000-8000-000000000000}}
"""

class World(Folders):
    """Two repositories, a manifest and empty folders, new for every test."""

    made = None  # the repositories as they were first made: rpmbuild is slow

    def __init__(self):
        super().__init__("x86_64")
        self.base = Repository(self.folder, "base")
        self.extra = Repository(self.folder, "x86_64")
        if World.made is None:
            self.make_repositories()
        for name in ("base", "x86_64"):
            shutil.copytree(os.path.join(World.made, name), os.path.join(self.folder, name))
        with open(self.manifest, "w") as file:
            file.write(MANIFEST.format(folder=self.folder, key=self.write_key()))

    def make_repositories(self):
        World.made = tempfile.mkdtemp(prefix="sill-rpm-")
        base, extra = Repository(World.made, "base"), Repository(World.made, "x86_64")
        base.add("filesystem", {"bin": ("link", "usr/bin"), "lib": ("link", "usr/lib"),
                                "lib64": ("link", "usr/lib")})
        base.add("libc", {"usr/lib/libc.so.6": read("/usr/lib/x86_64-linux-gnu/libc.so.6"),
                          "usr/lib/ld-linux-x86-64.so.2": "/lib64/ld-linux-x86-64.so.2"})
        base.add("heavy", {"usr/share/heavy": b"x"}, requires=["nothing-there"])
        base.add("hello", {"usr/bin/hello": "/usr/bin/true", "usr/share/hello/a": b"a"},
                 requires=["libc", "filesystem", "heavy", "/usr/bin/data"], version="2.0",
                 licence="GPL-2.0-or-later AND MIT")
        base.add("data", {"usr/share/data": b"data", "usr/bin/data": b"data"})
        base.add("Twin", {"usr/share/twin": b"base"}, version="9")
        extra.add("Twin", {"usr/share/twin": b"extra"}, version="1")
        base.publish(KEY, compression="gz")
        extra.publish(KEY)

    def write_key(self):
        path = os.path.join(self.folder, "key.asc")
        with open(path, "wb") as file:
            file.write(KEY.gpg("--armor", "--export"))
        return path

    def build(self, *arguments, **wanted):
        return self.run("build", "-a", "x86_64", "-o", self.out, *arguments, **wanted)

    def replace_primary(self, text, compress=gzip.compress):
        """Another list of packages in the base repository, with a good signature."""
        repodata = os.path.join(self.folder, "base", "repodata")
        data = compress(text)
        with open(os.path.join(repodata, "other.xml.gz"), "wb") as file:
            file.write(data)
        self.write_repomd(f"""<repomd xmlns="http://linux.duke.edu/metadata/repo"><data type="primary">
            <checksum type="sha256">{hashlib.sha256(data).hexdigest()}</checksum>
            <location href="repodata/other.xml.gz"/></data></repomd>""")

    def write_repomd(self, text):
        with open(os.path.join(self.folder, "base", "repodata", "repomd.xml"), "w") as file:
            file.write(text)
        self.base.sign(KEY)

    def replace_package(self, name, data):
        """Puts another package into the lock and the repository."""
        with open(self.lock) as file:
            lock = json.load(file)
        package, = [package for package in lock["packages"] if package["name"] == name]
        package["sha256"], package["size"] = hashlib.sha256(data).hexdigest(), len(data)
        with open(os.path.join(self.folder, "base", package["path"]), "wb") as file:
            file.write(data)
        with open(self.lock, "w") as file:
            json.dump(lock, file)


@test("an image from RPM repositories: what is needed is in, the rest is not")
def _(world):
    world.build()
    found = sorted(os.path.relpath(os.path.join(folder, name), world.tree)
                   for folder, folders, names in os.walk(world.tree) for name in names)
    assert found == ["etc/versions.txt", "usr/bin/hello", "usr/lib/ld-linux-x86-64.so.2", "usr/lib/libc.so.6",
                     "usr/share/data", "usr/share/hello/a", "usr/share/twin",
                     "var/lib/rpmmanifest/container-manifest-2"], found
    assert read(os.path.join(world.tree, "usr/share/twin")) == b"extra"
    assert os.readlink(os.path.join(world.tree, "bin")) == "usr/bin"


@test("a lock says source, licence and who needs a package")
def _(world):
    world.run("lock", "-a", "x86_64")
    with open(world.lock) as file:
        packages = {package["name"]: package for package in json.load(file)["packages"]}
    assert sorted(packages) == ["Twin", "data", "filesystem", "hello", "libc"], sorted(packages)
    hello, data = packages["hello"], packages["data"]
    assert (hello["licence"], hello["source"]) == ("GPL-2.0-or-later AND MIT", "base"), hello
    assert (hello["version"], hello["repository"]) == ("2.0-1.azl3", "base"), hello
    assert (hello["wanted"], hello["needed_by"]) == (True, []), hello
    assert (data["wanted"], data["needed_by"]) == (False, ["hello"]), data
    assert packages["Twin"]["repository"] == "extra"


@test("the same repositories give the same lock")
def _(world):
    world.run("lock", "-a", "x86_64")
    first = read(world.lock)
    os.unlink(world.lock)
    shutil.rmtree(world.cache)
    world.run("lock", "-a", "x86_64")
    assert read(world.lock) == first


@test("a signature by somebody else, or of something else, is refused")
def _(world):
    other = Key()
    world.base.sign(other)
    other.close()
    world.build(code=1, says=("base/repodata/repomd.xml: the signature does not hold",))
    world.base.sign(KEY)
    with open(os.path.join(world.folder, "base/repodata/repomd.xml"), "a") as file:
        file.write("<!-- -->")
    world.build(code=1, says="the signature does not hold")
    os.unlink(os.path.join(world.folder, "base/repodata/repomd.xml.asc"))
    world.build(code=1, says="repomd.xml.asc: ")
    assert not world.leftovers(), world.leftovers()


@test("a list of packages other than the signed one is refused")
def _(world):
    repodata = os.path.join(world.folder, "base", "repodata")
    name, = [name for name in os.listdir(repodata) if name.endswith("primary.xml.gz")]
    with open(os.path.join(repodata, name), "ab") as file:
        file.write(b"\0")
    world.build(code=1, says="its sha256 is")


@test("a package other than the locked one is refused")
def _(world):
    world.run("lock", "-a", "x86_64")
    path = os.path.join(world.folder, "base", "hello-2.0.x86_64.rpm")
    data = bytearray(read(path))
    data[-1] ^= 1
    with open(path, "wb") as file:
        file.write(data)
    world.build(code=1, says=("package hello: ", "its sha256 is"))
    assert not os.path.exists(world.tree)


@test("an index that leads out of its repository, or nowhere, is refused")
def _(world):
    good = """<repomd xmlns="http://linux.duke.edu/metadata/repo"><data type="primary">
        <checksum type="{}">{}</checksum><location href="{}"/></data></repomd>"""
    for kind, digest, path, says in (
            ("sha256", "0" * 64, "../../etc/passwd", "leads nowhere safe"),
            ("sha256", "0" * 64, "/etc/passwd", "leads nowhere safe"),
            ("sha", "0" * 40, "repodata/x", "has no sha256"),
            ("sha256", "0" * 64, "repodata/x", "the server does not have it")):
        world.write_repomd(good.format(kind, digest, path))
        world.build(code=1, says=says)
    world.write_repomd("<repomd/>")
    world.build(code=1, says="it has no 'primary'")
    world.write_repomd("no XML")
    world.build(code=1, says="repomd.xml: ")


@test("bombs and rubbish in a signed list of packages are refused")
def _(world):
    world.replace_primary(b"no XML")
    world.build(code=1, says="base: ")
    world.replace_primary(b"<metadata>" + b" " * (600 << 20) + b"</metadata>")
    world.build(code=1, says="it unpacks to too much")
    world.replace_primary(b"<metadata/>", lambda data: gzip.compress(data)[:-9])
    world.build(code=1)
    entities = b"".join(b'<!ENTITY e%d "%s">' % (i, b"&e%d;" % (i - 1) * 10) for i in range(1, 12))
    world.replace_primary(b'<!DOCTYPE m [<!ENTITY e0 "lol">' + entities + b"]><metadata>&e11;</metadata>")
    world.build(code=1)


@test("a package whose path leads out of its repository is refused")
def _(world):
    repodata = os.path.join(world.folder, "base", "repodata")
    name, = [name for name in os.listdir(repodata) if name.endswith("primary.xml.gz")]
    text = gzip.decompress(read(os.path.join(repodata, name)))
    world.replace_primary(re.sub(rb'href="hello', rb'href="../hello', text))
    world.build(code=1, says="package hello")


def rpm_of(cpio):
    """The least that an .rpm can be: a lead, two headers without entries, a payload."""
    header = b"\x8e\xad\xe8\x01" + b"\0" * 12
    return b"\xed\xab\xee\xdb\3" + b"\0" * 91 + header + header + gzip.compress(cpio, mtime=0)


def cpio_of(members):
    """Members: (path, mode, content)."""
    out = b""
    for path, mode, content in [*members, ("TRAILER!!!", 0, b"")]:
        name = path.encode() + b"\0"
        fields = (1, mode, 0, 0, 1, 0, len(content), 0, 0, 0, 0, len(name), 0)
        out += b"070701" + b"".join(b"%08x" % field for field in fields) + name
        out += b"\0" * (-len(out) % 4) + content
        out += b"\0" * (-len(out) % 4)
    return out


@test("members that lead out of the image are refused, and nothing outside is touched")
def _(world):
    world.run("lock", "-a", "x86_64")
    outside = os.path.join(world.folder, "outside")
    os.mkdir(outside)
    for says, members in (
            ("an unsafe path", [("./../../outside/x", 0o100644, b"x")]),
            ("an absolute path", [(outside + "/x", 0o100644, b"x")]),
            ("usr/y", [("./usr/y", 0o120777, outside.encode()), ("./usr/y/x", 0o100644, b"x")]),
            ("neither file, folder nor link", [("./usr/null", 0o20666, b"")]),
            ("its payload", [])):
        rpm = rpm_of(cpio_of(members)) if members else rpm_of(b"070701")
        world.replace_package("hello", rpm)
        world.build("--locked", code=1, says=("package hello", says))
        assert not os.listdir(outside), says
        assert not os.path.exists(world.tree), says
        assert not world.leftovers(), world.leftovers()


if __name__ == "__main__":
    try:
        raise SystemExit(main(World))
    finally:
        shutil.rmtree(World.made, ignore_errors=True)
