"""Documents made to exhaust or to deceive: each is read within its bounds, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.feeds.safety import assert_sound
from tui.errors import Code, HuoyuanError
from tui.feed_values import ParsedFeed
from tui.feeds.parse import parse
from tui.feeds.tolerant import read_tolerant

NOW = 1_795_300_000
MANY = 100_000
ATTRIBUTES = " ".join(f'a{number}="1"' for number in range(MANY))
VERSION = '"version": "https://jsonfeed.org/version/1.1"'


def rss(items: str, doctype: str = "") -> str:
    return f'{doctype}<rss version="2.0"><channel><title>货源</title>{items}</channel></rss>'


def item(inside: str, attributes: str = "") -> str:
    return f"<item {attributes}>{inside}</item>"


def read(text: str) -> ParsedFeed:
    feed = parse(text.encode(), now=NOW)
    assert_sound(feed)
    return feed


def refusal(text: str) -> Code:
    with pytest.raises(HuoyuanError) as caught:
        parse(text.encode(), now=NOW)
    return caught.value.problem.code


def test_billion_laughs_stay_one_reference() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    doctype = f'<!DOCTYPE rss [<!ENTITY a0 "哈哈">{levels}]>'
    assert read(rss(item("<title>&a11;</title>"), doctype)).entries[0].title == "&a11;"


def test_one_large_entity_used_often_is_not_expanded() -> None:
    doctype = f'<!DOCTYPE rss [<!ENTITY a "{"货" * MANY}">]>'
    feed = read(rss(item(f"<title>1</title><description>{'&a;' * 20_000}</description>"), doctype))
    assert feed.entries[0].html == "&a;" * 20_000


def test_no_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("口令")
    url = (tmp_path / "secret").as_uri()
    for doctype in (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{url}">]>',
        f'<!DOCTYPE rss SYSTEM "{url}" [<!ENTITY % y SYSTEM "{url}"> %y; <!ENTITY x "]>">]>',
        f'<?xml version="1.0"?>\n<!-- --><!doctype rss [<!ENTITY x SYSTEM "{url}">\n ]  >',
    ):
        feed = read(rss(item("<title>甲&x;</title><description>&x;</description>"), doctype))
        assert "口令" not in repr(feed)


def test_a_doctype_inside_the_document_declares_nothing() -> None:
    feed = read(
        rss(item('<!DOCTYPE a [<!ENTITY x "口令">]><title>甲&x;</title><link>http://a.example/</link>'))
    )
    assert "口令" not in feed.entries[0].title


@pytest.mark.parametrize("inside", ["<title>女装</title>", "<description>女装</description>"])
def test_100000_attributes_on_one_tag(inside: str) -> None:
    feed = read(rss(item(inside, ATTRIBUTES)))
    assert len(feed.entries) == 1


@pytest.mark.parametrize(
    "attributes", [ATTRIBUTES, f"b='>' {ATTRIBUTES}", f'c="{"d" * 600_000}"'], ids=["many", "hidden", "long"]
)
def test_feedparser_never_sees_what_it_takes_too_long_for(attributes: str) -> None:
    broken = rss(item("<title>女装</titel>", attributes))
    assert read_tolerant(broken) is None
    assert refusal(broken) is Code.PARSE_ERROR


@pytest.mark.parametrize(("part", "times"), [("<i>", 60_000), ("&a;", 500_000), ('<i xmlns:a="b"/>', 2000)])
def test_feedparser_never_sees_too_much_of_anything(part: str, times: int) -> None:
    assert read_tolerant(rss(item(f"<title>女装</titel>{part * times}"))) is None


@pytest.mark.parametrize("around", ["{}", "<title>{}</title>", "<description>{}</description>"])
def test_nested_tags(around: str) -> None:
    # how long 200,000 take is shown by tests/fuzz/test_bombs.py
    nested = "<b>" * 20_000 + "女装" + "</b>" * 20_000
    entry = read(rss(item(f"<guid>1</guid>{around.format(nested)}"))).entries[0]
    assert entry.title.strip("<…") in ("", "女装")
    assert len(entry.html) <= 2_000_000


def test_unclosed_tags_without_end() -> None:
    assert refusal(rss(item("<title>女装</title>" + "<b>" * 50_000))) is Code.PARSE_ERROR


def test_15_megabytes_of_text() -> None:
    text = "货" * 5_000_000
    entry = read(rss(item(f"<title>{text}</title><description>{text}</description>"))).entries[0]
    assert (len(entry.title), entry.title[-1], len(entry.html)) == (500, "…", 5_000_000)


def test_more_elements_than_any_feed_has() -> None:
    assert refusal(rss("<item/>" * 1_000_001)) is Code.TOO_LARGE
    assert refusal(f'{{{VERSION}, "items": [{"[]," * 1_000_001}[]]}}') is Code.TOO_LARGE


def test_more_entries_than_any_feed_needs() -> None:
    items = "".join(f"<item><title>{number}</title></item>" for number in range(21_000))
    assert len(read(rss(items)).entries) == 20_000


@pytest.mark.parametrize(
    "text",
    [
        f"<!DOCTYPE {'a' * 1_000_000}[[{']' * 1_000_000}",
        "<!DOCTYPE [" * MANY,
        "<!--" * MANY,
        "<?" * MANY,
        "<title" * MANY,
        "<!doctype html>" + "<link rel=alternate " * MANY,
        f"<!doctype html><link {'a' * 7000}{'a=' * 400}>",
        f'{{{VERSION}, "items": {"[" * MANY}',
        f'{{{VERSION}, "items": [{{"id": {"9" * MANY}}}]}}',
    ],
    ids=lambda text: text[:20],
)
def test_openings_without_end_are_no_feed(text: str) -> None:
    assert refusal(text) is Code.NOT_A_FEED


@pytest.mark.parametrize(
    "text",
    [
        "<rss>" + "<![CDATA[" * MANY,
        "<rss>" + "<!--" * MANY,
        f"<rss>{' ' * 1_000_000}",
        rss("".join(f"<p{number}:x/>" for number in range(MANY)) + "<a"),
    ],
    ids=lambda text: text[:20],
)
def test_feeds_that_never_get_anywhere_are_errors(text: str) -> None:
    assert refusal(text) is Code.PARSE_ERROR


@pytest.mark.parametrize("part", ["&", "&nbsp;", "&#55357;&#56832;", "&#xD800;", "< "])
def test_faults_by_the_hundred_thousand_are_mended(part: str) -> None:
    entry = read(rss(item(f"<title>女装{part * MANY}</title><link>http://a.example/</link>"))).entries[0]
    assert entry.title.startswith("女装")


def test_many_small_things_in_one_entry() -> None:
    parts = (
        "<category>甲</category>"
        "<enclosure type='image/png' url='http://a.example/a'/>"
        "<author>a@a.example (乙)</author>"
    )
    distinct = "".join(
        f"<category>{n}</category><enclosure type='image/png' url='http://a.example/{n}'/>"
        for n in range(200)
    )
    entry = read(rss(item(f"<title>女装</title>{parts * 20_000}{distinct}"))).entries[0]
    assert (entry.author, len(entry.categories), len(entry.images)) == ("乙", 1, 64)


def test_sequences_for_the_terminal_lose_their_power_everywhere() -> None:
    evil = "甲\x1b]52;c;aGk=\x07\x9b31m\u202e\u2066乙\x00"
    escaped = evil.encode("unicode_escape").decode().replace("\\x", "\\u00")
    merchant = ", ".join(
        f'"{name}": "{escaped}"' for name in ("category", "person", "wechat", "qq", "mobile")
    )
    feed = read(
        f'{{{VERSION}, "title": "{escaped}", "language": "{escaped}", "home_page_url": "http://a.example/{escaped}",'
        f'"items": [{{"id": "{escaped}", "title": "{escaped}", "url": "{escaped}", "tags": ["{escaped}"],'
        f'"author": {{"name": "{escaped}"}}, "image": "http://a.example/{escaped}",'
        f'"date_published": "{escaped}", "_merchant": {{{merchant}}}}}]}}'
    )
    assert "甲" in feed.entries[0].title
    assert feed.entries[0].merchant is not None
