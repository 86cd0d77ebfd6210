"""Folds the differences of writing that a search does not know: case, width, traditional and simplified."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

_PUNCTUATION = tuple(zip("，：！（）？；\u3000", ",:!()?; ", strict=True))


def fold(text: str) -> str:
    """Return text without differences of case, of full and half width, of traditional and simplified."""
    # of most texts punctuation is all that is folded, and quickest replaced whole
    for full, half in _PUNCTUATION:
        text = text.replace(full, half)
    folded, replace = _folding()
    return folded.sub(replace, text).casefold()


@cache
def _folding() -> tuple[re.Pattern[str], Callable[[re.Match[str]], str]]:
    """What is folded and how; made when it is first asked for, which a start does not."""
    from tui.text.traditional import SIMPLIFIED, TRADITIONAL  # noqa: PLC0415

    table = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))
    table |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {"\u3000": " "}
    return re.compile(f"[{''.join(map(re.escape, table))}]"), lambda found: table[found[0]]
