"""The counters that triggers keep equal a recount after anything that can happen to articles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import apsw
import pytest

from tests.store.samples import COUNTERS, NOW, RECOUNT, RETALLY, SPECS, TALLY, TODAY, article, ids, wechat
from tui.feed_values import FeedSpec
from tui.model import Article, Kind, ListQuery, ScopeKind
from tui.store import saving
from tui.store.connection import open_store
from tui.store.feeds import feeds, states, sync_feeds
from tui.store.lists import article_ids, categories
from tui.store.marks import mark_all_read, mark_favorite, mark_read, undo
from tui.store.saving import CHUNK, save

PERSON = replace(wechat("陈"), kind=Kind.PERSON)


def test_the_same_by_triggers_and_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(1)
    some = [
        article(
            str(number),
            contacts=chance.choice([(), (wechat(f"shop_{number}"),), (PERSON,)]),
            category=chance.choice(["", "女装货源", "鞋靴"]),
        )
        for number in range(3 * CHUNK // 2)
    ]
    found = []
    for least in (1, CHUNK + 1):
        monkeypatch.setattr(saving, "LEAST_AT_ONCE", least)
        db = open_store(tmp_path / f"{least}.db")
        sync_feeds(db, SPECS, NOW)
        for feed in states(db)[:2]:
            save(db, feed.id, some, NOW)
        tables = ("status", "article", "article_text", "counter", "tally", "unindexed")
        found.append({table: sorted(db.execute(f"SELECT * FROM {table}"), key=repr) for table in tables})
        assert list(db.execute(COUNTERS)) == list(db.execute(RECOUNT))
        db.close()
    assert found[0] == found[1]


class User:
    """Somebody who does everything at random."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self.random = Random(seed)
        self.db = open_store(path)
        self.specs: list[FeedSpec] = list(SPECS)
        sync_feeds(self.db, self.specs, NOW)

    def act(self) -> None:
        self.random.choice(
            [self.refresh, self.refresh, self.read, self.read, self.like, self.read_all, self.undo, self.drop,
             self.edit_feeds, self.restart]
        )()  # fmt: skip

    def some(self) -> list[int]:
        everything = ids(self.db)
        return [*self.random.sample(everything, min(len(everything), 7)), 12345]

    def refresh(self) -> None:
        if known := states(self.db):
            uids = self.random.sample(range(60), 9)
            save(self.db, self.random.choice(known).id, [self.article(str(uid)) for uid in uids], NOW)

    def article(self, uid: str) -> Article:
        text = self.random.choice(["甲", "乙", "丙"])
        contacts = self.random.choice([(), (wechat(),)])
        category = self.random.choice(["", "", "女装货源", "鞋靴"])
        return article(uid, text, contacts=contacts, category=category)

    def read(self) -> None:
        mark_read(self.db, self.some(), self.random.random() < 0.6, NOW)

    def like(self) -> None:
        mark_favorite(self.db, self.some(), self.random.random() < 0.6, NOW)

    def read_all(self) -> None:
        mark_all_read(
            self.db, ListQuery(self.random.choice(categories(self.db, TODAY)).scope), TODAY, NOW, 40
        )

    def undo(self) -> None:
        undo(self.db)

    def drop(self) -> None:
        self.db.execute("DELETE FROM article WHERE id = ?", (self.some()[0],))

    def edit_feeds(self) -> None:
        specs = self.random.sample(SPECS, self.random.randint(1, 3))
        self.specs = [replace(spec, category=self.random.choice(["女装货源", "外套", ""])) for spec in specs]
        sync_feeds(self.db, self.specs, NOW)

    def restart(self) -> None:
        self.db.close()
        self.db = open_store(self.path)


@pytest.mark.parametrize("seed", range(4))
def test_counters_equal_a_recount(path: Path, seed: int) -> None:
    user = User(path, seed)
    for _ in range(120):
        user.act()
        assert user.db.execute(COUNTERS).fetchall() == user.db.execute(RECOUNT).fetchall()
        assert user.db.execute(TALLY).fetchall() == user.db.execute(RETALLY).fetchall()
    assert_figures_equal_lists(user.db)
    assert_marks_equal_status(user.db)
    assert user.db.pragma("integrity_check") == "ok"
    assert user.db.pragma("foreign_key_check") is None
    user.db.close()


def assert_figures_equal_lists(db: apsw.Connection) -> None:
    for line in categories(db, TODAY):
        assert line.total == len(article_ids(db, ListQuery(line.scope), TODAY)), line
        assert line.unread == len(article_ids(db, ListQuery(line.scope, unread_only=True), TODAY)), line
    for feed in feeds(db):
        assert feed.total == len(ids(db, ScopeKind.FEED, feed.id))


def assert_marks_equal_status(db: apsw.Connection) -> None:
    differing = db.execute(
        """SELECT count(*) FROM article JOIN status USING (id)
        WHERE read <> (read_at IS NOT NULL) OR favorite <> (favorite_at IS NOT NULL)"""
    ).get
    assert differing == 0
