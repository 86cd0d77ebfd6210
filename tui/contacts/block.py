"""Reads the merchant block of a page: 【商户信息】 类目 联系人 微信号 …, also DESTOON and mymps boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.contacts.normalise import fold
from tui.contacts.shapes import is_mobile
from tui.model import Merchant
from tui.values import frozen


@frozen
class Field:
    """One labelled line of a block: what it names, its value ("" = none) and where that stands."""

    name: str
    value: str
    start: int
    end: int
    label: tuple[int, int]


@frozen
class Block:
    """A merchant block and its place (code points)."""

    start: int
    end: int
    fields: tuple[Field, ...]

    def first(self, name: str) -> Field | None:
        """Give the first field of that name that has a value."""
        return next((field for field in self.fields if field.name == name and field.value), None)


def read_block(text: str) -> Merchant | None:
    """Give the six fields of the merchant block in a text, None when there is no block."""
    folded = fold(text).cased
    block = find_block(folded)
    return None if block is None else merchant_of(block, folded)


def merchant_of(block: Block, folded: str) -> Merchant:
    """Give the six fields of a block that was found in a folded text."""
    values = {field.name: field.value for field in reversed(block.fields) if field.value}
    phone = values.get("phone", "")
    views = values.get("views") or _views(folded)
    return Merchant(
        category=values.get("category", ""),
        person=values.get("person", ""),
        wechat=values.get("wechat", ""),
        qq=values.get("qq", ""),
        mobile=values.get("mobile") or (phone if is_mobile(phone) else ""),
        views=int(views.replace(",", "")) if views else None,
    )


def find_block(folded: str) -> Block | None:
    """Find the block of a folded text: what 【商户信息】 heads, else two or more fields close together."""
    # one letter is found ten times as fast as two
    named = folded.find("信息") if "息" in folded else -1
    heading = _HEADING.search(folded, max(0, named - 4)) if named >= 0 else None
    if heading is not None:
        section = _SECTION.search(folded, heading.end())
        end = section.start() if section else len(folded)
        fields = [_read(folded, match, end) for _, match in _labelled(folded, heading.end(), end)]
        return Block(heading.start(), end, tuple(fields))
    group: list[Field] = []
    start = end = 0
    for opening, match in _labelled(folded, 0, len(folded)):
        if group and opening - end > _FAR:
            if _is_merchant(group):
                break
            group = []
        start = start if group else opening
        group.append(_read(folded, match, len(folded)))
        end = max(match.end(), group[-1].end)
    return Block(start, end, tuple(group)) if group and _is_merchant(group) else None


def _labelled(text: str, start: int, end: int) -> Iterator[tuple[int, re.Match[str]]]:
    """Give the labels that begin a line or a part of one, each with where that begins."""
    for match in _FIELD.finditer(text, start, end):
        at = begins = match.start()
        if at and text[at - 1] != "\n":
            opening = _OPENING.search(text, max(start, at - 13), at)
            if opening is None:
                continue
            begins = opening.start()
        yield begins, match


def _read(text: str, match: re.Match[str], limit: int) -> Field:
    """Read a field's value behind its label, or on the next line that has words."""
    name = str(match.lastgroup)
    label, behind = (match.start(), match.end(name)), match.end()
    value = _VALUES[name].match(text, behind, _line_end(text, behind, limit))
    if value is None:
        line = _NEXT_LINE.match(text, behind, limit)
        if line is not None and _stands_alone(text, name, line, limit):
            value = _VALUES[name].fullmatch(text, *line.span("line"))
    if value is None:
        return Field(name, "", behind, behind, label)
    plain = value["value"].rstrip()
    start = value.start("value")
    return Field(name, plain, start, start + len(plain), label)


def _line_end(text: str, at: int, limit: int) -> int:
    """A value ends with its line, or where a wide gap or a bar parts it from the next field."""
    end = _END.search(text, at, limit)
    return limit if end is None else end.start()


def _stands_alone(text: str, name: str, line: re.Match[str], limit: int) -> bool:
    """Tell whether a line below an empty label may be its value: no label, a name only before a label."""
    if _ANY_LABEL.match(text, line.start("line"), limit):
        return False
    if name not in _WORDS:
        return True
    following = _NEXT_LINE.match(text, line.end("line"), limit)
    return following is not None and _ANY_LABEL.match(text, following.start("line"), limit) is not None


def _is_merchant(group: list[Field]) -> bool:
    return len({field.name for field in group} & _REACHING) >= 2


def _views(text: str) -> str | None:
    match = _VIEWS.search(text)
    return (match[1] or match[2]) if match else None


_FAR = 120  # code points between two fields of one block
_WORDS = frozenset({"category", "person"})
_REACHING = frozenset({"person", "wechat", "qq", "mobile", "phone"})
_HEADING = re.compile(r"【 ?商[户家]信息 ?】|商[户家]信息 ?(?=\n)")
_SECTION = re.compile(r"【[^】\n]{1,12}】")
_NAMED = {
    "category": ("类目", "所属类目", "分类", "行业", "产品/服务"),
    "person": ("联 ?系 ?人", "联络人", "店主", "姓 ?名"),
    "wechat": ("微 ?信 ?(?:号码|号)?",),
    "qq": ("Q ?[Qq] ?(?:号码|号)?", "q ?[Qq] ?(?:号码|号)?"),
    "mobile": ("手 ?机 ?(?:号码|号)?", "联系手机"),
    "phone": ("电 ?话", "联系电 ?话", "公司电 ?话"),
    "views": ("浏览(?:量|次数)?", "访问量", "人气"),
}
_BEFORE = r" |•*·\-"
# The search leaps from one first letter of a word to the next; before it there is what parts, or nothing.
_FIRST = "".join(sorted({word[0] for words in _NAMED.values() for word in words}))
_REST = {name: "|".join(f"(?<={word[0]}){word[1:]}" for word in words) for name, words in _NAMED.items()}
_FIELD = re.compile(
    rf"[{_FIRST}](?<![^\n{_BEFORE}].)(?:{'|'.join(f'(?P<{name}>{rest})' for name, rest in _REST.items())})"
    r"(?: ?:| (?=[^\s:]))"
)
_OPENING = re.compile(r"(?:^[ •*·\-]{0,12}|(?<=  )|(?<=\|)|(?<=\| ))\Z", re.MULTILINE)
_END = re.compile(r"[ |\n](?:(?<! )| (?=\S))")
_NEXT_LINE = re.compile(r"\s{0,99}?\n[\s•*·\-]{0,99}(?P<line>[^\n]{1,60}?) {0,9}(?=\n|\Z)")
_ANY_LABEL = re.compile(r"[【\[]|[^\n:]{1,12}:")
_NUMBER = re.compile(r" {0,9}(?P<value>[^\s\[【][^\n]{0,59})")
_VALUES = {
    "category": re.compile(r" {0,9}(?P<value>[^\s\[【:][^\n:]{0,29})"),
    "person": re.compile(r" {0,9}(?P<value>[^\s\d:(\[【<]{1,12}|[A-Za-z][A-Za-z. ]{1,20})"),
    "wechat": _NUMBER,
    "qq": _NUMBER,
    "mobile": _NUMBER,
    "phone": _NUMBER,
    "views": re.compile(r" {0,9}(?P<value>[0-9][0-9,]{0,11})(?![0-9])"),
}
_VIEWS = re.compile(r"浏览(?:量|次数)? ?: {0,9}([0-9][0-9,]{0,11})|([0-9][0-9,]{0,11}) ?(?:次浏览|人看过)")
