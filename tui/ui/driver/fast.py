"""Textual's driver for Linux and macOS with other habits.

It sleeps until a key comes, tells Esc from a sequence by the time that is left, writes to the terminal
without a queue, and stops at once. Where the installed Textual has not the names that this folder stands on,
the stock driver serves.
"""

from __future__ import annotations

import os
import re
import select
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import cast

from textual import constants, events
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.message import Message

from tui.hold import Hold
from tui.ui.driver.names import missing_names
from tui.ui.driver.pasting import Pastes

if sys.platform != "win32":
    from textual.drivers._writer_thread import WriterThread
    from textual.drivers.linux_driver import LinuxDriver

READ_BYTES = 4096
STOP, GO_ON = b"q", b"\n"
ALTERNATE = "\x1b[?1049h"
PLAIN_KITTY = "\x1b[>1u"
"""Kitty's "disambiguate" alone: with "report all keys" iTerm2 and WezTerm on Windows lose Chinese input."""

ESCAPE_SECONDS = 0.03
"""So long is waited for what makes a sequence of an Esc, unless ESCDELAY says otherwise."""

LONE_ESCAPE = re.compile(r"(?<=\x1b)(?=[^\x1b\[\]OPX^_\\])")
"""Behind an Esc that begins no sequence of a terminal: with Alt held, or typed fast or on a jerky line."""

MOST_AHEAD = 128
"""Events that the app is given at once; what comes faster than it can do them waits in the terminal."""

LOOK_SECONDS = 0.005
"""Between two looks at whether it has."""

HURRY_SECONDS = 0.1
HURRY_BYTES = 1
"""All that a terminal that has said it can take some bytes is sure to take without blocking."""


def fast_driver(
    held: Hold | None, environ: Mapping[str, str], *, alt_keys: bool = False
) -> type[Driver] | None:
    """The driver for this platform and environment; None where Textual's own choice must stand.

    Without `alt_keys` an Alt with a key is what terminals make of it: an Esc and the key.
    """
    if sys.platform == "win32" or environ.get("TEXTUAL_DRIVER"):
        return None
    if missing_names():
        # the stock driver would ask for all keys
        constants.DISABLE_KITTY_KEY = True  # type: ignore[misc]
        return None
    if "ESCDELAY" not in environ:
        constants.ESCAPE_DELAY = ESCAPE_SECONDS  # type: ignore[misc]

    class HeldDriver(FastDriver):
        """The driver of a terminal that was held before Textual was there."""

    HeldDriver.held = held
    HeldDriver.alt_keys = alt_keys
    return HeldDriver


def _fed(parser: XTermParser, text: str) -> Iterator[Message]:
    """What the parser makes of a text; it takes an empty one for the end of all input."""
    return iter(parser.feed(text) if text else ())


class _Interrupted(Exception):
    """A write was given up."""


class _Direct:
    """What LinuxDriver takes for its writer thread: there is none, so nothing is queued."""

    def start(self) -> None:
        """Nothing to start."""

    def stop(self) -> None:
        """Nothing to stop."""


