# SPDX-License-Identifier: MIT
"""A slow way between client and server: bytes that take their time, and some that take longer."""

import collections
import random
import socket
import threading
import time

PIECE = 1400
QUEUE_MAX = 64 * 1024  # what a router would hold
LOSS_DELAY = 0.2  # what it takes TCP to notice and send again


class _Direction:
    def __init__(self, source, target, rate, delay, loss):
        self.source, self.target = source, target
        self.rate, self.delay, self.loss = rate, delay, loss
        self.queue = collections.deque()
        self.held = 0
        self.changed = threading.Condition()
        self.random = random.Random(1)
        for function in (self._take, self._give):
            threading.Thread(target=function, daemon=True).start()

    def _take(self):
        """A piece leaves when the link is done with the one before."""
        free = time.monotonic()
        while True:
            try:
                piece = self.source.recv(PIECE)
            except OSError:
                piece = b""
            free = max(free, time.monotonic()) + len(piece) / self.rate
            if self.random.random() < self.loss:
                free += LOSS_DELAY
            with self.changed:
                self.changed.wait_for(lambda: self.held < QUEUE_MAX)
                self.queue.append((free + self.delay, piece))
                self.held += len(piece)
                self.changed.notify_all()
            if not piece:
                return

    def _give(self):
        while True:
            with self.changed:
                self.changed.wait_for(lambda: self.queue)
                due, piece = self.queue[0]
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                if not piece:
                    self.target.shutdown(socket.SHUT_WR)
                    return
                self.target.sendall(piece)
            except OSError:
                return
            with self.changed:
                self.queue.popleft()
                self.held -= len(piece)
                self.changed.notify_all()


class Link:
    """Listens on a port of its own and passes on to another: bytes a second, seconds one way."""

    def __init__(self, address, rate, delay, loss=0.0):
        self.address = address
        self.shape = rate, delay, loss
        self.directions = []
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen()
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client = self.listener.accept()[0]
            except OSError:
                return
            server = socket.socket()
            server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
            server.connect(self.address)
            for each in (client, server):
                each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.directions += [_Direction(client, server, *self.shape),
                                _Direction(server, client, *self.shape)]

    def set_rate(self, rate):
        self.shape = rate, *self.shape[1:]
        for direction in self.directions:
            direction.rate = rate

    def close(self):
        self.listener.close()
