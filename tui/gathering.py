"""What feeds brought within a moment, saved together: where each has little that is new, a transaction of
its own is what it costs most."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tui.errors import HuoyuanError
from tui.store import Connection
from tui.store.saving import CHUNK, Brought, Saved, save_all

MOMENT_SECONDS = 0.1
"""What a feed brought waits so long for others: progress is told as often."""


class Gathering:
    """What waits to be saved: until it fills a transaction, a moment has passed or no more is to come."""

    def __init__(self, connection: Connection, now: Callable[[], int]) -> None:
        self._connection = connection
        self._now = now
        self._waiting: list[tuple[Brought, asyncio.Future[Saved]]] = []
        self._at_work = 0

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While the block runs there is something to come, unless it waits here itself."""
        self._at_work += 1
        try:
            yield
        finally:
            self._at_work -= 1
            if len(self._waiting) >= self._at_work:
                self._write()

    def save(self, brought: Brought) -> asyncio.Future[Saved]:
        """Save what a feed brought, now or soon; the future tells when, and has what `save_all` raises."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Saved] = loop.create_future()
        self._waiting.append((brought, future))
        articles = sum(len(one.drafts) for one, _ in self._waiting)
        if articles >= CHUNK or len(self._waiting) >= self._at_work:
            self._write()
        elif len(self._waiting) == 1:
            loop.call_later(MOMENT_SECONDS, self._write)
        return future

    def _write(self) -> None:
        # what was given up is not saved: the store may be closed by now
        waiting = [one for one in self._waiting if not one[1].done()]
        self._waiting = []
        if waiting:
            self._save(waiting)

    def _save(self, waiting: Sequence[tuple[Brought, asyncio.Future[Saved]]]) -> None:
        try:
            saved = save_all(self._connection, [brought for brought, _ in waiting], self._now())
        except Exception as error:
            of_store = isinstance(error, HuoyuanError) and error.problem.is_of_store
            if len(waiting) > 1 and not of_store:
                # whatever a feed brought, the others do not suffer from it
                for alone in waiting:
                    self._save([alone])
            else:
                for _, future in waiting:
                    future.set_exception(error)
        else:
            for (_, future), one in zip(waiting, saved, strict=True):
                future.set_result(one)
