"""Folds the disguises of a text: width, enclosed digits, look-alikes, invisible letters, index-mapped."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from tui.contacts.ascii_part import ascii_of
from tui.values import frozen


@frozen
class Folded:
    """A text as contacts are searched in it.

    `cased` keeps capitals, `text` is the same in lower case, `letters` the letters, digits and low lines of
    that which are ASCII's, and some other signs. From each place of `moved` on the letters come from the
    original one by one, beginning at the place of the same rank in `origins`.
    """

    cased: str
    text: str
    letters: str
    moved: Sequence[int] = ()
    origins: Sequence[int] = ()

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give the span of the original text that a span (not empty) of the folded text came from."""
        if not self.moved:
            return start, end
        return self._origin(start), self._origin(end - 1) + 1

    def _origin(self, place: int) -> int:
        rank = bisect_right(self.moved, place) - 1
        return place if rank < 0 else self.origins[rank] + place - self.moved[rank]


def fold(text: str) -> Folded:
    """Fold a text; only what is disguised is looked at letter by letter."""
    letters = ascii_of(text.replace("＿", "_"))
    for wide, narrow in _PUNCTUATION:
        # to look costs half of what replacing nothing does
        if wide in text:
            text = text.replace(wide, narrow)
    moved: list[int] = []
    origins: list[int] = []
    unusual = _UNUSUAL.search(text) is not None
    if unusual:
        if _DISGUISED.search(text):
            text = _unmask(text, moved, origins)
        if _FOREIGN.search(text):
            text = _LONE_ZE.sub("3", _LETTERS.sub(_as_latin, text))
        if _SPELLED_OUT.search(text):
            text = _MOBILE.sub(_as_mobile, _DIGITS.sub(_as_digits, text))
    if unusual:
        lower = _lower(text)
        return Folded(text, lower, ascii_of(lower), moved, origins)
    # in such a text only ASCII's letters have capitals
    small = letters.lower()
    return Folded(text, text if small == letters else _lower(text), small)


def is_silent(text: str) -> bool:
    """Tell whether a text not yet folded has no letter, digit, colon or blank, nor what is folded to one."""
    return _SPEAKS.search(text) is None


def _unmask(text: str, moved: list[int], origins: list[int]) -> str:
    """Replace each disguised letter by its plain ones, and note where that moves the text behind it."""
    pieces: list[str] = []
    last = length = 0
    for match in _DISGUISED.finditer(text):
        start = match.start()
        if _COUNTING.match(text, start):
            continue
        plain = _KNOWN.get(match[0])
        if plain is None:
            plain = unicodedata.normalize("NFKC", match[0])
        pieces += (text[last:start], plain)
        length += start - last + len(plain)
        last = start + 1
        if len(plain) != 1:
            moved += range(length - len(plain) + 1, length + 1) if plain else (length,)
            origins += (*[start] * (len(plain) - 1), last)
    return "".join((*pieces, text[last:]))


def _as_latin(match: re.Match[str]) -> str:
    """Read Cyrillic and Greek letters as the Latin ones they look like, when they stand among Latin ones."""
    run = match[0]
    return run.translate(_LOOK_ALIKES) if _ASCII.search(run) else run


def _as_digits(match: re.Match[str]) -> str:
    """Read Chinese numerals as digits when they spell out a number or a part of an id."""
    run = match[0]
    if run.isascii() or _NUMBER_AND_WORDS.match(run) or _is_counted(match):
        return run
    if _LATIN.search(run):
        spelled = len(_NUMERAL.findall(run)) >= 3 or _AMID_DIGITS.search(run) is not None
    else:
        spelled = len(run.replace(" ", "").replace("-", "")) >= 7
    return run.translate(_NUMERALS) if spelled else run


def _is_counted(match: re.Match[str]) -> bool:
    """Tell whether the first numeral counts what the others are the number of: 群一583026914群二347956877."""
    start = match.start()
    return match.string[start - 1 : start] == "群" and _COUNTED.fullmatch(match[0]) is not None


def _as_mobile(match: re.Match[str]) -> str:
    """Read a mobile number partly spelled out, its parts parted by commas: 壹39零零一三，7755."""
    parts = _PART.findall(match[0])
    if min(map(len, parts)) < 2 or len(parts[0]) < 3:
        return match[0]
    return _BETWEEN.sub("-", match[0].translate(_NUMERALS))


