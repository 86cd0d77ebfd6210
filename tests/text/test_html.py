"""HTML to blocks: golden pieces, hostile pages, and what every body must satisfy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model import Block, BlockKind, Body, Mark, Span
from tui.text.clean import clean_text
from tui.text.html import from_plain, to_body, to_line

BASE = "https://shop.example/news/"
TEXT, HEADING, ITEM, QUOTE, PRE, ROW, IMAGE, RULE = BlockKind


def outline(html: str) -> list[tuple[BlockKind, str, int]]:
    return [(block.kind, block.text, block.level) for block in to_body(html, BASE).blocks]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<p>甲<p>乙</p><div>丙<div>丁</div></div>戊", [(TEXT, name, 0) for name in "甲乙丙丁戊"]),
        ("类目:女装<br>联系人:陈<br/><br>详情", [(TEXT, "类目:女装\n联系人:陈", 0), (TEXT, "详情", 0)]),
        ("<p>　　女装 \n\t 货源&nbsp; 直批 </p><p>&nbsp;　</p>", [(TEXT, "女装 货源 直批", 0)]),
        ("<p><br>甲 <br> 　乙<br></p>", [(TEXT, "甲\n乙", 0)]),
        ("a<b> b </b>c", [(TEXT, "a b c", 0)]),
        ("<h1>甲</h1><h6>乙</h6>丙", [(HEADING, "甲", 1), (HEADING, "乙", 6), (TEXT, "丙", 0)]),
        (
            "<ul><li>甲<ul><li>乙</li></ul>丙</li><li><p>丁</p><p>戊</p></li><li></ul>己",
            [
                (ITEM, "甲", 1),
                (ITEM, "乙", 2),
                (TEXT, "丙", 1),
                (ITEM, "丁", 1),
                (TEXT, "戊", 1),
                (TEXT, "己", 0),
            ],
        ),
        (
            "<ol start=3><li>甲<li value=7>乙<li>丙</ol><ol><li>丁</ol>",
            [(ITEM, "3. 甲", 1), (ITEM, "7. 乙", 1), (ITEM, "8. 丙", 1), (ITEM, "1. 丁", 1)],
        ),
        ("<li>甲</ul></ul>乙", [(ITEM, "甲", 1), (TEXT, "乙", 0)]),
        (
            "<blockquote>甲<blockquote><p>乙</blockquote></blockquote></blockquote>丙",
            [(QUOTE, "甲", 1), (QUOTE, "乙", 2), (TEXT, "丙", 0)],
        ),
        ("<pre>\n a  b\n\t<i>c</i>\n\n</pre>d\ne", [(PRE, " a  b\n        c", 0), (TEXT, "d e", 0)]),
        ("<pre>a<br>b</pre>", [(PRE, "a\nb", 0)]),
        (
            "<table><thead><tr><th>类目<th>价格<tbody><tr><td>女装</td><td></td></tr><tr><td></td><td>8</td></table>",
            [(ROW, "类目\t价格", 0), (ROW, "女装", 0), (ROW, "\t8", 0)],
        ),
        (
            "<table><tr><td><p>甲</p><p>乙</p></td><td>丙<table><tr><td>丁<td>戊</table></td></tr></table>己",
            [(TEXT, "甲", 0), (TEXT, "乙", 0), (TEXT, "丙", 0), (ROW, "丁\t戊", 0), (TEXT, "己", 0)],
        ),
        ("<table><tr><td><ul><li>甲</ul><td>乙</table>", [(ITEM, "甲", 1), (TEXT, "乙", 0)]),
        ("<table><tr><td>甲<br>乙<td>丙</table>", [(TEXT, "甲\n乙", 0), (TEXT, "丙", 0)]),
        ("<table>甲<tr>乙<td>丙", [(TEXT, "甲", 0), (TEXT, "乙", 0), (ROW, "丙", 0)]),
        ("甲<hr>乙", [(TEXT, "甲", 0), (RULE, "", 0), (TEXT, "乙", 0)]),
        (
            "<head><title>x</title></head><script>x</script><style>x</style><template>x</template><iframe>x</iframe>",
            [],
        ),
        ("<p>1 &lt; 2 &amp; 3</p>", [(TEXT, "1 < 2 & 3", 0)]),
        ("<p>甲\x1b[2J\u202e乙&#x200b;&#27;[0m</p>", [(TEXT, "甲乙[0m", 0)]),
        (
            "第一行\n\n  第二行 &amp;\r\n第三行",
            [(TEXT, "第一行", 0), (TEXT, "第二行 &", 0), (TEXT, "第三行", 0)],
        ),
        ("", []),
        ("<<<>>><p", [(TEXT, "<<<>>><p", 0)]),
    ],
)
def test_blocks(html: str, blocks: list[tuple[BlockKind, str, int]]) -> None:
    assert outline(html) == blocks


def test_spans_and_links() -> None:
    body = to_body(
        '<p> 见<a href="/x">链<b>接</b></a> 与 <a href="javascript:x">坏</a>'
        "<em><i>斜</i></em><code>c</code></p>",
        BASE,
    )
    assert body == Body(
        (
            Block(
                TEXT,
                "见链接 与 坏斜c",
                spans=(
                    Span(1, 3, Mark.LINK, 0),
                    Span(2, 3, Mark.STRONG),
                    Span(7, 8, Mark.EMPHASIS),
                    Span(8, 9, Mark.CODE),
                ),
            ),
        ),
        ("https://shop.example/x",),
    )


def test_marks_go_on_in_the_next_block_and_behind_markers() -> None:
    strong = (Span(3, 4, Mark.STRONG),)
    assert [block.spans for block in to_body("<b><ol><li> 甲 <li>乙</ol></b>").blocks] == [strong, strong]
    _, second = to_body("<p>甲<b>乙<p>丙</b>丁").blocks
    assert second == Block(TEXT, "丙丁", spans=(Span(0, 1, Mark.STRONG),))


def test_spans_end_with_the_text() -> None:
    assert to_body("<pre><b>a \n\n</b></pre>").blocks == (Block(PRE, "a", spans=(Span(0, 1, Mark.STRONG),)),)


def test_a_link_ends_where_the_next_begins() -> None:
    (block,) = to_body('<a href="/x">甲<a href="/y">乙</a>丙', BASE).blocks
    assert block.spans == (Span(0, 1, Mark.LINK, 0), Span(1, 2, Mark.LINK, 1))


def test_spans_of_cells_move_with_them() -> None:
    (row,) = to_body("<table><tr><td>类目<td>女<b>装</b></table>").blocks
    assert row == Block(ROW, "类目\t女装", spans=(Span(4, 5, Mark.STRONG),))


def test_the_same_link_has_one_number() -> None:
    body = to_body(
        '<a href="/x">甲</a><a href="mailto:a@b.example">乙</a><a href="/x">丙</a><a name=y>丁</a>', BASE
    )
    assert body.links == ("https://shop.example/x", "mailto:a@b.example")
    assert [span.target for span in body.blocks[0].spans] == [0, 1, 0]


def test_images() -> None:
    body = to_body(
        '甲<img src="data:image/gif;base64,x" data-src="//cdn.example/1.jpg" alt=" 图 一">乙'
        '<img src=2.png><img src=2.png><img src="ftp://x"><img alt="只有文字">'
        '<img class="wp-smiley emoji" src=/e.png alt="😀">丙',
        BASE,
    )
    assert body.blocks == (
        Block(TEXT, "甲"),
        Block(IMAGE, "图 一", target=0),
        Block(TEXT, "乙"),
        Block(IMAGE, "", target=1),
        Block(IMAGE, "只有文字"),
        Block(TEXT, "😀丙"),
    )
    assert body.images == ("https://cdn.example/1.jpg", "https://shop.example/news/2.png")


def test_marks_stacked_over_pieces_lose_their_spans_not_their_limit() -> None:
    (block,) = to_body("<p>a&#769;&#769;<b>&#769;&#769;x</b>").blocks
    assert block == Block(TEXT, "a\u0301\u0301\u0301x")


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("女装 货源", "女装 货源"),
        (" <b>女装</b>&amp;货源<br>直批\n", "女装&货源 直批"),
        ("1 < 2", "1 < 2"),
        ("&lt;b&gt;", "<b>"),
        ("<script>alert(1)</script>甲", "甲"),
        ("甲\x1b[31m乙", "甲乙"),
    ],
)
def test_to_line(html: str, line: str) -> None:
    assert to_line(html) == line


def test_from_plain() -> None:
    assert from_plain("  甲 乙\t丙\r\n\n<b>\x1b[0m\n").blocks == (Block(TEXT, "甲 乙 丙"), Block(TEXT, "<b>"))


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<a href='/x'>",
        "</a>",
        "<ul>",
        "<ol>",
        "</ol>",
        "<li>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<pre>",
        "</pre>",
        "<br>",
        "<hr>",
        "<h2>",
        "</h2>",
        "<blockquote>",
        "</blockquote>",
        "<code>",
        "<img",
        " src=/1 alt=图>",
        "<script>",
        "</script>",
        "<svg>",
        "<!--",
        "-->",
        "&nbsp;",
        "&#769;",
        "&#x200d;",
        "\x1b[31m",
        "\n",
        "\t",
        " ",
        "\u3000",
        "女装",
        "a",
        "👨",
        "\ufe0f",
        "\ud83d",
        "\u0301\u0301",
    ]
)


@given(st.lists(PIECES | st.text(max_size=5)).map("".join))
def test_every_body_is_clean_and_its_numbers_fit(html: str) -> None:
    body = to_body(html, BASE)
    for block in body.blocks:
        assert clean_text(block.text) == block.text.strip()
        assert block.text == block.text.rstrip()
        assert block.text or block.kind is RULE or block.target >= 0
        assert -1 <= block.target < len(body.images)
        assert list(block.spans) == sorted(block.spans, key=lambda span: (span.start, -span.end))
        for span in block.spans:
            assert 0 <= span.start < span.end <= len(block.text)
            assert block.text[span.start : span.end].strip()
            assert -1 <= span.target < len(body.links)
            assert (span.target >= 0) is (span.mark is Mark.LINK)
    assert to_line(html) == to_line(to_line(html).replace("&", "&amp;").replace("<", "&lt;"))


@pytest.mark.parametrize(
    "unit",
    [
        "<b>",
        "<b><p>x",
        "<ul><li>",
        "<ol><li>x",
        "<blockquote>x",
        "<table><tr><td>",
        "<table><tr><td>x",
        "<pre>x",
        "<br>",
        "<a href=/x>",
        "<a href='",
        "<td>",
        "<img src=/x>",
        "<b> </b>",
        "&nbsp;<i></i>",
        "</div>",
        "<i>x</i>",
        "<h1>",
        "<svg>",
    ],
)
def test_depth_and_number_of_tags_cost_linear_time(unit: str) -> None:
    body = to_body(unit * 30_000, BASE)
    assert len(body.blocks) <= 20_001
    assert all(block.level <= 32 for block in body.blocks)


def test_limits() -> None:
    many = to_body(
        "".join(f'<p><a href="/{number}">x</a><img src="/{number}">' for number in range(3_000)), BASE
    )
    assert (len(many.links), len(many.images)) == (2000, 2000)
    assert len(to_body("<p>x" * 21_000).blocks) == len(from_plain("x\n" * 21_000).blocks) == 20_001


@pytest.mark.parametrize(
    ("source", "length"),
    [
        ("<p>" + "货" * 200_000 + "<p>" + "源" * 200_000, 300_000),
        ("货" * 400_000, 300_000),
        ("<p>" + "货" * 5_000_000, 300_000),
        ("<p>甲" + "<i></i>" * 600_000 + "<p>乙", 1),
        ("<p>x" * 21_000, 20_000),
        ("x\n" * 21_000, 20_000),
    ],
    ids=["second paragraph", "plain", "source", "tags", "paragraphs", "lines"],
)
def test_what_is_cut_says_so_at_its_end(source: str, length: int) -> None:
    *kept, last = to_body(source).blocks
    assert sum(len(block.text) for block in kept) == length
    assert "全文见原网页" in last.text


def test_what_is_whole_says_nothing_of_a_cut() -> None:
    assert "全文见原网页" not in to_body("<p>" + "货" * 299_999).text + to_body("货" * 300_000).text
