"""Redirects are followed where they may lead, and take no secrets along."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.http_server import FeedServer, Reply, Seen, redirect
from tests.net.conftest import Fetch, Refused
from tui.errors import Code, HuoyuanError
from tui.net.errand import host_of, redirected, set_out
from tui.net.fetch import Fetcher

FEED = b"<rss/>"
URL_PARTS = [
    "http:",
    "//",
    "/",
    "@",
    ":",
    "[",
    "]",
    "[::1]",
    "a",
    "xn--",
    "例",
    "。",
    ".",
    "?",
    "#",
    "%",
    "80",
]


def chain(server: FeedServer, hops: int, status: int = 302) -> None:
    """Routes /0 → /1 → … → /hops, where the feed is."""
    for hop in range(hops):
        server.routes[f"/{hop}"] = redirect(f"/{hop + 1}", status)
    server.routes[f"/{hops}"] = FEED


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_each_kind_of_redirect_is_followed(server: FeedServer, fetch: Fetch, status: int) -> None:
    chain(server, 1, status)
    fetched = await fetch(server.url("/0"))
    assert (fetched.url, fetched.body) == (server.url("/1"), FEED)
    assert fetched.permanent_url == (server.url("/1") if status in (301, 308) else "")


async def test_a_move_is_permanent_only_if_every_hop_is(server: FeedServer, fetch: Fetch) -> None:
    chain(server, 3, 308)
    assert (await fetch(server.url("/0"))).permanent_url == server.url("/3")
    server.routes["/1"] = redirect("/2", 302)
    assert (await fetch(server.url("/0"))).permanent_url == ""
    assert (await fetch(server.url("/3"))).permanent_url == ""


async def test_five_hops_are_followed_and_no_sixth(
    server: FeedServer, fetch: Fetch, refused: Refused
) -> None:
    chain(server, 5)
    assert (await fetch(server.url("/0"))).body == FEED
    chain(server, 30)
    server.requests.clear()
    assert (await refused(server.url("/0"))).code is Code.REDIRECT
    assert len(server.requests) == 6


async def test_a_loop_ends(server: FeedServer, refused: Refused) -> None:
    server.routes |= {"/a": redirect("/b"), "/b": redirect("/a")}
    assert (await refused(server.url("/a"))).code is Code.REDIRECT


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("rss.xml?a=b c", "/blog/rss.xml?a=b%20c"),
        ("../feed#top", "/feed"),
        ("//{netloc}/feed", "/feed"),
        ("?page=2", "/blog/old?page=2"),
        ("/货源/rss".encode().decode("latin-1"), "/%E8%B4%A7%E6%BA%90/rss"),
        ("/货源/rss".encode("gbk").decode("latin-1"), "/%BB%F5%D4%B4/rss"),
        ("/%E8%B4%A7?x=%2F", "/%E8%B4%A7?x=%2F"),
    ],
)
async def test_a_location_is_resolved_as_its_bytes_say(
    server: FeedServer, fetch: Fetch, location: str, path: str
) -> None:
    def answer(seen: Seen) -> Reply:
        return Reply(FEED) if len(server.requests) > 1 else redirect(location.format(netloc=server.netloc))

    server.routes |= {"/blog/old": answer, path.partition("?")[0]: answer}
    assert (await fetch(server.url("/blog/old"))).url == server.url(path)
    assert server.requests[1].path == path


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("file:///etc/passwd", Code.BAD_SCHEME),
        ("javascript:alert(1)", Code.BAD_SCHEME),
        ("gopher://127.0.0.1:6379/_FLUSHALL", Code.BAD_SCHEME),
        ("data:text/xml,<rss/>", Code.BAD_SCHEME),
        ("ftp://127.0.0.1/", Code.BAD_SCHEME),
        ("http://[::1", Code.REDIRECT),
        ("http:////[[::1]", Code.REDIRECT),
        ("http://127.0.0.1:99999/", Code.BAD_SCHEME),
        ("", Code.REDIRECT),
    ],
)
async def test_a_location_that_must_not_be_followed(
    server: FeedServer, refused: Refused, location: str, code: Code
) -> None:
    server.routes["/"] = redirect(location)
    problem = await refused(server.url())
    assert (problem.code, problem.details["host"]) == (code, "127.0.0.1")


@pytest.mark.parametrize("host", ["127.0.0.2", "[::ffff:127.0.0.2]", "0x7f.2", "2130706434", "0177.0.0.2"])
async def test_a_redirect_into_the_private_network_never_arrives(
    server: FeedServer, canary: FeedServer, refused: Refused, host: str
) -> None:
    server.routes["/"] = redirect(canary.url().replace("127.0.0.2", host))
    assert (await refused(server.url())).code is Code.REDIRECT
    assert canary.requests == []


async def test_a_name_is_judged_by_the_address_it_leads_to(server: FeedServer, refused: Refused) -> None:
    server.routes |= {"/": redirect(server.url("/rss").replace("127.0.0.1", "localhost")), "/rss": FEED}
    problem = await refused(server.url())
    assert (problem.code, problem.details["host"]) == (Code.REDIRECT, "localhost")
    assert [seen.path for seen in server.requests] == ["/"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "2130706433", "[::ffff:127.0.0.1]"])
async def test_a_private_address_needs_permission(server: FeedServer, fetcher: Fetcher, host: str) -> None:
    server.routes["/"] = FEED
    url = server.url().replace("127.0.0.1", host)
    with pytest.raises(HuoyuanError) as caught:
        await fetcher.fetch(url)
    assert caught.value.problem.code is Code.PRIVATE_ADDRESS
    assert server.requests == []
    assert (await fetcher.fetch(url, allow_private=True)).body == FEED
    # Nothing of that permission may be left, such as an open connection.
    with pytest.raises(HuoyuanError):
        await fetcher.fetch(url)
    assert len(server.requests) == 1


async def test_the_fake_ip_of_a_proxy_cannot_be_asked_for(fetcher: Fetcher) -> None:
    with pytest.raises(HuoyuanError) as caught:
        await fetcher.fetch("http://198.18.0.1/")
    assert caught.value.problem.code is Code.PRIVATE_ADDRESS


async def test_credentials_go_to_the_host_they_were_typed_for_and_nowhere_else(
    server: FeedServer, fetch: Fetch
) -> None:
    with FeedServer({"/rss": FEED}) as elsewhere:
        server.routes |= {
            "/": redirect("/inner", 301),
            "/inner": redirect(elsewhere.url("/rss").replace("//", "//evil:twin@"), 301),
        }
        fetched = await fetch(server.url().replace("//", "//us%40er:p%C3%A4ss@"))
    assert [seen.headers["Authorization"] for seen in server.requests] == ["Basic dXNAZXI6cMOkc3M="] * 2
    assert {"Authorization", "Cookie", "Referer"}.isdisjoint(elsewhere.requests[0].headers)
    assert fetched.url == fetched.permanent_url == elsewhere.url("/rss")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.com/",
        "example.com/rss",
        "http:///rss",
        "http://:::bad",
        "http://[::1",
        "http://a:99999/",
        "http://a:0/",
        "http://a\r\nX-Evil: 1/",
        "http://１２７.0.0.1:x/",
        "http://\ud800/",
        "",
    ],
)
async def test_what_is_no_web_address_is_refused(refused: Refused, url: str) -> None:
    assert (await refused(url)).code is Code.BAD_SCHEME


@pytest.mark.parametrize(
    ("typed", "asked", "sent"),
    [
        ("http://u:p@a.example/", "https://a.example/x", True),
        ("http://u:p@a.example/", "http://a.example/x", True),
        ("https://u:p@a.example/", "http://a.example/x", False),
        ("http://u:p@a.example/", "http://a.example:8080/x", False),
        ("http://u:p@a.example:8080/", "https://a.example/x", False),
        ("http://u:p@a.example/", "http://b.example/x", False),
        ("http://a.example/", "http://a.example/x", False),
    ],
)
def test_where_credentials_may_go(typed: str, asked: str, sent: bool) -> None:
    there = set_out(asked, "", "", False).start
    assert ("Authorization" in set_out(typed, "", "", False).headers(there)) is sent


def test_a_redirect_never_leaves_https() -> None:
    start = set_out("https://a.example/rss", "", "", False).start
    assert str(redirected(start, b"//b.example/")) == "https://b.example/"
    with pytest.raises(HuoyuanError) as caught:
        redirected(start, b"http://a.example/rss")
    assert caught.value.problem.code is Code.REDIRECT


@given(
    (st.text() | st.lists(st.sampled_from(URL_PARTS), max_size=9).map("".join)).map("http://{}".format),
    st.binary() | st.lists(st.sampled_from(URL_PARTS), max_size=9).map("".join).map(str.encode),
)
def test_any_text_is_a_url_or_refused_and_so_is_any_location(text: str, location: bytes) -> None:
    def led_to() -> str:
        try:
            errand = set_out(text, text, text, True)
            errand.headers(errand.start)
            return redirected(errand.start, location).scheme
        except HuoyuanError as error:
            return error.problem.code

    assert led_to() in {"http", "https", Code.BAD_SCHEME, Code.REDIRECT}


@pytest.mark.parametrize(
    ("typed", "asked"), [("例子.cn", "xn--fsqu00a.cn"), ("xn--a", "xn--a"), ("[::1]", "::1")]
)
def test_a_host_is_asked_for_in_ascii(typed: str, asked: str) -> None:
    assert host_of(set_out(f"http://user@{typed}/rss", "", "", False).start) == asked
