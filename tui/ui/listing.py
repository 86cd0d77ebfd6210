"""What the article list shows: a query, its ids, and how both change while the cursor stays."""

from __future__ import annotations

from array import array
from dataclasses import replace

from tui.model import ListQuery, Scope
from tui.reader import Reader
from tui.ui.row_source import RowSource


class Listing:
    """The present query and the rows that answer it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.query = ListQuery()
        self.source = RowSource(array("q"), reader.rows)

    def open(self, query: ListQuery) -> None:
        """Answer another query; a search is answered by `found`."""
        self.query = query
        if not query.search:
            self._take(self._reader.article_ids(query))

    def open_scope(self, scope: Scope) -> None:
        """Show another category or feed under the same filters, without a search."""
        self.open(replace(self.query, scope=scope, search=""))

    def found(self, ids: array[int]) -> None:
        """Take a search's answer."""
        self._take(ids)

    def renew(self, current: int | None) -> int:
        """Answer the query anew; gives where the current article stands, which stays in the list."""
        before = self.source.index(current) if current is not None else -1
        ids = self._reader.article_ids(self.query)
        if current is not None and before >= 0 and current not in ids:
            # read meanwhile, so an unread list would drop it from under the cursor
            ids.insert(min(before, len(ids)), current)
        self._take(ids)
        return max(0, self.source.index(current)) if current is not None else 0

    def _take(self, ids: array[int]) -> None:
        self.source = RowSource(ids, self._reader.rows)

    @property
    def filtered(self) -> bool:
        """Whether a search or a filter hides articles of the scope."""
        return bool(self.query.search or self.query.unread_only or self.query.favorites_only)
