"""The segments of the search index: few as it grows, one again each time that a quarter of it is new.

What FTS5 writes is a segment; each has every term that it needs, and a search asks each. Merging them by
itself FTS5 would hold the lock for seconds, so it is done in small steps
(https://www.sqlite.org/fts5.html, "The 'merge' Command").
"""

from __future__ import annotations

import apsw

from tui.store.guard import polite_transaction

MERGE_PAGES = 40
"""Pages a merge, which then holds the lock for 3 ms."""

MERGES = 4
MERGED_FOR = 25
"""So many merges for so many articles keep the index in a dozen segments.

They must keep up: FTS5 says that the disk is full when it has 2,000 segments.
"""

TIDY_PAGES = 120
"""Pages a merge where there is time: 10 ms of lock at a million articles, a quarter of it to begin."""

GROWN = 1.25
LEAST_GROWN = 2_000
"""All is merged into one where so many times as many articles, and so many more, have come since it was.

At 100,000 articles a sixth of the index is spared; for each article that comes five are merged, 20 µs each.
"""


def keep_few(db: apsw.Connection, articles: int) -> None:
    """Merge as much as so many more articles in the index ask for."""
    for _ in range(MERGES * -(-articles // MERGED_FOR)):
        if not _merge(db, MERGE_PAGES):
            break


def make_one(db: apsw.Connection, least: int = LEAST_GROWN) -> bool:
    """Go on to merge all segments into one where it is time to; False when there is nothing left to do."""
    arrived = _arrived(db)
    merged = db.execute("SELECT value FROM meta WHERE name = 'merged'").get
    since = int(merged) if merged else 0
    if arrived < max(since * GROWN, since + least):
        return False
    # below nothing FTS5 takes all segments for one merge, and what came since the last time too
    if _merge(db, -TIDY_PAGES):
        return True
    with polite_transaction(db):
        db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('merged', ?)", (str(arrived),))
    return False


def _arrived(db: apsw.Connection) -> int:
    """How many articles have ever come, up to the last that is still there."""
    last: int | None = db.execute("SELECT max(id) FROM article").get
    return last or 0


def _merge(db: apsw.Connection, pages: int) -> bool:
    """One merge of the segments; False when there was nothing to merge."""
    before = db.total_changes()
    with polite_transaction(db):
        db.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (pages,))
    # FTS5's sign: the command itself is one change
    return db.total_changes() - before > 1
