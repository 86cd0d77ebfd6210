"""Finds QQ groups that a call to come in names, without a word for a group: 来进583026914这个."""

from __future__ import annotations

import re
from collections.abc import Iterator


def find_entered(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans of the numbers in a folded text that people are called into."""
    if "进" in text:
        for match in _ENTERED.finditer(text):
            yield match.span("number")


_ENTERED = re.compile(
    r"进(?:(?<=来进)|(?<=[请都速]进)|(?<=想进)|(?<=可以进)|(?<=直接进)|(?<=欢迎进))"
    r"[下入]?(?:这个|下面的?)?[ :,]{0,2}"
    r"(?P<number>[1-9][0-9]{7,9})"
    r"(?=(?:[这那]个?(?:[吧群里没有,。!~ ]|\n|\Z)|吧|[ ,。!~]*(?:\n|\Z)))"
)
