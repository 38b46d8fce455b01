# SPDX-License-Identifier: MIT
"""A manifest, a mirror and empty folders for one test of sill's image commands; the TAP frame."""

import os
import shutil
import subprocess
import sys
import tempfile

from debian_mirror import Key, Mirror

DRIVER = os.path.abspath(sys.argv[1])
MULTIARCH = "x86_64-linux-gnu"
MANIFEST = """\
name: tiny
base: debian
architectures: [amd64]
repositories:
  - {{name: main, suite: stable, components: [main], key: {key}}}
packages: [hello]
excludes: [heavy]
users: [{{name: root, uid: 0, home: /root, shell: /bin/sh}}]
directories: [/proc]
links: [{{path: /bin/hi, target: hello}}]
files: [{{path: /etc/motd, content: welcome}}]
keep:
  entries: [{entries}]
  data: [bin, lib*, usr/share/hello/*]
pack: {{format: erofs, compression: lz4hc, level: 9, uuid: 00000000-0000-4000-8000-000000000000}}
"""
TESTS = []
KEY = Key()


def test(name):
    def register(function):
        TESTS.append((name, function))
        return function
    return register


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Folders:
    """A manifest's place and empty folders: where the commands work."""

    def __init__(self, arch, settings=()):
        self.folder = tempfile.mkdtemp(prefix="sill-world-")
        self.cache = os.path.join(self.folder, "cache")
        self.out = os.path.join(self.folder, "out")
        self.tree = os.path.join(self.out, "tree")
        self.manifest = os.path.join(self.folder, "tiny.yaml")
        self.lock = os.path.join(self.folder, f"tiny.{arch}.lock.json")
        self.image = os.path.join(self.out, f"tiny.{arch}.erofs")
        self.settings = dict(settings)

    def close(self):
        shutil.rmtree(self.folder)

    def run(self, command, *arguments, code=0, says=(), environment=None):
        settings = {"PATH": os.environ["PATH"], "SILL_CACHE": self.cache, "LC_ALL": "C.UTF-8",
                    "HOME": self.folder, "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", ""),
                    **self.settings, **(environment or {})}
        result = subprocess.run([DRIVER, command, *arguments, self.manifest], env=settings,
                                capture_output=True, text=True, timeout=100, check=False)
        told = f"exit code {result.returncode}:\n{result.stdout}{result.stderr}"
        assert result.returncode == code, told
        for text in (says,) if isinstance(says, str) else says:
            assert text in result.stderr, f"no '{text}': {told}"
        if code:
            lines = [line for line in result.stderr.splitlines() if line.startswith("sill " + command)]
            assert len(lines) == 1, told
        return result

    def leftovers(self):
        """Anything half-made, anywhere."""
        return [os.path.join(folder, name) for folder, folders, names in os.walk(self.folder)
                for name in folders + names if ".part" in name]


class World(Folders):
    """A mirror, a manifest and empty folders, new for every test."""

    def __init__(self):
        self.mirror = Mirror(KEY)
        super().__init__("amd64", {"SILL_MIRROR": self.mirror.url})
        self.keyring = os.path.join(self.folder, "key.gpg")
        with open(self.keyring, "wb") as file:
            file.write(KEY.public)
        self.write_manifest()
        self.add_packages()
        self.mirror.publish()

    def close(self):
        self.mirror.close()
        super().close()

    def write_manifest(self, entries="usr/bin/hello", more=""):
        with open(self.manifest, "w") as file:
            file.write(MANIFEST.format(key=self.keyring, entries=entries) + more)

    def add_packages(self):
        self.mirror.add("base", "1", [
            ("./bin", ("link", "usr/bin"), 0o777), ("./lib", ("link", "usr/lib"), 0o777),
            ("./lib64", ("link", "usr/lib64"), 0o777), ("./usr", None, 0o755)])
        self.mirror.add("libc", "1", [
            (f"./lib/{MULTIARCH}/libc.so.6", read(f"/lib/{MULTIARCH}/libc.so.6"), 0o644),
            (f"./lib/{MULTIARCH}/ld.so", read("/lib64/ld-linux-x86-64.so.2"), 0o755),
            ("./lib64/ld-linux-x86-64.so.2", ("link", f"../lib/{MULTIARCH}/ld.so"), 0o777)])
        self.mirror.add("heavy", "1", [("./usr/share/heavy", b"x", 0o644)], "nothing-there")
        self.add_hello("1.0")

    def add_hello(self, version, more=()):
        return self.mirror.add("hello", version, [
            ("./usr/bin/hello", read(shutil.which("true")), 0o4755),
            ("./usr/share/hello/version", version.encode(), 0o666),
            ("./usr/share/doc/hello/copyright", b"free", 0o644), *more], "base, libc, heavy (= 1)")

    def build(self, *arguments, **wanted):
        return self.run("build", "-o", self.out, *arguments, **wanted)


def main(make=World):
    failures = 0
    print(f"1..{len(TESTS)}")
    for number, (name, function) in enumerate(TESTS, 1):
        world = make()
        try:
            function(world)
            print(f"ok {number} - {name}", flush=True)
        except (AssertionError, OSError, ValueError, subprocess.SubprocessError) as error:
            failures += 1
            print("\n".join("# " + line for line in
                            f"{type(error).__name__}: {error}".splitlines()))
            print(f"not ok {number} - {name}", flush=True)
        finally:
            world.close()
    KEY.close()
    return 1 if failures else 0
