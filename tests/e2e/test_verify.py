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


if __name__ == "__main__":
    setup_environment()
    raise SystemExit(run())
