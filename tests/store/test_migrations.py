"""A store of the first release becomes one of this release, with all that the user did."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from tests.store.samples import NOW, RETALLY, SPECS, TALLY, TODAY, article, fill, wechat
from tui.model import ListQuery, Sort
from tui.store import schema
from tui.store.connection import open_store
from tui.store.feeds import sync_feeds
from tui.store.lists import article_ids, categories
from tui.store.marks import mark_favorite, mark_read, undo


@pytest.fixture
def first(path: Path, tmp_path: Path) -> Path:
    """A store with the first release's tables, marks and a removed feed."""
    today = tmp_path / "today" / "huoyuan.db"
    db = open_store(today)
    for feed in range(3):
        fill(db, [article(f"{feed}-{n}", views=n or None, contacts=(wechat(),)) for n in range(9)], feed=feed)
    mark_read(db, [1, 2, 12], True, NOW)
    mark_favorite(db, [3], True, NOW)
    sync_feeds(db, SPECS[:2], NOW)
    db.close()
    older = apsw.Connection(str(path))
    older.pragma("page_size", 8192)
    older.pragma("journal_mode", "wal")
    schema.migrate(older, path, schema.MIGRATIONS[:1])
    _take_over(older, today)
    older.close()
    return path


def _take_over(older: apsw.Connection, today: Path) -> None:
    """Copy what a store of today holds, as far as the older one has tables and columns for it."""
    older.execute("ATTACH ? AS today", (str(today),))
    older.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    tables = older.execute(
        """SELECT name FROM main.sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%'"""
    ).fetchall()
    for (table,) in tables:
        columns = ", ".join(row[1] for row in older.execute(f"PRAGMA main.table_info({table})"))
        older.execute(f"INSERT OR REPLACE INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}")
    older.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 1)
    older.execute("DETACH today")


def test_from_the_first_release(first: Path) -> None:
    db = open_store(first)
    assert db.pragma("user_version") == len(schema.MIGRATIONS)
    assert db.execute(TALLY).fetchall() == db.execute(RETALLY).fetchall()
    lines = {line.name or line.scope.kind: (line.unread, line.total) for line in categories(db, TODAY)}
    assert lines == {
        "all": (15, 18), "today": (15, 18), "favorites": (1, 1), "contacts": (15, 18),
        "女装货源": (7, 9), "童装货源": (8, 9),
    }  # fmt: skip
    by_views = article_ids(db, ListQuery(sort=Sort.VIEWS), TODAY)
    views = dict(db.execute("SELECT id, coalesce(views, -1) FROM article"))
    assert [views[article_id] for article_id in by_views] == sorted(map(views.get, by_views), reverse=True)  # type: ignore[type-var]
    undone = undo(db)
    assert undone is not None
    assert undone.label == "favorite"
    db.close()


def test_marks_of_the_first_release_can_be_taken_back(first: Path) -> None:
    db = open_store(first)
    undo(db)
    undone = undo(db)
    assert undone is not None
    assert (undone.label, undone.count) == ("mark_read", 3)
    assert len(article_ids(db, ListQuery(unread_only=True), TODAY)) == 18
    db.close()


def test_a_copy_of_the_older_store_is_kept(first: Path) -> None:
    open_store(first).close()
    older = apsw.Connection(str(first.with_name("huoyuan.db.v1")))
    assert older.pragma("user_version") == 1
    assert older.execute("SELECT count(*) FROM article").get == 27
    older.close()
