"""Which tier reads a document, and what a document is that none of them reads."""

from __future__ import annotations

import gzip

import pytest

from tests.feeds.safety import assert_sound
from tui.errors import Code, HuoyuanError, Problem
from tui.feed_values import ParsedFeed
from tui.feeds.parse import parse

NOW = 1_795_300_000


def read(text: str, charset: str = "") -> ParsedFeed:
    return parse(text.encode(), charset=charset, now=NOW)


def problem(data: bytes) -> Problem:
    with pytest.raises(HuoyuanError) as caught:
        parse(data, now=NOW)
    return caught.value.problem


def rss(items: str) -> str:
    return f'<rss version="2.0"><channel><title>货源</title>{items}</channel></rss>'


@pytest.mark.parametrize(
    ("text", "tier", "titles"),
    [
        (rss("<item><title>女装</title></item>"), "strict", ["女装"]),
        (f"\ufeff\n\n{rss('<item><title>女装</title></item>')}", "strict", ["女装"]),
        (f"<!-- 说明 --><?pi x?>{rss('<item><title>女装</title></item>')}", "strict", ["女装"]),
        (f"<!DOCTYPE rss>{rss('<item><title>女装</title></item>')}", "repair", ["女装"]),
        (f"<!DOCTYPE html>{rss('<item><title>女装</title></item>')}", "repair", ["女装"]),
        (rss("<item><title>女装\ufffd</title></item>"), "repair", ["女装\ufffd"]),
        (rss(""), "strict", []),
        (rss("<description>一个 item 也没有</description>"), "repair", []),
        (rss("<item/><item><title>女装</title></item><item/>"), "tolerant", ["女装"]),
        (rss("<item><description>只有内容</description></item>"), "tolerant", [""]),
        (rss('<entry xmlns="http://www.w3.org/2005/Atom"><title>童装</title></entry>'), "tolerant", ["童装"]),
        (
            rss(
                '<item><title>女装</title></item><entry xmlns="http://www.w3.org/2005/Atom"><id>1</id></entry>'
            ),
            "tolerant",
            ["女装", ""],
        ),
        ("<rss><item><title>没有频道</title></item></rss>", "tolerant", ["没有频道"]),
        (
            "<rss><channel><item><title>甲</title></item></channel>"
            "<channel><item><title>乙</title></item></channel></rss>",
            "tolerant",
            ["甲", "乙"],
        ),
        ("<RSS><CHANNEL><ITEM><TITLE>大写</TITLE></ITEM></CHANNEL></RSS>", "tolerant", ["大写"]),
        ("<channel><item><title>CDF</title></item></channel>", "tolerant", ["CDF"]),
        ('{"version": "https://jsonfeed.org/version/1.1", "items": []}', "json", []),
    ],
)
def test_the_first_tier_that_can_be_trusted_reads_it(text: str, tier: str, titles: list[str]) -> None:
    feed = read(text)
    assert (feed.tier, [entry.title for entry in feed.entries]) == (tier, titles)
    assert_sound(feed)


@pytest.mark.parametrize(
    ("data", "code", "details"),
    [
        (b"", Code.EMPTY, {}),
        (b" \r\n\t ", Code.EMPTY, {}),
        (b"\xef\xbb\xbf\n", Code.EMPTY, {}),
        (b'{"errcode": 40001, "errmsg": "invalid credential"}', Code.NOT_A_FEED, {"found": "json"}),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [', Code.NOT_A_FEED, {"found": "json"}),
        (b'["https://jsonfeed.org/version/1.1"]', Code.NOT_A_FEED, {"found": "json"}),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06", Code.NOT_A_FEED, {"found": "binary"}),
        (gzip.compress("<rss>货源</rss>".encode(), mtime=0), Code.NOT_A_FEED, {"found": "binary"}),
        ("系统维护中".encode(), Code.NOT_A_FEED, {"found": "text"}),
        (b"<?xml version='1.0'?><opml/>", Code.NOT_A_FEED, {"found": "xml"}),
        (b"<!DOCTYPE html><title>x</title>", Code.NOT_A_FEED, {"found": "html"}),
        (b"<html><script>var a = '<rss>';</script></html>", Code.NOT_A_FEED, {"found": "html"}),
        (b"<br /><b>Fatal error</b><body>", Code.NOT_A_FEED, {"found": "html"}),
        (b"<rss", Code.NOT_A_FEED, {"found": "xml"}),
        (b"<rss></rss>", Code.PARSE_ERROR, {}),
        (b"<rss><channel><item><ti", Code.PARSE_ERROR, {}),
    ],
)
def test_what_is_no_feed_says_what_it_is(data: bytes, code: Code, details: dict[str, str]) -> None:
    assert problem(data) == Problem(code, dict(details))


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><head><title>Just a moment...</title>",
        "<html><head><title>滑动验证页面</title>",
        "<!doctype html><script>window._cf_chl_opt={}</script>",
        "<html><script>var arg1='0123';function setCookie(){'acw_sc__v2'}</script>",
    ],
)
def test_a_page_that_asks_for_a_human_is_a_block(page: str) -> None:
    assert problem(page.encode()).code is Code.BLOCKED_BY_SITE


