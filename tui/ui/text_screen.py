"""A modal that asks the user for one line of text."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from tui.text.clean import clean_line
from tui.ui.dialog import Dialog
from tui.ui.leaving import leave
from tui.ui.widgets.bar import Bar
from tui.ui.widgets.typing import typed


class TextScreen(Dialog[str | None]):
    """Gives the line as it was typed, cleaned and maybe empty; None when the user left with Esc."""

    def __init__(self, title: str, value: str, hint: str) -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._hint = hint

    def compose(self) -> ComposeResult:
        """A title, the line, a line of help."""
        with Vertical(classes="dialog"):
            yield Bar(id="text-title", beneath="head-focused")
            line = Input(self._value, id="text", compact=True, select_on_focus=False)
            line.cursor_blink = False
            yield line
            yield Bar(id="text-hint")

    def on_mount(self) -> None:
        """Fill the bars and take the keys."""
        self.query_one("#text-title", Bar).show((f" {self._title}", ""))
        self.query_one("#text-hint", Bar).show((f" {self._hint}", "dim"))
        self.query_one(Input).focus()

    def take_key(self, event: events.Key) -> bool:
        """Leave on Esc and on Enter; every other key is the line's."""
        if not self.is_mounted:
            return False
        line = self.query_one(Input)
        if event.key not in {"escape", "enter"}:
            return typed(line, event)
        leave(self, None if event.key == "escape" else clean_line(line.value))
        return True
