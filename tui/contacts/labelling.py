"""Finds in a text the words by which contacts are announced."""

from __future__ import annotations

import re
from string import ascii_lowercase, digits

from tui.contacts.framed import read_framed
from tui.contacts.label_words import find_words, plain
from tui.contacts.labels import PEOPLE, Label, read_labels
from tui.values import frozen


@frozen
class Hit:
    """A label found in a folded text; `end` lies behind its suffix (微信[号码])."""

    start: int
    end: int
    label: Label
    colon: bool
    added: bool


def find_labels(text: str, start: int, end: int) -> list[Hit]:
    """Give the labels in a stretch of a folded text whose conditions hold, in order."""
    hits = []
    for match in find_words(text, start, end):
        word, first, last = match[1], match.start(), match.end()
        label = _LABELS.get(word) or _LABELS[plain(word)]
        added = _is_added(text, first)
        if word == "wx" and text.startswith("id_", last):
            # an id that names its app: 加我wxid_…
            if added:
                hits.append(Hit(first, first, label, colon=False, added=True))
            continue
        latin = word[0] in _LATIN or word[-1] in _LATIN
        if latin and not _is_whole_word(text, first, match.end(1) if word[-1] not in _LATIN else last, added):
            continue
        if word[0] in _OTHER_ENDS and _OTHER_WORD.match(text, max(0, first - 1)):
            continue
        colon = _has_colon(text, last)
        if "colon" in label.conditions and not (colon or _is_remark(text, first, last)):
            continue
        if "added" in label.conditions and not (
            colon or added or _is_owned(text, match) or _leads(text, match) or _is_beside(text, match)
        ):
            continue
        if word in _ABC and (
            _SHORTCUT.search(text, max(0, first - 9), first) or not _is_chinese(text, match)
        ):
            continue
        if word == "同" and _OF_MAIL.match(text, last):
            continue
        hits.append(Hit(first, last, label, colon, added))
    return hits


def _has_colon(text: str, at: int) -> bool:
    """Tell whether a colon, or what serves as one, follows."""
    following = text[at : at + 1]
    return following == ":" or (not following.isalnum() and _COLON.match(text, at) is not None)


def _is_remark(text: str, start: int, end: int) -> bool:
    """Tell whether a word fills brackets behind a word, or shares its number: 微（电）, 微/电 138…."""
    if text[end : end + 1] == ")":
        return _REMARKS.search(text, max(0, start - 2), start) is not None
    return text[start - 1 : start] in _SHARES and _SHARED.match(text, max(0, start - 2)) is not None


def _is_added(text: str, at: int) -> bool:
    """Tell whether a word of adding stands before a place."""
    return text[at - 1 : at] in _ADDING_ENDS and _ADDING.search(text, max(0, at - 6), at) is not None


def _is_owned(text: str, match: re.Match[str]) -> bool:
    """Tell whether a short label is somebody's (我的v, 官方裙), or a verb that calls to him (Q我)."""
    before = text[match.start() - 1 : match.start()]
    if before == "(" and _CLOSES.match(text, match.end()):
        return _ID_REMARKED.search(text, max(0, match.start() - 24), match.start()) is not None
    if (
        before in _ID_ENDS
        and match[1][0] not in _LATIN
        and _ADDED_ID.search(text, max(0, match.start() - 24), match.start())
    ):
        return True
    if before in _OWN_ENDS and _OWN.search(text, max(0, match.start() - 5), match.start()):
        return True
    return text[match.end() : match.end() + 1] == "我" and _ME.match(text, match.end()) is not None


def _is_beside(text: str, match: re.Match[str]) -> bool:
    """Tell whether a short label shares a value with a plain one beside it: 微信/q, Q/微信."""
    before = _PLAIN_BEFORE.search(text, max(0, match.start() - 4), match.start())
    return before is not None or _PLAIN_AFTER.match(text, match.end()) is not None


def _leads(text: str, match: re.Match[str]) -> bool:
    """Tell whether a short label, free of Chinese words before, leads straight to a number or an id."""
    if _SAID.match(text, match.end()):
        return True
    chinese = match[1][0] not in _LATIN
    if _is_framed(text, match) or (
        match[1] in _PENGUINS and (match[0][-1] in "号码" or _LED_QQ.match(text, match.end()))
    ):
        return True
    if chinese and match.start() and _CHINESE.match(text, match.start() - 1):
        return False
    if match[1] == "v" and (_ADORNED.match(text, match.end()) or _LED_QUOTED.match(text, match.end())):
        return True
    if match[1] == "v" and _LED_ID.match(text, match.end()):
        near = _CHINESE.search(text, max(0, match.start() - 2), match.start()) is not None
        begins = text[max(0, match.start() - 1) : match.start()] in _LINE_BREAKS
        return near or (begins and bool(_LINE.match(text, match.end()) or _LED_IN.match(text, match.end())))
    led = _LED if chinese else _LED_NUMBER
    return bool(led.match(text, match.end()) or _POINTED.match(text, match.end()))


