"""Reading the contact book: merchants by page, by number, by article."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import apsw

from tui.merchants import BookContact, BookQuery, BookSort, MerchantEntry, Signal, Standing
from tui.model import Kind
from tui.store.guard import checked

_CASES = " ".join(f"WHEN '{kind}' THEN {rank}" for rank, kind in enumerate(Kind))
_RANK = f"CASE kind {_CASES} END"

_NAME = f"""coalesce(nullif(person, ''),
  (SELECT value FROM contact WHERE merchant_id = merchant.id ORDER BY {_RANK}, id LIMIT 1))"""  # noqa: S608

_ORDERS: Mapping[BookSort, str] = MappingProxyType(
    {
        BookSort.LATEST: "last_seen DESC, id DESC",
        BookSort.ARTICLES: "articles DESC, last_seen DESC, id DESC",
        BookSort.NAME: "name, id",
    }
)

_HOLDS = """(instr(lower(person || char(10) || note), {0}) OR EXISTS (
  SELECT 1 FROM contact WHERE merchant_id = merchant.id AND instr(lower(value), {0})))"""

_GIVEN = "(SELECT value FROM json_each(?))"

# Each tells of merchant.id; a merchant's block that names two WeChat IDs at once changed none.
_SIGNALS: Mapping[Signal, str] = MappingProxyType(
    {
        Signal.SAME_TEXT: """SELECT 1 FROM contact AS own
          JOIN contact_text AS mine ON mine.contact_id = own.id
          JOIN contact_text AS theirs ON theirs.text_hash = mine.text_hash
          JOIN contact AS other ON other.id = theirs.contact_id
          WHERE own.merchant_id = merchant.id AND other.merchant_id <> merchant.id""",
        Signal.CHANGED_ID: """SELECT 1 FROM contact
          WHERE merchant_id = merchant.id AND kind = 'wechat' AND block_seen > 0 GROUP BY merchant_id
          HAVING min(block_seen) < max(block_seen)""",
    }
)


@checked
def entries(
    db: apsw.Connection, query: BookQuery, limit: int = 500, offset: int = 0
) -> tuple[MerchantEntry, ...]:
    """The merchants that a query asks for, in its order; of several words each must be found."""
    condition, parameters = _condition(query)
    found = db.execute(
        f"""SELECT id, {_NAME} AS name FROM merchant WHERE {condition}
        ORDER BY {_ORDERS[query.sort]} LIMIT :limit OFFSET :offset""",  # noqa: S608
        {**parameters, "limit": limit, "offset": offset},
    )
    return tuple(_entries(db, [merchant for merchant, _ in found]))


@checked
def count(db: apsw.Connection, query: BookQuery) -> int:
    """How many merchants a query asks for."""
    condition, parameters = _condition(query)
    found: int = db.execute(f"SELECT count(*) FROM merchant WHERE {condition}", parameters).get  # noqa: S608
    return found


@checked
def entry(db: apsw.Connection, merchant_id: int) -> MerchantEntry | None:
    """A merchant by number; None when it was joined to another."""
    return next(_entries(db, [merchant_id]), None)


@checked
def merchant_of(db: apsw.Connection, article_id: int) -> MerchantEntry | None:
    """The merchant of an article's first contact, in the order in which they are offered for copying."""
    merchant: int | None = db.execute(
        f"""SELECT merchant_id FROM article_contact JOIN contact ON contact.id = contact_id
        WHERE article_id = ? AND merchant_id IS NOT NULL
        ORDER BY {_RANK}, confidence DESC, span_start LIMIT 1""",  # noqa: S608
        (article_id,),
    ).get
    return None if merchant is None else entry(db, merchant)


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


def _condition(query: BookQuery) -> tuple[str, dict[str, str]]:
    """The WHERE of a query over `merchant`, and what its names stand for."""
    parts = ["TRUE"]
    parameters = {}
    for number, word in enumerate(query.search.lower().split()):
        parts.append(_HOLDS.format(f":word{number}"))
        parameters[f"word{number}"] = word
    if query.standing is not None:
        parts.append("standing = :standing")
        parameters["standing"] = query.standing
    if query.category:
        parts.append("""id IN (SELECT merchant_id FROM category JOIN article ON category_id = category.id
          JOIN article_contact ON article_id = article.id JOIN contact ON contact.id = contact_id
          WHERE category.name = :category)""")
        parameters["category"] = query.category
    return " AND ".join(parts), parameters


def _entries(db: apsw.Connection, merchants: Sequence[int]) -> Iterator[MerchantEntry]:
    """The merchants with these ids, in that order; one that is gone is left out."""
    given = json.dumps(merchants)
    found = db.execute(
        f"""SELECT id, {_NAME}, articles, first_seen, last_seen, standing, note FROM merchant
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
