"""Every private name of Textual that the program touches, so that an upgrade has one place to look at.

`FastDriver` is Textual's driver for Linux and macOS with other habits: it sleeps until a key comes, tells Esc
from a sequence by the time that is left, writes to the terminal without a queue, and stops at once. Where the
installed Textual has not the names that it stands on, the stock driver serves.
"""

from __future__ import annotations

import os
import re
import select
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import TypeVar, cast

from rich.segment import Segment, Segments
from textual import constants, events
from textual._compositor import Compositor
from textual._parser import Parser
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.filter import ANSIToTruecolor
from textual.geometry import Size
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip

from tui import crash
from tui.hold import Hold
from tui.ui.composing import keep_letters

if sys.platform != "win32":
    from textual.drivers._writer_thread import WriterThread
    from textual.drivers.linux_driver import LinuxDriver

T = TypeVar("T")

READ_BYTES = 4096
ALTERNATE = "\x1b[?1049h"
PLAIN_KITTY = "\x1b[>1u"
"""Kitty's "disambiguate" alone: with "report all keys" iTerm2 and WezTerm on Windows lose Chinese input."""

PASTE = "\x1b[200~"

ESCAPE_SECONDS = 0.03
"""So long is waited for what makes a sequence of an Esc, unless ESCDELAY says otherwise."""

LONE_ESCAPE = re.compile(r"(?<=\x1b)(?=[^\x1b\[\]OPX^_\\])")
"""Behind an Esc that begins no sequence of a terminal: with Alt held, or typed fast or on a jerky line."""

HURRY_SECONDS = 0.1
HURRY_BYTES = 1
"""All that a terminal that has said it can take some bytes is sure to take without blocking."""


class DiscreetApp(App[None], inherit_bindings=False):
    """An app whose end by a mistake tells where it happened: Textual's own word has all locals in it."""

    def _fatal_error(self) -> None:
        error = self._exception
        if error is None or os.environ.get(crash.DEBUG):
            super()._fatal_error()
            return
        self._exit_renderables.append(Segments([Segment(crash.told(error) + "\n")]))
        self._close_messages_no_wait()


class SettledScreen(Screen[T]):
    """A screen that is laid out once a size, and styled once: Textual does both several times at a start."""

    def __init__(self) -> None:
        super().__init__()
        keep_letters(self)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Leave the styles as they are: they were found as the panes came, and a theme finds them anew."""
        event.refresh_styles = False

    def _screen_resized(self, size: Size) -> None:
        if size != self._compositor.size:
            super()._screen_resized(size)


FOUNDATIONS: tuple[tuple[object, tuple[str, ...]], ...] = (
    (App.__init__, ("_driver", "_filters", "_notifications")),
    (App._handle_exception, ("_exception", "_fatal_error")),
    (App._fatal_error, ("_exit_renderables", "_close_messages_no_wait")),
    (Screen.__init__, ("_compositor",)),
    (Screen._on_resize, ("_screen_resized",)),
    (Compositor.reflow, ("size",)),
    (Compositor.render_strips, ("size", "_render_chops")),
    (Compositor.render_partial_update, ("_render_chops", "cuts")),
    (Compositor._render_chops, ("cuts", "_get_renders")),
    (Parser.__init__, ("_timeout_time",)),
    (Parser.feed, ("_timeout_time", "data")),
    (Parser.tick, ("_timeout_time",)),
    (XTermParser.__init__, ("debug",)),
    (XTermParser.parse, ("constants", "ESCAPE_DELAY")),
    (Driver.__init__, ("_loop", "_app", "_debug")),
    (Driver.send_message, ("_post_message",)),
)
"""Functions of Textual and the names that each must use for ours to work."""

UNDER_FAST_DRIVER = {
    "__init__": ("_file", "fileno", "attrs_before", "exit_event", "_key_thread", "_writer_thread"),
    "start_application_mode": ("WriterThread", "attrs_before", "_run_input_thread", "_key_thread", "write"),
    "stop_application_mode": ("disable_input", "attrs_before", "write"),
    "disable_input": ("exit_event", "_key_thread", "_disable_mouse_support", "tcflush"),
    "close": ("_writer_thread", "stop"),
    "_run_input_thread": ("run_input_thread",),
    "run_input_thread": ("exit_event", "XTermParser"),
    "process_message": ("InBandWindowResize",),
    "suspend_application_mode": ("stop_application_mode", "close"),
}
"""The same for the methods of LinuxDriver that `FastDriver` replaces or builds upon."""


def missing_names() -> list[str]:
    """The names that the installed Textual lacks, as "function: name"; none on the version we pin."""
    wanted = list(FOUNDATIONS)
    if sys.platform != "win32":
        wanted += [(getattr(LinuxDriver, name, None), names) for name, names in UNDER_FAST_DRIVER.items()]
    return [
        f"{function}: {name}" for function, names in wanted for name in names if not _uses(function, name)
    ]


def _uses(function: object, name: str) -> bool:
    code = getattr(function, "__code__", None)
    return code is not None and any(name in names for names in (code.co_names, code.co_varnames))


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


def write_sequence(app: App[None], sequence: str) -> None:
    """Write a control sequence to the terminal, past the screen; nothing when there is no terminal."""
    driver = app._driver
    if driver is not None:
        driver.write(sequence)
        driver.flush()


def hurry(app: App[None]) -> None:
    """End a write that the terminal does not take: the program is to end."""
    driver = app._driver
    if sys.platform != "win32" and isinstance(driver, FastDriver):
        driver.hurry()


def after_stop(app: App[None], then: Callable[[], None]) -> None:
    """Have something done each time the terminal has been given back, at the end or for a shell."""
    driver = app._driver
    if sys.platform != "win32" and isinstance(driver, FastDriver):
        driver.then = then


def drop_colour_filter(app: App[None]) -> None:
    """Take out the filter that would look for the terminal's own colours in every line: we use none."""
    app._filters[:] = [
        line_filter
        for line_filter in app._filters
        if line_filter.enabled and not isinstance(line_filter, ANSIToTruecolor)
    ]


def has_toasts(app: App[None]) -> bool:
    """Whether messages stand before the screen."""
    return len(app._notifications) > 0


def frame_of(screen: Screen[None]) -> bytes:
    """What a screen shows, as text with colours and cursor positions."""
    console = screen.app.console
    strips = screen._compositor.render_strips()
    lines = (f"\x1b[{y};1H{_unlinked(strip).render(console)}" for y, strip in enumerate(strips, 1))
    return ("".join(lines) + "\x1b[0m").encode("utf-8", "replace")


def _unlinked(strip: Strip) -> Strip:
    if not any(segment.style is not None and segment.style.link for segment in strip):
        return strip
    return Strip(
        Segment(segment.text, segment.style.update_link(None) if segment.style else None) for segment in strip
    )


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
                os.write(self._wake_write, b"q")
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
                if self._wake_read in ready:
                    os.read(self._wake_read, READ_BYTES)
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
            for event in self._events(parser, decode(data)):
                self.process_message(event)
            return True

        def _events(self, parser: XTermParser, text: str) -> Iterator[Message]:
            """What the parser makes of a text, with an Esc that stands alone told as such."""
            if self.alt_keys or PASTE in text:
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
