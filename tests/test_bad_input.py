"""Feeds that are too much or deceive, through the whole pipeline: nothing is lost, nothing doubled."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http_server import FeedServer
from tests.test_refresh import NOW, refreshed
from tests.ui.stage import feed_xml
from tui.errors import Code, Problem
from tui.feed_values import FeedSpec
from tui.feeds import rss as rss_reader
from tui.feeds.parse import parse
from tui.i18n import explain, load_words
from tui.model import ListQuery
from tui.refresh import Refresh
from tui.store import Connection, feeds, lists, saving
from tui.store.connection import open_store

HOUR = 3600


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Connection]:
    connection = open_store(tmp_path / "huoyuan.db")
    yield connection
    connection.close()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


def rss(*items: str) -> bytes:
    return f"<rss version='2.0'><channel><title>源</title>{''.join(items)}</channel></rss>".encode()


def titles(store: Connection) -> list[str]:
    ids = lists.article_ids(store, ListQuery(), 0)
    rows = lists.rows(store, ids)
    return [rows[article].title for article in ids]


async def test_five_thousand_entries_are_all_kept_and_hold_the_lock_for_moments(
    store: Connection, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = (f"<item><title>货{n}</title><guid>{n}</guid></item>" for n in range(5_000))
    server.routes |= {"/many": rss(*items), "/one": feed_xml(1)}
    commits = 0

    def count() -> bool:
        nonlocal commits
        commits += 1
        return False

    store.set_commit_hook(count)
    results = await refreshed(store, server.url("/many"), server.url("/one"))
    assert sorted(result.new for result in results) == [1, 5_000]
    assert results[0].new == 1, "the small feed does not wait for the large one"
    assert store.execute("SELECT count(*) FROM article").get == 5_001
    assert commits >= 5_000 / saving.CHUNK


MANY = 20_003
JSON = '{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[%s]}'


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        (rss(*(f"<item><title>{n}</title></item>" for n in range(MANY))).decode(), "strict"),
        (
            f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>{
                "".join(f"<entry><id>{n}</id></entry>" for n in range(MANY))
            }</feed>""",
            "strict",
        ),
        (JSON % ",".join(f'{{"id":"{n}"}}' for n in range(MANY)), "json"),
    ],
    ids=["rss", "atom", "json"],
)
def test_a_feed_says_how_many_entries_were_over_the_limit(text: str, tier: str) -> None:
    feed = parse(text.encode(), now=NOW)
    assert feed.tier == tier
    assert len(feed.entries) == 20_000
    assert feed.left_out == 3


async def test_a_word_about_a_feed_that_is_cut_stays_until_it_is_whole(
    store: Connection, server: FeedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rss_reader, "ENTRY_LIMIT", 5)
    url = server.url("/long")
    server.routes["/long"] = feed_xml(7)
    (result,) = await refreshed(store, url)
    word = Problem(Code.ENTRIES_CUT, {"kept": 5, "count": 7})
    assert (result.new, result.problem, result.failed) == (5, word, False)
    for now in (NOW, NOW + HOUR):
        (result,) = await refreshed(store, url, now=now)
        assert (result.not_modified, result.problem, result.failed) == (True, word, False)
        (row,) = feeds.feeds(store)
        assert row.problem == word
        assert feeds.states(store)[0].failures == 0
    assert "5" in explain(load_words("zh"), word)
    server.routes["/long"] = feed_xml(4)
    await refreshed(store, url, now=NOW + 2 * HOUR)
    assert feeds.feeds(store)[0].problem is None


class Killed(BaseException):
    """Ends a refresh where it stands."""


async def test_killed_amid_a_large_feed_the_rest_comes_with_the_next_refresh(
    store: Connection, tmp_path: Path
) -> None:
    file = tmp_path / "large.xml"
    file.write_bytes(rss(*(f"<item><title>货{n}</title><guid>{n}</guid></item>" for n in range(1000))))
    feeds.sync_feeds(store, [FeedSpec(file.as_uri())], NOW)
    left = 4

    def kill() -> bool:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed
        return False

    store.set_commit_hook(kill)
    with pytest.raises(Killed):
        await Refresh(store, lambda _: None, lambda: NOW).run(feeds.states(store))
    store.set_commit_hook(None)
    assert feeds.states(store)[0].body_hash == ""
    (result,) = await refreshed(store, file.as_uri())
    assert result.new == 1000 - 4 * saving.CHUNK
    assert store.execute("SELECT count(*) FROM article").get == 1000


