"""What one fetch sets out with, and where a redirect may take which part of it."""

from __future__ import annotations

import base64
import string
from dataclasses import dataclass
from urllib.parse import quote

import httpx

from tui.errors import Code, HuoyuanError
from tui.net.headers import validator

_LONGEST_TOLD = 100
_KEPT_AS_IS = string.ascii_letters + string.digits + string.punctuation


@dataclass(frozen=True, slots=True)
class Errand:
    """A URL without its credentials, the credentials as a header, the validators, and the permission."""

    start: httpx.URL
    authorization: str
    etag: str
    last_modified: str
    allow_private: bool

    @property
    def conditional(self) -> bool:
        """Whether a 304 would answer what was asked."""
        return bool(self.etag or self.last_modified)

    def headers(self, url: httpx.URL) -> dict[str, str]:
        """The headers for one hop: credentials go nowhere but where the user typed them for."""
        wanted = {
            "If-None-Match": self.etag,
            "If-Modified-Since": self.last_modified,
            "Authorization": self.authorization if _keeps_credentials(self.start, url) else "",
        }
        return {name: value for name, value in wanted.items() if value}

    def may_be_private(self, url: httpx.URL) -> bool:
        """Whether this hop may lead into a private network: only the host that the user typed may."""
        return self.allow_private and url.raw_host == self.start.raw_host


def set_out(url: str, etag: str, last_modified: str, allow_private: bool) -> Errand:
    """Reads the URL of a fetch; raises BAD_SCHEME unless it is http or https and has a host."""
    typed = _parse(url)
    authorization = ""
    if typed.userinfo:
        credentials = f"{typed.username}:{typed.password}".encode()
        authorization = "Basic " + base64.b64encode(credentials).decode("ascii")
    return Errand(_bare(typed), authorization, validator(etag), validator(last_modified), allow_private)


def redirected(url: httpx.URL, location: bytes) -> httpx.URL:
    """Where a redirect from `url` leads; raises BAD_SCHEME, or REDIRECT when it must not be followed."""
    if not location:
        raise HuoyuanError(Code.REDIRECT)
    # Servers write UTF-8 or GBK paths unescaped; quoting the bytes keeps whatever they meant.
    text = quote(location, safe=_KEPT_AS_IS)
    try:
        target = _bare(_parse(str(url.join(text))))
    except (httpx.InvalidURL, ValueError):
        raise HuoyuanError(Code.REDIRECT) from None
    if url.scheme == "https" and target.scheme == "http":
        raise HuoyuanError(Code.REDIRECT)
    return target


def host_of(url: httpx.URL) -> str:
    """The host of a URL in ASCII: what is resolved, compared and told to the user."""
    return url.raw_host.decode("ascii")


def _parse(url: str) -> httpx.URL:
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        raise HuoyuanError(Code.BAD_SCHEME, url=_told(url)) from None
    port_exists = parsed.port is None or 0 < parsed.port < 65536
    if parsed.scheme not in ("http", "https") or not parsed.raw_host or not port_exists:
        raise HuoyuanError(Code.BAD_SCHEME, url=_told(url))
    return parsed


def _told(url: str) -> str:
    """As much of a URL that is none of ours as may be told: no password, no query, not a megabyte."""
    scheme, colon, rest = url.partition("?")[0].partition(":")
    credentials, at, place = rest.rpartition("@")
    return f"{scheme}{colon}{'//' if at and credentials.startswith('//') else ''}{place}"[:_LONGEST_TOLD]


def _bare(url: httpx.URL) -> httpx.URL:
    if not url.userinfo and "#" not in str(url):
        return url
    return url.copy_with(username=None, password=None, fragment=None)


def _keeps_credentials(typed: httpx.URL, url: httpx.URL) -> bool:
    """The same origin, or the same host after an upgrade from http to https on the default ports."""
    if typed.raw_host != url.raw_host:
        return False
    upgraded = (typed.scheme, typed.port, url.scheme, url.port) == ("http", None, "https", None)
    return upgraded or (typed.scheme, typed.port) == (url.scheme, url.port)
