"""Pages of a list come out of one index, from either end and from beside a place, and miss nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import apsw
import pytest

from tests.store.samples import NOW, SPECS, TODAY, article, fill, wechat
from tests.store.test_plans import Traced
from tui.model import ListQuery, OpenedList, Place, Scope, ScopeKind, Sort
from tui.store import paging
from tui.store.connection import open_store
from tui.store.feeds import sync_feeds
from tui.store.lists import article_ids
from tui.store.marks import mark_favorite, mark_read
from tui.store.paging import count_between, newer, next_unread, open_list, place_of, places, random_unread
from tui.store.selection import Sizes, source

QUERIES = [
    ListQuery(Scope(kind, 1), unread, favorites, sort)
    for kind, unread, favorites, sort in product(ScopeKind, (False, True), (False, True), Sort)
]

MANY = 1_000_000
FEED, CATEGORY = Scope(ScopeKind.FEED, 1), Scope(ScopeKind.CATEGORY, 1)
CONTACTS = Scope(ScopeKind.CONTACTS)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty articles of three feeds, one of them removed; many at one time, many with no views."""
    path = tmp_path_factory.mktemp("shop") / "huoyuan.db"
    db = open_store(path)
    for feed in range(3):
        fill(db, [
            article(f"{feed}-{n}", published=NOW - n % 5 * 2000, views=[None, 3, 3, 70][n % 4],
                    contacts=(wechat(),) if n % 3 else ())
            for n in range(40)
        ], feed=feed)  # fmt: skip
    mark_read(db, list(range(1, 120, 4)), True, NOW)
    mark_favorite(db, list(range(1, 120, 7)), True, NOW)
    sync_feeds(db, SPECS[:2], NOW)
    db.close()
    return path


@pytest.fixture
def shop(path: Path, made: Path) -> Iterator[apsw.Connection]:
    shutil.copy(made, path)
    connection = open_store(path)
    yield connection
    connection.close()


def pages(db: apsw.Connection, opened: OpenedList, *, back: bool) -> list[Place]:
    found: list[Place] = []
    while page := places(db, opened, found[-1] if found else None, limit=7, back=back):
        found += page
    return found[::-1] if back else found


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_page_by_page_is_the_list(shop: apsw.Connection, query: ListQuery) -> None:
    expected = list(article_ids(shop, query, TODAY))
    opened = open_list(shop, query, TODAY)
    whole = pages(shop, opened, back=False)
    assert [place[-1] for place in whole] == expected
    assert pages(shop, opened, back=True) == whole
    assert opened.count == len(whole)
    for number, place in enumerate(whole):
        assert place_of(shop, opened, place[-1]) == place
        assert count_between(shop, opened, None, place) == number
        assert count_between(shop, opened, place, None) == len(whole) - number - 1
    if whole:
        assert places(shop, opened, skip=len(whole) - 1, limit=5) == whole[-1:]
        assert places(shop, opened, whole[0], skip=2, limit=3) == whole[3:6]


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("read", [range(0), range(0, 120, 3), range(60), range(1, 120, 4)], ids=str)
def test_a_place_far_away_among_the_unread_by_views_is_found_by_counting(
    shop: apsw.Connection, monkeypatch: pytest.MonkeyPatch, read: range, back: bool
) -> None:
    mark_read(shop, list(read), True, NOW)
    opened = open_list(shop, ListQuery(unread_only=True, sort=Sort.VIEWS), TODAY)
    whole = pages(shop, opened, back=False)[:: -1 if back else 1]
    monkeypatch.setattr(paging, "NEAR", 1)
    traced = Traced(shop)
    for number, place in enumerate(whole):
        assert count_between(shop, opened, *((place, None) if back else (None, place))) == number
    for number in (0, 1, 9):
        beside = whole[number - 1] if number else None
        for skip in range(2, len(whole) - number, 3):
            expected = whole[number + skip : number + skip + 3]
            assert places(shop, opened, beside, skip=skip, limit=3, back=back) == expected
    assert any("count(*)" in statement for statement, _ in traced.statements)


