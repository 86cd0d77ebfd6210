"""Rows of an article list, fetched by the page that is looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence

from tui.model import ArticleRow

PAGE = 64
MOST_PAGES = 6


class RowSource:
    """The ids of a list in order, and the rows of the few pages around what is visible."""

    def __init__(self, ids: array[int], fetch: Callable[[Sequence[int]], dict[int, ArticleRow]]) -> None:
        self.ids = ids
        self._fetch = fetch
        self._pages: OrderedDict[int, dict[int, ArticleRow]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.ids)

    def row(self, index: int) -> ArticleRow | None:
        """The row at an index; None when its article has gone meanwhile."""
        number = index // PAGE
        page = self._pages.get(number)
        if page is None:
            page = self._fetch(self.ids[number * PAGE : (number + 1) * PAGE])
            self._pages[number] = page
            if len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)
        return page.get(self.ids[index])

    def forget(self) -> None:
        """Drop the rows, so that the next look reads them again."""
        self._pages.clear()

    def index(self, article: int) -> int:
        """Where an article stands, -1 when it is not in the list."""
        try:
            return self.ids.index(article)
        except ValueError:
            return -1
