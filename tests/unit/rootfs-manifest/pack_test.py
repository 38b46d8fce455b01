#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What sill pack makes, read by the programs that other people read such files with. Prints TAP.

usage: pack_test.py DRIVER
"""

import hashlib
import json
import lzma
import os
import shutil
import subprocess
import tarfile

from world import main, read, test

FORMATS = "oci,squashfs,tar,vhd"
BLOCK = 4096


def tool(*argv, code=0):
    result = subprocess.run(argv, capture_output=True, text=True, timeout=60, check=False)
    assert result.returncode == code, f"{argv}: {result.returncode}:\n{result.stdout}{result.stderr}"
    return result.stdout


def artefact(world, extension):
    return os.path.join(world.out, "tiny.amd64." + extension)


def receipt(world):
    with open(artefact(world, "receipt.json")) as file:
        return {one["format"]: one for one in json.load(file)["artefacts"]}


def sums(world):
    """Every file that was made, with its hash; not the stamps, which name folders' inputs."""
    found = {}
    for folder, _, names in os.walk(world.out):
        if not folder.startswith(world.tree):
            for name in names:
                path = os.path.join(folder, name)
                found[os.path.relpath(path, world.out)] = hashlib.sha256(read(path)).hexdigest()
    return found


@test("every format twice, with other folders, caches, times and umasks: the same bytes")
def _(world):
    world.build("--format", FORMATS)
    first = sums(world)
    assert len(first) > 15, first
    world.out = os.path.join(world.folder, "another", "place")
    world.tree = os.path.join(world.out, "tree")
    world.cache = os.path.join(world.folder, "other-cache")
    old = os.umask(0o077)
    try:
        world.build("--format", FORMATS, environment={
            "TZ": "Asia/Kathmandu", "SOURCE_DATE_EPOCH": "1234567890", "LC_ALL": "C"})
    finally:
        os.umask(old)
    second = sums(world)
    assert first == second, [name for name in first | second if first.get(name) != second.get(name)]


