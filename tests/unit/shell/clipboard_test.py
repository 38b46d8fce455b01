#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What X11 applications, Wayland applications and the RDP client copy and paste.

    clipboard_test.py MODULE PROBE RUDE_CLIENT RUDE_X11 GREEDY SILL_X11 MENUS [NAME...],
    see suite.py
"""
import base64
import itertools
import os
import signal
import sys

from harness import check
from suite import main, start_foot

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../e2e"))
from clipboard import Owner, Paster, paste, paste_bytes  # pylint: disable=wrong-import-position

TEXT = "text/plain;charset=utf-8"
COPIED = "Grüße: 5 €\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 300
LONG = b"".join(b"%07d\n" % n for n in range(640 * 1024))  # 5 MiB
numbers = itertools.count()


def path_of(weston):
    return os.path.join(weston.dir, "clip%d" % next(numbers))


def copy(weston, probe, contents):
    """The RDP client copies content by its types; None: what never comes."""
    words = []
    for type_, content in contents.items():
        path = "-" if content is None else path_of(weston)
        if content is not None:
            with open(path, "wb") as file:
                file.write(content)
        words += [type_, path]
    probe.send("copy", *words)


def start_paste(weston, probe, type_, command="paste"):
    path = path_of(weston)
    probe.send(command, type_, path)
    return path


def read(path):
    with open(path, "rb") as file:
        return file.read()


def pasted(weston, probe, type_):
    """What the RDP client gets of what others copied."""
    path = start_paste(weston, probe, type_)
    probe.wait(lambda: os.path.exists(path), "what was copied as " + type_)
    return read(path)


def told(probe):
    """The types of what others copied, as the RDP client knows them."""
    return next((line.split()[1:] for line in reversed(probe.lines)
                 if line.startswith("selection")), [])


def wait_for_copy(weston, probe, type_, content):
    """What was copied replaces what was copied before."""
    probe.wait(lambda: type_ in told(probe) and pasted(weston, probe, type_) == content,
               "the RDP client to get it")


def wait_for_targets(probe, paster, *targets):
    probe.wait(lambda: set(targets) <= set(paster.targets()), "X11 applications to be offered %s"
               % (targets,))


def test_text_from_x11(weston, probe):
    "text of an X11 application is pasted at the client, and stays its own"
    owner = Owner(weston.display, COPIED)
    wait_for_copy(weston, probe, TEXT, COPIED.encode())
    check(pasted(weston, probe, "text/plain") == COPIED.encode(), "as text/plain it is another")
    check(paste(weston.display) == COPIED, "another X11 application gets another")
    check(owner.owns(), "it was taken from whoever copied it")


def test_text_to_x11(weston, probe):
    "text of the client is pasted into X11 applications, by each of its names"
    paster = Paster(weston.display)
    copy(weston, probe, {TEXT: COPIED.encode()})
    wait_for_targets(probe, paster, "UTF8_STRING", "STRING", "TEXT", TEXT, "text/plain",
                     "TARGETS", "TIMESTAMP")
    check(paste(weston.display) == COPIED, "it is another")
    for target in (TEXT, "text/plain", "TEXT"):
        check(paste_bytes(weston.display, target) == COPIED.encode(), "%s is another" % target)
    check(paste_bytes(weston.display, "STRING") == "Grüße: 5 ?\n".encode("latin-1"), "in Latin-1")
    check(paster.paste("TIMESTAMP")[1][0] > 0, "it has no time")
    check(paster.paste("image/png") is None, "a picture was made of it")
    check(told(probe) == [], "the client was told what it copied itself: %s" % told(probe))


def test_old_application(weston, probe):
    "text of an X11 application that knows Latin-1 only comes in UTF-8"
    owner = Owner(weston.display, {"STRING": "Grüße".encode("latin-1")})
    wait_for_copy(weston, probe, TEXT, "Grüße".encode())
    check(owner.owns(), "it was taken from whoever copied it")


def test_picture(weston, probe):
    "a picture goes both ways, as what it is"
    paster = Paster(weston.display)
    copy(weston, probe, {"image/png": PICTURE})
    wait_for_targets(probe, paster, "image/png")
    check("UTF8_STRING" not in paster.targets(), "it is offered as text")
    check(paste_bytes(weston.display, "image/png") == PICTURE, "it is another")
    Owner(weston.display, {"image/bmp": PICTURE, "image/png": PICTURE[::-1]})
    wait_for_copy(weston, probe, "image/bmp", PICTURE)
    check(pasted(weston, probe, "image/png") == PICTURE[::-1], "its other form is another")
    check(told(probe) == ["image/bmp", "image/png"], "offered as %s" % told(probe))


def test_long(weston, probe):
    "5 MiB go both ways"
    Owner(weston.display, {"UTF8_STRING": LONG})
    probe.wait(lambda: TEXT in told(probe), "it to be offered")
    check(pasted(weston, probe, TEXT) == LONG, "the client gets another")
    copy(weston, probe, {TEXT: LONG[::-1]})
    paster = Paster(weston.display)
    wait_for_targets(probe, paster, "UTF8_STRING", "STRING")
    check(paste_bytes(weston.display, "UTF8_STRING") == LONG[::-1], "X11 gets another")
    check(paste_bytes(weston.display, "STRING") == LONG[::-1], "in Latin-1 it is another")


def test_wayland(weston, probe):
    "text goes both ways between X11 and Wayland applications"
    target = os.path.join(weston.dir, "copied")
    with open(target, "w", encoding="ascii") as file:
        file.write("\033]52;c;%s\a" % base64.b64encode(COPIED.encode()).decode())
    w = start_foot(weston, probe, "sh", "-c", "read -r line; cat copied; exec cat > pasted")
    probe.wait(lambda: probe.focus == w.number, "the focus")
    probe.type("\n")
    probe.wait(lambda: paste(weston.display, 1.0) == COPIED, "what the terminal copied")
    Owner(weston.display, "from X11")
    wait_for_copy(weston, probe, TEXT, b"from X11")
    for code in (29, 42):  # Control and Shift
        probe.send("key", code, 1)
    probe.key(47)
    for code in (42, 29):
        probe.send("key", code, 0)
    out = os.path.join(weston.dir, "pasted")
    probe.type("\n")
    probe.wait(lambda: os.path.exists(out) and read(out), "what the terminal pastes")
    check(read(out) == b"from X11\n", "it pastes %r" % read(out))


def test_owner_ends(weston, probe):
    "an X11 application that ends takes away nothing that others copied, and its text stays"
    owner = Owner(weston.display, COPIED)
    wait_for_copy(weston, probe, TEXT, COPIED.encode())
    owner.close()
    probe.wait(lambda: paste(weston.display, 1.0) == COPIED, "X11 to have it still")
    wait_for_copy(weston, probe, TEXT, COPIED.encode())
    mute = Owner(weston.display, "never told", mute=True)
    mute.close()
    probe.wait(lambda: paste(weston.display, 1.0) == COPIED, "X11 to have it again")


def test_ends_in_the_middle(weston, probe):
    "whoever ends in the middle of a transfer costs that transfer only"
    owner = Owner(weston.display, {"image/png": LONG, "UTF8_STRING": b"text"},
                  dies_after=len(LONG) // 2)
    wait_for_copy(weston, probe, TEXT, b"text")
    path = start_paste(weston, probe, "image/png", "peek")
    probe.wait(lambda: os.path.exists(path), "a little of it")
    check(owner.owns(), "it ended with who read it")
    path = start_paste(weston, probe, "image/png")
    probe.wait(lambda: os.path.exists(path), "the end of it")
    check(len(read(path)) < len(LONG), "it was whole")
    copy(weston, probe, {"image/png": LONG})
    paster = Paster(weston.display)
    wait_for_targets(probe, paster, "image/png")
    check(paster.paste("image/png", stops_after=len(LONG) // 2) is None, "it was whole")
    paster.close()
    check(paste_bytes(weston.display, "image/png") == LONG, "the next one gets another")


def test_many_changes(weston, probe):
    "of a hundred changes in a row, all that copy in turn, the last one counts"
    owners = [Owner(weston.display, "text %d" % n) for n in range(10)]
    for _ in range(10):
        for owner in owners:
            owner.own()
    wait_for_copy(weston, probe, TEXT, b"text 9")
    check(owners[9].owns(), "the last one does not have it any more")
    for n in range(50):
        owners[n % 10].own()
        copy(weston, probe, {TEXT: b"client %d" % n})
    # Whichever it was, it is so for everybody
    probe.wait(lambda: paste(weston.display, 1.0) == "client 49" or
               paste(weston.display, 1.0) == "text 9" and
               pasted(weston, probe, TEXT) == b"text 9", "one of the last two")
    copy(weston, probe, {TEXT: b"the end"})
    probe.wait(lambda: paste(weston.display, 1.0) == "the end", "the very last one")


def test_silence(weston, probe):
    "who never answers is given up, and nobody else waits for it"
    copy(weston, probe, {TEXT: b"before"})
    paster = Paster(weston.display)
    wait_for_targets(probe, paster, "UTF8_STRING")
    mute = Owner(weston.display, "never told", mute=True)
    probe.sync()
    check(mute.owns(), "it was taken from who copied last")
    mute.close()
    probe.wait(lambda: paste(weston.display, 1.0) == "before", "what was there before")
    owner = Owner(weston.display, "after")
    wait_for_copy(weston, probe, TEXT, b"after")
    owner.mute = True
    before = owner.heard_of
    path = start_paste(weston, probe, TEXT)
    probe.wait(lambda: owner.heard_of > before, "it to be asked")
    other = Owner(weston.display, {"UTF8_STRING": b"other", "image/png": LONG})
    wait_for_copy(weston, probe, TEXT, b"other")
    probe.wait(lambda: "image/png" in told(probe), "the picture to be offered")
    check(not os.path.exists(path), "it ended before its time")
    check(pasted(weston, probe, "image/png") == LONG, "something long is another")
    check(other.owns(), "it was taken from who copied last")
    copy(weston, probe, {TEXT: None, "image/bmp": PICTURE})
    wait_for_targets(probe, paster, "UTF8_STRING", "image/bmp")
    check(paster.paste("UTF8_STRING", 1.0) is None, "what never comes came")
    check(paste_bytes(weston.display, "image/bmp") == PICTURE, "the picture is another")
    probe.wait(lambda: os.path.exists(path), "an end", 30)
    check(read(path) == b"", "something came")


def test_first_application(weston, probe):
    "what the first X11 application copies at once is newer than what was there before it"
    for n in range(5):
        copy(weston, probe, {TEXT: b"before"})
        probe.sync()
        owner = Owner(weston.display, "first %d" % n)
        wait_for_copy(weston, probe, TEXT, b"first %d" % n)
        check(owner.owns(), "it was taken from who copied it")
        server = weston.x11_child("Xwayland")
        os.kill(server, signal.SIGKILL)
        probe.wait(lambda: weston.x11_child("Xwayland") != server, "the X server to end")


def test_manager_comes_back(weston, probe):
    "kill -9 of the window manager costs X11 applications nothing that they copied"
    owner = Owner(weston.display, COPIED)
    wait_for_copy(weston, probe, TEXT, COPIED.encode())
    victim = weston.x11_child("sill-x11-wm")
    before = owner.asked
    os.kill(victim, signal.SIGKILL)
    probe.wait(lambda: weston.x11_child("sill-x11-wm") not in (None, victim), "the next one")
    probe.wait(lambda: TEXT in told(probe) and pasted(weston, probe, TEXT) == COPIED.encode() and
               owner.asked > before, "it to be asked again")
    check(owner.owns(), "it was taken from who copied it")


if __name__ == "__main__":
    main(globals())
