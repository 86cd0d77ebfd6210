"""What the index has of a text is what its description says, however it is worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hypothesis import given
from hypothesis import strategies as st

from tui.text.pairs import numbers, written
from tui.text.stretches import LIMIT, LONGEST, MARK, Lookup
from tui.text.tokens import index_tokens, runs

LETTERS = "女装货源ab1 ，𠀀"
TEXTS = st.text(LETTERS, max_size=60)
STRETCHES = st.text("女装货源𠀀", min_size=2, max_size=5) | st.text("ab1", min_size=3, max_size=5)
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
    found = index_tokens(text, Lookup(common)).split(" ")
    assert len(found) == len(set(found))
    assert set(found) - {""} == expected


@given(st.text("女装货源 ab", max_size=30))
def test_a_number_for_each_pair_and_back(text: str) -> None:
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    found = numbers(text)
    assert found is not None
    assert len(set(found)) == len(set(pairs))
    assert written(found) == " ".join(pairs)


def test_letters_beyond_sixteen_bits_have_none() -> None:
    assert numbers("女𠀀") is None
