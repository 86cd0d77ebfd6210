"""The worker process: requests on standard input, events on standard output, limits around it all."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tui.errors import Code, HuoyuanError, Problem
from tui.net import policy
from tui.protocol import (
    Event,
    RefreshFinished,
    RefreshRequest,
    RefreshStarted,
    WorkerFailed,
    decode_request,
    encode_event,
)
from tui.refresh import Refresh
from tui.store import Connection
from tui.store.connection import open_store
from tui.store.feeds import states
from tui.store.indexing import index_pending

NICENESS = 10
MOST_MEMORY = 2 * 2**30
INDEX_PAUSE = 0.002
"""Seconds between two chunks of indexing, so that a mark of the reader gets its turn."""


def limit_process() -> None:
    """Give way to the screen, and die rather than fill the machine's memory."""
    with contextlib.suppress(OSError, AttributeError):
        os.nice(NICENESS)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - POSIX only

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


async def serve(connection: Connection, request: RefreshRequest, say: Callable[[Event], None]) -> None:
    """Do one request: refresh, then index what is new for the search."""
    now = int(time.time())
    # a host that asked to be left alone is known from any of its feeds, so all are looked at
    ready = policy.due(states(connection), now, explicit=request.force)
    wanted = [state for state in ready if not request.feeds or state.id in request.feeds]
    say(RefreshStarted(tuple(state.id for state in wanted)))
    failed = await Refresh(connection, say, lambda: int(time.time())).run(wanted)
    say(RefreshFinished(failed))
    await index_all(connection)


async def index_all(connection: Connection) -> None:
    """Index everything that waits, in small chunks with a gap after each."""
    while index_pending(connection):
        await asyncio.sleep(INDEX_PAUSE)


def say_line(event: Event) -> None:
    """Write an event to standard output."""
    sys.stdout.write(encode_event(event))
    sys.stdout.flush()


def main(database: Path) -> int:
    """Serve requests until the input ends."""
    limit_process()
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    try:
        connection = open_store(database)
        for line in sys.stdin:
            asyncio.run(serve(connection, decode_request(line), say_line))
    except HuoyuanError as error:
        say_line(WorkerFailed(error.problem))
        return 1
    except MemoryError:
        say_line(WorkerFailed(Problem(Code.WORKER_DIED, {"why": "memory"})))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
