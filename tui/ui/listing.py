"""What the article list shows: a query, its articles, and how both change while the cursor stays."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from dataclasses import replace

from tui.model import Found, ListQuery, Scope
from tui.reader import Reader
from tui.ui.list_order import FoundOrder, StoreOrder
from tui.ui.row_source import RowSource


class Listing:
    """The present query and the rows that answer it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.query = ListQuery()
        self.source = self._found(array("q"))
        self._shown: ListQuery | None = None
        self._dropped: frozenset[int] = frozenset()
        self.searching = False
        """Whether a search goes on and may find more."""
        self.cut = False
        """Whether a search has found more than it shows."""

    def open(self, query: ListQuery) -> None:
        """Answer another query; a search is answered by `found`."""
        self.query = query
        self._shown = None
        self._dropped = frozenset()
        self.searching = bool(query.search)
        self.cut = False
        if not query.search:
            self.source = self._opened(query)

    def open_scope(self, scope: Scope) -> None:
        """Show another category or feed under the same filters, without a search."""
        self.open(replace(self.query, scope=scope, search=""))

    def found(self, found: Found) -> bool:
        """Take what a search has found so far; True when it is the first of its answer."""
        first = self._shown is not self.query
        self._shown = self.query
        self.searching = not found.complete
        self.cut = found.cut
        self.source = self._found(found.ids)
        self.source.drop(self._dropped)
        return first

    @property
    def waiting(self) -> bool:
        """Whether a search was asked for that has found nothing yet, nor that there is nothing."""
        return self.searching and self._shown is not self.query

    def drop(self, articles: Collection[int]) -> None:
        """Leave out articles that are going from the list, also where a search still finds them."""
        self._dropped |= frozenset(articles)
        self.source.drop(articles)

    def renew(self, cursor: int, current: int | None) -> int:
        """Bring the list up to date; gives where the cursor stands on the same article as before."""
        order = self.source.order
        if not isinstance(order, StoreOrder):
            return cursor
        if order.renew():
            self.source.upto = order.opened.upto
            self.source.forget()
        else:
            self.source = self._opened(self.query)
        place = self.source.index(current) if current is not None else -1
        return place if place >= 0 else min(cursor, max(0, len(self.source) - 1))

    def _opened(self, query: ListQuery) -> RowSource:
        order = StoreOrder(self._reader, query)
        return RowSource(order, self._reader.rows, order.opened.upto)

    def _found(self, ids: array[int]) -> RowSource:
        return RowSource(FoundOrder(ids, self._reader), self._reader.rows, max(ids, default=0))

    @property
    def filtered(self) -> bool:
        """Whether a search or a filter hides articles of the scope."""
        return bool(self.query.search or self.query.unread_only or self.query.favorites_only)
