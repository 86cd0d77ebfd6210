"""Pairs of neighbouring letters as numbers, which are compared and kept for a fraction of a string's cost."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection

_CODEC = f"utf-16-{sys.byteorder[0]}e"
_BYTES = 2
"""Of a letter."""


def numbers(text: str) -> list[int] | None:
    """The number of the pair at every place of a text but its last, the same for the same pair.

    None for a text with letters beyond the sixteen bits that nearly all of them have.
    """
    data = text.encode(_CODEC)
    if len(data) != len(text) * _BYTES:
        return None
    count = max(0, len(text) - 1)
    found = [0] * count
    # a number is two letters side by side: those at even places, then those between
    letters = memoryview(data)
    found[0::2] = letters[: (count + 1) // 2 * 2 * _BYTES].cast("I").tolist()
    found[1::2] = letters[_BYTES : _BYTES + count // 2 * 2 * _BYTES].cast("I").tolist()
    return found


def written(pairs: Collection[int]) -> str:
    """The pairs of some numbers with a space between them."""
    letters = array("H", array("I", pairs).tobytes())
    spaced = array("H", [ord(" ")]) * (3 * len(pairs))
    spaced[0::3], spaced[1::3] = letters[0::2], letters[1::2]
    return spaced.tobytes().decode(_CODEC)[:-1]
