"""What the user does to articles: read, favorite, hidden; each step undoable, over restarts too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import apsw

from tui.model import ListQuery, Undone
from tui.store import book_edits, bulk, selection
from tui.store.guard import checked, transaction
from tui.store.lists import article_ids
from tui.store.steps import Part, Step, Steps, finish, new_step, newest, record, take_out

__all__ = ["CHUNK", "Step", "mark_all_read", "mark_favorite", "mark_hidden", "mark_read", "undo"]

CHUNK = 2000
"""Marks per transaction: a list of any length leaves the lock to others in between."""

_COLUMNS: Mapping[Step, str] = MappingProxyType(
    {
        Step.OPEN: "read_at",
        Step.MARK_READ: "read_at",
        Step.MARK_UNREAD: "read_at",
        Step.MARK_ALL_READ: "read_at",
        Step.FAVORITE: "favorite_at",
        Step.UNFAVORITE: "favorite_at",
        Step.HIDE: "hidden_at",
        Step.UNHIDE: "hidden_at",
    }
)
"""The column of `status` that a step sets."""

_TAKING = frozenset({Step.MARK_UNREAD, Step.UNFAVORITE, Step.UNHIDE})


@checked
def mark_read(db: apsw.Connection, ids: Sequence[int], read: bool, now: int, *, opened: bool = False) -> int:
    """Mark articles read or unread, or read because they were opened; return how many were not so before."""
    if read and len(ids) >= bulk.LEAST:
        return sum(bulk.mark_read(db, Step.MARK_READ, ids, now))
    step = Step.OPEN if opened else Step.MARK_READ
    return _take(db, step if read else Step.MARK_UNREAD, ids, now)


@checked
def mark_favorite(db: apsw.Connection, ids: Sequence[int], favorite: bool, now: int) -> int:
    """Mark articles as favorites or take the mark away; return how many were not so before."""
    return _take(db, Step.FAVORITE if favorite else Step.UNFAVORITE, ids, now)


@checked
def mark_hidden(db: apsw.Connection, ids: Sequence[int], hidden: bool, now: int) -> int:
    """Take articles out of all lists but that of the hidden ones, or put them back; return how many changed.

    Their other marks, and what the contact book knows from them, stay.
    """
    return _take(db, Step.HIDE if hidden else Step.UNHIDE, ids, now)


@checked
def mark_all_read(db: apsw.Connection, query: ListQuery, today_start: int, now: int, upto_id: int) -> int:
    """Mark a whole list read, but not what came in after the article `upto_id`; return how many changed."""
    return finish(mark_all_steps(db, query, today_start, now, upto_id))


def mark_all_steps(
    db: apsw.Connection, query: ListQuery, today_start: int, now: int, upto_id: int
) -> Steps[int]:
    """As `mark_all_read`, a transaction at a time: between two of them others may write."""
    unread = replace(query, unread_only=True)
    if query.search or not selection.has_unread_index(unread):
        ids = sorted(article_ids(db, unread, today_start, upto=upto_id))
        steps = bulk.mark_read(db, Step.MARK_ALL_READ, ids, now)
    else:
        source = f"{selection.source(unread)} AND id <= :upto"
        named = {**selection.parameters(query, today_start), "upto": upto_id}
        steps = bulk.mark_list_read(db, Step.MARK_ALL_READ, source, named, now)
    changed = 0
    for count in steps:
        changed += count
        yield
    return changed


def _take(db: apsw.Connection, step: Step, ids: Sequence[int], now: int) -> int:
    number = None
    changed = 0
    for start in range(0, len(ids), CHUNK):
        with transaction(db):
            was, count = _before(db, step, ids[start : start + CHUNK])
            if count:
                number = number or new_step(db, step)
                changed += count
                _set(db, step, was, now)
                record(db, number, step, was)
    return changed


def _before(db: apsw.Connection, step: Step, ids: Iterable[int]) -> tuple[str, int]:
    """The articles that the step will change with their times so far, as JSON, and their number."""
    column = _COLUMNS[step]
    was, count = db.execute(
        f"""SELECT json_group_array(json_array(id, {column})), count(*)
        FROM status WHERE ({column} IS NULL) = :sets
        AND id IN (SELECT value FROM json_each(:ids))""",  # noqa: S608
        {"sets": step not in _TAKING, "ids": json.dumps(list(ids))},
    ).get
    return was, count


def _set(db: apsw.Connection, step: Step, was: str, now: int) -> None:
    db.execute(
        f"UPDATE status SET {_COLUMNS[step]} = ? WHERE id IN (SELECT value ->> 0 FROM json_each(?))",  # noqa: S608
        (None if step in _TAKING else now, was),
    )


@checked
def undo(db: apsw.Connection) -> Undone | None:
    """Take back the last step that is still kept, of the contact book too; None when there is none."""
    return finish(undo_steps(db))


def undo_steps(db: apsw.Connection) -> Steps[Undone | None]:
    """As `undo`, a transaction at a time. What was done to feeds is not the store's alone to take back."""
    parts = newest(db)
    if not parts:
        return None
    undone = Undone(parts[0].step, 0)
    for part in parts:
        back = _take_back(db, part)
        undone = replace(back, count=undone.count + back.count)
        yield
    return undone if undone.count <= 1 else replace(undone, name="", article=None)


def _take_back(db: apsw.Connection, part: Part) -> Undone:
    restore = _restore if part.step in _COLUMNS else book_edits.restore
    with transaction(db):
        was = take_out(db, part)
        return Undone(part.step, 0) if was is None else restore(db, part.step, was)


def _restore(db: apsw.Connection, step: Step, was: str) -> Undone:
    # Read marks made in bulk are kept as ids alone, not as pairs: none of them had a time before.
    if not was.startswith("[["):
        return Undone(step, bulk.take_back(db, was))
    db.execute(
        f"""UPDATE status SET {_COLUMNS[step]} = mark.value ->> 1
        FROM json_each(?) AS mark WHERE status.id = mark.value ->> 0""",  # noqa: S608
        (was,),
    )
    count = db.changes()
    article, title = db.execute(
        "SELECT given.id, title FROM (SELECT ? ->> '$[0][0]' AS id) AS given LEFT JOIN article USING (id)",
        (was,),
    ).get
    return Undone(step, count, title or "", article)
