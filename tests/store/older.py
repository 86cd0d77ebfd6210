"""Stores of every schema that was ever released, with marks, a removed feed and contacts."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import apsw

from tests.store.samples import NOW, SPECS, article, fill, wechat
from tui.store import schema
from tui.store.connection import open_store
from tui.store.feeds import sync_feeds
from tui.store.marks import mark_favorite, mark_read

VERSIONS = range(1, len(schema.MIGRATIONS))


def make(path: Path, version: int) -> None:
    """A store at `path` with that version's tables and 27 articles, three of them read and one a favorite."""
    today = path.with_name("today.db")
    with closing(open_store(today)) as db:
        for feed in range(3):
            fill(
                db,
                [article(f"{feed}-{n}", views=n or None, contacts=(wechat(),)) for n in range(9)],
                feed=feed,
            )
        mark_read(db, [1, 2, 12], True, NOW)
        mark_favorite(db, [3], True, NOW)
        sync_feeds(db, SPECS[:2], NOW)
    with closing(apsw.Connection(str(path))) as older:
        older.pragma("page_size", 8192)
        older.pragma("journal_mode", "wal")
        schema.migrate(older, path, schema.MIGRATIONS[:version])
        _take_over(older, today)
    today.unlink()


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
