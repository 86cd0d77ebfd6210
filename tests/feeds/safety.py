"""What every string that leaves the room must satisfy."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields

from tui.feed_values import Entry, ParsedFeed

_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def shown_strings(feed: ParsedFeed) -> Iterator[str]:
    """Every string of a feed that a screen may show as it is."""
    yield from (feed.title, feed.link, feed.language, feed.tier)
    for entry in feed.entries:
        yield from (entry.uid, entry.title, entry.link, entry.author, entry.published_raw)
        yield from entry.categories
        yield from entry.images
        yield from _texts(entry)


def _texts(entry: Entry) -> Iterator[str]:
    for part in (entry.merchant, entry.comments):
        if part is not None:
            values = (getattr(part, field.name) for field in fields(part))
            yield from (value for value in values if isinstance(value, str))


def is_safe(text: str) -> bool:
    """Whether a terminal shows the text as one line and acts on nothing in it."""
    return not any(
        unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in _BIDI_CONTROLS
        for character in text
    )


def assert_sound(feed: ParsedFeed) -> None:
    """Fail where a value of the feed breaks a promise of the room."""
    assert [text for text in shown_strings(feed) if not is_safe(text)] == []
    assert len({entry.uid for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        assert entry.uid
        assert len(entry.title) <= 500
        assert all(link.startswith(("http://", "https://")) for link in (entry.link, *entry.images) if link)
        entry.html.encode()
