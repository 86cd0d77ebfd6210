"""The article: head and body wrapped for the pane, links and contacts marked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from time import perf_counter

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message

from tui.model import StoredArticle
from tui.text.found import found
from tui.ui.article_layout import Say, lay_out
from tui.ui.article_lines import LaidLine, Layout, first_deeper, found_on
from tui.ui.article_selection import Place, Selected, between, paragraph_at, place_at, text_of, word_at
from tui.ui.driver.strips import overlaid
from tui.ui.widgets.lines import type_of_key
from tui.ui.widgets.scroller import Scroller

AT_ONCE_SECONDS = 0.008
"""So long may the wrapping of lines that are not yet seen hold up a key."""

MARGIN = Segment(" ")


def _nothing() -> Layout:
    return Layout(iter(()), 8)


def _shown(stored: StoredArticle) -> tuple[object, ...]:
    """What of an article is seen in its pane."""
    return stored.article, stored.feed_title, stored.first_seen


class ArticleView(Scroller):
    """Shows one article; it is laid out as far as it is looked at."""

    class LinkClicked(Message):
        """A link of the article was clicked; `number` counts from 0."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    class TextSelected(Message):
        """The mouse has selected text."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, say: Say, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._say = say
        self._layout = _nothing()
        self._laid_for = 0
        self._kept: tuple[LaidLine, int] | None = None
        self._going: asyncio.TimerHandle | None = None
        self._terms: tuple[str, ...] = ()
        self._seeks = False
        self._sought: tuple[str, ...] = ()
        self._anchor: Place | None = None
        self._selected: Selected | None = None
        self.stored: StoredArticle | None = None

    def show(self, stored: StoredArticle | None) -> None:
        """Show an article from its top; the one already shown keeps its place unless its text changed."""
        before, self.stored = self.stored, stored
        if before is None or stored is None or before.id != stored.id:
            self.top = 0
            self._sought = ()
            self._kept = None
            self._layout = _nothing()
        elif _shown(before) == _shown(stored):
            return
        self._stop_going()
        self._laid_for = 0
        self._selected = None
        self.redraw()

    @property
    def layout_now(self) -> Layout:
        """The layout for the present width, as far as the visible lines and a page more."""
        width = self.outer_size.width
        if self._laid_for != width:
            self._lay_out(width)
        self._layout.reach(self.top + 2 * self.height)
        return self._layout

    def _lay_out(self, width: int) -> None:
        """Lay the article out anew; what stood at the top stays there."""
        # kept until the user scrolls: through many sizes of a dragged window it would wander off
        self._kept = self._kept or self._at_top()
        self._laid_for = width
        self._selected = None
        self._layout = lay_out(self.stored, width, self._say) if self.stored else _nothing()
        if self._kept is not None:
            line, above = self._kept
            self.top = self._layout.find(line) - above
        self._layout.reach(self.top + self.height)
        self.top = max(0, min(self.top, len(self._layout.lines) - self.height))

    def _at_top(self) -> tuple[LaidLine, int] | None:
        """The first visible line with text, and how many empty ones stand above it; None at the beginning."""
        lines = enumerate(self._layout.lines[self.top :] if self.top else ())
        return next(((line, above) for above, line in lines if line.paragraph >= 0), None)

    @property
    def count(self) -> int:
        """How many lines are laid out: at least a page more than are visible, if there are so many."""
        return len(self.layout_now.lines)

    def scroll_to_line(self, line: int) -> bool:
        self._stop_going()
        self._kept = None
        self.layout_now.reach(line + self.height)
        return super().scroll_to_line(line)

    def scroll_to_end(self) -> None:
        """Show the last lines; those of a very long article are wrapped between other work."""
        self._stop_going()
        if self.layout_now.work(AT_ONCE_SECONDS):
            self.scroll_to_line(self.count)
        else:
            self._going = asyncio.get_running_loop().call_later(0, self.scroll_to_end)

    def show_found(self) -> None:
        """Bring the first words of a search in sight that lie below the first page.

        Once for a search, and not where the user has scrolled: who comes back finds the place again.
        """
        # drawing knows how large the pane is that this key may unfold
        self._seeks = self._terms != self._sought and not self.top
        self._sought = self._terms
        if self._seeks:
            self.repaint()

    def _begin_seeking(self) -> None:
        self._seeks = False
        if self.stored is not None and found(self.stored.article.body.text, self._terms):
            layout = self.layout_now
            self._seek(layout, first_deeper(layout, self.height, self._terms))

    def _seek(self, layout: Layout, lines: Iterator[int]) -> None:
        """Look through the lines for the one to show; those of a very long article between other work."""
        self._stop_going()
        end = perf_counter() + AT_ONCE_SECONDS
        for line in lines:
            if layout is not self._layout:
                return
            if line >= 0:
                self.scroll_to_line(line - self.height // 3)
                return
            if perf_counter() > end:
                self._going = asyncio.get_running_loop().call_later(0, self._seek, layout, lines)
                return

    def _stop_going(self) -> None:
        if self._going is not None:
            self._going.cancel()
            self._going = None

    def highlight(self, terms: tuple[str, ...]) -> None:
        """Mark the words of a search, folded, wherever they stand."""
        if terms != self._terms:
            self._terms = terms
            self.redraw()

    def line_keys(self, height: int) -> Sequence[type_of_key]:
        if self._seeks:
            self._begin_seeking()
        # a new width moves the top before the lines are counted from it
        self.layout_now.reach(self.top + height)
        chosen = self._selected
        if chosen is None:
            return super().line_keys(height)
        return [(*key, chosen.on(self.top + y)) for y, key in enumerate(super().line_keys(height))]

    def content(self, index: int) -> Iterable[Segment]:
        layout = self.layout_now
        segments: Iterable[Segment] = (
            Segment(text, self._piece_style(style, target)) for text, style, target in layout.pieces(index)
        )
        if self._terms:
            segments = overlaid(segments, found_on(layout, index, self._terms), self.style_of("found"))
        chosen = self._selected.on(index) if self._selected is not None else None
        if chosen is not None:
            segments = overlaid(segments, [chosen], self.style_of("selected"))
        return [MARGIN, *segments]

    def _piece_style(self, style: str, target: int) -> Style:
        found = self.style_of(style)
        return found + Style(meta={"link": target}) if target >= 0 else found

    # -- the mouse -------------------------------------------------------------------------------

    def _place(self, event: events.MouseEvent) -> Place:
        return place_at(self.layout_now, self.top + event.y, event.x - 1)

    def _select(self, selected: Selected | None) -> None:
        if selected != self._selected:
            self._selected = selected
            self.repaint()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a selection."""
        self._select(None)
        if event.button == 1 and self.count:
            self._anchor = self._place(event)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the mouse; beyond an edge the text scrolls."""
        if self._anchor is None:
            return
        self.suppress_click()
        if not 0 <= event.y < self.height:
            self.scroll_lines(-1 if event.y < 0 else 1)
        self._select(between(self._anchor, self._place(event)))

    def on_mouse_up(self) -> None:
        """End the selection and say what it is."""
        self.capture_mouse(False)
        self._anchor = None
        self._tell_selected()

    def _tell_selected(self) -> None:
        text = self.selected_text
        if text:
            self.post_message(self.TextSelected(text))

    @property
    def selected_text(self) -> str:
        """The text that is selected."""
        return text_of(self.layout_now, self._selected) if self._selected is not None else ""

    def on_click(self, event: events.Click) -> None:
        """Say which link was clicked; a double click selects a word, a triple one the paragraph."""
        number = event.style.meta.get("link")
        event.stop()
        if event.chain > 1 and self.count:
            choose = word_at if event.chain == 2 else paragraph_at
            self._select(choose(self.layout_now, self._place(event)))
            self._tell_selected()
        elif isinstance(number, int):
            self.post_message(self.LinkClicked(number))
