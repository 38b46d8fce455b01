# SPDX-License-Identifier: MIT
"""Signed RPM repositories, made by the real tools from files on this machine."""

import os
import shutil
import stat
import subprocess

SPEC_HEAD = """\
Name: {name}
Version: 1
Release: 1
Summary: packages of a test
License: MIT
%global debug_package %{{nil}}
%global __brp_strip %{{nil}}
%global __os_install_post %{{nil}}
%global _build_id_links none
%global __requires_exclude ^/|^pkgconfig|^rpmlib
%global _binary_payload w1.zstdio
%description
Packages of a test.
"""


class Package:
    """What a package has: files by their path, each a path, bytes, ('link', target) or None for a folder."""

    def __init__(self, name, files, version="1", requires=(), provides=(), licence="MIT"):
        self.name, self.files, self.version, self.licence = name, files, version, licence
        self.requires, self.provides = list(requires), list(provides)

    def stage(self, root):
        for path, content in self.files.items():
            where = os.path.join(root, path)
            os.makedirs(os.path.dirname(where), exist_ok=True)
            if content is None:
                os.makedirs(where, exist_ok=True)
            elif isinstance(content, tuple):
                os.symlink(content[1], where)
            elif isinstance(content, bytes):
                with open(where, "wb") as file:
                    file.write(content)
                os.chmod(where, 0o755 if "/bin/" in path else 0o644)
            else:
                # A link to the same bytes would let rpmbuild change the original.
                shutil.copyfile(content, where)
                os.chmod(where, stat.S_IMODE(os.stat(content).st_mode))

    def spec(self, has_dependencies):
        lines = [f"%package -n {self.name}", "Summary: a part of it", f"Version: {self.version}",
                 "Release: 1.azl3", f"License: {self.licence}"]
        lines += [f"Requires: {name}" for name in self.requires]
        lines += [f"Provides: {name}" for name in self.provides]
        if not has_dependencies:
            lines.append("AutoReqProv: no")
        lines += [f"%description -n {self.name}", "A part of it.", f"%files -n {self.name}"]
        lines += [f'{"%dir " if self.files[path] is None else ""}"/{path}"' for path in sorted(self.files)]
        return "\n".join(lines) + "\n"


class Repository:
    """Packages that are built from one source package and published in one folder."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.public = os.path.join(folder, name)
        self.packages = []

    def add(self, name, files, **more):
        self.packages.append(Package(name, files, **more))

    def publish(self, key, has_dependencies=False, compression="zstd"):
        work = os.path.join(self.folder, self.name + ".work")
        stage = os.path.join(work, "stage")
        shutil.rmtree(work, ignore_errors=True)
        shutil.rmtree(self.public, ignore_errors=True)
        for package in self.packages:
            package.stage(stage)
        spec = os.path.join(work, self.name + ".spec")
        with open(spec, "w") as file:
            file.write(SPEC_HEAD.format(name=self.name) + f"%install\ncp -a {stage}/. %{{buildroot}}\n")
            file.writelines(package.spec(has_dependencies) for package in self.packages)
        self.run(["rpmbuild", "-bb", "--quiet", f"-D_topdir {work}", f"-D_rpmdir {self.public}",
                  "-D_smp_build_ncpus 2", "-D_rpmfilename %%{NAME}-%%{VERSION}.%%{ARCH}.rpm", spec])
        self.run(["createrepo_c", "--quiet", f"--general-compress-type={compression}", self.public])
        self.sign(key)
        shutil.rmtree(work)

    def sign(self, key):
        repomd = os.path.join(self.public, "repodata", "repomd.xml")
        with open(repomd, "rb") as file:
            signature = key.gpg("--armor", "--detach-sign", stdin=file.read())
        with open(repomd + ".asc", "wb") as file:
            file.write(signature)

    def run(self, arguments):
        result = subprocess.run(arguments, capture_output=True, text=True, timeout=300, check=False,
                                env={**os.environ, "HOME": self.folder})
        assert result.returncode == 0, f"{arguments[0]}: {result.stdout}{result.stderr}"
