"""Sends each request over a connection of its own that leads where it may, or through the user's proxy."""

from __future__ import annotations

import ssl
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal

import httpx

from tui.errors import Code, HuoyuanError
from tui.net.addresses import is_private_literal, is_private_peer
from tui.net.errand import host_of
from tui.net.proxies import Proxies, shown

# On a connection used twice, what a server sends beyond its Content-Length would be the next feed's
# answer (httpcore 1.0 keeps such bytes), and no address would be checked the second time.
_USED_ONCE = {"Connection": "close"}


# Makes a transport for http without the 40 ms that reading the certificates for https takes.
_NO_TLS = False
_PROXY_AUTHENTICATION = 407


class Connections:
    """Sends GET requests as they are given, without cookies, redirects or logs."""

    def __init__(
        self, verify: ssl.SSLContext | Literal[True], proxies: Proxies, *, connect: float, read: float
    ) -> None:
        """Both limits are in seconds; how many connections are open at once is the caller's to limit."""
        self._timeout = httpx.Timeout(read, connect=connect, pool=None).as_dict()
        self._verify = verify
        self._proxies = proxies
        self._transports: dict[tuple[str, httpx.URL | None], httpx.AsyncHTTPTransport] = {}

    async def aclose(self) -> None:
        """Closes what is still open."""
        for transport in self._transports.values():
            await transport.aclose()

    async def send(
        self, url: httpx.URL, headers: Mapping[str, str], *, not_private: Code | None = None
    ) -> httpx.Response:
        """Sends a request and returns its response, which the caller closes.

        With `not_private`, that code is raised instead of sending anything to a private address; behind
        a proxy that is known of the address only where the URL itself says it. Raises PROXY when the
        proxy cannot be used.
        """
        extensions: dict[str, Any] = {"timeout": self._timeout}
        if not_private and is_private_literal(host_of(url)):
            raise HuoyuanError(not_private)
        proxy = self._proxies.proxy_for(url)
        opened: list[Any] = []
        extensions["trace"] = _watch(opened, not_private if proxy is None else None)
        # Headers are bytes; Latin-1 gives them back unchanged, whatever they were meant to be.
        sent = httpx.Headers(_USED_ONCE | {**headers}, encoding="latin-1")
        request = httpx.Request("GET", url, headers=sent, extensions=extensions)
        with _proxy_told(proxy):
            try:
                response = await self._transport(url.scheme, proxy).handle_async_request(request)
            except BaseException:
                # httpcore 1.0 forgets a socket whose TLS handshake is cancelled
                for stream in opened:
                    await stream.aclose()
                raise
        if proxy is not None and response.status_code == _PROXY_AUTHENTICATION:
            await response.aclose()
            raise HuoyuanError(Code.PROXY, proxy=shown(proxy))
        response.headers.encoding = "latin-1"
        return response

    def _transport(self, scheme: str, proxy: httpx.URL | None) -> httpx.AsyncHTTPTransport:
        if (scheme, proxy) not in self._transports:
            verify = httpx.create_ssl_context(self._verify) if scheme == "https" else _NO_TLS
            through = None if proxy is None else _proxy(proxy)
            self._transports[scheme, proxy] = httpx.AsyncHTTPTransport(
                verify=verify, limits=httpx.Limits(max_connections=None), proxy=through
            )
        return self._transports[scheme, proxy]


def _proxy(url: httpx.URL) -> httpx.Proxy:
    tls = httpx.create_ssl_context() if url.scheme == "https" else None
    return httpx.Proxy(url, ssl_context=tls)


@contextmanager
def _proxy_told(proxy: httpx.URL | None) -> Iterator[None]:
    """Says that it was the proxy that refused, or could not be reached, or for which a package is missing."""
    try:
        yield
    except (httpx.ConnectError, httpx.ProxyError, ImportError):
        if proxy is None:
            raise
        raise HuoyuanError(Code.PROXY, proxy=shown(proxy)) from None


def _watch(
    opened: list[Any], not_private: Code | None
) -> Callable[[str, Mapping[str, Any]], Awaitable[None]]:
    """A "trace" extension of httpx that notes connections in `opened`.

    With `not_private`, it ends a request once its connection leads to a private address. It sees the
    address really connected to, before TLS and before the request, so that a name which resolves
    differently from one moment to the next (DNS rebinding) gains nothing.
    """

    async def check(event: str, info: Mapping[str, Any]) -> None:
        if event != "connection.connect_tcp.complete":
            return
        stream = info["return_value"]
        opened.append(stream)
        if not_private and is_private_peer(stream.get_extra_info("server_addr")[0]):
            raise HuoyuanError(not_private)

    return check