@pytest.mark.parametrize(
    "text",
    ["<p>" + "货" * 1_700_000, "<p>abcd " * 700_000, "abcd\n" * 1_000_000],
    ids=["one paragraph", "paragraphs", "plain"],
)
async def test_a_title_of_a_megabyte_and_an_article_of_five_are_cut_with_a_word(
    store: Connection, server: FeedServer, text: str
) -> None:
    long = f"<item><title>{'长' * 1_000_000}</title><link>http://a.example/1</link>"
    server.routes["/f"] = rss(f"{long}<description><![CDATA[{text}]]></description></item>")
    (result,) = await refreshed(store, server.url("/f"))
    assert result.new == 1
    stored = lists.article(store, lists.article_ids(store, ListQuery(), 0)[0])
    assert stored is not None
    assert (len(stored.article.title), stored.article.title[-1]) == (500, "…")
    *_, last = stored.article.body.blocks
    assert "全文见原网页" in last.text
    assert len(stored.article.body.text) < 300_100


async def test_two_thousand_feeds_and_five_thousand_categories(store: Connection, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.xml" for number in range(2000)]
    for number, file in enumerate(files):
        file.write_bytes(rss(*_in_categories(number)))
    results = await refreshed(store, *(file.as_uri() for file in files))
    assert sum(result.new for result in results) == 6000
    assert [result.problem for result in results if result.problem] == []
    assert store.execute("SELECT count(*) FROM category WHERE name <> ''").get == 6000
    assert len(lists.categories(store, 0)) > 6000


def _in_categories(number: int) -> list[str]:
    return [
        f"<item><title>货</title><guid>{n}</guid><category>类目{number}-{n}</category></item>"
        for n in range(3)
    ]


@pytest.mark.parametrize("date", ["<pubDate>Thu, 20 Aug 2026 08:00:00 GMT</pubDate>", ""])
async def test_a_guid_that_changes_with_each_fetch_doubles_nothing(
    store: Connection, server: FeedServer, date: str
) -> None:
    for fetch in range(3):
        server.routes["/f"] = rss(
            *(
                f"<item><title>货{n}</title><link>http://a.example/{n}</link><guid>{fetch}-{n}</guid>{date}</item>"
                for n in range(5)
            )
        )
        (result,) = await refreshed(store, server.url("/f"), now=NOW + fetch * HOUR)
        assert (result.new, result.changed) == (0 if fetch else 5, 0)
        store.execute("UPDATE status SET read_at = 1")
    assert len(titles(store)) == 5
    assert store.execute("SELECT count(*) FROM article WHERE read = 1").get == 5


async def test_entries_that_share_link_and_title_but_neither_guid_nor_date_stay_apart(
    store: Connection, server: FeedServer
) -> None:
    for hour in (8, 9, 10):
        server.routes["/f"] = rss(
            "<item><title>日报</title><link>http://a.example/</link>"
            f"<guid>{hour}</guid><pubDate>Thu, 20 Aug 2026 0{hour % 10}:00:00 GMT</pubDate></item>"
        )
        await refreshed(store, server.url("/f"), now=NOW + hour * HOUR)
    assert titles(store) == ["日报"] * 3


async def test_entries_with_nothing_but_a_title_are_not_doubled(
    store: Connection, server: FeedServer
) -> None:
    for fetch in range(3):
        server.routes["/f"] = rss(*(f"<item><title>货{n}</title></item>" for n in range(4)), "\n" * fetch)
        await refreshed(store, server.url("/f"), now=NOW + fetch * HOUR)
    assert sorted(titles(store)) == ["货0", "货1", "货2", "货3"]


async def test_a_feed_that_becomes_an_error_page_and_returns_loses_and_doubles_nothing(
    store: Connection, server: FeedServer
) -> None:
    for fetch, page in enumerate((feed_xml(3), b"<html><body>502</body></html>", feed_xml(3))):
        server.routes["/f"] = page
        (result,) = await refreshed(store, server.url("/f"), now=NOW + fetch * HOUR)
        assert (result.problem is not None) is (fetch == 1)
    assert len(titles(store)) == 3


async def test_gzip_that_nothing_announces_is_no_feed(store: Connection, server: FeedServer) -> None:
    server.routes["/f"] = gzip.compress(feed_xml(3))
    (result,) = await refreshed(store, server.url("/f"))
    assert result.problem is not None
    assert result.problem.code is Code.NOT_A_FEED


async def test_an_entity_on_the_web_is_never_asked_for(store: Connection, server: FeedServer) -> None:
    canary = server.url("/canary")
    server.routes["/f"] = (
        f'<!DOCTYPE rss SYSTEM "{canary}" [<!ENTITY x SYSTEM "{canary}"><!ENTITY % y SYSTEM "{canary}"> %y;]>'
        "<rss version='2.0'><channel><item><title>甲&x;</title><guid>1</guid></item></channel></rss>"
    ).encode()
    await refreshed(store, server.url("/f"))
    assert [seen.path for seen in server.requests] == ["/f"]


async def test_a_page_that_sends_browsers_to_a_file_is_no_feed(store: Connection, server: FeedServer) -> None:
    server.routes["/f"] = (
        b"<html><head><meta http-equiv=refresh content='0;url=file:///etc/passwd'></head></html>"
    )
    (result,) = await refreshed(store, server.url("/f"))
    assert result.problem is not None
    assert result.problem.code is Code.NOT_A_FEED
