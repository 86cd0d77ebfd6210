"""Search finds exactly what a scan of all texts finds, indexed or not, in every list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.samples import NOW, SPECS, TODAY, article, fill, ids, index_pending, titles, wechat
from tui.model import Contact, Kind, ListQuery, Merchant, Scope, ScopeKind, Sort, Source
from tui.store import candidates
from tui.store.connection import open_store
from tui.store.feeds import sync_feeds
from tui.store.guard import Interrupted
from tui.store.lists import article_ids, categories, random_unread
from tui.store.marks import mark_all_read, mark_favorite, mark_read
from tui.store.search import search_ids, search_steps
from tui.text.folding import fold


@pytest.fixture(params=["few", "index", "index after a sample"], autouse=True)
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test by each way to candidates: a small store would take the first alone."""
    if request.param != "few":
        monkeypatch.setattr(candidates, "FEW", 0)
    if request.param == "index after a sample":
        monkeypatch.setattr(candidates, "SAMPLE", 1)


PIECES = st.sampled_from(
    [
        "女",
        "装",
        "女装",
        "女裝",
        "四季青",
        "鞋",
        "A",
        "a1",
        "1688",
        "１６",
        "lady",
        "x",
        "。",
        "-",
        " ",
        "\n",
        "é",
    ]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)
WORDS = st.lists(PIECES.filter(lambda piece: not piece.isspace()), min_size=1, max_size=4).map("".join)
QUERIES = st.lists(WORDS, min_size=1, max_size=2)


def find(db: apsw.Connection, text: str, **query: object) -> list[str]:
    found = search_ids(db, ListQuery(search=text, **query), TODAY)  # type: ignore[arg-type]
    return titles(db, found)


def index_all(db: apsw.Connection) -> None:
    while index_pending(db):
        pass


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=1, max_size=8), QUERIES, st.integers(0, 8))
def test_exactly_what_a_scan_finds(
    db: apsw.Connection, texts: list[str], words: list[str], indexed: int
) -> None:
    db.execute("DELETE FROM article")
    fill(db, [article(str(number), text) for number, text in enumerate(texts)])
    expected = {
        f"标题{number}"
        for number, text in enumerate(texts)
        if all(fold(word) in fold(f"标题{number}\n{text}") for word in words)
    }
    query = " ".join(words)
    assert set(find(db, query)) == expected, "nothing indexed"
    index_pending(db, indexed)
    assert set(find(db, query)) == expected, "some indexed"
    index_all(db)
    assert set(find(db, query)) == expected, "all indexed"


QQ = Contact(Kind.QQ, "2840517396", 0, 0, "QQ", Source.FEED, 1.0)


@pytest.fixture
def market(db: apsw.Connection) -> apsw.Connection:
    fill(db, [
        article("1", "广州十三行女装一手货源", published=NOW - 50, views=9),
        article("2", "童装", contacts=(wechat(), QQ)),
        article("3", "鞋靴", author="陈小姐", merchant=Merchant(person="王先生", mobile="13864027195")),
    ])  # fmt: skip
    fill(db, [article("4", "女裝批發 LADY1688", title="女装尾货", published=NOW - 90, views=3)], feed=1)
    return db


@pytest.mark.parametrize("indexed", [False, True])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("女装", {"女装尾货", "标题1"}),
        ("女裝", {"女装尾货", "标题1"}),
        ("手货", {"标题1"}),
        ("装", {"女装尾货", "标题1", "标题2"}),
        ("nzhuo", {"标题2"}),
        ("28405", {"标题2"}),
        ("陈小姐", {"标题3"}),
        ("王先生", {"标题3"}),
        ("1386402", {"标题3"}),
        ("lady", {"女装尾货"}),
        ("688", {"女装尾货"}),
        ("ｌａｄｙ", {"女装尾货"}),
        ("女装 批发", {"女装尾货"}),
        ("女装 鞋", set()),
        ("鸬鹚", set()),
        ("装一货", set()),
        ("_", {"标题2"}),
        ("", set()),
        ("  ", set()),
        ('"', set()),
        ('女" OR "x', set()),
        ("§", set()),
        ("¶1", set()),
        ("*", set()),
    ],
)
def test_every_field_is_searched(
    market: apsw.Connection, indexed: bool, text: str, expected: set[str]
) -> None:
    if indexed:
        index_all(market)
    assert set(find(market, text)) == expected


@pytest.mark.parametrize("indexed", [False, True])
def test_lists_and_filters(market: apsw.Connection, indexed: bool) -> None:
    if indexed:
        index_all(market)
    first, fourth = (
        next(iter(search_ids(market, ListQuery(search=word), TODAY))) for word in ("十三行", "lady")
    )
    mark_read(market, [first], True, NOW)
    mark_favorite(market, [fourth], True, NOW)
    assert find(market, "女装", unread_only=True) == ["女装尾货"]
    assert find(market, "女装", favorites_only=True) == ["女装尾货"]
    assert find(market, "女装", scope=Scope(ScopeKind.FEED, 1)) == ["标题1"]
    assert find(market, "女装", scope=Scope(ScopeKind.FAVORITES)) == ["女装尾货"]
    assert find(market, "装", scope=Scope(ScopeKind.CONTACTS)) == ["标题2"]
    assert find(market, "装", scope=categories(market, TODAY)[5].scope) == ["女装尾货"]
    sync_feeds(market, SPECS[:1], NOW)
    assert find(market, "女装") == ["标题1"]


