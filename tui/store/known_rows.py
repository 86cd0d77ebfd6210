"""Values of rows that are read again and again: the same object while its row says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class KnownRows(Generic[T]):
    """Makes values of rows, no two of which are alike, and keeps those of the last reading alone.

    A cache of so many rows would fill with what they said before: a refresh changes hundreds of them.
    """

    def __init__(self, make: Callable[..., T]) -> None:
        self._make = make
        self._known: dict[tuple[Any, ...], T] = {}

    def read(self, rows: Iterable[tuple[Any, ...]]) -> tuple[T, ...]:
        """The values of all rows, made anew only where a row has changed."""
        known, make = self._known, self._make
        self._known = {row: known[row] if row in known else make(*row) for row in rows}
        return tuple(self._known.values())
