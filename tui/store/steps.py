"""The steps that can be undone: what they are called, and where they are kept.

There is one journal to a database. Whoever undoes takes back the newest step, whichever reader or command
made it: it is one user, and what was undone is said in words.
"""

from __future__ import annotations

from collections.abc import Generator
from enum import StrEnum
from typing import TypeVar

import apsw

from tui.values import frozen

T = TypeVar("T")

Steps = Generator[None, None, T]
"""Work that rests after each of its transactions, so that others may write in between; then its result."""

STEPS_KEPT = 20
"""So many, and as many more of those that come with reading: they push out nothing done on purpose."""


class Step(StrEnum):
    """What a step did."""

    OPEN = "open"
    MARK_READ = "mark_read"
    MARK_UNREAD = "mark_unread"
    MARK_ALL_READ = "mark_all_read"
    FAVORITE = "favorite"
    UNFAVORITE = "unfavorite"
    HIDE = "hide"
    UNHIDE = "unhide"
    SET_STANDING = "set_standing"
    SET_NOTE = "set_note"
    SPLIT = "split"
    JOIN = "join"
    ADD_FEED = "add_feed"
    REMOVE_FEED = "remove_feed"


@frozen
class Part:
    """What one transaction of a step has recorded."""

    id: int
    number: int
    step: Step


def finish(steps: Steps[T]) -> T:
    """Do all of the work at once; return its result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result


def new_step(db: apsw.Connection, step: Step) -> int:
    """The number of a step that begins; of its sort those beyond the last `STEPS_KEPT` are forgotten."""
    sort = f"label {'=' if step is Step.OPEN else '<>'} '{Step.OPEN}'"
    db.execute(
        f"""DELETE FROM undo_part WHERE {sort} AND step <= (
          SELECT DISTINCT step FROM undo_part WHERE {sort} ORDER BY step DESC LIMIT 1 OFFSET ?)""",  # noqa: S608
        (STEPS_KEPT - 1,),
    )
    number: int = db.execute("SELECT coalesce(max(step), 0) + 1 FROM undo_part").get
    return number


def record(db: apsw.Connection, number: int, step: Step, was: str) -> None:
    """Keep what a step's undo needs, as JSON; belongs in the transaction of the change itself."""
    db.execute("INSERT INTO undo_part (step, label, was) VALUES (?, ?, ?)", (number, step, was))


def newest(db: apsw.Connection) -> list[Part]:
    """The parts of the last step, which no two articles share; none when no step is kept."""
    rows = db.execute("SELECT id, step, label FROM undo_part WHERE step = (SELECT max(step) FROM undo_part)")
    return [Part(part, number, Step(label)) for part, number, label in rows]


def look_at(db: apsw.Connection, part: Part) -> str | None:
    """What a part has recorded; None when another process took it back first."""
    was: str | None = db.execute("SELECT was FROM undo_part WHERE id = ?", (part.id,)).get
    return was


def take_out(db: apsw.Connection, part: Part) -> str | None:
    """What a part has recorded, which is thereby forgotten; None when another process took it back first."""
    was: str | None = db.execute("DELETE FROM undo_part WHERE id = ? RETURNING was", (part.id,)).get
    return was
