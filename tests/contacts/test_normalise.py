"""Folding of disguises, and the way back to the original text."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.contacts.normalise import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("微信：ＬａｎＱｉ２０", "微信:LanQi20"),
        ("微\u200b信\u200b号", "微信号"),
        ("1️⃣3⃣8", "138"),
        ("①③⑧⓪", "1380"),
        ("❶➌➇⓿⓵⑴⒈", "1380111"),
        ("𝐥𝟐ⓐⒷ🅒", "l2aBC"),
        ("аbс12", "abc12"),
        ("ВХ1", "BX1"),
        ("Привет мир", "Привет мир"),
        ("一三八零零二二一四五七九", "138002214579"),
        ("一三八 零零二二 一四五七", "138 0022 1457"),
        ("幺捌零贰贰壹肆", "1802214"),
        ("lanqi八八六", "lanqi886"),
        ("lanqi20一对一", "lanqi20一对一"),
        ("一九九八年", "一九九八年"),
        ("①640213377", "①640213377"),
        ("微信號：電話", "微信号:电话"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).cased == folded


def test_every_letter_that_stands_for_a_latin_one_or_a_digit_is_folded() -> None:
    ranges = (range(0xFF10, 0xFF5B), range(0x2460, 0x24EA), range(0x1D400, 0x1D800), range(0x1FBF0, 0x1FBFA))
    letters = [chr(place) for part in ranges for place in part]
    meant = {letter: plain for letter in letters if (plain := normalize("NFKC", letter)).isalnum()}
    seen = {letter: fold(f"加{letter}").cased.removeprefix("加") for letter in meant}
    assert len(seen) > 1_000
    assert {letter: plain for letter, plain in seen.items() if plain != meant[letter]} == {}


@pytest.mark.parametrize("letter", "真中丁鿿、〞")
def test_what_is_ordinary_stays(letter: str) -> None:
    assert fold(letter).cased == letter


def test_lower_case_keeps_the_places() -> None:
    assert fold("İAB").text == "İab"


def test_places_lead_back_to_the_original() -> None:
    folded = fold("a\u200b㈠b\ufe0fc")
    assert folded.cased == "a1bc"
    assert [folded.original(place, place + 1) for place in range(4)] == [(0, 1), (2, 3), (3, 4), (5, 6)]


def test_a_letter_that_becomes_several_is_one_in_the_original() -> None:
    folded = fold("⒑x")
    assert folded.cased == "10.x"
    assert [folded.original(place, place + 1) for place in range(4)] == [(0, 1), (0, 1), (0, 1), (1, 2)]


@given(st.text(alphabet=st.characters() | st.sampled_from("①⒑\u200b\ufe0f１ａ一二三А㈠号"), max_size=60))
def test_every_place_has_an_original(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.cased)
    spans = [folded.original(place, place + 1) for place in range(len(folded.cased))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
