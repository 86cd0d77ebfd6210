"""An article's contacts, and what the contact book learns from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain
from operator import attrgetter

import apsw

from tui.model import Contact, Kind, Mask, Source
from tui.store.joining import NUMBERS, SURE, Key, groups, place
from tui.store.shared import alone, serves_many
from tui.values import frozen

CONTACT_FIELDS = attrgetter("kind", "value", "start", "end", "label", "source", "confidence")
"""All but the mask, so that the hashes of contacts without one stay what they were."""

_PLACE = attrgetter("start", "end", "label", "source", "confidence", "mask")

_MERCHANTS = """SELECT merchant_id FROM article_contact JOIN contact ON contact.id = contact_id
  WHERE article_id = :article"""


@frozen
class Sighting:
    """Where contacts stand and since when: times in Unix seconds.

    `at` orders what merchants said: an old article that is edited says it now. `text_hash` is that of
    the article's text, None where it is too short to tell merchants by.
    """

    article: int
    published: int
    at: int
    text_hash: int | None = None


def contacts_of(db: apsw.Connection, article_id: int) -> tuple[Contact, ...]:
    """The contacts of an article as they were saved."""
    found = db.execute(
        """SELECT kind, value, span_start, span_end, label, source, confidence, mask
        FROM article_contact JOIN contact ON contact.id = contact_id
        WHERE article_id = ? ORDER BY position""",
        (article_id,),
    )
    return tuple(
        Contact(Kind(kind), value, start, end, label, Source(source), confidence, Mask(mask))
        for kind, value, start, end, label, source, confidence, mask in found
    )


def with_codes(db: apsw.Connection, article_id: int, contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    """Contacts with those of the article's QR codes, which no text of it can tell."""
    said = {(contact.kind, contact.value) for contact in contacts}
    codes = (contact for contact in contacts_of(db, article_id) if contact.source is Source.QR)
    return (*contacts, *(code for code in codes if (code.kind, code.value) not in said))


def replace_contacts(db: apsw.Connection, sighting: Sighting, contacts: Sequence[Contact]) -> None:
    """Make these the contacts of an article that had others."""
    article = {"article": sighting.article}
    db.execute(f"UPDATE merchant SET articles = articles - 1 WHERE id IN ({_MERCHANTS})", article)  # noqa: S608
    db.execute("DELETE FROM article_contact WHERE article_id = :article", article)
    add_contacts(db, [(sighting, contacts)])


def add_contacts(db: apsw.Connection, articles: Iterable[tuple[Sighting, Sequence[Contact]]]) -> None:
    """Save the contacts of articles that have none, and note in the book what they tell."""
    found = [(sighting, contacts) for sighting, contacts in articles if contacts]
    if found:
        pages = _Pages(db, chain.from_iterable(contacts for _, contacts in found))
        for sighting, contacts in found:
            pages.add(sighting, contacts)
        pages.write()


@frozen
class _Known:
    """What the book knows of a contact: its id, its merchant, and 1 when many share it."""

    id: int
    merchant: int | None = None
    shared: int = 0


