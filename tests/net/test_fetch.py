"""What a healthy server sends comes back whole, and what it asks for is respected."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import threading
from collections.abc import Callable
from email.utils import formatdate
from time import time
from typing import Any

import pytest

from tests.http_server import FeedServer, Raw, Reply, Seen, redirect
from tests.net.conftest import Fetch, Refused, a_fetcher
from tui.errors import Code, HuoyuanError
from tui.net.fetch import Fetched, Fetcher
from tui.net.limits import Limits
from tui.net.proxies import Proxies

FEED = "<rss>代理名鞋 微信 ppzs0316</rss>".encode("gbk")
LONG_AGO = "Thu, 15 Oct 2026 10:00:00 +0800"


async def test_a_compressed_feed_arrives_with_all_its_headers_say(server: FeedServer, fetch: Fetch) -> None:
    server.routes["/rss"] = Reply(
        FEED,
        headers={"Content-Type": "text/xml; charset=GBK", "Cache-Control": "max-age=7200"},
        etag="W/\"3b'x",
        last_modified=LONG_AGO,
        compressed=True,
    )
    assert await fetch(server.url("/rss?page=1")) == Fetched(
        url=server.url("/rss?page=1"),
        body=FEED,
        charset="GBK",
        content_type="text/xml",
        etag="W/\"3b'x",
        last_modified=LONG_AGO,
        max_age=7200,
    )


async def test_the_request_is_modest(server: FeedServer, fetch: Fetch) -> None:
    server.routes["/"] = Reply(FEED, headers={"Set-Cookie": "track=1"})
    await fetch(server.url())
    await fetch(server.url())
    sent = server.requests[1].headers
    assert {*sent} == {"Host", "Connection", "Accept", "Accept-Encoding", "User-Agent"}
    assert sent["User-Agent"] == "huoyuan-test/1"
    assert sent["Accept-Encoding"] == "gzip, deflate"


@pytest.mark.parametrize("etag", ['"abc"', "W/\"abc'", "no-quotes", '""', "\xe4\xb8\xad\xff", 'a, "b"'])
async def test_validators_go_back_verbatim(server: FeedServer, fetch: Fetch, etag: str) -> None:
    server.routes["/"] = Reply(FEED, etag=etag, last_modified=LONG_AGO)
    first = await fetch(server.url())
    again = await fetch(server.url(), etag=first.etag, last_modified=first.last_modified)
    assert server.requests[1].headers["If-None-Match"] == etag
    assert server.requests[1].headers["If-Modified-Since"] == LONG_AGO
    assert again == Fetched(url=server.url(), not_modified=True, etag=etag, last_modified=LONG_AGO)


async def test_a_304_without_validators_keeps_those_that_were_sent(server: FeedServer, fetch: Fetch) -> None:
    server.routes["/"] = Reply(status=304)
    again = await fetch(server.url(), etag='"a"', last_modified=LONG_AGO)
    assert (again.not_modified, again.etag, again.last_modified) == (True, '"a"', LONG_AGO)


async def test_a_304_about_a_huge_body_has_none(server: FeedServer, fetch: Fetch) -> None:
    server.routes["/"] = Raw(
        [b"HTTP/1.1 304 X\r\nContent-Length: 5000000000\r\nContent-Encoding: br\r\n\r\n"]
    )
    assert (await fetch(server.url(), etag='"a"')).not_modified


async def test_an_evil_validator_is_not_kept_and_one_in_the_state_is_not_sent(
    server: FeedServer, fetch: Fetch
) -> None:
    server.routes["/"] = Reply(FEED, etag="x" * 8192)
    assert (await fetch(server.url())).etag == ""
    await fetch(server.url(), etag="a\r\nX-Evil: 1", last_modified="货")
    assert {"If-None-Match", "If-Modified-Since", "X-Evil"}.isdisjoint(server.requests[1].headers)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (204, Code.EMPTY),
        (206, Code.TRUNCATED),
        (300, Code.PROTOCOL),
        (304, Code.EMPTY),
        (401, Code.AUTH),
        (403, Code.HTTP_4XX),
        (404, Code.HTTP_4XX),
        (410, Code.GONE),
        (500, Code.HTTP_5XX),
        (502, Code.HTTP_5XX),
        (503, Code.HTTP_5XX),
        (999, Code.PROTOCOL),
    ],
)
async def test_each_refusal_has_its_code_and_host(
    server: FeedServer, refused: Refused, status: int, code: Code
) -> None:
    server.routes["/"] = Reply(status=status)
    problem = await refused(server.url("/?token=T"))
    assert problem.code is code
    assert problem.details.keys() <= {"host", "status"}
    assert problem.details["host"] == "127.0.0.1"
    assert problem.details.get("status", status) == status


async def test_a_200_without_a_body_is_empty(server: FeedServer, refused: Refused) -> None:
    server.routes["/"] = Reply(headers={"Content-Encoding": "gzip"})
    assert (await refused(server.url())).code is Code.EMPTY


@pytest.mark.parametrize(
    ("status", "header", "value"),
    [
        (403, "cf-mitigated", "challenge"),
        (503, "CF-Mitigated", "challenge"),
        (405, "x-amzn-waf-action", "captcha"),
    ],
)
async def test_a_bot_wall_is_told_from_a_plain_refusal(
    server: FeedServer, refused: Refused, status: int, header: str, value: str
) -> None:
    server.routes["/"] = Reply(b"<html>", status=status, headers={header: value})
    assert (await refused(server.url())).code is Code.BLOCKED_BY_SITE


@pytest.mark.parametrize(
    ("status", "retry_after", "least", "most"),
    [
        (429, "3600", 3600, 3600),
        (503, "3600", 3600, 3600),
        (429, "in two hours", 7000, 7200),
        (429, "99999999999999999999", 604_800, 604_800),
        (429, "", 3600, 3600),
    ],
)
async def test_a_host_that_asks_for_patience_is_left_alone(
    server: FeedServer, refused: Refused, status: int, retry_after: str, least: int, most: int
) -> None:
    if retry_after == "in two hours":
        retry_after = formatdate(time() + 7200, usegmt=True)
    server.routes["/"] = Reply(status=status, headers={"Retry-After": retry_after})
    problem = await refused(server.url())
    assert problem.code is Code.RATE_LIMITED
    assert least <= int(problem.details["retry_after"]) <= most
    sibling = await refused(server.url("/another-feed"))
    assert sibling.code is Code.RATE_LIMITED
    assert least - 60 <= int(sibling.details["retry_after"]) <= most
    assert len(server.requests) == 1


async def test_a_slow_host_gets_two_requests_at_once_and_holds_up_no_other(
    server: FeedServer, canary: FeedServer, fetch: Fetch
) -> None:
    hold = threading.Event()
    server.routes["/"] = Reply(FEED, hold=hold)
    canary.routes["/"] = FEED
    slow = [asyncio.ensure_future(fetch(server.url(f"/?{number}"))) for number in range(8)]
    for _ in range(5):
        assert (await fetch(canary.url())).body == FEED
    at_once = len(server.requests)
    hold.set()
    assert [answer.body for answer in await asyncio.gather(*slow)] == [FEED] * 8
    assert at_once <= 2


async def test_waiting_for_a_turn_does_not_use_up_the_deadline(server: FeedServer) -> None:
    hold = threading.Event()
    server.routes["/held"] = Reply(FEED, hold=hold)
    server.routes["/"] = FEED
    async with a_fetcher(Limits(total=0.6, per_host=1)) as fetcher:
        held = asyncio.create_task(fetcher.fetch(server.url("/held"), allow_private=True))
        waiting = asyncio.create_task(fetcher.fetch(server.url("/"), allow_private=True))
        with pytest.raises(HuoyuanError) as caught:
            await held
        assert caught.value.problem.code is Code.TIMEOUT
        assert (await waiting).body == FEED


async def test_no_url_reaches_a_log(
    server: FeedServer, fetch: Fetch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.routes["/"] = redirect("/rss?token=SECRET")
    server.routes["/rss"] = FEED
    await fetch(server.url("/?token=SECRET").replace("//", "//user:hunter2@", 1))
    assert "SECRET" not in caplog.text
    assert "hunter2" not in caplog.text


def through(server: FeedServer, **more: Any) -> Fetcher:
    """A fetcher that reaches every host through one server, as through a proxy."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    limits = Limits(connect=10, read=10, total=10)
    return Fetcher(limits, "huoyuan-test/1", verify=tls, proxies=Proxies({"http": server.url()}), **more)


