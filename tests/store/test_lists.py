"""Lists: their order, filters and figures, and that no query of theirs walks all articles."""

from __future__ import annotations

from itertools import product

import apsw
import pytest

from tests.store.samples import NOW, TODAY, article, fill, ids, titles, wechat
from tui.model import CategoryRow, ListQuery, Scope, ScopeKind, Sort
from tui.store import lists
from tui.store.lists import WINDOW, article_ids, categories, random_unread, rows, unread_among
from tui.store.lists import article as read_article
from tui.store.marks import mark_favorite, mark_hidden, mark_read


@pytest.fixture
def filled(db: apsw.Connection) -> apsw.Connection:
    fill(
        db, [article("1", published=NOW - 9000, views=5), article("2", contacts=(wechat(),), published=TODAY)]
    )
    fill(db, [article("3", published=NOW - 10, views=70), article("4", published=NOW - 9000)], feed=1)
    fill(db, [article("5", published=NOW - 20, category="女装货源", contacts=(wechat(),))], feed=2)
    fill(db, [article("6", published=NOW - 30, views=0)], feed=2)
    by_title = dict(db.execute("SELECT title, id FROM article"))
    mark_read(db, [by_title["标题3"], by_title["标题2"]], True, NOW)
    mark_favorite(db, [by_title["标题3"], by_title["标题1"]], True, NOW)
    return db


def listed(db: apsw.Connection, query: ListQuery) -> str:
    return "".join(title[-1] for title in titles(db, article_ids(db, query, TODAY)))


def scope(db: apsw.Connection, name: str) -> Scope:
    return {line.name: line.scope for line in categories(db, TODAY)}[name]


def test_figures(filled: apsw.Connection) -> None:
    assert categories(filled, TODAY) == (
        CategoryRow(Scope(ScopeKind.ALL), "", 4, 6),
        CategoryRow(Scope(ScopeKind.TODAY), "", 2, 4),
        CategoryRow(Scope(ScopeKind.FAVORITES), "", 1, 2),
        CategoryRow(Scope(ScopeKind.CONTACTS), "", 1, 2),
        CategoryRow(Scope(ScopeKind.CATEGORY, 1), "女装货源", 2, 3),
        CategoryRow(Scope(ScopeKind.CATEGORY, 2), "童装货源", 1, 2),
    )


def test_figures_of_an_empty_store(db: apsw.Connection) -> None:
    assert [(line.scope.kind, line.unread, line.total) for line in categories(db, TODAY)] == [
        ("all", 0, 0), ("today", 0, 0), ("favorites", 0, 0), ("contacts", 0, 0)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("all", "356241"), ("today", "3562"), ("favorites", "31"), ("contacts", "52")],
)
def test_fixed_scopes(filled: apsw.Connection, kind: ScopeKind, expected: str) -> None:
    query = ListQuery(Scope(ScopeKind(kind)))
    assert sorted(listed(filled, query)) == sorted(expected)
    assert listed(filled, query) == expected


def test_category_feed_and_filters(filled: apsw.Connection) -> None:
    women = scope(filled, "女装货源")
    assert listed(filled, ListQuery(women)) == "521"
    assert listed(filled, ListQuery(women, unread_only=True)) == "51"
    assert listed(filled, ListQuery(women, favorites_only=True)) == "1"
    assert listed(filled, ListQuery(Scope(ScopeKind.FEED, 2))) == "34"
    assert listed(filled, ListQuery(Scope(ScopeKind.FEED, 2), unread_only=True)) == "4"
    assert listed(filled, ListQuery(unread_only=True, favorites_only=True)) == "1"


def test_sorts(filled: apsw.Connection) -> None:
    assert listed(filled, ListQuery(sort=Sort.OLDEST)) == listed(filled, ListQuery())[::-1]
    assert listed(filled, ListQuery(sort=Sort.VIEWS)) == "316524"
    assert list(article_ids(filled, ListQuery(), TODAY, limit=2)) == ids(filled)[:2]


def test_missing_articles(filled: apsw.Connection) -> None:
    assert list(rows(filled, [2, 99, 1])) == [1, 2]
    assert rows(filled, []) == {}
    assert read_article(filled, 99) is None


def test_where_a_feeds_latest_articles_are(db: apsw.Connection) -> None:
    links = {1: "", 2: "https://a.example/2", 3: "https://a.example/3", 4: "https://a.example/4"}
    fill(db, [article(str(n), link=link, published=NOW - n) for n, link in links.items()])
    fill(db, [article("x", link="https://b.example/x")], feed=1)
    feed: int = db.execute("SELECT min(feed_id) FROM article").get
    mark_hidden(db, [db.execute("SELECT id FROM article WHERE title = '标题3'").get], True, NOW)
    assert lists.links(db, feed, 9) == [links[2], links[4]]
    assert lists.links(db, feed, 2) == [links[2]]


def test_random_unread(filled: apsw.Connection) -> None:
    unread = set(article_ids(filled, ListQuery(unread_only=True), TODAY))
    drawn = {random_unread(filled, ListQuery(), TODAY) for _ in range(200)}
    assert drawn == unread
    mark_read(filled, list(unread), True, NOW)
    assert random_unread(filled, ListQuery(), TODAY) is None


def test_next_unread_is_found_across_windows(db: apsw.Connection) -> None:
    fill(db, [article(str(number)) for number in range(WINDOW * 2 + 50)])
    everything = ids(db)
    unread = {3, WINDOW - 1, WINDOW * 2 + 7}
    mark_read(db, [everything[i] for i in range(len(everything)) if i not in unread], True, NOW)
    for start, step in product(range(0, len(everything), 49), (1, -1)):
        ahead = [i for i in unread if (i - start) * step >= 0]
        expected = min(ahead, key=lambda i: abs(i - start)) if ahead else None
        assert unread_among(db, everything, start, step) == expected
    assert unread_among(db, everything, -1, -1) is None
    assert unread_among(db, everything, len(everything), 1) is None
