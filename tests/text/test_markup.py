"""The tokenizer: HTML as it is written, not as it should be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.markup import Tag, has_markup, resolve, tokens


def visible(source: str) -> list[str]:
    """Text as it is, tags as <name> and </name>."""
    return [
        token if isinstance(token, str) else f"<{'/' if token.closing else ''}{token.name}>"
        for token in tokens(source)
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("甲<B>乙</b >丙<br/>丁", ["甲", "<b>", "乙", "</b>", "丙", "<br>", "丁"]),
        ('<p title="a>b" x=\'<q>\' y = "<" z>甲', ["<p>", "甲"]),
        ("<a href=it's>甲</a>乙'", ["<a>", "甲", "</a>", "乙'"]),
        ("<p class=x\">甲<b title='>乙", ["<p>", "甲", "<b>", "乙"]),
        ("1 < 2 <3 a<b 甲<乙> <abc@qq.com>", ["1 < 2 <3 a<b 甲<乙> <abc@qq.com>"]),
        ("<p 甲", ["<p 甲"]),
        ("甲<!-- <b> -- > -->乙<!-->丙<!--->丁<!doctype html>戊<?xml:x y />己", [*"甲乙丙丁戊己"]),
        ("甲<!-- never ended <p>", ["甲"]),
        ("<![CDATA[甲<b>]]>乙", ["甲", "<b>", "乙"]),
        ("<script>if(a<b)'</p>'</SCRIPT >甲<style>p{}</style>乙", ["<script>", "甲", "<style>", "乙"]),
        ("甲<script>never ended", ["甲", "<script>"]),
        ("<iframe src=x />甲<iframe>no</iframe>乙", ["<iframe>", "甲", "<iframe>", "乙"]),
        ("<head><title>no</title><p>no</head>甲", ["甲"]),
        ("<head>no<body>甲", ["甲"]),
        ("<template>no<template>no</template>no</template>甲<svg><title>no</svg>乙", ["甲"]),
        ("<svg><path/></svg>甲", ["甲"]),
    ],
)
def test_tokens(source: str, expected: list[str]) -> None:
    assert visible(source) == expected


def test_attributes() -> None:
    tag = Tag("a", False, ' HREF="?a=1&copy=2&amp;b&#x26;" class = x y title=\'a"b\' href=2 =z data-x="')
    assert tag.attributes() == {
        "href": "?a=1&copy=2&b&",
        "class": "x",
        "y": "",
        "title": 'a"b',
        "z": "",
        "data-x": "",
    }


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        ("&lt;甲&gt; &amp; &nbsp;&#20013;&#x56FD;&hellip;", "<甲> & \xa0中国…"),
        ("&unknown; & &", "&unknown; & &"),
        ("&#27;]0;x&#7;&#x9b;31m&#8238;甲", "]0;x›31m甲"),
        ("&#xD83D;&#1114112;&#99999999999;&#xFFFFFFFFFF;", "\ufffd" * 4),
        ("&#" + "9" * 10_000, "\ufffd"),
    ],
)
def test_resolve(text: str, resolved: str) -> None:
    assert resolve(text) == resolved


@pytest.mark.parametrize(
    ("text", "answer"), [("1 < 2", False), ("a <b c", True), ("</p>", True), ("<!--", True)]
)
def test_has_markup(text: str, answer: bool) -> None:
    assert has_markup(text) is answer


@given(st.text(st.sampled_from("<>/!-[]=\"' abp?&#;x1甲\n") | st.characters()))
def test_never_raises_and_never_yields_nothing(source: str) -> None:
    for token in tokens(source):
        assert token
        if isinstance(token, Tag):
            token.attributes()
        else:
            resolve(token)


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<a",
        "<a ",
        "<a/",
        '<a b="',
        "<a b='\"",
        "<a b=\"<a c='",
        "<a =",
        "</",
        "</a",
        "<!",
        "<!-",
        "<!--",
        "<![",
        "<?",
        "<script>",
        "</script ",
        "<script></script ",
        "<template>",
        "<b>",
        "-->",
        "&",
        "&#",
        "&#9",
        "=",
        "<a x=  ",
    ],
)
def test_takes_linear_time(unit: str) -> None:
    source = unit * (200_000 // len(unit))
    assert sum(1 for _ in tokens("<script>" + source)) <= len(source)
    assert sum(1 for _ in tokens(source)) <= len(source)
    assert len(resolve(source)) <= len(source)
    assert Tag("a", False, source).attributes() is not None
