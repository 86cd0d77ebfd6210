"""What a number or an id may look like: reads one value at a place of a folded text."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from string import ascii_lowercase, digits

from tui.contacts.spelled import as_address
from tui.contacts.stretches import ODD
from tui.model import Kind
from tui.values import frozen


class Shape(StrEnum):
    """The forms of a value; which kind of contact it is only its label says."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    DIGITS = "digits"
    ID = "id"


MOBILE, LANDLINE, DIGITS, ID = Shape
"""Its members: Python 3.11 takes ten times as long to find one in its class."""


@frozen
class Value:
    """A value found in a folded text."""

    start: int
    end: int
    shape: Shape


def read_value(text: str, at: int, end: int = sys.maxsize) -> Value | None:
    """Read the value that begins exactly at a place: a phone, else 5 to 11 digits, else a WeChat id.

    With `end` the text is read as if it ended there.
    """
    first = text[at : at + 1]
    phone = read_phone(text, at, end) if first in _PHONE_FIRST else None
    if phone is not None:
        return phone
    scattered = _SCATTERED.match(text, at, end) if first == "1" else None
    if scattered is not None:
        return Value(at, scattered.end(), MOBILE)
    if first in _LIKE_ONE and (lettered := _LETTERED.match(text, at, end)) is not None:
        return Value(at, lettered.end(), MOBILE)
    if first.isdigit():
        abroad = at > 0 and text[at - 1] == "+" and not text[max(0, at - 2)].isalpha()
        return None if abroad else read_digits(text, at, end)
    return _read_id(text, at, end)


def read_phone(text: str, at: int, end: int = sys.maxsize) -> Value | None:
    """Read a mobile or landline number that begins exactly at a place."""
    first = text[at : at + 1]
    if first not in _PHONE_FIRST:
        return None
    match = _MOBILE.match(text, at, end) if first != "4" else None
    if match is not None and _is_well_parted(match["number"], text[match.end() : match.end() + 2]):
        return Value(at, match.end(), MOBILE)
    match = None if first == "1" else _LANDLINE.match(text, at, end) or _SERVICE.match(text, at, end)
    return None if match is None else Value(at, match.end(), LANDLINE)


def is_mobile(text: str) -> bool:
    """Tell whether a folded text begins with a mobile number."""
    phone = read_phone(text, 0)
    return phone is not None and phone.shape is MOBILE


def find_phones(text: str, start: int, end: int) -> list[Value]:
    """Give the phone numbers in a stretch of a folded text that stand free of letters and other numbers."""
    phones: list[Value] = []
    for match in _PHONE_START.finditer(text, start, end):
        if not phones or phones[-1].end <= match.start():
            phone = read_phone(text, match.start())
            if phone is not None and not (_FOLLOWED.match(text, phone.end) or _is_keyed(text, phone.start)):
                phones.append(phone)
    return phones


def _is_keyed(text: str, at: int) -> bool:
    """Tell whether a number is the value of a key such as "item_id": in data."""
    if text[at - 1 : at] not in _KEY_ENDS:
        return False
    key = _KEY.search(text, max(0, at - 24), at)
    return key is not None and not _is_listed(text, key.start())


def _is_listed(text: str, at: int) -> bool:
    """Tell whether what only ends like a key is a word in a list of phones: 值班电话：⏎David：13800138000."""
    name = _ITEM_NAME.search(text, max(0, at - 12), at)
    return (
        name is not None and _OF_PHONES.search(text, max(0, name.start() - 80), name.start() + 1) is not None
    )


def is_strong(value: str) -> bool:
    """Tell whether an id has a digit or a line in it, as no ordinary word has."""
    return _STRONG.search(value) is not None


def clean(kind: Kind, found: str) -> str:
    """Give the value that the folded text of a span stands for: 138-0013 8000 is 13800138000."""
    if found.isdecimal() and found[0] not in "08":
        return found
    if kind in _NO_NUMBERS:
        return found if kind is Kind.PERSON else as_address(found)
    if found[:1] in _LOOKS_LIKE_ONE and _LETTERED.fullmatch(found.lower()):
        return found.translate(_AS_MOBILE)
    if found[:1].isdigit() and not _LETTERS.search(as_digits := found.translate(_AS_DIGITS)):
        found = as_digits
    # the line of _13800138000 is a part of the id
    if kind in _NAMED and (found[0] == "_" or _LETTERS.search(found)):
        return _without_partings(found)
    digits = _NOT_DIGIT.sub("", found)
    if kind is Kind.LANDLINE:
        return "0" + digits.removeprefix("00")[2:].removeprefix("0") if _ABROAD.match(digits) else digits
    return _COUNTRY.sub("", digits)


