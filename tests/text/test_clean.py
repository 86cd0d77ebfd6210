"""Cleaning: nothing hostile gets through, nothing Chinese gets lost."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.text.clean import clean_line, clean_text, is_common, is_ordinary, scrub
from tui.text.masks import masked_words

# Format characters that Arabic, Syriac and Kaithi draw.
DRAWN = {
    "\u0600",
    "\u0601",
    "\u0602",
    "\u0603",
    "\u0604",
    "\u0605",
    "\u06dd",
    "\u070f",
    "\u0890",
    "\u0891",
} | {
    "\u08e2",
    "\U000110bd",
    "\U000110cd",
}
ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(
            "\x1b\x1b\x1b[]P_^X\\\x07\x9b\x9d\x9c\x90;0m52c\u200d\u200d\ufe0f\ufe0f\u20e3123#\u0301\u0301\u0301👨👩☎"
            "\u200b\u202e\r\n\t 　女装\ud83d\ude00\u1161\U0001f3fb"
        ),
    )
)


def assert_safe(text: str) -> None:
    hostile = {
        character
        for character in text
        if unicodedata.category(character) in {"Cc", "Cf", "Cs"}
        and character not in DRAWN | {"\n", "\t", "\u200d"}
    }
    assert not hostile


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("甲\x1b[2J\x1b[31;1m乙\x1b[0m", "甲乙"),
        ("甲\x1b]0;title\x07乙", "甲乙"),
        ("甲\x1b]52;c;ZXZpbA==\x1b\\乙", "甲乙"),
        ("甲\x1b]8;;http://evil/\x1b\\乙\x1b]8;;\x1b\\", "甲乙"),
        ("甲\x1bPq#0\x1b\\\x1b_G\x1b\\\x1b^x\x1b\\\x1bXy\x1b\\乙", "甲乙"),
        ("甲\x9b31m\x9d52;c;eA==\x9c\x90q\x9c\x9fG\x9c\x9ex\x9c\x98y\x9c乙", "甲乙"),
        ("甲\x1bc\x1b(B\x1b#8\x1b7\x1b=\x1b[?1049l\x1b[!p乙", "甲乙"),
        ("甲\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\乙", "甲乙"),
        ("甲\x9d52;c;" + "A" * 1000 + "\x9c乙", "甲乙"),
        ("甲\x1b]52;c;" + "A" * 1000 + "\x1b\\乙", "甲乙"),
        ("甲乙\x1b]0;never ended", "甲乙"),
        ("甲乙\x1b[", "甲乙"),
        ("甲乙\x1b", "甲乙"),
        ("甲\x1b乙", "甲乙"),
        ("甲\x00\x05\x07\x08\x0e\x7f\x80\x93\x9c乙", "甲乙"),
        ("\u202egnp.exe\u2066\u061c\u200e", "gnp.exe"),
        ("wx_ab\u200bc1\u200c2\u20603\ufeff\xad\u180e", "wx_abc123"),
        ("甲\u115f\u1160\u3164\uffa0\u2800\u034f乙", "甲乙"),
        ("甲\U000e0041\U000e007f\U000e0100\ufff9\ufffa\ufffb乙", "甲乙"),
        ("a\u200db\u200d", "ab"),
        ("😀\u200da\u200d😀", "😀a😀"),
        ("1\ufe0f2", "12"),
        ("甲\ud83d乙\ude00", "甲\ufffd乙\ufffd"),
        ("\ud83d\ude00", "😀"),
        ("a" + "\u0301" * 50 + "b", "a\u0301\u0301\u0301b"),
        ("ก" + "\u0e47" * 50, "ก" + "\u0e47" * 3),
        ("a" + "\u20dd" * 50, "a" + "\u20dd" * 3),
        ("甲\u2028乙\x85丙\u2029丁\r\n戊\r己", "甲 乙 丙 丁 戊 己"),
        (" 女装　　货源\t直批\xa0 ", "女装 货源 直批"),
    ],
)
def test_clean_line(hostile: str, clean: str) -> None:
    assert clean_line(hostile) == clean


@pytest.mark.parametrize(
    "text",
    [
        "广州十三行女装一手货源，档口直批！微信：nzhuo_8862（备注“货源”）——……￥128",
        "☎️ 138 6402 7195 ❤ 1️⃣2️⃣ ①② ★●·×",
        "👨‍👩‍👧‍👦 👍🏽 🏳️‍🌈 👩🏽‍🚀 🇨🇳 ❤️‍🔥",
        "カタカナ 한국어 Привет café naïve Ελληνικά ไทยน้ำ हिन्दी",
        "ที่นี่มีสินค้าพร้อมส่ง सस्ती किस्में",
        "𠮷野家 㐂 々〆〇 ㊙ ㎡",
        "[/red] [@click=app.quit]x[/] 【现货】[1/2]",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert clean_line(text) == text


def test_clean_text_keeps_lines_tabs_and_spaces() -> None:
    assert clean_text("\n 甲\r\n\t乙  丙\x0b丁\x1b[0m \n") == "甲\n\t乙  丙\n丁"
    assert clean_text("甲\r乙\x0c丙\x85丁\u2028戊\u2029己") == "甲\n乙\n丙\n丁\n戊\n己"


def test_an_unended_sequence_hides_no_more_than_its_line() -> None:
    assert clean_text("甲\x1b]0;title\n乙\n丙") == "甲\n乙\n丙"
    assert clean_text("甲\x1b  乙") == "甲乙"
    assert clean_text("\x1b]" + "a" * 256 + "b") == "b"
    article = "货源" * 100_000
    assert len(clean_text("\x9d" + article)) >= len(article) - 256


def test_limits() -> None:
    assert clean_line("女装 货源", 3) == "女装"
    assert clean_line("甲" * 1_000_000) == "甲" * 500
    assert clean_line("👨\u200d👩", 2) == "👨"
    assert clean_line("1\ufe0f\u20e3", 2) == "1"
    assert clean_text("甲\n乙", 2) == "甲"


@given(ODD)
@example("1\u0301\u0301\ufe0f\u20e3")
@example("😀\u200b\u200d\u200b😀")
@example("\ud83d\x1b\ude00")
def test_safe_and_idempotent(text: str) -> None:
    line, body = clean_line(text, 20), clean_text(text)
    assert_safe(line + body)
    assert not set(line) & {"\n", "\t"}
    assert len(line) <= 20
    assert clean_line(line, 20) == line
    assert clean_text(body) == body
    assert scrub(scrub(text)) == scrub(text)


def test_no_latin_letter_is_lost() -> None:
    every = "".join(character for character in map(chr, range(0x24F)) if character.isprintable())
    assert scrub(every) == scrub("\u200b" + every) == every


def test_no_chinese_character_is_lost() -> None:
    every = "".join(map(chr, (*range(0x3001, 0x302A), *range(0x3400, 0xA000), *range(0xFF01, 0xFF5F))))
    assert scrub(every) == scrub("\u200b" + every) == every


@pytest.mark.parametrize(
    "unit",
    [
        "\x1b",
        "\x1b]",
        "\x1b[",
        "\x9b",
        "\x9d",
        "\x9da",
        "\x1b]x",
        "\x1b[;",
        "\x1b ",
        "\u200d",
        "\ufe0f",
        "\u0301",
        "a\u0301",
        "\ud83d",
        "\r",
        "\u200ba",
        "\x1b]" + "x" * 999,
        "👨\u200d",
        "ก็",
    ],
    ids=lambda unit: ascii(unit)[:12],
)
def test_takes_linear_time(unit: str) -> None:
    assert_safe(clean_text(unit * (300_000 // len(unit))))


def test_what_is_common_is_ordinary_and_masks_nothing() -> None:
    for code in range(0x10000):
        if is_common(character := chr(code)):
            assert is_ordinary(character)
            assert not masked_words(f"ab{character}12", common=False)
    assert is_common("微信：“abc_123”，139&nbsp;\u3000")
    assert not any(map(is_common, "\r\u200b\u0430\u0300\U0001f600"))


@given(st.text(st.sampled_from("ab12甲\u200b\u0430&#8203;<>\r")))
def test_masked_words_are_the_same_whoever_looked_through_the_letters(text: str) -> None:
    assert masked_words(text) == masked_words(text, common=False)
