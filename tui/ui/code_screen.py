"""A modal that shows a QR code for the phone: black on white in every theme."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.qr_art import INK, PAPER
from tui.ui.dialog import Dialog
from tui.ui.leaving import leave
from tui.ui.widgets.bar import Bar
from tui.ui.widgets.scroller import Scroller

PHONE_READABLE = Style(color=INK, bgcolor=PAPER)


class CodeArt(Scroller):
    """The half blocks of a code."""

    def __init__(self, lines: tuple[str, ...], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines = lines

    @property
    def count(self) -> int:
        return len(self._lines)

    def content(self, index: int) -> list[Segment]:
        return [Segment(self._lines[index], PHONE_READABLE)]


class CodeScreen(Dialog[None]):
    """Shows a code until a key is pressed."""

    FRAME_ROWS = 2
    """Rows that the title and the hint take beside the code."""

    def __init__(self, lines: tuple[str, ...], title: str, hint: str) -> None:
        super().__init__()
        self._lines = lines
        self._title = title
        self._hint = hint

    def compose(self) -> ComposeResult:
        """A title, the code, a line of help, as wide as the code."""
        with Vertical(classes="code"):
            yield Bar(id="code-title", beneath="head-focused")
            yield CodeArt(self._lines, id="code-art")
            yield Bar(id="code-hint")

    def on_mount(self) -> None:
        """Size the box by the code and fill the bars."""
        box = self.query_one(Vertical)
        box.styles.width = len(self._lines[0])
        box.styles.height = len(self._lines) + self.FRAME_ROWS
        self.query_one("#code-title", Bar).show((f" {self._title}", ""))
        self.query_one("#code-hint", Bar).show((f" {self._hint}", "dim"))
        self.query_one(CodeArt).focus()

    def take_key(self, event: events.Key) -> bool:
        """Leave at any key."""
        leave(self, None)
        return True
