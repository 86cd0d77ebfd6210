"""A draft of any format to the values that leave the room: cleaned, dated, told apart."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from tui.feed_values import Entry, ParsedFeed
from tui.feeds.draft import DraftEntry, DraftFeed
from tui.feeds.identity import distinct, make_uid
from tui.feeds.merchant import cleaned, masked_in
from tui.text import dates
from tui.text.clean import clean_line
from tui.text.html import to_line
from tui.text.masks import masked_words

_TITLE_SOURCE = 10_000
_TITLE_LIMIT = 500
_CATEGORY_LIMIT = 32
_NAME_LIMIT = 200
_CHINA_MINUTES = 480
_C1 = re.compile(r"[\x80-\x9f]")


def finish(draft: DraftFeed, *, tier: str, now: int) -> ParsedFeed:
    """The feed that the draft describes, read by `tier`; `now` in Unix seconds bounds its dates.

    A date without a zone is Chinese time in a Chinese feed and in one that names no language.
    """
    language = clean_line(draft.language, _NAME_LIMIT)
    chinese = language.lower().startswith("zh") or not language

    @cache  # an entry often gives one date twice
    def date(raw: str) -> int | None:
        return dates.parse(raw, now=now, zone_minutes=_CHINA_MINUTES if chinese else 0) if raw else None

    return ParsedFeed(
        title=_title(draft.title),
        entries=distinct(_entry(entry, date) for entry in draft.entries if not entry.is_blank),
        link=draft.link,
        language=language,
        schedule=draft.schedule,
        tier=tier,
        left_out=draft.left_out,
    )


def _entry(draft: DraftEntry, date: Callable[[str], int | None]) -> Entry:
    published, updated = date(draft.published), date(draft.updated)
    title = _title(draft.title)
    html = _sound(draft.html)
    raw = clean_line(draft.published or draft.updated, _NAME_LIMIT)
    return Entry(
        uid=make_uid(draft.uid, draft.link, title, raw, html),
        title=title,
        link=draft.link,
        author=clean_line(_sound(draft.author), _NAME_LIMIT),
        html=html,
        published=updated if published is None else published,
        published_raw=raw,
        updated=updated,
        categories=_categories(draft.categories),
        merchant=cleaned(draft.merchant),
        comments=draft.comments,
        images=draft.images,
        masked=(*masked_words(draft.title[:_TITLE_SOURCE]), *masked_in(draft.merchant)),
    )


def _title(html: str) -> str:
    """A title as one line; an ellipsis says where a longer one was cut."""
    line = to_line(_sound(html[:_TITLE_SOURCE]))
    is_whole = len(line) < _TITLE_LIMIT and len(html) <= _TITLE_SOURCE
    return line if is_whole else f"{line[: _TITLE_LIMIT - 1]}…"


def _categories(names: tuple[str, ...]) -> tuple[str, ...]:
    lines = dict.fromkeys(clean_line(name, _NAME_LIMIT) for name in names[:_CATEGORY_LIMIT])
    return tuple(filter(None, lines))


def _sound(text: str) -> str:
    """The text without lone surrogates, and with the Windows-1252 characters that C1 controls stand for."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        data = text.encode("utf-8", "replace")
        text = data.decode()
    # In UTF-8 every C1 control begins with C2, which a byte search finds much faster than a regex.
    return _C1.sub(_from_windows, text) if b"\xc2" in data else text


def _from_windows(control: re.Match[str]) -> str:
    return control[0].encode("latin-1").decode("cp1252", "ignore")
