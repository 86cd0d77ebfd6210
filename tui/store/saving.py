"""Saving what a refresh brought: new articles in, changed ones renewed, marks kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from operator import attrgetter

import apsw

from tui.model import Article, Contact, Kind
from tui.store import body_codec
from tui.store.guard import checked, polite_transaction

CHUNK = 25
"""Articles per transaction: so many hold the lock for less than ten milliseconds."""

LARGEST = 2**63 - 1

_CONTACT = attrgetter("kind", "value", "start", "end", "label", "source", "confidence")
_COMMENTS = attrgetter("count", "page", "feed")
_MERCHANT = attrgetter("category", "person", "wechat", "qq", "mobile")  # its views are a figure, not news


@dataclass(frozen=True, slots=True)
class Saved:
    """How many articles were new, and how many of the known ones now say something else."""

    new: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class _Draft:
    """An article with what tells whether it is known and whether it changed."""

    key: int
    content_hash: int
    facts_hash: int
    article: Article


_Fields = dict[str, int | str | bytes | None]


@dataclass(frozen=True, slots=True)
class _Packed:
    """A draft with its columns, made before the lock is taken."""

    draft: _Draft
    fields: _Fields


@checked
def save(db: apsw.Connection, feed_id: int, articles: Sequence[Article], now: int) -> Saved:
    """Save a feed's articles, given newest first; what the feed no longer names stays.

    Bodies are packed between the transactions, which leaves the lock to others meanwhile. An article
    that is as we know it costs a lookup and no write.
    """
    url: str = db.execute("SELECT url FROM feed WHERE id = ?", (feed_id,)).get
    # Reversed, so that of two with one uid the first wins and ids grow with time among equal dates.
    drafts = {draft.key: draft for draft in (_draft(url, article) for article in reversed(articles))}
    ordered = sorted(drafts.values(), key=lambda draft: draft.article.published or now)
    new = changed = 0
    for start in range(0, len(ordered), CHUNK):
        chunk = ordered[start : start + CHUNK]
        known = _known(db, chunk)
        packed = [
            _pack(draft, feed_id)
            for draft in chunk
            if known.get(draft.key, ())[1:] != (draft.content_hash, draft.facts_hash)
        ]
        if packed:
            saved = _save_chunk(db, packed, now)
            new, changed = new + saved.new, changed + saved.changed
    return Saved(new, changed)


def _draft(url: str, article: Article) -> _Draft:
    said = (
        article.title,
        article.link,
        article.author,
        article.category,
        _MERCHANT(article.merchant),
        [_CONTACT(contact) for contact in article.contacts],
    )
    facts = (
        article.published,
        article.published_raw,
        article.updated,
        article.views,
        article.merchant.views,
        _COMMENTS(article.comments),
    )
    return _Draft(
        key=_hash((url, article.uid)),
        content_hash=_hash(said, body_codec.serialize(article.body)),
        facts_hash=_hash(facts),
        article=article,
    )


def _hash(values: object, data: bytes = b"") -> int:
    """63 bits, so that it is a positive integer to SQLite."""
    digest = blake2b(json.dumps(values).encode() + data, digest_size=8).digest()
    return int.from_bytes(digest) >> 1


def _known(db: apsw.Connection, drafts: Sequence[_Draft]) -> dict[int, tuple[int, int | None, int | None]]:
    """By key: the id, and the hashes of what is stored, or None where only the marks are left."""
    rows = db.execute(
        """SELECT key, id, content_hash, facts_hash FROM status LEFT JOIN article USING (id)
        WHERE key IN (SELECT value FROM json_each(?))""",
        (json.dumps([draft.key for draft in drafts]),),
    )
    return {key: (article_id, content_hash, facts_hash) for key, article_id, content_hash, facts_hash in rows}


def _save_chunk(db: apsw.Connection, packed: Sequence[_Packed], now: int) -> Saved:
    new = changed = 0
    with polite_transaction(db):
        # Asked again under the lock: another process may be saving the same feed.
        known = _known(db, [item.draft for item in packed])
        for item in packed:
            article_id, content_hash, _ = known.get(item.draft.key, (None, None, None))
            if article_id is None:
                db.execute("INSERT INTO status (key, first_seen) VALUES (?, ?)", (item.draft.key, now))
                article_id = db.last_insert_rowid()
            _save_article(db, {**item.fields, "id": article_id})
            if content_hash != item.draft.content_hash:
                _save_contacts(db, article_id, item.draft.article.contacts)
                new += content_hash is None
                changed += content_hash is not None
    return Saved(new, changed)


def _save_article(db: apsw.Connection, fields: _Fields) -> None:
    db.execute(
        """INSERT INTO category (name) VALUES (:category) ON CONFLICT DO NOTHING;
        INSERT INTO article (id, feed_id, category_id, own_category, published, title, views, kinds,
          read, favorite, content_hash, facts_hash)
        SELECT :id, feed.id, iif(:category = '', feed.category_id, category.id), :category <> '',
          min(coalesce(:published, first_seen), first_seen), :title, :views, :kinds,
          read_at IS NOT NULL, favorite_at IS NOT NULL, :content_hash, :facts_hash
        FROM status, feed, category
        WHERE status.id = :id AND feed.id = :feed_id AND category.name = :category
        ON CONFLICT (id) DO UPDATE SET
          category_id = excluded.category_id, own_category = excluded.own_category,
          published = excluded.published, title = excluded.title, views = excluded.views,
          kinds = excluded.kinds, content_hash = excluded.content_hash, facts_hash = excluded.facts_hash;
        INSERT OR REPLACE INTO article_text
          (id, uid, link, author, published, published_raw, updated, merchant, comments, body)
        VALUES
          (:id, :uid, :link, :author, :published, :published_raw, :updated, :merchant, :comments, :body)""",
        fields,
    )


def _save_contacts(db: apsw.Connection, article_id: int, contacts: Sequence[Contact]) -> None:
    db.execute("DELETE FROM article_contact WHERE article_id = ?", (article_id,))
    db.executemany(
        "INSERT INTO contact (kind, value) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(contact.kind, contact.value) for contact in contacts],
    )
    db.executemany(
        """INSERT INTO article_contact
          (article_id, position, contact_id, span_start, span_end, label, source, confidence)
        VALUES (?, ?, (SELECT id FROM contact WHERE kind = ? AND value = ?), ?, ?, ?, ?, ?)""",
        [(article_id, position, *_CONTACT(contact)) for position, contact in enumerate(contacts)],
    )


def _pack(draft: _Draft, feed_id: int) -> _Packed:
    article = draft.article
    found = {contact.kind for contact in article.contacts}
    fields: _Fields = {
        "feed_id": feed_id,
        "content_hash": draft.content_hash,
        "facts_hash": draft.facts_hash,
        "uid": article.uid,
        "title": article.title,
        "link": article.link,
        "author": article.author,
        "published": _bounded(article.published),
        "published_raw": article.published_raw,
        "updated": _bounded(article.updated),
        "category": article.category,
        "views": _bounded(article.views),
        "kinds": " ".join(kind for kind in Kind if kind in found),
        "merchant": json.dumps(asdict(article.merchant), ensure_ascii=False),
        "comments": json.dumps(asdict(article.comments), ensure_ascii=False),
        "body": body_codec.encode(article.body),
    }
    return _Packed(draft, fields)


def _bounded(figure: int | None) -> int | None:
    """A feed may claim any number; SQLite's end at 64 bits."""
    return figure if figure is None else max(-LARGEST, min(figure, LARGEST))
