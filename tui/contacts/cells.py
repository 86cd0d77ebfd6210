"""Reads the value that data keeps in a cell, a string or an element, and leaves out words of code."""

from __future__ import annotations

import re
import sys

from tui.contacts.code_words import CODE_WORDS
from tui.contacts.labels import Role
from tui.contacts.shapes import Shape, Value, read_digits, read_value
from tui.contacts.words import ORDINARY, PARTS_JOINED, PINYIN, VERSION
from tui.values import frozen


@frozen
class Kept:
    """A value that data keeps, and where its name stands.

    A grid has all its heads between `above` and `below`: none of them is the label of a value elsewhere.
    """

    value: Value
    start: int
    end: int
    roles: frozenset[Role]
    above: int = 0
    below: int = 0


def read_kept(
    text: str, at: int, roles: frozenset[Role], *, end: int = sys.maxsize, exact: bool = True
) -> Value | None:
    """Read the value of that role that begins exactly at a place of a folded text; a cell may have an `end`.

    What has no digit counts when it fills its cell; unless the name is `exact` it must spell somebody's name.
    """
    value = read_value(text, at, end)
    if value is None or (value.shape is Shape.LANDLINE and Role.PHONE not in roles):
        value = read_digits(text, at, end)
    if value is None or not (value.end == end or _ENDS.match(text, value.end)):
        return None
    if value.shape is Shape.DIGITS:
        return value if value.end - value.start >= _SHORTEST and not _COUNTED.match(text, at) else None
    if value.shape is not Shape.ID:
        return value if value.shape is Shape.MOBILE and not roles <= _GROUP else None
    filled = value.end == end or _FILLED.match(text, value.end) is not None
    return value if Role.WECHAT in roles and _may_be_id(text, value, filled=filled, exact=exact) else None


def is_named_in_code(cased: str, value: Value) -> bool:
    """Tell whether a value without a digit, with its capitals, is a name of code: onScroll, pay_page."""
    found = cased[value.start : value.end]
    if value.shape is not Shape.ID or _DIGIT.search(found):
        return False
    if _HANDLER.match(found):
        return True
    if found.islower():
        return _JOINT.search(found) is not None and any(part in CODE_WORDS for part in _JOINT.split(found))
    humps = _HUMP.findall(found) if found[0].islower() else []
    return len(humps) > 1 and any(hump.lower() in CODE_WORDS for hump in humps)


def _may_be_id(text: str, value: Value, *, filled: bool, exact: bool) -> bool:
    found = text[value.start : value.end]
    if any(kind.fullmatch(found) for kind in _NO_IDS) and not _OWN_NUMBER.fullmatch(found):
        return False
    parts = _JOINT.split(found)
    if all(part in CODE_WORDS or part.isdigit() for part in parts):
        return False
    if _DIGIT.search(found):
        return True
    return filled and (exact or PINYIN.fullmatch("".join(parts)) is not None)


_GROUP = frozenset({Role.GROUP})
_SHORTEST = 6
_COUNTED = re.compile("9876543")
# what may stand behind a value: the end of its place, a remark, a further value
_ENDS = re.compile(r" *(?:[\"'`<|,;)\]}\n/、&]|\\[\"'nr]|\Z|[^\x01-')-\x7f])(?!\(\))")
_FILLED = re.compile(r" *(?:[\"'`<|\n]|\\[\"']|,(?= *\n)|\Z)")
_DIGIT = re.compile("[0-9]")
_HANDLER = re.compile(r"(?:on|is|has|get|set|can|use|handle|show|fetch|load)[A-Z]")
_OWN_NUMBER = re.compile("(?:weixin|wechat)[0-9]{3,8}")
_HUMP = re.compile("[A-Z]?[a-z]+")
_JOINT = re.compile(r"[_\-]+")
_NO_IDS = (
    PARTS_JOINED,
    ORDINARY,
    VERSION,
    re.compile(r"wx[0-9a-f]{16}|(?:test|your|my|wx|wechat|weixin)[_\-](?!.*[0-9]).*"),
    re.compile(
        r"gh_[0-9a-f]{6,}|demo[a-z0-9_\-]*|v[0-9]+(?:alpha|beta|rc)[0-9]*|.*(?:123456|abcdef).*"
        r"|(?:qq|vx|tel)[:_\-]?[0-9]{5,}"
    ),
    re.compile(r"[0-9a-f]{16,}|#?[0-9a-f]{6}"),
    re.compile(
        r"(?:fa|icon|el|van|bi|mdi|ri|ant|uni|btn|text|bg|col|is|has|can|show|get|set|on)[_\-][a-z0-9_\-]+"
    ),
    re.compile(r"[a-z0-9_\-]*(?:icon|button|image|placeholder|secret|notify|callback|enable|xxx|name)s?\d?"),
)
