"""The user's proxies: which requests go through one, and what comes of it."""

from __future__ import annotations

import base64
import ssl

import httpx
import pytest

from tests.http_server import FeedServer, Reply, redirect
from tests.net.conftest import LIMITS
from tui.errors import Code, HuoyuanError, Problem
from tui.net.fetch import Fetched, Fetcher
from tui.net.proxies import Proxies

NO_PROXY = "plain.example, .dotted.example,*.starred.example,10.20.0.0/16,odd.example:8080,not/a/network"


async def through(proxies: dict[str, str], url: str) -> Fetched:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    async with Fetcher(LIMITS, "huoyuan-test/1", verify=tls, proxies=Proxies(proxies)) as fetcher:
        return await fetcher.fetch(url)


async def failing(proxies: dict[str, str], url: str) -> Problem:
    with pytest.raises(HuoyuanError) as caught:
        await through(proxies, url)
    return caught.value.problem


async def test_a_feed_comes_through_a_proxy_on_loopback(server: FeedServer) -> None:
    server.routes["http://feeds.example/a"] = b"<rss/>"
    found = await through({"http": f"user:word@{server.netloc}"}, "http://feeds.example/a")
    assert found.body == b"<rss/>"
    (seen,) = server.requests
    assert seen.headers["Host"] == "feeds.example"
    assert seen.headers["Proxy-Authorization"] == "Basic " + base64.b64encode(b"user:word").decode()


async def test_https_asks_the_proxy_for_a_tunnel_and_tells_nothing_else(server: FeedServer) -> None:
    problem = await failing({"https": server.url("")}, "https://feeds.example/secret?token=1")
    assert problem.code is Code.PROXY
    assert "word" not in repr(problem)
    assert server.requests == []


@pytest.mark.parametrize(
    "proxy", ["http://user:word@127.0.0.1:1", "ftp://127.0.0.1:21", "http://[", "socks5://127.0.0.1:1"]
)
async def test_a_proxy_that_cannot_be_used_is_told_without_its_password(proxy: str) -> None:
    problem = await failing({"all": proxy}, "http://feeds.example/a")
    assert problem.code is Code.PROXY
    assert "word" not in repr(problem.details)


async def test_a_proxy_that_asks_who_we_are_is_told(server: FeedServer) -> None:
    server.routes["http://feeds.example/a"] = Reply(status=407)
    assert (await failing({"http": server.url("")}, "http://feeds.example/a")).code is Code.PROXY


@pytest.mark.parametrize("target", ["http://127.0.0.1:9/", "http://192.168.1.1/", "http://localhost:9/"])
async def test_no_redirect_leads_into_the_users_network_through_a_proxy(
    server: FeedServer, target: str
) -> None:
    server.routes["http://feeds.example/a"] = redirect(target)
    problem = await failing({"http": server.url("")}, "http://feeds.example/a")
    assert problem.code in {Code.REDIRECT, Code.CONNECT}
    assert len(server.requests) == 1


async def test_the_users_own_network_is_asked_without_the_proxy(server: FeedServer) -> None:
    server.routes["/mine"] = b"<rss/>"
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    proxies = Proxies({"http": "http://127.0.0.1:1"})
    async with Fetcher(LIMITS, "huoyuan-test/1", verify=tls, proxies=proxies) as fetcher:
        assert (await fetcher.fetch(server.url("/mine"), allow_private=True)).body == b"<rss/>"


def chosen(url: str, **found: str) -> str:
    proxy = Proxies(found).proxy_for(httpx.URL(url))
    return "" if proxy is None else str(proxy)


def test_the_schemes_own_proxy_goes_before_the_one_for_all() -> None:
    both = {"https": "http://p.example:1", "all": "http://q.example:2"}
    assert chosen("https://a.example/", **both) == "http://p.example:1"
    assert chosen("http://a.example/", **both) == "http://q.example:2"
    assert chosen("http://a.example/", https="http://p.example:1") == ""


@pytest.mark.parametrize(
    ("host", "spared"),
    [
        ("plain.example", True),
        ("www.plain.example", True),
        ("notplain.example", False),
        ("dotted.example", True),
        ("a.starred.example", True),
        ("odd.example:8080", True),
        ("odd.example", False),
        ("8.8.8.8", False),
        ("localhost", True),
        ("192.168.7.7", True),
    ],
)
def test_no_proxy_names_hosts_domains_and_networks(host: str, spared: bool) -> None:
    found = {"all": "http://p.example:1", "no": NO_PROXY}
    assert (chosen(f"http://{host}/", **found) == "") is spared
    assert chosen(f"http://{host}/", **(found | {"no": "*"})) == ""


def test_public_networks_can_be_spared_too() -> None:
    assert chosen("http://8.8.4.4/", all="http://p.example:1", no="8.8.0.0/16") == ""


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "p.example:3128")
    monkeypatch.setenv("no_proxy", "a.example")
    assert str(Proxies().proxy_for(httpx.URL("http://b.example/"))) == "http://p.example:3128"
    assert Proxies().proxy_for(httpx.URL("http://a.example/")) is None
