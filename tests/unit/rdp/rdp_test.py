#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a client sees and sends, and what becomes of those that should not be let in.

usage: rdp_test.py SILL_RDP FAKE_SHELL RAIL_CLIENT [TEST...], in a network and process namespace of its own:
see rdp_test.sh.
"""

import hashlib
import itertools
import os
import re
import signal
import socket
import ssl
import sys
import time

from bed import LIMIT, PORT, Failure, main, wait

ONE, TWO = "First window", "Zweites Fenster \u00e4\u20ac"


def test_first_start_makes_credentials(bed):
    bed.start_server()
    names = sorted(os.listdir(bed.state))
    if names != ["cert.pem", "fingerprint", "key.pem", "password"]:
        raise Failure(f"the state directory has {names}")
    for name in ["key.pem", "password"]:
        if os.stat(os.path.join(bed.state, name)).st_mode & 0o777 != 0o600:
            raise Failure(f"{name} is readable for others")
    if not re.fullmatch("[a-z2-7]{20}", bed.password()):
        raise Failure("the password is not 20 base32 characters")
    with open(os.path.join(bed.state, "cert.pem")) as file:
        der = ssl.PEM_cert_to_DER_cert(file.read())
    with open(os.path.join(bed.state, "fingerprint")) as file:
        if file.read().strip() != hashlib.sha256(der).hexdigest():
            raise Failure("the fingerprint is not the certificate's")


def test_windows_appear(bed):
    bed.shell.tell(f"open 1 0 0 100 100 400 300 2040c0 {ONE}")
    bed.shell.tell(f"open 2 0 0 600 200 500 400 c04020 {TWO}")
    bed.current = bed.client()
    for title, width, height, colour in [(ONE, 400, 300, (0x20, 0x40, 0xc0)),
            (TWO, 500, 400, (0xc0, 0x40, 0x20))]:
        found = wait(f"the window {title}", lambda: bed.screen.find(title))
        if found[3:] != (width, height):
            raise Failure(f"{title} is {found[3:]}")
        wait("its colour", lambda: bed.screen.shows(title, 20, 20, colour))
        wait("its stripe", lambda: bed.screen.shows(title, width - 10, 20, (255, 255, 255)))
    bed.show("windows")


def test_monitor_and_keymap_are_told(bed):
    for line in ["^monitor 0 0 0 1280 800 120$", "^keymap us *$", "^work_area 0 0 0 1280"]:
        bed.shell.expect(line)


def test_new_pixels(bed):
    bed.shell.mark()
    bed.shell.tell("paint 1 30a050")
    wait("the new colour", lambda: bed.screen.shows(ONE, 20, 20, (0x30, 0xa0, 0x50)))
    bed.shell.expect("^frame_done 1 ")


def test_title_changes(bed):
    bed.shell.tell("title 1 Renamed \U0001f600 " + "x" * 400)
    found = wait("the new title", lambda: [t for t in bed.screen.windows()
        if t.startswith("Renamed \U0001f600 x")])
    if len(found[0].encode("utf-16-le")) > 510:
        raise Failure("the title is longer than RAIL allows")
    bed.shell.tell(f"title 1 {ONE}")
    wait("the old title", lambda: bed.screen.find(ONE))


def test_server_moves_and_resizes(bed):
    bed.shell.tell("place 1 50 60 420 310")
    wait("the new place", lambda: (bed.screen.find(ONE) or [0])[1:] == (50, 60, 420, 310))
    wait("its stripe", lambda: bed.screen.shows(ONE, 410, 300, (255, 255, 255)))
    bed.show("placed")


def test_client_moves_and_resizes(bed):
    bed.shell.mark()
    window = bed.screen.find(ONE)[0]
    bed.screen.ask(window, "_NET_MOVERESIZE_WINDOW", 0xf00 | 1, 120, 130, 460, 350)
    bed.shell.expect("^configure 1 120 130 460 350$")
    wait("the new size", lambda: (bed.screen.find(ONE) or [0])[1:] == (120, 130, 460, 350))
    wait("its stripe", lambda: bed.screen.shows(ONE, 450, 340, (255, 255, 255)))
    time.sleep(0.5)
    if bed.screen.find(ONE)[1:] != (120, 130, 460, 350):
        raise Failure("the window jumped back")


def test_client_maximizes_minimizes_and_closes(bed):
    window = bed.screen.find(TWO)[0]
    atom = bed.screen.display.intern_atom
    horizontal, vertical = (atom(f"_NET_WM_STATE_MAXIMIZED_{x}") for x in ["HORZ", "VERT"])
    bed.shell.mark()
    bed.screen.ask(window, "_NET_WM_STATE", 1, horizontal, vertical)
    bed.shell.expect("^state 2 1$")
    bed.screen.ask(window, "_NET_WM_STATE", 0, horizontal, vertical)
    bed.shell.expect("^state 2 0$")
    bed.screen.ask(window, "WM_CHANGE_STATE", 3)
    bed.shell.expect("^state 2 4$")
    time.sleep(0.6)  # for so long it is the client that decides
    bed.shell.tell("state 2 0")
    bed.screen.ask(window, "_NET_ACTIVE_WINDOW", 1)
    wait("the window again", lambda: bed.screen.find(TWO))
    bed.screen.ask(window, "_NET_CLOSE_WINDOW")
    bed.shell.expect("^close 2$")


def test_popup_appears_in_place(bed):
    bed.shell.tell("open 3 1 1 200 180 150 120 808000 popup")
    found = wait("the popup", lambda: bed.screen.find("popup"))
    if found[1:] != (200, 180, 150, 120):
        raise Failure(f"the popup is at {found[1:]}")
    if not found[0].get_attributes().override_redirect:
        raise Failure("the window manager may move the popup")
    wait("its colour", lambda: bed.screen.shows("popup", 10, 10, (0x80, 0x80, 0)))
    bed.show("popup")
    bed.shell.tell("remove 3")
    wait("the popup to go", lambda: bed.screen.find("popup") is None)


def test_click_activates(bed):
    for title, number in [(TWO, 2), (ONE, 1)]:
        window = wait("the window", lambda: bed.screen.find(title))
        bed.shell.mark()
        bed.screen.motion(window[1] + window[3] - 10, window[2] + window[4] - 10)
        bed.screen.click(1)
        bed.shell.expect(f"^activate {number}$")


def test_application_starts_a_move(bed):
    window = bed.screen.find(ONE)
    x, y = window[1] + 40, window[2] + 40
    bed.shell.mark()
    bed.screen.motion(x, y)
    bed.screen.button(1, True)
    bed.shell.expect("^button 272 1$")
    bed.shell.mark()
    bed.shell.tell("move_request 1 0")
    steps = itertools.cycle(range(2, 20))

    def dragged():
        step = next(steps)
        bed.screen.motion(x + 2 * step, y + step)
        return bed.screen.find(ONE)[1:3] != window[1:3]

    wait("the client's window manager to have the pointer", dragged)
    bed.screen.motion(x + 50, y + 30)
    bed.screen.button(1, False)
    time.sleep(0.1)
    bed.screen.motion(x + 55, y + 33)  # FreeRDP's client notices the end with the next event
    bed.shell.expect("^configure 1 ")


def test_keyboard(bed):
    window = bed.screen.find(ONE)
    bed.screen.ask(window[0], "_NET_ACTIVE_WINDOW", 1)
    wait("the focus", lambda: bed.screen.display.get_input_focus().focus.id == window[0].id)
    bed.screen.motion(window[1] + 30, window[2] + 30)
    for name, code in [("a", 30), ("Return", 28), ("Left", 105), ("Control_R", 97), ("F12", 88),
            ("Pause", 119), ("Super_L", 125)]:
        bed.shell.mark()
        bed.screen.press(name)
        bed.shell.expect(f"^key {code} 1$")
        bed.shell.expect(f"^key {code} 0$")


def test_pointer(bed):
    window = bed.screen.find(ONE)
    bed.shell.mark()
    bed.screen.motion(window[1] + 33, window[2] + 44)
    bed.shell.expect(f"^motion {window[1] + 33} {window[2] + 44}$")
    for button, line in [(1, "button 272 "), (2, "button 274 "), (3, "button 273 "),
            (8, "button 275 "), (9, "button 276 "), (4, "axis 0 -120"), (5, "axis 0 120"),
            (7, "axis 1 120"), (6, "axis 1 -120")]:
        bed.shell.mark()
        bed.screen.click(button)
        bed.shell.expect(f"^{line}")


def test_cursor(bed):
    for command in ["cursor 24 ff0000", "cursor 64 00ff00", "cursor 200 0000ff", "cursor_hidden",
            "cursor 24 ff0000"]:
        bed.shell.tell(command)
        time.sleep(0.1)
    bed.shell.tell("paint 1 2040c0")
    wait("the session to go on", lambda: bed.screen.shows(ONE, 20, 20, (0x20, 0x40, 0xc0)))


def tls_client():
    """A connection past X.224 and TLS."""
    plain = socket.create_connection(("127.0.0.1", PORT), LIMIT)
    plain.sendall(bytes.fromhex("030000130ee000000000000100080001000000"))
    plain.recv(64)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(plain)


def test_garbage_disturbs_nobody(bed):
    hanging = [socket.create_connection(("127.0.0.1", PORT), LIMIT)]
    half = socket.create_connection(("127.0.0.1", PORT), LIMIT)
    half.sendall(bytes.fromhex("030000130ee000000000000100080001000000"))
    hanging.append(half)  # the TLS handshake never comes
    encrypted = tls_client()
    encrypted.sendall(os.urandom(4096))
    for i in range(100):
        with socket.create_connection(("127.0.0.1", PORT), LIMIT) as connection:
            try:
                connection.sendall(os.urandom(500))
            except OSError:
                pass  # turned away at once
    begun = time.monotonic()
    bed.shell.mark()
    bed.shell.tell("paint 1 a02060")
    wait("the new colour", lambda: bed.screen.shows(ONE, 20, 20, (0xa0, 0x20, 0x60)))
    if time.monotonic() - begun > 2:
        raise Failure("the session was held up")
    bed.server.mark()
    bed.server.expect("did not finish its handshake in time", 15)
    for connection in hanging:
        connection.close()


def test_a_thousand_connections(bed):
    connections = []
    for i in range(1000):
        try:
            connections.append(socket.create_connection(("127.0.0.1", PORT), 1))
        except OSError:
            pass
    bed.shell.tell("paint 1 208060")
    wait("the new colour", lambda: bed.screen.shows(ONE, 20, 20, (0x20, 0x80, 0x60)), 3)
    for connection in connections:
        connection.close()
    fds = wait("the descriptors to go", lambda: (lambda n: n if n < 60 else 0)(
        len(os.listdir(f"/proc/{bed.server.popen.pid}/fd"))))
    print(f"# {fds} descriptors")


def test_without_graphics_is_refused(bed):
    bed.server.mark()
    client = bed.client(app=False, gfx="/bpp:16")
    bed.server.expect("does not offer the graphics pipeline")
    if client.exit_code() == 0:
        raise Failure("the client thinks that all is well")
    wait("the reason", lambda: client.heard("DENIED_CONNECTION"))
    if not bed.screen.find(ONE):
        raise Failure("the running session ended")


def test_without_remoteapp_there_is_a_desktop(bed):
    before = bed.screen.find(ONE)[1:]
    bed.server.mark()
    bed.current = bed.client("/t:Desk", "/size:1000x700", app=False)
    bed.server.expect("takes over from")
    bed.shell.tell("place 1 200 150 300 200")
    wait("the window", lambda: bed.screen.shows("Desk", 210, 160, (0x20, 0x80, 0x60)))
    wait("what is beside it", lambda: bed.screen.shows("Desk", 190, 140, (0x2b, 0x3a, 0x42)))
    bed.shell.tell("paint 1 808000")
    wait("the new colour", lambda: bed.screen.shows("Desk", 210, 160, (0x80, 0x80, 0)))
    bed.show("desktop")
    bed.shell.tell("paint 1 208060")
    bed.shell.tell("place 1 {} {} {} {}".format(*before))


def test_other_program_is_not_started(bed):
    bed.server.mark()
    client = bed.client("/app:program:xterm", app=False)
    bed.server.expect('asked to start "xterm"; nothing is started here')
    client.end()
    bed.current = bed.client()
    wait("the window", lambda: bed.screen.shows(ONE, 20, 20, (0x20, 0x80, 0x60)))


def test_takeover(bed):
    first = bed.current
    bed.server.mark()
    bed.current = bed.client()
    bed.server.expect("takes over from")
    first.exit_code()
    wait("the reason", lambda: first.heard("DISCONNECTED_BY_OTHER_CONNECTION"))
    wait("the window", lambda: bed.screen.shows(ONE, 20, 20, (0x20, 0x80, 0x60)))


def test_stopped_client_is_taken_over(bed):
    bed.current.popen.send_signal(signal.SIGSTOP)
    for i in range(200):
        bed.shell.tell(f"paint 2 {i:02x}4020")
        bed.shell.tell(f"title 2 title {i}")
    time.sleep(1)
    stopped = bed.current
    bed.shell.tell(f"title 2 {TWO}")
    bed.server.mark()
    bed.current = bed.client()
    bed.server.expect("takes over from", 3)
    wait("the window", lambda: bed.screen.shows(TWO, 20, 20, (199, 0x40, 0x20)))
    stopped.popen.send_signal(signal.SIGCONT)
    stopped.exit_code()


def test_reconnect_20_times(bed):
    for i in range(20):
        bed.current.end()
        wait("the windows to go", lambda: bed.screen.find(ONE) is None)
        bed.shell.mark()
        bed.shell.tell(f"paint 1 {i * 5:02x}8060")
        bed.current = bed.client()
        wait("the window", lambda: bed.screen.shows(ONE, 20, 20, (i * 5, 0x80, 0x60)))
        wait("the other", lambda: bed.screen.shows(TWO, 20, 20, (199, 0x40, 0x20)))
        if bed.screen.find(ONE)[3:] != (460, 350):
            raise Failure(f"round {i}: the window is {bed.screen.find(ONE)[1:]}")


def test_kill_and_restart(bed):
    bed.server.end(signal.SIGKILL)
    bed.current.exit_code()
    bed.start_server()
    bed.current = bed.client()
    for title in [ONE, TWO]:
        wait(f"the window {title}", lambda: bed.screen.find(title))
    wait("its colour", lambda: bed.screen.shows(TWO, 20, 20, (199, 0x40, 0x20)))
    bed.show("restarted")


def test_wrong_password_is_refused(bed):
    bed.current.end()
    for i in range(3):
        bed.server.mark()
        client = bed.client(password="wrong")
        bed.server.expect("refused: wrong password")
        if client.exit_code() == 0:
            raise Failure("the client thinks that all is well")
    bed.server.mark()
    bed.client().exit_code()
    bed.server.expect("too many wrong passwords")
    time.sleep(1.2)
    bed.current = bed.client()
    wait("the window", lambda: bed.screen.find(ONE))


def test_sigterm(bed):
    client = bed.current
    if bed.server.end() != 0:
        raise Failure("the exit code is not 0")
    client.exit_code()
    wait("the reason", lambda: client.heard("ERRINFO_RPC_INITIATED_DISCONNECT"))
    bed.start_server()
    bed.current = bed.client()
    wait("the window", lambda: bed.screen.find(ONE))


def test_compositor_gone(bed):
    bed.shell.end()
    if bed.server.exit_code() != 1:
        raise Failure("the exit code is not 1")


if __name__ == "__main__":
    sys.exit(main(globals()))
