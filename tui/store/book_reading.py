"""Reading merchants of the contact book: by number, by article, by contact."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import apsw

from tui.merchants import BookContact, Dealings, MerchantBrief, MerchantEntry, Signal, Standing
from tui.model import Kind
from tui.store.guard import checked

_CASES = " ".join(f"WHEN '{kind}' THEN {rank}" for rank, kind in enumerate(Kind))
_RANK = f"CASE kind {_CASES} END"

NAME = f"""coalesce(nullif(person, ''),
  (SELECT value FROM contact WHERE merchant_id = merchant.id ORDER BY {_RANK}, id LIMIT 1))"""  # noqa: S608

_GIVEN = "(SELECT value FROM json_each(?))"

TEXTS = 400
"""So many of a merchant's texts are compared; by their hashes, so they are a fair sample of thousands."""

# Each tells of merchant.id; a merchant's block that names two WeChat IDs at once changed none.
_SIGNALS: Mapping[Signal, str] = MappingProxyType(
    {
        Signal.SAME_TEXT: f"""SELECT 1 FROM (
            SELECT text_hash FROM contact AS own JOIN contact_text ON contact_id = own.id
            WHERE own.merchant_id = merchant.id LIMIT {TEXTS}) AS mine
          JOIN contact_text AS theirs ON theirs.text_hash = mine.text_hash
          JOIN contact AS other ON other.id = theirs.contact_id
          WHERE other.merchant_id <> merchant.id""",  # noqa: S608
        Signal.CHANGED_ID: """SELECT 1 FROM contact
          WHERE merchant_id = merchant.id AND kind = 'wechat' AND block_seen > 0 GROUP BY merchant_id
          HAVING min(block_seen) < max(block_seen)""",
    }
)


@checked
def merchants(db: apsw.Connection, given: Sequence[int]) -> dict[int, MerchantEntry]:
    """Merchants by their ids; one that is gone is left out."""
    return {entry.id: entry for entry in _entries(db, given)}


@checked
def entry(db: apsw.Connection, merchant_id: int) -> MerchantEntry | None:
    """A merchant by number; None when it was joined to another."""
    return next(_entries(db, [merchant_id]), None)


@checked
def merchant_of(db: apsw.Connection, article_id: int) -> MerchantBrief | None:
    """The merchant of an article's first contact, in the order in which they are offered for copying."""
    found = db.execute(
        f"""SELECT id, articles, first_seen, standing, note,
          (SELECT max(copied_at) FROM contact WHERE merchant_id = merchant.id)
        FROM merchant WHERE id = (
          SELECT merchant_id FROM article_contact JOIN contact ON contact.id = contact_id
          WHERE article_id = ? AND merchant_id IS NOT NULL
          ORDER BY {_RANK}, confidence DESC, span_start LIMIT 1)""",  # noqa: S608
        (article_id,),
    ).fetchone()
    if found is None:
        return None
    merchant, articles, first, standing, note, copied = found
    signals = frozenset(_signals(db, json.dumps([merchant]))[merchant])
    return MerchantBrief(merchant, articles, first, Standing(standing), note, copied, signals)


@checked
def dealings(db: apsw.Connection, kind: Kind, value: str) -> Dealings:
    """What the user did so far with the merchant of a contact, or with nobody when it is not known."""
    found = db.execute(
        """SELECT standing, other.kind, other.value, other.copied_at FROM contact AS own
        JOIN merchant ON merchant.id = own.merchant_id
        JOIN contact AS other ON other.merchant_id = merchant.id
        WHERE own.kind = ? AND own.value = ? ORDER BY other.copied_at DESC, other.id = own.id DESC LIMIT 1""",
        (kind, value),
    ).fetchone()
    if found is None:
        return Dealings(Standing.NEW, kind, value, 0)
    standing, last, copied, at = found
    return (
        Dealings(Standing(standing), Kind(last), copied, at)
        if at
        else Dealings(Standing(standing), kind, value, 0)
    )


@checked
def articles_of(db: apsw.Connection, merchant_id: int) -> array[int]:
    """The ids of a merchant's articles, the newest first."""
    found = db.execute(
        """SELECT id FROM article WHERE id IN (SELECT article_id FROM contact
          JOIN article_contact ON contact_id = contact.id WHERE merchant_id = ?)
        ORDER BY published DESC, id DESC""",
        (merchant_id,),
    )
    return array("q", [article_id for (article_id,) in found])


@checked
def categories(db: apsw.Connection) -> tuple[str, ...]:
    """The categories in which there are contacts, in the order of feeds.toml, then by name."""
    found = db.execute(
        """SELECT name FROM category
        WHERE id <> 0 AND id IN (SELECT category_id FROM counter WHERE reachable > 0)
        ORDER BY position IS NULL, position, name"""
    )
    return tuple(name for (name,) in found)


def _entries(db: apsw.Connection, merchants: Sequence[int]) -> Iterator[MerchantEntry]:
    """The merchants with these ids, in that order; one that is gone is left out."""
    given = json.dumps(list(merchants))
    found = db.execute(
        f"""SELECT id, {NAME}, articles, first_seen, last_seen, standing, note FROM merchant
        WHERE id IN {_GIVEN}""",  # noqa: S608
        (given,),
    )
    rows = {row[0]: row for row in found}
    contacts, named, signals = _contacts(db, given), _categories(db, given), _signals(db, given)
    for merchant in merchants:
        if merchant in rows:
            _, name, articles, first, last, standing, note = rows[merchant]
            yield MerchantEntry(
                id=merchant,
                name=name,
                contacts=tuple(contacts[merchant]),
                articles=articles,
                first_seen=first,
                last_seen=last,
                categories=tuple(named[merchant]),
                standing=Standing(standing),
                note=note,
                signals=frozenset(signals[merchant]),
            )


def _contacts(db: apsw.Connection, given: str) -> Mapping[int, list[BookContact]]:
    found = db.execute(
        f"""SELECT merchant_id, id, kind, value, first_seen, last_seen, copied_at,
          (SELECT count(DISTINCT article_id) FROM article_contact WHERE contact_id = contact.id)
        FROM contact WHERE merchant_id IN {_GIVEN} ORDER BY {_RANK}, last_seen DESC, id""",  # noqa: S608
        (given,),
    )
    by_merchant = defaultdict(list)
    for merchant, contact_id, kind, value, first, last, copied, articles in found:
        by_merchant[merchant].append(
            BookContact(contact_id, Kind(kind), value, articles, first, last, copied)
        )
    return by_merchant


def _categories(db: apsw.Connection, given: str) -> Mapping[int, list[str]]:
    found = db.execute(
        f"""SELECT DISTINCT merchant_id, category.name FROM contact
        JOIN article_contact ON contact_id = contact.id JOIN article ON article.id = article_id
        JOIN category ON category.id = category_id
        WHERE merchant_id IN {_GIVEN} AND category.id <> 0
        ORDER BY category.position IS NULL, category.position, category.name""",  # noqa: S608
        (given,),
    )
    by_merchant = defaultdict(list)
    for merchant, name in found:
        by_merchant[merchant].append(name)
    return by_merchant


def _signals(db: apsw.Connection, given: str) -> Mapping[int, list[Signal]]:
    by_merchant = defaultdict(list)
    for signal, sign in _SIGNALS.items():
        found = db.execute(
            f"SELECT id FROM merchant WHERE id IN {_GIVEN} AND EXISTS ({sign})",  # noqa: S608
            (given,),
        )
        for (merchant,) in found:
            by_merchant[merchant].append(signal)
    return by_merchant
