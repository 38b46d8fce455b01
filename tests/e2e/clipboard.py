# SPDX-License-Identifier: MIT
"""The X server's clipboard, as a person's other applications have it."""

import threading
import time

from Xlib import X, Xatom, display, error
from Xlib.protocol import event


class Owner:
    """Has copied a text, and hands it to whoever pastes."""

    def __init__(self, name, text):
        self.text = text.encode()
        self.asked = 0  # how often
        self.display = display.Display(name)
        self.window = self.display.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
        self.clipboard = self.display.intern_atom("CLIPBOARD")
        self.utf8 = self.display.intern_atom("UTF8_STRING")
        self.targets = self.display.intern_atom("TARGETS")
        self.window.set_selection_owner(self.clipboard, X.CurrentTime)
        self.display.sync()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        try:
            while True:
                request = self.display.next_event()
                if request.type == X.SelectionRequest:
                    self._answer(request)
        except error.ConnectionClosedError:
            pass  # the X server went: the test is over

    def _answer(self, request):
        where = request.property or request.target
        if request.target == self.targets:
            request.requestor.change_property(where, Xatom.ATOM, 32, [self.targets, self.utf8])
        elif request.target == self.utf8:
            self.asked += 1
            request.requestor.change_property(where, self.utf8, 8, self.text)
        else:
            where = X.NONE
        request.requestor.send_event(event.SelectionNotify(
            time=request.time, requestor=request.requestor, selection=request.selection,
            target=request.target, property=where))
        self.display.flush()


def paste(name, timeout=5.0):
    """The text that is there to paste, or None."""
    connection = display.Display(name)
    window = connection.screen().root.create_window(0, 0, 1, 1, 0, X.CopyFromParent)
    where = connection.intern_atom("PASTED")
    window.convert_selection(connection.intern_atom("CLIPBOARD"),
                             connection.intern_atom("UTF8_STRING"), where, X.CurrentTime)
    connection.flush()
    deadline = time.monotonic() + timeout
    text = None
    while time.monotonic() < deadline and text is None:
        while connection.pending_events():
            notify = connection.next_event()
            if notify.type == X.SelectionNotify and notify.property:
                value = window.get_full_property(where, X.AnyPropertyType)
                text = bytes(value.value).decode() if value else ""
        time.sleep(0.02)
    connection.close()
    return text
