"""What the user does to the contact book, each step with what takes it back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import apsw

from tui.merchants import Standing
from tui.model import Kind, Undone
from tui.store.guard import checked, transaction
from tui.store.joining import are_apart, merge, name_anew, recount
from tui.store.steps import Step, new_step, record

_COLUMNS = {Step.SET_STANDING: "standing", Step.SET_NOTE: "note"}


@checked
def set_standing(db: apsw.Connection, merchant_id: int, standing: Standing, now: int) -> None:  # noqa: ARG001
    """Note how the user stands with a merchant; nothing if it is gone."""
    _set(db, Step.SET_STANDING, merchant_id, standing)


@checked
def set_note(db: apsw.Connection, merchant_id: int, note: str, now: int) -> None:  # noqa: ARG001
    """Keep the user's own words about a merchant; nothing if it is gone."""
    _set(db, Step.SET_NOTE, merchant_id, note)


@checked
def note_copy(db: apsw.Connection, kind: Kind, value: str, now: int) -> None:
    """Remember when a contact was copied; its merchant is no longer a new one."""
    with transaction(db):
        db.execute("UPDATE contact SET copied_at = ? WHERE kind = ? AND value = ?", (now, kind, value))
        db.execute(
            """UPDATE merchant SET standing = 'copied' WHERE standing = 'new'
            AND id = (SELECT merchant_id FROM contact WHERE kind = ? AND value = ?)""",
            (kind, value),
        )


@checked
def split(db: apsw.Connection, contact_id: int, now: int) -> None:  # noqa: ARG001
    """Take a contact out of its merchant, for good; both keep standing and note.

    Nothing if the merchant has no other contact.
    """
    with transaction(db):
        merchant = _merchant(db, contact_id)
        pairs = [(contact_id, other) for other in _contacts(db, merchant) if other != contact_id]
        if pairs:
            _split(db, merchant, contact_id, pairs)


def _split(db: apsw.Connection, merchant: int, contact_id: int, pairs: list[tuple[int, int]]) -> None:
    _set_apart(db, pairs)
    db.execute(
        """INSERT INTO merchant (standing, note, first_seen, last_seen)
        SELECT standing, note, first_seen, last_seen FROM merchant WHERE id = ?""",
        (merchant,),
    )
    own = db.last_insert_rowid()
    db.execute("UPDATE contact SET merchant_id = ? WHERE id = ?", (own, contact_id))
    for half in (merchant, own):
        recount(db, half)
        name_anew(db, half)
    record(db, new_step(db, Step.SPLIT), Step.SPLIT, json.dumps(pairs))


@checked
def join(db: apsw.Connection, merchant_a: int, merchant_b: int, now: int) -> bool:  # noqa: ARG001
    """Make two merchants one, also where the user had taken them apart; False if one is gone."""
    target, other = sorted((merchant_a, merchant_b))
    with transaction(db):
        found: int = db.execute("SELECT count(*) FROM merchant WHERE id IN (?, ?)", (target, other)).get
        if found == 2:
            _join(db, target, other)
    return found == 2


def _join(db: apsw.Connection, target: int, other: int) -> None:
    stayed, moved = _contacts(db, target), _contacts(db, other)
    apart: list[tuple[int, int]] = json.loads(
        db.execute(
            """SELECT json_group_array(json_array(contact_id, other_id)) FROM apart
            WHERE contact_id IN (SELECT value FROM json_each(?))
            AND other_id IN (SELECT value FROM json_each(?))""",
            (json.dumps(stayed), json.dumps(moved)),
        ).get
    )
    was = {
        "stayed": stayed[0],
        "moved": moved,
        "merchant": other,
        "said": [_said(db, target), _said(db, other)],
        "apart": apart,
    }
    _forget_apart(db, apart)
    db.execute(
        "INSERT INTO together (contact_id, other_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        (stayed[0], moved[0]),
    )
    merge(db, target, other)
    record(db, new_step(db, Step.JOIN), Step.JOIN, json.dumps(was))


def _contacts(db: apsw.Connection, merchant_id: int) -> list[int]:
    found: str = db.execute(
        "SELECT json_group_array(id) FROM contact WHERE merchant_id = ?", (merchant_id,)
    ).get
    return list(json.loads(found))


