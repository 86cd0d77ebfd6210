"""Holds the terminal from the first moment on: shows the saved frame, keeps the keys, gives all back."""

import _signal as signals  # type: ignore[import-not-found] # what `signal` wraps, without its enums: 5 ms
import os
import sys

from tui.frame import Frames, frames
from tui.launch import Environ, plain_launch

ENTER = b"\x1b[?1049h\x1b[?25l\x1b[?7l"
LEAVE = b"\x1b[0m\x1b[?7h\x1b[?1049l\x1b[?25h"
MODES = b"\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[<u"
"""Ends what a driver may have begun (mouse, paste, focus, kitty's keys), where a signal comes in between."""

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")

INPUT, OUTPUT, SCREEN = 0, 1, 2
"""The screen is drawn on standard error, as Textual does."""


class Hold:
    """The terminal as it was found, and whether a saved frame stands on it."""

    __slots__ = ("_held", "before", "frames", "shown")

    def __init__(self) -> None:
        self.before: list[int | list[bytes | int]] | None = None
        self.frames: Frames | None = None
        self.shown = False
        self._held = False

    def take(self) -> None:
        """Stop the terminal's echo and line editing, so that keys wait as they are for whoever reads them."""
        import termios  # noqa: PLC0415 - Windows has none

        self.before = termios.tcgetattr(INPUT)
        quiet = termios.tcgetattr(INPUT)
        quiet[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
        quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        quiet[6][termios.VMIN] = 1
        self._held = True
        for name in SIGNALS:
            number = getattr(signals, name)
            if signals.getsignal(number) in (signals.SIG_DFL, signals.default_int_handler):
                signals.signal(number, self._signalled)
        termios.tcsetattr(INPUT, termios.TCSANOW, quiet)

    def show(self, frame: bytes) -> None:
        """Write a saved frame."""
        self.shown = True
        write_all(ENTER + frame)

    def hand_over(self) -> None:
        """Leave it to the driver to give the terminal back."""
        self._held = False

    def leave(self) -> None:
        """Give the terminal back as it was found, unless that is the driver's part by now."""
        if self._held:
            self._held = False
            self._restore(LEAVE if self.shown else b"")

    def _restore(self, sequence: bytes) -> None:
        import termios  # noqa: PLC0415

        try:
            write_all(sequence)
            if self.before is not None:
                termios.tcsetattr(INPUT, termios.TCSANOW, self.before)
        except (OSError, termios.error):
            return  # the terminal has gone

    def _signalled(self, number: int, _: object) -> None:
        self._restore(MODES + LEAVE if self.shown or not self._held else b"")
        os._exit(128 + number)


def write_all(data: bytes) -> None:
    """Write to the screen's file; raises OSError."""
    while data:
        data = data[os.write(SCREEN, data) :]


def hold(arguments: list[str], environ: Environ) -> Hold | None:
    """Hold the terminal for a start of the reader; None for commands, and where there is nothing to hold."""
    launch = plain_launch(arguments)
    if launch is None or not _is_terminal(environ):
        return None
    held = Hold()
    try:
        held.take()
        held.frames = frames(launch, environ)
        if held.frames is not None and launch.splash:
            size = os.get_terminal_size(OUTPUT)
            frame = held.frames.load(size.columns, size.lines)
            if frame:
                held.show(frame)
    except Exception:  # a start without a frame is better than none
        held.leave()
        return None
    return held


def _is_terminal(environ: Environ) -> bool:
    return (
        sys.platform != "win32"
        and environ.get("TERM", "") not in ("", "dumb")
        and not environ.get("TEXTUAL_DRIVER")
        and all(os.isatty(descriptor) for descriptor in (INPUT, OUTPUT, SCREEN))
    )
