"""The search index: what of an article is searched, and how it gets there behind the refreshes."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from tui.store.body_codec import decode_text
from tui.store.guard import checked, polite_transaction
from tui.store.matching import TEXTS, fields
from tui.text.tokens import index_tokens
from tui.values import frozen

MERGE_PAGES = 40
MERGES = 4
"""So many merges of so many pages after each step keep the index in a dozen segments, at 3 ms of lock."""

MOST_COUNTED = 1000
"""Articles that wait to be indexed are counted so far: counting a million takes as long as indexing ten."""


def category_token(category_id: int) -> str:
    """The token that a category's articles have; no text and no query has a token with such a beginning."""
    return f"§{category_id}"


def feed_token(feed_id: int) -> str:
    """The token that a feed's articles have, by the same rule."""
    return f"¶{feed_id}"


def document(db: apsw.Connection, article_id: int) -> str:
    """All text of an article that a search looks at, a field or block a line; empty if it is gone."""
    row = db.execute(
        f"SELECT {TEXTS} FROM article JOIN article_text USING (id) WHERE article.id = ?",  # noqa: S608
        (article_id,),
    ).fetchone()
    if row is None:
        return ""
    *texts, body = row
    return f"{fields(*texts)}\n{decode_text(body)}"


@frozen
class _Entry:
    """An article as it is to be indexed, with the state that its tokens were made from."""

    id: int
    content_hash: int
    revision: int
    feed_id: int
    category_id: int


@checked
def index_pending(db: apsw.Connection, limit: int = 25) -> int:
    """Index the next `limit` articles that are new or changed; return how many remain, at most MOST_COUNTED.

    Tokens are made between the transactions, which leaves the lock to others meanwhile; 25 articles
    hold it for about ten milliseconds.
    """
    pending = db.execute(
        """SELECT id, content_hash, revision, feed_id, category_id FROM unindexed JOIN article USING (id)
        ORDER BY id LIMIT ?""",
        (limit,),
    )
    if entries := [_Entry(*row) for row in pending]:
        _insert(db, [(entry, _tokens(db, entry)) for entry in entries])
        _merge(db)
    remaining: int = db.execute("SELECT count(*) FROM (SELECT 1 FROM unindexed LIMIT ?)", (MOST_COUNTED,)).get
    return remaining


def _tokens(db: apsw.Connection, entry: _Entry) -> str:
    text = index_tokens(document(db, entry.id))
    return f"{feed_token(entry.feed_id)} {category_token(entry.category_id)} {text}"


def _insert(db: apsw.Connection, made: Sequence[tuple[_Entry, str]]) -> None:
    with polite_transaction(db):
        for entry, tokens in made:
            # Not one that changed since it was read: it stays pending.
            db.execute(
                """INSERT OR REPLACE INTO search (rowid, tokens) SELECT id, ? FROM article
                WHERE (id, content_hash, revision, category_id) = (?, ?, ?, ?)""",
                (tokens, entry.id, entry.content_hash, entry.revision, entry.category_id),
            )
            if db.changes():
                db.execute("DELETE FROM unindexed WHERE id = ?", (entry.id,))


def _merge(db: apsw.Connection) -> None:
    for _ in range(MERGES):
        before = db.total_changes()
        with polite_transaction(db):
            db.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (MERGE_PAGES,))
        # FTS5's sign that there was nothing to merge.
        if db.total_changes() - before < 2:
            break
