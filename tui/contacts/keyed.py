"""Reads what programs keep by a name: objects, records, settings and calls, in any language of data."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.contacts.cells import Kept, read_kept
from tui.contacts.named import Name, is_exact


def read_keyed(text: str, name: Name) -> Kept | None:
    """Read the value that a folded text, its links hidden, keeps by a name."""
    for place, exact in _value_at(text, name.start, name.end):
        value = read_kept(text, place, name.roles, exact=exact)
        if value is not None:
            return Kept(value, name.start, name.end, name.roles)
    return None


def _value_at(text: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Give the places where the value of a name may begin, and whether letters will do there."""
    name = text[start:end]
    if text[start - 1 : start] == "." and text[end : end + 1] in _QUOTES:
        scope = _SCOPE.search(text, max(0, start - 24), start)
        start = start if scope is None else scope.end("quote")
    quote = text[start - 1 : start]
    quoted = quote in _QUOTES and text[end : end + 1] == quote
    behind = end + quoted
    called = None if quoted else _CALL.match(text, end)
    if called is not None:
        yield called.end(), _SETTER.match(name) is not None
        return
    assigned = _ASSIGNED.match(text, behind)
    if assigned is not None:
        yield from _assigned(text, assigned)
    elif text[behind : behind + 1] == ">" and _names_tag(text, start, quoted=quoted):
        yield behind + 1, True
    elif quoted:
        yield from _beside(text, start, behind)
    elif _PUTS.search(text, max(0, start - 60), start):
        value = _NEXT_CELL.match(text, end)
        if value is not None:
            yield value.end(), False
    elif (key := _LISTED_NAME.search(text, max(0, start - 24), start)) is not None:
        item = _REST_OF_ITEM.match(text, end)
        if item is not None:
            yield from _entries(text, *item.span(), key["key"])


def _names_tag(text: str, start: int, *, quoted: bool) -> bool:
    """Tell whether a name is that of a tag, or the one that its attribute gives: <qq>, <string name="qq">."""
    if not quoted:
        return text[start - 1 : start] == "<"
    return _NAME_KEY.search(text, max(0, start - 24), start) is not None


def _assigned(text: str, assigned: re.Match[str]) -> Iterator[tuple[int, bool]]:
    """Give the places of the value of a key: itself, or the entries of the object that it names."""
    if assigned["opened"] is None and assigned["broken"] is None:
        yield assigned.end(), assigned["quote"] is not None
        return
    if assigned["broken"] is not None:
        inside = _BLOCK.match(text, assigned.start("broken"))
    else:
        inside = _OBJECT.match(text, assigned.end())
    if inside is not None:
        yield from _entries(text, *inside.span())


def _beside(text: str, start: int, behind: int) -> Iterator[tuple[int, bool]]:
    """Give the places of the value of a quoted name: in the object that it names, or in the next cells."""
    key = _NAME_KEY.search(text, max(0, start - 24), start)
    if key is not None:
        yield from _entries_about(text, start, behind, key["key"])
        return
    at = behind
    for _ in range(_MOST_CELLS):
        cell = _NEXT_CELL.match(text, at)
        if cell is None:
            return
        if _BECOMES_KEY.match(text, cell.end()) or cell["quote"] != text[start - 1]:
            return
        yield cell.end(), at == behind and _opens_pair(text, start, behind, cell.end())
        passed = _PASSED.match(text, at)
        if passed is None:
            return
        at = passed.end()


def _opens_pair(text: str, start: int, behind: int, at: int) -> bool:
    """Tell whether a name and the string behind it are all that a call or a list has, and are kept by it."""
    if is_exact(text[start : behind - 1]) and _ROW.search(text, max(0, start - 120), start):
        return True
    keeps = _KEEPS.search(text, max(0, start - 30), start) is not None
    return keeps and _PAIR_ENDS.match(text, at) is not None


def _entries_about(text: str, start: int, end: int, key: str) -> Iterator[tuple[int, bool]]:
    """Give the places of the values in the object about a name, those behind it first."""
    opened = max(text.rfind(sign, max(0, start - _FARTHEST), start) for sign in "{[(}])")
    bracketed = opened >= 0 and text[opened] == "("
    behind = (_ARGUMENTS if bracketed else _OBJECT).match(text, end)
    if behind is not None:
        yield from _entries(text, *behind.span(), key)
    if opened >= 0 and text[opened] in "{[(":
        yield from _entries(text, opened, start - len(key) - 2)