if sys.platform != "win32":

    class FastDriver(LinuxDriver):
        """Sleeps until something happens, and lets a slow terminal slow the painting down."""

        held: Hold | None = None
        alt_keys = False

        def __init__(self, app: App[None], **settings: object) -> None:
            super().__init__(app, **settings)  # type: ignore[arg-type]
            self._screen_fd = sys.__stderr__.fileno() if sys.__stderr__ else 2
            self._encoding = (sys.__stderr__ and sys.__stderr__.encoding) or "utf-8"
            self._wake_read, self._wake_write = os.pipe()
            self._gone = False
            self._hurried = False
            self._writing = False
            self._started = False
            self._escaped = False
            self._given = 0
            self._pastes = Pastes()
            self._direct = cast(WriterThread, _Direct())
            self.then: Callable[[], None] = lambda: None

        @property
        def _writer_thread(self) -> WriterThread | None:
            return self._direct

        @_writer_thread.setter
        def _writer_thread(self, _: object) -> None:
            """Textual sets a thread with a queue of thirty frames, for a slow line seconds of work."""

        # -- writing -----------------------------------------------------------------------------

        def write(self, data: str) -> None:
            """Write at once, and wait with a terminal that is slow: frames that would pile up become one."""
            held = self.held
            if data == ALTERNATE and held is not None and held.shown:
                held.shown = False
                return
            if data.startswith("\x1b[>") and data.endswith("u"):
                data = PLAIN_KITTY
            if self._gone:
                return
            self._writing = True
            try:
                self._write(data.encode(self._encoding, "replace"))
            except _Interrupted:
                pass
            except OSError:
                self._lose()
            finally:
                self._writing = False

        def _write(self, data: bytes) -> None:
            while data:
                if not self._hurried:
                    data = data[os.write(self._screen_fd, data) :]
                elif select.select([], [self._screen_fd], [], HURRY_SECONDS)[1]:
                    data = data[os.write(self._screen_fd, data[:HURRY_BYTES]) :]
                else:
                    raise OSError("the terminal takes nothing")

        def hurry(self) -> None:
            """Give up a write in progress (called by a signal), and wait for no later one."""
            if not self._hurried:
                self._hurried = True
                # opened anew it can be told not to block, which would else be told to the shell's own too
                with suppress(OSError):
                    name = os.ttyname(self._screen_fd)
                    self._screen_fd = os.open(name, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
            if self._writing:
                raise _Interrupted

        def _lose(self) -> None:
            """The terminal has gone: nothing can be shown any more, so the program ends."""
            before, self._gone = self._gone, True
            if not before and not self._hurried:
                self._loop.call_soon_threadsafe(lambda: self._app.exit(return_code=129))

        # -- starting and stopping ---------------------------------------------------------------

        def start_application_mode(self) -> None:
            """Start, and remember the terminal as it was before the program held it."""
            super().start_application_mode()  # type: ignore[no-untyped-call]
            held, self.held = self.held, None
            if held is not None and held.before is not None:
                self.attrs_before = held.before
                held.hand_over()
            if self._started:
                # back from a shell: the terminal has forgotten what stood on it, Textual has not
                self._loop.call_soon_threadsafe(self._app.call_later, self._app.refresh)
            self._started = True

        def stop_application_mode(self) -> None:
            """Give the terminal back."""
            super().stop_application_mode()
            self.then()

        def disable_input(self) -> None:
            """Have the input thread end at once."""
            if self._key_thread is not None and self._key_thread.is_alive():
                os.write(self._wake_write, STOP)
            super().disable_input()

        # -- reading -----------------------------------------------------------------------------

        def run_input_thread(self) -> None:
            """Read keys until the driver stops or the terminal goes."""
            parser = XTermParser(self._debug)
            # bytes that are no UTF-8 (GBK typed or pasted) must not end the program
            decode = getincrementaldecoder("utf-8")("replace").decode
            while True:
                due = parser._timeout_time
                left = None if due is None else max(0.0, due - get_time())
                ready, _, _ = select.select([self.fileno, self._wake_read], [], [], left)
                if self._wake_read in ready and STOP in os.read(self._wake_read, READ_BYTES):
                    return
                if self.fileno in ready and not self._read(parser, decode):
                    return
                for event in parser.tick():
                    self.process_message(event)

        def _read(self, parser: XTermParser, decode: Callable[[bytes], str]) -> bool:
            try:
                data = os.read(self.fileno, READ_BYTES)
            except OSError:
                data = b""
            if not data:
                self._lose()
                return False
            return all(map(self._give, self._events(parser, decode(data))))

        def _give(self, event: Message) -> bool:
            """Give the app an event; False when the input is to stop.

            Keys that came faster than they are dealt with would pile up without end, and with them the
            dialogs that they have left: Textual lets these go when nothing is waiting.
            """
            self.process_message(event)
            self._given += 1
            if self._given % MOST_AHEAD:
                return True
            self._loop.call_soon_threadsafe(self._look)
            return STOP not in os.read(self._wake_read, READ_BYTES)

        def _look(self) -> None:
            """Let the input thread go on once the app has nothing left to do."""
            if not self._app.message_queue_size:
                os.write(self._wake_write, GO_ON)
            else:
                self._loop.call_later(LOOK_SECONDS, self._look)

        def send_message(self, message: Message) -> None:
            """Give the app an event in its turn; Textual makes a task and two futures of each."""
            self._app.post_message(message)

        def _events(self, parser: XTermParser, text: str) -> Iterator[Message]:
            """What a text says, each paste as one."""
            for is_pasted, part in self._pastes.parts(text):
                if is_pasted:
                    yield events.Paste(part)
                else:
                    yield from self._typed(parser, part)

        def _typed(self, parser: XTermParser, text: str) -> Iterator[Message]:
            """What the parser makes of a text, with an Esc that stands alone told as such."""
            if self.alt_keys:
                yield from _fed(parser, text)
                return
            escaped = "\x1b" if self._escaped and parser._timeout_time is not None else ""
            self._escaped = text.endswith("\x1b")
            first, *others = LONE_ESCAPE.split(escaped + text)
            yield from _fed(parser, first.removeprefix(escaped))
            for other in others:
                if parser._timeout_time is not None:
                    parser._timeout_time = 0.0
                    yield from parser.tick()
                yield from _fed(parser, other)
