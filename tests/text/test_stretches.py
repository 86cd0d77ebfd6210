"""What the index has of a text is what its description says, however it is worked out."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from operator import add

from hypothesis import given
from hypothesis import strategies as st

from tui.text.sieve import Sieve
from tui.text.stretches import LIMIT, LONGEST, MARK, Lookup
from tui.text.tokens import index_tokens, runs

LETTERS = "女装货源ab1 ，𠀀𠀁"
TEXTS = st.text(LETTERS, max_size=60)
STRETCHES = st.text("女装货源𠀀𠀁", min_size=2, max_size=5) | st.text("ab1", min_size=3, max_size=5)
SHORT = st.text("女装货源𠀀𠀁", min_size=2, max_size=2) | st.text("ab1", min_size=3, max_size=3)
VALUES = st.integers(0, LIMIT) | st.integers(~LIMIT, -1)


def longer(run: str, short: int, common: Mapping[str, int]) -> Iterator[str]:
    """The longer tokens of a run: all whose two parts are known to be common together, and so are theirs."""

    def is_joint(stretch: str) -> bool:
        parts = stretch[:-1], stretch[1:]
        if not all(part in common for part in parts):
            return False
        rarities = [value if value >= 0 else ~value for value in map(common.__getitem__, parts)]
        return sum(rarities) <= LIMIT and (len(stretch) == short + 1 or all(map(is_joint, parts)))

    for length in range(short + 1, LONGEST + 1):
        for at in range(len(run) - length + 1):
            stretch = run[at : at + length]
            if is_joint(stretch) and common.get(stretch, 0) >= 0:
                yield stretch


@given(TEXTS, st.dictionaries(STRETCHES, VALUES, max_size=30))
def test_the_tokens_of_a_text(text: str, given_: dict[str, int]) -> None:
    common = {stretch: abs(value) if len(stretch) == 2 else value for stretch, value in given_.items()}
    expected: set[str] = set()
    for joined, short in runs(text):
        for run in joined.split():
            expected |= {run[at : at + short] for at in range(len(run))}
            expected |= {MARK + stretch for stretch in longer(run, short, common)}
    (found,) = index_tokens([text], Lookup(common))
    assert {*found.split()} == expected


@given(st.lists(TEXTS, max_size=5), st.dictionaries(STRETCHES, VALUES, max_size=30))
def test_the_tokens_of_many_texts_are_those_of_each(texts: list[str], common: dict[str, int]) -> None:
    known = Lookup(common)
    apart = [index_tokens([text], known) for text in texts]
    assert index_tokens(texts, known) == [tokens for of_one in apart for tokens in of_one]


def test_a_long_text_of_what_is_common_takes_linear_time() -> None:
    known = Lookup({"女装": 1, "装货": 1, "货女": 1})
    (tokens,) = index_tokens(["女装货" * 100_000], known)
    assert sorted(tokens.split()) == sorted(["女装", "装货", "货女", "货", "×女装货", "×装货女", "×货女装"])


@given(TEXTS, st.dictionaries(SHORT, st.integers(0, 98)), st.sampled_from([2, 3]))
def test_the_sieve_says_of_nothing_that_it_is_rarer(text: str, given_: dict[str, int], short: int) -> None:
    letters = "".join(letter for letter in text if letter.isascii() == (short == 3))
    found = Sieve(given_, 99).rarities(letters, short)
    places = range(len(letters) - short + 1)
    assert len(found) == len(places)
    assert all(found[at] <= given_.get(letters[at : at + short], 99) for at in places)


def test_the_sieve_holds_most_back() -> None:
    chance = random.Random(5)
    letters = [chr(0x4E00 + chance.randrange(6000)) for _ in range(6000)]
    common = dict.fromkeys(map(add, letters[:3000], letters[1:3000]), 0)
    assert Sieve(common, 99).rarities("".join(letters[3000:]), 2).count(0) < 300
