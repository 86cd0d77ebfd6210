"""What each key of feeds.toml may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from tui.commands import PRESETS
from tui.config.document import Document
from tui.config.lines import Place
from tui.errors import Code
from tui.values import frozen

_SAMPLE_NAME = re.compile(r"\w[\w.-]*")
_YEAR_OF_MINUTES = 525_600


@frozen
class Rule:
    """A value's type, a test of the value, and what that test allows as the message lists it."""

    kind: type
    accepts: Callable[[Any], bool] = lambda _: True
    allowed: str = ""


def _one_of(*words: str) -> Rule:
    return Rule(str, words.__contains__, ", ".join(words))


def is_feed_url(url: str) -> bool:
    """Whether a URL is one that a refresh can read: of the web, of a file, or a sample by its name."""
    if not url.isprintable():
        return False
    try:
        parts = urlsplit(url)
        web = bool(parts.hostname) and parts.port != 0 and " " not in url
    except ValueError:
        return False
    return {
        "http": web,
        "https": web,
        "file": bool(parts.path),
        "sample": bool(_SAMPLE_NAME.fullmatch(parts.path)),
    }.get(parts.scheme, False)


_MINUTES = Rule(int, lambda minutes: 0 <= minutes <= _YEAR_OF_MINUTES, f"0–{_YEAR_OF_MINUTES}")

READER = {
    "language": _one_of("auto", "zh", "en"),
    "refresh_minutes": _MINUTES,
    "refresh_on_start": Rule(bool),
    "theme": _one_of("dark", "light"),
    "keys": _one_of(*PRESETS),
    "mark_read": _one_of("open", "preview"),
    "marks": _one_of("symbols", "words", "none"),
    "splash": Rule(bool),
}

FEED = {
    "url": Rule(str, is_feed_url, "https://…, http://…, file:…, sample:…"),
    "title": Rule(str),
    "category": Rule(str),
    "refresh_minutes": _MINUTES,
    "full_text": Rule(bool),
    "qr": Rule(bool),
}


def check(document: Document, place: Place, table: Any, rules: Mapping[str, Rule]) -> dict[str, Any]:
    """The table at a place, every key and value of it allowed; raises a CONFIG_… error if not."""
    document.expect(dict, table, place)
    checked: dict[str, Any] = table
    for key, value in checked.items():
        here = (*place, key)
        rule = rules.get(key)
        if rule is None:
            raise document.unknown(here, list(rules))
        document.expect(rule.kind, value, here)
        if not rule.accepts(value):
            raise document.error(Code.CONFIG_BAD_VALUE, here, key=key, value=str(value), allowed=rule.allowed)
    return checked
