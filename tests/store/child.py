"""A process that writes to a store until it is done or killed, and says what is on disk."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.store.samples import NOW, SPECS, article, index_pending
from tui.store.connection import open_store
from tui.store.feeds import states, sync_feeds
from tui.store.marks import mark_read
from tui.store.saving import save


def main(path: str, feed: str, rounds: str) -> None:
    """Save two articles and mark one a round; print the marked id once it is committed."""
    db = open_store(Path(path))
    sync_feeds(db, SPECS, NOW)
    feed_id = states(db)[int(feed)].id
    for number in range(int(rounds)):
        uids = [f"{number}a", f"{number}b"]
        save(db, feed_id, [article(uid, f"货源 {uid}" * 50) for uid in uids], NOW)
        newest: int = db.execute("SELECT max(id) FROM article WHERE feed_id = ?", (feed_id,)).get
        mark_read(db, [newest], True, NOW)
        print(newest, flush=True)  # noqa: T201
        index_pending(db, 2)
    db.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
