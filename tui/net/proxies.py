"""Which proxy a request goes through, by HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.request import getproxies

import httpx

from tui.errors import Code, HuoyuanError
from tui.net.addresses import is_visibly_private

_SCHEMES = ("http", "https", "socks5", "socks5h")


class Proxies:
    """The user's proxies; hosts of the user's own network are never asked for through one.

    What a proxy resolves cannot be checked from here, so a name that leads into a private network is
    refused only where no proxy stands between.
    """

    def __init__(self, found: Mapping[str, str] | None = None) -> None:
        """Takes those of the environment (on macOS and Windows also the system's), or those `found`."""
        self._found = dict(getproxies() if found is None else found)

    def proxy_for(self, url: httpx.URL) -> httpx.URL | None:
        """The proxy for a URL; raises PROXY when what the user set is no proxy we know."""
        text = self._found.get(url.scheme) or self._found.get("all", "")
        host = url.raw_host.decode("ascii").strip("[]").lower()
        if not text or is_visibly_private(host) or self._is_spared(host, url.port):
            return None
        return _read(text)

    def _is_spared(self, host: str, port: int | None) -> bool:
        """Whether NO_PROXY names a host, its domain, its network or all there are."""
        for entry in self._found.get("no", "").lower().split(","):
            name = entry.strip().lstrip("*").lstrip(".")
            if entry.strip() == "*" or (name and _names(name, host, port)):
                return True
        return False


def _names(name: str, host: str, port: int | None) -> bool:
    if "/" in name:
        return _holds(name, host)
    whole = f"{host}:{port}" if port else host
    return any(asked == name or asked.endswith(f".{name}") for asked in (host, whole))


def shown(proxy: httpx.URL) -> str:
    """A proxy as errors may name it: without the user's password."""
    port = f":{proxy.port}" if proxy.port else ""
    return proxy.host + port


def _read(text: str) -> httpx.URL:
    try:
        proxy = httpx.URL(text if "://" in text else f"http://{text}")
    except (httpx.InvalidURL, ValueError):
        raise HuoyuanError(Code.PROXY, proxy="?") from None
    if proxy.scheme not in _SCHEMES or not proxy.host:
        raise HuoyuanError(Code.PROXY, proxy=shown(proxy))
    return proxy


def _holds(network: str, host: str) -> bool:
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(network, strict=False)
    except ValueError:
        return False
