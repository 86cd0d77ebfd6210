"""What a response's headers mean: validators, freshness, Retry-After, type and charset."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

MAX_RETRY_AFTER = 7 * 24 * 3600
"""Seconds; no server is obeyed for longer."""

DEFAULT_RETRY_AFTER = 3600
"""Seconds; for a server that says "too many requests" but not for how long."""

_LONGEST_VALIDATOR = 1024
_UNSENDABLE = re.compile(r"[^ -~\xa0-\xff]")
_LONGEST_DATE = 64
_LONGEST_NUMBER = 18


def validator(value: str) -> str:
    """An ETag or Last-Modified exactly as received, or "" if it could not be sent back in a header."""
    return value if len(value) <= _LONGEST_VALIDATOR and not _UNSENDABLE.search(value) else ""


def media_type(content_type: str) -> str:
    """The type of a Content-Type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()


def charset(content_type: str) -> str:
    """The charset of a Content-Type, or ""."""
    return dict(_parameters(content_type, ";")).get("charset", "")


def max_age(headers: Mapping[str, str], *, now: float) -> int | None:
    """Seconds for which an answer stays fresh (RFC 9111, 4.2.1), or None if the server does not say.

    The names in `headers` are looked up in lower case.
    """
    directives = dict(_parameters(headers.get("cache-control", ""), ","))
    if directives.keys() & {"no-store", "no-cache"}:
        return None
    if "max-age" in directives:
        return whole_number(directives["max-age"])
    expiry, sent = _timestamp(headers.get("expires", "")), _timestamp(headers.get("date", ""))
    if expiry is None:
        return None
    return max(0, int(expiry - (now if sent is None else sent)))


def retry_after(value: str, *, now: float) -> int:
    """Seconds to wait by a Retry-After of seconds or a date (RFC 9110, 10.2.3), 7 days at most."""
    seconds = whole_number(value.strip())
    if seconds is None:
        moment = _timestamp(value)
        seconds = DEFAULT_RETRY_AFTER if moment is None else int(moment - now)
    return min(max(0, seconds), MAX_RETRY_AFTER)


def whole_number(text: str) -> int | None:
    """A number of decimal digits, however many a hostile server writes; None if it is none."""
    if not (text.isascii() and text.isdigit()):
        return None
    return int(text) if len(text) <= _LONGEST_NUMBER else 10**_LONGEST_NUMBER


def _parameters(value: str, separator: str) -> Iterator[tuple[str, str]]:
    for part in value.split(separator):
        name, _, setting = part.partition("=")
        yield name.strip().lower(), setting.strip().strip("\"'")


def _timestamp(date: str) -> float | None:
    if len(date) > _LONGEST_DATE:
        return None
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
