"""The short ways for usual links and usual HTML give what the long ways give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model import BlockKind
from tui.text.clean import scrub
from tui.text.html import to_body
from tui.text.links import absolute, resolved
from tui.text.markup import _visible_tokens, tokens

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
            "</script>",
            "</SVG>",
            "<",
            ">",
            "x",
        ]
    ),
    max_size=20,
).map("".join)


@given(MARKUP)
def test_usual_html_is_cut_as_all_other_html_is(source: str) -> None:
    assert list(tokens(source)) == list(_visible_tokens(source))


def test_a_page_of_very_many_tags_is_cut_whole() -> None:
    source = "<b>甲</b>" * 12_345 + "end"
    assert list(tokens(source)) == list(_visible_tokens(source))


def test_what_is_hidden_late_in_a_long_page_is_hidden() -> None:
    source = "<b>甲</b>" * 12_345 + "<svg><p>乙</p></svg><SCRIPT>丙</SCRIPT>end"
    assert list(tokens(source)) == list(_visible_tokens(source))
    assert [token for token in tokens(source) if token in {"乙", "丙"}] == []


def test_a_tag_is_known_however_its_name_is_written() -> None:
    small, large = (
        "<h2>甲<b>乙</b></h2><ol start=3><li>丙</ol>",
        "<H2>甲<B>乙</B></H2><OL START=3><LI>丙</OL>",
    )
    assert to_body(small) == to_body(large)
    assert [block.kind for block in to_body(large).blocks] == [BlockKind.HEADING, BlockKind.ITEM]


@given(
    st.lists(st.sampled_from(["e", "\u0301", "\u200d", "\U0001f469", "<b>", "</b>", "&#769;", "&#x200d;"]))
)
def test_pieces_of_text_make_nothing_together_that_each_alone_must_not(parts: list[str]) -> None:
    text = to_body(f"<p>{''.join(parts)}</p>").text
    assert scrub(text) == text
