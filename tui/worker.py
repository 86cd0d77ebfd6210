"""The worker process: requests on standard input, events on standard output, limits around it all."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path

from tui import processes
from tui.errors import Code, HuoyuanError, Problem
from tui.feed_values import Refreshed
from tui.net.resolving import make_room_for_resolving
from tui.precompiled import WORK, precompiled
from tui.protocol import (
    BackedUp,
    BackupRequest,
    CodesRequest,
    Event,
    PageRequest,
    Progress,
    RefreshFinished,
    RefreshRequest,
    RefreshStarted,
    Request,
    WorkerFailed,
    decode_request,
    encode_event,
)
from tui.refresh import Refresh, due_feeds
from tui.store import Connection
from tui.store.connection import open_store, work_behind
from tui.store.indexing import Indexer

SAY_SECONDS = 0.1
INDEX_PAUSE = 0.002
"""Seconds between two chunks of indexing, so that a mark of the reader gets its turn."""

TIDY_PAUSE = 0.02
"""The same between two steps of tidying up, which nobody waits for: most marks then meet a pause."""


def limit_process() -> None:
    """Give way to the screen, and die rather than fill the machine's memory."""
    processes.give_way()
    processes.limit_memory()


def say(event: Event) -> None:
    """Write an event to standard output."""
    sys.stdout.write(encode_event(event))
    sys.stdout.flush()


def now() -> int:
    """The present in Unix seconds."""
    return int(time.time())


class Reporter:
    """Says the results of feeds together, ten times a second at most: each word wakes the screen."""

    def __init__(self) -> None:
        self._unsaid: list[Refreshed] = []

    def note(self, result: Refreshed) -> None:
        """Take the result of one feed."""
        self._unsaid.append(result)
        if len(self._unsaid) == 1:
            asyncio.get_running_loop().call_later(SAY_SECONDS, self.say)

    def say(self) -> None:
        """Say all that was noted and not said yet."""
        results, self._unsaid = self._unsaid, []
        if results:
            say(Progress(tuple(results)))


class Worker:
    """Serves requests over one connection; refreshes go one after the other, the rest beside them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._refreshing = asyncio.Lock()
        self._backing_up = asyncio.Lock()
        self._indexer = Indexer(connection)

    async def serve(self, request: Request) -> None:
        """Do one request and say what came of it; then index what is new for the search."""
        if isinstance(request, RefreshRequest):
            async with self._refreshing:
                await self._refresh(request)
        elif isinstance(request, BackupRequest):
            async with self._backing_up:
                problem = await asyncio.to_thread(_back_up, Path(self._connection.filename))
            say(BackedUp(problem))
        else:
            await self._enrich(request)
        while self._indexer.step() or self._indexer.renew():
            await asyncio.sleep(INDEX_PAUSE)
        # what has time: a refresh that has begun meanwhile goes on with it when it ends
        while not self._refreshing.locked() and self._indexer.tidy():
            await asyncio.sleep(TIDY_PAUSE)

    async def _refresh(self, request: RefreshRequest) -> None:
        wanted = due_feeds(self._connection, request, now())
        say(RefreshStarted(tuple(state.id for state in wanted)))
        reporter = Reporter()
        refresh = Refresh(
            self._connection,
            reporter.note,
            now,
            minutes=request.minutes,
            page_feeds=request.page_feeds,
            code_feeds=request.code_feeds,
        )
        failed = await refresh.run(wanted)
        reporter.say()
        say(RefreshFinished(failed))

    async def _enrich(self, request: PageRequest | CodesRequest) -> None:
        # what fetches is imported on first need: a start with nothing but local feeds must not pay for it
        from tui import enrich  # noqa: PLC0415
        from tui.load import loader  # noqa: PLC0415

        async with loader() as load:
            if isinstance(request, PageRequest):
                say(await enrich.take_page(self._connection, request.article, load, now()))
            else:
                say(await enrich.look_for_codes(self._connection, request.article, load, now()))


def _back_up(database: Path) -> Problem | None:
    """Make a backup on a thread and a connection of its own, where none has just been made; gives why not."""
    from tui.store.backup import back_up, is_due  # noqa: PLC0415 - a few times a day

    try:
        # two refreshes that end one behind the other both ask for it
        if is_due(database, now()):
            back_up(database, now())
    except HuoyuanError as error:
        return error.problem
    return None


async def _requests() -> AsyncIterator[Request]:
    """The requests on standard input until it ends, read by a thread of their own."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str] = asyncio.Queue()

    def listen() -> None:
        with contextlib.suppress(RuntimeError):
            for line in sys.stdin:
                loop.call_soon_threadsafe(lines.put_nowait, line)
            loop.call_soon_threadsafe(lines.put_nowait, "")

    threading.Thread(target=listen, daemon=True).start()
    while line := await lines.get():
        yield decode_request(line)


async def serve_all(connection: Connection) -> None:
    """Serve requests side by side until the input ends and all are done."""
    make_room_for_resolving()
    worker = Worker(connection)
    async with asyncio.TaskGroup() as tasks:
        async for request in _requests():
            tasks.create_task(worker.serve(request))


def main(database: Path) -> int:
    """Serve requests until the input ends."""
    limit_process()
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        connection = open_store(database)
        work_behind(connection)
    except HuoyuanError as error:
        say(WorkerFailed(error.problem))
        return 1
    problem = None
    try:
        processes.collect_seldom()
        with precompiled(WORK):
            asyncio.run(serve_all(connection))
    except* HuoyuanError as errors:
        problem = _first(errors)
    if problem is not None:
        say(WorkerFailed(problem))
    return int(problem is not None)


def _first(errors: BaseExceptionGroup[HuoyuanError]) -> Problem:
    problems = (error.problem for error in errors.exceptions if isinstance(error, HuoyuanError))
    return next(problems, Problem(Code.WORKER_DIED))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
