# SPDX-License-Identifier: MIT
"""A small signed Debian archive on a local port, that can be made to misbehave."""

import gzip
import hashlib
import http.server
import io
import lzma
import shutil
import subprocess
import tarfile
import tempfile
import threading
import time


class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        mirror = self.server.mirror
        data = mirror.files.get(self.path.lstrip("/"))
        mirror.requests.append(self.path)
        if data is None:
            self.send_error(404)
            return
        start = self.headers.get("Range", "")
        if start and mirror.continues:
            start = int(start.removeprefix("bytes=").split("-")[0])
            mirror.ranges.append((self.path, start))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
            data = data[start:]
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        cut = self.path.lstrip("/") in mirror.truncated
        self.wfile.write(data[:len(data) // 2] if cut else data)
        self.close_connection = True

    def log_message(self, *_):
        pass


def sparse(info, size):
    """The header of a file that says to be of that size, all of it a hole."""
    info.type = tarfile.GNUTYPE_SPARSE
    head = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    head[386:410] = b"%011o\0" % size + b"%011o\0" % 0
    head[483:495] = b"%011o\0" % size
    head[148:156] = b" " * 8
    head[148:156] = b"%06o\0 " % sum(head)
    return bytes(head)


def tar_of(members):
    """Members: (path, content or ('link', target) or ('sparse', size) or ('device',), mode)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for path, content, mode in members:
            info = tarfile.TarInfo(path)
            info.mode = mode
            data = None
            if content is None:
                info.type = tarfile.DIRTYPE
            elif isinstance(content, tuple) and content[0] == "link":
                info.type, info.linkname = tarfile.SYMTYPE, content[1]
            elif isinstance(content, tuple) and content[0] == "hard":
                info.type, info.linkname = tarfile.LNKTYPE, content[1]
            elif isinstance(content, tuple) and content[0] == "sparse":
                out.write(sparse(info, content[1]))
                tar.offset += tarfile.BLOCKSIZE
                continue
            elif isinstance(content, tuple):
                info.type, info.devmajor, info.devminor = tarfile.CHRTYPE, 1, 3
            else:
                info.size = len(content)
                data = io.BytesIO(content)
            tar.addfile(info, data)
    return out.getvalue()


def ar_of(members):
    out = b"!<arch>\n"
    for name, data in members:
        out += f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(data):<10}`\n".encode()
        out += data + b"\n" * (len(data) % 2)
    return out


def deb_of(members):
    return ar_of([("debian-binary", b"2.0\n"), ("control.tar.gz", gzip.compress(tar_of([]), mtime=0)),
                  ("data.tar.xz", lzma.compress(tar_of(members), preset=0))])


class Key:
    """A throw-away signing key."""

    def __init__(self):
        self.home = tempfile.mkdtemp(prefix="sill-key-")
        self.gpg("--quick-generate-key", "--passphrase", "", "sill test", "rsa2048", "sign", "never")
        self.public = self.gpg("--export")

    def gpg(self, *arguments, stdin=b""):
        return subprocess.run(["gpg", "--batch", "--quiet", "--homedir", self.home, "--pinentry-mode",
                               "loopback", *arguments], input=stdin, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=True).stdout

    def sign(self, text):
        return self.gpg("--clearsign", stdin=text)

    def close(self):
        subprocess.run(["gpgconf", "--homedir", self.home, "--kill", "all"], check=False)
        shutil.rmtree(self.home, ignore_errors=True)


class Mirror:
    def __init__(self, key):
        self.key = key
        self.files = {}
        self.truncated = set()
        self.requests = []
        self.continues = True  # whether it can send a part of a file
        self.ranges = []  # what was continued: path and first byte
        self.packages = {}
        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
        self.http.mirror = self
        self.url = f"http://127.0.0.1:{self.http.server_port}/debian"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()

    def add(self, name, version, members, depends=""):
        data = deb_of(members)
        path = f"pool/{name}_{version}_amd64.deb"
        old = self.packages.get(name)
        if old:
            self.files.pop("debian/" + old["Filename"])
        self.files["debian/" + path] = data
        self.packages[name] = {
            "Package": name, "Version": version, "Architecture": "amd64", "Maintainer": "nobody",
            "Filename": path, "Size": str(len(data)), "SHA256": hashlib.sha256(data).hexdigest(),
        }
        if depends:
            self.packages[name]["Depends"] = depends
        return path

    def publish(self, suite="stable", valid_days=1, index=None):
        text = "\n".join("".join(f"{key}: {value}\n" for key, value in package.items())
                         for package in self.packages.values())
        index = index or lzma.compress(text.encode())
        digest = hashlib.sha256(index).hexdigest()
        until = time.strftime("%a, %d %b %Y %H:%M:%S UTC", time.gmtime(time.time() + valid_days * 86400))
        release = (f"Suite: {suite}\nCodename: {suite}\nAcquire-By-Hash: yes\nValid-Until: {until}\n"
                   f"SHA256:\n {digest} {len(index)} main/binary-amd64/Packages.xz\n")
        self.index = f"debian/dists/stable/main/binary-amd64/by-hash/SHA256/{digest}"
        self.files[self.index] = index
        self.files["debian/dists/stable/InRelease"] = self.key.sign(release.encode())
