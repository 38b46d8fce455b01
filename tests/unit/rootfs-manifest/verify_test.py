#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Images that are as they were made, and images that are not. Prints TAP.

usage: verify_test.py DRIVER
"""

import hashlib
import json
import os
import shutil
import subprocess

from world import DRIVER, main, read, test

FORMATS = ("erofs", "oci", "squashfs", "tar", "vhd")


def artefact(world, extension):
    return os.path.join(world.out, "tiny.amd64." + extension)


def sill(world, *argv, code=0, says=()):
    """A command that knows no manifest; says is looked for in all that it says."""
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TMPDIR": world.folder,
                   "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
    result = subprocess.run([DRIVER, *argv], env=environment, capture_output=True, text=True,
                            timeout=60, check=False)
    told = f"{argv}: exit code {result.returncode}:\n{result.stdout}{result.stderr}"
    assert result.returncode == code, told
    for text in (says,) if isinstance(says, str) else says:
        assert text in result.stdout + result.stderr, f"no '{text}': {told}"
    left = [leaf for leaf in os.listdir(world.folder) if leaf.startswith("sill-image-")]
    assert left == [], left
    return result.stdout


def make_key(world, name):
    key = os.path.join(world.folder, name)
    for argv in (("genpkey", "-algorithm", "ed25519", "-out", key),
                 ("pkey", "-in", key, "-pubout", "-out", key + ".pub")):
        subprocess.run(["openssl", *argv], check=True, timeout=30)
    return key


def edit(path, at, function):
    with open(path, "r+b") as file:
        file.seek(at, os.SEEK_END if at < 0 else os.SEEK_SET)
        byte = file.read(1)[0]
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([function(byte)]))


@test("every format is as it was made, and so is the tree")
def _(world):
    world.build("--format", ",".join(FORMATS))
    lock = os.path.join(world.out, "tiny.amd64.lock.json")
    for extension in FORMATS:
        told = json.loads(sill(world, "verify", "--json", "--lock", lock, artefact(world, extension)))
        states = {check["name"]: check["state"] for check in told["checks"]}
        assert told["ok"] and states["files"] == "ok" and states["lock"] == "ok", told
        assert states["sha256"] == "ok" and states["signature"] == "skipped", told
    sill(world, "verify", world.tree, says="ok       files: ")


@test("one flipped bit is found, wherever it is")
def _(world):
    world.build("--format", ",".join(FORMATS))
    for extension in ("erofs", "squashfs", "tar", "vhd"):
        path = artefact(world, extension)
        edit(path, os.path.getsize(path) // 2, lambda byte: byte ^ 1)
        sill(world, "verify", path, code=1, says=("failed   sha256", "is not what it should be"))
    sill(world, "verify", artefact(world, "erofs"), code=1,
         says="failed   hash tree: 1 of its blocks are damaged")
    blobs = os.path.join(artefact(world, "oci"), "blobs/sha256")
    for leaf in os.listdir(blobs):
        edit(os.path.join(blobs, leaf), 20, lambda byte: byte ^ 1)
    sill(world, "verify", artefact(world, "oci"), code=1, says="its name says another hash")


@test("a hash tree that was changed, cut off, or made for other data")
def _(world):
    world.build()
    image = artefact(world, "erofs")
    good = read(image)
    edit(image, -1, lambda byte: byte ^ 1)
    sill(world, "verify", image, code=1, says="failed   hash tree: 1 of its blocks are damaged")
    for cut, says in ((4096, "it ends in its hash tree"), (len(good) // 2, "it ends before"),
                      (len(good) - 1025, "too short for an image")):
        with open(image, "wb") as file:
            file.write(good[:len(good) - cut])
        if cut < len(good) - 1100:
            sill(world, "verify", image, code=1, says=says)
    with open(artefact(world, "receipt.json")) as file:
        receipt = file.read()
    root = read(artefact(world, "roothash")).decode().strip()
    with open(image, "wb") as file:
        file.write(good)
    with open(artefact(world, "receipt.json"), "w") as file:
        file.write(receipt.replace(root, "0" * 64))
    sill(world, "verify", image, code=1, says=f"its root is {root}, and the receipt says 000")


@test("files that were added, removed or changed are named")
def _(world):
    world.build()
    for path, text in (("usr/share/hello/version", "9.9"), ("usr/share/hello/new", "new")):
        with open(os.path.join(world.tree, path), "w") as file:
            file.write(text)
    os.unlink(os.path.join(world.tree, "etc/motd"))
    os.chmod(os.path.join(world.tree, "usr/bin/hello"), 0o4755)
    os.unlink(os.path.join(world.tree, "usr/bin/hi"))
    os.symlink("nowhere", os.path.join(world.tree, "usr/bin/hi"))
    sill(world, "verify", world.tree, code=1, says=(
        "/usr/share/hello/version has another content", "/usr/share/hello/new does not belong",
        "/etc/motd is missing", "/usr/bin/hello has another mode", "/usr/bin/hi has another target"))


@test("what is mounted is looked at instead of the file")
def _(world):
    world.build()
    sill(world, "verify", "--live", world.tree, artefact(world, "erofs"), says="ok       files")
    os.unlink(os.path.join(world.tree, "etc/motd"))
    sill(world, "verify", "--live", world.tree, artefact(world, "erofs"), code=1,
         says="/etc/motd is missing")


@test("signatures: ours, openssl's and minisign's word on them, and a thief's")
def _(world):
    world.build()
    key, thief = make_key(world, "key"), make_key(world, "thief")
    receipt = artefact(world, "receipt.json")
    public = sill(world, "sign", "--key", key, receipt).strip()
    subprocess.run(["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", key + ".pub",
                    "-in", receipt, "-sigfile", receipt + ".sig"], check=True, timeout=30,
                   stdout=subprocess.DEVNULL)
    if shutil.which("minisign"):
        subprocess.run(["minisign", "-V", "-q", "-P", public, "-m", receipt], check=True, timeout=30)
    with open(key + ".minisign", "w") as file:
        file.write(f"untrusted comment: sill\n{public}\n")
    image = artefact(world, "erofs")
    sill(world, "verify", "--key", key + ".pub", image, says="ok       signature")
    sill(world, "verify", "--key", key + ".minisign", image, says="ok       signature")
    sill(world, "verify", "--key", thief + ".pub", image, code=1, says="not this key's signature")
    sill(world, "verify", "--key", receipt, image, code=1, says="not an ed25519 public key")
    again = read(receipt + ".sig")
    sill(world, "sign", "--key", key, receipt)
    assert read(receipt + ".sig") == again, "the same signature twice"
    with open(receipt, "a") as file:
        file.write(" ")
    sill(world, "verify", "--key", key + ".pub", image, code=1, says="not this key's signature")


@test("a new receipt has no old signature")
def _(world):
    world.build()
    receipt = artefact(world, "receipt.json")
    sill(world, "sign", "--key", make_key(world, "key"), receipt)
    world.build()
    assert os.path.exists(receipt + ".sig"), "nothing changed"
    world.build("--format", "tar")
    assert not os.path.exists(receipt + ".sig") and not os.path.exists(receipt + ".minisig")


@test("wrong keys and command lines: exit code 2, one line")
def _(world):
    world.build()
    receipt = artefact(world, "receipt.json")
    sill(world, "sign", "--key", receipt, receipt, code=2, says="not an ed25519 private key")
    sill(world, "sign", receipt, code=2, says="a key and one file")
    sill(world, "verify", code=2, says="which image?")
    sill(world, "verify", "/no/such/image", code=2, says="/no/such/image")
    sill(world, "verify", receipt, code=2, says="no image of a kind")
    sill(world, "verify", "--profile", "moon", receipt, code=2, says="'moon'")
    sill(world, "diff", receipt, code=2, says="two images")


@test("a receipt or contents that are missing or not the ones that were made")
def _(world):
    world.build()
    image, contents = artefact(world, "erofs"), artefact(world, "contents.json")
    with open(contents, "a") as file:
        file.write("\n")
    sill(world, "verify", image, code=1, says="it is not the one of the receipt")
    with open(artefact(world, "receipt.json"), "w") as file:
        file.write('{"artefacts": 7')
    sill(world, "verify", image, code=1, says="not JSON")
    os.unlink(artefact(world, "receipt.json"))
    sill(world, "verify", image, code=1, says="there is none for it")


@test("another lock's packages")
def _(world):
    world.build()
    lock = os.path.join(world.out, "tiny.amd64.lock.json")
    with open(lock) as file:
        text = file.read()
    digest = world.mirror.packages["hello"]["SHA256"]
    with open(lock, "w") as file:
        file.write(text.replace(digest, "0" * 64))
    sill(world, "verify", "--lock", lock, artefact(world, "erofs"), code=1,
         says="package hello is not the locked one")


@test("a VHD with a wrong footer, or without ext4 in it")
def _(world):
    world.build("--format", "vhd")
    image = artefact(world, "vhd")
    good = read(image)
    for at, says in ((len(good) - 512 + 52, "checksum is wrong"), (1080, "no ext4 file system")):
        edit(image, at, lambda byte: byte ^ 0x10)
        sill(world, "verify", image, code=1, says=says)
        with open(image, "wb") as file:
            file.write(good)
    with open(image, "wb") as file:
        file.write(good[512:])
    sill(world, "verify", image, code=1, says="not as long as its VHD footer says")


@test("diff: packages, units, files and sizes")
def _(world):
    world.add_hello("1.1", [("./usr/share/hello/more", b"12345", 0o644)])
    world.mirror.publish()
    text = read(world.manifest).decode().replace("files: [", """files: [
  {path: /usr/lib/sill/units/a.target, content: "[Unit]"}, """)
    world.build()
    first, world.out = world.out, os.path.join(world.folder, "second")
    with open(world.manifest, "w") as file:
        file.write(text)
    world.add_hello("1.2", [("./usr/share/hello/more", b"123", 0o644)])
    world.mirror.publish()
    world.build("--format", "tar")
    pair = [os.path.join(first, "tiny.amd64.erofs"), artefact(world, "tar")]
    told = json.loads(sill(world, "diff", "--json", *pair))
    assert told["packages"] == [{"name": "hello", "before": "1.1", "after": "1.2"}], told
    assert [unit["path"] for unit in told["units"]] == ["usr/lib/sill/units/a.target"], told
    changed = {one["path"]: one for one in told["files"]}
    assert changed["usr/share/hello/more"] == {"path": "usr/share/hello/more", "bytes": -2,
                                               "change": "modified", "what": "content"}, changed
    sill(world, "diff", *pair, says=("package  hello 1.1 -> 1.2", "1 packages, 1 units"))
    os.unlink(artefact(world, "contents.json"))
    sill(world, "diff", *pair, says="modified /usr/share/hello/more: content-2 bytes")
    assert json.loads(sill(world, "diff", "--json", pair[0], pair[0]))["files"] == []


@test("diff: which keys of a unit, where the images are there to be read")
def _(world):
    unit = """files: [
  {path: /usr/lib/sill/units/a.service, content: "%s"}, """
    text = read(world.manifest).decode()
    pair = []
    for name, content in (("one", "[Service]\\nExecStart=/a\\nAfter=b\\nUser=x\\n"),
                          ("two", "[Service]\\nExecStart=/a \\\\\\n  -v\\nAfter=b\\nAfter=c\\n")):
        world.out = os.path.join(world.folder, name)
        with open(world.manifest, "w") as file:
            file.write(text.replace("files: [", unit % content))
        world.build()
        pair.append(os.path.join(world.out, "tiny.amd64.erofs"))
    keys = json.loads(sill(world, "diff", "--json", *pair))["units"][0]["keys"]
    assert keys == [
        {"section": "Service", "key": "ExecStart", "before": ["/a"], "after": ["/a     -v"]},
        {"section": "Service", "key": "After", "before": ["b"], "after": ["b", "c"]},
        {"section": "Service", "key": "User", "before": ["x"], "after": []}], keys
    sill(world, "diff", *pair, says=("[Service] After: b -> b | c", "[Service] User: x -> (none)"))
    pair[0] = pair[0].replace(".erofs", ".contents.json")
    assert "keys" not in json.loads(sill(world, "diff", "--json", *pair))["units"][0]


def wsl_tree(world):
    """All that WSL wants, played by busybox and scripts that do nothing."""
    root = os.path.join(world.folder, "wsl")
    for folder in ("dev", "proc", "sys", "run", "tmp", "mnt", "etc", "var", "usr/bin", "usr/sbin",
                   "usr/lib/locale/C.utf8", "usr/share/zoneinfo"):
        os.makedirs(os.path.join(root, folder))
    shutil.copy(shutil.which("busybox"), os.path.join(root, "usr/bin/sh"))
    for link in ("bin", "sbin"):
        os.symlink("usr/" + link, os.path.join(root, link))
    for tool in ("bin/mount", "sbin/ldconfig", "sbin/modprobe", "sbin/agetty", "bin/setsid",
                 "bin/bsdtar", "sbin/mkfs.ext4", "sbin/e2fsck", "sbin/resize2fs", "sbin/mkswap",
                 "sbin/swapon", "sbin/blkid", "sbin/chronyd", "sbin/dhcpcd", "sbin/nft"):
        with open(os.path.join(root, "usr", tool), "w") as file:
            file.write("#!/bin/sh\nexit 0\n")
        os.chmod(file.name, 0o755)
    for path, text in (("wsl.conf", "# x\n[boot]\ncommand=/usr/bin/x\n[user]\ndefault = wslg\n"),
                       ("passwd", "wslg:x:1000:1000::/home/wslg:/bin/sh\n"),
                       ("versions.txt", ""), ("os-release", "ID=x\n")):
        with open(os.path.join(root, "etc", path), "w") as file:
            file.write(text)
    return root


@test("what WSL wants of an image, one line each")
def _(world):
    root = wsl_tree(world)

    def failures():
        told = json.loads(sill(world, "verify", "--json", "--profile=wsl", root, code=1))
        return [check["text"] for check in told["checks"]
                if check["name"].startswith("wsl") and check["state"] == "failed"]

    disk = "it is no VHD: WSL mounts the whole disk as ext4"
    assert failures() == [disk], failures()
    os.unlink(os.path.join(root, "usr/bin/bsdtar"))
    os.rmdir(os.path.join(root, "proc"))
    with open(os.path.join(root, "usr/sbin/mkswap"), "w") as file:
        file.write("#!/usr/lib/nothing\n")
    with open(os.path.join(root, "etc/wsl.conf"), "w") as file:
        file.write("[user]\ncommand=x\n")
    found = failures()
    for text in ("/usr/bin/bsdtar is missing: wsl --import", "/proc is missing",
                 "/usr/sbin/mkswap does not run",
                 "[boot] command= in /etc/wsl.conf is missing",
                 "[user] default= in /etc/wsl.conf is missing"):
        assert any(text in one for one in found), (text, found)


@test("a link in an image leads nowhere outside it")
def _(world):
    root = wsl_tree(world)
    os.unlink(os.path.join(root, "etc/passwd"))
    os.symlink("/../../../../../etc/passwd", os.path.join(root, "etc/passwd"))
    told = json.loads(sill(world, "verify", "--json", "--profile=wsl", root, code=1))
    assert {check["name"]: check["state"] for check in told["checks"]}["wsl user"] == "failed"


if __name__ == "__main__":
    raise SystemExit(main())
