"""Articles and stores for the tests."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from tui.feed_values import FeedSpec
from tui.model import Article, Block, BlockKind, Body, Contact, Kind, ListQuery, Scope, ScopeKind, Source
from tui.store.feeds import states, sync_feeds
from tui.store.indexing import Indexer
from tui.store.lists import article_ids
from tui.store.marks import undo
from tui.store.saving import Saved, save

NOW = 1_800_000_000
TODAY = NOW - 3600

SPECS = (
    FeedSpec("https://a.example/feed", "十三行货源", "女装货源"),
    FeedSpec("https://b.example/feed", "", "童装货源"),
    FeedSpec("https://c.example/feed", "没有类目的源"),
)


RECOUNT = """
  SELECT feed_id, category_id, sum(away = 0), sum(away = 0 AND read = 0), sum(away = 0 AND reachable),
    sum(away = 0 AND reachable AND read = 0), sum(away = 0 AND favorite),
    sum(away = 0 AND favorite AND read = 0), sum(away), sum(away AND read = 0)
  FROM article GROUP BY feed_id, category_id ORDER BY feed_id, category_id"""
COUNTERS = "SELECT * FROM counter WHERE total <> 0 OR unread <> 0 OR away <> 0 ORDER BY feed_id, category_id"
TALLY = "SELECT * FROM tally WHERE total <> 0 OR unread <> 0 OR away <> 0 ORDER BY category_id"
RETALLY = """
  SELECT article.category_id, sum(away = 0), sum(away = 0 AND read = 0), sum(away = 0 AND reachable),
    sum(away = 0 AND reachable AND read = 0), sum(away), sum(away AND read = 0)
  FROM article JOIN feed ON feed.id = feed_id
  WHERE removed_at IS NULL GROUP BY article.category_id ORDER BY article.category_id"""


def body(text: str) -> Body:
    """A body of one paragraph a line."""
    return Body(tuple(Block(BlockKind.TEXT, line) for line in text.split("\n")))


def article(uid: str, text: str = "一手货源", **fields: object) -> Article:
    """An article whose title names its uid."""
    return Article(**{"uid": uid, "title": f"标题{uid}", "body": body(text), **fields})  # type: ignore[arg-type]


def wechat(value: str = "nzhuo_8862") -> Contact:
    """A WeChat contact found in a body."""
    return Contact(Kind.WECHAT, value, 0, len(value), "微信", Source.BODY, 0.9)


def fill(db: apsw.Connection, articles: Sequence[Article], feed: int = 0, now: int = NOW) -> Saved:
    """Save articles into the feed at that place of SPECS."""
    sync_feeds(db, SPECS, now)
    return save(db, states(db)[feed].id, articles, now)


def ids(db: apsw.Connection, kind: ScopeKind = ScopeKind.ALL, scope: int = 0) -> list[int]:
    """The ids of a list, newest first."""
    return list(article_ids(db, ListQuery(Scope(kind, scope)), TODAY))


def titles(db: apsw.Connection, found: Sequence[int]) -> list[str]:
    """The titles of articles in the order of their ids."""
    by_id = dict(db.execute("SELECT id, title FROM article"))
    return [by_id[article_id] for article_id in found]


def index_pending(db: apsw.Connection, limit: int = 25) -> int:
    """One step of a new indexer; how many articles remain."""
    return Indexer(db).step(limit)


def took_back(db: apsw.Connection) -> tuple[str, int] | None:
    """Undo the last step; which one that was, and how many it changed."""
    undone = undo(db)
    return None if undone is None else (undone.label, undone.count)
