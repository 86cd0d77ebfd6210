"""Longer tokens: stretches of a text whose parts are so common that they say little of the whole.

A rarity is counted in half bits: what stands in every `2 ** (rarity / 2)`th text. Of two stretches that
overlap but for a character each, the joint one is a token of its own where texts with both are many and
texts with the joint one are not. So whatever is rare has a rare token, and what is common needs none.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, compress, count, pairwise, repeat
from operator import add

from tui.text.sieve import Sieve

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

_SPARED = 128
"""Is added to the rarity of those in a `Lookup`."""

_WITHIN = bytes(together <= LIMIT for together in range(256))
_IS_TOKEN = bytes(value < _SPARED for value in range(256))
_RARITY = bytes(value % _SPARED for value in range(256))


class Lookup:
    """What is common, as texts are indexed by it: rarities are bytes.

    `longer` has the stretches whose parts are common together, and theirs: no others are met in a text.
    """

    def __init__(self, common: Common) -> None:
        self.longer: dict[str, int] = {}
        self._short: dict[str, int] = {}
        for stretch in sorted(common, key=len):
            rarity = min(rarity_of(common[stretch]), _UNKNOWN)
            if len(stretch) == short_length(stretch):
                self._short[stretch] = rarity
            elif self._rarity(stretch[:-1]) + self._rarity(stretch[1:]) <= LIMIT:
                self.longer[stretch] = rarity + _SPARED * (common[stretch] < 0)
        self._sieve = Sieve(self._short, _UNKNOWN)

    def _rarity(self, stretch: str) -> int:
        rarity = self._short.get(stretch)
        return self.longer.get(stretch, _UNKNOWN) % _SPARED if rarity is None else rarity

    def may_begin(self, joined: str, short: int) -> list[int]:
        """The places of a text where two short tokens overlap that are common together, and some others."""
        return [*compress(count(), _together(self._sieve.rarities(joined, short)))] if self._short else []

    def joined_of_two(self, placed: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
        """Those of some stretches that are two short tokens which are common together."""
        rarity = self._short.get
        for at, stretch in placed:
            if rarity(stretch[:-1], _UNKNOWN) + rarity(stretch[1:], _UNKNOWN) <= LIMIT:
                yield at, stretch


UNKNOWN = Lookup({})


def rarity_of(known: int) -> int:
    """The rarity in a value of `Common`."""
    return known if known >= 0 else ~known


def short_length(stretch: str) -> int:
    """The length of the short tokens of a stretch's kind of letters."""
    return 3 if stretch.isascii() else 2


def _parts_of(joined: str, short: int) -> list[str]:
    """The stretches of two or three at every place of a text's runs, joined by spaces."""
    pairs = map(add, joined, joined[1:])
    return [*(pairs if short == 2 else map(add, pairs, joined[2:]))]


def longer_stretches(joined: str, short: int, known: Lookup) -> list[tuple[int, str]]:
    """The stretches of runs, joined by spaces, that are longer tokens, each with its place."""
    found: list[tuple[int, str]] = []
    length = short + 1
    begins = known.may_begin(joined, short)
    while begins:
        stretches = [joined[at : at + length] for at in begins]
        values = bytes(map(known.longer.get, stretches, repeat(_UNKNOWN)))
        tokens = compress(zip(begins, stretches, strict=True), values.translate(_IS_TOKEN))
        found += known.joined_of_two(tokens) if length == short + 1 else tokens
        if length == LONGEST:
            break
        begins = _followed(begins, values.translate(_RARITY))
        length += 1
    return found


def _begins_among(parts: Sequence[str], rarities: Mapping[str, int]) -> list[int]:
    """Where two of successive short tokens are common together."""
    return [*compress(count(), _together(bytes(map(rarities.get, parts, repeat(_UNKNOWN)))))]


def _followed(begins: Sequence[int], rarities: bytes) -> list[int]:
    """Those places that the next one follows at once, where what stands at both is common together."""
    pairs = compress(pairwise(begins), _together(rarities))
    return [at for at, then in pairs if then == at + 1]


def _together(rarities: bytes) -> bytes:
    """For each rarity but the last, whether it and the next one are within the limit."""
    # all sums by one: a byte has room for two rarities
    sums = int.from_bytes(rarities, "little") + int.from_bytes(rarities[1:], "little")
    return sums.to_bytes(len(rarities), "little")[:-1].translate(_WITHIN)


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
        parts = [_parts_of(text, short) for text, short in self._joined]
        counts = Counter(chain.from_iterable(map(set, parts)))
        self._rarity = {part: rarity for part, rarity in self._common(counts) if " " not in part}
        begins = [_begins_among(known, self._rarity) for known in parts]
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
            _followed(places, bytes(self._rarity.get(stretch, _UNKNOWN) for stretch in found))
            for places, found in zip(begins, stretches, strict=True)
        ]
