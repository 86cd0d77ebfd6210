"""Finds in a text the words by which contacts are announced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby

from tui.contacts.labels import Label, read_labels


@dataclass(frozen=True, slots=True)
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
    for match in _PATTERN.finditer(text, start, end):
        label = _LABELS[_ORNAMENT.sub("", match[1])]
        added = _ADDING.search(text, max(0, match.start() - 6), match.start()) is not None
        if not _is_whole_word(text, match.start(1), match.end(1), added):
            continue
        if _OTHER_WORD.match(text, max(0, match.start() - 1)):
            continue
        colon = _COLON.match(text, match.end()) is not None
        if "colon" in label.conditions and not colon:
            continue
        if "added" in label.conditions and not (
            colon or added or _leads(text, match) or _is_beside(text, match)
        ):
            continue
        if _LETTER.fullmatch(match[1]) and not _is_chinese(text, match):
            continue
        hits.append(Hit(match.start(), match.end(), label, colon, added))
    return hits


def _is_beside(text: str, match: re.Match[str]) -> bool:
    """Tell whether a short label shares a value with a plain one beside it: 微信/q, Q/微信."""
    before = _PLAIN_BEFORE.search(text, max(0, match.start() - 4), match.start())
    return before is not None or _PLAIN_AFTER.match(text, match.end()) is not None


def _leads(text: str, match: re.Match[str]) -> bool:
    """Tell whether a short label, free of Chinese words before, leads straight to a number or an id."""
    chinese = not _LATIN.match(match[1])
    if chinese and match.start() and _CHINESE.match(text, match.start() - 1):
        return False
    led = _LED if chinese else _LED_NUMBER
    return bool(led.match(text, match.end()) or _POINTED.match(text, match.end()))


def _is_chinese(text: str, match: re.Match[str]) -> bool:
    """Tell whether a single letter stands among Chinese words, not in code, or alone on a line: v:abc123."""
    if match.end() > match.end(1) and match[0][-1].isdigit():
        return False
    if _CHINESE.search(text, max(0, match.start() - 40), match.end() + 40):
        return True
    alone = _WORD.search(text, max(0, match.start() - 3), match.start()) is None
    return alone and _LINE.match(text, match.end()) is not None


def _is_whole_word(text: str, start: int, end: int, added: bool) -> bool:
    """Tell whether a label that begins or ends in Latin letters stands free of other ones (加vxabc does)."""
    if start and _LATIN.match(text, start):
        if _is_part(text, start, end):
            return False
        if _ESCAPE.match(text, max(0, start - 2)):
            return True
        parted = _LATIN if _LATIN.match(text, start + 1) else _LETTER_OR_DIGIT
        if parted.match(text, start - 1):
            return False
    follows = _LATIN.match(text, end - 1) and _LATIN.match(text, end)
    if not follows or end - start != 2:
        return not follows
    return (added and text[start - 1] != "+") or _GLUED.match(text, start - 1) is not None


def _is_part(text: str, start: int, end: int) -> bool:
    """Tell whether a word is a part of a name of code (mp-weixin, config:wx) or of a mention (@qq123)."""
    if text[start - 1] == "@":
        return _LETTER_OR_DIGIT.match(text, end) is not None
    before = _COMPOUND.search(text, max(0, start - 16), start)
    return before is not None and before[1] not in _BESIDE and not text.startswith(": ", end)


def _any_of(words: list[str]) -> str:
    """A pattern for any of the words, the longest first, grouped by their first letter for speed."""
    groups = []
    for first, same in groupby(sorted(words), key=lambda word: word[0]):
        tails = "|".join(_tail(word.replace(" ", "")) for word in sorted(same, key=len, reverse=True))
        groups.append(f"{re.escape(first)}(?:{tails})")
    return "|".join(groups)


def _tail(word: str) -> str:
    """A pattern for a word without its first letter; a space or an ornament may part its letters.

    A parted Latin word ends where letters end, or the x of 加v xiaoyu01 would be taken for vx.
    """
    tail = "".join(_PARTING + re.escape(char) for char in word[1:])
    if word.isascii():
        return f"{re.escape(word[1:])}|{tail}(?![a-z])"
    # 薇x is a label, 薇xiaolan88 and 薇【xiaolan88 are a label and an id
    return f"{re.escape(word[1:])}(?![a-z])|{tail}(?![a-z0-9_])" if word[-1].isascii() else tail


_SIGNS = "🐧☎📞📱🛰"  # pictures that are labels themselves
_PARTING = rf"(?: |[^\w\s:/|,。、(){_SIGNS}]{{1,2}})?"
_ORNAMENT = re.compile(rf"[^\w{_SIGNS}]+")
_LABELS = {_ORNAMENT.sub("", label.word): label for label in read_labels()}
_SUFFIX = r"(?: ?(?:号码|帐号|账号|账户|号|id(?![a-z0-9_])))?(?: ?[1-9一二三四五](?= ?:))?"
_PATTERN = re.compile(f"({_any_of([label.word for label in read_labels()])}){_SUFFIX}")
_GLUED = re.compile("[\u3400-\u9fff]" r"[vw]x(?!lan[0-9]|id|pay)[a-z_][a-z_\-]{2,15}[0-9]{3}")
_LETTER = re.compile(r"[a-z]")
_WORD = re.compile(r"\w")
_LINE = re.compile(r"[^\w\n]{0,4}[a-z0-9_\-]{6,20}\W{0,9}$")
_LATIN = re.compile(r"[a-z_]")
_COMPOUND = re.compile(r"([a-z]+)[\-.:$]\Z")
_BESIDE = frozenset({"v", "vx", "wx", "q", "qq", "wechat", "weixin", "tel", "phone", "id"})
_ESCAPE = re.compile(r"%[cs]|\\[nrt]")  # what programs write before a label: \nQQ, %cTEL
_LETTER_OR_DIGIT = re.compile(r"[a-z_0-9]")
_CHINESE = re.compile("[\u3400-\u9fff]")
# words of the language that end in a disguise of 微信
_OTHER_WORD = re.compile(
    "[范周包氛外突]围|[思运多纤恭]维|[示权声发]威|[稍轻细些略显]微|[国校会胸]徽|[保护防守门自侍捍警]卫|[象特]徵"
)
_PLAIN_BEFORE = re.compile(r"(?:微信|vx|wx|qq|电话|手机)[/|&+、]\Z")
_PLAIN_AFTER = re.compile(r"[/|&+、](?:微信|vx|wx|qq|电话|手机)")
_COLON = re.compile(r" {0,3}[^\w\s,。、;!?(]{0,2}(?::|=(?!=)|[👉👇⬇↓]{1,3} ?\n)")
_POINTED = re.compile(r" {0,3}[丨|·•→👉👇♥❤💚—]")
_LED = re.compile(r"[ \[【「“\"(<]{0,2}(?:[1-9](?:[ .·\-]?[0-9oil]){5}|[a-z_][a-z_\-]{0,18}[0-9])")
_LED_NUMBER = re.compile(r" ?[1-9](?:[ .·\-]?[0-9]){5}")
_ADDING = re.compile(
    r"(?:[加➕+十佳嘉家伽咖茄迦]我?|加个|加下|添加|添加我|合作|商务|客服|联系|咨询|私) ?\(?$"
)