def _without_partings(found: str) -> str:
    """Join an id that was written letter by letter (a b c 1 2 3), or whose lines Markdown escapes."""
    if not found.isascii():
        found = _ODD.sub("", found)
    found = found.replace("\\", "")
    return _PARTING.sub("", found) if found[1:2] in _PARTINGS and _SPACED.fullmatch(found) else found


def _read_id(text: str, at: int, end: int) -> Value | None:
    match = _ID.match(text, at, end)
    if match is None:
        return None
    label = _LABEL_WITHIN.search(text, at, min(end, at + 48, match.end() + 11))
    stop = match.end() if label is None else min(label.start(), match.end())
    if text[at] == "_" and (marked := _EMPHASIS.fullmatch(text, at, stop)) is not None:
        at, stop = marked.span("name")
    value = _without_partings(text[at:stop])
    if not 6 <= len(value) <= 20 or "xxx" in value or _PLACEHOLDER.fullmatch(value):
        return None
    return Value(at, stop, ID)


def read_digits(text: str, at: int, end: int = sys.maxsize) -> Value | None:
    """Read a number of 5 to 11 digits that begins exactly at a place, a phone's or not."""
    match = (
        _HALVED.match(text, at, end)
        or _DIGITS.match(text, at, end)
        or _SINGLES.match(text, at, end)
        or _PARTED_DIGITS.match(text, at, end)
        or _LOOK_ALIKES.match(text, at, end)
    )
    if match is None or _UNIT.match(text, match.end()):
        return None
    found = match[0]
    if _DATE.fullmatch(found) or _COUNTED.fullmatch(found):
        return None
    length = len(found) if found.isdecimal() else len(_ALNUM.findall(found))
    return Value(at, match.end(), DIGITS) if 5 <= length <= 11 else None


def _is_well_parted(number: str, rest: str) -> bool:
    """Tell whether the parts of a mobile number are such as people write, not digits of a table or a date."""
    if number.isdecimal():
        return True
    lengths = tuple(map(len, _PARTS.findall(number)))
    partings = set(_NOT_DIGIT.findall(number))
    if lengths == (3, 4, 4) and not (partings <= {rest[:1]} and rest[1:].isdigit()):
        return True
    if lengths == _SINGLE:
        return not (rest[:1] in partings and rest[1:].isdigit())
    if not number.isascii() and "·" not in partings:
        return True  # signs that only disguise
    if len(partings) > 1 or (partings == {"."} and len(lengths) == 4):
        return False  # 192.168.128.18 is an address
    return ((len(lengths) <= 4 and lengths[0] >= 3 and min(lengths) >= 2) or lengths in _RHYTHMS) and not (
        rest[:1] in partings and rest[1:].isdigit()
    )


