"""Addresses of feeds as a user types them: which can be one, and which are the same."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from urllib.parse import urlsplit, urlunsplit

from tui.config.rules import is_feed_url
from tui.errors import Code, HuoyuanError
from tui.feed_values import FeedSpec
from tui.text import secrets
from tui.text.clean import clean_line

_PORTS = {"http": 80, "https": 443}


def new_url(typed: str, feeds: Sequence[FeedSpec]) -> str:
    """The address of a feed that is to be added; raises BAD_FEED_URL, or FEED_KNOWN for one that is there."""
    url = typed.strip()
    if not is_feed_url(url):
        raise HuoyuanError(Code.BAD_FEED_URL, url=shown_url(url))
    known = _same(url, feeds)
    if known is not None:
        raise HuoyuanError(Code.FEED_KNOWN, url=shown_url(known.url), title=known.title)
    return url


def known_feed(typed: str, feeds: Sequence[FeedSpec]) -> FeedSpec:
    """The feed that an address means; raises NO_SUCH_FEED with the nearest one that there is."""
    url = typed.strip()
    found = next((feed for feed in feeds if feed.url == url), None) or _same(url, feeds)
    if found is None:
        nearest = next(iter(get_close_matches(url, [feed.url for feed in feeds], 1)), "")
        raise HuoyuanError(Code.NO_SUCH_FEED, url=shown_url(url), nearest=shown_url(nearest))
    return found


def shown_url(url: str) -> str:
    """An address as messages may name it: safe to show, without names, passwords and keys."""
    return clean_line(secrets.shown_url(url), 200)


def _same(url: str, feeds: Sequence[FeedSpec]) -> FeedSpec | None:
    plain = _plain(url)
    return next((feed for feed in feeds if _plain(feed.url) == plain), None)


def _plain(url: str) -> str:
    """An address without what makes no difference: capitals of the host, the usual port, a fragment."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port not in {None, _PORTS.get(parts.scheme)} else ""
    except ValueError:
        return url
    if parts.scheme not in _PORTS:
        return url
    user = parts.netloc.rpartition("@")[0]
    return urlunsplit((parts.scheme, f"{user}@{host}{port}", parts.path or "/", parts.query, ""))
