#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""sill's image commands against a Debian archive of our own: the tree and the image. Prints TAP.

usage: mirror_test.py DRIVER
"""

import concurrent.futures
import hashlib
import json
import os
import shutil
import stat

from world import MULTIARCH, main, read, test


@test("an image from a mirror: what is needed is in, the rest is not")
def _(world):
    result = world.build()
    assert result.stdout.strip() == world.image, result.stdout
    assert os.path.getsize(world.image) > 4096
    found = sorted(os.path.relpath(os.path.join(folder, name), world.tree)
                   for folder, folders, names in os.walk(world.tree) for name in names)
    assert found == ["etc/group", "etc/motd", "etc/passwd", "etc/versions.txt", "usr/bin/hello",
                     "usr/bin/hi", f"usr/lib/{MULTIARCH}/ld.so", f"usr/lib/{MULTIARCH}/libc.so.6",
                     "usr/lib64/ld-linux-x86-64.so.2", "usr/share/hello/version",
                     "var/lib/dpkg/status"], found
    assert os.readlink(os.path.join(world.tree, "usr/bin/hi")) == "hello"
    assert os.path.isdir(os.path.join(world.tree, "proc"))
    hello = os.stat(os.path.join(world.tree, "usr/bin/hello"))
    assert stat.S_IMODE(hello.st_mode) == 0o755, oct(hello.st_mode)
    assert stat.S_IMODE(os.stat(os.path.join(world.tree, "usr/share/hello/version")).st_mode) == 0o644
    assert not os.path.exists(world.lock), "the manifest's folder was written to"


@test("excluded packages are neither chosen nor fetched")
def _(world):
    world.build()
    with open(os.path.join(world.out, "tiny.amd64.lock.json")) as file:
        lock = json.load(file)
    assert [package["name"] for package in lock["packages"]] == ["base", "hello", "libc"]
    assert not [path for path in world.mirror.requests if "heavy" in path]


@test("the same inputs give the same bytes, elsewhere and under another umask")
def _(world):
    world.run("lock")
    first = read(world.lock)
    world.run("lock", says="nothing changed")
    assert read(world.lock) == first
    world.build()
    digest = hashlib.sha256(read(world.image)).hexdigest()
    shutil.rmtree(world.cache)
    old = os.umask(0o077)
    try:
        other = os.path.join(world.folder, "other/place")
        world.run("build", "-o", other)
    finally:
        os.umask(old)
    assert hashlib.sha256(read(os.path.join(other, "tiny.amd64.erofs"))).hexdigest() == digest


@test("nothing is done twice, and something when an input changed")
def _(world):
    world.build()
    before = os.stat(world.image).st_mtime_ns
    world.mirror.requests.clear()
    result = world.build("--json", says=("assemble unchanged", "pack     unchanged"))
    assert os.stat(world.image).st_mtime_ns == before
    assert not world.mirror.requests
    summary = json.loads(result.stdout)
    assert summary["image"] == world.image and summary["packages"] == 3, summary
    assert summary["files"] == 14, summary
    assert summary["bytes"] == os.path.getsize(world.image), summary
    world.write_manifest(more="own: []\n")
    result = world.build()
    assert "assemble unchanged" not in result.stderr


@test("several builds at once share a cache and a folder")
def _(world):
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        results = list(pool.map(lambda _: world.build(), range(3)))
    assert all(result.stdout.strip() == world.image for result in results)
    assert os.path.exists(os.path.join(world.tree, "usr/bin/hello")) and not world.leftovers()


@test("what killed builds left behind goes with the next one")
def _(world):
    for folder in (world.tree, os.path.join(world.cache, "unpacked/abc")):
        os.makedirs(folder + ".part-1/usr")
    with open(world.image + ".part-2", "w"):
        pass
    world.build()
    assert not world.leftovers(), world.leftovers()


@test("lock, assemble and pack one by one make the same image")
def _(world):
    world.build()
    digest = hashlib.sha256(read(world.image)).hexdigest()
    shutil.rmtree(world.out)
    world.run("pack", "-o", world.out, code=2, says="no assembled tree")
    world.run("lock")
    world.run("assemble", "-o", world.out)
    world.run("pack", "-o", world.out)
    assert hashlib.sha256(read(world.image)).hexdigest() == digest


@test("a manifest with an unknown key: file, line and column, nothing written")
def _(world):
    lines = read(world.manifest).decode().count("\n")
    world.write_manifest(more="colour: red\n")
    for command in ("lock", "assemble", "pack", "build"):
        world.run(command, "-o", world.out, code=2,
                  says=f"{world.manifest}:{lines + 1}:1: unknown key 'colour'")
    assert not os.path.exists(world.out) and not os.path.exists(world.cache)


@test("wrong command lines")
def _(world):
    world.build("--colour", code=2, says="unknown option '--colour'")
    world.build("--arch", "sparc", code=2, says="not made for architecture 'sparc'")
    world.build("another.yaml", code=2, says="one manifest only")
    assert "usage: sill build" in world.build("--help").stdout


@test("an entry point or a library that is missing")
def _(world):
    world.write_manifest(entries="usr/bin/goodbye")
    world.build(code=1, says="nothing in the packages matches 'usr/bin/goodbye'")
    world.write_manifest(entries="usr/share/hello/version")
    world.build(code=1, says="'usr/share/hello/version' is no program or library")
    world.write_manifest()
    world.mirror.add("libc", "2", [("./usr/share/hello/libc", b"", 0o644)])
    world.mirror.publish()
    shutil.rmtree(world.out, ignore_errors=True)
    world.build(code=1, says=("which usr/bin/hello needs",))
    assert not os.path.exists(world.tree) and not world.leftovers()


@test("files from the manifest's folder, from packages and of our own")
def _(world):
    for path, text in (("units/a.unit", "A"), ("units/sub/b.unit", "B"), ("one.conf", "1"),
                       ("own/usr/lib/sill/data", "ours"), ("own/usr/lib/sill/other", "not wanted")):
        os.makedirs(os.path.dirname(os.path.join(world.folder, path)), exist_ok=True)
        with open(os.path.join(world.folder, path), "w") as file:
            file.write(text)
    text = read(world.manifest).decode().replace("files: [", """own: [usr/lib/sill/data]
