"""Rows of an article list, fetched by the page that is looked at."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from tui.model import ArticleRow
from tui.ui.list_order import PAGE, FoundOrder, Order

MOST_ROWS = 6 * PAGE


class RowSource:
    """The order of a list, and the rows of the few pages around what is visible."""

    def __init__(
        self,
        order: Order | array[int],
        fetch: Callable[[Sequence[int]], dict[int, ArticleRow]],
        upto: int = 0,
    ) -> None:
        self.order: Order = FoundOrder(order) if isinstance(order, array) else order
        self._fetch = fetch
        self._rows: dict[int, ArticleRow | None] = {}
        self._read_upto = 0
        self.upto = upto
        """The greatest id that the list can have: what is marked with the whole list has no greater one."""

    def __len__(self) -> int:
        return len(self.order)

    def id(self, index: int) -> int:
        """The id of the article at an index; 0 when the list has become shorter meanwhile."""
        return self.order.ids(index, index + 1)[0]

    @property
    def ids(self) -> Sequence[int]:
        """The ids of the whole list: those of a search or of a merchant are at hand, others are all read."""
        return self.order.ids(0, len(self))

    def row(self, index: int) -> ArticleRow | None:
        """The row at an index; None when its article has gone meanwhile."""
        article = self.id(index)
        if article not in self._rows:
            self._read_page(index // PAGE * PAGE)
        row = self._rows.get(article)
        if row is not None and not row.read and row.id <= self._read_upto:
            return replace(row, read=True)
        return row

    def _read_page(self, start: int) -> None:
        wanted = [article for article in self.order.ids(start, start + PAGE) if article not in self._rows]
        found = self._fetch(wanted)
        while self._rows and len(self._rows) + len(wanted) > MOST_ROWS:
            del self._rows[next(iter(self._rows))]
        self._rows.update((article, found.get(article)) for article in wanted)

    def forget(self) -> None:
        """Drop the rows, so that the next look reads them again."""
        self._rows.clear()
        self._read_upto = 0

    def reread(self, shown: range) -> None:
        """Read the rows that are seen again and drop all others: a mark is drawn without a page of rows."""
        self.forget()
        wanted = self.order.ids(shown.start, shown.stop)
        found = self._fetch(wanted)
        self._rows.update((article, found.get(article)) for article in wanted)

    def show_read(self) -> None:
        """Draw every article as read, until the store has it so."""
        self._read_upto = self.upto

    def show_marks(
        self, ids: Sequence[int], *, read: bool | None = None, favorite: bool | None = None
    ) -> None:
        """Draw some articles as they will be marked, until the rows are read again."""
        for article in ids:
            row = self._rows.get(article)
            if row is not None:
                self._rows[article] = replace(
                    row,
                    read=row.read if read is None else read,
                    favorite=row.favorite if favorite is None else favorite,
                )

    def drop(self, articles: Collection[int]) -> None:
        """Leave out articles that have been looked at: they are going from the list."""
        self.order.drop(articles)

    def index(self, article: int) -> int:
        """Where an article stands, -1 when it is not in the list."""
        return self.order.index(article)

    def unread(self, start: int, step: int) -> int | None:
        """The index of the first unread article from `start` on, down (1) or up (-1)."""
        return self.order.unread(start, step)
