"""Tier 0: JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), with our `_merchant` extension."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from tui.feeds.draft import ENTRY_LIMIT, DraftEntry, DraftFeed
from tui.feeds.links import absolute, image_links
from tui.feeds.markup import from_guess, from_text, longest
from tui.feeds.media import is_image
from tui.feeds.merchant import read_merchant
from tui.feeds.values import people

_VERSION = "jsonfeed.org/version/"


def read_json(text: str) -> DraftFeed | None:
    """The draft of a JSON Feed; None when the text is not JSON or does not say that it is a feed."""
    try:
        feed = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(feed, dict) or _VERSION not in _text(feed.get("version")):
        return None
    link = absolute(_text(feed.get("home_page_url")))
    authors = _authors(feed)
    items = _objects(feed.get("items"))
    return DraftFeed(
        title=from_guess(_text(feed.get("title"))),
        entries=tuple(_entry(item, link, authors) for item in items[:ENTRY_LIMIT]),
        link=link,
        language=_text(feed.get("language")),
        left_out=max(0, len(items) - ENTRY_LIMIT),
    )


def _entry(item: dict[str, Any], base: str, feed_authors: str) -> DraftEntry:
    def text(name: str) -> str:
        return _text(item.get(name))

    return DraftEntry(
        uid=text("id"),
        title=from_guess(text("title")),
        link=absolute(text("url"), base) or absolute(text("external_url"), base),
        author=_authors(item) or feed_authors,
        html=longest((text("content_html"), from_text(text("content_text")), from_text(text("summary")))),
        published=text("date_published"),
        updated=text("date_modified"),
        categories=tuple(map(_text, _list(item.get("tags")))),
        merchant=read_merchant(_object(item.get("_merchant")).get),
        images=image_links(chain((text("image"), text("banner_image")), _attached_images(item)), base),
    )


def _authors(holder: dict[str, Any]) -> str:
    """The names in `authors` (1.1) or `author` (1.0) of a feed or an item."""
    authors = _objects(holder.get("authors")) or [_object(holder.get("author"))]
    return people([_text(author.get("name")) for author in authors])


def _attached_images(item: dict[str, Any]) -> Iterator[str]:
    for attachment in _objects(item.get("attachments")):
        if is_image(_text(attachment.get("mime_type"))):
            yield _text(attachment.get("url"))


def _text(value: object) -> str:
    """A string, or a number as one (some feeds number their items); "" for every other type."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: object) -> list[dict[str, Any]]:
    return [item for item in _list(value) if isinstance(item, dict)]
