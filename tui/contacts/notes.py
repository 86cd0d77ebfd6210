"""Tells what only looks like a contact: a note to write, a group's name, what code compares, a column's."""

from __future__ import annotations

import re

from tui.contacts.shapes import ID, LANDLINE, MOBILE, Value


def has_note(text: str, start: int, end: int) -> bool:
    """Tell whether a note could be asked for between two places: a quick look before a long pattern."""
    return text.find("注", start, end) >= 0


def is_no_contact(text: str, value: Value) -> bool:
    """Tell whether a value is a note to write, the name of a group to be let into, or compared in code."""
    if value.shape in _PHONES:
        return False
    before = text[max(0, value.start - _BEFORE) : value.start]
    if before[-1:] in _QUOTES and _COMPARED.search(before):
        return True
    if before[-1:] in _INTO and value.shape is ID and _OF_GROUP.match(text, value.end):
        return True
    return before.rstrip(_OPENING)[-1:] in _NOTE_ENDS and _NOTE.search(before) is not None


def is_compared(text: str, start: int) -> bool:
    """Tell whether what begins at a place is compared in code: if (answer == "qq583026")."""
    return text[start - 1 : start] in _QUOTES and _COMPARED.search(text, max(0, start - 5), start) is not None


def is_field(text: str, value: Value) -> bool:
    """Tell whether a value is the name of a column or a field, as documents give it: `shop_id`（微信号）."""
    return value.shape is ID and _FIELD.fullmatch(text, value.start, value.end) is not None


# 微信⏎国内适用。加好友请注明“体检”。⏎abc123: the id stands behind the sentence about the note
BEHIND_NOTE = re.compile(
    r"[^\0\na-z0-9]{0,28}(?:\n[^\0\na-z0-9]{1,32}?)?(?:备注|注明)"
    r"(?:[ :为是上]{0,3}[\"'「『【《][^\n\"'」』】》]{1,16}[\"'」』】》]"
    r"|:? ?[^\0\na-z0-9。:]{0,12})[^\w\n]{0,3}"
    r"(?:。|\n{1,2}[^\w\n]{0,8})"
    r"(?=(?:[a-z][a-z_\-]{1,18}[0-9][a-z0-9_\-]{0,17}|[1-9][0-9]{6,10}) *(?:\n|\Z))"
)
_PHONES = frozenset({MOBILE, LANDLINE})
_BEFORE = 24
_OPENING = " :\"'`「『【《[*"
# the last letters of what _NOTE finds
_NOTE_ENDS = frozenset("注明言号令案证息容由码复下上为是填写入词字母送语esngydhr")
_NOTE = re.compile(
    r"[备注附暗口答验申写回发nrcvkams](?:(?<![a-z])"
    r"(?:(?<=备)注|(?<=注)明|(?<=附)言|(?<=暗)号|(?<=口)令|(?<=答)案|(?<![已名过].)(?<=验)证"
    r"|(?:(?<=验)证|(?<=申)请|(?<=附)加)(?:信息|消息|内容|理由|说明|码|语)|(?<=写)[上明]"
    r"|(?<![会就秒必再都快时可].)(?<=回)复)"
    r"(?:一下|下|上|为|是|填写?|写上?|输入|信息|内容|关键[词字]|口令|暗号|数字|字母){0,3}"
    r"|(?<=发)送(?:关键[词字]|口令|暗号|数字|字母|消息|内容)?(?=[ :]?[\"'「『【])"
    r"|(?<![a-z].)(?:"
    r"(?:(?<=n)ote|(?<=r)emark|(?<=c)omment|(?<=v)erification|(?<=k)eyword|(?<=a)nswer)s?"
    r"(?: is| as)?(?= ?[:\"'`])"
    r"|(?<=c)ode(?= ?[\"'`])|(?<=m)ention(?:ing)? "
    r"|(?:(?<=r)eply|(?<=s)end)(?: with)? (?=[\"'`])))"
    rf"[{re.escape(_OPENING)}]{{0,5}}\Z"
)
# 加我微信进rustcn交流群: the name of a group
_INTO = frozenset("进入到")
_OF_GROUP = re.compile(r"[ 的]?[\u4e00-\u9fff]{0,4}群")
_QUOTES = frozenset("\"'`= (")
_COMPARED = re.compile(r"[=!]=[ (]{0,2}[\"'`]?\Z")
_FIELD = re.compile(
    r"[a-z]+(?:_[a-z]+){0,3}_(?:id|uid|no|num|number|name|key|code|account|type|field)"
    r"|(?:[a-z]+_)?(?:user|contact|shop|seller|buyer|owner|admin|member|customer|service|agent|author|company|link)"
    r"_(?:wx|vx|qq|wechat|weixin)"
)
