"""A bar of one line: text at the left, text at the right, in named styles."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.message import Message

from tui.text.width import cells, cut
from tui.ui.widgets.lines import Lines

Piece = tuple[str, str]
"""A text and the name of its style."""


class Bar(Lines):
    """Shows pieces of text on one line; the right side wins when room is short."""

    class Clicked(Message):
        """The bar was clicked."""

        def __init__(self, bar: Bar) -> None:
            super().__init__()
            self.bar = bar

    def __init__(self, *, id: str | None = None, beneath: str = "head") -> None:
        super().__init__(id=id, beneath=beneath)
        self._left: tuple[Piece, ...] = ()
        self._right: tuple[Piece, ...] = ()

    def show(self, *left: Piece, right: tuple[Piece, ...] = (), beneath: str | None = None) -> None:
        """Show other pieces, drawing only when they differ."""
        style = beneath or self.beneath
        if (left, right, style) != (self._left, self._right, self.beneath):
            self._left, self._right, self.beneath = left, right, style
            self.redraw()

    def line(self, y: int) -> list[Segment]:
        width = self.outer_size.width
        right = "".join(text for text, _ in self._right)
        room = width - cells(right)
        segments = []
        for text, style in self._left:
            shown = cut(text, max(0, room))
            room -= cells(shown)
            segments.append(Segment(shown, self.style_of(style)))
            if shown != text:
                break
        segments.append(Segment(" " * max(0, room)))
        return segments + [Segment(text, self.style_of(style)) for text, style in self._right]

    def on_click(self, event: events.Click) -> None:
        """Say that the bar was clicked."""
        event.stop()
        self.post_message(self.Clicked(self))
