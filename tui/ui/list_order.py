"""The articles of a list in order: read from the store where it is looked at, or as a search found them."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Sequence
from itertools import chain
from typing import Protocol

from tui.model import ListQuery, OpenedList, Place, Sort

PAGE = 64


class ListReader(Protocol):
    """What an order asks; the reader answers it."""

    def open_list(self, query: ListQuery) -> OpenedList: ...

    def newer(self, opened: OpenedList) -> tuple[OpenedList, list[Place] | None]: ...

    def places(
        self, opened: OpenedList, beside: Place | None, skip: int, limit: int, *, back: bool
    ) -> list[Place]: ...

    def place_of(self, opened: OpenedList, article: int) -> Place | None: ...

    def count_between(self, opened: OpenedList, low: Place | None, high: Place | None) -> int: ...

    def next_unread(self, opened: OpenedList, beside: Place | None, *, back: bool) -> Place | None: ...

    def unread_among(self, ids: array[int], start: int, step: int) -> int | None: ...


class Order(Protocol):
    """Says which article stands where."""

    def __len__(self) -> int: ...

    def ids(self, start: int, stop: int) -> Sequence[int]:
        """The ids from an index up to another; 0 where the list has become shorter meanwhile."""

    def index(self, article: int) -> int:
        """Where an article stands, -1 when it is not in the list."""

    def unread(self, start: int, step: int) -> int | None:
        """The index of the first unread article from `start` on, down (1) or up (-1)."""

    def drop(self, articles: Collection[int]) -> None:
        """Leave out articles that have been looked at: they are going from the list."""


class FoundOrder:
    """What a search found: all ids at hand, eight bytes each."""

    def __init__(self, ids: array[int], reader: ListReader | None = None) -> None:
        self._reader = reader
        self.all = ids

    def __len__(self) -> int:
        return len(self.all)

    def ids(self, start: int, stop: int) -> Sequence[int]:
        return self.all[start:stop]

    def index(self, article: int) -> int:
        try:
            return self.all.index(article)
        except ValueError:
            return -1

    def unread(self, start: int, step: int) -> int | None:
        return self._reader.unread_among(self.all, start, step) if self._reader is not None else None

    def drop(self, articles: Collection[int]) -> None:
        self.all = array("q", (article for article in self.all if article not in articles))


class _Stretch:
    """Successive places of a list, the first at the index `start`.

    Their numbers stand one behind the other: who pages through a million articles holds a million places.
    """

    __slots__ = ("_numbers", "_width", "start")

    def __init__(self, start: int, places: Sequence[Place]) -> None:
        self.start = start
        self._width = len(places[0]) if places else 1
        self._numbers = array("q", chain.from_iterable(places))

    def __len__(self) -> int:
        return len(self._numbers) // self._width

    def __getitem__(self, number: int) -> Place:
        first = range(0, len(self._numbers), self._width)[number]
        return tuple(self._numbers[first : first + self._width])

    @property
    def stop(self) -> int:
        return self.start + len(self)

    @property
    def ids(self) -> array[int]:
        """The articles' ids, with which their places end."""
        return self._numbers[self._width - 1 :: self._width]

    def insert(self, number: int, place: Place) -> None:
        at = number * self._width
        self._numbers[at:at] = array("q", place)

    def without(self, articles: Collection[int]) -> _Stretch:
        places = map(self.__getitem__, range(len(self)))
        return _Stretch(self.start, [place for place in places if place[-1] not in articles])


