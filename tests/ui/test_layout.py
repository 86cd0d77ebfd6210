"""Articles are laid out for any width: nothing torn, nothing lost, everything marked where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.i18n import load_words
from tui.model import (
    Article,
    Block,
    BlockKind,
    Body,
    Contact,
    Kind,
    Mark,
    Source,
    Span,
    StoredArticle,
)
from tui.text.width import cells
from tui.ui.article_layout import lay_out
from tui.ui.article_lines import Layout

SAY = load_words("zh")


def stored(*blocks: Block, contacts: tuple[Contact, ...] = (), links: tuple[str, ...] = ()) -> StoredArticle:
    body = Body(blocks, links)
    article = Article("u", "标题", body, published=1_700_000_000, contacts=contacts)
    return StoredArticle(1, 1, "源", article, 1_700_000_000, read=False, favorite=False)


def lines(layout: Layout) -> list[str]:
    layout.reach(1_000_000)
    return ["".join(text for text, _, _ in layout.pieces(n)) for n in range(len(layout.lines))]


def styled(layout: Layout, style: str) -> str:
    layout.reach(1_000_000)
    pieces = (piece for n in range(len(layout.lines)) for piece in layout.pieces(n))
    return "".join(text for text, name, _ in pieces if name == style)


def test_a_contact_is_marked_in_its_block() -> None:
    first, second = Block(BlockKind.TEXT, "先看货。"), Block(BlockKind.TEXT, "微信：nzhuo_8862 找我")
    contact = Contact(Kind.WECHAT, "nzhuo_8862", 8, 18, "微信", Source.BODY, 0.9)
    layout = lay_out(stored(first, second, contacts=(contact,)), 60, SAY)
    assert styled(layout, "contact") == "nzhuo_8862"


def test_a_link_is_numbered_and_listed_and_its_neighbours_keep_their_marks() -> None:
    text = "看价目表再来"
    spans = (Span(1, 4, Mark.LINK, 0), Span(4, 6, Mark.STRONG))
    layout = lay_out(stored(Block(BlockKind.TEXT, text, 0, spans), links=("http://a.example/",)), 60, SAY)
    assert "看价目表[1]再来" in lines(layout)
    assert styled(layout, "strong") == "再来"
    assert "[1] http://a.example/" in lines(layout)


def test_a_table_is_aligned_where_it_fits_and_barred_where_it_does_not() -> None:
    rows = (Block(BlockKind.ROW, "货号\t价格"), Block(BlockKind.ROW, "针织开衫\t59"))
    assert {"货号      价格", "针织开衫  59"} <= set(lines(lay_out(stored(*rows), 60, SAY)))
    assert "针织开衫 | 59" in lines(lay_out(stored(*rows), 15, SAY))


def test_items_have_bullets_and_numbers_hang() -> None:
    items = (Block(BlockKind.ITEM, "一双起", 1), Block(BlockKind.ITEM, "1. 先付款", 1))
    assert {"• 一双起", "1. 先付款"} <= set(lines(lay_out(stored(*items), 60, SAY)))


def test_an_empty_article_says_so() -> None:
    assert any("没有正文" in line for line in lines(lay_out(stored(), 60, SAY)))


@pytest.mark.parametrize("width", [10, 23, 60])
def test_no_line_is_wider_than_the_pane(width: int) -> None:
    long = Block(BlockKind.TEXT, "广州十三行女装一手货源，三件混批。" * 20 + "https://a.example/" + "x" * 90)
    quote = Block(BlockKind.QUOTE, "“质量第一”，老板说。" * 9)
    layout = lay_out(stored(long, quote, Block(BlockKind.RULE, "")), width, SAY)
    assert max(cells(line) for line in lines(layout)) <= max(10, width - 1)


@given(
    st.lists(st.tuples(st.sampled_from(list(BlockKind)), st.text("微信a1 \t。，x", max_size=40)), max_size=6),
    st.integers(8, 90),
)
def test_any_article_is_laid_out_whole(parts: list[tuple[BlockKind, str]], width: int) -> None:
    blocks = tuple(Block(kind, text) for kind, text in parts)
    layout = lay_out(stored(*blocks), width, SAY)
    shown = "".join(lines(layout)).replace(" ", "").replace("|", "")
    for block in blocks:
        if block.kind is not BlockKind.RULE:
            assert "".join(block.text.split()) in shown.replace("│", "").replace("•", "")
