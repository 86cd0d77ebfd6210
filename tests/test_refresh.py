"""The pipeline over real HTTP: twenty feeds, some broken; conditional requests; nothing lost."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.http_server import FeedServer, Reply, redirect
from tests.ui.stage import feed_xml, item_xml
from tui.errors import Code, HuoyuanError
from tui.feed_values import FeedSpec, Move, Refreshed, Schedule
from tui.feeds.parse import parse
from tui.local import MOST_BYTES, read_local
from tui.making.makers import LONG_BODY
from tui.model import ListQuery, Scope, ScopeKind
from tui.prepare import origin_of
from tui.protocol import RefreshRequest
from tui.refresh import Refresh, due_feeds
from tui.store import Connection, feeds, lists
from tui.store.connection import open_store
from tui.store.saving import unchanged

NOW = 1_790_000_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Connection]:
    connection = open_store(tmp_path / "huoyuan.db")
    yield connection
    connection.close()


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


async def refreshed(store: Connection, *urls: str, category: str = "", now: int = NOW) -> list[Refreshed]:
    """Refresh feeds by their URLs; the results in the order in which they ended."""
    feeds.sync_feeds(store, [FeedSpec(url, category=category) for url in urls], now)
    results: list[Refreshed] = []
    await Refresh(store, results.append, lambda: now).run(feeds.states(store))
    return results


async def test_twenty_feeds_some_broken(store: Connection, server: FeedServer) -> None:
    broken: dict[str, tuple[bytes | Reply, Code]] = {
        "/404": (Reply(status=404), Code.HTTP_4XX),
        "/500": (Reply(status=500), Code.HTTP_5XX),
        "/410": (Reply(status=410), Code.GONE),
        "/page": (b"<html><head></head><body>hello</body></html>", Code.NOT_A_FEED),
        "/empty": (b"", Code.EMPTY),
        "/short": (Reply(feed_xml(3), length=1_000_000), Code.TRUNCATED),
        "/bomb": (Reply(b"x" * 40_000_000, compressed=True), Code.TOO_LARGE),
    }
    server.routes |= {path: answer for path, (answer, _) in broken.items()}
    good = [f"/good{n}" for n in range(13)]
    server.routes |= {path: feed_xml(5) for path in good}
    results = await refreshed(store, *(server.url(path) for path in [*broken, *good]))
    assert len(results) == 20
    assert sum(result.new for result in results) == 13 * 5
    problems = {row.url: row.problem for row in feeds.feeds(store)}
    for path, (_, code) in broken.items():
        problem = problems[server.url(path)]
        assert problem is not None
        assert problem.code is code, path
    assert all(problems[server.url(path)] is None for path in good)


async def test_all_feeds_are_asked_at_once(store: Connection, server: FeedServer) -> None:
    together = threading.Barrier(2, timeout=20)

    def meet(_: object) -> bytes:
        together.wait()
        return feed_xml(1)

    server.routes |= {"/a": meet, "/b": meet}
    results = await refreshed(store, server.url("/a"), server.url("/b"))
    assert [result.problem for result in results] == [None, None]


async def test_a_second_refresh_sends_validators_back_and_changes_nothing(
    store: Connection, server: FeedServer
) -> None:
    server.routes["/f"] = Reply(feed_xml(3), etag='W/"odd\\"', last_modified="yesterday, perhaps")
    await refreshed(store, server.url("/f"))
    results = await refreshed(store, server.url("/f"), now=NOW + 9000)
    assert results[0].not_modified
    assert server.requests[1].headers["If-None-Match"] == 'W/"odd\\"'
    assert server.requests[1].headers["If-Modified-Since"] == "yesterday, perhaps"
    await refreshed(store, server.url("/f"), now=NOW + 18000)
    assert server.requests[2].headers["If-None-Match"] == 'W/"odd\\"'


async def test_the_same_bytes_are_not_parsed_again_and_a_failure_loses_nothing(
    store: Connection, server: FeedServer
) -> None:
    server.routes["/f"] = feed_xml(3)
    await refreshed(store, server.url("/f"))
    assert (await refreshed(store, server.url("/f")))[0].not_modified
    server.routes["/f"] = Reply(status=503)
    await refreshed(store, server.url("/f"))
    server.routes["/f"] = b"<rss><channel></channel></rss>"
    await refreshed(store, server.url("/f"))
    assert len(lists.article_ids(store, ListQuery(), 0)) == 3
    state = feeds.states(store)[0]
    assert state.next_check > NOW


async def test_an_articles_own_category_wins_over_its_feeds(store: Connection, server: FeedServer) -> None:
    own = item_xml(70, wechat="tong_zhuang8", category="童装货源")
    plain = item_xml(71)
    server.routes["/f"] = f"<rss version='2.0'><channel>{own}{plain}</channel></rss>".encode()
    await refreshed(store, server.url("/f"), category="电商资讯")
    counts = {
        row.name: row.total for row in lists.categories(store, 0) if row.scope.kind is ScopeKind.CATEGORY
    }
    assert counts["童装货源"] == 1
    assert counts["电商资讯"] == 1


async def test_local_feeds_are_read_and_a_missing_file_is_told(store: Connection, tmp_path: Path) -> None:
    file = tmp_path / "mine.xml"
    file.write_bytes(feed_xml(2))
    missing = (tmp_path / "none.xml").as_uri()
    results = await refreshed(store, "sample:huoyuan.xml", file.as_uri(), missing)
    assert [result.new for result in results] == [9, 2, 0]
    assert results[2].problem is not None
    assert results[2].problem.code is Code.FILE_UNREADABLE
    assert lists.article_ids(store, ListQuery(Scope(ScopeKind.FEED, 1)), 0)


@pytest.mark.parametrize("name", ["zero", "pipe", "folder"])
def test_a_file_that_never_ends_or_never_begins_is_refused_at_once(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "zero").symlink_to("/dev/zero")
    for url in ((tmp_path / name).as_uri(), "file:///a%00b"):
        with pytest.raises(HuoyuanError) as caught:
            read_local(url)
        assert caught.value.problem.code is Code.FILE_UNREADABLE


def test_a_file_that_is_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.xml"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(HuoyuanError) as caught:
        read_local(path.as_uri())
    assert caught.value.problem.details["host"] == "long.xml"


@pytest.mark.parametrize("name", ["../errors.py", "/etc/passwd", "", "none.xml", ".hidden"])
def test_a_sample_is_only_ever_a_bundled_file(name: str) -> None:
    with pytest.raises(HuoyuanError) as caught:
        read_local(f"sample:{name}")
    assert caught.value.problem.code is Code.FILE_UNREADABLE


async def test_a_feed_that_takes_its_time_holds_up_no_other(store: Connection, server: FeedServer) -> None:
    hold = threading.Event()
    server.routes |= {"/slow": Reply(feed_xml(1), hold=hold), "/quick": feed_xml(2)}
    feeds.sync_feeds(store, [FeedSpec(server.url("/slow")), FeedSpec(server.url("/quick"))], NOW)
    order: list[int] = []

    def report(result: Refreshed) -> None:
        order.append(result.new)
        hold.set()

    await Refresh(store, report, lambda: int(time.time())).run(feeds.states(store))
    assert order == [2, 1]


async def test_a_page_that_names_its_feed_is_a_hint(store: Connection, server: FeedServer) -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    server.routes["/blog/"] = f"<html><head>{head}</head><body>hi</body></html>".encode()
    result = (await refreshed(store, server.url("/blog/")))[0]
    assert result.problem is not None
    assert result.problem.details["hint"] == server.url("/feed.xml")


def numbered(*titles: str) -> bytes:
    items = (f"<item><title>{title}</title><guid>{n}</guid></item>" for n, title in enumerate(titles))
    return f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>".encode()


async def test_of_a_feed_that_changed_only_the_changed_entries_are_made_anew(
    store: Connection, server: FeedServer
) -> None:
    server.routes["/f"] = numbered("甲", "乙", "丙")
    await refreshed(store, server.url("/f"))
    server.routes["/f"] = numbered("甲", "乙改", "丙", "丁")
    feed = parse(numbered("甲", "乙改", "丙", "丁"), now=NOW)
    base = feed.link or server.url("/f")
    origins = {entry.uid: origin_of(entry, "", base) for entry in feed.entries}
    assert unchanged(store, 1, origins) == {"0", "2"}
    (result,) = await refreshed(store, server.url("/f"), now=NOW + 9000)
    assert (result.new, result.changed) == (1, 1)
    assert unchanged(store, 1, origins) == {"0", "1", "2", "3"}


async def test_an_article_that_is_gone_is_made_again_although_its_entry_has_not_changed(
    store: Connection, server: FeedServer
) -> None:
    server.routes["/f"] = numbered("甲", "乙")
    await refreshed(store, server.url("/f"))
    store.execute("UPDATE status SET read_at = 1; DELETE FROM article WHERE id = 1")
    server.routes["/f"] = numbered("甲", "乙", "丙")
    (result,) = await refreshed(store, server.url("/f"), now=NOW + 9000)
    assert result.new == 2
    assert store.execute("SELECT read FROM article WHERE id = 1").get == 1


async def test_a_feed_that_moves_to_another_category_is_made_anew(
    store: Connection, server: FeedServer
) -> None:
    server.routes["/f"] = item_feed("tag")
    await refreshed(store, server.url("/f"))
    server.routes["/f"] = item_feed("tag") + b"<!-- -->"
    await refreshed(store, server.url("/f"), category="电商资讯", now=NOW + 9000)
    names = store.execute("SELECT category.name FROM article JOIN category ON category.id = category_id").get
    assert names == "电商资讯"


def item_feed(tag: str) -> bytes:
    item = f"<item><title>甲</title><guid>1</guid><category>{tag}</category></item>"
    return f"<rss version='2.0'><channel>{item}</channel></rss>".encode()


HOUR, DAY = 3600, 24 * 3600


async def test_what_a_feed_asks_for_holds_after_a_304_and_a_restart(
    store: Connection, server: FeedServer, tmp_path: Path
) -> None:
    body = feed_xml(1, extra="<ttl>240</ttl><skipDays><day>Sunday</day></skipDays>")
    server.routes["/f"] = Reply(body, etag='"a"')
    await refreshed(store, server.url("/f"))
    again = open_store(tmp_path / "huoyuan.db")
    await refreshed(again, server.url("/f"), now=NOW + DAY)
    (state,) = feeds.states(again)
    again.close()
    assert server.requests[1].headers["If-None-Match"] == '"a"'
    assert state.schedule == Schedule(4 * HOUR, skip_days=frozenset({6}))
    assert state.next_check >= NOW + DAY + 4 * HOUR


async def test_a_permanent_move_is_taken_over_after_a_day_and_given_up_when_it_fails(
    store: Connection, server: FeedServer
) -> None:
    server.routes |= {"/old": redirect("/new", 301), "/new": Reply(feed_xml(2), etag='"a"')}

    async def asked(now: int) -> list[str]:
        server.requests.clear()
        await refreshed(store, server.url("/old"), now=now)
        return [seen.path for seen in server.requests]

    assert await asked(NOW) == ["/old", "/new"]
    assert await asked(NOW + DAY - 1) == ["/old", "/new"]
    assert await asked(NOW + DAY) == ["/old", "/new"]
    assert await asked(NOW + 2 * DAY) == ["/new"]
    assert server.requests[0].headers["If-None-Match"] == '"a"'
    assert len(lists.article_ids(store, ListQuery(), 0)) == 2
    server.routes |= {"/old": feed_xml(3), "/new": Reply(status=410)}
    assert await asked(NOW + 3 * DAY) == ["/new"]
    assert not feeds.states(store)[0].gone
    assert await asked(NOW + 4 * DAY) == ["/old"]
    assert "If-None-Match" not in server.requests[0].headers
    assert len(lists.article_ids(store, ListQuery(), 0)) == 3


async def test_a_move_leads_into_no_private_network_that_the_user_did_not_type(
    store: Connection, server: FeedServer
) -> None:
    server.routes["/f"] = feed_xml(1)
    elsewhere = server.url("/f").replace("127.0.0.1", "localhost")
    feeds.sync_feeds(store, [FeedSpec(elsewhere)], NOW)
    (state,) = feeds.states(store)
    feeds.save_state(store, replace(state, move=Move(server.url("/f"), NOW, True)))
    (result,) = await refreshed(store, elsewhere)
    assert result.problem is not None
    assert result.problem.code is Code.PRIVATE_ADDRESS
    assert server.requests == []


async def test_a_move_to_what_is_no_feed_is_never_taken_over(store: Connection, server: FeedServer) -> None:
    server.routes |= {"/old": redirect("/new", 308), "/new": b"<html><body>sold</body></html>"}
    for day in range(4):
        await refreshed(store, server.url("/old"), now=NOW + day * DAY)
    assert feeds.states(store)[0].address == server.url("/old")


async def test_a_feed_that_is_gone_is_asked_only_when_it_is_named(
    store: Connection, server: FeedServer
) -> None:
    server.routes |= {"/gone": Reply(status=410), "/f": feed_xml(1)}
    await refreshed(store, server.url("/gone"), server.url("/f"))
    gone, other = feeds.states(store)
    later = NOW + 99 * DAY
    assert due_feeds(store, RefreshRequest(), later) == [other]
    assert due_feeds(store, RefreshRequest(force=True), later) == [other]
    assert due_feeds(store, RefreshRequest((gone.id,), force=True), later) == [gone]


async def test_every_problem_names_the_place_and_none_tells_a_secret(
    store: Connection, server: FeedServer
) -> None:
    wall = "<html><head><title>安全验证</title></head><body>请完成安全验证，证明您不是机器人</body></html>"
    server.routes |= {"/wall": wall.encode(), "/away": redirect("ftp://me:hunter2@127.0.0.1/x?token=T")}
    urls = [
        server.url("/wall"),
        server.url("/away"),
        "ftp://me:hunter2@shop.example/x?token=T",
        "http://[::1",
    ]
    problems = [result.problem for result in await refreshed(store, *urls)]
    told = {(str(problem.code), str(problem.details)) for problem in problems if problem is not None}
    assert {code for code, _ in told} == {"blocked_by_site", "bad_scheme"}
    assert all(problem is not None and problem.details["host"] for problem in problems)
    assert not any("hunter2" in details or "token" in details for _, details in told)


async def test_a_long_feed_lets_the_others_go_ahead(store: Connection, server: FeedServer) -> None:
    long = feed_xml(1500)
    assert len(long) > LONG_BODY
    server.routes |= {"/long": long, **{f"/{n}": feed_xml(1) for n in range(40)}}
    feeds.sync_feeds(store, [FeedSpec(server.url(path)) for path in server.routes], NOW)
    order: list[int] = []
    await Refresh(store, lambda result: order.append(result.new), lambda: NOW).run(feeds.states(store))
    # one that only steps aside for a moment between its slices is the first or second
    assert order.index(1500) >= 20
