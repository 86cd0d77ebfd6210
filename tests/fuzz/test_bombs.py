"""The worst that may come, from bytes to contacts: less than two seconds of CPU each."""

from __future__ import annotations

import contextlib

import pytest

from tests.fuzz.bounds import BOMB_SECONDS, cpu_of
from tests.fuzz.targets import NOW
from tui.contacts import find
from tui.errors import HuoyuanError
from tui.feed_values import Entry
from tui.feeds.parse import parse
from tui.pages import extract
from tui.prepare import prepare
from tui.text import dates
from tui.text.html import to_body

SLOWEST_MACHINE = 3
MANY = 100_000
LONG = 100_000
_ATTRIBUTES = " ".join(f'a{number}="1"' for number in range(MANY))
_LEVELS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
_NESTED = "<b>" * 200_000 + "货" + "</b>" * 200_000
_TEXT = "自家工厂在佛山，主打三到十二岁的卫衣，微信：abc_12345，电话 13800138000。"


def _rss(inside: str, doctype: str = "", attributes: str = "") -> bytes:
    item = f"<item {attributes}><guid>1</guid>{inside}</item>"
    return f'{doctype}<rss version="2.0"><channel><title>货</title>{item}</channel></rss>'.encode()


def _html(inside: str) -> bytes:
    return _rss(f"<title>货</title><description><![CDATA[{inside}]]></description>")


FEEDS = {
    "billion laughs": _rss("<title>&a11;</title>", f'<!DOCTYPE rss [<!ENTITY a0 "货">{_LEVELS}]>'),
    "a quadratic entity": _rss(
        f"<title>{'&a;' * 20_000}</title>", f'<!DOCTYPE rss [<!ENTITY a "{"货" * MANY}">]>'
    ),
    "external entities": _rss(
        "<title>货&x;</title>",
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "http://127.0.0.1/">]>',
    ),
    "100,000 attributes": _rss("<title>货</title>", attributes=_ATTRIBUTES),
    "100,000 attributes of a broken feed": _rss("<title>货</titel>", attributes=_ATTRIBUTES),
    "100,000 attributes in HTML": _html(f"<p {_ATTRIBUTES}>{_TEXT}</p>"),
    "200,000 nested tags": _rss(f"<description>{_NESTED}</description>"),
    "200,000 nested tags in HTML": _html(_NESTED),
    "200,000 nested tags of a broken feed": _rss(f"<title>货</titel><description>{_NESTED}"),
    "200,000 nested arrays": b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 200_000,
    "a megabyte of contacts": _html("<p>" + _TEXT * 25_000),
    "nested tables": _html("<table><tr><td>" * 60_000 + _TEXT),
}
PAGES = {
    "100,000 attributes": f"<p {_ATTRIBUTES}>{_TEXT}</p>",
    "200,000 nested tags": f"{_NESTED}<p>{_TEXT}</p>",
    "headings within each other": f"<p>{_TEXT}</p>" + "]</item>【<h1>" * 12_000,
    "nested segments": f"<div class=text><p>{_TEXT}</p>" * 400,
    "nested segments that are named": f"<div class=text id=x><h3>货</h3><p>{_TEXT * 3}</p>" * 140,
}


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_of_the_worst_kind(name: str) -> None:
    assert cpu_of(lambda: _read(FEEDS[name])) < SLOWEST_MACHINE * BOMB_SECONDS


def _read(data: bytes) -> None:
    with contextlib.suppress(HuoyuanError):
        feed = parse(data, now=NOW)
        assert "root:" not in feed.entries[0].title
        for entry in feed.entries:
            prepare(entry, "", "http://a.example/")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_worst_kind(name: str) -> None:
    def read() -> None:
        with contextlib.suppress(HuoyuanError):
            extract(f"<html><body><h1>货</h1>{PAGES[name]}".encode(), url="http://a.example/")

    assert cpu_of(read) < SLOWEST_MACHINE * BOMB_SECONDS


PIECES = (
    "微信",
    "微信：",
    "1380013",
    "①",
    "1 3 8 ",
    "a.",
    "@",
    "联系人：",
    "q q ",
    "电话13800138000 ",
    "2026年",
    "+",
    "e\u0301",
    "十二月",
)


@pytest.mark.parametrize("piece", PIECES)
def test_the_same_again_and_again_takes_time_in_proportion(piece: str) -> None:
    text = piece * (LONG // len(piece))

    def read() -> None:
        find(text)
        dates.parse(text, now=NOW)
        to_body(f"<p>{text}")
        prepare(Entry("1", text[:500], html=text), "", "")

    assert cpu_of(read) < SLOWEST_MACHINE * BOMB_SECONDS / 2
