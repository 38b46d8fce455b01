# SPDX-License-Identifier: MIT
"""An X server's clipboard, as applications have it (ICCCM 2): who copied, and who pastes."""

import queue
import select
import socket
import threading
import time

from Xlib import X, Xatom, display, error
from Xlib.protocol import event

PIECE = 65536
TEXT = "UTF8_STRING"


class Owner:
    """Has copied something, and hands it to whoever pastes."""

    def __init__(self, name, contents, mute=False, dies_after=None):
        """A text, or content by the names of its targets. Mute: it never answers. It ends when it has
        handed over so many bytes of something that goes in pieces."""
        self.contents = {TEXT: contents.encode()} if isinstance(contents, str) else contents
        self.mute, self.dies_after = mute, dies_after
        self.heard_of = 0  # how often it was asked for anything
        self.asked = 0  # how often for its content
        self.under_way = {}  # what is left to be handed over, by window and property
        self.name = name
        self.display = display.Display(name)
        self.window = self.display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self.jobs, self.done = queue.Queue(), queue.Queue()
        self.bell, self.heard = socket.socketpair()
        threading.Thread(target=self._serve, daemon=True).start()
        self.own()

    def own(self):
        """Copies it once more."""
        self._do(self._own)

    def keep(self):
        """What was copied elsewhere before may be told only now, and take its place."""
        if not self.owns():
            self.own()

    def owns(self):
        other = display.Display(self.name)
        owner = other.get_selection_owner(other.intern_atom("CLIPBOARD"))
        other.close()
        return owner != X.NONE and owner.id == self.window.id

    def close(self):
        self._do(self.display.close)

    def _do(self, job):
        """A display is for one thread."""
        self.jobs.put(job)
        self.bell.send(b"!")
        self.done.get(timeout=20)

    def _own(self):
        self.window.set_selection_owner(self._atom("CLIPBOARD"), X.CurrentTime)
        self.display.sync()

    def _atom(self, name):
        return self.display.intern_atom(name)

    def _serve(self):
        try:
            while True:
                while self.display.pending_events():
                    self._handle(self.display.next_event())
                if self.heard in select.select([self.display, self.heard], [], [])[0]:
                    self.heard.recv(1)
                    self.jobs.get()()
                    self.done.put(True)
        except (error.ConnectionClosedError, OSError, ValueError):
            self.done.put(False)  # the X server went, or this was closed

    def _handle(self, came):
        if came.type == X.SelectionRequest:
            self.heard_of += 1
            if not self.mute:
                self._answer(came)
        elif came.type == X.PropertyNotify and came.state == X.PropertyDelete:
            self._go_on(came)

    def _answer(self, request):
        where = request.property or request.target
        name = self.display.get_atom_name(request.target)
        if name == "TARGETS":
            atoms = [request.target, *(self._atom(target) for target in self.contents)]
            request.requestor.change_property(where, Xatom.ATOM, 32, atoms)
        elif name in self.contents:
            self.asked += 1
            self._hand_over(request, where, self.contents[name])
        else:
            where = X.NONE
        request.requestor.send_event(event.SelectionNotify(
            time=request.time, requestor=request.requestor, selection=request.selection,
            target=request.target, property=where))
        self.display.flush()

    def _hand_over(self, request, where, content):
        if len(content) <= PIECE:
            request.requestor.change_property(where, request.target, 8, content)
            return
        request.requestor.change_attributes(event_mask=X.PropertyChangeMask)
        self.under_way[request.requestor.id, where] = [request.target, content, 0]
        request.requestor.change_property(where, self._atom("INCR"), 32, [len(content)])

    def _go_on(self, deleted):
        transfer = self.under_way.get((deleted.window.id, deleted.atom))
        if not transfer:
            return
        target, content, done = transfer
        if self.dies_after is not None and done >= self.dies_after:
            self.display.close()
            return
        piece = content[done:done + PIECE]
        deleted.window.change_property(deleted.atom, target, 8, piece)
        self.display.flush()
        transfer[2] += len(piece)
        if not piece:
            del self.under_way[deleted.window.id, deleted.atom]


class Paster:
    """Asks for what was copied."""

    def __init__(self, name):
        self.display = display.Display(name)
        self.window = self.display.screen().root.create_window(
            0, 0, 1, 1, 0, X.CopyFromParent, event_mask=X.PropertyChangeMask)
        self.where = self.display.intern_atom("PASTED")

    def close(self):
        self.display.close()

    def _wait(self, wanted, deadline):
        while time.monotonic() < deadline:
            while self.display.pending_events():
                came = self.display.next_event()
                if wanted(came):
                    return came
            time.sleep(0.001)
        return None

    def _take(self):
        """What the property holds, which is gone then."""
        value = self.window.get_full_property(self.where, X.AnyPropertyType, sizehint=PIECE)
        self.window.delete_property(self.where)
        self.display.flush()
        return value

    def _is_next(self, came):
        return came.type == X.PropertyNotify and came.atom == self.where and \
            came.state == X.PropertyNewValue

    def paste(self, target, timeout=5.0, stops_after=None):
        """Type and value of what is there; None where there is nothing. Of what comes in pieces no more
        than so many bytes are taken, and then nothing is asked for any more."""
        deadline = time.monotonic() + timeout
        self.window.convert_selection(self.display.intern_atom("CLIPBOARD"),
                                      self.display.intern_atom(target), self.where, X.CurrentTime)
        notify = self._wait(lambda came: came.type == X.SelectionNotify, deadline)
        if not notify or not notify.property:
            return None
        value = self._take()
        if value is None or value.property_type != self.display.intern_atom("INCR"):
            return value and (value.property_type, value.value)
        content = b""
        while stops_after is None or len(content) < stops_after:
            if not self._wait(self._is_next, deadline):
                return None
            piece = self._take()
            if not piece.value:
                return piece.property_type, content
            content += bytes(piece.value)
        return None

    def targets(self, timeout=5.0):
        pasted = self.paste("TARGETS", timeout)
        return [self.display.get_atom_name(atom) for atom in pasted[1]] if pasted else []


def paste_bytes(name, target, timeout=5.0):
    """The content that is there to paste, or None."""
    paster = Paster(name)
    pasted = paster.paste(target, timeout)
    paster.close()
    return bytes(pasted[1]) if pasted else None


def paste(name, timeout=5.0):
    """The text that is there to paste, or None."""
    content = paste_bytes(name, TEXT, timeout)
    return None if content is None else content.decode()
