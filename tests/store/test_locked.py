"""A database that another process holds: reading goes on, marks wait together and then say why not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import apsw
import pytest

from tests.store.busy import furnish, reader
from tests.store.clock import Clock
from tests.store.samples import NOW, TODAY
from tui.errors import Code, HuoyuanError
from tui.model import ListQuery
from tui.store import connection, writer
from tui.store.connection import BUSY_SECONDS, open_store
from tui.store.marks import mark_all_steps, mark_read
from tui.store.writer import Writer

MARKS = 8


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(writer, "time", made)
    return made


@pytest.fixture
def holder(path: Path) -> Iterator[apsw.Connection]:
    """A connection that holds the lock of a store."""
    furnish(path)
    with closing(open_store(path)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield db


def test_a_start_reads_and_waits_for_nothing(path: Path, holder: apsw.Connection) -> None:
    with closing(reader(path)) as reading:
        assert reading.article(1) is not None
        assert reading.open_list(ListQuery()).count == reading.categories()[0].total > 0


def test_what_waits_for_the_lock_waits_together(path: Path, holder: apsw.Connection, clock: Clock) -> None:
    with closing(Writer(path)) as writing:
        all_asked = Event()
        writing.submit(lambda db: all_asked.wait())
        futures = [
            writing.submit(lambda db, one=number: mark_read(db, [one], True, NOW))  # type: ignore[misc]
            for number in range(1, MARKS + 1)
        ]
        all_asked.set()
        problems = [future.exception() for future in futures]
        codes = {problem.problem.code for problem in problems if isinstance(problem, HuoyuanError)}
        assert codes == {Code.STORE_LOCKED}
        assert BUSY_SECONDS <= clock.now < BUSY_SECONDS + 0.1
        holder.execute("COMMIT")
        assert writing.submit(lambda db: mark_read(db, [1], True, NOW)).result() == 1


def test_each_step_of_a_long_job_has_its_own_patience(
    path: Path, holder: apsw.Connection, clock: Clock
) -> None:
    with closing(Writer(path)) as writing:
        asked = Event()
        writing.submit(lambda db: asked.wait())
        everything = writing.submit_long(lambda db: mark_all_steps(db, ListQuery(), TODAY, NOW, 10**6))
        clock.sleep(2 * BUSY_SECONDS)
        asked.set()
        assert isinstance(everything.exception(), HuoyuanError)
        assert clock.now >= 3 * BUSY_SECONDS


def test_a_lock_that_is_given_back_in_time(path: Path, holder: apsw.Connection) -> None:
    with closing(reader(path)) as reading:
        futures = [reading.mark_read([number], True) for number in range(1, MARKS + 1)]
        everything = reading.mark_all_read(ListQuery(), 10**6)
        holder.execute("COMMIT")
        assert [future.result() for future in futures] == [1] * MARKS
        assert everything.result() > 0


@pytest.fixture
def other(path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Iterator[apsw.Connection]:
    """A connection that writes to a file that is not yet a store."""
    monkeypatch.setattr(connection, "time", clock)
    with closing(apsw.Connection(str(path))) as db:
        db.execute("BEGIN IMMEDIATE")
        yield db


def test_a_new_store_that_another_process_is_making(path: Path, other: apsw.Connection, clock: Clock) -> None:
    clock.slept = lambda: other.execute("COMMIT") if other.in_transaction else None
    with closing(open_store(path)) as db:
        assert db.pragma("journal_mode") == "wal"
    assert 0 < clock.now < BUSY_SECONDS


def test_a_new_store_that_another_process_holds(path: Path, other: apsw.Connection, clock: Clock) -> None:
    with pytest.raises(HuoyuanError) as caught:
        open_store(path)
    assert caught.value.problem.code is Code.STORE_LOCKED
    assert clock.now >= BUSY_SECONDS
