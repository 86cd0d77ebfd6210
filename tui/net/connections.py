"""Sends each request over a connection of its own that is known to lead where it may."""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx

from tui.errors import Code, HuoyuanError
from tui.net.addresses import is_private_literal, is_private_peer
from tui.net.errand import host_of

# On a connection used twice, what a server sends beyond its Content-Length would be the next feed's
# answer (httpcore 1.0 keeps such bytes), and no address would be checked the second time.
_USED_ONCE = {"Connection": "close"}


class Connections:
    """Sends GET requests as they are given, without cookies, redirects, proxies or logs."""

    def __init__(self, tls: ssl.SSLContext, *, connect: float, read: float) -> None:
        """Both limits are in seconds; how many connections are open at once is the caller's to limit."""
        self._timeout = httpx.Timeout(read, connect=connect, pool=None).as_dict()
        self._transport = httpx.AsyncHTTPTransport(verify=tls, limits=httpx.Limits(max_connections=None))

    async def aclose(self) -> None:
        """Closes what is still open."""
        await self._transport.aclose()

    async def send(
        self, url: httpx.URL, headers: Mapping[str, str], *, not_private: Code | None = None
    ) -> httpx.Response:
        """Sends a request and returns its response, which the caller closes.

        With `not_private`, that code is raised instead of sending anything to a private address.
        """
        extensions: dict[str, Any] = {"timeout": self._timeout}
        if not_private:
            if is_private_literal(host_of(url)):
                raise HuoyuanError(not_private)
            extensions["trace"] = _guard(not_private)
        # Headers are bytes; Latin-1 gives them back unchanged, whatever they were meant to be.
        sent = httpx.Headers(_USED_ONCE | {**headers}, encoding="latin-1")
        request = httpx.Request("GET", url, headers=sent, extensions=extensions)
        response = await self._transport.handle_async_request(request)
        response.headers.encoding = "latin-1"
        return response


def _guard(code: Code) -> Callable[[str, Mapping[str, Any]], Awaitable[None]]:
    """A "trace" extension of httpx that ends a request once its connection leads to a private address.

    It sees the address really connected to, before TLS and before the request, so that a name which
    resolves differently from one moment to the next (DNS rebinding) gains nothing.
    """

    async def check(event: str, info: Mapping[str, Any]) -> None:
        if event != "connection.connect_tcp.complete":
            return
        stream = info["return_value"]
        if is_private_peer(stream.get_extra_info("server_addr")[0]):
            await stream.aclose()
            raise HuoyuanError(code)

    return check
