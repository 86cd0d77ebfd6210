"""A merchant of the contact book: contacts, dates, note, signals, and the titles of its articles."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from rich.segment import Segment

from tui.merchants import MerchantEntry
from tui.text.width import cells, fit
from tui.text.wrap import wrap
from tui.ui.article_layout import Say
from tui.ui.row_source import RowSource
from tui.ui.widgets.article_list import short_date
from tui.ui.widgets.bar import Piece
from tui.ui.widgets.book_list import DIGITS, STYLES, name_of, readable, standing_words
from tui.ui.widgets.rows import Rows
from tui.values import frozen

LABEL_WIDTH = 10
NARROWEST = 24


@frozen
class DetailLine:
    """One line before the articles; `contact` is the place of the contact it shows, -1 for none."""

    pieces: tuple[Piece, ...] = ()
    contact: int = -1


def detail_lines(entry: MerchantEntry, width: int, now: int, say: Say) -> tuple[DetailLine, ...]:
    """Everything about a merchant but its articles, in lines of at most `width` cells."""
    standing = (f" {standing_words(entry.standing, say)}", STYLES.get(entry.standing, "dim"))
    lines = [*_wrapped((), name_of(entry, say), "title", width), DetailLine((standing,))]
    for signal in sorted(entry.signals):
        lines += _wrapped(((" ⚠ ", "bad"),), say(f"signal.{signal}"), "bad", width)
    lines.append(DetailLine())
    for number in range(len(entry.contacts)):
        lines += _contact_lines(entry, number, width, now, say)
    lines.append(DetailLine())
    for label, text in (
        ("first_seen", short_date(entry.first_seen, now, True)),
        ("last_seen", short_date(entry.last_seen, now, True)),
        ("categories", " · ".join(entry.categories)),
        ("note", entry.note),
    ):
        lines += _wrapped(((f"   {fit(say(f'book.{label}'), LABEL_WIDTH)} ", "dim"),), text or "—", "", width)
    heading = say("book.articles", count=f"{entry.articles:,}")
    return (*lines, DetailLine(), DetailLine(((f" {heading}", "heading"),)))


def _wrapped(
    lead: tuple[Piece, ...], text: str, style: str, width: int, contact: int = -1
) -> Iterator[DetailLine]:
    """A text that begins after some pieces, its other lines standing below its first."""
    before = lead or ((" ", ""),)
    indent = sum(cells(piece) for piece, _ in before)
    for start, end in wrap(text, max(8, width - indent)):
        yield DetailLine((*before, (text[start:end], style)), contact)
        before = ((" " * indent, ""),)


def _contact_lines(
    entry: MerchantEntry, number: int, width: int, now: int, say: Say
) -> tuple[DetailLine, ...]:
    """A contact with its key and kind; how often and when copied, on the same line where that fits."""
    contact = entry.contacts[number]
    key = str(number + 1) if number < DIGITS else ""
    lead = ((f" {key:1} ", "accent"), (f"{fit(say(f'field.{contact.kind}'), LABEL_WIDTH)} ", "dim"))
    lines = tuple(_wrapped(lead, readable(entry, number), "contact", width, number))
    facts = say("book.in_articles", count=f"{contact.articles:,}")
    if contact.copied_at:
        facts += " · " + say("book.copied_on", date=short_date(contact.copied_at, now, True))
    used = sum(cells(piece) for piece, _ in lines[-1].pieces)
    if used + 2 + cells(facts) <= width:
        return (*lines[:-1], DetailLine((*lines[-1].pieces, (f"  {facts}", "dim")), number))
    indent = " " * (LABEL_WIDTH + 4)
    return (*lines, *_wrapped(((indent, ""),), facts, "dim", width, number))


class MerchantView(Rows):
    """Shows one merchant; the cursor passes over its lines and the titles of its articles."""

    def __init__(self, say: Say, clock: Callable[[], float] = time.time, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._say = say
        self._clock = clock
        self._entry: MerchantEntry | None = None
        self._lines: tuple[DetailLine, ...] = ()
        self._articles: RowSource | None = None
        self._waits = False

    @property
    def merchant(self) -> int | None:
        """The id of the merchant that is shown."""
        return self._entry.id if self._entry is not None else None

    @property
    def count(self) -> int:
        return len(self._lines) + (len(self._articles) if self._articles is not None else 0)

    @property
    def article(self) -> int | None:
        """The id of the article under the cursor."""
        place = self.cursor - len(self._lines)
        return (
            self._articles.ids[place]
            if self._articles is not None and 0 <= place < len(self._articles)
            else None
        )

    @property
    def contact(self) -> int:
        """The place of the contact under the cursor, -1 for none."""
        return self._lines[self.cursor].contact if self.cursor < len(self._lines) else -1

    def show(self, entry: MerchantEntry | None, articles: RowSource | None) -> None:
        """Show a merchant: another one from its top, the cursor on its newest article.

        Its articles may come later: None leaves those that are shown of the same merchant.
        """
        same = entry is not None and entry.id == self.merchant
        self._entry, self._articles = entry, articles or (self._articles if same else None)
        before = self._lines
        self._lay_out()
        if not same:
            self.top = self.cursor = 0
        elif self.cursor >= len(before):
            # an article keeps the cursor when the lines above it become more or fewer
            self.cursor = max(0, min(self.cursor + len(self._lines) - len(before), self.count - 1))
        if (not same or self._waits) and self.cursor == 0 and len(self._lines) < self.count:
            self.cursor = len(self._lines)
        self._waits = self._articles is None
        self.redraw()

    def _lay_out(self) -> None:
        width = max(NARROWEST, self.outer_size.width - 2)
        now = int(self._clock())
        self._lines = detail_lines(self._entry, width, now, self._say) if self._entry else ()

    def on_resize(self) -> None:
        """Lay the lines out for another width."""
        self.show(self._entry, self._articles)
        super().on_resize()

    def selectable(self, index: int) -> bool:
        return index >= len(self._lines) or bool(self._lines[index].pieces)

    def row(self, index: int, width: int) -> list[Segment]:
        if index < len(self._lines):
            return [Segment(text, self.style_of(style)) for text, style in self._lines[index].pieces]
        place = index - len(self._lines)
        row = self._articles.row(place) if self._articles is not None else None
        if row is None:
            return [Segment(" …", self.style_of("dim"))]
        date = short_date(row.published, int(self._clock()), False)
        return [
            Segment(f" {date} ", self.style_of("dim")),
            Segment(fit(row.title, max(4, width - len(date) - 3)), self.style_of("dim" if row.read else "")),
        ]
