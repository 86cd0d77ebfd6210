"""Finds numbers that are cut by their own labels: 【1304微2596电718】 is a phone and a WeChat ID."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Interleaved:
    """A mobile number with labels inside, and whether they say WeChat and phone."""

    start: int
    end: int
    wechat: bool
    phone: bool


def is_cut(text: str) -> bool:
    """Tell whether a label stands between digits anywhere in a folded text."""
    return _CUT.search(text) is not None


def find_interleaved(text: str) -> Iterator[Interleaved]:
    """Give the mobile numbers in brackets of a folded text whose digits are cut by a label at least once."""
    for match in _BRACKETED.finditer(text):
        inner = match["inner"]
        if _CUT.search(inner) is None or not _MOBILE.fullmatch(_NOT_DIGIT.sub("", inner)):
            continue
        first = match.start("inner") + _FIRST.search(inner).start()  # type: ignore[union-attr]
        last = match.start("inner") + _LAST.search(inner).end()  # type: ignore[union-attr]
        yield Interleaved(first, last, _WECHAT.search(inner) is not None, "电" in inner)


_LABELS = "电微薇溦嶶徽徵徴葳崴威"
_BRACKETED = re.compile(r"[【「『\[(█](?P<inner>[^\w\n]{0,3}(?:[0-9]{1,7}[^0-9a-z\n]{0,4}){2,9})[】」』\])]")
_CUT = re.compile(rf"[0-9][^\w\n]{{0,3}}[{_LABELS}丿乀]{{1,3}}[^\w\n]{{0,3}}[0-9]")
_WECHAT = re.compile(f"[{_LABELS[1:]}]")
_NOT_DIGIT = re.compile(r"[^0-9]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_FIRST = re.compile(r"[0-9]")
_LAST = re.compile(r"[0-9](?=[^0-9]*\Z)")
