"""Widths: Rich's own measure, and cuts that never split a character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.text.clean import clean_line
from tui.text.width import advances, cells, cut, fit

LINES = st.text(
    st.one_of(st.characters(), st.sampled_from("女装货源，。ab 1☎️\ufe0f👨\u200d👩🏽é\u0301"))
).map(clean_line)


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("abc", 3),
        ("女装", 4),
        ("女a装", 5),
        ("“货源”…", 7),
        ("☎️", 2),
        ("👨‍👩‍👧", 2),
        ("e\u0301", 1),
        ("①★", 2),
    ],
)
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


@given(st.text())
def test_agrees_with_rich(text: str) -> None:
    assert cells(text) == cell_len(text)


@given(LINES)
def test_advances_add_up(line: str) -> None:
    assert len(advances(line)) == len(line)
    assert sum(advances(line)) == cells(line)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("女装货源", 8, "女装货源"),
        ("女装货源", 7, "女装货…"),
        ("女装货源", 6, "女装…"),
        ("女装货源", 2, "…"),
        ("女装货源", 1, "…"),
        ("女装货源", 0, ""),
        ("女装货源", -1, ""),
        ("abcdef", 4, "abc…"),
        ("👨‍👩‍👧👨‍👩‍👧", 3, "👨‍👩‍👧…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
    ],
)
def test_cut(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


def test_cut_with_another_ellipsis() -> None:
    assert cut("女装货源", 6, "...") == "女..."
    assert cut("女装货源", 5, "") == "女装"


def test_fit_pads() -> None:
    assert fit("女装", 6) == "女装  "
    assert fit("女装货源", 6) == "女装… "


@given(LINES, st.integers(0, 30))
def test_fit_is_exact_and_cuts_nothing_in_two(line: str, width: int) -> None:
    assert cells(fit(line, width)) == width
    shown = cut(line, width, "")
    assert line.startswith(shown)
    assert cells(shown) <= width
    rest = line[len(shown) :]
    assert not rest or advances(line)[len(shown)] > 0
