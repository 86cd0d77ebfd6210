"""Reads what stands before the @ of a mailbox as a QQ number or WeChat ID, where the text says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.contacts.shapes import Shape, Value, read_value
from tui.model import Kind


def find_mailboxes(text: str, mails: list[tuple[int, int]]) -> Iterator[tuple[Kind, int, int]]:
    """Give kind and span of what the mailboxes at these spans of a folded text are said to be besides."""
    if not (mails and any(map(text.__contains__, _APPS_NAMED))):
        return
    alone = len({text[start:end] for start, end in mails}) == 1
    for start, end in mails:
        told = _told(text, start, end, alone=alone)
        value = _name(text, start, end) if told else None
        if value is not None:
            for kind in _said(text, value, end, told):
                yield kind, value.start, value.end


def _told(text: str, start: int, end: int, *, alone: bool) -> frozenset[str]:
    """Tell where words about a mailbox may speak of its name: a quick look before long patterns.

    Only a mailbox that is `alone` in its text is spoken of from afar.
    """
    before = _TELLS.search(text, max(0, start - _BEFORE), start) is not None
    behind = _TELLS.search(text, end, end + _BEHIND) is not None
    far = alone and text.find("前", end, end + _BEYOND) >= 0
    places = (("before", before), ("behind", behind), ("far", far))
    return frozenset(place for place, may_be in places if may_be)


def _name(text: str, start: int, end: int) -> Value | None:
    """Read the part before the @, if it may be an ID or a number."""
    at = _AT.search(text, start, end)
    if at is None:
        return None
    value = read_value(text, start, at.start())
    return value if value is not None and value.end == at.start() else None


def _said(text: str, value: Value, end: int, told: frozenset[str]) -> set[Kind]:
    """Tell what the words about a mailbox say that its name is, in the places where they are `told`."""
    # only a number can be meant by words that do not tell the name from the address: 同QQ, 或加QQ
    number = value.shape is Shape.DIGITS and _OF_QQ.match(text, value.end) is not None
    found: list[re.Match[str] | None] = []
    if "behind" in told:
        behind = (_NAMED, _PART_OF_IT, _SAME, _ALSO, _OR_ADD) if number else (_NAMED, _PART_OF_IT)
        found += [pattern.match(text, end) for pattern in behind]
    if "before" in told:
        start, before = max(0, value.start - _BEFORE), (_NAMED_BEFORE, _BOTH) if number else (_NAMED_BEFORE,)
        found += [pattern.search(text, start, value.start) for pattern in before]
    if "far" in told:
        found.append(_NAMED_FAR.search(text, end, end + _BEYOND))
    labels = " ".join(label for match in found if match for label in match.groups() if label)
    kinds = {Kind.QQ} if number and _IS_QQ.search(labels) else set()
    return kinds | ({Kind.WECHAT} if _IS_WECHAT.search(labels) else set())


_APPS_NAMED = ("qq", "微信", "vx", "wx", "扣扣", "v信", "薇信", "wechat", "企鹅", "威信", "weixin")
# a word that relates, right behind an app's name or not far before one or before a mailbox's
_TELLS = re.compile(
    r"[同即是为前或/和及与也=&|+兼加搜](?:(?<=[qx信扣鹅号码都也就: ][同即是为前也=])"
    r"|[^\n0-9]{0,8}(?:qq|微信|[vw]x|[v薇威]信|wechat|weixin|扣扣|企鹅|邮箱|mail))"
)
_AT = re.compile(r" ?(?:@|[(\[/]#?at#?[)\]/]|\(#\)|#)")
_OF_QQ = re.compile(r"[^a-z]{0,4}(?:at[^a-z]{1,3})?(?:vip\.)?(?:qq|foxmail)\.")
_BEFORE, _BEHIND, _BEYOND = 28, 32, 120  # letters about a mailbox that may speak of it, and far behind it
_APP = r"(?:qq|扣扣|企鹅|微信|[vw]x|[v薇威]信|wechat|weixin)(?!群|空间|公众|小程序|邮箱[:\d])(?:号码?|id)?"
_APPS = rf"(?:(?:手机|电话)号?码?[/、和与及] ?)?(?P<label>{_APP}(?: ?(?:[/、&+,]|和|与|及) ?{_APP})?)"
_APART = r"[^\w\n]{0,6}(?:\n[^\w\n]{0,8})?"
_MAIL = r"(?:(?:这个|该|此|本|上述|上面|我的?)?的?(?:e?-?mail|邮箱|邮件|信箱)(?:地址|账号|帐号|名称?|号码?)?)"
# 前缀, '@'前, @前面的数字
_FORE = (
    r"(?:的?(?:['\"(]?@['\")]?(?:符号)?之?前(?:[面边头]|半)?|之?(?:前缀|前[面边]|用户名|前半))"
    r"的?[那这]?(?:一?[个串])?(?:部分|数字|字母|字符|名字?|号码?)?)"
)
_IS = r"(?: ?(?:[也都就便]{0,2}(?:是|为|即|同|等于)|=))"
_ENDS = r"(?![^\n0-9a-z]{0,2}[0-9])(?=\W|\Z|请|备注|欢迎|加|可|有|都)"
_WHOLE = rf"(?:一样|一致|相同|同名|同号|同)?{_ENDS}"
# QQ即邮箱前缀, 微信：邮箱@前面, wx同名
_NAMES_IT = (
    rf"{_APPS}(?: ?:)?(?:{_IS} ?{_MAIL}{_FORE}?|{_IS}? ?{_MAIL}?{_FORE}|[也都]?同名"
    rf"|[与和跟] ?{_MAIL}{_FORE}?(?:相同|一致|一样|同名?)){_WHOLE}"
)
_NAMED = re.compile(rf"{_APART}(?:我的?)?{_NAMES_IT}")
_NAMED_FAR = re.compile(rf"(?<![a-z0-9])(?:我的?)?{_APPS}(?: ?:)?{_IS}? ?{_MAIL}{_FORE}{_WHOLE}")
# 邮箱前缀就是微信, @前面是微信号, 去掉后缀就是QQ
_PART_OF_IT = re.compile(
    rf"{_APART}(?:{_MAIL}{_FORE}?|{_FORE}|(?:去掉|不带)(?:后缀|后面|@qq\.com)){_IS} ?我?的?{_APPS}{_ENDS}"
)
# QQ同, QQ也是这个, QQ：同上
_SAME = re.compile(
    rf"{_APART}(?:我的?)?{_APPS}(?: ?:)?"
    rf"(?:{_IS} ?(?:号|步|上|左|这个|此号?|该号|它|一?个?号码?)?|[也都](?:可以?|行)){_ENDS}"
)
# 同QQ, 也是QQ号, 号码就是我QQ
_ALSO = re.compile(rf"{_APART}(?:(?:这个|此|该)?号码?|数字|同时)?{_IS} ?我?的?{_APPS}{_ENDS}")
_OR_ADD = re.compile(
    rf"{_APART}(?:或者?|也?可以?|欢迎|请){{1,2}}(?:直接)?(?:搜索?|添?加|联系)(?:我|一?下|这个|该|上述)?的?"
    r"(?P<label>qq|扣扣)号?码?(?:联系|咨询|交流|沟通|私聊|聊|好友|找|备注)?我?"
    r"(?![^\n]{0,12}[0-9]{5}|: ?[0-9])"
    r"(?=[^\w:]|\Z)"
)
_OPENS = r"[ :]{0,3}[\[<(\"'`*]{0,2}\Z"
_NAMED_BEFORE = re.compile(
    rf"(?<![a-z0-9]){_APPS} ?(?:同|即|就?是|=) ?{_MAIL}"
    rf"(?:{_FORE}?[ ,;。)\n]{{1,3}}(?:我的?)?{_MAIL}[是为]?)?{_OPENS}"
    rf"|{_MAIL} ?\(?(?:同|即|就是|也是) ?{_APPS.replace('label', 'app')} ?\)?{_OPENS}"
)
_BOTH = re.compile(
    rf"(?<![a-z0-9])(?P<label>qq)号?码? ?(?:[/、&|+]|和|及|与|或|兼) ?{_MAIL}{_OPENS}"
    rf"|{_MAIL} ?\(?(?:[/、&|+]|和|及|与|或|兼) ?(?P<app>qq)号?码? ?\)?{_OPENS}"
)
_IS_QQ = re.compile("qq|扣扣|企鹅")
_IS_WECHAT = re.compile("微信|[vw]x|[v薇威]信|wechat|weixin")
