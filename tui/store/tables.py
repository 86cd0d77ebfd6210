"""What a store's tables hold, asked of the file itself: copies need no list that grows with the schema."""

from __future__ import annotations

from collections.abc import Mapping

import apsw

REMADE = frozenset({"unindexed", "counter", "tally", "sample", "stretch", "meta", "search", "backup"})
"""Tables that are worked out from the others, or that say what only this very file is."""


def columns(db: apsw.Connection, schema: str, table: str) -> dict[str, str]:
    """The columns that a table stores (not those it works out), each with its type."""
    found = db.execute(
        "SELECT name, type FROM pragma_table_xinfo(?, ?) WHERE hidden = 0 ORDER BY cid", (table, schema)
    )
    return {name: kind.upper() for name, kind in found}


def kept_tables(db: apsw.Connection, schema: str = "main") -> list[str]:
    """The tables whose rows are a store's own knowledge."""
    found = db.execute(
        f"""SELECT name FROM {schema}.sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'
        AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%' ORDER BY rowid"""  # noqa: S608
    )
    return [name for (name,) in found if name not in REMADE]


def copy_rows(  # noqa: PLR0917
    db: apsw.Connection,
    source: str,
    target: str,
    table: str,
    where: str = "true",
    given: Mapping[str, str] = {},
) -> int:
    """Copy rows of a table from one attached store to another, passing over those that are there; how many.

    `given` names expressions for columns that are not taken as they are.
    """
    there = columns(db, source, table)
    names = [name for name in columns(db, target, table) if name in there]
    values = ", ".join(given.get(name, f"{table}.{name}") for name in names)
    db.execute(
        f"""INSERT OR IGNORE INTO {target}.{table} ({", ".join(names)})
        SELECT {values} FROM {source}.{table} WHERE {where}"""  # noqa: S608
    )
    return db.changes()