def test_what_comes_later_is_not_in_an_opened_list(shop: apsw.Connection) -> None:
    opened = open_list(shop, ListQuery(), TODAY)
    before = pages(shop, opened, back=False)
    fill(shop, [article("new", published=NOW - 10)])
    sync_feeds(shop, SPECS[:2], NOW)
    assert pages(shop, opened, back=False) == before
    now, fresh = newer(shop, opened)
    assert fresh == [(NOW - 10, now.upto)]
    assert now.count == opened.count + 1
    assert place_of(shop, opened, now.upto) is None


def test_next_unread_looks_both_ways(shop: apsw.Connection) -> None:
    opened = open_list(shop, ListQuery(), TODAY)
    whole = pages(shop, opened, back=False)
    unread = set(article_ids(shop, ListQuery(unread_only=True), TODAY))
    for number, place in enumerate(whole):
        below = [other for other in whole[number + 1 :] if other[-1] in unread]
        above = [other for other in whole[:number] if other[-1] in unread]
        assert next_unread(shop, opened, place) == (below[0] if below else None)
        assert next_unread(shop, opened, place, back=True) == (above[-1] if above else None)


@pytest.mark.parametrize("tries", [0, paging.TRIES])
def test_any_unread_article_may_be_drawn(
    shop: apsw.Connection, tries: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paging, "TRIES", tries)
    unread = list(article_ids(shop, ListQuery(unread_only=True), TODAY))
    mark_read(shop, unread[6:], True, NOW)
    assert {random_unread(shop, ListQuery(), TODAY) for _ in range(200)} == set(unread[:6])


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_a_page_reads_one_index_from_where_it_begins(shop: apsw.Connection, query: ListQuery) -> None:
    opened = open_list(shop, query, TODAY)
    place = (3, NOW, 9) if query.sort is Sort.VIEWS else (NOW, 9)
    traced = Traced(shop)
    places(shop, opened, place)
    (plan,) = list(traced.plans())
    own = [step for step in plan if " article " in step]
    assert len(own) == 1
    assert "USING" in own[0]
    assert "INDEX article_" in own[0]
    if "article_views" in own[0] or query.sort is not Sort.VIEWS:
        assert not any("TEMP B-TREE" in step for step in plan), plan
        assert own[0].startswith("SEARCH"), plan


def test_the_end_of_today_by_views_is_read_from_the_index_of_times(shop: apsw.Connection) -> None:
    query = ListQuery(Scope(ScopeKind.TODAY), sort=Sort.VIEWS)
    opened = replace(open_list(shop, query, TODAY), all_count=MANY, scope_count=9000, count=9000)
    traced = Traced(shop)
    last = places(shop, opened, back=True)
    first = places(shop, opened)
    indexes = [statement.split(" WHERE ")[0].split()[-1] for statement, _ in traced.statements]
    assert indexes == ["article_time", "article_views"]
    assert first == last[::-1]


@pytest.mark.parametrize(
    ("query", "sizes", "index"),
    [
        (ListQuery(sort=Sort.VIEWS), Sizes(MANY, MANY, MANY, MANY), "article_views"),
        (ListQuery(FEED, sort=Sort.VIEWS), Sizes(MANY, MANY, MANY // 9, MANY // 9), "article_feed_views"),
        (ListQuery(FEED, True, sort=Sort.VIEWS), Sizes(MANY, MANY, 9000, 900), "article_feed_views"),
        (ListQuery(FEED, True, sort=Sort.VIEWS), Sizes(MANY, 900, 9000, 9), "article_unread"),
        (ListQuery(CATEGORY, sort=Sort.VIEWS), Sizes(MANY, 0, MANY // 9, MANY // 9), "article_views"),
        (ListQuery(sort=Sort.VIEWS, unread_only=True), Sizes(MANY, 900, MANY, 900), "article_unread"),
        (ListQuery(FEED, unread_only=True), Sizes(MANY, 20, 50_000, 20), "article_unread"),
        (ListQuery(FEED, unread_only=True), Sizes(MANY, MANY, 500, 400), "article_feed"),
        (ListQuery(CONTACTS, unread_only=True), Sizes(MANY, 90, MANY, 9), "article_unread"),
    ],
)  # fmt: skip
def test_the_index_follows_from_the_sizes(query: ListQuery, sizes: Sizes, index: str) -> None:
    assert f"INDEXED BY {index} " in source(query, sizes)
