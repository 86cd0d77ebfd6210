"""The short ways for usual links and usual HTML give what the long ways give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.links import absolute, resolved
from tui.text.markup import _plain_tokens, _visible_tokens

PARTS = (
    *("http://", "https://", "HTTP://", "//", "/", "a.example", "A.example", "127.0.0.1", ":80", ":080"),
    *(":99999", "?", "#", "a=1", "&", ";", "%20", "..", ".", "甲", " ", "\t", "@", "[", "b", "mailto:"),
)
LINKS = st.lists(st.sampled_from(PARTS), max_size=8).map("".join)


@given(LINKS, LINKS)
def test_usual_links_come_out_as_all_others_do(link: str, base: str) -> None:
    assert absolute(link, base) == resolved(link, base)


@pytest.mark.parametrize(
    ("link", "base"),
    [
        ("/images/1.jpg?x=1", "https://a.example:8080/b/c?d#e"),
        ("/a/", "http://a.example"),
        ("https://a.example/x/../y?q=1#top", "http://b.example"),
    ],
)
def test_usual_links(link: str, base: str) -> None:
    assert absolute(link, base) == resolved(link, base) != ""


MARKUP = st.lists(
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<a href='x'>",
            "<BR/>",
            "甲",
            "&nbsp;",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<",
            ">",
            "x",
        ]
    ),
    max_size=20,
).map("".join)


@given(MARKUP)
def test_usual_html_is_cut_as_all_other_html_is(source: str) -> None:
    assert list(_plain_tokens(source)) == list(_visible_tokens(source))


def test_a_page_of_very_many_tags_is_cut_whole() -> None:
    source = "<b>甲</b>" * 12_345 + "end"
    assert list(_plain_tokens(source)) == list(_visible_tokens(source))
