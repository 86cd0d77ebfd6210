"""A problem above the list it concerns, on as many lines as it takes."""

from __future__ import annotations

from rich.segment import Segment
from textual.widget import Widget

from tui.text.width import cut
from tui.text.wrap import wrap
from tui.ui.widgets.bar import Bar, Piece

MOST_LINES = 5
"""The list below wants room too."""

SIGN, BELOW = " ! ", "   "


class Notice(Bar):
    """Shows its pieces wrapped: what can be done about a problem stands last."""

    def show(self, *left: Piece, right: tuple[Piece, ...] = (), beneath: str | None = None) -> None:
        """Show other pieces on as many lines as they take."""
        super().show(*left, right=right, beneath=beneath)
        self._fit()

    def on_resize(self) -> None:
        """Take another number of lines in another width."""
        self._fit()

    def _fit(self) -> None:
        # a height of its own, not "auto": Textual keeps one it has asked for while a layout waits
        around = self.parent.size.width if isinstance(self.parent, Widget) else 0
        if self._left:
            self.styles.height = len(self._wrapped(around or self.screen.size.width))

    def line(self, y: int) -> list[Segment]:
        width = self.outer_size.width
        lines = self._wrapped(width)
        if y >= len(lines):
            return []
        start, end = lines[y]
        shown = cut(self._text[start:end], width - len(SIGN))
        parts = [(SIGN if y == 0 else BELOW, self._left[0][1])] if self._left else []
        at = -start
        for text, style in self._left:
            parts.append((shown[max(0, at) : max(0, at + len(text))], style))
            at += len(text)
        return [Segment(text, self.style_of(style)) for text, style in parts if text]

    @property
    def _text(self) -> str:
        return "".join(text for text, _ in self._left)

    def _wrapped(self, width: int) -> list[tuple[int, int]]:
        """Where each line begins and ends; the last one takes what has no line of its own."""
        lines = list(wrap(self._text, width - len(SIGN) - 1))
        if len(lines) > MOST_LINES:
            lines[MOST_LINES - 1 :] = [(lines[MOST_LINES - 1][0], len(self._text))]
        return lines