def _lower(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def _all_but(first: str, last: str, without: str) -> str:
    """The inside of a character class: all from the first letter to the last but some of those between."""
    bounds = [ord(first) - 1, *sorted(ord(char) for char in without if first <= char <= last), ord(last) + 1]
    return "".join(
        f"{chr(before + 1)}-{chr(after - 1)}" for before, after in pairwise(bounds) if after - before > 1
    )


def _alphabet(first: int, letters: str) -> dict[str, str]:
    return {chr(first + place): letter for place, letter in enumerate(letters)}


_PUNCTUATION = tuple(
    zip(
        "：，；？！（）｜／＋－＠．＿＃＝＆“”‘’﹕︰\u3000\xa0\t\r",
        ":,;?!()|/+-@._#=&\"\"''::" + " " * 4,
        strict=True,
    )
)
_INVISIBLE = "".join(
    map(
        chr,
        (
            *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x20E3, 0x3164, 0xFEFF, 0xFFA0),
            *range(0x180B, 0x180F),
            *range(0x200B, 0x2010),
            *range(0x202A, 0x202F),
            *range(0x2060, 0x2070),
            *range(0xFE00, 0xFE10),
            *range(0x1F3FB, 0x1F400),  # skin tones of 👉🏻
        ),
    )
)
_TRADITIONAL = dict(
    zip(
        "號碼帳電話機聯絡線眾訂閱單編傳維衛圍貨賬戶運與訁",
        "号码帐电话机联络线众订阅单编传维卫围货账户运与言",
        strict=True,
    )
)
_CHINESE = "零〇一二三四五六七八九幺壹贰叁肆伍陆柒捌玖洞腰两溜拐勾"
# What is as it stands in most texts; a class of all else is the quickest look that there is.
_ORDINARY = (
    "\0-\x7f\xb0\xb7\xd7—…！？～￥"
    + _all_but("\u3001", "\u301f", _CHINESE)
    + _all_but("\u3400", "\u9fff", _CHINESE + "".join(_TRADITIONAL))
)
_DISGUISED = re.compile(
    f"[^{_ORDINARY}](?<=[{_INVISIBLE}\xb2\xb3\xb9\u2070-\u209c\u2000-\u200a\u202f\u205f\u2460-\u24ff\u2776-\u2793"
    "\u3220-\u3229\u3280-\u3289\u2f00-\u2fd5０-９Ａ-Ｚａ-ｚ"
    "\U0001d400-\U0001d7ff\U0001f100-\U0001f189\U0001fbf0-\U0001fbf9"
    f"{''.join(_TRADITIONAL)}])"
)
# A circled digit before a plain number or an ID counts it (①640213377 ②…, ①abc123 ②…) and stays.
_COUNTING = re.compile(
    "(?<![0-9\u2460-\u2473])[\u2460-\u2473] ?(?:[0-9]{5}"
    "|(?<![A-Za-z_-].)(?<![A-Za-z_-]. )[A-Za-z][A-Za-z0-9_-]{5})"
)
_ABC = "abcdefghijklmnopqrstuvwxyz"
# What NFKC would leave alone, or would give more than the one letter or digit that is meant: ⑴ ⒈ ➊ 🅰.
_KNOWN = {
    **dict.fromkeys(_INVISIBLE, ""),
    **_TRADITIONAL,
    **_alphabet(0x2474, "123456789"),
    **_alphabet(0x2488, "123456789"),
    **_alphabet(0x249C, _ABC),
    **_alphabet(0x24F5, "123456789"),
    **_alphabet(0x24FF, "0"),
    **_alphabet(0x2776, "123456789"),
    **_alphabet(0x2780, "123456789"),
    **_alphabet(0x278A, "123456789"),
    **_alphabet(0x3220, "123456789"),
    **_alphabet(0x3280, "123456789"),
    **_alphabet(0x1F10B, "00"),
    **_alphabet(0x1F110, _ABC.upper()),
    **_alphabet(0x1F150, _ABC.upper()),
    **_alphabet(0x1F170, _ABC.upper()),
}
_FOREIGN = re.compile("[\u0370-\u052f]")
_LETTERS = re.compile(r"[A-Za-z0-9_\-" "\u0370-\u052f]{2,}")
_LONE_ZE = re.compile(r"(?<=[0-9][ .\-])[зЗ](?=[ .\-]?[0-9])")
_ASCII = re.compile("[A-Za-z0-9]")
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХЗаеѕіјкорсухһԁԛԝѵгпΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεικνοργτυχω",
    "ABESIJKMHOPCTYX3aesijkopcyxhdqwvrnABEZHIKMNOPTYXabeikvopytuxw",
)
_LATIN = re.compile("[A-Za-z_]")
_NUMERAL = re.compile(f"[{_CHINESE}]")
_AMID_DIGITS = re.compile(f"[0-9][{_CHINESE}]{{1,2}}[0-9]")
# 13800138000一二三线: the number ends where the Chinese words begin.
_NUMBER_AND_WORDS = re.compile(f"[0-9]{{7,}}[{_CHINESE}]+$")
_COUNTED = re.compile("[一二三四五六七八九][1-9][0-9]{5,9}")
_NUMERALS = str.maketrans(_CHINESE, "001234567891123456789012679")
_SPELLED_OUT = re.compile(f"[{_CHINESE}](?:[ -]?[{_CHINESE}0-9]){{2}}")
_UNUSUAL = re.compile(f"[^{_ORDINARY}](?:(?<![{_CHINESE}])|(?:[ -]?[{_CHINESE}0-9]){{2}})")
# The same look at a text before it is folded; marks that no label ends with and no number has are silent too.
_SILENT = "".join(wide for wide, narrow in _PUNCTUATION if narrow not in "_: -")
_SILENT += _ORDINARY.replace("\0-\x7f", "\n!-/;-@")
_SPEAKS = re.compile(f"[^{_SILENT}](?:(?<![{_CHINESE}])|(?:[ -]?[{_CHINESE}0-9]){{2}})")
_DIGITS = re.compile(
    rf"[{_CHINESE}A-Za-z0-9_\-]{{6,}}|[{_CHINESE}0-9]{{1,11}}(?:[ -][{_CHINESE}0-9]{{1,11}}){{2,11}}"
)
# its first parts may have been read as digits already, so that no numeral need be left
_MOBILE = re.compile(
    rf"[1一壹幺](?<![{_CHINESE}0-9].)[,、。. ]?[{_CHINESE}3-9]"
    rf"(?:[,、。. ]?[{_CHINESE}0-9]){{9}}(?![{_CHINESE}0-9])"
)
_PART = re.compile(rf"[{_CHINESE}0-9]+")
_BETWEEN = re.compile(r"[,、。]")
