"""The contact book with hostile names and with thousands of merchants."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ui.book_stage import (
    CHEN,
    LIN,
    NOW,
    SAY,
    SIZES,
    contact,
    open_book,
)  # fmt: skip
from tui.model import Kind
from tui.text.width import cells
from tui.ui.widgets.merchant_view import MerchantView, detail_lines

HOSTILE = [
    "",
    "[bold red]红[/] [@click=app.quit]点[/]",
    "很长的名字" * 60,
    "a" * 300,
    "👨‍👩‍👧‍👦家族👍🏽" * 9,
    "ก็ำ̴͓̊" * 40,
    "مرحبا \u200b ﷽",
]


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_neither_break_lines_nor_are_obeyed(size: tuple[int, int]) -> None:
    entries = [
        replace(CHEN, id=number, name=text, note=text, categories=(text, text))
        for number, text in enumerate(HOSTILE, 1)
    ]
    async with open_book(*entries, size=size) as stage:
        assert "[bold red]" in stage.text()
        for keys in ("enter", "h s", "3 j n", "escape j f", "escape c"):
            await stage.press(keys)
            assert all(cells(line) == size[0] for line in stage.text().splitlines())
        assert stage.app.left_with == []


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [24, 46])
def test_no_line_of_the_details_is_wider_than_asked(text: str, width: int) -> None:
    value = text or "x"
    entry = replace(CHEN, name=text, note=text, contacts=(contact(1, Kind.LINK_CODE, value, NOW),))
    lines = detail_lines(entry, width, NOW, SAY)
    assert max(sum(cells(piece) for piece, _ in line.pieces) for line in lines) <= width
    assert any(line.contact == 0 for line in lines)


async def test_a_large_book_draws_only_what_is_seen() -> None:
    entries = [replace(LIN, id=number, name=f"商户{number}") for number in range(1, 5001)]
    async with open_book(*entries) as stage:
        assert "商户65" not in stage.text()
        for _page in range(6):
            await stage.press("ctrl+d")
        await stage.shows("商户115")
        await stage.press("G")
        await stage.shows("商户5000")
        await stage.shows("第500001篇")
        assert stage.app.screen.query_one(MerchantView).count < 30