async def test_feeds_that_lead_to_one_host_are_not_all_there_at_once(server: FeedServer) -> None:
    """Two at a time also behind redirects, as when many have moved to one feed service."""
    hold = threading.Event()
    feeds = [f"http://host{number}.example/" for number in range(6)]
    server.routes |= {feed: redirect("http://one.example/feed") for feed in feeds}
    server.routes |= {"http://one.example/feed": Reply(FEED, hold=hold), "http://quick.example/": FEED}
    async with through(server) as fetcher:
        asked = [asyncio.ensure_future(fetcher.fetch(feed)) for feed in feeds]
        while sum(seen.path in feeds for seen in server.requests) < len(feeds):
            await fetcher.fetch("http://quick.example/")
        for _ in range(5):
            await fetcher.fetch("http://quick.example/")
        at_once = sum(seen.path == "http://one.example/feed" for seen in server.requests)
        hold.set()
        assert [answer.body for answer in await asyncio.gather(*asked)] == [FEED] * 6
    assert at_once == 2


async def test_a_pause_from_before_the_start_holds_for_redirects_too(server: FeedServer) -> None:
    server.routes |= {"http://a.example/": redirect("http://one.example/feed"), "http://b.example/": FEED}
    async with through(server, paused={"one.example": 60}) as fetcher:
        with pytest.raises(HuoyuanError) as caught:
            await fetcher.fetch("http://a.example/")
        assert (await fetcher.fetch("http://b.example/")).body == FEED
    assert caught.value.problem.code is Code.RATE_LIMITED
    assert caught.value.problem.details["host"] == "one.example"
    assert 0 < int(caught.value.problem.details["retry_after"]) <= 60
    assert [seen.path for seen in server.requests] == ["http://a.example/", "http://b.example/"]


