"""The small readers: schedules, numbers, people, content, merchants."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

import pytest

from tui.feed_values import Schedule
from tui.feeds.discover import feed_links
from tui.feeds.markup import atom_text, inner
from tui.feeds.merchant import cleaned, read_merchant
from tui.feeds.schedule import read_schedule
from tui.feeds.values import person, whole
from tui.model import Merchant


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("535", 535),
        (" 1,204 ", 1204),
        ("1,204\uff0c000", 1_204_000),
        ("\uff15\uff13\uff15", 535),
        ("0", 0),
        *((text, None) for text in ("", "-3", "1.5", "3万", "1,20", "9" * 5000)),
    ],
)
def test_whole_numbers(text: str, value: int | None) -> None:
    assert whole(text) == value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("wang@a.example (王先生)", "王先生"),
        ("wang@a.example ()", "wang@a.example"),
        ("王先生 <wang@a.example>", "王先生"),
        ("wang@a.example", "wang@a.example"),
        ("王先生(广州)", "王先生(广州)"),
        ("王先生", "王先生"),
    ],
)
def test_people(text: str, name: str) -> None:
    assert person(text) == name


def test_a_schedule_takes_the_longer_interval_and_skips_what_it_does_not_know() -> None:
    assert read_schedule() == Schedule()
    assert read_schedule(ttl="90", period="hourly", frequency="2").ttl == 5400
    assert read_schedule(ttl="1", period="daily", frequency="4").ttl == 21_600
    assert read_schedule(frequency="2").ttl == 43_200
    assert read_schedule(ttl="999999999").ttl == 31_536_000
    assert read_schedule(ttl="十", period="secularly", frequency="0").ttl is None
    skipped = read_schedule(hours=["0", "24", "25", "-1", "七"], days=[" monday ", "Sunday", "周一"])
    assert (skipped.skip_hours, skipped.skip_days) == (frozenset({0}), frozenset({0, 6}))


def test_merchant_fields_count_only_as_text_and_whole_numbers() -> None:
    given: dict[str, object] = {
        "wechat": "hy_1",
        "qq": 28405,
        "mobile": True,
        "person": ["甲"],
        "views": "多",
    }
    assert read_merchant(given.get) == Merchant(wechat="hy_1", qq="28405")
    assert read_merchant({"views": 0, "qq": ""}.get) is None
    assert cleaned(read_merchant({"person": "\x1b[31m陈\u202e小姐\n"}.get)) == Merchant(person="陈小姐")


@pytest.mark.parametrize(
    ("element", "html"),
    [
        ("<c>a &lt; b\n第二行</c>", "a &lt; b\n第二行"),
        ('<c type="text">&lt;b&gt;</c>', "&lt;b&gt;"),
        ('<c type="html">&lt;b&gt;粗&lt;/b&gt;</c>', "<b>粗</b>"),
        ('<c type="text/html" mode="escaped">&lt;b&gt;粗&lt;/b&gt;</c>', "<b>粗</b>"),
        ('<c type="text/plain" mode="base64">PGI+</c>', "&lt;b&gt;"),
        ('<c type="text/html" mode="base64">不是</c>', ""),
        ('<c type="image/png">aGk=</c>', ""),
        ("<c>甲<b>乙</b>丙</c>", "甲<b>乙</b>丙"),
        ('<c type="xhtml">&lt;b&gt;</c>', "&lt;b&gt;"),
        ('<c type="application/xhtml+xml" mode="escaped">&lt;b&gt;粗&lt;/b&gt;</c>', "<b>粗</b>"),
    ],
)
def test_atom_text_by_type(element: str, html: str) -> None:
    assert atom_text(fromstring(element)) == html


def test_inner_markup_is_serialised_as_html_at_any_depth() -> None:
    nested = fromstring('<d xmlns:h="urn:h"><h:p h:id="&quot;1&quot;">甲 &lt; 乙<h:br/>丙</h:p> 丁<img/></d>')
    assert inner(nested) == '<p id="&quot;1&quot;">甲 &lt; 乙<br>丙</p> 丁<img>'
    root = child = Element("d")
    for _ in range(100_000):
        grandchild = Element("b")
        child.append(grandchild)
        child = grandchild
    assert inner(root) == "<b>" * 100_000 + "</b>" * 100_000


def test_feed_links_follow_the_base_and_leave_other_schemes_out() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    page = link.format("a") + '<base href="/x/">' + link.format("b") + link.format("javascript:c")
    assert list(feed_links(page, "http://a.example/")) == ["http://a.example/a", "http://a.example/x/b"]
    assert list(feed_links(page)) == ["a", "/x/b"]
