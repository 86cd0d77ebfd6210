"""A text without a term's pattern does not hold the term, whatever letters it is written in."""

import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.spellings import pattern_of
from tui.text.tokens import fold

PIECES = st.text(
    st.one_of(st.characters(), st.sampled_from('女装裝貨货ｌａｄｙlady168ＡＢab_- 　，。ßſKﬁİĳ"\\\n*[]^'))
)


@given(PIECES, PIECES, PIECES)
def test_what_is_not_found_is_not_there(before: str, term: str, behind: str) -> None:
    text = before + term + behind
    pattern = pattern_of(fold(term))
    assert pattern is None or pattern.search(text)


@pytest.mark.parametrize("chars", ["abcdefghijklmnopqrstuvwxyz", "7- ,_", "女货、の한"])
def test_of_every_character_those_are_known_that_fold_to_it(chars: str) -> None:
    patterns = {char: pattern_of(char) for char in chars}
    for code in range(sys.maxunicode + 1):
        for char in patterns.keys() & set(fold(chr(code))):
            pattern = patterns[char]
            assert pattern is not None
            assert pattern.search(chr(code)), (char, hex(code))


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("女装", "大碼女裝", True),
        ("女装", "女鞋", False),
        ("vx1", "加ＶＸ１", True),
        ("vx1", "vx2", False),
        ("a b", "A\u3000B", True),
    ],
)
def test_spellings(term: str, text: str, found: bool) -> None:
    pattern = pattern_of(term)
    assert isinstance(pattern, re.Pattern)
    assert bool(pattern.search(text)) is found


@pytest.mark.parametrize("term", ["ß", "é", 'a"b', "a\\b", "\n", "ε"])
def test_terms_that_must_be_looked_for_in_folded_text(term: str) -> None:
    assert pattern_of(term) is None
