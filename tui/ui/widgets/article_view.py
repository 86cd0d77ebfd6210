"""The article: head and body wrapped for the pane, links and contacts marked."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message

from tui.model import StoredArticle
from tui.ui.article_layout import Layout, Say, lay_out
from tui.ui.widgets.scroller import Scroller


class ArticleView(Scroller):
    """Shows one article; it is laid out again only when the width changes."""

    class LinkClicked(Message):
        """A link of the article was clicked; `number` counts from 0."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, say: Say, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._say = say
        self._layout: Layout | None = None
        self._laid_for = 0
        self.stored: StoredArticle | None = None

    def show(self, stored: StoredArticle | None) -> None:
        """Show an article from its top; the one already shown keeps its place unless its text changed."""
        before, self.stored = self.stored, stored
        self._layout = None
        if before is None or stored is None or before.id != stored.id:
            self.top = 0
        self.redraw()

    @property
    def layout_now(self) -> Layout:
        """The layout for the present width."""
        if self._layout is None or self._laid_for != self.outer_size.width:
            self._laid_for = self.outer_size.width
            self._layout = lay_out(self.stored, self._laid_for, self._say) if self.stored else Layout((), ())
            self.top = max(0, min(self.top, len(self._layout.lines) - self.height))
        return self._layout

    @property
    def count(self) -> int:
        return len(self.layout_now.lines)

    def content(self, index: int) -> list[Segment]:
        pieces = self.layout_now.pieces(index)
        return [Segment(" ")] + [
            Segment(text, self._piece_style(style, target)) for text, style, target in pieces
        ]

    def _piece_style(self, style: str, target: int) -> Style:
        found = self.style_of(style)
        return found + Style(meta={"link": target}) if target >= 0 else found

    def on_click(self, event: events.Click) -> None:
        """Say which link was clicked."""
        number = event.style.meta.get("link")
        if isinstance(number, int):
            event.stop()
            self.post_message(self.LinkClicked(number))