def _is_framed(text: str, match: re.Match[str]) -> bool:
    """Tell whether a Chinese label and an id that begins with a digit fill a frame: 【薇7lq40618】."""
    if match[1][0] in _LATIN or not text[match.end() : match.end() + 1].isdigit():
        return False
    return read_framed(text, match.start(), match.end()) is not None


def _is_chinese(text: str, match: re.Match[str]) -> bool:
    """Tell whether a single letter stands among Chinese words, not in code, or alone on a line: v:abc123."""
    if match.end() > match.end(1) and match[0][-1].isdigit():
        return False
    if _CHINESE.search(text, max(0, match.start() - 40), match.end() + 40):
        return True
    before = text[max(0, match.start() - 3) : match.start()].rpartition("\n")[2]
    alone = _WORD.search(before) is None
    return alone and _LINE.match(text, match.end()) is not None


def _is_whole_word(text: str, start: int, end: int, added: bool) -> bool:
    """Tell whether a label that begins or ends in Latin letters stands free of other ones (加vxabc does)."""
    before = text[start - 1 : start]
    if before and text[start] in _LATIN:
        if _is_part(text, start, end):
            return False
        escape = before in _ESCAPED and _ESCAPE.match(text, max(0, start - 2))
        owned = _KEY_OWNER.search(text, max(0, start - 9), start) and text[end : end + 1] in _COLONS
        if escape or owned or (before == "_" and _KEYED.match(text, end)):
            return True
        if before in _LATIN or (before in _DIGITS and text[start + 1 : start + 2] not in _LATIN):
            return False
    follows = text[end - 1] in _LATIN and text[end : end + 1] in _LATIN
    if not follows:
        return True
    if end - start != 2:
        return added and _GLUED_WORD.match(text, start) is not None
    return (added and before != "+") or _GLUED.match(text, start - 1) is not None


def _is_part(text: str, start: int, end: int) -> bool:
    """Tell whether a word is a part of a name of code (mp-weixin, config:wx) or of a mention (@qq123)."""
    sign = text[start - 1]
    if sign == "@" and not text[end - 1].isascii():
        return False
    if sign == "@":
        return text[end : end + 1] in _LATIN or text[end : end + 1] in _DIGITS
    if sign not in _COMPOUNDING:
        return False
    before = _COMPOUND.search(text, max(0, start - 16), start)
    return before is not None and before[1] not in _BESIDE and not text.startswith(": ", end)