@test("the hash tree is the one that veritysetup knows, and it finds one flipped bit")
def _(world):
    world.build()
    image, made = artefact(world, "erofs"), receipt(world)["erofs"]
    offset = made["data_blocks"] * BLOCK
    verify = ("veritysetup", "verify", image, image, made["root_hash"], f"--hash-offset={offset}")
    assert read(artefact(world, "roothash")).decode().strip() == made["root_hash"]
    tool(*verify)
    tool("fsck.erofs", image)
    with open(image, "r+b") as file:
        file.seek(offset // 2)
        byte = file.read(1)[0]
        file.seek(offset // 2)
        file.write(bytes([byte ^ 4]))
    tool(*verify, code=2)


@test("the VHD is one of ext4, without a partition")
def _(world):
    world.build("--format", "vhd")
    image = artefact(world, "vhd")
    info = json.loads(tool("qemu-img", "info", "-f", "vpc", "--output=json", image))
    assert info["virtual-size"] + 512 == os.path.getsize(image), info
    assert info["virtual-size"] % (1 << 20) == 0, info
    tool("e2fsck", "-fn", image)
    stat = tool("debugfs", "-R", "stat /usr/share/hello/version", image)
    assert "Mode:  0644" in stat and "User:     0   Group:     0" in stat, stat
    assert "mtime: 0x00000000" in stat, stat
    assert tool("debugfs", "-R", "cat /etc/motd", image) == "welcome"


@test("the OCI layout is one that skopeo copies, with labels")
def _(world):
    world.build("--format", "oci")
    name = f"oci:{artefact(world, 'oci')}:tiny"
    told = json.loads(tool("skopeo", "inspect", name))
    assert told["Architecture"] == "amd64" and told["Os"] == "linux", told
    assert told["Labels"]["org.opencontainers.image.title"] == "tiny", told
    assert len(told["Labels"]["sill.lock.sha256"]) == 64, told
    tool("skopeo", "copy", "--quiet", name, "dir:" + os.path.join(world.folder, "copy"))
    assert [leaf for leaf in os.listdir(artefact(world, "oci")) if "layer" in leaf] == []


@test("tar and squashfs: root's, from 1970, with the modes of the tree")
def _(world):
    world.build("--format", "tar,squashfs")
    with tarfile.open(artefact(world, "tar")) as tar:
        members = {member.name: member for member in tar}
    for member in members.values():
        assert (member.uid, member.gid, member.mtime) == (0, 0, 0), member.name
    assert members["usr/bin/hello"].mode == 0o755
    assert members["usr/bin/hi"].linkname == "hello"
    assert list(members) == sorted(members)
    listing = tool("unsquashfs", "-lln", artefact(world, "squashfs"))
    line = next(line for line in listing.splitlines() if line.endswith("/usr/bin/hello"))
    assert line.startswith("-rwxr-xr-x 0/0") and "1970-01-01" in line, line


@test("only packages of which something is left are on the bill, for us and for scanners")
def _(world):
    world.mirror.add("ghost", "7", [("./usr/share/ghost/boo", b"boo", 0o644)])
    world.mirror.publish()
    text = read(world.manifest).decode()
    with open(world.manifest, "w") as file:
        file.write(text.replace("packages: [hello]", "packages: [hello, ghost]"))
    world.build()
    with open(artefact(world, "spdx.json")) as file:
        bill = json.load(file)
    packages = {package["name"]: package for package in bill["packages"]}
    assert set(packages) == {"tiny", "base", "hello", "libc"}, packages
    assert packages["hello"]["versionInfo"] == "1.0"
    assert packages["hello"]["externalRefs"][0]["referenceLocator"] == \
        "pkg:deb/debian/hello@1.0?arch=amd64"
    described = {relation["relatedSpdxElement"] for relation in bill["relationships"]}
    assert described == {package["SPDXID"] for package in bill["packages"]}
    status = read(os.path.join(world.tree, "var/lib/dpkg/status")).decode()
    assert "Package: hello\nStatus: install ok installed\n" in status and "ghost" not in status
    versions = read(os.path.join(world.tree, "etc/versions.txt")).decode()
    assert "hello: 1.0\n" in versions and "ghost" not in versions


@test("a licence is what the package calls it, or the package's own words, and nobody's guess")
def _(world):
    texts = {"named": b"Format: https://x/\n\nFiles: *\nLicense: Expat\n",
             "prose": b"\xa9 1987 Somebody.\nYou may do as you please.\n", "silent": None}
    for name, text in texts.items():
        files = [(f"./usr/share/hello/{name}", b"x", 0o644)]
        if text is not None:
            files.append((f"./usr/share/doc/{name}/copyright", text, 0o644))
        world.mirror.add(name, "1", files)
    world.mirror.publish()
    manifest = read(world.manifest).decode()
    with open(world.manifest, "w") as file:
        file.write(manifest.replace("packages: [hello]",
                                    f"packages: [hello, {', '.join(texts)}]"))
    world.build()
    with open(artefact(world, "spdx.json")) as file:
        bill = json.load(file)
    packages = {package["name"]: package for package in bill["packages"]}
    assert packages["named"]["licenseComments"] == "Expat", packages["named"]
    extracted = {one["name"]: one for one in bill["hasExtractedLicensingInfos"]}
    assert "copyright of named" not in extracted, extracted
    extracted = extracted["copyright of prose"]
    assert extracted["extractedText"] == texts["prose"].decode("latin-1"), extracted
    assert packages["prose"]["licenseDeclared"] == extracted["licenseId"], packages["prose"]
    for name in ("named", "silent"):
        assert packages[name]["licenseDeclared"] == "NOASSERTION", packages[name]


@test("the receipt has every file's hash")
def _(world):
    world.build("--format", "tar")
    made = receipt(world)
    assert set(made) == {"erofs", "tar", "spdx.json", "contents.json"}, made
    for one in made.values():
        data = read(os.path.join(world.out, one["file"]))
        assert hashlib.sha256(data).hexdigest() == one["sha256"], one
        assert len(data) == one["size"], one


@test("a format that was there is kept, one that is new is added")
def _(world):
    world.build()
    made = os.stat(world.image).st_ino
    world.build("--format", "tar")
    assert os.stat(world.image).st_ino == made
    assert "pack     unchanged" in world.build("--format", "tar").stderr
    os.unlink(artefact(world, "tar"))
    world.build("--format", "tar")
    assert os.path.exists(artefact(world, "tar"))


@test("an initramfs: modules decompressed, the kernel beside it, the same bytes twice")
def _(world):
    module = b"\x7fELF" + bytes(range(256)) * 64
    world.add_hello("1.1", [("./boot/vmlinuz-6.1", b"kernel", 0o644),
                            ("./usr/lib/modules/6.1/a.ko.xz", lzma.compress(module), 0o644)])
    world.mirror.publish()
    text = read(world.manifest).decode().replace("format: erofs", "format: 'initramfs,kernel'")
    with open(world.manifest, "w") as file:
        file.write(text.replace("usr/share/hello/*]", "usr/share/hello/*, boot/*, usr/lib/modules/**]"))
    result = world.build()
    assert result.stdout.strip() == artefact(world, "initramfs"), result.stdout
    assert read(artefact(world, "kernel")) == b"kernel"
    data = read(artefact(world, "initramfs"))
    assert module in data and b"a.ko.xz" not in data and b"vmlinuz" not in data
    assert data.startswith(b"070701")
    shutil.rmtree(world.out)
    world.build()
    assert read(artefact(world, "initramfs")) == data


@test("formats nobody has, and tools that fail: one line, nothing half-made")
def _(world):
    world.build("--format", "tar,floppy", code=2, says="--format: 'floppy' is none of erofs,")
    path = os.path.join(world.folder, "bin")
    os.mkdir(path)
    os.symlink(shutil.which("false"), os.path.join(path, "mke2fs"))
    world.build("--format", "vhd", code=1, says="failed",
                environment={"PATH": path + ":" + os.environ["PATH"]})
    assert not os.path.exists(artefact(world, "vhd")) and not world.leftovers()
    assert not os.path.exists(artefact(world, "receipt.json")), "a receipt of what is not there"


if __name__ == "__main__":
    raise SystemExit(main())
