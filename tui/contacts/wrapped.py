"""Finds mobile numbers that the lines of a page broke: 来电咨询：137⏎  0013⏎  8000."""

from __future__ import annotations

import re

from tui.contacts.shapes import Shape, Value


def find_wrapped(text: str, first: int) -> list[Value]:
    """Give the mobile numbers in a folded text whose parts stand on two or three lines behind a label.

    `first` is where the first letter or digit stands.
    """
    if "\n" not in text or _HINT.search(text, first) is None:
        return []
    return [
        Value(match.start(), match.end(), Shape.MOBILE)
        for match in _MOBILE.finditer(text, first)
        if _CALLS.search(text, max(0, match.start() - 16), match.start())
    ]


_BREAK = r" {0,3}\n {0,40}"
_HINT = re.compile(rf"1[3-9][0-9](?:[ \-]?[0-9]{{4}})?{_BREAK}[0-9]{{4}}")
_MOBILE = re.compile(
    r"1(?<![0-9a-z_.\-].)[3-9][0-9]"
    rf"(?:{_BREAK}[0-9]{{4}}(?:{_BREAK}|[ \-]?)|[ \-]?[0-9]{{4}}{_BREAK})[0-9]{{4}}(?![0-9a-z_]|[.\-][0-9])"
)
_CALLS = re.compile(
    r"(?:电话|手机号?码?|来电|致电|热线|咨询|联系(?:方式|人)?|拨打|tel|phone)"
    r"(?:[^\w\n]{0,3}|[^\w\n]{0,2}: {0,3}\n {0,40})\Z"
)
