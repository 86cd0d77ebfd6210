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

BROKEN = (apsw.CorruptError, apsw.NotADBError, apsw.IOError, apsw.SQLError, apsw.CantOpenError)
"""What SQLite says of a page that makes no sense, of one that is not there, and of a schema that has gone."""


def readable(db: apsw.Connection, table: str, names: Sequence[str], key: str) -> Iterator[Row]:
    """The rows of a table as far as they can be read, in the order of `key`, its first column: an integer.

    Texts come as bytes: what is damaged need not be UTF-8.
    """
    kinds = columns(db, "main", table)
    read = ", ".join(f"CAST({name} AS BLOB)" if kinds[name] == "TEXT" else name for name in names)
    yield from _Reading(db, table, f"{key}, {read}", key).rows()


class _Reading:
    """One table as it is read from its beginning to its end."""

    def __init__(self, db: apsw.Connection, table: str, read: str, key: str) -> None:
        self._db = db
        self._from = f"SELECT {read} FROM {table} WHERE {key} >= ? AND {key} <= ? ORDER BY {key}"  # noqa: S608
        self._broken = False
        self._at = -LARGEST
        """The first key that was not read yet."""

    def rows(self) -> Iterator[Row]:
        for _ in range(MOST_GAPS):
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
            for row in self._db.execute(statement, (self._at, LARGEST)):
                self._at = max(self._at, int(row[0]) + 1)
                yield row[1:]
        except BROKEN:
            self._broken = True

    def _beyond(self, broken: int) -> int | None:
        """The first key behind a broken place from which on there is something to read; None = nothing.

        By steps that double until something can be read, then by halves back to where that begins.
        """
        step, low = 1, broken
        while not self._can_read(high := min(broken + step, LARGEST)):
            if high == LARGEST:
                return None
            low, step = high, step * 2
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
            return self._db.execute(f"{self._from} LIMIT 1", (key, LARGEST)).fetchone() is not None
        except BROKEN:
            return False
