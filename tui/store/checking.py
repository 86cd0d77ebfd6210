"""Whether a store's file is whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import closing
from functools import cache

import apsw

from tui.errors import Code, HuoyuanError
from tui.store import body_codec, schema
from tui.store.backup_state import FORGOTTEN
from tui.store.guard import checked, transaction, translated
from tui.store.salvage_values import mended
from tui.store.tables import columns, kept_tables

MOST_TOLD = 5

LOCKED_BYTE = 1 << 30


def faults(db: apsw.Connection, *, indexes: bool = False, thorough: bool = False) -> list[str]:
    """What SQLite finds wrong in a store's tables, in its own words; the first few.

    `indexes` compares every index with its table and accounts for every page, which takes four times as
    long: by a broken index contacts are not found, and the next refresh brings them twice. `thorough` looks
    into every row and the search index too, which takes thirty times as long.
    Table by table: asked for all at once it would also read the search index word by word, which takes
    six times as long, and can be made anew.
    """
    found: list[str] = []
    check = "integrity_check" if indexes or thorough else "quick_check"
    try:
        with translated(db.filename):
            found += wrong_schema(db)
            tables = db.execute(
                """SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
                AND name NOT LIKE 'sqlite%'"""
            ).fetchall()
            for (name,) in tables:
                said = (line for (line,) in db.execute(f"PRAGMA {check}({name})"))
                found += [f"{name}: {line}" for line in said if line != "ok"]
            if (indexes or thorough) and not found:
                found += _lost_pages(db)
            if thorough and not found:
                found += [f"{table}: ?" for table in [_senseless(db)] if table] or index_faults(db)
    except HuoyuanError as error:
        if error.problem.code is Code.STORE_LOCKED:
            raise
        found.append(error.problem.code)
    except (apsw.Error, UnicodeDecodeError) as error:
        found.append(type(error).__name__)
    return found[:MOST_TOLD]


def _lost_pages(db: apsw.Connection) -> list[str]:
    """Whether each page of the file belongs to one table or index, or is free: a table whose first page has
    become another of its own is sound, but smaller.
    """
    try:
        used, free, pages, size = db.execute(
            """SELECT (SELECT total(pageno) FROM dbstat WHERE aggregate = 1),
              freelist_count, page_count, page_size
            FROM pragma_freelist_count, pragma_page_count, pragma_page_size"""
        ).get
    except apsw.SQLError:  # a SQLite without dbstat
        return []
    # the page at the first gigabyte is used for locks alone (https://sqlite.org/fileformat.html)
    wanted = pages - free - int(pages * size > LOCKED_BYTE)
    return [] if used == wanted else [f"{wanted - used:+.0f} pages"]


def index_faults(db: apsw.Connection) -> list[str]:
    """What FTS5 finds wrong in the search index itself, which takes as long as reading it whole.

    The tables that it lies in may be sound nevertheless, as to SQLite its contents are bytes.
    """
    try:
        return [f"search: {line}" for (line,) in db.execute("PRAGMA quick_check(search)") if line != "ok"]
    except (apsw.CorruptError, apsw.SQLError) as error:
        return [f"search: {type(error).__name__}"]


def wrong_schema(db: apsw.Connection) -> list[str]:
    """The tables and indexes that are not defined as the migrations up to the store's version define them."""
    wanted = _right_schema(schema.MIGRATIONS[: db.pragma("user_version")])
    return [f"sqlite_schema: {name}" for name, _ in wanted.symmetric_difference(db.execute(_DEFINED))]


@cache
def _right_schema(steps: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    with closing(apsw.Connection(":memory:")) as right:
        for step in steps:
            right.execute(step)
        return frozenset(right.execute(_DEFINED))


_DEFINED = "SELECT name, coalesce(sql, '') FROM sqlite_schema"


def _senseless(db: apsw.Connection) -> str:
    """A table in which some row holds what no writer of ours writes; "" = there is none."""
    for table in kept_tables(db):
        kinds = columns(db, "main", table)
        names = list(kinds)
        read = ", ".join(f"CAST({name} AS BLOB)" if kind == "TEXT" else name for name, kind in kinds.items())
        for row in db.execute(f"SELECT {read} FROM {table}"):  # noqa: S608
            fields = mended(table, names, kinds, row)
            if fields is None or any(
                isinstance(was, bytes) and kinds[name] == "TEXT" and fields[name].encode() != was
                for name, was in zip(names, row, strict=True)
                if name not in FORGOTTEN
            ):
                return table
    return ""


def unreadable_texts(db: apsw.Connection, limit: int = 100_000) -> list[int]:
    """Those of the latest articles whose text cannot be unpacked: SQLite does not see flipped bits."""
    bad = []
    for number, body in db.execute("SELECT id, body FROM article_text ORDER BY id DESC LIMIT ?", (limit,)):
        try:
            body_codec.inflate(body)
        except (apsw.CorruptError, TypeError, AttributeError):
            bad.append(number)
    return bad


@checked
def drop_articles(db: apsw.Connection, ids: Sequence[int]) -> None:
    """Forget articles whose text cannot be read, but not their marks, and have feeds asked anew."""
    given = json.dumps(list(ids))
    with transaction(db):
        db.execute("DELETE FROM article WHERE id IN (SELECT value FROM json_each(?))", (given,))
        db.execute("UPDATE feed SET etag = '', last_modified = '', body_hash = ''")
