"""A text without a term's pattern does not hold the term, whatever letters it is written in."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.folding import fold
from tui.text.spellings import spelling_of

PIECES = st.text(
    st.one_of(st.characters(), st.sampled_from('女装裝貨货ｌａｄｙlady168ＡＢab_- 　，。ßſKﬁİĳ"\\\n*[]^'))
)


@given(PIECES, PIECES, PIECES)
def test_what_is_not_found_is_not_there(before: str, term: str, behind: str) -> None:
    text = before + term + behind
    spelling = spelling_of(fold(term))
    assert spelling is None or spelling.may_be_in(text)


@given(PIECES, PIECES, PIECES, st.sampled_from(["gb18030", "utf-8"]))
def test_nor_is_it_in_bytes_without_its_encoded_pattern(
    before: str, term: str, behind: str, codec: str
) -> None:
    spelling = spelling_of(fold(term))
    encoded = spelling and spelling.encoded(codec)
    text = (before + term + behind).encode("utf-8", "ignore").decode()
    if fold(term) in fold(text):
        assert encoded is None or encoded.search(text.encode(codec))


def test_of_every_character_those_are_known_that_fold_to_it() -> None:
    patterns = {char: spelling_of(char) for char in "abcdefghijklmnopqrstuvwxyz7- ,_女货、の한"}
    for code in range(sys.maxunicode + 1):
        for char in patterns.keys() & set(fold(chr(code))):
            pattern = patterns[char]
            assert pattern is not None
            assert pattern.may_be_in(chr(code)), (char, hex(code))


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
    spelling = spelling_of(term)
    assert spelling is not None
    assert bool(spelling.exact.search(text)) is found
    assert spelling.may_be_in(text) is found


@given(PIECES, PIECES)
def test_what_is_found_exactly_is_there(text: str, term: str) -> None:
    spelling = spelling_of(fold(term))
    if spelling is not None and spelling.exact.search(text):
        assert fold(term) in fold(text)


@pytest.mark.parametrize("term", ["ß", "é", 'a"b', "a\\b", "\n", "ε"])
def test_terms_that_must_be_looked_for_in_folded_text(term: str) -> None:
    assert spelling_of(term) is None
