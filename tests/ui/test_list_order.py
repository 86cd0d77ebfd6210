"""A list that is read where it is looked at shows what the whole list would, and keeps still meanwhile."""

from __future__ import annotations

import shutil
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from random import Random

import apsw
import pytest

from tests.store.samples import NOW, SPECS, article, fill, wechat
from tui.config import Config, load
from tui.model import ListQuery, Scope, ScopeKind, Sort
from tui.reader import Reader
from tui.store.connection import open_store
from tui.store.lists import article_ids
from tui.store.marks import mark_all_read, mark_read
from tui.ui.list_order import PAGE, StoreOrder
from tui.ui.listing import Listing

TODAY = NOW - 3600


def batch(chance: Random, first: int, count: int) -> list[object]:
    return [
        article(
            str(number),
            published=NOW - chance.randrange(400) * 60,
            views=chance.choice([None, 1, 1, 500]),
            contacts=chance.choice([(), (wechat(),)]),
        )
        for number in range(first, first + count)
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lists") / "huoyuan.db"
    connection = open_store(path)
    chance = Random(3)
    fill(connection, batch(chance, 0, 300))  # type: ignore[arg-type]
    fill(connection, batch(chance, 300, 400), feed=1)  # type: ignore[arg-type]
    mark_read(connection, chance.sample(range(1, 701), 250), True, NOW)
    connection.close()
    return path


@pytest.fixture
def database(tmp_path: Path, made: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "huoyuan.db"))


@pytest.fixture
def db(database: Path) -> Iterator[apsw.Connection]:
    connection = open_store(database)
    yield connection
    connection.close()


@pytest.fixture
def reader(tmp_path: Path, database: Path, db: apsw.Connection) -> Iterator[Reader]:
    toml = tmp_path / "feeds.toml"
    feeds = (f'[[feed]]\nurl = "{spec.url}"\ncategory = "{spec.category}"\n' for spec in SPECS)
    toml.write_text("".join(feeds), "utf-8")
    config: Config = load(toml)
    running = Reader(database, config, {}, clock=lambda: NOW)
    yield running
    running.close()


QUERIES = [
    ListQuery(Scope(kind, 1), unread, False, sort)
    for kind in ScopeKind
    for unread in (False, True)
    for sort in Sort
    if kind is not ScopeKind.FAVORITES
]


def whole(db: apsw.Connection, reader: Reader, query: ListQuery) -> list[int]:
    return list(article_ids(db, query, StoreOrder(reader, query).opened.today))


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_any_way_of_looking_sees_the_list(db: apsw.Connection, reader: Reader, query: ListQuery) -> None:
    expected = whole(db, reader, query)
    chance = Random(str(query))
    for _ in range(6):
        order = StoreOrder(reader, query)
        assert len(order) == len(expected)
        for _ in range(12):
            if not expected:
                break
            start = chance.choice([0, len(expected) - 1, chance.randrange(len(expected))])
            assert list(order.ids(start, start + 70)) == expected[start : start + 70]
            at = chance.randrange(len(expected))
            assert order.index(expected[at]) == at
    assert StoreOrder(reader, query).index(9999) == -1


@pytest.mark.parametrize("sort", Sort)
def test_a_list_that_was_looked_at_from_end_to_end_takes_few_bytes_an_article(
    reader: Reader, sort: Sort
) -> None:
    order = StoreOrder(reader, ListQuery(sort=sort))
    tracemalloc.start()
    for start in range(0, len(order), PAGE):
        order.ids(start, start + PAGE)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert held < 60 * len(order)


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_the_next_unread(db: apsw.Connection, reader: Reader, query: ListQuery) -> None:
    expected = whole(db, reader, query)
    unread = set(article_ids(db, ListQuery(unread_only=True), 0))
    places = [index for index, article_id in enumerate(expected) if article_id in unread]
    order = StoreOrder(reader, query)
    for start in range(0, len(expected), 37):
        assert order.unread(start, 1) == min((at for at in places if at >= start), default=None)
        assert order.unread(start, -1) == max((at for at in places if at <= start), default=None)
    assert order.unread(len(expected), 1) is None
    assert order.unread(-1, -1) is None


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_what_comes_in_is_put_where_it_belongs(db: apsw.Connection, reader: Reader, query: ListQuery) -> None:
    order = StoreOrder(reader, query)
    chance = Random(str(query))
    for start in (0, len(order) - 1, len(order) // 2):
        if len(order):
            order.ids(max(0, start), start + 5)
    for round_ in range(3):
        fill(db, batch(chance, 1000 + round_ * 10, 10), feed=round_ % 2)  # type: ignore[arg-type]
        assert order.renew()
        expected = whole(db, reader, query)
        assert len(order) == len(expected)
        for at in range(0, len(expected), 53):
            assert order.index(expected[at]) == at
    assert list(order.ids(0, len(order))) == expected


def test_what_is_read_meanwhile_stays_until_the_list_is_opened_anew(
    db: apsw.Connection, reader: Reader
) -> None:
    query = ListQuery(unread_only=True)
    expected = whole(db, reader, query)
    order = StoreOrder(reader, query)
    order.ids(0, PAGE)
    mark_read(db, expected[3:40], True, NOW)
    assert list(order.ids(0, len(expected))) == expected
    fill(db, [article("new", published=NOW + 60)])
    assert order.renew()
    newest = whole(db, reader, ListQuery())[0]
    assert list(order.ids(0, 50)) == [newest, *expected[:49]]
    assert list(order.ids(len(order) - 3, len(order))) == expected[-3:]


def test_a_list_that_lost_articles_elsewhere_is_opened_anew(db: apsw.Connection, reader: Reader) -> None:
    listing = Listing(reader)
    listing.open(ListQuery(unread_only=True))
    current = listing.source.id(5)
    mark_all_read(db, ListQuery(), TODAY, NOW, 10**6)
    assert listing.source.row(5) is not None, "what was looked at stays"
    assert listing.source.row(len(listing.source) - 200) is None
    assert listing.renew(5, current) == 0
    assert len(listing.source) == 0


def test_a_refresh_keeps_the_cursor_on_its_article(db: apsw.Connection, reader: Reader) -> None:
    listing = Listing(reader)
    listing.open(ListQuery())
    current = listing.source.id(120)
    assert listing.renew(120, current) == 120
    fill(db, batch(Random(1), 2000, 2500))  # type: ignore[arg-type]
    place = listing.renew(120, current)
    assert listing.source.id(place) == current
    assert len(listing.source) == 3200
    db.execute("DELETE FROM article WHERE id = ?", (current,))
    assert listing.renew(place, current) == place
    assert len(listing.source) == 3199


def test_marks_are_drawn_before_they_are_stored(db: apsw.Connection, reader: Reader) -> None:
    listing = Listing(reader)
    listing.open(ListQuery(unread_only=True))
    source = listing.source
    first, second = source.row(0), source.row(1)
    assert first is not None
    assert second is not None
    assert not first.read
    source.show_marks([first.id], read=True, favorite=True)
    shown = source.row(0)
    assert shown is not None
    assert shown.read
    assert shown.favorite
    assert source.row(1) == second
    source.show_read()
    assert all(row is not None and row.read for row in map(source.row, range(100)))
    source.forget()
    assert source.row(0) == first
