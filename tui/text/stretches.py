"""Longer tokens: stretches of a text whose parts are so common that they say little of the whole.

A rarity is counted in half bits: what stands in every `2 ** (rarity / 2)`th text. Of two stretches that
overlap but for a character each, the joint one is a token of its own where texts with both are many and
texts with the joint one are not. So whatever is rare has a rare token, and what is common needs none.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, compress, count, repeat
from operator import add
from types import MappingProxyType

LIMIT = 22
"""Parts are common when together they are no rarer: both are in every 2,000th text, if they are independent.

This and `LONGEST` say which tokens an index has: another value is another index.
"""

COMMON = 13
"""What is rarer has no part in longer tokens."""

FEW_MORE = 4
"""So much rarer a stretch may be than the texts that its parts name, before it is a token of its own."""

EVERYWHERE = 6
"""What is so common is worth knowing even if it is no part of anything longer."""

LONGEST = 6
LEAST = 4
"""Texts of a sample that must have a stretch before its rarity is believed."""

MARK = "×"
"""Begins every longer token: no text has a token with it, and what asks for a beginning passes them over."""

_UNKNOWN = 99


Common = Mapping[str, int]
"""The common stretches, with the rarity of the texts that tokens name for each.

That is negated (`~rarity`) for those that their parts name well enough: they are spared, and are no tokens.
"""

NOTHING: Common = MappingProxyType({})


def rarity_of(known: int) -> int:
    """The rarity in a value of `Common`."""
    return known if known >= 0 else ~known


def short_length(stretch: str) -> int:
    """The length of the short tokens of a stretch's kind of letters."""
    return 3 if stretch.isascii() else 2


def parts_of(joined: str, short: int) -> list[str]:
    """The stretches of two or three at every place of a text's runs, joined by spaces."""
    pairs = map(add, joined, joined[1:])
    return [*(pairs if short == 2 else map(add, pairs, joined[2:]))]


def longer_stretches(joined: str, short: int, parts: Sequence[str], common: Common) -> list[str]:
    """The stretches of a text's runs that are longer tokens, some of them several times."""
    found: list[str] = []
    length, begins = short + 1, _begins(parts, common)
    while begins:
        stretches = [joined[at : at + length] for at in begins]
        known = [*map(common.get, stretches, repeat(_UNKNOWN))]
        found += [stretch for stretch, rarity in zip(stretches, known, strict=True) if rarity >= 0]
        if length == LONGEST:
            break
        begins = _followed(begins, [rarity if rarity >= 0 else ~rarity for rarity in known])
        length += 1
    return found


def _begins(parts: Sequence[str], common: Common) -> list[int]:
    """Where two short tokens overlap that are common together."""
    known = [*map(common.get, parts, repeat(_UNKNOWN))]
    return [*compress(count(), map(LIMIT.__ge__, map(add, known, known[1:])))]


def _followed(begins: Sequence[int], known: Sequence[int]) -> list[int]:
    """Those places that the next one follows at once, where what stands at both is common together."""
    pairs = zip(begins, begins[1:], map(add, known, known[1:]), strict=False)
    return [at for at, then, both in pairs if both <= LIMIT and then == at + 1]


def measured(texts: Sequence[Sequence[tuple[str, int]]]) -> Common:
    """What a sample of texts, each as its runs with the length of their short tokens, tells of stretches."""
    return _Sample(texts).common()


class _Sample:
    """Texts whose stretches are counted, length by length."""

    def __init__(self, texts: Sequence[Sequence[tuple[str, int]]]) -> None:
        self._texts = len(texts)
        self._joined = [joined for text in texts for joined in text]
        self._rarity: dict[str, int] = {}
        self._spared: set[str] = set()
        self._parts: set[str] = set()

    def common(self) -> Common:
        """Count all lengths; what is no part of anything longer is left out."""
        parts = [parts_of(text, short) for text, short in self._joined]
        counts = Counter(chain.from_iterable(map(set, parts)))
        self._rarity = {part: rarity for part, rarity in self._common(counts) if " " not in part}
        begins = [_begins(known, self._rarity) for known in parts]
        for more in range(1, LONGEST - 1):
            begins = self._lengthen(begins, more)
        kept = self._parts | self._spared
        return {
            stretch: ~rarity if stretch in self._spared else rarity
            for stretch, rarity in self._rarity.items()
            if rarity <= EVERYWHERE or stretch in kept
        }

    def _common(self, counts: Mapping[str, int]) -> Iterator[tuple[str, int]]:
        for stretch, texts in counts.items():
            rarity = int(2 * math.log2(self._texts / texts))
            if rarity <= COMMON and texts >= LEAST:
                yield stretch, rarity

    def _lengthen(self, begins: Sequence[Sequence[int]], more: int) -> list[list[int]]:
        """Count what begins at some places; return where it is common together with what follows."""
        stretches = [
            [text[at : at + short + more] for at in places] if short + more <= LONGEST else []
            for (text, short), places in zip(self._joined, begins, strict=True)
        ]
        counts = Counter(chain.from_iterable(map(set, stretches)))
        self._parts |= {part for stretch in counts for part in (stretch[:-1], stretch[1:])}
        for stretch, rarity in self._common(counts):
            named = max(self._rarity[stretch[:-1]], self._rarity[stretch[1:]])
            is_named = rarity - named <= FEW_MORE
            self._rarity[stretch] = named if is_named else rarity
            if is_named:
                self._spared.add(stretch)
        return [
            _followed(places, [self._rarity.get(stretch, _UNKNOWN) for stretch in found])
            for places, found in zip(begins, stretches, strict=True)
        ]
