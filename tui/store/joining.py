"""Which contacts are one merchant, in one article and over all of them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence

import apsw

from tui.merchants import Standing
from tui.model import Contact, Kind, Source

SURE = frozenset({Source.FEED, Source.BLOCK})
"""Sources that describe one merchant: all that they name in an article is theirs."""

STRICTNESS = tuple(Standing)
"""Of two standings the later one counts when merchants are joined."""

NUMBERS = frozenset({Kind.WECHAT, Kind.QQ, Kind.MOBILE})
"""Kinds that share their values: who has 138 6402 7195 may have it as phone and as WeChat ID."""

Key = tuple[Kind, str]


def groups(contacts: Iterable[Contact], alone: Container[Key] = frozenset()) -> list[list[Key]]:
    """The contacts of one article that belong to one merchant each; a person is not among them.

    Those that are `alone` are nobody else's, though a block names them.
    """
    found: list[tuple[set[object], dict[Key, None]]] = []
    for contact in contacts:
        if contact.kind is Kind.PERSON:
            continue
        ties = set(_ties(contact, alone))
        members: dict[Key, None] = {(contact.kind, contact.value): None}
        rest: list[tuple[set[object], dict[Key, None]]] = []
        at = None
        for group in found:
            if ties.isdisjoint(group[0]):
                rest.append(group)
            else:
                # what is joined stands where its first contact stood
                at = len(rest) if at is None else at
                ties |= group[0]
                members = group[1] | members
        rest.insert(len(rest) if at is None else at, (ties, members))
        found = rest
    return [list(members) for _, members in found]


def _ties(contact: Contact, alone: Container[Key]) -> Iterator[object]:
    """What a contact has in common with others of its merchant."""
    yield contact.kind, contact.value
    if contact.source in SURE and (contact.kind, contact.value) not in alone:
        yield SURE
    if contact.kind in NUMBERS:
        yield contact.value
    if contact.start < contact.end:
        yield contact.start, contact.end


def place(db: apsw.Connection, merchants: Iterable[int]) -> list[int]:
    """Join merchants whose contacts belong together, as far as the user did not take them apart.

    Returns those that remain, first the one that contacts without a merchant are to have.
    """
    target, *others = sorted(set(merchants))
    kept = [target]
    for other in others:
        if are_apart(db, target, other):
            kept.append(other)
        else:
            merge(db, target, other)
    return kept


def are_apart(db: apsw.Connection, one: int, other: int) -> bool:
    """Whether the user took a contact of one merchant apart from a contact of the other."""
    found: int = db.execute(
        """SELECT EXISTS (SELECT 1 FROM contact AS mine JOIN apart ON apart.contact_id = mine.id
          JOIN contact AS theirs ON theirs.id = apart.other_id
          WHERE mine.merchant_id = ? AND theirs.merchant_id = ?)""",
        (one, other),
    ).get
    return bool(found)


def merge(db: apsw.Connection, target: int, other: int) -> None:
    """Give all that a merchant has to the other; the strictest standing and both notes stay."""
    standings, notes = zip(
        *db.execute("SELECT standing, note FROM merchant WHERE id IN (?, ?) ORDER BY id", (target, other)),
        strict=True,
    )
    db.execute(
        """UPDATE merchant SET standing = :standing, note = :note,
          (person, person_at) = (SELECT person, person_at FROM merchant WHERE id IN (:target, :other)
            ORDER BY person_at DESC, id LIMIT 1)
        WHERE id = :target;
        UPDATE contact SET merchant_id = :target WHERE merchant_id = :other;
        DELETE FROM merchant WHERE id = :other""",
        {
            "target": target,
            "other": other,
            "standing": max(map(Standing, standings), key=STRICTNESS.index),
            "note": joined_notes(notes),
        },
    )
    recount(db, target)


def joined_notes(notes: Sequence[str]) -> str:
    """The notes below one another, each line once."""
    return "\n".join(dict.fromkeys(line for note in notes for line in note.split("\n") if line))


def recount(db: apsw.Connection, merchant: int) -> None:
    """Count a merchant's articles and times anew, after contacts came or went."""
    db.execute(
        """UPDATE merchant SET
          (first_seen, last_seen) =
            (SELECT min(first_seen), max(last_seen) FROM contact WHERE merchant_id = :id),
          articles = (SELECT count(DISTINCT article_id) FROM contact
            JOIN article_contact ON contact_id = contact.id WHERE merchant_id = :id)
        WHERE id = :id""",
        {"id": merchant},
    )


def name_anew(db: apsw.Connection, merchant_id: int) -> None:
    """Name a merchant by the latest block that has a contact of its own and a person, else not at all."""
    db.execute(
        """UPDATE merchant SET (person, person_at) = (
          SELECT coalesce(max(value), ''), coalesce(max(published), 0) FROM (
            SELECT person.value, article.published FROM contact AS own
            JOIN article_contact AS here ON here.contact_id = own.id AND here.source IN ('feed', 'block')
            JOIN article_contact AS named
              ON named.article_id = here.article_id AND named.source IN ('feed', 'block')
            JOIN contact AS person ON person.id = named.contact_id AND person.kind = 'person'
            JOIN article ON article.id = here.article_id
            WHERE own.merchant_id = :id ORDER BY published DESC, article.id DESC LIMIT 1))
        WHERE id = :id""",
        {"id": merchant_id},
    )
