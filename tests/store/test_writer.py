"""The writing thread: in order, with the exceptions of what it ran, and nothing lost at its end."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from tests.store.samples import NOW, TODAY, article, fill
from tui.errors import Code, HuoyuanError
from tui.model import ListQuery
from tui.store.connection import open_store
from tui.store.lists import article_ids
from tui.store.marks import mark_read, undo
from tui.store.writer import Writer


def test_in_order_and_drained_at_the_end(path: Path) -> None:
    writer = Writer(path)
    reader = open_store(path, write=False)
    fill_done = writer.submit(lambda db: fill(db, [article(str(number)) for number in range(60)]))
    marks = [writer.submit(lambda db, i=i: mark_read(db, [i], True, NOW)) for i in range(1, 61)]  # type: ignore[misc]
    undone = writer.submit(undo)
    writer.close()
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
    with pytest.raises(HuoyuanError):
        Writer(tmp_path)
