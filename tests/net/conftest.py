"""A fetcher that takes little, a server, and a second one that nobody may reach."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest

from tests.http_server import FeedServer
from tui.errors import HuoyuanError, Problem
from tui.net.fetch import Fetched, Fetcher
from tui.net.limits import Limits
from tui.net.proxies import Proxies

Fetch = Callable[..., Awaitable[Fetched]]
Refused = Callable[..., Awaitable[Problem]]

LIMITS = Limits(connect=10, read=10, total=10, size=100_000)


def a_fetcher(limits: Limits) -> Fetcher:
    """A fetcher that trusts no certificate, because to load the usual ones takes longer than a test."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return Fetcher(limits, "huoyuan-test/1", verify=tls, proxies=Proxies({}))


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as running:
        yield running


@pytest.fixture
def canary() -> Iterator[FeedServer]:
    """A server on another loopback address, standing for a machine in the user's own network."""
    try:
        listening = FeedServer({"/": b"secret"}, host="127.0.0.2")
    except OSError:
        pytest.skip("this system has no loopback address but 127.0.0.1")
    with listening as running:
        yield running


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with a_fetcher(LIMITS) as running:
        yield running


@pytest.fixture
def fetch(fetcher: Fetcher) -> Fetch:
    """Fetches from the loopback server, as if the user had typed its address."""

    async def get(url: str, *, etag: str = "", last_modified: str = "") -> Fetched:
        return await fetcher.fetch(url, etag=etag, last_modified=last_modified, allow_private=True)

    return get


@pytest.fixture
def refused(fetch: Fetch) -> Refused:
    """The problem of a fetch that must fail."""

    async def problem(url: str, **validators: str) -> Problem:
        with pytest.raises(HuoyuanError) as caught:
            await fetch(url, **validators)
        return caught.value.problem

    return problem
