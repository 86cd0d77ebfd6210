"""Whatever a server or a connection does, the fetch ends in time, in bounds, with a code."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import socket
import threading
from collections.abc import Iterator

import pytest

from tests.http_server import FeedServer, Raw, Reply
from tests.net.conftest import LIMITS, Fetch, Refused, a_fetcher
from tui.errors import Code, HuoyuanError, Problem
from tui.net.limits import Limits
from tui.net.resolving import make_room_for_resolving

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
BOMB = gzip.compress(bytes(20_000_000))
ENCODED = {"Content-Encoding": "gzip"}

SLOW = Limits(connect=0.3, read=0.15, total=0.3)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(BOMB, headers=ENCODED), Code.TOO_LARGE),
        (Reply(gzip.compress(BOMB), headers={"Content-Encoding": "gzip, gzip"}), Code.DECODE_ERROR),
        (Reply(BOMB, headers={"Content-Encoding": "br"}), Code.DECODE_ERROR),
        (Reply(BOMB, headers={"Content-Encoding": ", ".join(["gzip"] * 50)}), Code.DECODE_ERROR),
        (Reply(b"<rss/>", headers=ENCODED), Code.DECODE_ERROR),
        (Reply(gzip.compress(b"<rss/>" * 99)[:-20], headers=ENCODED), Code.TRUNCATED),
        (Reply(b"<rss/>", length=5_000_000_000), Code.TOO_LARGE),
        (Reply(b"<rss/>", length=10**19), Code.TOO_LARGE),
        (Reply(b"<rss/>" * 800, length=90_000), Code.TRUNCATED),
        (Raw([CHUNKED, b"5\r\n<rss>\r\n"]), Code.TRUNCATED),
        (Raw([CHUNKED, b"ZZ\r\n<rss>\r\n"]), Code.TRUNCATED),
        (
            Raw(itertools.chain([CHUNKED], itertools.repeat(b"1000\r\n" + bytes(4096) + b"\r\n"))),
            Code.TOO_LARGE,
        ),
        (Raw(itertools.chain([OK + b"\r\n"], itertools.repeat(bytes(4096)))), Code.TOO_LARGE),
        (Raw([OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n<rss/>"]), Code.PROTOCOL),
        (Raw(itertools.chain([OK], itertools.repeat(b"X-Flood: 1\r\n"))), Code.PROTOCOL),
        (Raw([OK + b"X-Long: " + b"x" * 1_000_000]), Code.PROTOCOL),
        (Raw([OK + b"no colon\r\nX: \x00\x1b[2J\r\n\r\n<rss/>"]), Code.PROTOCOL),
        (Raw([b"HTP/9.9 banana\r\n\r\n"]), Code.PROTOCOL),
        (Raw([b"<rss>version 0.9 needs no headers</rss>"]), Code.PROTOCOL),
        (Raw([]), Code.PROTOCOL),
        (Raw([b"HTTP/1.1 500 \x1b]52;c;eA==\x07[/red]\r\nContent-Length: 0\r\n\r\n"]), Code.HTTP_5XX),
    ],
)
async def test_a_broken_answer_ends_with_its_code(
    server: FeedServer, refused: Refused, reply: Reply | Raw, code: Code
) -> None:
    server.routes["/"] = reply
    problem = await refused(server.url())
    assert problem.code is code
    assert problem.details["host"] == "127.0.0.1"
    assert all(str(value).isprintable() for value in problem.details.values())


async def test_a_reset_before_and_in_the_middle_of_an_answer(server: FeedServer, refused: Refused) -> None:
    server.routes["/"] = Raw([], reset=True)
    assert (await refused(server.url())).code is Code.CONNECT
    server.routes["/"] = Raw([OK + b"Content-Length: 90000\r\n\r\n", bytes(40_000)], reset=True)
    assert (await refused(server.url())).code is Code.TRUNCATED


async def test_what_follows_a_body_never_reaches_the_next_feed(server: FeedServer, fetch: Fetch) -> None:
    evil = OK + b"Content-Length: 7\r\n\r\n<evil/>"
    server.routes["/long"] = Raw([OK + b"Content-Length: 6\r\n\r\n<rss/>" + evil, evil])
    server.routes["/"] = b"<good/>"
    assert (await fetch(server.url("/long"))).body == b"<rss/>"
    assert (await fetch(server.url())).body == b"<good/>"


@pytest.mark.parametrize(
    "before",
    [
        b"",
        OK,
        CHUNKED,
        OK + b"Content-Length: 900\r\n\r\n<rss>",
    ],
)
async def test_a_server_that_falls_silent_times_out(server: FeedServer, before: bytes) -> None:
    def fall_silent() -> Iterator[bytes]:
        yield before
        server.closing.wait()

    server.routes["/"] = Raw(fall_silent())
    assert await code_of(server.url(), SLOW) is Code.TIMEOUT


@pytest.mark.parametrize(
    ("start", "drop"),
    [(CHUNKED, b"1\r\nx\r\n"), (OK, b"X: 1\r\n"), (b"", b"HTTP/1.1 100 Continue\r\n\r\n")],
)
async def test_a_server_that_never_ends_meets_the_total_deadline(
    server: FeedServer, start: bytes, drop: bytes
) -> None:
    def drip() -> Iterator[bytes]:
        yield start
        while not server.closing.wait(0.02):
            yield drop

    server.routes["/"] = Raw(drip())
    assert await code_of(server.url(), SLOW) is Code.TIMEOUT


async def test_a_connection_refused(refused: Refused) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        problem = await refused(f"http://127.0.0.1:{unheard.getsockname()[1]}/")
    assert problem.code is Code.CONNECT


async def test_a_name_that_cannot_exist_and_no_secret_of_its_url(refused: Refused) -> None:
    # A label longer than 63 bytes fails in the resolver without a question to the network.
    host = "a" * 64 + ".invalid"
    assert await refused(f"http://user:pw@{host}/?token=T") == Problem(Code.DNS, {"host": host})


async def test_ipv6_and_the_fall_back_from_it(server: FeedServer, fetch: Fetch) -> None:
    server.routes["/"] = b"<rss/>"
    assert (await fetch(server.url().replace("127.0.0.1", "localhost"))).body == b"<rss/>"
    try:
        six = FeedServer({"/": b"<rss/>"}, host="::1")
    except OSError:
        pytest.skip("this system has no IPv6 loopback address")
    with six:
        assert (await fetch(six.url())).body == b"<rss/>"


async def test_names_that_nobody_answers_for_keep_no_other_waiting(server: FeedServer, fetch: Fetch) -> None:
    """Thirty-one threads stand for resolvers that wait for a silent server."""
    make_room_for_resolving()
    server.routes["/"] = b"<rss/>"
    answered = threading.Event()
    loop = asyncio.get_running_loop()
    waiting = [loop.run_in_executor(None, answered.wait, 60) for _ in range(Limits().concurrent - 1)]
    try:
        assert (await fetch(server.url().replace("127.0.0.1", "localhost"))).body == b"<rss/>"
        assert not any(waits.done() for waits in waiting)
    finally:
        answered.set()
        await asyncio.gather(*waiting)


async def code_of(url: str, limits: Limits = LIMITS) -> Code:
    async with a_fetcher(limits) as fetcher:
        with pytest.raises(HuoyuanError) as caught:
            await fetcher.fetch(url, allow_private=True)
    return caught.value.problem.code
