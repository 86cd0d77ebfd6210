"""The list of the contact book: one line per merchant."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable

from rich.segment import Segment

from tui.merchants import MerchantEntry, Standing
from tui.text.width import cells, cut, fit
from tui.ui.article_layout import Say
from tui.ui.book_source import MerchantSource
from tui.ui.contact_order import grouped
from tui.ui.widgets.article_list import short_date
from tui.ui.widgets.rows import Rows

SYMBOLS = {
    Standing.NEW: "○",
    Standing.COPIED: "◐",
    Standing.ADDED: "●",
    Standing.DECLINED: "×",
    Standing.BLOCKED: "■",
}
STYLES = {Standing.ADDED: "good", Standing.BLOCKED: "bad", Standing.COPIED: "accent"}
QUIET = {Standing.DECLINED, Standing.BLOCKED}

DIGITS = 9
"""So many contacts and choices have a digit as their key."""

FIXED = 5 + 6 + 2
"""Cells of what every line has at any width, but the standing: number of articles, date, warning."""

ROOM_FOR_CATEGORIES = 44
MOST_CONTACT = 24


def standing_words(standing: Standing, say: Say) -> str:
    """A standing as symbol and word, so that it does not hang on colour."""
    return f"{SYMBOLS[standing]} {say(f'standing.{standing}')}"


def name_of(entry: MerchantEntry, say: Say) -> str:
    """A merchant's name; without one its first contact, or that it has none."""
    return (readable(entry, 0) if nameless(entry) else entry.name) or say("book.nameless")


def nameless(entry: MerchantEntry) -> bool:
    """Whether no block named a person, so that the merchant is called by its first contact."""
    return not entry.contacts or entry.name in ("", entry.contacts[0].value)


def readable(entry: MerchantEntry, number: int) -> str:
    """The value of a merchant's contact in groups, "" when it has no such contact."""
    if number >= len(entry.contacts):
        return ""
    contact = entry.contacts[number]
    return grouped(contact.kind, contact.value).removeprefix("https://").removeprefix("http://")


class BookList(Rows):
    """Shows merchants; the cursor marks one."""

    def __init__(self, say: Say, clock: Callable[[], float] = time.time, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._say = say
        self._clock = clock
        self.source: MerchantSource | None = None
        self.picked: frozenset[int] = frozenset()
        self._empty = ""
        self._standing_width = 2 + max(cells(standing_words(standing, say)) for standing in Standing)

    @property
    def count(self) -> int:
        return len(self.ids)

    @property
    def ids(self) -> array[int]:
        """The ids of all merchants that are listed."""
        return self.source.ids if self.source is not None else array("q")

    @property
    def current_id(self) -> int | None:
        """The id of the merchant under the cursor."""
        return self.ids[self.cursor] if self.cursor < self.count else None

    @property
    def current(self) -> MerchantEntry | None:
        """The merchant under the cursor, None while it is fetched."""
        return self.source.entry(self.cursor) if self.source is not None and self.count else None

    def show(self, source: MerchantSource, cursor: int, empty: str) -> None:
        """Show other merchants, the cursor's line staying where it is, and `empty` when there are none."""
        self.top += cursor - self.cursor
        self.source = source
        self.cursor = cursor
        self._empty = empty
        self.redraw()
        self.show_cursor()

    def pick(self) -> None:
        """Choose the merchant under the cursor, or choose it no more, and go on to the next."""
        self.picked ^= {self.ids[self.cursor]}
        self.redraw()
        self.move(1)

    def unpick(self) -> None:
        """Choose none."""
        self.picked = frozenset()
        self.redraw()

    def placeholder(self) -> str:
        return self._empty

    def row(self, index: int, width: int) -> list[Segment]:
        entry = self.source.entry(index) if self.source is not None else None
        if entry is None:
            return [Segment("  …", self.style_of("dim"))]
        room = max(8, width - FIXED - self._standing_width)
        categories = room // 4 if room >= ROOM_FOR_CATEGORIES else 0
        contact = min(MOST_CONTACT, (room - categories) * 6 // 11)
        name = room - categories - contact
        mark = "✓" if entry.id in self.picked else " "
        standing = fit(standing_words(entry.standing, self._say), self._standing_width - 1)
        quiet = "dim" if entry.standing in QUIET else ""
        number = cut(f"{entry.articles:,}", 4)
        date = short_date(entry.last_seen, int(self._clock()), False)
        return [
            Segment(mark, self.style_of("good")),
            Segment(standing, self.style_of(STYLES.get(entry.standing, "dim"))),
            Segment("⚠ " if entry.signals else "  ", self.style_of("bad")),
            Segment(fit(self._called(entry), name - 1) + " ", self.style_of(quiet or "strong")),
            Segment(fit(readable(entry, 0), contact), self.style_of(quiet or "contact")),
            Segment(" " * (5 - cells(number)) + number, self.style_of("dim")),
            Segment(f" {date}", self.style_of("dim")),
            Segment(self._categories(entry, categories), self.style_of("dim")),
        ]

    def _called(self, entry: MerchantEntry) -> str:
        """The name; where there is none, the kind of the contact that stands beside it."""
        if nameless(entry) and entry.contacts:
            return f"（{self._say(f'field.{entry.contacts[0].kind}')}）"
        return name_of(entry, self._say)

    def _categories(self, entry: MerchantEntry, width: int) -> str:
        return f" {fit(' '.join(entry.categories), width - 1)}" if width else ""
