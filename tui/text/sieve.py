"""Lets through the short tokens of a text that may be common, at a fraction of what looking them up costs."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter

from tui.text.pattern import pattern

_PLACES = 1 << 16
_BYTES = 2
"""Of a letter, for nearly all of them."""

_LONG_LETTER = pattern("[\U00010000-\U0010ffff]")
_ANY_LETTER = "\uffff"
"""Stands for all those that need more."""


class Sieve:
    """For each short token a rarity that it is not below: that of the commonest of those with its number."""

    def __init__(self, rarities: Mapping[str, int], unknown: int) -> None:
        table = bytearray([unknown]) * _PLACES
        for token, rarity in rarities.items():
            (number,) = _numbers(token, len(token))
            table[number] = min(table[number], rarity)
        self._table = bytes(table)

    def rarities(self, text: str, short: int) -> bytes:
        """The rarities of the tokens of `short` letters at all places of a text that such a one begins at."""
        numbers = _numbers(text, short)
        if len(numbers) < 2:  # of one thing an itemgetter makes no tuple
            return bytes(self._table[number] for number in numbers)
        return bytes(itemgetter(*numbers)(self._table))


def _numbers(text: str, short: int) -> list[int]:
    """A number for each place, made of the letters there: the first, the bytes of the second the other way
    round, and of the third, which is ASCII.
    """
    letters = text.encode("utf-16-le")
    if len(letters) != len(text) * _BYTES:
        text = _LONG_LETTER.sub(_ANY_LETTER, text)
        letters = text.encode("utf-16-le")
    # all at once: a number as long as the text has two bytes for each letter
    number = int.from_bytes(letters, "little") ^ int.from_bytes(text[1:].encode("utf-16-be"), "little")
    if short > 2:
        number ^= int.from_bytes(letters[2 * _BYTES :], "little") << 4
    places = max(0, len(text) - short + 1)
    return memoryview(number.to_bytes(len(letters), "little")).cast("H")[:places].tolist()
