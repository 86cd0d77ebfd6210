"""The process beside the worker: tasks on standard input, what they became on standard output."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO

from tui import processes
from tui.errors import Code, HuoyuanError, Problem
from tui.making.steps import Task, facts_of, read, slices
from tui.making.wire import READY, encode_part, encode_problem, framed, read_task
from tui.precompiled import WORK, precompiled
from tui.store import Connection
from tui.store.connection import open_store
from tui.store.saving import unchanged

MOST_CPU = 300
"""Seconds for one task: twenty thousand entries take a tenth of them."""


def answers(task: Task, store: Connection) -> Iterator[bytes]:
    """The frames that a task becomes, a problem in place of the rest where one comes up."""
    try:
        feed = read(task)
        yield encode_part(facts_of(feed))
        for part in slices(task, feed, partial(unchanged, store)):
            yield encode_part(part)
    except HuoyuanError as error:
        yield encode_problem(error.problem)
    except Exception as error:
        yield encode_problem(Problem(Code.INTERNAL, {"what": type(error).__name__}))


def serve(store: Connection, tasks: IO[bytes], out: IO[bytes]) -> None:
    """Do tasks until there are no more."""
    out.write(framed(READY))
    out.flush()
    while (task := read_task(tasks)) is not None:
        processes.limit_cpu(MOST_CPU)
        for frame in answers(task, store):
            out.write(frame)
            out.flush()


def main(database: Path) -> None:
    """Serve the worker until it closes its end."""
    # Ctrl-C is for the one that the user started, who ends this one
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    processes.limit_memory()
    processes.widen(sys.stdout.fileno())
    with precompiled(WORK), contextlib.suppress(BrokenPipeError):
        from tui import prepare  # noqa: F401, PLC0415 - with the patterns that are kept
        from tui.feeds import parse  # noqa: F401, PLC0415

        processes.collect_seldom()
        store = open_store(database, write=False)
        serve(store, sys.stdin.buffer, sys.stdout.buffer)
        store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
