"""Addresses of feeds as a user types them: which can be one, and which are the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from urllib.parse import urlsplit, urlunsplit

from tui.config.rules import is_feed_url
from tui.errors import Code, HuoyuanError
from tui.feed_values import FeedSpec
from tui.text import secrets
from tui.text.clean import clean_line
from tui.text.secrets import without_user

_PORTS = {"http": 80, "https": 443}


class Known:
    """The feeds that there are, found by address whatever makes no difference in it."""

    def __init__(self, feeds: Iterable[FeedSpec]) -> None:
        self._feeds: dict[str, FeedSpec] = {}
        for feed in feeds:
            self._put(feed)

    def add(self, spec: FeedSpec) -> None:
        """Take a feed that is new; raises BAD_FEED_URL and FEED_KNOWN.

        An address is known too where the same stands there with a password, which exports leave out.
        """
        _check(spec.url)
        plain = _plain(spec.url)
        bare = without_user(plain)
        known = self._feeds.get(plain) or (self._feeds.get(bare) if "://@" in plain else None)
        if known is not None:
            raise _is_known(known)
        self._put(spec)

    def _put(self, feed: FeedSpec) -> None:
        plain = _plain(feed.url)
        self._feeds.setdefault(plain, feed)
        self._feeds.setdefault(without_user(plain), feed)


def new_url(typed: str, feeds: Sequence[FeedSpec]) -> str:
    """The address of a feed that is to be added; raises BAD_FEED_URL, or FEED_KNOWN for one that is there."""
    url = typed.strip()
    _check(url)
    known = _same(url, feeds)
    if known is not None:
        raise _is_known(known)
    return url


def _check(url: str) -> None:
    if not is_feed_url(url):
        raise HuoyuanError(Code.BAD_FEED_URL, url=shown_url(url))


def _is_known(feed: FeedSpec) -> HuoyuanError:
    return HuoyuanError(Code.FEED_KNOWN, url=shown_url(feed.url), title=feed.title)


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
