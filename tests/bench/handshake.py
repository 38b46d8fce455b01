# SPDX-License-Identifier: MIT
"""When a server that is being started accepts on a socket, and when it answers there."""

import socket
import struct
import threading
import time

# The shortest thing that is answered.
_QUESTIONS = {
    "wayland": struct.pack("=IHHI", 1, 0, 12, 2),  # wl_display.sync
    "x11": struct.pack("=BxHHHHxx", ord("l"), 11, 0, 0, 0),  # little endian, version 11.0
    # PA_COMMAND_AUTH, version 35, with a cookie of zeros: yes or no, it is an answer
    "pulse": struct.pack(">IiIII", 276, -1, 0, 0, 0) + b"".join(
        b"L" + struct.pack(">I", value) for value in (8, 0, 35)) + b"x" +
    struct.pack(">I", 256) + bytes(256),
}
_PATIENCE = 30


def _connect(path, until):
    while True:
        client = socket.socket(socket.AF_UNIX)
        try:
            client.connect(path)
            return client
        except OSError:
            client.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.0005)


class Handshake(threading.Thread):
    """One kind's socket, from `begin` on; after another one, to have the processors to itself."""

    def __init__(self, kind, path, begin, after=None):
        super().__init__()
        self.kind, self.path, self.begin, self.after = kind, path, begin, after
        self.result = {}
        self.start()

    def run(self):
        if self.after is not None:
            self.after.join()
        with _connect(self.path, self.begin + _PATIENCE) as client:
            accepted = time.monotonic()
            client.settimeout(_PATIENCE)
            client.sendall(_QUESTIONS[self.kind])
            if client.recv(4096):
                answered = time.monotonic()
                self.result = {"accepts": (accepted - self.begin) * 1e3,
                               "reply": (answered - accepted) * 1e3,
                               "start_to_reply": (answered - self.begin) * 1e3}


def while_starting(sockets, start):
    """What `start` returns, and of each socket, kind to path, when it accepts and answers. X11 comes
    last: where its server is started by its first client, it would take the others' time."""
    begin, last, shakes = time.monotonic(), None, []
    for kind in sorted(sockets, key=lambda kind: kind == "x11"):
        last = Handshake(kind, sockets[kind], begin, last if kind == "x11" else None)
        shakes.append(last)
    started = start()
    for shake in shakes:
        shake.join()
    return started, {shake.kind: shake.result for shake in shakes}
