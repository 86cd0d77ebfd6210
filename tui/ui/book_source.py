"""Merchants of the contact book, fetched on another thread by the page that is looked at."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from tui.merchants import BookAnswer, MerchantEntry

PAGE = 64
MOST_PAGES = 6

Take = Callable[[Mapping[int, MerchantEntry]], None]
Fetch = Callable[[Sequence[int], Take], None]
"""Asks for merchants by their ids and hands them over when they have come."""


class MerchantSource:
    """The ids of a query in order, and the merchants of the few pages around what is visible."""

    def __init__(self, answer: BookAnswer, fetch: Fetch, arrived: Callable[[], None]) -> None:
        self.ids: array[int] = answer.ids
        self.total = answer.total
        self._first = answer.entries
        self._fetch = fetch
        self._arrived = arrived
        self._missed = False
        self._pages: OrderedDict[int, Mapping[int, MerchantEntry]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.ids)

    def entry(self, index: int) -> MerchantEntry | None:
        """The merchant at an index, None while it is fetched; the next page is fetched in good time."""
        number, place = divmod(index, PAGE)
        self._want(number + (1 if place > PAGE // 2 else -1))
        found = self._first.get(self.ids[index]) or self._pages.get(number, {}).get(self.ids[index])
        if found is None:
            self._missed = True
            self._want(number)
        return found

    def _want(self, number: int) -> None:
        ids = self.ids[max(0, number) * PAGE : (number + 1) * PAGE]
        if not ids or number in self._pages or all(merchant in self._first for merchant in ids):
            return
        self._pages[number] = {}
        if len(self._pages) > MOST_PAGES:
            self._pages.popitem(last=False)
        self._fetch(ids, lambda entries: self._take(number, entries))

    def _take(self, number: int, entries: Mapping[int, MerchantEntry]) -> None:
        if number in self._pages:
            self._pages[number] = entries
            if self._missed:
                # a page that came in good time changes nothing that is seen
                self._missed = False
                self._arrived()

    def index(self, merchant: int) -> int:
        """Where a merchant stands, -1 when it is not in the list."""
        try:
            return self.ids.index(merchant)
        except ValueError:
            return -1
