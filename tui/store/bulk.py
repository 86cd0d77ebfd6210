"""Many read marks at once: the triggers' work done for all of them by a few statements.

A trigger runs for every row; a hundred thousand marks cost it more than the marks themselves. Here the
triggers rest for the length of a chunk, and what they would do is done in the same transaction: tests
hold that the store is the same after either way.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import apsw

from tui.store.guard import transaction
from tui.store.recounting import resting_triggers
from tui.store.steps import Step, new_step, record
from tui.values import frozen

CHUNK = 10_000
"""Marks per transaction: so many hold the lock for less than thirty milliseconds."""

LEAST = 200
"""From so many on the triggers are the dearer way."""

_RUN = 8
"""One statement for a run of neighbouring ids pays from this length on."""


def mark_read(db: apsw.Connection, step: Step, ids: Sequence[int], now: int) -> Iterator[int]:
    """Mark articles read, yielding after each transaction how many it changed; all is one step to undo."""
    number = None
    for start in range(0, len(ids), CHUNK):
        with transaction(db):
            changed, number = _mark_chunk(db, step, ids[start : start + CHUNK], now, number)
        yield changed


def mark_list_read(
    db: apsw.Connection, step: Step, source: str, named: dict[str, int], now: int
) -> Iterator[int]:
    """As `mark_read`, all unread articles of a list: FROM and WHERE, with what its names stand for."""
    number = None
    changed = CHUNK
    # what is marked leaves the list, so that the next chunk begins where this one ended
    while changed == CHUNK:
        with transaction(db):
            listed: str = db.execute(
                f"SELECT json_group_array(id) FROM (SELECT id FROM {source} LIMIT {CHUNK})",  # noqa: S608
                named,
            ).get
            changed, number = _mark_chunk(db, step, json.loads(listed), now, number)
        yield changed


def _mark_chunk(
    db: apsw.Connection, step: Step, ids: Sequence[int], now: int, number: int | None
) -> tuple[int, int | None]:
    """Mark those of a transaction's articles that are unread; return how many, and the number of the step."""
    chunk = _chunk(ids)
    changed = _count(db, chunk, read=False)
    if not changed:
        return 0, number
    if changed < len(ids):
        chunk = _chunk(_unread(db, chunk))
    number = number or new_step(db, step)
    record(db, number, step, chunk.written)
    _set(db, chunk, now)
    return changed, number


def take_back(db: apsw.Connection, written: str) -> int:
    """Mark articles unread again, in the caller's transaction; return of how many a status is kept."""
    kept: list[int] | dict[str, list[tuple[int, int]]] = json.loads(written)
    chunk = _chunk(kept) if isinstance(kept, list) else _Chunk((), kept["runs"])
    _count(db, chunk, read=True)
    return _set(db, chunk, None)


@frozen
class _Chunk:
    """Articles of one transaction: runs of ids, or the ids where they make up too many."""

    ids: Sequence[int]
    runs: Sequence[tuple[int, int]]

    @property
    def written(self) -> str:
        """What `take_back` reads them from."""
        return json.dumps({"runs": self.runs} if self.runs else self.ids)

    @property
    def source(self) -> str:
        """FROM and ON that read them; its parameter is in `wanted`."""
        if not self.runs:
            return "json_each(:wanted) AS one CROSS JOIN article ON article.id = one.value"
        return """json_each(:wanted) AS run CROSS JOIN article
          ON article.id BETWEEN run.value ->> 0 AND run.value ->> 1"""

    @property
    def wanted(self) -> dict[str, str]:
        """The parameter of `source`."""
        return {"wanted": json.dumps(self.runs or self.ids)}


