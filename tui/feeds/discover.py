"""The feeds that an HTML page names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from tui.text.clean import clean_line
from tui.text.markup import Tag

_HEAD_LIMIT = 262_144
_LINK_LIMIT = 4096
_TAG = re.compile(r"<(link|base)\b([^<>]{0,8000})>", re.IGNORECASE)
_FEED_TYPES = frozenset(
    f"application/{kind}" for kind in ("rss+xml", "atom+xml", "rdf+xml", "feed+json", "json", "xml")
) | {"text/xml"}


def feed_links(page: str, url: str = "") -> Iterator[str]:
    """The feeds that the page's head names as its alternates, resolved against its base and `url`.

    Without either a relative link comes out relative.
    """
    for found in _TAG.finditer(page[:_HEAD_LIMIT]):
        attributes = Tag(found[1].lower(), False, found[2]).attributes()
        link = _joined(url, attributes.get("href", ""))
        if found[1].lower() == "base":
            url = link or url
        elif link and _names_feed(attributes):
            yield link


def _names_feed(attributes: dict[str, str]) -> bool:
    alternate = "alternate" in attributes.get("rel", "").lower().split()
    return alternate and attributes.get("type", "").strip().lower() in _FEED_TYPES


def _joined(base: str, link: str) -> str:
    try:
        url = urljoin(base, clean_line(link, _LINK_LIMIT))
        return url if urlsplit(url).scheme in ("http", "https", "") else ""
    except ValueError:
        return ""
