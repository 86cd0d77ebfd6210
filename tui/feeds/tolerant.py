"""Tier 3: feedparser, for what neither strict parsing nor our repair can read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any

from tui.feeds.comments import comments
from tui.feeds.draft import ENTRY_LIMIT, DraftEntry, DraftFeed
from tui.feeds.links import absolute, image_links
from tui.feeds.markup import from_guess, from_text, longest
from tui.feeds.media import is_image
from tui.feeds.merchant import read_merchant
from tui.feeds.names import MERCHANT_NAMESPACE
from tui.feeds.schedule import read_schedule
from tui.feeds.values import people, person

_TAG_LIMIT = 40_000
_TAG_LENGTH = 500_000
_REFERENCE_LIMIT = 400_000
_NAMESPACE_LIMIT = 1_000
_ATTRIBUTE_LIMIT = 500
_ATTRIBUTE = re.compile(r"""=\s*["']""")
_HEADERS = {"content-type": "application/xml; charset=utf-8"}


def read_tolerant(text: str) -> DraftFeed | None:
    """The draft that feedparser makes of a text; None when it fails, finds nothing, or must not see it."""
    if not _bearable(text):
        return None
    import feedparser  # noqa: PLC0415 - takes longer to import than most refreshes take, and few need it

    try:
        # Bytes in a stream: a bare string could be taken for the name of a file or a URL.
        result = feedparser.parse(
            BytesIO(text.encode("utf-8", "replace")),
            response_headers=_HEADERS,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception:  # hostile input makes it raise ValueError, OverflowError, AssertionError and others
        return None
    draft = _feed(result)
    return None if all(entry.is_blank for entry in draft.entries) else draft


def _bearable(text: str) -> bool:
    """Whether feedparser takes a time for the text that grows no faster than the text does."""
    limits = {"<": _TAG_LIMIT, "&": _REFERENCE_LIMIT, "xmlns": _NAMESPACE_LIMIT}
    if any(text.count(mark) > limit for mark, limit in limits.items()):
        return False
    return all(map(_bearable_tag, text.split("<")))


def _bearable_tag(piece: str) -> bool:
    """The same for what stands between two "<": a tag and the text behind it."""
    if len(piece.partition(">")[0]) > _TAG_LENGTH:
        return False
    return piece.count("=") <= _ATTRIBUTE_LIMIT or len(_ATTRIBUTE.findall(piece)) <= _ATTRIBUTE_LIMIT


def _feed(result: Any) -> DraftFeed:
    feed = dict(result.feed)
    link = absolute(_text(feed, "link"))
    prefixes = [prefix for prefix, uri in result.get("namespaces", {}).items() if uri == MERCHANT_NAMESPACE]
    merchant_prefix = prefixes[0] if prefixes else "merchant"
    # As plain dictionaries: feedparser's own warn about, and redirect, some keys.
    entries = map(dict, result.entries[:ENTRY_LIMIT])
    return DraftFeed(
        title=from_guess(_text(feed, "title")),
        entries=tuple(_entry(entry, link, merchant_prefix) for entry in entries),
        link=link,
        language=_text(feed, "language"),
        schedule=read_schedule(
            ttl=_text(feed, "ttl"),
            period=_text(feed, "sy_updateperiod"),
            frequency=_text(feed, "sy_updatefrequency"),
        ),
    )


def _entry(entry: dict[str, Any], base: str, merchant_prefix: str) -> DraftEntry:
    authors = [_text(author, "name") or _text(author, "email") for author in _dicts(entry, "authors")]
    return DraftEntry(
        uid=_text(entry, "id"),
        title=from_guess(_text(entry, "title")),
        link=absolute(_text(entry, "link"), base),
        author=people(authors) or person(_text(entry, "author")),
        html=longest(map(_html, (*_dicts(entry, "content"), *_summary(entry)))),
        published=_text(entry, "published"),
        updated=_text(entry, "updated"),
        categories=tuple(_text(tag, "label") or _text(tag, "term") for tag in _dicts(entry, "tags")),
        merchant=read_merchant(lambda name: _text(entry, f"{merchant_prefix}_{name}")),
        comments=comments(
            count=_text(entry, "slash_comments"),
            page=_text(entry, "comments"),
            feed=_text(entry, "wfw_commentrss"),
            base=base,
        ),
        images=image_links(_images(entry), base),
    )


def _summary(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    detail = entry.get("summary_detail")
    yield detail if isinstance(detail, dict) else {"value": _text(entry, "summary")}


def _html(content: dict[str, Any]) -> str:
    value = _text(content, "value")
    return from_text(value) if content.get("type") == "text/plain" else value


def _images(entry: dict[str, Any]) -> Iterator[str]:
    for media in chain(_dicts(entry, "links"), _dicts(entry, "media_content")):
        if is_image(_text(media, "type")) or is_image(_text(media, "medium")):
            yield _text(media, "href") or _text(media, "url")
    for thumbnail in _dicts(entry, "media_thumbnail"):
        yield _text(thumbnail, "url")


def _text(holder: dict[str, Any], key: str) -> str:
    value = dict.get(holder, key)
    return value.strip() if isinstance(value, str) else ""


def _dicts(holder: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = holder.get(key)
    return [dict(item) for item in value if isinstance(item, dict)] if isinstance(value, list) else []
