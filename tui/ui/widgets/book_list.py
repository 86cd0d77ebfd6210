"""The list of the contact book: one line per merchant."""

from __future__ import annotations

import time
from collections.abc import Callable

from rich.segment import Segment

from tui.merchants import MerchantEntry, Standing
from tui.text.width import cells, cut, fit
from tui.ui.article_layout import Say
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
    """A merchant's name, or that it has none."""
    return entry.name or say("book.nameless")


def readable(entry: MerchantEntry, number: int) -> str:
    """The value of a merchant's contact in groups, "" when it has no such contact."""
    if number >= len(entry.contacts):
        return ""
    contact = entry.contacts[number]
    return grouped(contact.kind, contact.value)


class BookList(Rows):
    """Shows merchants; the cursor marks one."""

    def __init__(self, say: Say, clock: Callable[[], float] = time.time, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._say = say
        self._clock = clock
        self.entries: tuple[MerchantEntry, ...] = ()
        self._empty = ""
        self._standing_width = 2 + max(cells(standing_words(standing, say)) for standing in Standing)

    @property
    def count(self) -> int:
        return len(self.entries)

    @property
    def current(self) -> MerchantEntry | None:
        """The merchant under the cursor."""
        return self.entries[self.cursor] if self.entries else None

    def show(self, entries: tuple[MerchantEntry, ...], cursor: int, empty: str) -> None:
        """Show other merchants, and `empty` when there are none."""
        self.entries = entries
        self.cursor = max(0, min(cursor, len(entries) - 1))
        self._empty = empty
        self.redraw()
        self.show_cursor()

    def placeholder(self) -> str:
        return self._empty

    def row(self, index: int, width: int) -> list[Segment]:
        entry = self.entries[index]
        room = max(8, width - FIXED - self._standing_width)
        categories = room // 4 if room >= ROOM_FOR_CATEGORIES else 0
        contact = min(MOST_CONTACT, (room - categories) * 6 // 11)
        name = room - categories - contact
        standing = fit(f" {standing_words(entry.standing, self._say)}", self._standing_width)
        quiet = "dim" if entry.standing in QUIET else ""
        number = cut(f"{entry.articles:,}", 4)
        date = short_date(entry.last_seen, int(self._clock()), False)
        return [
            Segment(standing, self.style_of(STYLES.get(entry.standing, "dim"))),
            Segment("⚠ " if entry.signals else "  ", self.style_of("bad")),
            Segment(fit(name_of(entry, self._say), name - 1) + " ", self.style_of(quiet or "strong")),
            Segment(fit(readable(entry, 0), contact), self.style_of(quiet or "contact")),
            Segment(" " * (5 - cells(number)) + number, self.style_of("dim")),
            Segment(f" {date}", self.style_of("dim")),
            Segment(self._categories(entry, categories), self.style_of("dim")),
        ]

    def _categories(self, entry: MerchantEntry, width: int) -> str:
        return f" {fit(' '.join(entry.categories), width - 1)}" if width else ""
