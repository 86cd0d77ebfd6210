"""Takes over into a new store what can be read of a damaged one, and makes that whole in itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import apsw

from tui.store.drafts import keys
from tui.store.guard import transaction
from tui.store.recounting import empty_index_within, recount_within, resting_triggers
from tui.store.salvage_rows import BROKEN, readable
from tui.store.salvage_values import Fields, mended
from tui.store.tables import columns, kept_tables

CHUNK = 500


def take_rows(damaged: apsw.Connection, db: apsw.Connection) -> None:
    """Copy every row that can be read and makes sense; what names what is `make_whole`'s to see to."""
    with resting_triggers(db):
        for table in kept_tables(db):
            kinds = columns(db, "main", table)
            there = _columns(damaged, table)
            names = [name for name in kinds if name in there]
            if names and kinds[names[0]] == "INTEGER":
                rows = (
                    fields
                    for row in readable(damaged, table, names, names[0])
                    if (fields := mended(table, names, kinds, row)) is not None
                )
                _write(db, table, names, rows)
        db.execute(_BARE)


def _columns(damaged: apsw.Connection, table: str) -> dict[str, str]:
    try:
        return columns(damaged, "main", table)
    except BROKEN:
        return {}


def _write(db: apsw.Connection, table: str, names: Sequence[str], rows: Iterator[Fields]) -> None:
    statement = f"""INSERT OR IGNORE INTO {table} ({", ".join(names)})
      VALUES ({", ".join(f":{name}" for name in names)})"""  # noqa: S608
    while chunk := list(islice(rows, CHUNK)):
        try:
            with transaction(db):
                db.executemany(statement, chunk)
        except (apsw.ConstraintError, apsw.MismatchError):
            _write_singly(db, statement, chunk)


def _write_singly(db: apsw.Connection, statement: str, chunk: Sequence[Fields]) -> None:
    """Pass over the rows whose values their columns do not take."""
    with transaction(db):
        for fields in chunk:
            try:
                db.execute(statement, fields)
            except (apsw.ConstraintError, apsw.MismatchError):
                continue


def make_whole(db: apsw.Connection, now: int) -> None:
    """Drop what names what is lost, work out what can be, and count anew."""
    with resting_triggers(db), transaction(db):
        db.execute(_DANGLING)
        _give_status(db, now)
        recount_within(db)
        empty_index_within(db)


# What a backup could not complete: it brings no article and no merchant that is there.
_BARE = """
DELETE FROM article WHERE id NOT IN (SELECT id FROM article_text);
INSERT INTO merchant (id, first_seen, last_seen)
  SELECT merchant_id, min(first_seen), max(last_seen) FROM contact
  WHERE merchant_id NOT IN (SELECT id FROM merchant) GROUP BY merchant_id;
UPDATE contact SET merchant_id = NULL WHERE kind = 'person' AND merchant_id IS NOT NULL;
DELETE FROM contact WHERE kind <> 'person' AND merchant_id IS NULL;
"""

# In this order: each names what those before it have left.
_DANGLING = """
UPDATE feed SET category_id = 0 WHERE category_id NOT IN (SELECT id FROM category);
DELETE FROM article WHERE id NOT IN (SELECT id FROM article_text) OR feed_id NOT IN (SELECT id FROM feed);
DELETE FROM article_text WHERE id NOT IN (SELECT id FROM article);
UPDATE article SET category_id = (SELECT category_id FROM feed WHERE feed.id = feed_id), own_category = 0
  WHERE category_id NOT IN (SELECT id FROM category);
DELETE FROM article_contact
  WHERE article_id NOT IN (SELECT id FROM article) OR contact_id NOT IN (SELECT id FROM contact);
DELETE FROM contact_text WHERE contact_id NOT IN (SELECT id FROM contact);
DELETE FROM apart
  WHERE contact_id NOT IN (SELECT id FROM contact) OR other_id NOT IN (SELECT id FROM contact);
DELETE FROM together
  WHERE contact_id NOT IN (SELECT id FROM contact) OR other_id NOT IN (SELECT id FROM contact);
DELETE FROM merchant WHERE standing = 'new' AND note = ''
  AND id NOT IN (SELECT merchant_id FROM contact WHERE merchant_id IS NOT NULL);
DELETE FROM undo_part;
"""


def _give_status(db: apsw.Connection, now: int) -> None:
    """Give articles without a status one: lists have the marks too, and a key follows from feed and uid."""
    bare: list[tuple[Any, ...]] = db.execute(
        """SELECT article.id, url, uid, min(article.published, ?1),
          iif(read, ?1, NULL), iif(favorite, ?1, NULL), iif(away, ?1, NULL)
        FROM article JOIN article_text USING (id) JOIN feed ON feed.id = feed_id
        WHERE article.id NOT IN (SELECT id FROM status)""",
        (now,),
    ).fetchall()
    db.executemany(
        """INSERT OR IGNORE INTO status (id, key, first_seen, read_at, favorite_at, hidden_at)
        VALUES (?, ?, ?, ?, ?, ?)""",
        [(number, keys(url)(uid), *times) for number, url, uid, *times in bare],
    )
    db.execute(
        """DELETE FROM article_contact WHERE article_id NOT IN (SELECT id FROM status);
        DELETE FROM article_text WHERE id NOT IN (SELECT id FROM status);
        DELETE FROM article WHERE id NOT IN (SELECT id FROM status);
        DELETE FROM origin WHERE id NOT IN (SELECT id FROM article)"""
    )
