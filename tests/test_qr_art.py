"""A drawn code fits its space, and a phone reads it back from the screen."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codes.drawing import LONG_GROUP, PERSONAL, Image, level_of, saved
from tui.codes.images import decode
from tui.errors import Code, HuoyuanError
from tui.qr_art import INK, PAPER, Art, art, save_png

ROOT = Path(__file__).parent.parent
MODULE = 8
HALVES = {" ": (PAPER, PAPER), "▀": (INK, PAPER), "▄": (PAPER, INK), "█": (INK, INK)}
TEXTS = (PERSONAL, LONG_GROUP, "nzhuo_8862", "15464027195", "微信号：nzhuo_8862")


def on_screen(drawn: Art, theme: str) -> bytes:
    """A picture of a terminal in a theme's colour, with the code in its middle as a widget paints it."""
    margin = 10 * MODULE
    size = (drawn.columns * MODULE + 2 * margin, drawn.rows * 2 * MODULE + 2 * margin)
    screen = Image.new("RGB", size, theme)
    for row, line in enumerate(drawn.lines):
        for column, cell in enumerate(line):
            for half, colour in enumerate(HALVES[cell]):
                x, y = margin + column * MODULE, margin + (2 * row + half) * MODULE
                screen.paste(colour, (x, y, x + MODULE, y + MODULE))
    return saved(screen)


@pytest.mark.parametrize("theme", ["#000000", "#1e1e2e", "#fdf6e3", "#ffffff"])
@pytest.mark.parametrize("space", [(200, 60), (80, 24), (41, 21)])
@pytest.mark.parametrize("text", TEXTS)
def test_the_drawn_code_decodes_back(text: str, space: tuple[int, int], theme: str) -> None:
    drawn = art(text, *space)
    assert drawn is not None
    assert decode(on_screen(drawn, theme)) == (text,)


@pytest.mark.parametrize(
    ("text", "space", "drawn_as", "level"),
    [
        (PERSONAL, (200, 60), (45, 23), "H"),
        (PERSONAL, (44, 23), (41, 21), "Q"),
        (PERSONAL, (37, 19), (37, 19), "L"),
        (PERSONAL, (36, 19), (33, 17), "L"),
        (PERSONAL, (33, 17), (33, 17), "L"),
        (LONG_GROUP, (200, 60), (61, 31), "H"),
        (LONG_GROUP, (41, 21), (41, 21), "L"),
    ],
)
def test_less_space_takes_first_the_level_then_the_quiet_zone(
    text: str, space: tuple[int, int], drawn_as: tuple[int, int], level: str
) -> None:
    drawn = art(text, *space)
    assert drawn is not None
    assert (drawn.columns, drawn.rows) == drawn_as
    assert level_of(on_screen(drawn, "#000000")) == level


@pytest.mark.parametrize("space", [(32, 60), (200, 16), (0, 0), (-1, 5)])
def test_a_space_too_small_gives_nothing(space: tuple[int, int]) -> None:
    assert art(PERSONAL, *space) is None


@settings(max_examples=30)
@given(st.text(max_size=120), st.integers(0, 120), st.integers(0, 60))
def test_any_text_fits_its_space_or_is_not_drawn(text: str, width: int, height: int) -> None:
    drawn = art(text, width, height)
    if drawn is not None:
        assert drawn.columns <= width
        assert drawn.rows <= height
        assert {len(line) for line in drawn.lines} == {drawn.columns}
        assert set("".join(drawn.lines)) <= HALVES.keys()


@pytest.mark.parametrize("text", ["a" * 3000, "\ud800"])
def test_a_text_that_no_code_holds_is_not_drawn(text: str, tmp_path: Path) -> None:
    assert art(text, 1000, 1000) is None
    with pytest.raises(HuoyuanError) as refusal:
        save_png(text, tmp_path / "code.png")
    assert refusal.value.problem.code is Code.FILE_UNWRITABLE


@pytest.mark.parametrize("text", [*TEXTS, "https://shop.example/" + "a" * 2000])
def test_the_saved_picture_decodes_back(text: str, tmp_path: Path) -> None:
    path = tmp_path / "二维码.png"
    save_png(text, path)
    assert decode(path.read_bytes()) == (text,)


def test_a_picture_that_cannot_be_saved_is_told(tmp_path: Path) -> None:
    with pytest.raises(HuoyuanError) as refusal:
        save_png(PERSONAL, tmp_path / "no folder" / "code.png")
    assert refusal.value.problem.code is Code.FILE_UNWRITABLE


def test_segno_is_loaded_with_the_first_code_only() -> None:
    program = "import sys, tui.qr_art; sys.exit('segno' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0
