"""Many read marks at once: the triggers' work done for all of them by a few statements.

A trigger runs for every row; a hundred thousand marks cost it more than the marks themselves. Here the
triggers rest for the length of a chunk, and what they would do is done in the same transaction: tests
hold that the store is the same after either way.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import apsw

from tui.store.guard import transaction
from tui.store.steps import Step, new_step, record

CHUNK = 10_000
"""Marks per transaction: so many hold the lock for less than thirty milliseconds."""

LEAST = 200
"""From so many on the triggers are the dearer way."""

_RUN = 8
"""One statement for a run of neighbouring ids pays from this length on."""


@contextmanager
def _without_triggers(db: apsw.Connection) -> Iterator[None]:
    db.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    try:
        yield
    finally:
        db.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 1)


_AMONG = "json_each(:ids) AS wanted CROSS JOIN article ON article.id = wanted.value"


def mark_read(db: apsw.Connection, step: Step, ids: Sequence[int], now: int) -> Iterator[int]:
    """Mark articles read, yielding after each transaction how many it changed; all is one step to undo."""
    number = None
    for start in range(0, len(ids), CHUNK):
        named = {"ids": json.dumps(list(ids[start : start + CHUNK]))}
        changed, number = _mark_chunk(db, step, f"{_AMONG} WHERE read = 0", named, now, number)
        yield changed


def mark_list_read(
    db: apsw.Connection, step: Step, source: str, named: dict[str, int], now: int
) -> Iterator[int]:
    """As `mark_read`, all unread articles of a list: FROM and WHERE, with what its names stand for."""
    number = None
    changed = CHUNK
    # what is marked leaves the list, so that the next chunk begins where this one ended
    while changed == CHUNK:
        changed, number = _mark_chunk(db, step, source, named, now, number)
        yield changed


def _mark_chunk(  # noqa: PLR0917
    db: apsw.Connection,
    step: Step,
    source: str,
    named: dict[str, int] | dict[str, str],
    now: int,
    number: int | None,
) -> tuple[int, int | None]:
    """Mark as many as a transaction may; return how many, and the number of the step."""
    with transaction(db):
        written, groups = _read(db, f"{source} LIMIT {CHUNK}", named)
        if groups:
            number = number or new_step(db)
            record(db, number, step, written)
            _set(db, written, groups, now)
    return groups.total(), number


def take_back(db: apsw.Connection, written: str) -> int:
    """Mark articles unread again, in the caller's transaction; return of how many a status is kept."""
    _, groups = _read(db, f"{_AMONG} WHERE read = 1", {"ids": written})
    return _set(db, written, groups, None)


def _read(
    db: apsw.Connection, source: str, named: dict[str, int] | dict[str, str]
) -> tuple[str, Counter[int]]:
    """The ids of articles as JSON, and how many of them each line of `counter` counts.

    A group is feed, category, reachable and favorite as one number: Python counts numbers faster than
    SQLite groups rows.
    """
    written, groups = db.execute(
        f"""SELECT json_group_array(id), json_group_array(line) FROM (
          SELECT article.id, (feed_id << 32) | (category_id << 2) | (reachable << 1) | favorite AS line
          FROM {source})""",  # noqa: S608
        named,
    ).get
    return written, Counter(json.loads(groups))


def _set(db: apsw.Connection, written: str, groups: Counter[int], now: int | None) -> int:
    """Write the time of reading, None for unread; return how many rows of `status` there were."""
    ids = sorted(json.loads(written))
    runs = _runs(ids, len(ids) // _RUN)
    with _without_triggers(db):
        changed = _update(db, "status SET read_at", now, written, runs)
        _update(db, "article SET read", int(now is not None), written, runs)
    # with its trigger, which keeps the sums per category
    sign = 1 if now is None else -1
    db.execute(
        """UPDATE counter SET unread = unread + n, reachable_unread = reachable_unread + reachable_n,
          favorite_unread = favorite_unread + favorite_n
        FROM (SELECT key >> 32 AS feed, key >> 2 & 0x3FFFFFFF AS category, sum(value) AS n,
            sum(value * (key >> 1 & 1)) AS reachable_n, sum(value * (key & 1)) AS favorite_n
          FROM (SELECT CAST(key AS INTEGER) AS key, value FROM json_each(?)) GROUP BY key >> 2)
        WHERE feed_id = feed AND category_id = category""",
        (json.dumps({group: sign * count for group, count in groups.items()}),),
    )
    return changed


def _update(
    db: apsw.Connection, column: str, value: int | None, written: str, runs: list[tuple[int, int]]
) -> int:
    before = db.total_changes()
    if runs:
        db.executemany(
            f"UPDATE {column} = ? WHERE id BETWEEN ? AND ?",
            [(value, low, high) for low, high in runs],
        )
    else:
        db.execute(
            f"UPDATE {column} = ? WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608
            (value, written),
        )
    return db.total_changes() - before


def _runs(ids: Sequence[int], most: int) -> list[tuple[int, int]]:
    """Stretches of successive numbers that make up a sorted sequence; none when it takes more than `most`."""
    runs: list[tuple[int, int]] = []
    parts = [(0, len(ids))] if ids else []
    while parts and len(runs) + len(parts) <= most:
        low, high = parts.pop()
        if ids[high - 1] - ids[low] == high - 1 - low:
            runs.append((ids[low], ids[high - 1]))
        else:
            middle = (low + high) // 2
            parts += [(middle, high), (low, middle)]
    return [] if parts else runs
