"""The search index: what of an article is searched, and how it gets there behind the refreshes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import apsw

from tui.store import samples, segments
from tui.store.guard import polite_transaction, translated
from tui.store.matching import documents
from tui.text.stretches import UNKNOWN
from tui.text.tokens import index_tokens
from tui.values import frozen

MOST_COUNTED = 1000
"""Articles that wait to be indexed are counted so far: counting a million takes as long as indexing ten."""


def category_token(category_id: int) -> str:
    """The token that a category's articles have; no text and no query has a token with such a beginning."""
    return f"§{category_id}"


def feed_token(feed_id: int) -> str:
    """The token that a feed's articles have, by the same rule."""
    return f"¶{feed_id}"


_COLUMNS = "id, content_hash, revision, feed_id, category_id"


@frozen
class _Entry:
    """An article as it is to be indexed, with the state that its tokens were made from."""

    id: int
    content_hash: int
    revision: int
    feed_id: int
    category_id: int


class Indexer:
    """Indexes article by article; keeps what is known of the store's common stretches between its steps."""

    def __init__(self, db: apsw.Connection) -> None:
        self._db = db
        self._known = samples.Known(-1, {}, UNKNOWN)

    def step(self, limit: int = 25) -> int:
        """Index the next `limit` articles that are new or changed; return how many remain.

        That is counted up to MOST_COUNTED.

        Tokens are made between the transactions, which leaves the lock to others meanwhile; 25 articles
        hold it for about ten milliseconds.
        """
        db = self._db
        with translated(db.filename):
            self._learn()
            pending = db.execute(
                f"SELECT {_COLUMNS} FROM unindexed CROSS JOIN article USING (id) ORDER BY id LIMIT ?",  # noqa: S608
                (limit,),
            )
            if entries := [_Entry(*row) for row in pending]:
                self._index(entries)
            remaining: int = db.execute(
                "SELECT count(*) FROM (SELECT 1 FROM unindexed LIMIT ?)", (MOST_COUNTED,)
            ).get
        return remaining

    def renew(self, limit: int = 25) -> bool:
        """Index the latest `limit` of those articles again that were indexed before anything was known of
        what is common; False when there are none left.
        """
        db = self._db
        with translated(db.filename):
            self._learn()
            since: int = db.execute("SELECT coalesce(min(since), 0) FROM sample").get
            if not since:
                return False
            old = db.execute(
                f"SELECT {_COLUMNS} FROM article WHERE id <= ? ORDER BY id DESC LIMIT ?",  # noqa: S608
                (since, limit),
            )
            entries = [_Entry(*row) for row in old]
            reached = entries[-1].id - 1 if len(entries) == limit else 0
            self._index(entries, renewed=(since, reached))
        return reached > 0

    def tidy(self, least: int = segments.LEAST_GROWN) -> bool:
        """Go on to make the index one segment; False when it is, or has not grown enough since it was."""
        with translated(self._db.filename):
            return segments.make_one(self._db, least)

    def _learn(self) -> None:
        if samples.is_due(self._db):
            samples.take(self._db)
        if samples.latest(self._db) != self._known.sample:
            self._known = samples.known(self._db)

    def _index(self, entries: Sequence[_Entry], renewed: tuple[int, int] | None = None) -> None:
        made = self._made(entries)
        with polite_transaction(self._db):
            # what was made by an older sample would lack tokens that a search counts on
            if samples.latest(self._db) == self._known.sample:
                _store(self._db, made)
                if renewed:
                    self._db.execute("UPDATE sample SET since = ?2 WHERE since = ?1", renewed)
        segments.keep_few(self._db, len(entries))

    def _made(self, entries: Sequence[_Entry]) -> dict[_Entry, str]:
        """The tokens of some articles."""
        texts = documents(self._db, [entry.id for entry in entries])
        tokens = index_tokens([texts.get(entry.id, "") for entry in entries], self._known.lookup)
        return {
            entry: f"{feed_token(entry.feed_id)} {category_token(entry.category_id)} {of_text}"
            for entry, of_text in zip(entries, tokens, strict=True)
        }


def _store(db: apsw.Connection, made: Mapping[_Entry, str]) -> None:
    """Put tokens into the index, but those of articles that have changed since they were made.

    By VALUES: at each INSERT … SELECT FTS5 writes what it has, and each article would be a segment by itself.
    """
    ids = json.dumps([entry.id for entry in made])
    rows = db.execute(f"SELECT {_COLUMNS} FROM article WHERE id IN (SELECT value FROM json_each(?))", (ids,))  # noqa: S608
    unchanged = [entry for row in rows if (entry := _Entry(*row)) in made]
    db.executemany(
        "INSERT OR REPLACE INTO search (rowid, tokens) VALUES (?, ?)",
        [(entry.id, made[entry]) for entry in unchanged],
    )
    db.executemany("DELETE FROM unindexed WHERE id = ?", [(entry.id,) for entry in unchanged])
