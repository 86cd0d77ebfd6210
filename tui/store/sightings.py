"""An article's contacts, and what the contact book learns from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

import apsw

from tui.model import Contact, Kind, Source
from tui.store.joining import SURE, Key, groups, place
from tui.store.shared import alone, look_up

CONTACT_FIELDS = attrgetter("kind", "value", "start", "end", "label", "source", "confidence")

_PLACE = attrgetter("start", "end", "label", "source", "confidence")

_MERCHANTS = """SELECT merchant_id FROM article_contact JOIN contact ON contact.id = contact_id
  WHERE article_id = :article"""


@dataclass(frozen=True, slots=True)
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
        """SELECT kind, value, span_start, span_end, label, source, confidence
        FROM article_contact JOIN contact ON contact.id = contact_id
        WHERE article_id = ? ORDER BY position""",
        (article_id,),
    )
    return tuple(
        Contact(Kind(kind), value, start, end, label, Source(source), confidence)
        for kind, value, start, end, label, source, confidence in found
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
    add_contacts(db, sighting, contacts)


def add_contacts(db: apsw.Connection, sighting: Sighting, contacts: Sequence[Contact]) -> None:
    """Save the contacts of an article that has none, and note in the book what they tell."""
    if not contacts:
        return
    ids = _place(db, sighting, contacts)
    db.executemany(
        """INSERT INTO article_contact
          (article_id, position, contact_id, span_start, span_end, label, source, confidence)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            (sighting.article, position, ids[contact.kind, contact.value], *_PLACE(contact))
            for position, contact in enumerate(contacts)
        ],
    )
    _note_text(db, sighting, contacts, ids)


def _place(db: apsw.Connection, sighting: Sighting, contacts: Sequence[Contact]) -> dict[Key, int]:
    """Give every contact its merchant, and every merchant the article; return the contacts' ids."""
    sure: dict[Key, None] = {
        (contact.kind, contact.value): None for contact in contacts if contact.source in SURE
    }
    person = next((value for kind, value in sure if kind is Kind.PERSON), "")
    people: set[Key] = {(contact.kind, contact.value) for contact in contacts if contact.kind is Kind.PERSON}
    ids = {key: _note(db, sighting, key, look_up(db, key)[0], None, in_block=key in sure) for key in people}
    named: dict[int, str] = {}
    loose, seen = alone(db, contacts)
    for group in groups(contacts, loose):
        known = [seen.get(key) or look_up(db, key) for key in group]
        had = {merchant for _, merchant, _ in known if merchant is not None}
        merchants = place(db, had, sighting.published)
        if len(merchants) < len(had):
            # joined just now: what was looked up before may name a merchant that is gone
            seen.clear()
        for key, (contact_id, _, _) in zip(group, known, strict=True):
            ids[key] = _note(db, sighting, key, contact_id, merchants[0], in_block=key in sure)
        of_block = person if not sure.keys().isdisjoint(group) else ""
        named.update((merchant, named.get(merchant) or of_block) for merchant in merchants)
    _count(db, sighting.published, named)
    return ids


def _note(
    db: apsw.Connection,
    sighting: Sighting,
    key: Key,
    contact_id: int | None,
    merchant: int | None,
    *,
    in_block: bool,
) -> int:
    """Note that a contact was seen; return its id."""
    at = sighting.at if in_block else 0
    if contact_id is None:
        db.execute(
            """INSERT INTO contact (kind, value, merchant_id, first_seen, last_seen, block_seen)
            VALUES (?1, ?2, ?3, ?4, ?4, ?5)""",
            (*key, merchant, sighting.published, at),
        )
        return db.last_insert_rowid()
    db.execute(
        """UPDATE contact SET first_seen = min(first_seen, ?1), last_seen = max(last_seen, ?1),
          block_seen = max(block_seen, ?2) WHERE id = ?3""",
        (sighting.published, at, contact_id),
    )
    return contact_id


def _count(db: apsw.Connection, published: int, named: Mapping[int, str]) -> None:
    """Count an article for its merchants; one is called by the person of its latest block that names one."""
    db.executemany(
        """UPDATE merchant SET articles = articles + 1,
          first_seen = min(first_seen, :published), last_seen = max(last_seen, :published),
          person = iif(:person <> '' AND person_at <= :published, :person, person),
          person_at = iif(:person <> '', max(person_at, :published), person_at)
        WHERE id = :merchant""",
        [
            {"published": published, "person": person, "merchant": merchant}
            for merchant, person in named.items()
        ],
    )


def _note_text(
    db: apsw.Connection, sighting: Sighting, contacts: Sequence[Contact], ids: Mapping[Key, int]
) -> None:
    """Remember the article's text under its first WeChat ID; the others of a list share it rightly."""
    first = next((contact for contact in contacts if contact.kind is Kind.WECHAT), None)
    if first is not None and sighting.text_hash is not None:
        db.execute(
            "INSERT INTO contact_text (text_hash, contact_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (sighting.text_hash, ids[first.kind, first.value]),
        )
