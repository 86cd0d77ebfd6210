"""The writing thread: in order, with the exceptions of what it ran, and nothing lost at its end."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import apsw
import pytest

from tests.store.samples import NOW, TODAY, article, fill
from tui.errors import Code, HuoyuanError
from tui.model import ListQuery, Undone
from tui.store.connection import open_store
from tui.store.lists import article_ids
from tui.store.marks import mark_all_steps, mark_read, undo, undo_steps
from tui.store.steps import Steps
from tui.store.writer import Writer


def test_in_order_and_drained_at_the_end(path: Path) -> None:
    writer = Writer(path)
    reader = open_store(path, write=False)
    fill_done = writer.submit(lambda db: fill(db, [article(str(number)) for number in range(60)]))
    marks = [writer.submit(lambda db, i=i: mark_read(db, [i], True, NOW)) for i in range(1, 61)]  # type: ignore[misc]
    undone = writer.submit(undo)
    writer.close()
    assert fill_done.done()
    assert undone.done()
    assert all(mark.done() for mark in marks)
    assert fill_done.result().new == 60
    assert [mark.result() for mark in marks] == [1] * 60
    assert undone.result() is not None
    assert list(article_ids(reader, ListQuery(unread_only=True), TODAY)) == [60]
    reader.close()


def test_an_exception_goes_to_its_future_alone(path: Path) -> None:
    def fail(db: apsw.Connection) -> None:
        raise HuoyuanError(Code.BAD_INPUT)

    writer = Writer(path)
    failed = writer.submit(fail)
    saved = writer.submit(lambda db: fill(db, [article("1")]))
    with pytest.raises(HuoyuanError):
        failed.result()
    assert saved.result().new == 1
    writer.close()


def test_a_closed_writer_takes_nothing(path: Path) -> None:
    writer = Writer(path)
    writer.close()
    with pytest.raises(RuntimeError):
        writer.submit(undo)


def test_a_store_that_cannot_be_opened(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    opened = writer.submit(undo)
    with pytest.raises(HuoyuanError):
        opened.result()
    writer.close()


def test_quick_jobs_go_between_the_steps_of_a_long_one_and_others_wait(path: Path) -> None:
    writer = Writer(path)
    done: list[str] = []
    started, go_on = Event(), Event()

    def long(db: apsw.Connection) -> Steps[int]:
        for step in range(3):
            started.set()
            go_on.wait()
            done.append(f"step {step}")
            yield
        return 7

    future = writer.submit_long(long)
    started.wait()
    writer.submit_quick(lambda db: done.append("quick"))
    writer.submit(lambda db: done.append("in order"))
    writer.submit_quick(lambda db: done.append("behind it"))
    go_on.set()
    writer.close()
    assert done == ["step 0", "quick", "step 1", "step 2", "in order", "behind it"]
    assert future.result() == 7


def test_a_long_job_that_fails_midway(path: Path) -> None:
    def long(db: apsw.Connection) -> Steps[None]:
        yield
        raise apsw.FullError

    writer = Writer(path)
    failed = writer.submit_long(long)
    after = writer.submit(lambda db: 3)
    with pytest.raises(HuoyuanError) as caught:
        failed.result()
    assert caught.value.problem.code is Code.STORE_FULL
    assert after.result() == 3
    writer.close()


def test_marks_of_a_long_list_are_one_step_whatever_comes_between(path: Path) -> None:
    writer = Writer(path)
    writer.submit(lambda db: fill(db, [article(str(number)) for number in range(600)])).result()
    everything = writer.submit_long(lambda db: mark_all_steps(db, ListQuery(), TODAY, NOW, 10**6))
    undone = writer.submit_long(undo_steps)
    writer.close()
    assert everything.result() == 600
    assert undone.result() == Undone("mark_all_read", 600)


def test_what_is_cancelled_before_its_turn_is_not_done(path: Path) -> None:
    writer = Writer(path)
    go_on = Event()
    writer.submit(lambda db: go_on.wait())
    cancelled = writer.submit(lambda db: fill(db, [article("1")]))
    after = writer.submit(lambda db: db.execute("SELECT count(*) FROM article").get)
    assert cancelled.cancel()
    go_on.set()
    assert after.result() == 0
    writer.close()


def test_a_long_job_leaves_no_pages_of_it_in_memory(path: Path) -> None:
    def pages(db: apsw.Connection) -> int:
        current, _ = db.status(apsw.SQLITE_DBSTATUS_CACHE_USED)
        return current

    def mark(db: apsw.Connection) -> Steps[int]:
        changed = yield from mark_all_steps(db, ListQuery(), TODAY, NOW, 600)
        used.append(pages(db))
        return changed

    used: list[int] = []
    writer = Writer(path)
    writer.submit(lambda db: fill(db, [article(str(number)) for number in range(600)]))
    assert writer.submit_long(mark).result() == 600
    assert writer.submit(pages).result() < used[0] / 4
    writer.close()
