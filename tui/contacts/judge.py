"""Judges by learned weights whether what stands near a word for WeChat, and no rule took, is an ID."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, islice
from math import fsum

from tui.contacts.code_words import CODE_WORDS
from tui.contacts.features import WECHAT, features
from tui.contacts.lettered import THING
from tui.contacts.markup import is_of_platforms, is_of_software
from tui.contacts.notes import is_field, is_no_contact
from tui.contacts.shapes import Shape, Value, read_value
from tui.contacts.weights import BIAS, read_weights
from tui.contacts.words import ORDINARY, PARTS_JOINED, TECHNICAL, VERSION


def judge(
    text: str, cased: str, stretches: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]
) -> Iterator[Value]:
    """Give the values in a folded text, outside the spans that are taken, that are more likely IDs than not.

    `cased` is the same text with its capitals.
    """
    for value in islice(candidates(text, stretches, taken), _MOST):
        weights = [_WEIGHTS.get(term, 0) for term in set(features(text, cased, value))]
        # exact, as a set has another order in each process
        if fsum([BIAS, *weights]) > _ENOUGH:
            yield value


def candidates(
    text: str, stretches: Sequence[tuple[int, int]], taken: Sequence[tuple[int, int]]
) -> Iterator[Value]:
    """Give what may be an ID near a word for WeChat in a folded text, outside the spans that are taken."""
    ordered = sorted(taken)
    starts, ends = [start for start, _ in ordered], list(accumulate((end for _, end in ordered), max))
    done = 0
    for stretch in stretches:
        for word in WECHAT.finditer(text, *stretch):
            if (
                word[0] in _SHORT
                and _CHINESE.search(text, max(0, word.start() - 40), word.end() + 40) is None
            ):
                continue
            for match in _START.finditer(text, max(done, word.start() - _BEFORE), word.end() + _BEHIND):
                start = match.start()
                if start < done:
                    continue
                value = None if _is_within(start, starts, ends) else read_value(text, start)
                done = match.end() if value is None else value.end
                if value is not None and _may_be(text, value) and not _is_within(value.end - 1, starts, ends):
                    yield value


def _is_within(place: int, starts: list[int], ends: list[int]) -> bool:
    """Tell whether a place lies in a span, of spans in order; an end is the farthest of all till then."""
    rank = bisect_right(starts, place)
    return rank > 0 and place < ends[rank - 1]


def _may_be(text: str, value: Value) -> bool:
    """Tell whether a value has the form of an ID and is no word of code by what it is or what follows."""
    if is_no_contact(text, value):
        return False
    if value.shape is Shape.DIGITS:
        return True
    if value.shape is not Shape.ID or text[value.start : value.end] in CODE_WORDS:
        return False
    if _GOES_ON.match(text, value.end) or THING.match(text, value.end):
        return False
    if not _DIGIT.search(text, value.start, value.end) and (
        _ASSIGNED.search(text, max(0, value.start - 5), value.start)
        or is_of_platforms(text, value)
        or is_of_software(text, value)
    ):
        return False
    return not (is_field(text, value) or any(kind.fullmatch(text, value.start, value.end) for kind in _NO_ID))


_SHORT = frozenset({"v", "vx", "wx"})  # in a text without a Chinese word these are names of code
_CHINESE = re.compile("[\u3400-\u9fff]")
_WEIGHTS = read_weights()
_ENOUGH = 0.4  # the logarithm of the odds
_MOST = 32  # values that are weighed in one text; one with more of them is code or a list of words
_BEFORE, _BEHIND = 52, 96  # how far an ID may stand before and behind the word for WeChat
_START = re.compile(r"[a-z_1-9](?<![a-z0-9_@.\-/=&?$%{<#].)(?<!@\[.)[a-z0-9_\-]{4,}")
_GOES_ON = re.compile(r" ?=|[(\[\\@{}]|\]\(|\.[a-z0-9]|->|::|:(?!\n)|[a-z0-9_]")
_ASSIGNED = re.compile(r"[a-z_\])] ?= ?\Z")  # vx = velocity_scalar
_DIGIT = re.compile(r"[0-9]")
_NO_ID = (
    TECHNICAL,
    PARTS_JOINED,
    ORDINARY,
    VERSION,
    re.compile(r"(?:qq|vx|tel|wechat)[:_\-]?[0-9]{5,}|demo[a-z0-9_\-]*|.*(?:123456|abcdef).*"),
)
