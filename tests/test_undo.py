"""Whatever a user does in whatever order: lists and figures are a model's, and undo gives back what was.

HUOYUAN_UNDO_RUNS says how many random sequences there are: few in every run, many in a nightly one.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import apsw
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.store.samples import COUNTERS, NOW, RECOUNT, RETALLY, TALLY, TODAY, article, wechat
from tui import feed_edits
from tui.config import load
from tui.feed_values import FeedSpec
from tui.merchants import Standing
from tui.model import ListQuery, Scope, ScopeKind
from tui.store import book_edits, feeds, lists, marks, paging, search, steps
from tui.store.connection import open_store
from tui.store.saving import save
from tui.values import frozen

RUNS = int(os.environ.get("HUOYUAN_UNDO_RUNS", "4"))
FILE = """# 我的订阅源
[reader]
theme = "dark"

# a
[[feed]]
url = "https://a.example/feed"
category = "女装货源"

[[feed]]
url = "https://b.example/feed" # b
# full_text = true
title = "乙"
category = "童装货源"

# the end
"""
URLS = tuple(f"https://{name}.example/feed" for name in "abcd")

Book = frozenset[tuple[frozenset[str], str, str]]


@frozen
class User:
    """All that the user has done: ids of articles, the text of feeds.toml, who is whom in the book."""

    read: frozenset[int]
    favorite: frozenset[int]
    hidden: frozenset[int]
    source: str
    book: Book


@frozen
class Known:
    """An article as the model knows it."""

    url: str
    category: str
    published: int
    reachable: bool


@cache
def feeds_of(source: str) -> tuple[FeedSpec, ...]:
    return load(Path("feeds.toml"), source).feeds


class Model(RuleBasedStateMachine):
    """Two readers of one store, which may be restarted, beside a model of it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.file = self.folder / "feeds.toml"
        self.file.write_text(FILE, "utf-8")
        self.readers = [self.open(), self.open()]
        self.articles: dict[int, Known] = {}
        self.journal: list[tuple[str, User]] = []

    def open(self) -> apsw.Connection:
        db = open_store(self.folder / "huoyuan.db")
        feeds.sync_feeds(db, load(self.file).feeds, NOW)
        return db

    @property
    def listed(self) -> tuple[FeedSpec, ...]:
        """The feeds of feeds.toml."""
        return feeds_of(self.file.read_text("utf-8"))

    @property
    def db(self) -> apsw.Connection:
        return self.readers[0]

    @initialize()
    def begin(self) -> None:
        for url in URLS[:2]:
            self.refresh(url, 5)
        self.user = User(frozenset(), frozenset(), frozenset(), FILE, self.book())

    def refresh(self, url: str, count: int) -> None:
        """New articles, every other one with a contact of its own, some with a category of their own."""
        feed = next((feed for feed in feeds.states(self.db) if feed.url == url), None)
        if feed is None:
            return
        first = len(self.articles)
        made = [
            article(
                f"{url} {n}",
                "一手货源",
                published=NOW - 3 * 86_400 + n * 50_000 % 400_000,
                category="鞋靴" if n % 3 == 0 else "",
                contacts=(wechat(f"shop_{n}"),) if n % 2 else (),
            )
            for n in range(first, first + count)
        ]
        save(self.db, feed.id, made, NOW)
        names = {f"标题{one.uid}": one for one in made}
        for id, title, published in self.db.execute("SELECT id, title, published FROM article"):
            if title in names:
                one = names[title]
                self.articles[id] = Known(url, one.category or feed.category, published, bool(one.contacts))

    def book(self) -> Book:
        """Who is whom in the store's book."""
        rows = self.db.execute(
            """SELECT json_group_array(value), standing, note
            FROM contact JOIN merchant ON merchant.id = merchant_id GROUP BY merchant.id"""
        )
        return frozenset((frozenset(json.loads(values)), standing, note) for values, standing, note in rows)

    def did(self, label: str, **changes: Any) -> None:
        """Note what an action must have done; it is a step where something changed."""
        user = replace(self.user, **changes)
        if user != self.user:
            # what comes with reading pushes out nothing else
            same = [step for step in self.journal if (step[0] == "open") is (label == "open")]
            if len(same) == steps.STEPS_KEPT:
                self.journal.remove(same[0])
            self.journal.append((label, self.user))
            self.user = user

    # -- what the user does ----------------------------------------------------------------------

    some = st.lists(st.integers(1, 12), min_size=1, max_size=4)

    def toggled(self, some: list[int], was: frozenset[int]) -> tuple[list[int], bool, frozenset[int]]:
        """Which articles a key changes, to what, and all that are so then: the first one decides."""
        ids = frozenset(some) & self.articles.keys()
        on = some[0] not in was
        return sorted(ids), on, was | ids if on else was - ids

    @rule(some=some)
    def mark_read(self, some: list[int]) -> None:
        ids, on, now = self.toggled(some, self.user.read)
        marks.mark_read(self.db, ids, on, NOW)
        self.did("mark_read" if on else "mark_unread", read=now)

    @rule(one=st.integers(1, 24))
    def opened(self, one: int) -> None:
        ids = {one} & self.articles.keys()
        marks.mark_read(self.db, [*ids], True, NOW, opened=True)
        self.did("open", read=self.user.read | ids)

    @rule(some=some)
    def favorite(self, some: list[int]) -> None:
        ids, on, now = self.toggled(some, self.user.favorite)
        marks.mark_favorite(self.db, ids, on, NOW)
        self.did("favorite" if on else "unfavorite", favorite=now)

    @rule(some=some)
    def hide(self, some: list[int]) -> None:
        ids, on, now = self.toggled(some, self.user.hidden)
        marks.mark_hidden(self.db, ids, on, NOW)
        self.did("hide" if on else "unhide", hidden=now)

    @rule(kind=st.sampled_from(ScopeKind), number=st.integers(1, 4), favorites=st.booleans())
    def mark_all(self, kind: ScopeKind, number: int, favorites: bool) -> None:
        query = ListQuery(Scope(kind, number), favorites_only=favorites)
        wanted = self.wanted(query)
        marks.mark_all_read(self.db, query, TODAY, NOW, max(self.articles))
        self.did("mark_all_read", read=self.user.read | wanted)

    def merchants(self) -> list[int]:
        return [merchant for (merchant,) in self.db.execute("SELECT id FROM merchant ORDER BY id")]

    @rule(which=st.integers(0, 9), standing=st.sampled_from(Standing))
    def set_standing(self, which: int, standing: Standing) -> None:
        merchants = self.merchants()
        book_edits.set_standing(self.db, merchants[which % len(merchants)], standing, NOW)
        self.did("set_standing", book=self.book())

    @rule(which=st.integers(0, 9), note=st.sampled_from(["", "靠谱", "贵"]))
    def set_note(self, which: int, note: str) -> None:
        merchants = self.merchants()
        book_edits.set_note(self.db, merchants[which % len(merchants)], note, NOW)
        self.did("set_note", book=self.book())

    @rule(one=st.integers(0, 9), other=st.integers(0, 9))
    def join(self, one: int, other: int) -> None:
        merchants = self.merchants()
        book_edits.join(self.db, merchants[one % len(merchants)], merchants[other % len(merchants)], NOW)
        self.did("join", book=self.book())

    @rule(which=st.integers(0, 9))
    def split(self, which: int) -> None:
        contacts = [contact for (contact,) in self.db.execute("SELECT id FROM contact ORDER BY id")]
        book_edits.split(self.db, contacts[which % len(contacts)], NOW)
        self.did("split", book=self.book())

    @rule(url=st.sampled_from(URLS), category=st.sampled_from(["", "女装货源"]))
    def toggle_feed(self, url: str, category: str) -> None:
        if any(feed.url == url for feed in self.listed):
            feed_edits.remove(self.db, self.file, url, NOW)
            self.did("remove_feed", source=self.file.read_text("utf-8"))
        else:
            feed_edits.add(self.db, self.file, FeedSpec(url, category=category), NOW)
            self.did("add_feed", source=self.file.read_text("utf-8"))
        self.moved()

    def moved(self) -> None:
        """Articles without a category of their own go where feeds.toml has their feed now."""
        for feed in self.listed:
            for number, known in self.articles.items():
                if known.url == feed.url and known.category != "鞋靴":
                    self.articles[number] = replace(known, category=feed.category)

    # -- what else happens -----------------------------------------------------------------------

    @rule(url=st.sampled_from(URLS))
    @precondition(lambda self: len(self.articles) < 24)
    def news(self, url: str) -> None:
        self.refresh(url, 2)
        fresh = self.book()
        known = frozenset[str]().union(*(values for values, _, _ in self.user.book))
        new = frozenset(group for group in fresh if group[0].isdisjoint(known))
        self.user = replace(self.user, book=self.user.book | new)
        # a merchant that is new stays, whatever is taken back
        self.journal = [(label, replace(user, book=user.book | new)) for label, user in self.journal]

    @rule()
    def other_reader(self) -> None:
        self.readers.reverse()

    @rule()
    def restart(self) -> None:
        self.db.close()
        self.readers[0] = self.open()

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        for _ in range(times):
            self.undo_one()

    @rule()
    def undo_all(self) -> None:
        for _ in range(steps.STEPS_KEPT + 1):
            self.undo_one()

    def undo_one(self) -> None:
        undone = steps.finish(feed_edits.undo_steps(self.db, self.file, NOW, lambda config: None))
        if not self.journal:
            assert undone is None
            return
        label, self.user = self.journal.pop()
        assert undone is not None
        assert undone.label == label
        assert undone.count > 0
        self.moved()

    # -- what must be true -----------------------------------------------------------------------

    def wanted(self, query: ListQuery) -> frozenset[int]:
        """The articles that a list must have."""
        user, kind = self.user, query.scope.kind
        listed = {feed.url for feed in self.listed}
        url, name = self.named(query.scope)

        def fits(number: int, known: Known) -> bool:
            if (number in user.hidden) is not (kind is ScopeKind.HIDDEN):
                return False
            match kind:
                case ScopeKind.FAVORITES:
                    return number in user.favorite
                case ScopeKind.FEED:
                    return known.url == url
                case ScopeKind.TODAY if known.published < TODAY:
                    return False
                case ScopeKind.CONTACTS if not known.reachable:
                    return False
                case ScopeKind.CATEGORY if known.category != name:
                    return False
            return known.url in listed

        return frozenset(
            number
            for number, known in self.articles.items()
            if fits(number, known)
            and not (query.unread_only and number in user.read)
            and not (query.favorites_only and number not in user.favorite)
        )

    def named(self, scope: Scope) -> tuple[str, str]:
        """The URL of a feed and the name of a category with a scope's number."""
        url = self.db.execute("SELECT url FROM feed WHERE id = ?", (scope.id,)).get
        name = self.db.execute("SELECT name FROM category WHERE id = ?", (scope.id,)).get
        return str(url), str(name)

    @invariant()
    @precondition(lambda self: bool(self.articles))
    def lists_are_the_models(self) -> None:
        lines = {line.scope: line for line in lists.categories(self.db, TODAY)}
        scopes = [*lines, Scope(ScopeKind.HIDDEN), *(Scope(ScopeKind.FEED, n) for n in range(1, 5))]
        for scope, unread, favorites in product(scopes, (False, True), (False, True)):
            query = ListQuery(scope, unread, favorites)
            wanted = self.wanted(query)
            found = list(lists.article_ids(self.db, query, TODAY))
            assert set(found) == wanted, (query, found, wanted)
            assert paging.open_list(self.db, query, TODAY).count == len(found) == len(set(found))
            assert found == sorted(found, key=lambda n: (self.articles[n].published, n), reverse=True)
        for scope, line in lines.items():
            assert (line.total, line.unread) == (
                len(self.wanted(ListQuery(scope))),
                len(self.wanted(ListQuery(scope, unread_only=True))),
            )
        every = self.wanted(ListQuery())
        assert set(search.search_ids(self.db, ListQuery(search="货源"), TODAY)) == every
        rows = lists.rows(self.db, sorted(self.articles))
        assert {n for n, row in rows.items() if row.read} == self.user.read
        assert {n for n, row in rows.items() if row.favorite} == self.user.favorite
        assert {n for n, row in rows.items() if row.hidden} == self.user.hidden

    @invariant()
    @precondition(lambda self: bool(self.articles))
    def all_else_is_the_models(self) -> None:
        assert self.file.read_text("utf-8") == self.user.source
        assert [feed.url for feed in feeds.feeds(self.db)] == [feed.url for feed in self.listed]
        assert self.book() == self.user.book
        assert self.db.execute(COUNTERS).fetchall() == self.db.execute(RECOUNT).fetchall()
        assert self.db.execute(TALLY).fetchall() == self.db.execute(RETALLY).fetchall()

    def teardown(self) -> None:
        for db in self.readers:
            db.close()
        shutil.rmtree(self.folder)


def test_any_sequence_of_doing_and_undoing() -> None:
    run_state_machine_as_test(
        Model,
        settings=settings(
            max_examples=RUNS, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
