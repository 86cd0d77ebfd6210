"""Finds QQ groups and WeChat IDs in lists whose heading says what they are: 群号：⏎吉他社：583026914."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.contacts.shapes import Shape, read_digits
from tui.contacts.words import TECHNICAL, VERSION


def find_groups(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans of QQ group numbers that stand in a list of groups, or alone with a group's name."""
    if "群" not in text:
        return
    done = 0
    for heading in _GROUPS.finditer(text):
        if heading.end() > done and _heads_groups(text, heading):
            numbers, done = _items(text, heading.end() - 1)
            if len(numbers) >= _FEWEST or _SAYS_NUMBER.search(heading[0]):
                yield from numbers
    for ending in _ENDS_LINE.finditer(text):
        start = text.rfind("\n", max(0, ending.start() - _ABOVE), ending.start()) + 1
        line = _NAMED_LINE.fullmatch(text, start, ending.start())
        if line is not None and _is_number(text, line) and _is_group(text, line):
            yield line.span("number")


def find_ids(text: str) -> Iterator[tuple[int, int]]:
    """Give the spans of the IDs that begin the lines under such a heading as 微信服务指南."""
    for heading in _PEOPLE.finditer(text) if "信" in text else ():
        at = heading.end() - 1
        while item := _PERSON.match(text, at):
            known = VERSION.fullmatch(item["id"]) or TECHNICAL.fullmatch(item["id"])
            if known is None:
                yield item.span("id")
            at = item.end()


def _heads_groups(text: str, heading: re.Match[str]) -> bool:
    """Tell whether a line with 群 in it announces a list of groups of QQ."""
    start = text.rfind("\n", max(0, heading.start() - 48), heading.start()) + 1
    line = text[max(start, heading.start() - 48) : heading.end()].strip()
    if _NO_HEADING.search(line) and not _QQ_GROUP.search(line):
        return False
    return _ENDS_HEADING.search(line) is not None and _ABOUT_GROUPS.search(line) is None


def _is_group(text: str, line: re.Match[str]) -> bool:
    """Tell whether a line's name is a QQ group's, by itself or by what is said above."""
    above = text[max(0, line.start() - _ABOVE) : line.start()]
    return _QQ_GROUP.search(above) is not None or _GROUPS_NAME.search(line["name"] + "群") is not None


def _items(text: str, at: int) -> tuple[list[tuple[int, int]], int]:
    """Give the numbers of the lines under a heading that ends at a place, and where they end."""
    numbers: list[tuple[int, int]] = []
    for _ in range(_LONGEST):
        item = _NAMED.match(text, at) or _NUMBERED.match(text, at)
        if item is None:
            item = _SUBHEADING.match(text, at)
            if item is None or _OTHER.search(item[0]):
                break
        elif _OTHER.search(item["name"]) or not _is_number(text, item):
            break
        else:
            numbers.append(item.span("number"))
        at = item.end()
    return numbers, at


def _is_number(text: str, item: re.Match[str]) -> bool:
    """Tell whether an item's number is neither a date nor a count."""
    value = read_digits(text, item.start("number"))
    return value is not None and value.shape is Shape.DIGITS and value.end == item.end("number")


