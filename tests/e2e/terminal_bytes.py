"""What a program may write to a terminal: text that is seen, colours, places, and the modes that we use."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator

from tests.hostile import JOINER, unsafe

MODES = (
    b"\x1b[?1049h", b"\x1b[?1049l",  # the alternate screen
    b"\x1b[?25h", b"\x1b[?25l",  # the cursor
    b"\x1b[?7h", b"\x1b[?7l",  # wrapping at the edge
    b"\x1b[?1000h", b"\x1b[?1003h", b"\x1b[?1006h", b"\x1b[?1015h",  # the mouse
    b"\x1b[?1000l", b"\x1b[?1003l", b"\x1b[?1006l", b"\x1b[?1015l",
    b"\x1b[?1004h", b"\x1b[?1004l",  # focus
    b"\x1b[?2004h", b"\x1b[?2004l",  # pastes in brackets
    b"\x1b[?2026$p", b"\x1b[?2048$p",  # whether frames can be held together, sizes be told
    b"\x1b[>1u", b"\x1b[<u",  # kitty's keys
    b"\x1b]22;default\x07", b"\x1b]22;pointer\x07", b"\x1b]22;text\x07",  # the mouse's shape
)  # fmt: skip
"""Every sequence of ours that is always the same."""

ALLOWED = re.compile(
    rb"\x1b\[[0-9;]*m|\x1b\[[0-9]+;[0-9]+H|\r|\n|\t|" + b"|".join(map(re.escape, MODES)), re.ASCII
)
COPIES = re.compile(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07")


def copies(written: bytes) -> list[str]:
    """What was put on the clipboard by the terminal, in order."""
    return [b64decode(found[1]).decode() for found in COPIES.finditer(written)]


def strangers(written: bytes) -> Iterator[str]:
    """Whatever a program wrote beside text, the sequences of `MODES`, colours, places and copies."""
    text = ALLOWED.sub(b"", COPIES.sub(b"", written)).decode("utf-8", "backslashreplace")
    for found in re.finditer(r"[\x1b\x90-\x9f].{0,20}", text, re.DOTALL):
        yield repr(found[0])
    for char in sorted(unsafe(text) - {"\x1b"}):
        place = text.index(char)
        yield f"U+{ord(char):04X} in {text[max(0, place - 20) : place + 20]!r}"
    for found in re.finditer(f"[ -~]{JOINER}|{JOINER}[ -~]", text):
        yield f"a joiner between {found[0]!r}"


def without_sequences(written: bytes) -> str:
    """The text of what was written, with a line end where the cursor was put elsewhere."""
    text = re.sub(rb"\x1b\[[0-9]+;[0-9]+H", b"\n", COPIES.sub(b"", written))
    return ALLOWED.sub(lambda found: b"\n" if found[0] == b"\n" else b"", text).decode("utf-8", "replace")
