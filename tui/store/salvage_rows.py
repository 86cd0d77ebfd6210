"""Reads what can be read of a damaged store's tables, row by row, around what cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import apsw

from tui.store.tables import columns

Row = tuple[Any, ...]

MOST_GAPS = 5_000
"""Places of one table that may be unreadable before the rest of it is given up."""

LARGEST = 2**63 - 1

BROKEN = (
    *(apsw.CorruptError, apsw.NotADBError, apsw.IOError, apsw.SQLError, apsw.CantOpenError),
    UnicodeDecodeError,
)
"""What is raised for a page that makes no sense, for one that is not there, for a schema that has gone,
and for a number that has become a text of no encoding.
"""


def readable(
    db: apsw.Connection, table: str, names: Sequence[str], key: str, most_gaps: int = MOST_GAPS
) -> Iterator[Row]:
    """The rows of a table as far as they can be read, in the order of `key`, its first column: an integer.

    Behind `most_gaps` unreadable places only those come that can be read from the end. Texts come as bytes:
    what is damaged need not be UTF-8.
    """
    kinds = columns(db, "main", table)
    read = ", ".join(f"CAST({name} AS BLOB)" if kinds[name] == "TEXT" else name for name in names)
    # apart, as steps that grow from the least key of all would pass over every id
    for first, last in ((-LARGEST, -1), (0, LARGEST)):
        yield from _Reading(db, table, f"{key}, {read}", key, first, last).rows(most_gaps)


class _Reading:
    """One table's rows of some keys as they are read from the first to the last."""

    def __init__(  # noqa: PLR0917
        self, db: apsw.Connection, table: str, read: str, key: str, first: int, last: int
    ) -> None:
        self._db = db
        self._from = f"SELECT {read} FROM {table} WHERE {key} >= ? AND {key} <= ? ORDER BY {key}"  # noqa: S608
        self._broken = False
        self._last = last
        self._at = first
        """The first key that was not read yet."""

    def rows(self, most_gaps: int) -> Iterator[Row]:
        for _ in range(most_gaps):
            yield from self._until_broken(self._from)
            if not self._broken:
                return
            beyond = self._beyond(self._at)
            if beyond is None:
                break
            self._at = beyond
        # what lies between the last gap and the end
        yield from self._until_broken(f"{self._from} DESC")

    def _until_broken(self, statement: str) -> Iterator[Row]:
        self._broken = False
        try:
            for row in self._db.execute(statement, (self._at, self._last)):
                self._at = max(self._at, int(row[0]) + 1)
                yield row[1:]
        except BROKEN:
            self._broken = True

    def _beyond(self, broken: int) -> int | None:
        """The first key behind a broken place from which on there is something to read; None = nothing.

        By growing steps until something can be read, then by halves back to where that begins. Steps grow by
        an eighth, so that what lies between two gaps is found where it is not far shorter than the first.
        """
        step, low = 1, broken
        while not self._can_read(high := min(broken + step, self._last)):
            if high == self._last:
                return None
            low, step = high, step + 1 + step // 8
        while high - low > 1:
            middle = (low + high) // 2
            if self._can_read(middle):
                high = middle
            else:
                low = middle
        return high

    def _can_read(self, key: int) -> bool:
        """Whether the row at or behind a key can be read; an end without rows cannot."""
        try:
            return self._db.execute(f"{self._from} LIMIT 1", (key, self._last)).fetchone() is not None
        except BROKEN:
            return False
