"""Where the words of a search stand in a text: what is marked is what the search compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from tui.text.folding import fold


def found(text: str, terms: Sequence[str]) -> list[tuple[int, int]]:
    """The places (start, end) of folded terms in a text, in order, those that touch joined."""
    if not terms:
        return []
    folded = fold(text)
    # folding may make one character two (ß), so places in the folded text are looked up
    places = range(len(text) + 1) if len(folded) == len(text) else _places(text)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(_occurrences(folded, terms)):
        here, there = places[start], places[end - 1] + 1
        if joined and here <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(there, joined[-1][1]))
        else:
            joined.append((here, there))
    return joined


def _occurrences(folded: str, terms: Sequence[str]) -> Iterator[tuple[int, int]]:
    for term in terms:
        at = folded.find(term) if term else -1
        while at >= 0:
            yield at, at + len(term)
            at = folded.find(term, at + len(term))


def _places(text: str) -> Sequence[int]:
    """For each character of the folded text the place of the one it was made from."""
    lengths = [len(fold(character)) for character in text]
    starts = [0, *accumulate(lengths)]
    places = [0] * starts[-1]
    for place, (start, length) in enumerate(zip(starts, lengths, strict=False)):
        places[start : start + length] = [place] * length
    return places
