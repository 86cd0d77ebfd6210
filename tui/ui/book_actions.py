"""What the contact book does: asks the reader, copies, changes standings and notes, splits, exports."""

from __future__ import annotations

import os.path
from array import array
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from tui.merchants import BookContact, BookQuery, BookSort, MerchantEntry, Standing
from tui.model import ArticleRow, Copied, Kind, Undone
from tui.ui.article_layout import Say
from tui.ui.asking import Asking
from tui.ui.choice_screen import ChoiceScreen
from tui.ui.row_source import RowSource
from tui.ui.text_screen import TextScreen
from tui.ui.widgets.article_list import short_date
from tui.ui.widgets.book_list import DIGITS, BookList, name_of, readable, standing_words
from tui.ui.widgets.choice_list import Choice
from tui.ui.widgets.merchant_view import MerchantView

T = TypeVar("T")

WARNING_SECONDS = 10.0
EXPORT_FILE = "~/huoyuan-contacts.csv"


class BookReader(Protocol):
    """What the contact book asks of the reader."""

    @property
    def clock(self) -> Callable[[], float]: ...
    def book(self, query: BookQuery) -> tuple[MerchantEntry, ...]: ...
    def merchant(self, merchant: int) -> MerchantEntry | None: ...
    def merchant_articles(self, merchant: int) -> array[int]: ...
    def book_categories(self) -> tuple[str, ...]: ...
    def rows(self, ids: Sequence[int]) -> dict[int, ArticleRow]: ...
    def set_standing(self, merchant: int, standing: Standing) -> Future[None]: ...
    def set_note(self, merchant: int, note: str) -> Future[None]: ...
    def split_contact(self, contact: int) -> Future[None]: ...
    def undo(self) -> Future[Undone | None]: ...
    def copy(self, text: str) -> Future[Copied]: ...
    def note_copy(self, kind: Kind, value: str) -> Future[None]: ...
    def export_book(self, entries: Sequence[MerchantEntry], path: Path, words: Say) -> Future[int]: ...


