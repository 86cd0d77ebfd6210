"""Whether a folded term can stand in a text, asked of the text as it is: folding costs ten times as much."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import NamedTuple

from tui.text.traditional import SIMPLIFIED, TRADITIONAL

# Not folded to ASCII one by one: whoever has them is looked at closely.
_EXPANDING = "\u00df\u0130\u0149\u017f\u01f0\u1e96-\u1e9a\u1e9e\u212a\ufb00-\ufb06"

_DOUBT = re.compile(f"[{_EXPANDING}]")

_ALIKE: defaultdict[str, str] = defaultdict(str)
for _simplified, _traditional in zip(SIMPLIFIED, TRADITIONAL, strict=True):
    _ALIKE[_simplified] += _traditional

_CHINESE = ((0x2E80, 0xA4D0), (0xAC00, 0xD7B0), (0xF900, 0xFB00), (0x20000, 0x40000))


class Spelling(NamedTuple):
    """How a folded term stands in a text that is not folded.

    Where `exact` is found the term is; where neither it nor `doubt` is found the term is not. `ways` are, for
    each character of the term up to the first letter or digit behind its longest stretch that is written in
    one way only, all that it may be; that stretch begins at `fixed`.
    """

    exact: re.Pattern[str]
    doubt: re.Pattern[str] | None
    ways: tuple[str, ...]
    fixed: int

    def may_be_in(self, text: str) -> bool:
        """Whether the folded text can hold the term."""
        return bool(self.exact.search(text) or (self.doubt and self.doubt.search(text)))

    def encoded(self, codec: str) -> re.Pattern[bytes] | None:
        """What is in every text of a charset that holds the term, however it is written; None: nothing is.

        The search goes from one occurrence of the fixed stretch to the next and looks around it there.
        """
        if self.fixed == len(self.ways):
            return None
        chars = [[one.encode(codec) for one in ways] for ways in self.ways]
        begin = self.fixed
        while begin and not self.ways[begin - 1].isascii() and len({*map(len, chars[begin - 1])}) == 1:
            begin -= 1
        around = [
            b"(?:" + b"|".join(map(re.escape, char)) + b")" if char[1:] else re.escape(char[0])
            for char in chars
        ]
        first = around[self.fixed]
        behind = b"(?<=" + b"".join(around[begin : self.fixed + 1]) + b")" if begin < self.fixed else b""
        return re.compile(first + behind + b"".join(around[self.fixed + 1 :]))


def spelling_of(term: str) -> Spelling | None:
    """The spellings of a folded term; None for one with rarer letters, or with what JSON writes otherwise."""
    if not all(_simple(char) for char in term):
        return None
    exact = re.compile("".join(map(_class, term)))
    ways = [char + _ALIKE[char] if char in _ALIKE else char for char in term]
    plain = "".join(way if len(way) == 1 and not way.isascii() else " " for way in ways)
    fixed = plain.find(max(plain.split(" "), key=len)) if plain.strip() else len(ways)
    end = next((at for at in range(fixed, len(ways)) if ways[at].isascii()), len(ways))
    return Spelling(exact, _DOUBT if any(map(_is_letter, term)) else None, tuple(ways[:end]), fixed)


def _simple(char: str) -> bool:
    if char.isascii():
        return char.isprintable() and char not in '"\\'
    return any(low <= ord(char) < high for low, high in _CHINESE)


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _class(char: str) -> str:
    """A character with all that is folded to it."""
    if not char.isascii():
        return f"[{char}{_ALIKE[char]}]" if char in _ALIKE else char
    if char == " ":
        return "[ \u3000]"
    both = {char, char.upper()}
    return "[" + "".join(f"{re.escape(one)}{chr(ord(one) + 0xFEE0)}" for one in sorted(both)) + "]"