async def test_a_shorter_pause_does_not_end_a_longer_one(server: FeedServer) -> None:
    """Two requests are on their way when a host says how long it wants to be left alone."""
    both, told = threading.Barrier(2, timeout=20), threading.Event()

    def limited(seconds: str, after: threading.Event | None) -> Callable[[Seen], Reply]:
        def answer(_: Seen) -> Reply:
            both.wait()
            return Reply(status=429, headers={"Retry-After": seconds}, hold=after)

        return answer

    server.routes |= {"/long": limited("3600", None), "/short": limited("5", told)}
    async with a_fetcher(Limits()) as fetcher:
        short = asyncio.create_task(fetcher.fetch(server.url("/short"), allow_private=True))
        for path in ("/long", "/"):
            with pytest.raises(HuoyuanError) as caught:
                await fetcher.fetch(server.url(path), allow_private=True)
            told.set()
            await asyncio.wait([short])
    assert short.exception() is not None
    assert int(caught.value.problem.details["retry_after"]) > 3000


async def test_a_handshake_that_is_given_up_leaves_no_socket(server: FeedServer) -> None:
    """The total deadline ends it before the one for the connection, and httpcore forgets the socket."""
    hold = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}/"

        def hear() -> None:
            caller, _ = silent.accept()
            caller.settimeout(20)
            while caller.recv(4096):
                pass
            hold.set()

        heard = threading.Thread(target=hear)
        heard.start()
        async with a_fetcher(Limits(connect=20, total=0.3)) as fetcher:
            with pytest.raises(HuoyuanError) as caught:
                await fetcher.fetch(url, allow_private=True)
            await asyncio.to_thread(heard.join, 20)
    assert caught.value.problem.code is Code.TIMEOUT
    assert hold.is_set()