_FEWEST = 2
_LONGEST = 60  # lines of one list
_ABOVE = 60  # letters between what says that groups follow and a line with a group's name
_BLANK = r"\n(?:[^\w\n]{0,40}\n){0,2}"
_BULLET = r" {0,24}+(?:[^\w\n【\[(]{1,12}+)?(?:[0-9]{1,2}[.、)] ?|[①-⑳] ?)?"
_GROUPS = re.compile(r"群(?:\(qq\)|qq)?[^\n0-9:]{0,16}:? *\n")
_SAYS_NUMBER = re.compile(r"群(?:号|:? *\n)")
_ENDS_HEADING = re.compile(
    r"[:】」》]\Z|群号?码?\)?\Z|群(?:\(qq\)|qq)|群[^\n]{0,4}(?:如下|列表|汇总|一览|大全|信息|方式|号)|\A#"
)
_QQ_GROUP = re.compile(r"(?<![a-z])q{1,2} ?群|[扣企]鹅?群|\(qq\)")
_NO_HEADING = re.compile(r"微信|微群|[vw]x|wechat|钉钉|飞书|电报|telegram|(?<![a-z])tg|whatsapp|line|discord")
_ABOUT_GROUPS = re.compile(
    r"[集人族种]群|社群|群(?:体|众|发|公告|规|名片|员|成员|主|管|友|聊记录|组)|说明|须知|规则|统计|人数|修改|活动|福利|机器人|接口|文件|数据"
)
_NAME = r"(?P<name>(?=[^\n]{0,23}[\u4e00-\u9fffa-z])(?:[^\n:|()0-9]|[0-9]{1,4}(?![0-9])){1,24}?)"
_NUMBER = r"(?<![0-9])(?P<number>[1-9][0-9]{5,9})(?![0-9a-z@]|[.\-/:][0-9])"
_REST = r"[^\n0-9]{0,30}(?=\n|\Z)"
_NAMED = re.compile(
    rf"{_BLANK}{_BULLET}{_NAME}(?:[】)」]{{1,2}})?(?: ?[:|(=~>—\-]{{1,3}} ?| {{1,8}})(?:(?:qq)?群?号?:? ?)"
    rf"{_NUMBER}{_REST}"
)
_NUMBERED = re.compile(
    rf"{_BLANK}{_BULLET}{_NUMBER}(?: ?[:|(=~>—\-]{{1,3}} ?| {{1,8}})(?P<name>[^\n0-9]{{1,24}}{_REST})"
)
_SUBHEADING = re.compile(r"\n(?:[^\w\n]{0,40}\n){0,2}[^\n0-9]{1,16}(?=\n)")
_OTHER = re.compile(
    r"电话|手机|微信|(?<![a-z])qq(?!群)|热线|座机|传真|邮编|邮箱|地址|时间|日期|[学编工序单]号|房|室|班级|姓名|密码|验证"
    r"|金额|[价费元]|[水用]电|人数|数量|面积|男|女|库存|浏览|成员|合计|年|截止|联系|咨询|视频|图片|文件|(?:[量数分赞课节总]|id)(?=[^\w]*\Z)"
)
# 583026914 非官方水群
_ENDS_LINE = re.compile(r"群(?<![集人族种社象]群)(?:号|聊)?[)。!~ ]{0,3}(?=\n|\Z)")
_NAMED_LINE = re.compile(
    rf"{_BULLET}(?P<number>[1-9][0-9]{{6,9}})(?: ?[:|(~>—\-]{{1,3}} ?| {{1,4}})"
    r"(?P<name>[^\n0-9:,。!?]{0,12})"
)
_GROUPS_NAME = re.compile(
    r"官方|交流|粉丝|玩家|技术|反馈|新生|讨论|水群|吹水|答疑|qq|读者|用户|学习|校友|老乡|班群|总群"
)
_PEOPLE = re.compile(
    r"微信(?:客服|服务|咨询|联系|售后|售前|顾问|好友|名片){1,2}(?:指南|方式|列表|名单|一览|人员|团队|中心|专线|号码?)?"
    r" ?:? *\n"
)
_PERSON = re.compile(
    r"\s{0,60}(?:[^\w\n]{0,12}\n)?[^\w\n]{0,24}(?:[0-9]{1,2}[.、)] ?)?"
    r"(?P<id>[a-z][a-z_\-]{1,15}[0-9][a-z0-9_\-]{0,12})(?: {2,12}| ?[:|(—\-]{1,2} ?)"
    r"(?=[\u4e00-\u9fff])[^\n0-9a-z]{2,24}(?=\n|\Z|[^\n]{0,8}\n)"
)