_LABELS = {plain(label.word): label for label in read_labels()}
_GLUED = re.compile("[\u3400-\u9fff]" r"[vw]x(?!lan[0-9]|id|pay)[a-z_][a-z_\-]{2,15}[0-9]{3}")
# AuthorWX：abc123
_KEY_OWNER = re.compile(r"(?<![a-z])(?:author|my|contact|admin|service|kefu|boss|owner)_?\Z")
_COLONS = frozenset({":", " "})
# a key of data: MY_WECHAT_ID is 386402195
_KEYED = re.compile(
    r"(?:_?id|_?no|_?num(?:ber)?)?[\"']? {0,3}(?:=>?|:) {0,3}[\"']?[1-9][0-9]{6,10}(?![0-9a-z_.])"
)
# 加我wechatabc123
_GLUED_WORD = re.compile(r"(?:wechat|weixin)(?!pay|id|app|bot|api)[a-z_][a-z_\-]{1,15}[0-9]{2}")
_ABC = frozenset(ascii_lowercase)
_LATIN = _ABC | {"_"}
_DIGITS = frozenset(digits)
_WORD = re.compile(r"\w")
_SHORTCUT = re.compile(r"(?:ctrl|control|shift|alt|cmd|command|option|meta|win) ?[+\-] ?\Z")  # ctrl+v
_LINE = re.compile(r"[^\w\n]{0,4}[a-z0-9_\-]{6,20}[^\w\n]{0,9}(?:\n|$)")
_COMPOUNDING = frozenset("-.:$")
_COMPOUND = re.compile(r"([a-z]+)[\-.:$]\Z")
_BESIDE = frozenset({"v", "vx", "wx", "q", "qq", "wechat", "weixin", "tel", "phone", "id"})
_ESCAPE = re.compile(r"%[cs]|\\[nrt]")  # what programs write before a label: \nQQ, %cTEL
_ESCAPED = frozenset("csnrt")
_CHINESE = re.compile("[\u3400-\u9fff]")
# words of the language that end in a disguise of 微信
_OTHER_WORD = re.compile(
    "[范周包氛外突]围|[思运多纤恭]维|[示权声发]威|[稍轻细些略显]微|[国校会胸]徽|[保护防守门自侍捍警]卫|[象特]徵"
    r"|[因认成作以称视设置改换变]为[信新]|[单定地部席座学]位信"
)
_OTHER_ENDS = frozenset("围维威微徽卫徵为位")
_PENGUINS = frozenset({"q", "企鹅", "球球", "秋秋"})
_PLAIN_BEFORE = re.compile(r"(?:微信|vx|wx|qq|电话|手机|(?<![a-z0-9])[qv])(?:[/|&+、和]|或者?)\Z")
_PLAIN_AFTER = re.compile(
    r"(?:[/|&+、和]|或者?)(?:微信|vx|wx|qq|电话|手机|[vwq微薇电] ?(?:[:【]|1[3-9][0-9])|[vq]同号)"
    r"|[\-—~ ]?(?:手机|电话)?同[号步]|\((?:电话?|手机)\)"
)
_OWN = re.compile(r"(?:我的?|拉我|官方|粉丝|福利|交流|讨论|进)[ ,]{0,2}\Z")
_ID_ENDS = _LATIN | _DIGITS
_ADDED_ID = re.compile(r"(?<![添增])[加+➕] ?[a-z_][a-z0-9_\-]{5,19}\Z")
# abc123（v）, 384716290（q）
_ID_REMARKED = re.compile(
    r"(?<![a-z0-9_\-])(?:[a-z_][a-z0-9_\-]{2,16}[0-9]{2}[a-z]{0,3}|[1-9][0-9]{6,10}) ?\(\Z"
)
_CLOSES = re.compile(r"\)(?=\W|\Z|[有加需拿看联咨详私可])")
_OWN_ENDS = frozenset("我的方丝利流论进, ")
_ME = re.compile(r"我(?:[\u4e00-\u9fff]{0,6} ?:| ?[1-9][0-9]{5}| ?[a-z_][a-z_\-]{0,18}[0-9])")
_OF_MAIL = re.compile(r"(?:e?-?mail|邮箱|邮件|前缀|@)")  # what is the same there is no number: 微信同邮箱前缀
_REMARKS = re.compile(r"[^\W0-9]\(\Z")
_SHARES = frozenset("/、|&")
_SHARED = re.compile(r"[微薇徽溦维威vw].电 ?1[3-9][0-9]")
_COLON = re.compile(r" {0,3}[^\w\s,。、;!?(]{0,2}(?::|=(?!=)|[👉👇⬇↓]{1,3} ?\n)")
_POINTED = re.compile(r" {0,3}[丨|·•→👉👇♥❤💚—]")
_LED = re.compile(
    r"[ \[【「『“\"(<\-—』」】>]{0,6}(?:[1-9](?:[ .·\-]?[0-9oil]){5}|[a-z_][a-z_\-]{0,18}[0-9])"
)
_LED_NUMBER = re.compile(r"[ 是]?[1-9](?:[ .·\-]?[0-9]){5}|(?:->|[【「『“]) ?[1-9][0-9]{6,10}")
_LED_QUOTED = re.compile(r"[【「『“][a-z_][a-z_\-]{1,18}[0-9][a-z0-9_\-]{0,15}[】」』”]")
_LED_QQ = re.compile(r"[ \-—·|`\"'*+】」』)加]{0,4}[1-9][0-9]{6,10}(?![0-9])")
# 企鹅咨询：347956877
_SAID = re.compile(
    r" ?(?:联系|咨询|客服|交流|沟通|添加)(?:方式|我)? ?: ?"
    r"(?:[1-9][0-9]{5}|[a-z_][a-z_\-]{0,18}[0-9]|[a-z]{1,12}_[a-z])"
)
_LED_IN = re.compile(r" [a-z0-9_\-]{6,20} ?(?:[拉加进]|备注)")
_LINE_BREAKS = frozenset({"", "\n"})
_LED_ID = re.compile(r" [a-z_][a-z_\-]{1,15}[0-9]{3}")
_ADORNED = re.compile(r"(?:[♡♥❤➕💗🌟✨]{1,2}|(?<=【v)】) ?[a-z_][a-z_\-]{1,15}[0-9]{3}")
_ADDING_SIGNS = "加➕+十佳嘉家伽咖茄迦"
_CALLING = """
加个 加下 添加 添加我 合作 商务 客服 备用 主管 联系 咨询 私 联系我 找我 私我 滴我 加一下
负责人 老师 店主 经理 本人 助理 顾问 群主 卖家 商家 房东
"""
_ADDING_WORDS = (
    *(sign + me for sign in _ADDING_SIGNS for me in ("", "我")),
    *(f"加{who}" for who in f"你 您 他 她 我们 俺 {PEOPLE}".split()),
    *_CALLING.split(),
)
_ADDING = re.compile(rf"(?:{'|'.join(map(re.escape, _ADDING_WORDS))}) ?\(?$")
_ADDING_ENDS = frozenset({" ", "(", "\n", *(word[-1] for word in _ADDING_WORDS)})