class StoreOrder:
    """A list of the store: it keeps the places that were looked at, and reads others beside them.

    So a list of a million costs what a short one does, nothing moves while articles are marked, and
    what a refresh brings is put in where it belongs.
    """

    def __init__(self, reader: ListReader, query: ListQuery) -> None:
        self._reader = reader
        self._opened = reader.open_list(query)
        self._count = self._opened.count
        self._stretches: list[_Stretch] = []
        self.torn = False
        """Whether articles have left the list in places that were not looked at: it must be opened anew."""

    def __len__(self) -> int:
        return self._count

    @property
    def opened(self) -> OpenedList:
        """The list that this is the order of."""
        return self._opened

    def ids(self, start: int, stop: int) -> Sequence[int]:
        found: list[int] = []
        while start + len(found) < min(stop, self._count):
            at = start + len(found)
            stretch = self._stretch(at)
            if stretch is None:
                self.torn = True
                return [*found, *([0] * (min(stop, self._count) - at))]
            found += stretch.ids[at - stretch.start : stop - stretch.start]
        return found

    def _stretch(self, index: int) -> _Stretch | None:
        """The stretch that has an index, read now if need be; None when the store has none there."""
        number = bisect_right(self._stretches, index, key=lambda stretch: stretch.start)
        before = self._stretches[number - 1] if number else None
        if before is not None and index < before.stop:
            return before
        after = self._stretches[number] if number < len(self._stretches) else None
        low = before.stop if before is not None else 0
        high = after.start if after is not None else self._count
        made = self._read(index, low, high, before, after)
        if not made.start <= index < made.stop:
            return None
        self._stretches.insert(number, made)
        return made

    def _read(
        self, index: int, low: int, high: int, before: _Stretch | None, after: _Stretch | None
    ) -> _Stretch:
        """Read the page of an index from the nearer end of the gap that it is in."""
        start = max(low, index // PAGE * PAGE)
        stop = min(high, index // PAGE * PAGE + PAGE)
        if start - low <= high - stop:
            beside = before[-1] if before is not None else None
            places = self._reader.places(self._opened, beside, start - low, stop - start, back=False)
            return _Stretch(start, places)
        beside = after[0] if after is not None else None
        places = self._reader.places(self._opened, beside, high - stop, stop - start, back=True)
        return _Stretch(stop - len(places), places[::-1])

    def index(self, article: int) -> int:
        for stretch in self._stretches:
            ids = stretch.ids
            if article in ids:
                return stretch.start + ids.index(article)
        found = self._reader.place_of(self._opened, article)
        return self._index_of(found) if found is not None else -1

    def _key(self, place: Place) -> Place:
        """A place as a tuple that grows down the list."""
        return place if self._opened.query.sort is Sort.OLDEST else tuple(-part for part in place)

    def _index_of(self, place: Place) -> int:
        """The index of a place, counted from the last known one before it."""
        number = bisect_right(self._stretches, self._key(place), key=lambda stretch: self._key(stretch[0]))
        if not number:
            return self._reader.count_between(self._opened, None, place)
        before = self._stretches[number - 1]
        if self._key(place) <= self._key(before[-1]):
            return before.start + bisect_right(before, self._key(place), key=self._key) - 1
        return before.stop + self._reader.count_between(self._opened, before[-1], place)

    def unread(self, start: int, step: int) -> int | None:
        beside = self._place(start - step) if 0 <= start - step < self._count else None
        if not 0 <= start < self._count:
            return None
        found = self._reader.next_unread(self._opened, beside, back=step < 0)
        return self._index_of(found) if found is not None else None

    def _place(self, index: int) -> Place | None:
        stretch = self._stretch(index)
        return stretch[index - stretch.start] if stretch is not None else None

    def drop(self, articles: Collection[int]) -> None:
        gone = 0
        kept = []
        for stretch in self._stretches:
            left = stretch.without(articles)
            left.start -= gone
            gone += len(stretch) - len(left)
            kept.append(left)
        self._stretches = [stretch for stretch in kept if len(stretch)]
        self._count -= gone

    def renew(self) -> bool:
        """Put in what has come since; False when the list must be opened anew instead."""
        opened, places = self._reader.newer(self._opened)
        keeps_read = not (opened.query.unread_only or opened.query.favorites_only)
        if places is None or self.torn or (keeps_read and opened.count != self._count + len(places)):
            return False
        self._opened = opened
        for place in places:
            self._put(place)
        self._count += len(places)
        return True

    def _put(self, place: Place) -> None:
        key = self._key(place)
        number = bisect_right(self._stretches, key, key=lambda stretch: self._key(stretch[0]))
        before = self._stretches[number - 1] if number else None
        if before is not None and key < self._key(before[-1]):
            before.insert(bisect_right(before, key, key=self._key), place)
        for stretch in self._stretches[number:]:
            stretch.start += 1