_LABEL_NEXT = r"(?:qq|vx|wx|v|tel|wechat|e?mail|mob)(?![a-z])"
_S = r"(?:[ .\-·—–*_]| {2})"
_MOBILE = re.compile(
    r"(?:(?:\+|00)?86[ \-]?|\(\+?86\) ?|0)?"
    rf"(?P<number>1[3-9][0-9]{{9}}|1{_S}?[3-9](?:{_S}?[0-9]){{9}}|1[3-9][0-9](?P<by>[/x])[0-9]{{4}}(?P=by)[0-9]{{4}}"
    rf"|1[{ODD}]?[3-9](?:[{ODD}]?[0-9]){{9}}|1[ \-]{{1,6}}[3-9](?:[ \-]{{1,6}}[0-9]){{9}})(?![0-9]|\.[0-9])"
)
# behind a label: 139,0013,7755, 139（0013）7755, 1 39-0013 77-55
_SCATTERED = re.compile(
    r"(?!1[ .\-]{1,2}[2-9][0-9]{2}[ .\-]{1,2}[0-9]{3}[ .\-]{1,2}[0-9]{4})"  # American
    r"(?:1[3-9][0-9](?:(?P<sign>[^\w\n\0]{1,3})[0-9]{4}(?P=sign)|[(【\[][0-9]{4}[)】\]])[0-9]{4}(?![0-9]|[.,][0-9])"
    r"|1[ .\-·*~—–_]{0,6}[3-9](?:[ .\-·*~—–_]{0,6}[0-9]){9}(?![ .\-·]{0,3}[0-9]))"
)
_CHINA = r"(?:(?:\+|00)?86[ \-]{0,2}|\(\+?86\) ?)"
_LOCAL_7_8 = r"[0-9]{3,4}[ \-]?[0-9]{4}"
_LOCAL_8 = r"(?:[0-9]{4}[ \-]?[0-9]{4}|[0-9]{3}[ \-][0-9]{5}|[0-9]{2}(?:[ \-][0-9]{2}){3})"
_GAP = r"\)?[ \-–—―~*]{0,3}"
_LANDLINE = re.compile(
    rf"(?:{_CHINA}?(?:\(?(?:010|02[0-9]){_GAP}{_LOCAL_8}|\(?0(?:[3-8][1-9][0-9]|701|9[0-9]{{2}}){_GAP}{_LOCAL_7_8})"
    rf"|{_CHINA}(?:\(0\))?(?:(?:10|2[0-9])[ \-]{_LOCAL_8}|[3-9][1-9][0-9][ \-]{_LOCAL_7_8}))(?![0-9]|\.[0-9])"
)
VALUE_FIRST = frozenset(f"{ascii_lowercase}{digits}_(+")
"""What a value may begin with."""
_PHONE_FIRST = frozenset("0148+(")
_SERVICE = re.compile(r"[48]00(?: ?-? ?[0-9]){7}(?![0-9]|-[0-9])")
_PHONE_START = re.compile(
    r"[0148+(](?<![0-9a-z_+@][0148+(])(?=[0-9+]|[ .\-·—–*_][0-9])"
    r"(?<![0-9a-z_]\.[0148+(])(?<!\(\([0148+(])(?<![a-z]-[0148+(])"
)
_KEY = re.compile(r"(?:id|no|num|code|sn|key|count|price|amount|time|stamp|ts)[\"']? ?[:=] ?[\"']?$")
_KEY_ENDS = frozenset(":= \"'\n")
_ITEM_NAME = re.compile(r"(?:\A|[\n,;、|/ ])[a-z]{1,10}\Z")
_OF_PHONES = re.compile(r"(?:电话|手机|热线|联系(?:人|方式)|tel|phone)[^\w\n]{0,4}\n[^\0]{0,70}\Z")
_FOLLOWED = re.compile(
    rf"(?!{_LABEL_NEXT})[a-z_@]| ?(?:元|万|次|人|块|美|件|%)| [0-9a-f]{{4}}(?![0-9a-z]|-[0-9]{{7}})"
)
_NO_MORE = rf"(?![0-9_@]|\.[0-9]|(?!{_LABEL_NEXT})[a-z])"
_DIGITS = re.compile(rf"[1-9][0-9]{{4,10}}{_NO_MORE}")
_HALVED = re.compile(
    rf"[1-9][0-9]{{4}}[ \-][0-9]{{3,5}}(?! ?[0-9年月日/:.\-]){_NO_MORE}"
    r"|[1-9][0-9]{2,4}十[0-9]{3,5}(?=纯数字)"
)
_PARTED_DIGITS = re.compile(
    rf"(?!85[23]|886|[1-9]-[0-9]{{3}}-)[1-9][0-9]{{0,3}}(-{{1,2}}|[ _·*ˇ{ODD}])"
    rf"[0-9]{{1,6}}(?:\1[0-9]{{1,4}}){{0,9}}{_NO_MORE}"
    rf"|[1-9][0-9]{{0,3}}[·\u2190-\u2bff][0-9]{{5,9}}{_NO_MORE}"
)
# 64O2.73I9: no id begins with a digit, so these letters are digits
_LOOK_ALIKES = re.compile(rf"[1-9](?=[0-9.·\-]{{0,9}}[oil])(?:[.·\-]?[0-9oil]){{5,10}}{_NO_MORE}")
# 7-3-9   1 - 0-5
_SINGLES = re.compile(r"(?!(?:[0-9]-[0-9] +){2})[1-9](?:[ \-]{1,6}[0-9]){6,9}(?![ \-]{0,3}[0-9a-z])")
# l38OOl37755: one such letter alone opens an id as well (l3800137755)
_LIKE_ONE, _LOOKS_LIKE_ONE = frozenset("1li"), frozenset("1liLI")
_LETTERED = re.compile(
    r"(?:1|[li](?=[0-9]{0,9}[oliz]))[3-9](?=(?:[oliz]{0,4}[0-9]){5})(?=[0-9]{0,8}[oliz])[0-9oliz]{9}(?![a-z0-9_\-])"
)
_AS_MOBILE = str.maketrans("oOiIlLzZ", "00111122")
_AS_DIGITS = str.maketrans("oOiIlL", "001111")
_DATE = re.compile(r"20[0-9]{2}([ \-]?)(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12][0-9]|3[01])|20[0-9]{2}-20[0-9]{2}")
_COUNTED = re.compile(r"123456(?:7(?:8(?:9(?:0)?)?)?)?|([0-9])\1{4,}")
_UNIT = re.compile(
    r" ?(?:[为是][您你]的[^\n]{0,6}(?:验证|校验|登录|动态)"
    r"|元|块|万|亿|人(?!工|事|力|名)|个(?!人)|名(?!字|称)|位|次(?!日)|年|月|日|天|岁|粉|件|条|台|斤"
    r"|%(?![cs])|字节|[kmg]b(?![a-z])|多|\+|[张余](?![\u4e00-\u9fff]{0,2}(?:经理|总|先生|女士|小姐|老师|师傅|老板|[姐哥工])))"
)
_ID = re.compile(
    r"[a-z_](?:"
    r"([.·*]| {1,3})[a-z0-9_\-](?![a-z0-9_\-])(?:\1[a-z0-9_\-](?![a-z0-9_\-])){4,18}"
    rf"|[a-z0-9]{{0,4}}([{ODD}])[a-z0-9]{{1,5}}(?:\2[a-z0-9]{{1,5}}){{1,8}}"
    r"|(?:[a-z0-9_\-]{0,39}[a-z0-9_])?(?:\\_[a-z0-9_\-]{0,20}){1,3}(?<=[a-z0-9_])"
    r"|[a-z0-9_\-]{0,39}[a-z0-9_]"
    r")(?![a-z0-9_]|-+[a-z0-9_])"
)
_SPACED = re.compile(r"[A-Za-z_](?:(?:[.·*]| {1,3})[A-Za-z0-9_\-])+")
# __abc123__ is abc123 as Markdown writes it in bold, and _384716290_ is a number
_EMPHASIS = re.compile(
    r"(?P<mark>_{2,3}|_(?=[0-9]+_\Z))(?P<name>[a-z0-9][a-z0-9_\-]*[a-z0-9]|(?<=_)[0-9]+)(?P=mark)"
)
_ALNUM = re.compile(r"[a-z0-9]")
_ODD = re.compile(rf"[{ODD}]")
_PARTINGS = frozenset(" .·*")
_PARTING = re.compile(r"[ .·*]")
_LABEL_WITHIN = re.compile(r"[qtw](?<=[0-9].)(?:(?<=q)q|(?<=t)el|(?<=w)echat)(?= ?:|[0-9]{5})")
_PLACEHOLDER = re.compile(r"(.)\1*|(?:your|example|test)[a-z0-9_\-]*|abc_?1?2?3?4?5?6?")
_STRONG = re.compile(r"[0-9_\-]")
_NO_NUMBERS = frozenset({Kind.PERSON, Kind.EMAIL})
_NAMED = frozenset({Kind.WECHAT, Kind.OFFICIAL_ACCOUNT})
_LETTERS = re.compile(r"[A-Za-z]")
_NOT_DIGIT = re.compile(r"[^0-9]")
_PARTS = re.compile(r"[0-9]+")
_SINGLE = (1,) * 11
_RHYTHMS = frozenset({(2, 2, 2, 2, 2, 1), (1, 2, 2, 2, 2, 2), (3, 2, 2, 2, 2)})
_ABROAD = re.compile("(?:00)?86")
_COUNTRY = re.compile(r"^(?:0086|86|0)(?=1[3-9][0-9]{9}$)")
