"""Articles whose feed names them anew: known again with their marks, and never taken for another."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from tests.store.acknowledged import faults
from tests.store.samples import NOW, article, fill, ids
from tui.model import Article
from tui.store.connection import open_store
from tui.store.marks import mark_read
from tui.store.saving import Saved, save


def offer(uid: str, **fields: object) -> Article:
    said = article(uid, "早秋新款到货", title="早秋新款", link="http://shop.example/1", published=NOW - 9)
    return replace(said, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("published", [NOW - 9, None])
def test_the_same_under_another_uid_is_no_other(db: apsw.Connection, published: int | None) -> None:
    fill(db, [offer("one", published=published)])
    mark_read(db, ids(db), True, NOW)
    for uid in ("two", "three"):
        assert fill(db, [offer(uid, published=published)]) == Saved()
    assert ids(db) == [1]
    assert db.execute("SELECT read FROM article").get == 1


@pytest.mark.parametrize(
    "other", [{"title": "晚秋新款"}, {"link": "http://shop.example/2"}, {"link": ""}, {"published": NOW - 8}]
)
def test_what_differs_in_one_of_them_is_another(db: apsw.Connection, other: dict[str, object]) -> None:
    fill(db, [offer("one")])
    assert fill(db, [offer("two", **other)]).new == 1


def test_another_process_that_saved_it_meanwhile(path: Path, db: apsw.Connection) -> None:
    fill(db, [offer("one")])

    def overtake(cursor: apsw.Cursor, statement: str, bindings: apsw.Bindings | None) -> bool:
        if statement == "BEGIN IMMEDIATE":
            db.set_exec_trace(None)
            with closing(open_store(path)) as other:
                fill(other, [offer("two", link="http://shop.example/2")])
        return True

    db.set_exec_trace(overtake)
    assert save(db, 1, [offer("two")], NOW) == Saved(changed=1)
    assert sorted(ids(db)) == [1, 2]
    assert not faults(db)