def test_orders(market: apsw.Connection) -> None:
    index_all(market)
    assert find(market, "女装") == ["女装尾货", "标题1"], "the title leads, though it is older"
    assert find(market, "装") == ["女装尾货", "标题2", "标题1"]
    assert find(market, "装", sort=Sort.OLDEST) == ["女装尾货", "标题1", "标题2"]
    assert find(market, "装", sort=Sort.VIEWS) == ["标题1", "女装尾货", "标题2"]


def test_the_last_to_arrive_are_taken(db: apsw.Connection) -> None:
    fill(db, [article(str(number), "女装", published=NOW - 100 + number) for number in range(30)])
    index_pending(db, 20)
    query = ListQuery(search="女装")
    assert list(search_ids(db, query, TODAY, 12)) == ids(db)[:12]
    assert list(search_ids(db, replace(query, sort=Sort.OLDEST), TODAY, 12)) == ids(db)[:-13:-1]
    assert list(article_ids(db, query, TODAY)) == ids(db)
    assert list(article_ids(db, query, TODAY, limit=3)) == ids(db)[:3]


def test_the_index_follows_changes(market: apsw.Connection) -> None:
    index_all(market)
    fill(market, [article("1", "改卖箱包")])
    assert find(market, "女装") == ["女装尾货"], "what the index still says of it counts no more"
    assert find(market, "箱包") == ["标题1"]
    index_all(market)
    assert find(market, "女装") == ["女装尾货"]
    assert find(market, "箱包") == ["标题1"]
    market.execute("DELETE FROM article WHERE title = '标题1'")
    assert find(market, "箱包") == []
    assert market.execute("SELECT count(*) FROM search").get == 3


def test_the_index_follows_a_move_to_another_category(market: apsw.Connection) -> None:
    index_all(market)
    sync_feeds(market, [replace(SPECS[0], category="外套"), *SPECS[1:]], NOW)
    moved = next(line.scope for line in categories(market, TODAY) if line.name == "外套")
    assert find(market, "女装", scope=moved) == ["标题1"]
    index_all(market)
    assert find(market, "女装", scope=moved) == ["标题1"]


def test_an_article_that_changes_while_its_tokens_are_made(path: Path, db: apsw.Connection) -> None:
    fill(db, [article("1", "女装")])
    other = open_store(path)

    def change(cursor: apsw.Cursor, statement: str, bindings: apsw.Bindings | None) -> bool:
        if statement == "BEGIN IMMEDIATE":
            db.set_exec_trace(None)
            fill(other, [article("1", "箱包")])
        return True

    db.set_exec_trace(change)
    assert index_pending(db) == 1
    assert index_pending(db) == 0
    assert (find(db, "女装"), find(db, "箱包")) == ([], ["标题1"])
    other.close()


def test_indexing_goes_by_small_steps(db: apsw.Connection) -> None:
    fill(db, [article(str(number)) for number in range(25)])
    assert [index_pending(db, 10) for _ in range(4)] == [15, 5, 0, 0]


def test_actions_on_a_found_list_spare_the_rest(market: apsw.Connection) -> None:
    query = ListQuery(search="女装")
    assert mark_all_read(market, query, TODAY, NOW, 99) == 2
    assert random_unread(market, query, TODAY) is None
    assert random_unread(market, ListQuery(search="鞋靴"), TODAY) == 2 or titles(market, [2]) != ["标题3"]
    assert len(article_ids(market, ListQuery(unread_only=True), TODAY)) == 2


def test_a_search_can_be_interrupted(db: apsw.Connection) -> None:
    fill(db, [article(str(number), "女装" * 50) for number in range(200)])

    def stop() -> bool:
        db.interrupt()
        return False

    db.set_progress_handler(stop, 1)
    with pytest.raises(Interrupted):
        search_ids(db, ListQuery(search="四季青"), TODAY)
    db.set_progress_handler(None)
    assert find(db, "四季青") == []


@pytest.mark.parametrize("limit", [3, 4, 5])
@pytest.mark.parametrize("indexed", [True, False])
def test_a_search_that_leaves_hits_out_says_so(db: apsw.Connection, limit: int, indexed: bool) -> None:
    fill(db, [article(str(number), "女装货源") for number in range(4)])
    if indexed:
        index_pending(db)
    *_, last = search_steps(db, ListQuery(search="货源"), TODAY, limit)
    assert (len(last.ids), last.complete, last.cut) == (min(limit, 4), True, limit < 4)