def _said(db: apsw.Connection, merchant_id: int) -> Sequence[apsw.SQLiteValue] | None:
    return db.execute(
        "SELECT standing, note, person, person_at FROM merchant WHERE id = ?", (merchant_id,)
    ).fetchone()


def restore(db: apsw.Connection, step: Step, was: str) -> Undone:
    """Take back a step by what it recorded; the count is that of merchants which it changed.

    Merchants are found by their contacts, as a refresh may have joined them to others since.
    """
    kept = json.loads(was)
    match step:
        case Step.SPLIT:
            return Undone(step, _unsplit(db, kept), _value(db, kept[0][0]))
        case Step.JOIN:
            return Undone(step, _unjoin(db, kept), _value(db, kept["stayed"]))
        case _:
            contact_id, value = kept
            return Undone(step, _update(db, step, _merchant(db, contact_id), value), _value(db, contact_id))


def _value(db: apsw.Connection, contact_id: int) -> str:
    value: str = db.execute("SELECT value FROM contact WHERE id = ?", (contact_id,)).get
    return value


def _unsplit(db: apsw.Connection, pairs: list[tuple[int, int]]) -> int:
    _forget_apart(db, pairs)
    merchants = {_merchant(db, contact_id) for contact_id in pairs[0]}
    if len(merchants) == 1 or are_apart(db, *merchants):
        return 0
    merge(db, *sorted(merchants))
    return 1


def _unjoin(db: apsw.Connection, was: dict[str, Any]) -> int:
    target, merchant = _merchant(db, was["stayed"]), was["merchant"]
    moved = json.dumps(was["moved"])
    owners = db.execute(
        "SELECT DISTINCT merchant_id FROM contact WHERE id IN (SELECT value FROM json_each(?))", (moved,)
    ).fetchall()
    db.execute("INSERT INTO merchant (id, first_seen, last_seen) VALUES (?, 0, 0)", (merchant,))
    db.execute(
        "UPDATE contact SET merchant_id = ? WHERE id IN (SELECT value FROM json_each(?))", (merchant, moved)
    )
    _set_apart(db, was["apart"])
    db.execute("DELETE FROM together WHERE contact_id = ? AND other_id = ?", (was["stayed"], was["moved"][0]))
    # a shared number that was found out since may have made merchants of some of them
    db.executemany(
        "DELETE FROM merchant WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM contact WHERE merchant_id = ?1)",
        owners,
    )
    for half, said in zip((target, merchant), was["said"], strict=True):
        db.execute(
            "UPDATE merchant SET (standing, note, person, person_at) = (?, ?, ?, ?) WHERE id = ?",
            (*said, half),
        )
        recount(db, half)
    return 2


def _set(db: apsw.Connection, step: Step, merchant_id: int, value: str) -> None:
    with transaction(db):
        row = db.execute(
            f"""SELECT (SELECT min(contact.id) FROM contact WHERE merchant_id = merchant.id), {_COLUMNS[step]}
            FROM merchant WHERE id = ?""",  # noqa: S608
            (merchant_id,),
        ).fetchone()
        if row is not None and row[1] != value:
            _update(db, step, merchant_id, value)
            record(db, new_step(db, step), step, json.dumps(row))


def _update(db: apsw.Connection, step: Step, merchant_id: int, value: str) -> int:
    db.execute(f"UPDATE merchant SET {_COLUMNS[step]} = ? WHERE id = ?", (value, merchant_id))  # noqa: S608
    return db.changes()


def _merchant(db: apsw.Connection, contact_id: int) -> int:
    merchant: int = db.execute("SELECT merchant_id FROM contact WHERE id = ?", (contact_id,)).get
    return merchant


def _set_apart(db: apsw.Connection, pairs: list[tuple[int, int]]) -> None:
    db.executemany(
        "INSERT INTO apart (contact_id, other_id) VALUES (?1, ?2), (?2, ?1) ON CONFLICT DO NOTHING", pairs
    )


def _forget_apart(db: apsw.Connection, pairs: list[tuple[int, int]]) -> None:
    db.executemany("DELETE FROM apart WHERE (contact_id, other_id) IN (VALUES (?1, ?2), (?2, ?1))", pairs)
