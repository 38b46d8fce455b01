# SPDX-License-Identifier: MIT
"""The same lock gives the same bytes, whoever builds the image, where and when.

Run by tests/run reproducible. That the image itself is the same twice is among the tests of every day.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

from instance import WORK
from manifests import ARCH, TOP, lock, manifest
from tap import equal, run, test

OTHER_TIME = os.path.join(WORK, "build/tests/e2e/other_time.so")
USER = 1000
# The image of every day in every format, WSL's in the one that it takes, and what boots an image.
BUILDS = {"debian-13": "oci,squashfs,tar,vhd", "debian-13-wsl": "vhd", "debian-13-vm": ""}
EXPECTED = ("erofs", "roothash", "cmdline", "squashfs", "tar", "vhd", "oci/index.json", "initramfs",
            "kernel", "contents.json", "spdx.json", "receipt.json", "receipt.json.sig",
            "receipt.json.minisig")


class Builder:
    """A place with a copy of the sources and of our programs, and who builds there."""

    def __init__(self, folder, packages, umask, user=0, environment=()):
        self.folder, self.user, self.umask = folder, user, umask
        self.top, self.own = os.path.join(folder, "tree"), os.path.join(folder, "own")
        os.mkdir(folder)
        for part in ("rootfs-manifest", "system-distro"):
            shutil.copytree(os.path.join(TOP, part), os.path.join(self.top, part), symlinks=True)
        for name in BUILDS:
            shutil.copy(lock(name), os.path.join(self.top, "rootfs-manifest"))
        shutil.copytree(os.path.join(WORK, "own"), self.own, symlinks=True)
        subprocess.run(["chown", "-R", f"{user}:{user}", folder], check=True)
        self.environment = {"PATH": os.environ["PATH"], "HOME": folder,
                            "SILL_CACHE": os.path.join(folder, "cache"), **dict(environment)}
        for name, path in packages.items():
            self.sill("cache", "import", path, manifest(name, self.top))

    def sill(self, *arguments):
        result = subprocess.run([os.path.join(self.own, "usr/bin/sill"), *arguments],
                                cwd=self.folder, env=self.environment, umask=self.umask,
                                user=self.user, group=self.user, extra_groups=[],
                                capture_output=True, text=True, timeout=400)
        equal(result.returncode, 0, f"the exit code of {arguments}; it said {result.stderr}")

    def out(self, name=""):
        return os.path.join(self.folder, "out", name)

    def build(self, key):
        for name, formats in BUILDS.items():
            self.sill("build", "--locked", "--own", self.own, "-o", self.out(name),
                      "--format", formats, manifest(name, self.top))
            receipt = os.path.join(self.out(name), f"{name}.{ARCH}.receipt.json")
            self.sill("sign", "-k", key, receipt)

    def artefacts(self):
        """Every file that was made, by its hash."""
        found = {}
        for folder, folders, leaves in os.walk(self.out()):
            folders[:] = [leaf for leaf in folders if leaf != "tree"]
            for path in (os.path.join(folder, leaf) for leaf in leaves):
                with open(path, "rb") as file:
                    digest = hashlib.file_digest(file, "sha256").hexdigest()
                found[os.path.relpath(path, self.out())] = digest
        return found


def export_packages(folder):
    """An archive for each manifest, as for a machine without a network."""
    packages = {}
    for name in BUILDS:
        packages[name] = os.path.join(folder, name + ".packages.tar")
        subprocess.run([os.path.join(WORK, "own/usr/bin/sill"), "cache", "--lock", lock(name),
                        "export", packages[name], manifest(name)],
                       check=True, capture_output=True, timeout=120)
    return packages


def make_key(folder):
    key = os.path.join(folder, "key.pem")
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", key], check=True)
    os.chmod(key, 0o644)
    return key


@test("the clock of the second builder is another one")
def _():
    year = [sys.executable, "-c", "import time; print(time.gmtime().tm_year)"]
    said = subprocess.run(year, env={"LD_PRELOAD": OTHER_TIME}, check=True, capture_output=True)
    now = subprocess.run(year, check=True, capture_output=True)
    assert int(said.stdout) >= int(now.stdout) + 4, (said.stdout, now.stdout)


@test("root and a normal user, other folders, caches, clocks and umasks: each artefact is the same")
def _():
    folder = tempfile.mkdtemp(prefix="sill-twice-", dir="/tmp")
    os.chmod(folder, 0o755)
    try:
        packages, key = export_packages(folder), make_key(folder)
        first = Builder(os.path.join(folder, "first"), packages, 0o022)
        first.build(key)
        preload = os.path.join(folder, "other_time.so")
        shutil.copy(OTHER_TIME, preload)
        second = Builder(os.path.join(folder, "another-place-to-build-in"), packages, 0o077, USER, {
            "LD_PRELOAD": preload, "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8",
            "SOURCE_DATE_EPOCH": "1234567890"})
        second.build(key)
        one, other = first.artefacts(), second.artefacts()
        for suffix in EXPECTED:
            assert any(path.endswith("." + suffix) for path in one), f"no {suffix} in {sorted(one)}"
        equal([path for path in one | other if one.get(path) != other.get(path)], [],
              "what differs of them")
        print(f"# {len(one)} files")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    raise SystemExit(run())
