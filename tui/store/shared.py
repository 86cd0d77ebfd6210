"""Numbers that many merchants share, a platform's or a hotline's: they make nobody one merchant."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

import apsw

from tui.model import Contact, Kind
from tui.store.joining import NUMBERS, SURE, Key, name_anew, recount

MOST_SHARING = 8
"""A number in the blocks of so many WeChat IDs (or QQ numbers, or mobiles) still means one merchant."""

OF_MANY = frozenset(
    {Kind.QQ_GROUP, Kind.OFFICIAL_ACCOUNT, Kind.GROUP_CODE, Kind.ACCOUNT_CODE, Kind.LINK_CODE}
)
"""Kinds by which many are reached at once: whoever names the same one need not be the same merchant."""

Known = tuple[int | None, int | None, int]
"""A contact's id and its merchant, None for a new one, and 1 when it is known to be shared."""

_HOTLINE = re.compile(r"[48]00\d{7}|95\d{3,6}|1010\d{4}")

_SURE = ", ".join(f"'{source}'" for source in sorted(SURE))

_BLOCKS = f"""SELECT count(DISTINCT first) FROM (
  SELECT min(other.contact_id) AS first FROM article_contact AS own
  JOIN article_contact AS other ON other.article_id = own.article_id AND other.source IN ({_SURE})
  JOIN contact ON contact.id = other.contact_id
  WHERE own.contact_id = :contact AND own.source IN ({_SURE}) AND kind = :kind AND value <> :value
  GROUP BY own.article_id)"""  # noqa: S608


def serves_many(key: Key) -> bool:
    """Whether a contact cannot tell one merchant from another: a group, an account, a service number."""
    kind, value = key
    return kind in OF_MANY or (kind is Kind.LANDLINE and _HOTLINE.fullmatch(value) is not None)


def alone(db: apsw.Connection, contacts: Iterable[Contact]) -> frozenset[Key]:
    """Those of an article's contacts that join no others.

    One that by this article stands beside the ninth WeChat ID is found out here: from now on it is a
    merchant of its own, and what it alone had joined comes apart.
    """
    sure: dict[Key, None] = {
        (c.kind, c.value): None for c in contacts if c.source in SURE and c.kind is not Kind.PERSON
    }
    known = {key: look_up(db, key) for key in sure}
    loose = {key for key in sure if serves_many(key) or known[key][2]}
    for key in sure:
        joining = sure.keys() - loose
        contact, merchant, _ = known[key]
        if contact is None or merchant is None or key not in joining:
            continue
        brought = _brought(joining, key, merchant, known)
        if any(_crowded(db, contact, merchant, key, kind) for kind in brought):
            _find_out(db, key, merchant)
            loose |= {other for other in sure if other[1] == key[1]}
            known = {other: look_up(db, other) for other in sure}
    return frozenset(loose)


def look_up(db: apsw.Connection, key: Key) -> Known:
    """A contact as it is known so far."""
    found = db.execute("SELECT id, merchant_id, shared FROM contact WHERE kind = ? AND value = ?", key).get
    return found or (None, None, 0)


def _brought(sure: Iterable[Key], key: Key, merchant: int, known: Mapping[Key, Known]) -> set[Kind]:
    """The kinds of which the article brings a number that the merchant of a contact does not have."""
    return {
        kind
        for kind, value in sure
        if kind in NUMBERS and value != key[1] and known[kind, value][1] != merchant
    }


def _crowded(db: apsw.Connection, contact: int, merchant: int, key: Key, kind: Kind) -> bool:
    """Whether a contact has stood beside so many others of a kind that one more is too much."""
    has: int = db.execute(
        "SELECT count(*) FROM contact WHERE merchant_id = ? AND kind = ?", (merchant, kind)
    ).get
    if has < MOST_SHARING:
        return False
    # counted by blocks, because a merchant may name ten numbers in one
    blocks: int = db.execute(_BLOCKS, {"contact": contact, "kind": kind, "value": key[1]}).get
    return blocks >= MOST_SHARING


def _find_out(db: apsw.Connection, key: Key, merchant: int) -> None:
    """Remember that a number is shared, and take apart what it had joined."""
    # the same digits as a phone and as a WeChat ID are the same number
    db.execute("UPDATE contact SET shared = 1 WHERE value = ? AND merchant_id = ?", (key[1], merchant))
    shared: int = db.execute("SELECT id FROM contact WHERE kind = ? AND value = ?", key).get
    _, *others = sorted(_parts(db, merchant), key=lambda part: (shared in part, min(part)))
    for part in others:
        _move_out(db, merchant, part, fresh=shared in part)
    recount(db, merchant)
    name_anew(db, merchant)


def _parts(db: apsw.Connection, merchant: int) -> list[set[int]]:
    """A merchant's contacts by what still ties them: a block, the same digits, the user's own word."""
    ties = db.execute(
        f"""SELECT DISTINCT json_group_array(contact_id) FROM (
          SELECT article_id, contact_id FROM contact JOIN article_contact ON contact_id = contact.id
          WHERE merchant_id = :id AND shared = 0 AND source IN ({_SURE}) ORDER BY article_id, contact_id)
        GROUP BY article_id
        UNION SELECT json_group_array(id) FROM contact WHERE merchant_id = :id GROUP BY value
        UNION SELECT json_array(contact_id, other_id) FROM together JOIN contact ON contact.id = contact_id
          WHERE merchant_id = :id""",  # noqa: S608
        {"id": merchant},
    ).fetchall()
    own: set[int] = {
        contact for (contact,) in db.execute("SELECT id FROM contact WHERE merchant_id = ?", (merchant,))
    }
    parts: list[set[int]] = []
    for (tied,) in ties:
        part = own.intersection(json.loads(str(tied)))
        touched = [other for other in parts if other & part]
        parts = [*(other for other in parts if not other & part), part.union(*touched)]
    return [part for part in parts if part]


def _move_out(db: apsw.Connection, merchant: int, part: set[int], *, fresh: bool) -> None:
    """Make contacts a merchant of their own: with standing and note, but a shared number with neither."""
    db.execute(
        """INSERT INTO merchant (standing, note, first_seen, last_seen)
        SELECT iif(:fresh, 'new', standing), iif(:fresh, '', note), first_seen, last_seen
        FROM merchant WHERE id = :id""",
        {"fresh": fresh, "id": merchant},
    )
    own = db.last_insert_rowid()
    db.execute(
        "UPDATE contact SET merchant_id = ? WHERE id IN (SELECT value FROM json_each(?))",
        (own, json.dumps(sorted(part))),
    )
    recount(db, own)
    name_anew(db, own)
