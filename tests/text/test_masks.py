"""Masked words: found wherever something unseen or a look-alike stands inside, and nowhere else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import hostile
from tui.model import Mask
from tui.text.clean import INVISIBLE
from tui.text.masks import mask_of, masked_words


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("微信：nz\u200bhuo_8862，备注", ("nzhuo_8862",)),
        ("<p>微信：nz\u2060<b>huo</b>_8862</p>", ("nzhuo_8862",)),
        ("微信：nz&#8203;huo&#x200B;_88&shy;62", ("nzhuo_8862",)),
        ("微信：nz&zwnj;huo", ("nzhuo",)),
        ("微信：nz&shyhuo", ("nzhuo",)),
        ("微信：nz\x1b[31mhuo", ("nzhuo",)),
        ("微信：nz&#27;[31mhuo", ("nzhuo",)),
        ("手机 138\u200c64027195 和 13\u3164900001111", ("13864027195", "13900001111")),
        ("微信：nz\u200dhuo a\ufe0fb", ("nzhuo", "ab")),
        ("微信：\u0430bc_123 和 nz\u200b\u0430", ("\u0430bc_123", "nz\u0430")),
        ("微信：nzhuo_8862", ()),
        ("微信：\u200bnzhuo_8862\u200b\ufeff", ()),
        ("☎️ 138 6402 7195 1️⃣ 👨\u200d👩 It&#8217;s ok &#8220;abc&#8221;", ()),
        ("Привет, как дела", ()),
        ("甲\u200b乙", ()),
        ("a\u200bb" * 300, ()),
    ],
)
def test_masked_words(html: str, words: tuple[str, ...]) -> None:
    assert masked_words(html) == words


def test_a_word_tells_its_mask() -> None:
    assert mask_of("nzhuo") is Mask.UNSEEN
    assert mask_of("nz\u0430huo") is Mask.ALIKE


@given(st.text(st.one_of(st.characters(), st.sampled_from("\u200b\x1b[]m;ab1_&#8203;\u0430\u200d<b>"))))
def test_words_hold_nothing_unseen(text: str) -> None:
    for word in masked_words(text):
        assert not hostile.unsafe(word)
        assert masked_words(f"。{word}。") in {(), (word,)}


@pytest.mark.parametrize(
    "unit", ["\u200b", "a\u200b", "a&#8203;", "<", "<a\u200b", "\x1b]", "\u0430a", "a&#"]
)
def test_takes_linear_time(unit: str) -> None:
    assert not hostile.unsafe("".join(masked_words(unit * (200_000 // len(unit)))))


def test_no_unseen_character_and_no_look_alike_escapes_the_first_look() -> None:
    suspects = re.findall(f"[{INVISIBLE}\u0370-\u052f]", "".join(map(chr, range(0x110000))))
    escaped = {suspect for suspect in suspects if not masked_words(f"a{suspect}b")}
    # these begin control sequences, and the b is a part of them
    assert escaped == {*"\x1b\x90\x98\x9b\x9d\x9e\x9f"}
