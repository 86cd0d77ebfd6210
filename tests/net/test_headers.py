"""Headers are read as their RFCs say, and nothing in them raises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.net import headers

NOW = 1_792_058_400  # 2026-10-15 10:00:00 GMT
WEEK = 7 * 24 * 3600
DATE_PARTS = [
    "Thu,",
    "15",
    "Oct",
    "Dec",
    "31",
    "2026",
    "9999",
    "0001",
    "9" * 20,
    "23:59:59",
    "1:2",
    "+2359",
    "-2359",
]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("0", 0),
        ("99999999999999999999", WEEK),
        ("9" * 10_000, WEEK),
        ("Thu, 15 Oct 2026 11:00:00 GMT", 3600),
        ("Thu, 15 Oct 2026 11:00:00", 3600),
        ("Thu, 15 Oct 2026 09:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", WEEK),
        ("", headers.DEFAULT_RETRY_AFTER),
        ("-5", headers.DEFAULT_RETRY_AFTER),
        ("1.5", headers.DEFAULT_RETRY_AFTER),
        ("一会儿", headers.DEFAULT_RETRY_AFTER),
        ("15 Oct 99999999999999999999 11:00:00 GMT", headers.DEFAULT_RETRY_AFTER),
        ("15 Oct 2026 11:00:00 +99999999999999", headers.DEFAULT_RETRY_AFTER),
        ("Thu, 99 Foo 2026 11:00:00 GMT", headers.DEFAULT_RETRY_AFTER),
    ],
)
def test_retry_after(value: str, seconds: int) -> None:
    assert headers.retry_after(value, now=NOW) == seconds


@pytest.mark.parametrize(
    ("given_headers", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=3600"}, 3600),
        ({"cache-control": 'public, Max-Age="60"'}, 60),
        ({"cache-control": "max-age=3600, no-cache"}, None),
        ({"cache-control": "no-store", "expires": "Thu, 15 Oct 2026 11:00:00 GMT"}, None),
        ({"cache-control": "max-age=x", "expires": "Thu, 15 Oct 2026 11:00:00 GMT"}, None),
        ({"cache-control": "public", "expires": "Thu, 15 Oct 2026 11:00:00 GMT"}, 3600),
        ({"expires": "Thu, 15 Oct 2026 11:00:00 GMT", "date": "Thu, 15 Oct 2026 10:50:00 GMT"}, 600),
        ({"expires": "Thu, 15 Oct 2020 11:00:00 GMT"}, 0),
        ({"expires": "0"}, None),
    ],
)
def test_max_age(given_headers: dict[str, str], seconds: int | None) -> None:
    assert headers.max_age(given_headers, now=NOW) == seconds


@pytest.mark.parametrize(
    ("content_type", "media_type", "charset"),
    [
        ("text/xml; charset=GBK", "text/xml", "GBK"),
        ("Application/RSS+XML ;Charset='utf-8'; x=y", "application/rss+xml", "utf-8"),
        ('text/xml;charset="gb2312"', "text/xml", "gb2312"),
        ("text/xml", "text/xml", ""),
        ("", "", ""),
    ],
)
def test_content_type(content_type: str, media_type: str, charset: str) -> None:
    assert headers.media_type(content_type) == media_type
    assert headers.charset(content_type) == charset


@pytest.mark.parametrize("value", ['"abc"', "W/\"x'", "abc", '""quoted"', "\xe4\xb8\xad", "Thu, 15 Oct 2026"])
def test_a_validator_is_kept_verbatim(value: str) -> None:
    assert headers.validator(value) == value


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\0", "\x1b[2J", "\x85", "中", "x" * 8192])
def test_a_validator_that_cannot_be_sent_back_is_dropped(value: str) -> None:
    assert headers.validator(value) == ""


@given(st.text() | st.lists(st.sampled_from(DATE_PARTS), max_size=8).map(" ".join))
def test_no_header_value_raises(text: str) -> None:
    assert 0 <= headers.retry_after(text, now=NOW) <= WEEK
    for name in ("cache-control", "expires", "date"):
        found = headers.max_age({"expires": "0", name: text}, now=NOW)
        assert found is None or found >= 0
    assert headers.charset(text) in text
    assert len(headers.validator(text)) <= len(text)
