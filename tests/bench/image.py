# SPDX-License-Identifier: MIT
"""The image beside what mmdebstrap and mkosi make of the same wishes: a table on stdout.

usage: image.py [--builders sill,sill-cached,mmdebstrap,mkosi] [--rounds N] [--json FILE]

Run by tests/bench/run image. Each builder gets the packages that debian-13.yaml names, from the same
mirror, and makes a tar; nothing is cached but for sill-cached, which has the packages. What a tool
does with the packages is its own: mmdebstrap and mkosi install them with dpkg and leave a whole
distribution, sill leaves what the entry points reach. erofs is of each tar, by the same mkfs.erofs.
Seconds are the smallest of all rounds.
"""

import argparse
import json
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OWN = os.path.join(os.environ["SILL_WORK"], "own")
ARCH = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
MANIFEST = os.path.join(TOP, "rootfs-manifest/debian-13.yaml")
SUITE = "trixie"
EROFS = ("-T0", "--all-time", "-zlz4hc,9", "-C65536")


def wanted():
    """The packages that the manifest names, which the lock marks."""
    with open(os.path.join(TOP, f"rootfs-manifest/debian-13.{ARCH}.lock.json")) as file:
        packages = json.load(file)["packages"]
    return sorted(package["name"] for package in packages if package["wanted"])


def mirror():
    with open("/etc/apt/sources.list") as file:
        return re.search(rf"^deb (\S+) {SUITE} ", file.read(), re.MULTILINE).group(1)


def sources():
    return [f"deb {mirror()} {suite} main" for suite in (SUITE, f"{SUITE}-backports")]


class Sill:
    """From an empty cache."""

    def __init__(self, cache=None):
        self.cache = cache

    def build(self, folder):
        environment = {**os.environ, "SILL_CACHE": os.path.join(folder, "cache")}
        if self.cache:
            os.makedirs(environment["SILL_CACHE"])
            os.symlink(os.path.join(self.cache, "pool"), os.path.join(folder, "cache/pool"))
        out = os.path.join(folder, "out")
        subprocess.run([os.path.join(OWN, "usr/bin/sill"), "build", "--own", OWN, "--format", "tar",
                        "-o", out, MANIFEST], check=True, env=environment,
                       stdout=subprocess.DEVNULL)
        return os.path.join(out, f"debian-13.{ARCH}.tar")


class Mmdebstrap:
    def build(self, folder):
        out = os.path.join(folder, "out.tar")
        subprocess.run(["mmdebstrap", "--quiet", "--variant=apt", f"--include={','.join(wanted())}",
                        SUITE, out, *sources()], check=True, stdout=subprocess.DEVNULL)
        return out


class Mkosi:
    def build(self, folder):
        subprocess.run(["mkosi", f"--directory={folder}", "--distribution=debian",
                        f"--release={SUITE}", f"--local-mirror={mirror()}", "--format=tar",
                        "--output=out", "--compress-output=none", "--bootable=no",
                        "--with-network=yes", f"--cache-dir={folder}/cache",
                        *(f"--package={name}" for name in wanted()), "build"],
                       check=True, cwd=folder, stdout=subprocess.DEVNULL)
        return os.path.join(folder, "out.tar")


BUILDERS = {
    "sill": Sill(),
    "sill-cached": Sill(os.environ.get("SILL_CACHE",
                                       os.path.join(os.environ["HOME"], ".cache/sill"))),
    "mmdebstrap": Mmdebstrap(),
    "mkosi": Mkosi(),
}


def look_at(path):
    """What is in a tar."""
    found = {"tar_bytes": os.path.getsize(path), "files": 0, "file_bytes": 0, "setuid": 0}
    with tarfile.open(path) as tar:
        for member in tar:
            if member.isfile():
                found["files"] += 1
                found["file_bytes"] += member.size
            found["setuid"] += member.isfile() and member.mode & 0o6000 != 0
            if member.name.lstrip("./") == "var/lib/dpkg/status":
                text = tar.extractfile(member).read()
                found["packages"] = len(re.findall(rb"^Package:", text, re.MULTILINE))
    return found


def erofs_bytes(path, folder):
    image = os.path.join(folder, "image.erofs")
    subprocess.run(["mkfs.erofs", "--quiet", *EROFS, "--tar=f", image, path], check=True,
                   stdout=subprocess.DEVNULL)
    return os.path.getsize(image)


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(builder, compress):
    folder = tempfile.mkdtemp(prefix="sill-bench-image-", dir="/tmp")
    try:
        started, cpu = time.monotonic(), cpu_seconds()
        path = builder.build(folder)
        result = {"seconds": time.monotonic() - started, "cpu_seconds": cpu_seconds() - cpu}
        result.update(look_at(path))
        if compress:
            result["erofs_bytes"] = erofs_bytes(path, folder)
        return result
    finally:
        shutil.rmtree(folder)


def row(name, result):
    return "| " + " | ".join((
        name, f"{result['seconds']:.0f}", f"{result['cpu_seconds']:.0f}",
        str(result.get("packages", "")), str(result["files"]), f"{result['file_bytes'] / 1e6:.1f}",
        f"{result['erofs_bytes'] / 1e6:.1f}", str(result["setuid"]))) + " |"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--builders", default=",".join(BUILDERS))
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--json")
    options = parser.parse_args()
    results = {}
    for number in range(options.rounds):
        for name in options.builders.split(","):
            print(f"round {number + 1}: {name}", file=sys.stderr)
            result = measure(BUILDERS[name], number == 0)
            best = results.setdefault(name, result)
            for key in ("seconds", "cpu_seconds"):
                best[key] = min(best[key], result[key])
    print("| | s | CPU s | packages | files | MB | erofs MB | setuid |")
    print("|---|---|---|---|---|---|---|---|")
    for name, result in results.items():
        print(row(name, result))
    if options.json:
        with open(options.json, "w") as file:
            json.dump(results, file, indent=2)


if __name__ == "__main__":
    main()
