"""Reads the value before a label when more words than their order tell that the two belong together."""

from __future__ import annotations

import re

from tui.contacts import phrases
from tui.contacts.fit import is_word
from tui.contacts.labels import Role
from tui.contacts.lettered import is_offered_before
from tui.contacts.persons import is_common
from tui.contacts.runs import Run
from tui.contacts.shapes import Shape, Value, is_strong, read_value
from tui.contacts.words import PINYIN


def value_before(text: str, floor: int, end: int, pattern: re.Pattern[str]) -> Value | None:
    """Read the value, not before `floor`, that a pattern for what ends at a place has found."""
    tail = pattern.search(text, max(floor, end - 34), end)
    if tail is None:
        return None
    value = read_value(text, tail.start("value"), tail.end("value"))
    return value if value is not None and value.end == tail.end("value") else None


def stands_before(text: str, value: Value) -> bool:
    """Tell whether what stands before a label can be an id, and no word of the sentence."""
    return not is_word(text, value) or is_offered_before(text, value)


def read_told(text: str, run: Run, floor: int) -> Value | None:
    """Read the value before a label that the words behind the label give to it.

    复制abc123打开微信添加好友; abcdef（欢迎添加微信咨询）; abc_def⏎可加我V，我拉你; 384716290，…⏎是qq吗
    """
    if Role.WECHAT in run.roles and phrases.COPIED.match(text, run.end):
        value = value_before(text, floor, run.start, phrases.TAIL_COPIED)
        if value is not None and _is_no_word(text, value):
            return value
    following = text[run.end : run.end + 1]
    if following in _ASKING and _ASKS_WHETHER.match(text, run.end):
        return _asked_about(text, run, floor)
    if Role.WECHAT not in run.roles:
        return None
    if text[run.start - 1 : run.start] in _CALLING_ENDS:
        return _called_above(text, run, floor) or _invited(text, run, floor)
    return _invited(text, run, floor) if following in _REMARKING else None


def is_framed_phone(text: str, run: Run, phone: Value) -> bool:
    """Tell whether a label stands right behind a frame that holds a number only: 【13800138000】微信."""
    frame = text[phone.start - 1 : phone.start] + text[phone.end : run.start]
    return frame in _FRAMES and _OF_FEATURE.match(text, run.end) is None


def _is_no_word(text: str, value: Value) -> bool:
    return value.shape is not Shape.ID or is_strong(text[value.start : value.end])


def _asked_about(text: str, run: Run, floor: int) -> Value | None:
    """Read a value of which somebody asks in the next line whether it is one: 384716290，谢谢⏎是qq吗."""
    tail = _ASKED_ABOUT.search(text, max(floor, run.start - 80), run.start)
    value = None if tail is None else read_value(text, tail.start("value"))
    fits = value is not None and value.shape is not Shape.LANDLINE and _is_no_word(text, value)
    return value if fits else None


def _invited(text: str, run: Run, floor: int) -> Value | None:
    """Read an id that begins its line and is followed by a call to add it: abcdef（欢迎添加微信咨询）."""
    remark = _REMARK.search(text, max(floor, run.start - 56), run.start)
    if remark is None or _INVITES.search(text, remark.start("said"), run.end + 12) is None:
        return None
    if _REMARK_ENDS.match(text, run.end) is None:
        return None
    value = read_value(text, remark.start("value"), remark.end("value"))
    fits = value is not None and value.shape is Shape.ID and not is_common(text, value)
    return value if fits else None


def _called_above(text: str, run: Run, floor: int) -> Value | None:
    """Read an id that has a line to itself above one that calls to add it: abc_def⏎可加我V，我拉你."""
    above = _ABOVE.search(text, max(floor, run.start - 40), run.start)
    if above is None or _GOES_ON.match(text, run.end) is None:
        return None
    value = read_value(text, above.start("value"), above.end("value"))
    if value is None or value.shape is not Shape.ID or is_common(text, value):
        return None
    named = _is_no_word(text, value) or PINYIN.fullmatch(text, value.start, value.end) is not None
    invited = "可" in above[0] or _LETS_IN.match(text, run.end)
    return value if named or invited else None


_ASKING = frozenset("吗么嘛号?")
_ASKS_WHETHER = re.compile(r"(?:号码?)?(?:[吗么嘛]|\?)")
_ASKED_ABOUT = re.compile(
    r"(?<![0-9a-z_@.\-])(?P<value>[1-9][0-9]{6,10}|[a-z][a-z0-9_\-]{5,19})(?![0-9a-z_@.])"
    r"[^\n\0 0-9a-z]{0,16} ?[^\n\0 0-9a-z]{0,12}(?:\n[>\s]{0,12})?"
    r"(?:(?:请问|这个?|它|上面|这串|数字)[ ,]?){0,3}是(?:你的?|您的?|个)?\Z"
)
_CALLING_ENDS = frozenset("我的加 ")
_REMARKING = frozenset("), 咨联了备详")
_REMARK = re.compile(
    r"(?:\A|\n|:) *(?P<value>[a-z_][a-z0-9_\-]{5,19}) ?\("
    r"(?P<said>(?:欢迎|请|可以?|直接|有意者?|感兴趣|或|扫码|搜索?|添?加|联系|我的?|本人|也|是)*)\Z"
)
_INVITES = re.compile("加|联系|咨询|了解|详聊|备注|预约|沟通|交流|搜")
_REMARK_ENDS = re.compile(
    r"[ ,]?(?:[请可来]|可以|欢迎|直接|即可|免费|在线|更多)*"
    r"(?:咨询|联系|了解|备注|详聊|预约|沟通|交流|添?加|进群|拉群|报名)?"
    r"(?:我们?|详情|细节|预约|咨询|哦|吧)?\)"
)
_ABOVE = re.compile(
    r"(?:\A|\n)[>\s]{0,6}(?P<value>[a-z_][a-z0-9_\-]{5,19}) *\n[>\s]{0,6}"
    r"(?:也|请|大家|各位|可以?|能|直接|欢迎|需要的?|有需要的?|想进的?|想?进群的?|群?满了?|的|,)*"
    r"(?:添?加|搜)一?下?(?:我|这个)?的? ?\Z"
)
_GOES_ON = re.compile(r"[号 ]?(?:[,。!~]|\n|\Z|(?:我|来)?[拉邀]|进|入|备注|咨询|了解|聊|哈|吧|即可|就[行好])")
_LETS_IN = re.compile(r" ?,? ?(?:我|来)?(?:[拉邀][你您大进入]|进群|入群)")
_FRAMES = frozenset({"【】", "[]", "「」", "『』", "《》"})
_OF_FEATURE = re.compile(
    r" ?(?:支付|小程序|公众|扫码?|朋友圈|登[录陆]|群|转账|收款|红包|版|号?[:是]|[a-z0-9])"
)
