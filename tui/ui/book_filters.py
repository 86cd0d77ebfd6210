"""Which merchants the contact book lists: search, filters, order."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from tui.merchants import BookSort, Standing
from tui.ui.article_layout import Say
from tui.ui.book_listing import BookListing
from tui.ui.book_questions import BookQuestions
from tui.ui.widgets.book_list import standing_words


class FilterReader(Protocol):
    """What the filters ask of the reader."""

    def book_categories(self) -> tuple[str, ...]: ...


class BookFilters:
    """Changes the query of the listing, one part at a time."""

    def __init__(
        self, reader: FilterReader, listing: BookListing, questions: BookQuestions, say: Say
    ) -> None:
        self._reader = reader
        self._listing = listing
        self._questions = questions
        self._say = say

    def find(self, text: str) -> None:
        """Show only merchants with these words."""
        if text != self._listing.query.search:
            self._again(search=text)

    def filter_standing(self) -> None:
        """Ask for a standing to see only its merchants."""
        standings = (None, *Standing)
        words = [standing_words(one, self._say) if one else self._say("book.all") for one in standings]
        self._questions.choose(
            "book.choose_filter",
            words,
            lambda choice: self._again(standing=standings[choice]),
            present=standings.index(self._listing.query.standing),
        )

    def filter_category(self) -> None:
        """Ask for a category to see only its merchants."""
        categories = ("", *self._reader.book_categories())
        present = self._listing.query.category
        self._questions.choose(
            "book.choose_category",
            [category or self._say("book.all") for category in categories],
            lambda choice: self._again(category=categories[choice]),
            present=categories.index(present) if present in categories else 0,
        )

    def sort(self) -> None:
        """Ask for the order."""
        sorts = tuple(BookSort)
        self._questions.choose(
            "choice.sort",
            [self._say(f"book_sort.{sort}") for sort in sorts],
            lambda choice: self._again(sort=sorts[choice]),
            present=sorts.index(self._listing.query.sort),
        )

    def _again(self, **changed: str | Standing | BookSort | None) -> None:
        self._listing.open_query(replace(self._listing.query, **changed))  # type: ignore[arg-type]
