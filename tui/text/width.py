"""How many terminal cells a text takes, by Rich's own measure since Rich draws the screen."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from rich.cells import cell_len, get_character_cell_size, split_graphemes


def cells(text: str) -> int:
    """Return the width of text in cells."""
    if text.isascii() and text.isprintable():
        return len(text)
    return cell_len(text)


def advances(text: str) -> list[int]:
    """Return the cells that each code point adds; 0 where it belongs to the character before it."""
    if "\u200d" not in text and "\ufe0f" not in text:
        return list(map(get_character_cell_size, text))
    steps = [0] * len(text)
    for start, _end, width in split_graphemes(text)[0]:
        steps[start] = width
    return steps


def cut(text: str, width: int, ellipsis: str = "…") -> str:
    """Return text in at most `width` cells; what does not fit gives way to the ellipsis."""
    most = 4 * max(width, 0) + 64
    if len(text) > most:
        # a character in some is wide enough to be seen: the rest of a huge text need not be measured
        text = text[:most] + ellipsis
    if cells(text) <= width:
        return text
    room = width - cells(ellipsis)
    if room < 0:
        return cut(text, width, "") if ellipsis else ""
    end = bisect_right(list(accumulate(advances(text))), room)
    return text[:end] + ellipsis


def fit(text: str, width: int) -> str:
    """Return text cut or padded to exactly `width` cells."""
    shown = cut(text, width)
    return shown + " " * (width - cells(shown))
