"""What the contact book does: copies, changes standings and notes, joins, splits, exports."""

from __future__ import annotations

import os.path
from array import array
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Protocol

from tui.merchants import BookContact, Dealings, Standing
from tui.model import Copied, Kind, Undone
from tui.ui.article_layout import Say
from tui.ui.asking import Asking
from tui.ui.book_filters import FilterReader
from tui.ui.book_listing import BookListing, ListingReader
from tui.ui.book_questions import BookQuestions
from tui.ui.caution import caution
from tui.ui.code_showing import DRAWABLE, CodeMaker, show_code
from tui.ui.undone import undone_words
from tui.ui.widgets.article_list import CODES
from tui.ui.widgets.book_list import BookList, name_of, readable, standing_words

EXPORT_FILE = "~/huoyuan-contacts.csv"


class BookOutside(CodeMaker, Protocol):
    """What the contact book does outside the store."""

    def copy(self, text: str) -> Future[Copied]: ...
    def export_book(self, ids: Sequence[int], path: Path, words: Say) -> Future[int]: ...


class BookReader(ListingReader, FilterReader, Protocol):
    """What the contact book asks of the reader."""

    @property
    def outside(self) -> BookOutside: ...

    @property
    def clock(self) -> Callable[[], float]: ...
    def dealings(self, kind: Kind, value: str) -> Dealings: ...
    def set_standing(self, merchant: int, standing: Standing) -> Future[None]: ...
    def set_note(self, merchant: int, note: str) -> Future[None]: ...
    def join_merchants(self, merchant: int, other: int) -> Future[bool]: ...
    def split_contact(self, contact: int) -> Future[None]: ...
    def undo(self) -> Future[Undone | None]: ...
    def note_copy(self, kind: Kind, value: str) -> Future[None]: ...


class BookActions:
    """One method per command that neither moves nor filters."""

    def __init__(
        self,
        reader: BookReader,
        asking: Asking,
        merchants: BookList,
        listing: BookListing,
        flash: Callable[[str], None],
    ) -> None:
        self._reader = reader
        self._ask = asking
        self._say = asking.say
        self._questions = BookQuestions(asking)
        self._merchants = merchants
        self._listing = listing
        self._flash = flash

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
        self._ask.after(
            self._reader.outside.copy(contact.value), lambda copied: self._copied(contact, copied)
        )

    def _copied(self, contact: BookContact, copied: Copied) -> None:
        kind, value = contact.kind, contact.value
        warning = caution(self._reader.dealings(kind, value), kind, value, self._reader.clock(), self._say)
        self._ask.copied(kind, copied, warning)
        if copied.way:
            self._change(self._reader.note_copy(kind, value), "")

    def code(self) -> None:
        """Show the merchant's code, or its main contact as one, to the phone's camera."""
        entry = self._merchants.current
        if entry is None:
            return
        drawable = [contact for contact in entry.contacts if contact.kind in DRAWABLE]
        if not drawable:
            self._flash(self._say("flash.no_code"))
            return
        found = next((contact for contact in drawable if contact.kind in CODES), drawable[0])
        show_code(self._reader.outside, self._ask, found.kind, found.value)

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

        self._questions.choose("book.choose_standing", words, chosen, present=standings.index(entry.standing))

    def note(self) -> None:
        """Ask for the merchant's note."""
        entry = self._merchants.current
        if entry is None:
            return
        title = self._say("book.note_of", name=name_of(entry, self._say))
        self._questions.ask_text(
            title,
            entry.note.replace("\n", " / "),
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

        self._questions.choose("book.choose_split", words, chosen)

    # -- choosing and joining --------------------------------------------------------------------

    def pick(self) -> None:
        """Choose the merchant under the cursor, for joining or for export, or choose it no more."""
        if self._merchants.current_id is not None:
            self._merchants.pick()
            self._flash("")

    def join(self) -> None:
        """Make the chosen merchant and the one under the cursor one."""
        current = self._merchants.current_id
        others = self._merchants.picked - {current}
        if current is None:
            return
        if len(others) != 1:
            self._flash(self._say("book.choose_one_to_join" if not others else "book.too_many_to_join"))
            return
        (other,) = others
        self._merchants.unpick()
        kept = min(current, other)
        self._ask.after(
            self._reader.join_merchants(current, other),
            lambda joined: self._changed(self._say("book.joined" if joined else "book.gone"), kept),
        )

    # -- undo ------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take the last change back."""
        self._ask.after(self._reader.undo(), self._undone)

    def _undone(self, undone: Undone | None) -> None:
        if undone is None:
            self._changed(self._say("flash.nothing_to_undo"))
        else:
            self._changed(undone_words(self._say, undone))

    def _change(self, future: Future[None], words: str) -> None:
        self._ask.after(future, lambda _: self._changed(words))

    def _changed(self, words: str, current: int | None = None) -> None:
        if self._merchants.is_attached:
            self._listing.renew(current)
            self._flash(words)

    # -- export ----------------------------------------------------------------------------------

    def export(self) -> None:
        """Ask for a file and write the chosen merchants to it, or those listed where none is chosen."""
        picked = self._merchants.picked
        ids = array("q", sorted(picked)) if picked else self._merchants.ids
        if not ids:
            self._flash(self._say("book.nothing_to_export"))
            return
        title = self._say("book.export_picked" if picked else "book.export", count=f"{len(ids):,}")

        def named(text: str) -> None:
            # os.path takes any name; Path's own methods raise for an unknown user and for odd characters
            path = Path(os.path.expanduser(text))
            if text and os.path.exists(path):
                words = [self._say("choice.yes"), self._say("choice.no")]
                self._questions.choose(
                    "book.overwrite", words, lambda choice: None if choice else self._export(ids, path)
                )
            elif text:
                self._export(ids, path)

        self._questions.ask_text(title, EXPORT_FILE, named)

    def _export(self, ids: Sequence[int], path: Path) -> None:
        self._ask.after(
            self._reader.outside.export_book(ids, path, self._say),
            lambda count: self._ask.toast(self._say("book.exported", count=f"{count:,}", path=str(path))),
        )