files: [{path: /usr/lib/units, source: units}, {path: /etc/one.conf, source: one.conf, mode: 0640},
  {path: /usr/share/hello/version, append: " and more"}, """)
    with open(world.manifest, "w") as file:
        file.write(text)
    world.build(code=2, says="give --own=DIR")
    world.build("--own", os.path.join(world.folder, "own"))
    for path, text in (("usr/lib/units/sub/b.unit", b"B"), ("usr/lib/units/a.unit", b"A"),
                       ("etc/one.conf", b"1"), ("usr/share/hello/version", b"1.0 and more"),
                       ("usr/lib/sill/data", b"ours")):
        assert read(os.path.join(world.tree, path)) == text, path
    assert not os.path.exists(os.path.join(world.tree, "usr/lib/sill/other"))
    assert stat.S_IMODE(os.stat(os.path.join(world.tree, "etc/one.conf")).st_mode) == 0o640
    with open(os.path.join(world.folder, "units/a.unit"), "w") as file:
        file.write("changed")
    result = world.build("--own", os.path.join(world.folder, "own"))
    assert "unchanged" not in result.stderr
    os.unlink(os.path.join(world.folder, "own/usr/lib/sill/data"))
    world.build("--own", os.path.join(world.folder, "own"), code=1,
                says="own: usr/lib/sill/data is not in")
    os.unlink(os.path.join(world.folder, "one.conf"))
    world.build("--own", os.path.join(world.folder, "own"), code=1, says="one.conf")


@test("what is dropped is not there for anybody")
def _(world):
    text = read(world.manifest).decode()
    with open(world.manifest, "w") as file:
        file.write(text.replace("keep:\n", "keep:\n  drop: [usr/share/hello/extra]\n"))
    world.add_hello("1.2", [("./usr/share/hello/extra", b"x", 0o644)])
    world.mirror.publish()
    world.build()
    assert not os.path.exists(os.path.join(world.tree, "usr/share/hello/extra"))
    with open(world.manifest, "w") as file:
        file.write(text.replace("keep:\n", "keep:\n  drop: ['usr/lib/**/libc.so.6']\n"))
    world.build(code=1, says="libc.so.6, which usr/bin/hello needs")


@test("a script brings its interpreter, or misses it")
def _(world):
    world.add_hello("1.2", [("./usr/share/hello/run", b"#! /bin/hi -x\n", 0o755)])
    world.mirror.publish()
    world.build()
    world.add_hello("1.3", [("./usr/share/hello/run", b"#!/usr/bin/nobody\n", 0o755)])
    world.mirror.publish()
    shutil.rmtree(world.out)
    world.build(code=1, says="/usr/bin/nobody, which usr/share/hello/run needs")


@test("a budget that does not hold")
def _(world):
    world.write_manifest(more="budget: {bytes: 100}\n")
    world.build(code=1, says="the budget is 100")
    assert not os.path.exists(world.image) and not world.leftovers()
    world.write_manifest(more="budget: {packages: 2}\n")
    world.build(code=1, says="3 packages: the budget is 2")
    world.write_manifest(more="budget: {files: 2}\n")
    world.build(code=1, says="files: the budget is 2")


@test("data that no package declares, services that init cannot read")
def _(world):
    need = "needs: [{{when: usr/bin/hello, files: [{}], why: it says so}}]\n"
    world.write_manifest(more=need.format("usr/share/hello/version, 'usr/lib/**/libc.so.6'"))
    world.build()
    world.write_manifest(more=need.format("usr/share/doc/hello/copyright"))
    world.build(code=1, says="usr/share/doc/hello/copyright, which is not in the image: it says so")
    world.write_manifest(more="services: [/etc]\n")
    world.build(code=1, says="no /usr/lib/sill/sill-init in the image")
    for code in (1, 0):
        shutil.rmtree(world.out)
        init = read(shutil.which("false" if code else "true"))
        world.add_hello("1.2", [("./usr/lib/sill/sill-init", init, 0o755)])
        world.mirror.publish()
        world.write_manifest(entries="usr/bin/hello, usr/lib/sill/sill-init", more="services: [/etc]\n")
        world.build(code=code, says="the services in /etc are not right" if code else "")
        assert not world.leftovers(), world.leftovers()


@test("what a manifest includes is part of what a tree is made from")
def _(world):
    more = os.path.join(world.folder, "more.yaml")
    with open(more, "w") as file:
        file.write("files: [{path: /etc/more, content: first}]\n")
    world.write_manifest(more="include: [more.yaml]\nvariants: {debug: {files: [{path: /etc/debug, "
                              "content: x}]}}\n")
    world.build()
    assert read(os.path.join(world.tree, "etc/more")) == b"first"
    with open(more, "w") as file:
        file.write("files: [{path: /etc/more, content: second}]\n")
    world.build()
    assert read(os.path.join(world.tree, "etc/more")) == b"second"
    world.build("--variant", "debug")
    assert os.path.exists(os.path.join(world.tree, "etc/debug"))
    assert os.path.exists(os.path.join(world.out, "tiny-debug.amd64.erofs"))
    world.build("--variant", "fips", code=2, says="it has no variant 'fips'")


@test("labels are put in when the image is packed")
def _(world):
    contexts = os.path.join(world.folder, "file_contexts")
    with open(contexts, "w") as file:
        file.write("/.* system_u:object_r:usr_t:s0\n/usr/bin(/.*)? system_u:object_r:bin_t:s0\n")
    world.write_manifest(more="selinux: {mode: enforcing, contexts: file_contexts}\n")
    world.build()
    assert read(os.path.join(world.tree, "etc/selinux/config")) == b"SELINUX=enforcing\nSELINUXTYPE=targeted\n"
    labelled = read(world.image)
    assert b"system_u:object_r:bin_t:s0" in labelled and b"system_u:object_r:usr_t:s0" in labelled
    with open(contexts, "a") as file:
        file.write("/usr/bin/hello system_u:object_r:init_exec_t:s0\n")
    world.build()
    assert b"system_u:object_r:init_exec_t:s0" in read(world.image)
    os.unlink(contexts)
    world.build(code=1, says="file_contexts")


@test("what is kept of each package")
def _(world):
    world.build()
    with open(world.tree + ".packages.json") as file:
        packages = {package["name"]: package for package in json.load(file)["packages"]}
    hello = packages["hello"]
    assert (hello["kept_files"], hello["files"]) == (2, 3) and hello["kept_bytes"] > 1000, hello
    table = world.run("packages", "-o", world.out).stdout.splitlines()
    assert table[-1].endswith("all") and len(table) == 5, table


if __name__ == "__main__":
    raise SystemExit(main())
