"""Judges whether letters behind a plain label are a person's id, by whom the words about them name."""

from __future__ import annotations

import re

from tui.contacts.code_words import CODE_WORDS
from tui.contacts.labels import PEOPLE
from tui.contacts.phrases import SURNAMES
from tui.contacts.runs import Run
from tui.contacts.shapes import Value
from tui.contacts.words import ONLY_PARTS, ORDINARY, PARTS_JOINED, TECHNICAL


def is_common(text: str, value: Value) -> bool:
    """Tell whether letters are a word of code or of a product, in the plural too."""
    found = text[value.start : value.end]
    return (
        found in CODE_WORDS
        or found.removesuffix("s") in CODE_WORDS
        or ORDINARY.fullmatch(found) is not None
        or PARTS_JOINED.fullmatch(found) is not None
        or _SECRET.fullmatch(found) is not None
    )


def is_state(text: str, value: Value) -> bool:
    """Tell whether letters are an English word for how something is: my WeChat is blocked."""
    return _STATE.fullmatch(text, value.start, value.end) is not None


def is_persons(text: str, run: Run, gap: str, value: Value) -> bool:
    """Tell whether letters fill brackets behind a name with their label, or an English sentence offers them.

    李建明律师（微信 abcdef）; my WeChat is abcdef; reach me via WeChat (abcdef)
    """
    if is_common(text, value):
        return False
    if gap in _SPACE and text[run.start - 1 : run.start] == "(" and text[value.end : value.end + 1] == ")":
        return bool(
            _is_named(text, run.start)
            or (_CHINESE.match(text, run.start - 2) and _INVITED.match(text, value.end, value.end + 90))
        )
    before = text[max(0, run.start - 100) : run.start]
    if is_state(text, value):
        return False
    known = text[run.start : run.end].endswith(" id")
    if gap.strip() in _IS and (known or before.endswith("my ")):
        return _CLAUSE_ENDS.match(text, value.end) is not None and bool(
            known or _ABOUT.search(before) or _ABOUT.search(text, value.end, value.end + 60)
        )
    return gap in _OPENS and _BY_WAY.search(before) is not None and bool(_ENDS.match(text, value.end))


def is_handle(text: str, run: Run, value: Value) -> bool:
    """Tell whether an id that only ends in a technical word (lan_code) is a person's who offers it."""
    handle = _HANDLE.fullmatch(text, value.start, value.end)
    if handle is None or _is_technical(handle["name"]):
        return False
    start = max(0, run.start - 12)
    return (
        run.added
        or text[run.end - 1] == "号"
        or text[run.start : run.end].endswith(" id")
        or text[start : run.start].endswith(_MINE)
        or text[start : run.start].rstrip(" ,:(").endswith(_PERSONS)
        or _LITTLE.search(text, start, run.start) is not None
        or (text[run.start - 1 : run.start] == "(" and _is_named(text, run.start))
        or _CALLS.search(text, start, run.start) is not None
        or _CALLS.search(text, run.end, value.start) is not None
        or _ASKS.match(text, value.end) is not None
    )


def _is_named(text: str, at: int) -> bool:
    """Tell whether a person is named before a bracket that opens right before a place."""
    named = _NAMED.search(text, max(0, at - 16), at)
    if named is not None and (named["first"] is None or named["first"] in SURNAMES):
        return True
    return text[max(0, at - 8) : at].rstrip(" (").endswith(_PERSONS)


def _is_technical(name: str) -> bool:
    return name in CODE_WORDS or any(kind.fullmatch(name) for kind in (ONLY_PARTS, ORDINARY, TECHNICAL))


_MINE = ("我的", "我", "本人", "my ")
_SPACE = frozenset({"", " "})
_IS = frozenset({"is", "is:", ":"})
_OPENS = frozenset({" ", " (", ": ", " @", " `", ' "', " id "})
_SECRET = re.compile(r"(?:access|session|api|app|private|refresh|auth)[_\-](?:key|token|secret)")
_STATE = re.compile(
    r"[a-z]{3,}(?:able|ible|ally|ing|ed)|broken|hidden|latest|missing|different|another|outdated"
)
_PROFESSIONS = """
律师 医生 医师 大夫 教授 博士 设计师 摄影师 化妆师 工程师 技师 师傅 导师 讲师 校长 园长 主任 院长 总监
总 叔 阿姨 妈妈 爸爸 编辑 主编 记者 咨询师 翻译 导游 司机 队长 会长 发起人 组织者
"""
_PERSONS = tuple(f"{_PROFESSIONS} {PEOPLE}".split())
_NAMED = re.compile(
    r"(?:(?:\A|[^\w]|[人者是系加找由])(?P<first>[\u4e00-\u9fff])[\u4e00-\u9fff]{1,2}|[小阿老][\u4e00-\u9fff]"
    r"|(?:作者|联系人|负责人|姓名|昵称|讲师|主讲|策划|发起人)[ :]{1,2}[\u4e00-\u9fff]{2,6}) ?\(\Z"
)
_LITTLE = re.compile(r"[小阿老][\u4e00-\u9fff] ?\Z")
_CHINESE = re.compile("[\u3400-\u9fff]")
_INVITED = re.compile(
    r"\)[^\0]{0,60}?(?:(?:欢迎|请|可以?|随时|直接)(?:添?加|联系|咨询|交流|私聊|找我|沟通)|加我|联系我|请?备注)"
)
_CLAUSE_ENDS = re.compile(
    r" ?[.!,;]? *(?:\n|\Z)|[.,!;] [a-z]| (?:please|pls|if|and|feel|thanks|thx|or)(?![a-z])"
)
_ABOUT = re.compile(
    r"(?<![a-z])(?:add|contact|reach|discuss|questions?|interested|invite|hire|message|ping|connect|collaborat)"
)
_BY_WAY = re.compile(
    r"(?<![a-z])(?:contact|reach|add|message|find|ping|text|write|talk|hit|get)(?: to)?"
    r" (?:me|us|him|her|out|up)"
    r"[^\n.;]{0,24} (?:via|on|by|through|using|in|at|with) (?:my )?\Z"
    r"|(?<![a-z])add (?:my|me|our) \Z"
)
_ENDS = re.compile(
    r"[)`\"]?(?: ?[.,;!] *| *)(?:\n|\Z|(?<=[,; )`\"])(?:or|and|if|for|please|email|telegram)(?![a-z]))"
)
_HANDLE = re.compile(
    r"(?P<name>[a-z]+(?:[_\-][a-z]+)?)[_\-]"
    r"(?:code|bot|robot|service|app|share|page|text|title|group|user|info|link|img|image|js|css|html|public|mini"
    r"|program|design|pay|server|client|contact)s?"
)
_CALLS = re.compile(r"(?:加|联系|找|私|滴|戳)(?:我|作者|本人|小编|客服|博主)?[^\w\n\0]{0,6}\Z")
_ASKS = re.compile(
    r"[^\w\n]{0,3}(?:请?备注|拉[你您]|咨询|联系我?|交流|详聊|私聊|进群|入群|聊聊"
    r"|[,。]? ?(?:加好友|添加)(?:时|请))"
)
