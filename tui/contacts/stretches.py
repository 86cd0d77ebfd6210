"""Finds the stretches of a text in which a contact could stand, so that the rest is never looked at."""

from __future__ import annotations

import re

from tui.contacts.normalise import Folded
from tui.text.possessive import possessive


def first_letter(folded: Folded) -> int:
    """Give the place of the first letter, digit or low line of ASCII, as each value has one; else the end."""
    letter = _LETTER.search(folded.letters)
    return len(folded.text) if letter is None else folded.text.index(letter[0])


def find_stretches(text: str, first: int) -> list[tuple[int, int]]:
    """Give the surroundings of everything in a folded text that has the form of a value, in order, joined.

    `first` is where the first letter or digit stands.
    """
    stretches: list[tuple[int, int]] = []
    for match in _VALUE.finditer(text, first):
        if match["date"] is not None:
            continue
        start, end = max(0, match.start() - _BEFORE), min(len(text), match.end() + _AFTER)
        if stretches and start <= stretches[-1][1]:
            start = stretches.pop()[0]
        stretches.append((start, end))
    return stretches


# A label stands at most as far before its value (公众号「…」（微信号：…）) or behind it (… 周姐 微信同号).
_BEFORE = 96
_AFTER = 48
ODD = "乄乂丶丿灬彡丨ㄨ\u3041-\u30fa\u3105-\u312f\u2190-\u2bff\U0001f300-\U0001faff"
"""Signs, as of a class of a pattern, that nothing but a disguise puts between the parts of a value."""
_LETTER = re.compile("[a-z0-9_]")
_PARTING = rf"[ .\-·*—–~()\\ˇ{ODD}]{{0,2}}"
_ON = possessive(f"{_PARTING}[a-z0-9_]++", "*")
_SPACED = possessive(r"[ \-]{1,6}[0-9]", "{6,10}")
_VALUE = re.compile(
    r"[a-z0-9_](?:"
    r"(?<=2)0[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?(?![0-9\-])(?P<date>)"
    r"|(?<=1)[3-9][0-9][^\w\n]{1,3}[0-9]{4}[^\w\n]{1,3}[0-9]{4}"
    rf"|(?:[a-z0-9_]{{4}}|(?:{_PARTING}[a-z0-9_]){{4}}){_ON}"
    # 1-3-9-   -0-0-1-3
    rf"|(?<=[0-9]){_SPACED}(?![0-9])"
    # lq--04
    r"|(?<=[a-z_])(?=[a-z0-9_\-]{5})(?:-{0,2}[a-z0-9_]){3})"
)