def _entries(text: str, start: int, end: int, key: str = "\0") -> Iterator[tuple[int, bool]]:
    """Give the places of values between two places, up to where the key of a name comes again."""
    for entry in _VALUE_KEY.finditer(text, start, end):
        if _comes(text, key, start, entry.start()):
            return
        yield entry.end(), entry["key"] not in _TELLING


def _comes(text: str, key: str, start: int, end: int) -> bool:
    """Tell whether a key comes between two places, by itself and not as the end of another (subtitle)."""
    at = text.find(key, start, end)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(key, at + 1, end)
    return at >= 0


_MOST_CELLS = 3  # cells behind a name that may hold its value
_FARTHEST = 240
_QUOTES = frozenset("\"'`")
_SETTER = re.compile(r"set|with|put|add|append|update")
_CALL = re.compile(r" ?\(\s{0,20}\\?[\"'](?=[^\"'\n]{5,40}[\"'] {0,3}\))")
_ASSIGNED = re.compile(
    r" {0,24}(?::|=>|=(?!=)) {0,9}(?:(?P<opened>\{|\[(?! ?\])|array ?\()"
    r"|(?P<broken>\n)(?= +[\"']?\w)|(?P<quote>\\?[\"'`])|(?=[1-9]))"
)
# the rest of an object that holds no other
_OBJECT = re.compile(r"[^{}\[\]]{0,240}")
_ARGUMENTS = re.compile(r"[^{}\[\]()]{0,240}")
_BLOCK = re.compile(r"\n(?P<indent> {1,16})[^\n]{1,120}(?:\n(?P=indent)[^\n]{1,120}){0,5}")
# a number, and in YAML an id, may stand without quotes
_VALUE_KEY = re.compile(
    r"(?<![\w\-])[\"']?(?P<key>value|val|text|content|number|num|no|id|account|acc|desc|description|info|data|detail"
    r"|username|handle|href|内容|值|号码|[账帐]号)[\"']? {0,24}(?::|=>|=(?!=)) {0,9}"
    r"(?:\\?[\"'`]|(?=[1-9])(?<!id: )|(?=[a-z][a-z0-9_\-]{5,19} *(?:\n|\Z)))"
)
# keys of what may be a word about the app
_TELLING = frozenset({"desc", "description", "info", "data", "detail"})
_NAME_KEY = re.compile(
    r"(?<![\w\-])[\"']?(?P<key>name|label|title|type|key|field|platform|channel|kind|method|way|app|text|名称|类型"
    r"|标签|平台|渠道|方式)[\"']? {0,9}(?::|=>|=) {0,3}\\?[\"'`]\Z"
)
# 'kefu.wechat'
_SCOPE = re.compile(r"(?P<quote>[\"'`])[a-z0-9_.]{1,16}\.\Z")
# an item of YAML: - name: 微信, and its further lines
_LISTED_NAME = re.compile(
    r"[\- ] (?P<key>name|label|title|type|key|platform|channel|kind|method|app): {1,3}\Z"
)
_REST_OF_ITEM = re.compile(r" *(?:\n {1,16}(?!- )[a-z][^\n]{1,120}){1,5}")
_NEXT_CELL = re.compile(r"\s{0,3}, {0,3}\n?\s{0,40}n?\\?(?P<quote>[\"'`])")
# { '微信号', 'status': the next string is a key
_BECOMES_KEY = re.compile(r"[^\"'`\n]{0,40}\\?[\"'`] {0,3}(?::|=>)")
# a row of SQL: brackets, and in them cells alone
_ROW = re.compile(r"\((?:[^()\[\]{}]{0,100}, ?)?n?[\"'`]\Z")
# a cell between name and value that says what the value is
_PASSED = re.compile(
    r"\s{0,3}, {0,3}\n?\s{0,40}(?:null|[0-9]{1,3}|([\"'`])"
    r"(?:text|string|input|value|varchar|contact|[0-9]{0,2}|[^\0-\x1f!-pr-\x7f]{0,20})\1)"
)
_KEEPS = re.compile(r"(?:set|with|put|add|append|push|insert|update|contact)\w{0,12} ?\( ?\\?[\"'`]\Z")
# a constant as the key: config.put(Keys.SHOP_QQ, …
_PUTS = re.compile(r"(?:set|put|add|append)\w{0,12} ?\((?:\w{1,30}\.)?\Z")
_PAIR_ENDS = re.compile(r"[a-z0-9_\-]{6,20}[\"'`]\s{0,20}[)\],]")
