"""What the user does to articles: read and favorite, each step undoable, over restarts too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

import apsw

from tui.model import ListQuery, Undone
from tui.store.guard import checked, transaction
from tui.store.lists import article_ids

STEPS_KEPT = 20

CHUNK = 2000
"""Marks per transaction: a list of any length leaves the lock to others in between."""


class Step(StrEnum):
    """What a step did."""

    MARK_READ = "mark_read"
    MARK_UNREAD = "mark_unread"
    MARK_ALL_READ = "mark_all_read"
    FAVORITE = "favorite"
    UNFAVORITE = "unfavorite"

    @property
    def column(self) -> str:
        """The column of `status` that the step sets."""
        return "favorite_at" if self in {Step.FAVORITE, Step.UNFAVORITE} else "read_at"

    @property
    def sets(self) -> bool:
        """Whether the step sets a mark or takes it away."""
        return self not in {Step.MARK_UNREAD, Step.UNFAVORITE}


@checked
def mark_read(db: apsw.Connection, ids: Sequence[int], read: bool, now: int) -> int:
    """Mark articles read or unread; return how many were not so before."""
    return _take(db, Step.MARK_READ if read else Step.MARK_UNREAD, ids, now)


@checked
def mark_favorite(db: apsw.Connection, ids: Sequence[int], favorite: bool, now: int) -> int:
    """Mark articles as favorites or take the mark away; return how many were not so before."""
    return _take(db, Step.FAVORITE if favorite else Step.UNFAVORITE, ids, now)


@checked
def mark_all_read(db: apsw.Connection, query: ListQuery, today_start: int, now: int, upto_id: int) -> int:
    """Mark a whole list read, but not what came in after the article `upto_id`; return how many changed."""
    unread = article_ids(db, replace(query, unread_only=True), today_start)
    return _take(db, Step.MARK_ALL_READ, [article_id for article_id in unread if article_id <= upto_id], now)


def _take(db: apsw.Connection, step: Step, ids: Sequence[int], now: int) -> int:
    number = None
    changed = 0
    for start in range(0, len(ids), CHUNK):
        with transaction(db):
            was, count = _before(db, step, ids[start : start + CHUNK])
            if count:
                number = number or _new_step(db)
                changed += count
                _set(db, step, was, now)
                db.execute("INSERT INTO undo_part (step, label, was) VALUES (?, ?, ?)", (number, step, was))
    return changed


def _before(db: apsw.Connection, step: Step, ids: Iterable[int]) -> tuple[str, int]:
    """The articles that the step will change with their times so far, as JSON, and their number."""
    was, count = db.execute(
        f"""SELECT json_group_array(json_array(id, {step.column})), count(*)
        FROM status WHERE ({step.column} IS NULL) = :sets
        AND id IN (SELECT value FROM json_each(:ids))""",  # noqa: S608
        {"sets": step.sets, "ids": json.dumps(list(ids))},
    ).get
    return was, count


def _set(db: apsw.Connection, step: Step, was: str, now: int) -> None:
    db.execute(
        f"UPDATE status SET {step.column} = ? WHERE id IN (SELECT value ->> 0 FROM json_each(?))",  # noqa: S608
        (now if step.sets else None, was),
    )


def _new_step(db: apsw.Connection) -> int:
    number: int = db.execute("SELECT coalesce(max(step), 0) + 1 FROM undo_part").get
    db.execute("DELETE FROM undo_part WHERE step <= ?", (number - STEPS_KEPT,))
    return number


@checked
def undo(db: apsw.Connection) -> Undone | None:
    """Take back the last step that is still kept; None when there is none."""
    parts = list(db.execute("SELECT label, id FROM undo_part WHERE step = (SELECT max(step) FROM undo_part)"))
    if not parts:
        return None
    step = Step(parts[0][0])
    return Undone(step, sum(_restore(db, step, part) for _, part in parts))


def _restore(db: apsw.Connection, step: Step, part: int) -> int:
    with transaction(db):
        db.execute(
            f"""UPDATE status SET {step.column} = mark.value ->> 1
            FROM undo_part, json_each(undo_part.was) AS mark
            WHERE undo_part.id = ? AND status.id = mark.value ->> 0""",  # noqa: S608
            (part,),
        )
        count = db.changes()
        db.execute("DELETE FROM undo_part WHERE id = ?", (part,))
    return count
