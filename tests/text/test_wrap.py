"""Line breaking: Chinese rules, whole words, and every line within its width."""

import itertools
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text import wrap as lazily
from tui.text.clean import clean_text
from tui.text.width import cells

NEVER_FIRST = "。，、）」』】》！？：；…”"
NEVER_LAST = "（「『【《“"
TEXTS = st.text(
    st.one_of(
        st.characters(), st.sampled_from("女装货源档口直批。，！”“（）【】ab19_-  \n\t👨\u200d👩é\u0301　")
    )
).map(clean_text)


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    return list(lazily.wrap(text, width))


def lines(text: str, width: int) -> list[str]:
    return [text[start:end] for start, end in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("女装", 10, ["女装"]),
        ("女装货源直批", 4, ["女装", "货源", "直批"]),
        ("女装货源", 5, ["女装", "货源"]),
        ("女装货源，直批", 8, ["女装货", "源，直批"]),
        ("女装（货源）直批", 6, ["女装", "（货", "源）直", "批"]),
        ("一手“货源”！", 5, ["一手", "“货", "源”！"]),
        ("hello big world", 9, ["hello big", "world"]),
        ("hello   big", 6, ["hello", "big"]),
        ("加微信nzhuo_8862看图", 14, ["加微信", "nzhuo_8862看图"]),
        ("见https://a.com/b?c=d-e吧", 22, ["见", "https://a.com/b?c=d-e", "吧"]),
        ("电话138-6402-7195转1", 13, ["电话", "138-6402-7195", "转1"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("甲\n\n乙丙", 10, ["甲", "", "乙丙"]),
        ("  缩进的一行字", 8, ["  缩进的", "一行字"]),
        ("女装 ，货源", 6, ["女", "装 ，", "货源"]),
        ("类目\t女装", 6, ["类目", "女装"]),
        ("女装", 1, ["女", "装"]),
        ("👨‍👩‍👧👨‍👩‍👧", 2, ["👨‍👩‍👧", "👨‍👩‍👧"]),
        ("女か\u3099。", 4, ["女", "か\u3099。"]),
        ("。。。。。", 4, ["。。", "。。", "。"]),
    ],
)
def test_wrap(text: str, width: int, expected: list[str]) -> None:
    assert lines(text, width) == expected


@given(TEXTS, st.integers(2, 40))
def test_lines_fit_and_cover_the_text(text: str, width: int) -> None:
    slices = wrap(text, width)
    assert all(cells(text[start:end].replace("\t", " ")) <= width for start, end in slices)
    assert all(0 <= start <= end <= len(text) for start, end in slices)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(slices))
    assert "".join("".join(line.split()) for line in lines(text, width)) == "".join(text.split())
    assert not any("\n" in line or line != line.rstrip() for line in lines(text, width))


@given(st.text(st.sampled_from("女装货源。，！”“（）「」【】《》：；…ab1"), max_size=80), st.integers(8, 30))
def test_kinsoku_wherever_a_break_is_possible(text: str, width: int) -> None:
    for (start, end), (following, _) in zip(wrap(text, width), wrap(text, width)[1:], strict=False):
        if text[following] in NEVER_FIRST or text[end - 1] in NEVER_LAST:
            line = text[start:end]
            assert not any(allowed(line, place) for place in range(1, len(line)))


def allowed(line: str, place: int) -> bool:
    before, after = line[place - 1], line[place]
    return before not in NEVER_LAST and after not in NEVER_FIRST and (cells(before) == 2 or cells(after) == 2)


@given(st.lists(st.text(st.sampled_from("abcxyz019_-/.:@"), min_size=1, max_size=12), max_size=20))
def test_words_stay_whole(words: list[str]) -> None:
    slices = wrap("货".join(words), 14)
    start = 0
    for word in words:
        assert any(first <= start and start + len(word) <= last for first, last in slices)
        start += len(word) + 1


@pytest.mark.parametrize(
    ("unit", "times"),
    [
        (" ", 300_000),
        ("a" + " " * 60_000 + "，", 5),
        ("！", 300_000),
        ("a", 300_000),
        ("\u0301", 200_000),
        ("👨\u200d", 200_000),
        ("a ", 200_000),
        ("\n", 300_000),
    ],
    ids=lambda value: repr(value)[:12],
)
def test_takes_linear_time(unit: str, times: int) -> None:
    text = unit * times + "x"
    assert wrap(text, 60)[-1][1] == len(text)


PIECES = st.lists(
    st.sampled_from(
        ["女装货源", "，", "。”", "（档口", "一手 ", "abc-19", " ", "　", "https://a.example/b?c"]
    )
)


@given(PIECES.map("".join), st.integers(2, 90), st.integers(3, 400))
def test_a_long_text_is_wrapped_as_its_beginning_is(text: str, width: int, times: int) -> None:
    once = lines(text, width)
    often = lines(text * times, width)
    assert all(cells(line) <= width for line in often)
    assert "".join("".join(often).split()) == "".join((text * times).split())
    assert often[: len(once) - 2] == once[: max(0, len(once) - 2)] or len(once) < 3


def test_the_first_lines_of_a_long_text_come_at_once() -> None:
    tracemalloc.start()
    text = "货" * 1_000_000
    assert next(lazily.wrap(text, 60)) == (0, 30)
    # two bytes a character for each of a few copies, but nothing of a list with an entry for each
    assert tracemalloc.get_traced_memory()[1] < 12_000_000
    tracemalloc.stop()
