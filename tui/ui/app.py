"""The Textual app: themes, style sheet, signals, the saved frame; everything else is the main screen's."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable, Mapping

from rich.console import RenderableType
from textual import events
from textual.driver import Driver
from textual.timer import Timer

from tui import processes
from tui.frame import Frames
from tui.reader import Reader
from tui.text.clean import clean_line, clean_text
from tui.ui.article_layout import Say
from tui.ui.driver.apps import DiscreetApp, after_stop, drop_colour_filter, has_toasts, hurry, keep_little
from tui.ui.driver.screens import frame_of
from tui.ui.main_screen import MainScreen
from tui.ui.rest import Rest
from tui.ui.themes import THEMES

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")

ENDS_WELL = (None, 0, *(128 + getattr(signal, name, 0) for name in SIGNALS))

LONGEST_PASTE = 4_000
"""Characters of a paste that a field takes."""

NOTICE_SECONDS = 30.0
"""What became of a damaged database may be read at leisure."""

REST_SECONDS = 30.0
"""So long after the last key memory is given back."""

SAVE_SECONDS = 20.0
"""So long after a change the frame is saved, for an end that gives no time to."""


def pasted(text: str) -> str:
    """What a field takes of a paste: its first line, cleaned, as the field would write it as it is."""
    return clean_line(clean_text(text[: 2 * LONGEST_PASTE]).partition("\n")[0], LONGEST_PASTE)


class HuoyuanApp(DiscreetApp, inherit_bindings=False):
    """Shows the main screen over a reader; ends cleanly on the usual signals."""

    CSS_PATH = "style.tcss"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    """The article has a selection of its own; Textual's fails on a widget that is leaving."""

    def __init__(
        self,
        reader: Reader,
        say: Say,
        keymap: Mapping[str, tuple[str, ...]],
        *,
        frames: Frames | None = None,
        driver_class: type[Driver] | None = None,
        farewell: Callable[[int], None] | None = None,
        notice: str = "",
    ) -> None:
        super().__init__(driver_class=driver_class)
        drop_colour_filter(self)
        keep_little()
        self._reader = reader
        self._say = say
        self._sequences = keymap
        self._frames = frames
        self._farewell = farewell
        self._notice = notice
        self._saving: Timer | None = None
        self._rest = Rest(self, REST_SECONDS, self._give_memory_back)
        self._code: int | None = None
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = reader.config.reader.theme
        self.stylesheet.set_variables(self.get_css_variables())
        self._styled_for = self.theme

    def refresh_css(self, animate: bool = True) -> None:
        """Read the style sheet again for another theme; Textual would also do so before the first frame."""
        if self._styled_for != self.theme:
            self._styled_for = self.theme
            super().refresh_css(animate)

    def get_default_screen(self) -> MainScreen:
        """The main screen from the start: one before it would be laid out and painted for nothing."""
        self._main = MainScreen(self._reader, self._say, self._sequences)
        return self._main

    def on_mount(self) -> None:
        """Take the signals over: Textual would leave the terminal raw."""
        loop = asyncio.get_running_loop()

        def signalled(number: int, _: object) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended, and soon the process
                loop.call_soon_threadsafe(self._end, 128 + number)
            hurry(self)

        for name in SIGNALS:
            number = getattr(signal, name, None)
            # Windows has not all of them; tests run off the main thread
            with contextlib.suppress(ValueError):
                if number is not None:
                    # the loop's own handlers would not interrupt a write to a terminal that takes nothing
                    signal.signal(number, signalled)
        after_stop(self, self._save_at_end)
        if self._notice:
            self.notify(self._notice, severity="warning", timeout=NOTICE_SECONDS, markup=False)

    async def on_event(self, event: events.Event) -> None:
        """Hand a key to the screen at once, which may be gone when the next key comes.

        It would bubble there through all panes around the focus, and those behind it with it.
        """
        if isinstance(event, events.Key) and self.screen_stack:
            self._rest.touch()
            take_key = getattr(self.screen_stack[-1], "take_key", None)
            if take_key is not None and take_key(event):
                return
        elif isinstance(event, events.Paste):
            event.text = pasted(event.text)
            take_paste = getattr(self.screen, "take_paste", None)
            if take_paste is not None and take_paste(event.text):
                return
        await super().on_event(event)

    def _give_memory_back(self) -> None:
        # searches and the book leave megabytes behind; a key that comes meanwhile does not wait for it
        threading.Thread(target=processes.give_memory_back, name="rest", daemon=True).start()

    def _end(self, code: int) -> None:
        self.exit(return_code=code)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End with the code that is asked for first; a dialog that was just opening may fail on the way."""
        if self._code is None:
            self._code = return_code
        super().exit(result, return_code, message)

    # -- the saved frame -------------------------------------------------------------------------

    def post_display_hook(self) -> None:
        """Save what is shown once it has stood for a while; a screen that does not change costs nothing."""
        if self._frames is not None and self._saving is None and self.is_running:
            self._saving = self.set_timer(SAVE_SECONDS, self._save_at_rest)

    def _save_at_rest(self) -> None:
        self._saving = None
        self.save_frame()

    def _save_at_end(self) -> None:
        """The terminal has been given back, to a shell for a while or for good; the panes are still there."""
        code = self.return_code if self._code is None else self._code
        if code not in ENDS_WELL:
            return
        if not has_toasts(self):
            self._main.settle()
            self.save_frame()
        if code is not None and self._farewell is not None:
            # taking the widgets apart, one by one, would only keep the shell waiting
            self._farewell(code)

    def save_frame(self) -> None:
        """Keep what the main screen shows for the next start, or nothing where that would look otherwise."""
        if self._frames is None:
            return
        if self.theme != self._reader.config.reader.theme or not self._reader.config.reader.splash:
            self._frames.drop()
            return
        width, height = self._main.size
        self._frames.save(width, height, frame_of(self._main))
