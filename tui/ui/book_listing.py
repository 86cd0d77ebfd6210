"""What the contact book shows: a query, the merchants that answer it, and the details of one."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from typing import Protocol

from tui.merchants import BookAnswer, BookQuery, BookSort, MerchantEntry
from tui.model import ArticleRow
from tui.ui.asking import Asking
from tui.ui.book_source import MerchantSource, Take
from tui.ui.row_source import RowSource
from tui.ui.widgets.book_list import BookList
from tui.ui.widgets.merchant_view import MerchantView


class ListingReader(Protocol):
    """What the listing asks of the reader; all but the rows of articles is answered on another thread."""

    def book(
        self, query: BookQuery, current: int | None = None, place: int = 0, *, keep: bool = False
    ) -> Future[BookAnswer]: ...
    def stop_book(self) -> None: ...
    def merchants(self, ids: Sequence[int]) -> Future[dict[int, MerchantEntry]]: ...
    def merchant_articles(self, merchant: int) -> Future[array[int]]: ...
    def rows(self, ids: Sequence[int]) -> dict[int, ArticleRow]: ...


class BookListing:
    """Asks for the merchants of a query; until they have come, those of the last one stay on the screen."""

    def __init__(
        self,
        reader: ListingReader,
        asking: Asking,
        merchants: BookList,
        view: MerchantView,
        changed: Callable[[], None],
    ) -> None:
        self._reader = reader
        self._ask = asking
        self._say = asking.say
        self._merchants = merchants
        self._view = view
        self._changed = changed
        self._questions = 0
        self.query = BookQuery()
        self.total = 0

    @property
    def filtered(self) -> bool:
        """Whether a search or a filter hides merchants."""
        return replace(self.query, sort=BookSort.LATEST) != BookQuery()

    def open_query(self, query: BookQuery, current: int | None = None) -> None:
        """Answer another query, the cursor on a merchant: where that is listed, the one it is on."""
        self.query = query
        self._reader.stop_book()
        self._question(current or self._merchants.current_id, 0, keep=False)

    def renew(self, current: int | None = None) -> None:
        """Read the book again; the merchant under the cursor stays, even when a filter now hides it."""
        self._question(current or self._merchants.current_id, self._merchants.cursor, keep=True)

    def unfilter(self) -> None:
        """Show all merchants again, in the same order."""
        self.open_query(BookQuery(sort=self.query.sort))

    def _question(self, current: int | None, place: int, *, keep: bool) -> None:
        self._questions += 1
        number = self._questions
        future = self._reader.book(self.query, current, place, keep=keep)
        self._ask.after(future, lambda answer: self._answered(answer, number))

    def _answered(self, answer: BookAnswer, number: int) -> None:
        # only the last question counts, and only while the book is open
        if number == self._questions and self._merchants.is_attached:
            self.total = answer.total
            source = MerchantSource(answer, self._fetch, self._arrived)
            empty = self._say("book.none_found" if self.filtered else "book.empty")
            self._merchants.show(source, answer.place, empty)
            self.follow()
            self._changed()

    def _fetch(self, ids: Sequence[int], take: Take) -> None:
        self._ask.after(self._reader.merchants(ids), take)

    def _arrived(self) -> None:
        if self._merchants.is_attached:
            self._merchants.redraw()
            if self._view.merchant != self._merchants.current_id:
                self.follow()

    def follow(self) -> None:
        """Show the merchant under the cursor in the details, its articles as soon as they are known."""
        entry = self._merchants.current
        if entry is None:
            self._view.show(None, None)
            return
        self._view.show(entry, None)
        self._ask.after(
            self._reader.merchant_articles(entry.id), lambda articles: self._with_articles(entry, articles)
        )

    def _with_articles(self, entry: MerchantEntry, articles: array[int]) -> None:
        if self._view.is_attached and self._merchants.current == entry:
            self._view.show(entry, RowSource(articles, self._reader.rows))
