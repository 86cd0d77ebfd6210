"""Finds numbers that are cut by their own labels: 【1304微2596电718】 is a phone and a WeChat ID."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.values import frozen


@frozen
class Interleaved:
    """A mobile number with labels inside, and whether they say WeChat and phone."""

    start: int
    end: int
    wechat: bool
    phone: bool


def is_cut(text: str, first: int = 0) -> bool:
    """Tell whether a folded text has a bracket, and from `first` on a label between digits."""
    return (
        any(map(text.__contains__, _BRACKETS))
        and any(map(text.__contains__, _CUTTING))
        and _CUT.search(text, first) is not None
    )


def find_interleaved(text: str) -> Iterator[Interleaved]:
    """Give the mobile numbers in brackets of a folded text whose digits are cut by a label at least once."""
    for match in _BRACKETED.finditer(text) if is_cut(text) else ():
        if _CUT.search(match["number"]) is not None:
            start, end = match.span("number")
            wechat, phone = _WECHAT.search(match["inner"]), "电" in match["inner"]
            yield Interleaved(start, end, wechat is not None, phone)


_LABELS = "电微薇溦嶶徽徵徴葳崴威"
_CUTTING = f"{_LABELS}丿乀"
_BRACKETS = "【「『[(█"
_BRACKETED = re.compile(
    rf"[{re.escape(_BRACKETS)}](?P<inner>[^\w\n]{{0,3}}"
    r"(?P<number>1[^0-9a-z\n]{0,4}[3-9](?:[^0-9a-z\n]{0,4}[0-9]){9})[^0-9a-z\n]{0,4}?)[】」』\])]"
)
_CUT = re.compile(rf"[0-9][^\w\n]{{0,3}}[{_CUTTING}]{{1,3}}[^\w\n]{{0,3}}[0-9]")
_WECHAT = re.compile(f"[{_LABELS[1:]}]")
