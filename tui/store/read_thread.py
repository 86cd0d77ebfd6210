"""One thread that reads over a connection of its own what may take longer than a key can wait."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import apsw

from tui.store.connection import open_store, read_through
from tui.store.guard import Interrupted
from tui.store.suspicion import note_failure

T = TypeVar("T")


class ReadThread:
    """Answers questions one after the other; thread and connection are made for the first one."""

    def __init__(self, database: Path, name: str) -> None:
        self._database = database
        self._pool = ThreadPoolExecutor(1, name)
        self._connection: apsw.Connection | None = None

    def ask(self, question: Callable[[apsw.Connection], T]) -> Future[T]:
        """Ask a question; its future is cancelled when its answer was interrupted."""
        return self._pool.submit(self._answer, question)

    def _answer(self, question: Callable[[apsw.Connection], T]) -> T:
        try:
            return question(self._opened())
        except (Interrupted, CancelledError) as error:
            _let_go(error)
            raise CancelledError from None
        except Exception as error:
            note_failure(self._database, error)
            raise

    def _opened(self) -> apsw.Connection:
        if self._connection is None:
            self._connection = open_store(self._database)
            read_through(self._connection)
        return self._connection

    def interrupt(self) -> None:
        """Give up what is being read, as nobody wants it any more."""
        if self._connection is not None:
            self._connection.interrupt()

    def close(self) -> None:
        """Give up all questions and close the connection."""
        self.interrupt()
        self._pool.shutdown(cancel_futures=True)
        if self._connection is not None:
            self._connection.close()


def _let_go(error: BaseException) -> None:
    """Free the statements that the frames of a given-up answer hold.

    As long as one of them is under way, SQLite interrupts whatever else is asked of the connection too.
    """
    given_up: BaseException | None = error
    while given_up is not None:
        traceback.clear_frames(given_up.__traceback__)
        given_up = given_up.__context__
