"""Fetches a URL politely and within limits, whatever the other side does."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from math import ceil
from typing import Literal, Self
from weakref import WeakValueDictionary

import httpx

from tui.errors import Code, HuoyuanError
from tui.net.answers import refusal
from tui.net.bounds import ACCEPT_ENCODING, BoundedBody
from tui.net.connections import Connections
from tui.net.errand import Errand, host_of, redirected, set_out
from tui.net.failures import body_told, told
from tui.net.headers import charset, max_age, media_type, validator, whole_number
from tui.net.limits import Limits
from tui.net.proxies import Proxies

_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.9, */*;q=0.8"
)
_NOT_MODIFIED = 304
_PERMANENT = frozenset({301, 308})
_REDIRECTS = _PERMANENT | {302, 303, 307}


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: its body, or `not_modified`; `url` is the final one and carries no credentials.

    `etag` and `last_modified` are verbatim, to be sent back as they are; `max_age` is in seconds;
    `permanent_url` is "" unless every redirect on the way was a permanent one (301, 308).
    """

    url: str
    not_modified: bool = False
    body: bytes = b""
    charset: str = ""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    max_age: int | None = None
    permanent_url: str = ""


class Fetcher:
    """Fetches many URLs at once; an async context manager that lives on one event loop."""

    def __init__(
        self,
        limits: Limits,
        user_agent: str,
        verify: ssl.SSLContext | Literal[True] = True,
        proxies: Proxies | None = None,
        paused: Mapping[str, int] | None = None,
        *,
        room: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        """`paused` are hosts that have asked before to be left alone, and for how many seconds more.

        `room` is awaited before each request: it keeps what is fetched from piling up.
        """
        # Both write whole URLs, with the tokens in their queries, to their logs.
        for library in ("httpx", "httpcore"):
            logging.getLogger(library).setLevel(logging.WARNING)
        self._limits = limits
        self._headers = {"Accept": _ACCEPT, "Accept-Encoding": ACCEPT_ENCODING, "User-Agent": user_agent}
        self._connections = Connections(
            verify, proxies or Proxies(), connect=limits.connect, read=limits.read
        )
        self._turns = asyncio.Semaphore(limits.concurrent)
        self._host_turns: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._room = room
        self._paused_until: dict[str, float] = {}
        for host, seconds in (paused or {}).items():
            self._pause(host, seconds)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connections.aclose()

    async def fetch(
        self, url: str, *, etag: str = "", last_modified: str = "", allow_private: bool = False
    ) -> Fetched:
        """Gets a URL, following redirects; raises HuoyuanError with the host in its details.

        `allow_private` permits an address in a private network for the host of `url`, and for no other
        host that a redirect leads to. A host that answered with Retry-After is left alone that long.
        """
        with told(""):
            errand = set_out(url, etag, last_modified, allow_private)
        with told(host_of(errand.start)):
            return await self._follow(errand)

    async def _follow(self, errand: Errand) -> Fetched:
        url, permanent, left = errand.start, True, self._limits.total
        clock = asyncio.get_running_loop().time
        for hop in range(self._limits.hops + 1):
            async with self._turn(host_of(url)):
                began = clock()
                with told(host_of(url)):
                    async with (
                        asyncio.timeout(left),
                        aclosing(await self._ask(errand, url, moved=hop > 0)) as response,
                    ):
                        if response.status_code not in _REDIRECTS:
                            permanent_url = str(url) if hop and permanent else ""
                            return await self._receive(errand, url, response, permanent_url)
                        permanent = permanent and response.status_code in _PERMANENT
                        url = redirected(url, response.headers.get("location", "").encode("latin-1"))
                left -= clock() - began
        raise HuoyuanError(Code.REDIRECT)

    @asynccontextmanager
    async def _turn(self, host: str) -> AsyncIterator[None]:
        """Waits until one more request to a host is fine; each hop has a turn of its own.

        First the host's turn: those who wait for a busy host must not hold up the others. Nobody holds
        the turn of one host while waiting for another's.
        """
        turns = self._host_turns.setdefault(host, asyncio.Semaphore(self._limits.per_host))
        async with turns, self._turns:
            if self._room is not None:
                await self._room()
            yield

    async def _ask(self, errand: Errand, url: httpx.URL, *, moved: bool) -> httpx.Response:
        """Sends the request of one hop, unless its host is paused or not to be reached."""
        pause = self._paused_until.get(host_of(url), 0.0) - time.monotonic()
        if pause > 0:
            raise HuoyuanError(Code.RATE_LIMITED, retry_after=ceil(pause))
        refused = Code.REDIRECT if moved else Code.PRIVATE_ADDRESS
        return await self._connections.send(
            url,
            self._headers | errand.headers(url),
            not_private=None if errand.may_be_private(url) else refused,
        )

    async def _receive(
        self, errand: Errand, url: httpx.URL, response: httpx.Response, permanent_url: str
    ) -> Fetched:
        """Reads the answer of the last hop; raises what it stands for when it is not what was asked for."""
        headers, now = response.headers, time.time()
        if refused := refusal(response.status_code, headers, now=now):
            self._pause(host_of(url), int(refused.problem.details.get("retry_after", 0)))
            raise refused
        not_modified = response.status_code == _NOT_MODIFIED
        if not_modified and not errand.conditional:
            raise HuoyuanError(Code.EMPTY)
        body = b"" if not_modified else await self._read(response)
        content_type = headers.get("content-type", "")
        etag, last_modified = (errand.etag, errand.last_modified) if not_modified else ("", "")
        return Fetched(
            url=str(url),
            not_modified=not_modified,
            body=body,
            charset=charset(content_type),
            content_type=media_type(content_type),
            etag=validator(headers.get("etag", etag)),
            last_modified=validator(headers.get("last-modified", last_modified)),
            max_age=max_age(headers, now=now),
            permanent_url=permanent_url,
        )

    def _pause(self, host: str, seconds: int) -> None:
        """Remembers how long a host wants to be left alone."""
        if seconds:
            until = time.monotonic() + seconds
            self._paused_until[host] = max(until, self._paused_until.get(host, 0.0))

    async def _read(self, response: httpx.Response) -> bytes:
        body = BoundedBody(response.headers.get("content-encoding", ""), self._limits.size)
        if (whole_number(response.headers.get("content-length", "")) or 0) > self._limits.size:
            raise HuoyuanError(Code.TOO_LARGE, limit=self._limits.size)
        with body_told():
            async for chunk in response.aiter_raw():
                body.add(chunk)
        whole = body.finish()
        if not whole:
            raise HuoyuanError(Code.EMPTY)
        return whole