def test_a_page_gives_its_feed_as_a_hint() -> None:
    page = """<!doctype html><html><head><title>货源网</title>
        <link rel="stylesheet" href="/a.css"><link rel="alternate" hreflang="en" href="/en/">
        <LINK type="application/rss+xml" href='/rss.php?a=1&amp;b=2' rel="Alternate">
        <link rel="alternate" type="application/atom+xml" href="/atom.xml"></head>"""
    assert problem(page.encode()).details == {"found": "html", "hint": "/rss.php?a=1&b=2"}


def test_the_headers_charset_counts_where_the_document_names_none() -> None:
    data = "<rss><channel><item><title>貨</title></item></channel></rss>".encode("big5")
    assert parse(data, charset="big5", now=NOW).entries[0].title == "貨"
    assert parse(data, charset="gbk", now=NOW).entries[0].title == "砯"


def test_a_date_without_zone_is_chinese_unless_the_feed_speaks_another_language() -> None:
    item = "<item><title>女装</title><pubDate>2026-08-20 08:00:00</pubDate></item>"
    published = [
        read(rss(f"<language>{language}</language>{item}")).entries[0].published
        for language in ("", "zh-TW", "en-us")
    ]
    assert published == [1_787_184_000, 1_787_184_000, 1_787_212_800]


def test_no_date_lies_in_the_future() -> None:
    feed = read(rss("<item><title>女装</title><pubDate>Fri, 31 Dec 9998 00:00:00 GMT</pubDate></item>"))
    assert feed.entries[0].published == NOW
    assert feed.entries[0].published_raw == "Fri, 31 Dec 9998 00:00:00 GMT"


def test_windows_characters_come_back_from_c1_controls() -> None:
    feed = read(rss("<item><title>&#147;女装&#148;</title><description>尾\x85货&#150;</description></item>"))
    assert (feed.entries[0].title, feed.entries[0].html) == ("“女装”", "尾…货–")


def test_links_are_absolute_http_or_nothing() -> None:
    links = {
        "https://a.example/x?a=1#b": "https://a.example/x?a=1#b",
        "HTTP://A.example/": "http://a.example/",
        "//b.example/y": "http://b.example/y",
        "z z.html": "http://a.example/lm/z%20z.html",
        "女装/1": "http://a.example/lm/%E5%A5%B3%E8%A3%85/1",
        "javascript:alert(1)": "",
        "file:///etc/passwd": "",
        "mailto:a@a.example": "",
        "http://[::1": "",
        f"http://a.example/{'x' * 5000}": "",
    }
    items = "".join(f"<item><title>{n}</title><link>{link}</link></item>" for n, link in enumerate(links))
    feed = read(rss(f"<link>http://a.example/lm/</link>{items}"))
    assert [entry.link for entry in feed.entries] == list(links.values())


def test_bases_nest() -> None:
    feed = read(
        '<rss xml:base="http://a.example/"><channel xml:base="lm/"><title>货源</title>'
        '<item xml:base="2026/"><title>女装</title><link>1.html</link></item></channel></rss>'
    )
    assert feed.entries[0].link == "http://a.example/lm/2026/1.html"


@pytest.mark.parametrize(
    "namespace",
    ["http://search.yahoo.com/mrss/", "http://search.yahoo.com/mrss", "HTTP://search.yahoo.com/MRSS/"],
)
def test_namespaces_are_known_however_they_are_spelled(namespace: str) -> None:
    thumbnail = f'<t:thumbnail xmlns:t="{namespace}" url="http://a.example/1.jpg"/>'
    feed = read(rss(f"<item><title>女装</title>{thumbnail}</item>"))
    assert feed.entries[0].images == ("http://a.example/1.jpg",)


def test_only_enclosures_among_links_are_images() -> None:
    links = "".join(
        f'<link rel="{rel}" type="image/png" href="http://a.example/{rel}.png"/>'
        for rel in ("icon", "enclosure")
    )
    feed = read(f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>{links}</entry></feed>')
    assert feed.entries[0].images == ("http://a.example/enclosure.png",)