class _Pages:
    """What the articles of one transaction add to the book: read at once, kept here, written at once.

    A statement for every contact costs five times as much.
    """

    def __init__(self, db: apsw.Connection, contacts: Iterable[Contact]) -> None:
        self._db = db
        self._keys = json.dumps([*{(contact.kind, contact.value) for contact in contacts}])
        self._known: dict[Key, _Known] = {}
        self._last_merchant = self._last_contact = 0
        self._read()
        self._rows: dict[str, list[tuple[object, ...]]] = {statement: [] for statement in _WRITES}

    def _read(self) -> None:
        """Read anew what is stored of the contacts, and the highest numbers given."""
        self._known = {
            (Kind(kind), value): _Known(*row) for kind, value, *row in self._db.execute(_KNOWN, (self._keys,))
        }
        # A merchant's number never comes to mean another, so it is not that of the highest row.
        self._last_merchant = self._db.execute(
            "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'merchant'), 0)"
        ).get
        self._last_contact = self._db.execute("SELECT coalesce(max(id), 0) FROM contact").get

    def add(self, sighting: Sighting, contacts: Sequence[Contact]) -> None:
        """Take an article's contacts."""
        ids = self._place(sighting, contacts)
        self._rows[_OF_ARTICLE] += [
            (sighting.article, position, ids[contact.kind, contact.value], *_PLACE(contact))
            for position, contact in enumerate(contacts)
        ]
        # The text stands under the first WeChat ID; the others of a list share it rightly.
        first = next((contact for contact in contacts if contact.kind is Kind.WECHAT), None)
        if first is not None and sighting.text_hash is not None:
            self._rows[_TEXT].append((sighting.text_hash, ids[first.kind, first.value]))

    def write(self) -> None:
        """Write what was taken so far."""
        for statement, rows in self._rows.items():
            if rows:
                self._db.executemany(statement, rows)
                rows.clear()

    def _place(self, sighting: Sighting, contacts: Sequence[Contact]) -> dict[Key, int]:
        """Give every contact its merchant, and every merchant the article; return the contacts' ids."""
        sure: dict[Key, None] = {
            (contact.kind, contact.value): None for contact in contacts if contact.source in SURE
        }
        person = next((value for kind, value in sure if kind is Kind.PERSON), "")
        people: set[Key] = {
            (contact.kind, contact.value) for contact in contacts if contact.kind is Kind.PERSON
        }
        ids: dict[Key, int] = {key: self._note(sighting, key, None, in_block=key in sure) for key in people}
        named: dict[int, str] = {}
        for group in groups(contacts, self._alone(contacts)):
            merchants = self._merchants(group, sighting.published)
            for key in group:
                ids[key] = self._note(sighting, key, merchants[0], in_block=key in sure)
            of_block = person if not sure.keys().isdisjoint(group) else ""
            named.update((merchant, named.get(merchant) or of_block) for merchant in merchants)
        self._rows[_COUNT] += [(sighting.published, name, merchant) for merchant, name in named.items()]
        return ids

    def _alone(self, contacts: Sequence[Contact]) -> frozenset[Key]:
        """Those of an article's contacts that join no others; the store tells where one brings more."""
        sure = {(c.kind, c.value) for c in contacts if c.source in SURE and c.kind is not Kind.PERSON}
        if len(sure) < 2:
            return frozenset()
        loose = frozenset(key for key in sure if serves_many(key) or self._of(key).shared)
        joining = sure - loose
        if not any(self._brings(joining, key) for key in joining):
            return loose
        self.write()
        found = alone(self._db, contacts)
        if found != loose:
            self._read()
        return found

    def _brings(self, joining: Iterable[Key], key: Key) -> bool:
        """Whether the article brings a number that the merchant of one of its contacts does not have."""
        merchant = self._of(key).merchant
        return merchant is not None and any(
            kind in NUMBERS and value != key[1] and self._of((kind, value)).merchant != merchant
            for kind, value in joining
        )

    def _of(self, key: Key) -> _Known:
        return self._known.get(key, _UNKNOWN)

    def _merchants(self, group: Sequence[Key], seen: int) -> list[int]:
        """The merchants that a group of contacts has, joined where they may be, or a new one."""
        known = {merchant for key in group if (merchant := self._of(key).merchant) is not None}
        if not known:
            self._last_merchant += 1
            self._rows[_MERCHANT].append((self._last_merchant, seen))
            return [self._last_merchant]
        if len(known) == 1:
            return [*known]
        self.write()
        kept = place(self._db, known)
        joined = known.difference(kept)
        self._known = {
            key: replace(known, merchant=kept[0]) if known.merchant in joined else known
            for key, known in self._known.items()
        }
        return kept

    def _note(self, sighting: Sighting, key: Key, merchant: int | None, *, in_block: bool) -> int:
        """Note that a contact was seen; return its id."""
        at = sighting.at if in_block else 0
        if key in self._known:
            contact_id = self._known[key].id
            self._rows[_SEEN].append((sighting.published, at, contact_id))
            return contact_id
        self._last_contact += 1
        self._known[key] = _Known(self._last_contact, merchant)
        self._rows[_CONTACT].append((self._last_contact, *key, merchant, sighting.published, at))
        return self._last_contact


_UNKNOWN = _Known(0)
_KNOWN = """SELECT kind, contact.value, contact.id, merchant_id, shared
  FROM json_each(?) AS wanted CROSS JOIN contact
    ON contact.kind = wanted.value ->> 0 AND contact.value = wanted.value ->> 1"""
_MERCHANT = "INSERT INTO merchant (id, first_seen, last_seen) VALUES (?1, ?2, ?2)"
_CONTACT = """INSERT INTO contact (id, kind, value, merchant_id, first_seen, last_seen, block_seen)
  VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)"""
_SEEN = """UPDATE contact SET first_seen = min(first_seen, ?1), last_seen = max(last_seen, ?1),
  block_seen = max(block_seen, ?2) WHERE id = ?3"""
# A merchant is called by the person of its latest block that names one.
_COUNT = """UPDATE merchant SET articles = articles + 1,
  first_seen = min(first_seen, ?1), last_seen = max(last_seen, ?1),
  person = iif(?2 <> '' AND person_at <= ?1, ?2, person),
  person_at = iif(?2 <> '', max(person_at, ?1), person_at)
  WHERE id = ?3"""
_OF_ARTICLE = """INSERT INTO article_contact
  (article_id, position, contact_id, span_start, span_end, label, source, confidence, mask)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_TEXT = "INSERT INTO contact_text (text_hash, contact_id) VALUES (?, ?) ON CONFLICT DO NOTHING"
# In this order: each names rows of those before it.
_WRITES = (_MERCHANT, _CONTACT, _SEEN, _COUNT, _OF_ARTICLE, _TEXT)
