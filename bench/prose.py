"""Chinese prose from a seed: words as uneven as a language's, and some to search for."""

from __future__ import annotations

import random
from array import array
from dataclasses import dataclass
from itertools import accumulate, islice

VOCABULARY = 12_000
RARE_WORDS = 40_000
_SLOTS = 1 << 16
_LENGTHS = (1, 2, 2, 2, 2, 2, 3, 3, 4)
_PUNCTUATION = {"，": 0.075, "。": 0.03, "、": 0.01, "！": 0.008, "：": 0.004, "（": 0.002, "）": 0.002}
_COMMON_RANK = 215
"""Words of this rank stand in every sixth or seventh article of 2 KB."""

_PLANTED_CHARACTERS = 5


@dataclass(frozen=True, slots=True)
class Searches:
    """What can be searched for in a store of a seed: `rare` and `phrase` stand where they were planted.

    `absent` stands nowhere, though each of its characters does; `latin` is a merchant's WeChat ID, and
    `inner` four digits from the middle of a phone number.
    """

    common: str
    single: str
    rare: str
    phrase: str
    absent: str
    latin: str
    inner: str


class Prose:
    """Writes text of a seed; every piece of it is drawn from the `random.Random` that is given."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(f"prose {seed}")
        characters = common_characters()
        chance.shuffle(characters)
        planted, known = characters[:_PLANTED_CHARACTERS], characters[_PLANTED_CHARACTERS:]
        self.words = _make_words(chance, known, VOCABULARY)
        self._rare_words = _make_words(chance, known, RARE_WORDS)
        self._slots = _slots(self.words)
        self.common = next(word for word in self.words[_COMMON_RANK:] if len(word) == 2)
        self.single = next(word for word in self.words[_COMMON_RANK // 2 :] if len(word) == 1)
        self.rare = planted[0] + planted[1]
        self.phrase = "".join(word for word in self.words[60:160] if len(word) == 2)[:8]
        self.absent = planted[2] + planted[3]
        self._apart = planted[2], planted[3]

    def write(self, chance: random.Random, length: int) -> str:
        """About `length` characters of words and punctuation, one word of it from the long tail."""
        # two bytes name a slot; a slot holds 2.15 characters in the mean
        drawn = array("H", chance.randbytes(2 * max(1, length * 100 // 215)))
        text = "".join(map(self._slots.__getitem__, drawn))
        return text + chance.choice(self._rare_words) if length > 20 else text

    def title(self, chance: random.Random) -> str:
        """A title of 8 to 40 characters, short ones more often."""
        length = 8 + int(32 * chance.random() ** 1.5)
        return self.write(chance, length + 12).strip("".join(_PUNCTUATION))[:length].ljust(8, "货")

    def stray(self, number: int) -> str:
        """One of the two characters of `absent`, which never stand side by side."""
        return self._apart[number % 2]


def common_characters() -> list[str]:
    """The first level of GB 2312: its 3,755 common characters, which the codec itself knows."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return [code.decode("gb2312") for code in codes if code < b"\xd7\xfa"]


def _make_words(chance: random.Random, characters: list[str], count: int) -> list[str]:
    """Words of one to four characters, of which some are commoner than others."""
    weights = [1 / (rank + 30) for rank in range(len(characters))]
    lengths = chance.choices(_LENGTHS, k=2 * count)
    drawn = "".join(chance.choices(characters, weights, k=sum(lengths)))
    starts = accumulate(lengths, initial=0)
    words = dict.fromkeys(
        drawn[start : start + length] for start, length in zip(starts, lengths, strict=False)
    )
    return list(islice(words, count))


def _slots(words: list[str]) -> list[str]:
    """Words and punctuation as often as they are to be drawn, by Zipf's law."""
    weights = [1 / (rank + 4) for rank in range(len(words))]
    scale = (1 - sum(_PUNCTUATION.values())) / sum(weights)
    shares = [
        *_PUNCTUATION.items(),
        *((word, weight * scale) for word, weight in zip(words, weights, strict=True)),
    ]
    slots: list[str] = []
    reached = 0.0
    for word, share in shares:
        reached += share
        slots.extend([word] * (round(reached * _SLOTS) - len(slots)))
    return slots[:_SLOTS] + ["，"] * (_SLOTS - len(slots))
