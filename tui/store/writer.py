"""One thread that writes: the screen hands it what the user did and never waits for the disk."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import apsw

from tui.store.connection import open_store

T = TypeVar("T")


class Writer:
    """The write connection of a process and its thread; opening it raises what `open_store` raises."""

    def __init__(self, path: Path) -> None:
        self._db = open_store(path)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store-writer")

    def submit(self, function: Callable[[apsw.Connection], T]) -> Future[T]:
        """Run the function after all that was submitted before it; its exception goes to the future."""
        return self._thread.submit(function, self._db)

    def close(self) -> None:
        """Finish what was submitted, then let go of the file."""
        self._thread.shutdown()
        self._db.close()
