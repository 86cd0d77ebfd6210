"""One thread that writes: the screen hands it what the user did and never waits for the disk."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future
from pathlib import Path
from threading import Condition, Thread
from typing import Any, TypeVar

import apsw

from tui.store.connection import BUSY_SECONDS, open_store
from tui.store.guard import BUSY_PAUSE_SECONDS, translated
from tui.store.steps import Steps
from tui.store.suspicion import note_failure

T = TypeVar("T")


class _Job:
    """What is to be written, and the future that waits for its result.

    A `long` one goes on by steps; a `quick` one does not mind in the midst of which others it is done.
    `until` is when it no longer waits for a lock that another process holds.
    """

    def __init__(
        self, start: Callable[[apsw.Connection], Any], *, long: bool = False, quick: bool = False
    ) -> None:
        self.long = long
        self.quick = quick
        self.until = time.monotonic() + BUSY_SECONDS
        self.future: Future[Any] = Future()
        self._start = start
        self._steps: Generator[None, None, Any] | None = None

    def go_on(self, db: apsw.Connection, path: Path) -> bool:
        """Do the job, or a step of it, in the store at `path`; True when it is done."""
        if self._steps is None and not self.future.set_running_or_notify_cancel():
            return True
        try:
            if not self.long:
                self.future.set_result(self._start(db))
                return True
            with translated(db.filename):
                self._steps = self._steps or self._start(db)
                next(self._steps)
        except StopIteration as end:
            self.future.set_result(end.value)
        except BaseException as error:
            note_failure(path, error)
            self.future.set_exception(error)
        else:
            return False
        return True


class Writer:
    """The write connection of a process and its thread, both made when there is something to write.

    What the user did is written in order, with one exception: a long job, which may be a million marks,
    lets quick ones in between its steps.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._changed = Condition()
        self._jobs: deque[_Job] = deque()
        self._long: _Job | None = None
        self._until = 0.0
        self._closed = False
        self._thread: Thread | None = None

    def submit(self, function: Callable[[apsw.Connection], T]) -> Future[T]:
        """Run the function after all that was submitted before it; its exception goes to the future.

        So does what `open_store` raises, which the first function waits for.
        """
        return self._put(_Job(function))

    def submit_quick(self, function: Callable[[apsw.Connection], T]) -> Future[T]:
        """As `submit`, but not kept waiting by a long job, which it must not contradict."""
        return self._put(_Job(function, quick=True))

    def submit_long(self, function: Callable[[apsw.Connection], Steps[T]]) -> Future[T]:
        """Run the function's steps in their turn, with what is quick in between."""
        return self._put(_Job(function, long=True))

    def _put(self, job: _Job) -> Future[Any]:
        with self._changed:
            if self._closed:
                raise RuntimeError("the writer is closed")
            self._jobs.append(job)
            if self._thread is None:
                self._thread = Thread(target=self._work, name="store-writer")
                self._thread.start()
            self._changed.notify()
        return job.future

    def _work(self) -> None:
        db: apsw.Connection | None = None
        while job := self._next():
            try:
                db = db or self._open()
            except Exception as error:
                note_failure(self._path, error)
                job.future.set_exception(error)
                done = True
            else:
                self._until = time.monotonic() + BUSY_SECONDS if job.long else job.until
                done = job.go_on(db, self._path)
                if done and job.long:
                    # marks of a whole list leave the pages of it behind, and the next ones need few of them
                    db.release_memory()
            if done and job is self._long:
                self._long = None
        if db is not None:
            db.close()

    def _open(self) -> apsw.Connection:
        db = open_store(self._path)
        db.set_busy_handler(self._wait)
        return db

    def _wait(self, _: int) -> bool:
        """Wait for a lock until the job has had its time: what waits behind it waits with it."""
        time.sleep(BUSY_PAUSE_SECONDS)
        return time.monotonic() < self._until

    def _next(self) -> _Job | None:
        with self._changed:
            if self._long is not None and not (self._jobs and self._jobs[0].quick):
                return self._long
            self._changed.wait_for(lambda: self._jobs or self._closed)
            job = self._jobs.popleft() if self._jobs else None
            if job is not None and job.long:
                self._long = job
            return job

    def close(self) -> None:
        """Finish what was submitted, then let go of the file."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
