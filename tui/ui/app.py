"""The Textual app: themes, style sheet, signals; everything else is the main screen's."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Mapping

from textual import events
from textual.app import App

from tui.reader import Reader
from tui.ui.article_layout import Say
from tui.ui.main_screen import MainScreen
from tui.ui.themes import THEMES

SIGNALS = ("SIGTERM", "SIGHUP", "SIGQUIT")


class HuoyuanApp(App[None], inherit_bindings=False):
    """Shows the main screen over a reader; ends cleanly on the usual signals."""

    CSS_PATH = "style.tcss"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, reader: Reader, say: Say, keymap: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._reader = reader
        self._say = say
        self._sequences = keymap
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = reader.config.reader.theme

    def on_mount(self) -> None:
        """Show the screen and take the signals over: Textual would leave the terminal raw."""
        loop = asyncio.get_running_loop()
        for name in SIGNALS:
            number = getattr(signal, name, None)
            # Windows has neither these signals nor handlers on its loop; tests run off the main thread
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                if number is not None:
                    loop.add_signal_handler(number, self._signalled, int(number))
        self.push_screen(MainScreen(self._reader, self._say, self._sequences))

    async def on_event(self, event: events.Event) -> None:
        """Hand a key to the main screen at once; it would bubble there through all panes around the focus."""
        screen = self.screen_stack[-1] if self.screen_stack else None
        if isinstance(event, events.Key) and isinstance(screen, MainScreen) and screen.take_key(event):
            return
        await super().on_event(event)

    def _signalled(self, number: int) -> None:
        self.exit(return_code=128 + number)
