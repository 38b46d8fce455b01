# SPDX-License-Identifier: MIT
"""Whether an image, and what runs, is what was built."""

import json
import os
import shutil
import subprocess

from instance import WORK, Instance, image, setup_environment
from tap import equal, run, test


def verify(*arguments, code=0):
    result = subprocess.run(["sill", "verify", "--json", *arguments], capture_output=True,
                            text=True, timeout=120)
    equal(result.returncode, code, f"the exit code; it said {result.stdout}{result.stderr}")
    return {check["name"]: check for check in json.loads(result.stdout)["checks"]}


@test("the image is what was built, down to each file's owner")
def _():
    checks = verify(image())
    equal({name: check["state"] for name, check in checks.items()},
          {"receipt": "ok", "signature": "skipped", "sha256": "ok", "hash tree": "ok",
           "contents": "ok", "lock": "skipped", "files": "ok"}, "the states")
    assert "owner" in checks["files"]["text"], checks["files"]


@test("a running instance is the image, and says so of its files")
def _():
    instance = Instance("verified")
    checks = verify("--name", "verified", "running")
    equal(checks["files"]["state"], "ok", "the state of the files")
    instance.stop()


@test("an instance of a tree that was changed says which file")
def _():
    folder = os.path.join(os.environ["HOME"], "changed")
    shutil.copytree(os.path.join(WORK, "image"), folder, symlinks=True)
    instance = Instance("drifted", os.path.join(folder, "tree"))
    with open(os.path.join(folder, "tree/etc/sill/weston.ini"), "a") as file:
        file.write("[shell]\n")
    checks = verify("running", "--name", "drifted", code=1)
    assert "file" in checks, checks
    equal(checks["file"]["text"], "/etc/sill/weston.ini has another content than was packed", "it")
    instance.stop()


@test("the WSL image is all that WSL wants, and the image of every day is not")
def _():
    folder = os.path.join(WORK, "image-debian-13-wsl")
    manifests = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../rootfs-manifest")
    subprocess.run(["sill", "pack", "--format", "vhd", "-o", folder,
                    os.path.join(manifests, "debian-13-wsl.yaml")],
                   check=True, timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    path = os.path.join(folder, "debian-13-wsl.amd64.vhd")
    result = subprocess.run(["sill", "verify", "--profile", "wsl", path], timeout=120, text=True,
                            capture_output=True)
    equal(result.returncode, 0, f"the exit code; it said {result.stdout}{result.stderr}")
    lines = [line for line in result.stdout.splitlines() if line.startswith("ok       wsl")]
    assert len(lines) >= 30, lines
    result = subprocess.run(["sill", "verify", "--profile", "wsl", image()], timeout=120, text=True,
                            capture_output=True)
    equal(result.returncode, 1, "the exit code of the other")
    assert "/usr/bin/bsdtar is missing: wsl --import" in result.stdout, result.stdout


if __name__ == "__main__":
    setup_environment()
    raise SystemExit(run())