class BookActions:
    """The query, the merchants that answer it, and one method per command that does not merely move."""

    def __init__(
        self,
        reader: BookReader,
        asking: Asking,
        merchants: BookList,
        view: MerchantView,
        flash: Callable[[str], None],
    ) -> None:
        self._reader = reader
        self._ask = asking
        self._say = asking.say
        self._merchants = merchants
        self._view = view
        self._flash = flash
        self.query = BookQuery()

    # -- what is shown ---------------------------------------------------------------------------

    @property
    def filtered(self) -> bool:
        """Whether a search or a filter hides merchants."""
        return replace(self.query, sort=BookSort.LATEST) != BookQuery()

    def open_query(self, query: BookQuery) -> None:
        """Answer another query, the cursor staying on its merchant where that is still listed."""
        self.query = query
        self._show(self._reader.book(query), 0)

    def renew(self) -> None:
        """Read the book again; the merchant under the cursor stays, even when a filter now hides it."""
        entries = self._reader.book(self.query)
        current, place = self._merchants.current, self._merchants.cursor
        if current is not None and all(entry.id != current.id for entry in entries):
            fresh = self._reader.merchant(current.id)
            entries = (*entries[:place], *((fresh,) if fresh else ()), *entries[place:])
        self._show(entries, place)

    def _show(self, entries: tuple[MerchantEntry, ...], otherwise: int) -> None:
        current = self._merchants.current
        places = (n for n, entry in enumerate(entries) if current is not None and entry.id == current.id)
        empty = self._say("book.none_found" if self.filtered else "book.empty")
        self._merchants.show(entries, next(places, otherwise), empty)
        self.follow()

    def follow(self) -> None:
        """Show the merchant under the cursor in the details."""
        entry = self._merchants.current
        articles = None
        if entry is not None:
            articles = RowSource(self._reader.merchant_articles(entry.id), self._reader.rows)
        self._view.show(entry, articles)
        self._flash("")

    # -- copying ---------------------------------------------------------------------------------

    def copy(self, number: int = 0) -> None:
        """Copy a contact of the merchant by its place, the main one being 0."""
        entry = self._merchants.current
        if entry is None:
            return
        if number >= len(entry.contacts):
            self._flash(self._say("flash.no_such_contact", count=len(entry.contacts)))
            return
        contact = entry.contacts[number]
        warning = self._warning(entry, contact)
        self._ask.after(
            self._reader.copy(contact.value), lambda copied: self._copied(contact.kind, copied, warning)
        )

    def _copied(self, kind: Kind, copied: Copied, warning: str) -> None:
        self._ask.copied(kind, copied, warning)
        if copied.way:
            self._change(self._reader.note_copy(kind, copied.text), "")

    def _warning(self, entry: MerchantEntry, contact: BookContact) -> str:
        """Why the user may not want to write to a merchant: the standing, an earlier copy."""
        reasons = []
        if entry.standing in (Standing.ADDED, Standing.DECLINED, Standing.BLOCKED):
            reasons.append(self._say("book.stands", standing=self._say(f"standing.{entry.standing}")))
        last = max(entry.contacts, key=lambda other: (other.copied_at, other is contact))
        if last.copied_at:
            key = "book.copied_before" if last is contact else "book.other_copied_before"
            kind, date = self._say(f"field.{last.kind}"), self._date(last.copied_at)
            reasons.append(self._say(key, kind=kind, value=last.value, date=date))
        return " ".join(reasons)

    def _date(self, seconds: int) -> str:
        return short_date(seconds, int(self._reader.clock()), True)

    # -- changes ---------------------------------------------------------------------------------

    def standing(self) -> None:
        """Ask how the user stands with the merchant."""
        entry = self._merchants.current
        if entry is None:
            return
        standings = tuple(Standing)
        words = [standing_words(standing, self._say) for standing in standings]

        def chosen(choice: int) -> None:
            self._change(
                self._reader.set_standing(entry.id, standings[choice]),
                self._say("book.standing_set", standing=words[choice], name=name_of(entry, self._say)),
            )

        self._choose("book.choose_standing", words, chosen, present=standings.index(entry.standing))

    def note(self) -> None:
        """Ask for the merchant's note."""
        entry = self._merchants.current
        if entry is None:
            return
        title = self._say("book.note_of", name=name_of(entry, self._say))
        self._ask_text(
            title,
            entry.note,
            lambda text: self._change(self._reader.set_note(entry.id, text), self._say("book.note_set")),
        )

    def split(self) -> None:
        """Ask which contact is another merchant's."""
        entry = self._merchants.current
        if entry is None:
            return
        if len(entry.contacts) < 2:
            self._flash(self._say("book.nothing_to_split"))
            return
        words = [
            f"{self._say(f'field.{contact.kind}')} {readable(entry, number)}"
            for number, contact in enumerate(entry.contacts)
        ]

        def chosen(choice: int) -> None:
            future = self._reader.split_contact(entry.contacts[choice].id)
            self._change(future, self._say("book.split_done", contact=words[choice]))

        self._choose("book.choose_split", words, chosen)

    def undo(self) -> None:
        """Take the last change back."""
        self._ask.after(self._reader.undo(), self._undone)

    def _undone(self, undone: Undone | None) -> None:
        if undone is None:
            self._changed(self._say("flash.nothing_to_undo"))
        else:
            self._changed(self._say("book.undone", what=self._say(f"undo.{undone.label}")))

    def _change(self, future: Future[None], words: str) -> None:
        self._ask.after(future, lambda _: self._changed(words))

    def _changed(self, words: str) -> None:
        if self._merchants.is_attached:
            self.renew()
            self._flash(words)

    # -- which merchants -------------------------------------------------------------------------

    def find(self, text: str) -> None:
        """Show only merchants with these words."""
        if text != self.query.search:
            self.open_query(replace(self.query, search=text))

    def filter_standing(self) -> None:
        """Ask for a standing to see only its merchants."""
        standings = (None, *Standing)
        words = [standing_words(one, self._say) if one else self._say("book.all") for one in standings]
        self._choose(
            "book.choose_filter",
            words,
            lambda choice: self.open_query(replace(self.query, standing=standings[choice])),
            present=standings.index(self.query.standing),
        )

    def filter_category(self) -> None:
        """Ask for a category to see only its merchants."""
        categories = ("", *self._reader.book_categories())
        present = categories.index(self.query.category) if self.query.category in categories else 0
        self._choose(
            "book.choose_category",
            [category or self._say("book.all") for category in categories],
            lambda choice: self.open_query(replace(self.query, category=categories[choice])),
            present=present,
        )

    def sort(self) -> None:
        """Ask for the order."""
        sorts = tuple(BookSort)
        self._choose(
            "choice.sort",
            [self._say(f"book_sort.{sort}") for sort in sorts],
            lambda choice: self.open_query(replace(self.query, sort=sorts[choice])),
            present=sorts.index(self.query.sort),
        )

    def unfilter(self) -> None:
        """Show all merchants again, in the same order."""
        self.open_query(BookQuery(sort=self.query.sort))

    # -- export ----------------------------------------------------------------------------------

    def export(self) -> None:
        """Ask for a file and write the listed merchants to it."""
        entries = self._merchants.entries
        if not entries:
            self._flash(self._say("book.nothing_to_export"))
            return
        title = self._say("book.export", count=f"{len(entries):,}")

        def named(text: str) -> None:
            # os.path takes any name; Path's own methods raise for an unknown user and for odd characters
            path = Path(os.path.expanduser(text))
            if text and os.path.exists(path):
                words = [self._say("choice.yes"), self._say("choice.no")]
                self._choose("book.overwrite", words, lambda choice: None if choice else self._export(path))
            elif text:
                self._export(path)

        self._ask_text(title, EXPORT_FILE, named)

    def _export(self, path: Path) -> None:
        self._ask.after(
            self._reader.export_book(self._merchants.entries, path, self._say),
            lambda count: self._ask.toast(self._say("book.exported", count=f"{count:,}", path=str(path))),
        )

    # -- questions -------------------------------------------------------------------------------

    def _choose(
        self, title: str, words: Sequence[str], then: Callable[[int], None], present: int = -1
    ) -> None:
        """Ask for one of some words, the present one ticked; the first nine have digits as keys."""
        choices = tuple(
            Choice(str(place + 1) if place < DIGITS else " ", text, "✓" if place == present else "")
            for place, text in enumerate(words)
        )

        def chosen(choice: int | None) -> None:
            if choice is not None:
                then(choice)

        screen = ChoiceScreen(self._say(title), choices, self._say("choice.hint"))
        self._ask.app.push_screen(screen, chosen)

    def _ask_text(self, title: str, value: str, then: Callable[[str], None]) -> None:
        def answered(text: str | None) -> None:
            if text is not None:
                then(text)

        self._ask.app.push_screen(TextScreen(title, value, self._say("book.text_hint")), answered)
