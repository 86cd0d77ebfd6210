"""What a feed says of an entry's comments: slash, wfw, RSS's own element, Atom threading (RFC 4685)."""

from __future__ import annotations

from tui.feeds.fields import Fields
from tui.feeds.links import absolute
from tui.feeds.names import THREAD_COUNT
from tui.feeds.values import whole
from tui.model import Comments

_NOTHING = Comments()
_ELEMENTS = ("slash:comments", "thr:total", "comments", "wfw:commentRss", "wfw:commentRSS", "atom:link")
_FEED_TYPES = ("application/atom+xml", "application/rss+xml")


def read_comments(fields: Fields, base: str) -> Comments | None:
    """The comments that an entry's elements name."""
    if not fields.has_any(_ELEMENTS):
        return None
    count = fields.text("slash:comments", "thr:total")
    page = fields.text("comments")
    feed = fields.text("wfw:commentRss", "wfw:commentRSS")
    for link in fields.all("atom:link"):
        if link.get("rel") == "replies":
            count = count or link.get(THREAD_COUNT, "")
            if link.get("type") in _FEED_TYPES:
                feed = feed or link.get("href", "")
            else:
                page = page or link.get("href", "")
    return comments(count=count, page=page, feed=feed, base=base)


def comments(*, count: str, page: str, feed: str, base: str) -> Comments | None:
    """The comments in those texts; None when not one says anything."""
    if not (count or page or feed):
        return None
    found = Comments(whole(count), absolute(page, base), absolute(feed, base))
    return None if found == _NOTHING else found
