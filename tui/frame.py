"""The last frame of the screen, kept in a file: the next start shows it before anything is imported."""

import os

from tui import __version__
from tui.launch import Environ, Launch, config_file, data_folder

NAME = "frame"
MAGIC = "huoyuan frame 1"
MOST_BYTES = 1 << 20
PRIME = (1 << 61) - 1

LOOK = ("TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_THEME")
SPEECH = ("HUOYUAN_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")
"""Variables that decide how a frame looks, and in which language it is."""

CONTROLS = bytes(byte for byte in range(32) if byte != 0x1B) + b"\x7f"
NUMBERS = b"0123456789;"


class Frames:
    """Where the frame of one start lies, and what it must have been made for to be shown."""

    __slots__ = ("_key", "path")

    def __init__(self, path: str, key: tuple[str, ...]) -> None:
        self.path = path
        self._key = key

    def load(self, columns: int, rows: int) -> bytes:
        """The saved frame for a terminal of this size; b"" when there is none to be trusted."""
        try:
            with open(self.path, "rb") as file:
                saved = file.read(MOST_BYTES + 1)
        except OSError:
            return b""
        head, _, frame = saved.partition(b"\n")
        return frame if head == self._head(columns, rows, frame) and is_harmless(frame) else b""

    def save(self, columns: int, rows: int, frame: bytes) -> bool:
        """Keep a frame, whole or not at all; tells whether it was kept."""
        if len(frame) > MOST_BYTES - 4096 or not is_harmless(frame):
            return False
        part = f"{self.path}.{os.getpid()}"
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(descriptor, "wb") as file:
                file.write(self._head(columns, rows, frame) + b"\n" + frame)
            os.replace(part, self.path)
        except OSError:
            return False
        return True

    def drop(self) -> None:
        """Forget the frame: what it shows is not what the next start will look like."""
        try:
            os.unlink(self.path)
        except OSError:
            return

    def _head(self, columns: int, rows: int, frame: bytes) -> bytes:
        check = int.from_bytes(frame, "little") % PRIME
        fields = (MAGIC, f"{columns}x{rows}", *self._key, str(len(frame)), str(check))
        return repr(fields).encode("utf-8", "backslashreplace")


def frames(launch: Launch, environ: Environ) -> Frames | None:
    """The frames of a start; None where its places are unknown, or its feeds.toml is not there yet."""
    config = launch.config or config_file(environ)
    folder = launch.data or data_folder(environ)
    if not config or not folder:
        return None
    try:
        state = os.stat(config)
    except OSError:
        return None
    # another theme, language or set of feeds is another file
    written = f"{state.st_mtime_ns} {state.st_size} {state.st_ino}"
    words = [f"{name}={environ.get(name, '')}" for name in LOOK + SPEECH]
    folder = os.path.abspath(folder)
    key = (__version__, folder, os.path.abspath(config), written, *words)
    return Frames(os.path.join(folder, NAME), key)


def is_harmless(frame: bytes) -> bool:
    """Whether a frame holds nothing but text, colours (SGR) and cursor positions (CUP)."""
    if frame.translate(None, CONTROLS) != frame:
        return False
    if any(bytes((0xC2, byte)) in frame for byte in range(0x80, 0xA0)):
        return False
    before, *sequences = frame.split(b"\x1b")
    return not before and all(
        part[:1] == b"[" and part[1:].lstrip(NUMBERS)[:1] in (b"m", b"H") for part in sequences
    )
