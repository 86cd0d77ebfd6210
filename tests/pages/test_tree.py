"""The tree of a page: malformed pages nest as in a browser, and nothing grows without bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.pages.tree import DEEPEST, Node, grow

_NESTING = {
    "<p>a<p>b": "<p>a</p><p>b</p>",
    "<p>a<div>b</div>": "<p>a</p><div>b</div>",
    "<ul><li>a<li>b<ul><li>c</ul><li>d</ul>": "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>",
    "<dl><dt>a<dd>b<dt>c</dl>": "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>",
    "<table><tr><td>a<td>b<tr><td>c</table>": (
        "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"
    ),
    "<table><tr><td><table><tr><td>a</table>b</table>": (
        "<table><tr><td><table><tr><td>a</td></tr></table>b</td></tr></table>"
    ),
    "<table><tr><td>a</div></td><td>b</table>": "<table><tr><td>a</td><td>b</td></tr></table>",
    "<div><b>a</div>b": "<div><b>a</b></div>b",
    "<b><div>a</b>b</div>": "<b><div>ab</div></b>",
    "</p></div>a": "a",
    "<a href=1>a<a href=2>b</a>": '<a href="1">a</a><a href="2">b</a>',
    "<a href=1><div><a href=2>b</a></div>": '<span href="1"><div><a href="2">b</a></div></span>',
    "a<br>b<img src=x>c<hr>d": 'a<br>b<img src="x">c<hr>d',
    "a &lt;b&gt; &amp; c < d": "a &lt;b&gt; &amp; c &lt; d",
    "<p onclick=x class='a\"b' id=i>a": '<p class="a&quot;b" id="i">a</p>',
    "<head><title>t</title><p>a": "<p>a</p>",
    "a<script>b</script><style>c</style><noscript>d</noscript><svg>e</svg>f": "af",
    "<p style='DISPLAY : none'>a</p><p hidden>b</p>": '<p hidden="">a</p><p hidden="">b</p>',
}
_TAGS = (
    *("<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<li>", "<td>", "<table>", "</table>", "<a>", "<br>"),
    "x",
)


@pytest.mark.parametrize("source", _NESTING)
def test_nesting(source: str) -> None:
    assert grow(source).html() == f"<body>{_NESTING[source]}</body>"


@given(
    st.lists(
        st.sampled_from(
            [
                "<div>",
                "</div>",
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<li>",
                "<td>",
                "<table>",
                "</table>",
                "<a>",
                "x",
                "<br>",
            ]
        )
    )
)
def test_the_tree_is_sound_and_written_as_it_is_read(tags: list[str]) -> None:
    root = grow("".join(tags))
    for node in root.walk():
        assert all(child.parent is node and node.children[child.index] is child for child in node.elements())
    text = "".join(child for node in root.walk() for child in node.children if isinstance(child, str))
    assert text == "x" * tags.count("x")


def test_depth_is_bounded_and_no_text_is_lost() -> None:
    root = grow("<div>a" * 5_000)
    assert max(sum(1 for _ in node.lineage()) for node in root.walk()) == DEEPEST
    assert root.html().count("a") == 5_000


def test_size_is_bounded() -> None:
    assert sum(1 for _ in grow("<i></i>" * 200_000).walk()) <= 50_001


def test_attributes_are_bounded() -> None:
    root = grow(
        f"<p {' '.join(f'a{n}=1' for n in range(20_000))} class={'x' * 9_999} href={'y' * 9_999}>a</p>"
    )
    assert {name: len(value) for name, value in root.elements()[0].attributes.items()} == {"class": 200}


def test_a_dropped_element_leaves_its_siblings_in_place() -> None:
    root = grow("<i>a</i><b>b</b><u>c</u>")
    first, second, third = root.elements()
    second.drop()
    assert root.html() == "<body><i>a</i><u>c</u></body>"
    assert (first.index, third.index) == (0, 2)
    Node("p").drop()