def _chunk(ids: Sequence[int]) -> _Chunk:
    in_order = sorted(ids)
    return _Chunk(in_order, _runs(in_order, len(in_order) // _RUN))


def _unread(db: apsw.Connection, chunk: _Chunk) -> list[int]:
    """The ids of those that are unread."""
    source = f"{chunk.source} WHERE read = 0"
    return [number for (number,) in db.execute(f"SELECT article.id FROM {source}", chunk.wanted)]  # noqa: S608


def _count(db: apsw.Connection, chunk: _Chunk, *, read: bool) -> int:
    """Count the read or unread articles for each line of `counter`, into `difference`; return how many."""
    db.execute(
        """CREATE TEMP TABLE IF NOT EXISTS difference (
          feed_id, category_id, unread, reachable_unread, favorite_unread, away_unread);
        DELETE FROM difference"""
    )
    db.execute(
        f"""INSERT INTO difference
        SELECT feed_id, category_id, sum(away = 0), sum(away = 0 AND reachable), sum(away = 0 AND favorite),
          sum(away)
        FROM {chunk.source} WHERE read = {int(read)} GROUP BY feed_id, category_id""",  # noqa: S608
        chunk.wanted,
    )
    counted: int = db.execute("SELECT coalesce(sum(unread + away_unread), 0) FROM difference").get
    return counted


def _set(db: apsw.Connection, chunk: _Chunk, now: int | None) -> int:
    """Write the time of reading, None for unread, of articles that were counted; return how many are kept."""
    with resting_triggers(db):
        changed = _update(db, "status SET read_at", now, chunk)
        _update(db, "article SET read", int(now is not None), chunk)
        _add_difference(db, 1 if now is None else -1)
    return changed


def _add_difference(db: apsw.Connection, sign: int) -> None:
    """Add what was counted to the figures of feeds and categories, or take it from them."""
    db.execute(
        """UPDATE counter SET unread = counter.unread + :sign * new.unread,
          reachable_unread = counter.reachable_unread + :sign * new.reachable_unread,
          favorite_unread = counter.favorite_unread + :sign * new.favorite_unread,
          away_unread = counter.away_unread + :sign * new.away_unread
        FROM difference AS new
        WHERE counter.feed_id = new.feed_id AND counter.category_id = new.category_id;
        UPDATE tally SET unread = tally.unread + :sign * new.unread,
          reachable_unread = tally.reachable_unread + :sign * new.reachable_unread,
          away_unread = tally.away_unread + :sign * new.away_unread
        FROM (SELECT category_id, sum(unread) AS unread, sum(reachable_unread) AS reachable_unread,
            sum(away_unread) AS away_unread
          FROM difference WHERE feed_id NOT IN (SELECT id FROM feed WHERE removed_at IS NOT NULL)
          GROUP BY category_id) AS new
        WHERE tally.category_id = new.category_id""",
        {"sign": sign},
    )


def _update(db: apsw.Connection, column: str, value: int | None, chunk: _Chunk) -> int:
    """Set a column; a failure ends the transaction, so that no page is kept for the statement alone."""
    before = db.total_changes()
    if chunk.runs:
        db.executemany(
            f"UPDATE OR ROLLBACK {column} = ? WHERE id BETWEEN ? AND ?",
            [(value, low, high) for low, high in chunk.runs],
        )
    else:
        db.execute(
            f"UPDATE OR ROLLBACK {column} = ? WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608
            (value, json.dumps(chunk.ids)),
        )
    return db.total_changes() - before


def _runs(ids: Sequence[int], most: int) -> list[tuple[int, int]]:
    """Stretches of successive numbers that make up a sorted sequence; none when it takes more than `most`."""
    runs: list[tuple[int, int]] = []
    parts = [(0, len(ids))] if ids else []
    while parts and len(runs) + len(parts) <= most:
        low, high = parts.pop()
        if ids[high - 1] - ids[low] == high - 1 - low:
            first = runs.pop()[0] if runs and runs[-1][1] + 1 == ids[low] else ids[low]
            runs.append((first, ids[high - 1]))
        else:
            middle = (low + high) // 2
            parts += [(middle, high), (low, middle)]
    return [] if parts else runs
