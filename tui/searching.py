"""The search beside the screen: told as it goes, given up for the next one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from pathlib import Path
from types import ModuleType

from tui.model import Found, ListQuery
from tui.store import Connection
from tui.store.read_thread import ReadThread
from tui.text.tokens import query_terms


class Searching:
    """Searches on a thread of its own, where only the last search that was asked for is gone on with."""

    def __init__(self, database: Path, today: Callable[[], int]) -> None:
        self._thread = ReadThread(database, "search")
        self._today = today
        self._number = 0
        self._is_ready = False

    def prepare(self) -> None:
        """Make ready, beside the screen, while the first letters of a search are typed."""
        if not self._is_ready:
            self._is_ready = True
            self._thread.ask(_prepare)

    def start(self, query: ListQuery, told: Callable[[Found], object]) -> Future[None]:
        """Search, telling the first page at once and then more, on the thread, until it is complete.

        A search that was asked for before is given up: its future is cancelled.
        """
        self.stop()
        number, today = self._number, self._today()
        return self._thread.ask(lambda db: self._search(db, number, query, today, told))

    def _search(
        self, db: Connection, number: int, query: ListQuery, today: int, told: Callable[[Found], object]
    ) -> None:
        search = _import()
        if number != self._number:
            raise CancelledError
        for found in search.search_steps(db, query, today):
            if number != self._number:
                raise CancelledError
            told(found)

    def stop(self) -> None:
        """Give up a search whose answer nobody wants any more."""
        self._number += 1
        self._thread.interrupt()

    def close(self) -> None:
        """Give up what is searched and close the connection."""
        self.stop()
        self._thread.close()


def _prepare(_: Connection) -> None:
    _import()
    # the first query makes the tables that fold its letters
    query_terms("字")


def _import() -> ModuleType:
    # with the first search: a start need not pay for its tables
    from tui.store import search  # noqa: PLC0415

    return search
