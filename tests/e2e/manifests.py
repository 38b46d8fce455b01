# SPDX-License-Identifier: MIT
"""The manifests of this tree, and the locks that their images were made by."""

import os
import platform

from instance import WORK

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ARCH = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]


def manifest(name, top=TOP):
    return os.path.join(top, "rootfs-manifest", name + ".yaml")


def lock(name):
    """The one of the work folder, where the tree's own has grown old."""
    leaf = f"{name}.{ARCH}.lock.json"
    own = os.path.join(WORK, "image" if name == "debian-13" else "image-" + name, leaf)
    return own if os.path.exists(own) else os.path.join(TOP, "rootfs-manifest", leaf)
