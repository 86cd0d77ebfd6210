"""Says how a candidate for a WeChat ID stands in its text, in the terms that `weights.py` weighs.

No term names the candidate itself: they tell its form, the words beside it and the nearest label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.contacts.phrases import SURNAMES
from tui.contacts.shapes import Shape, Value


def features(text: str, cased: str, value: Value) -> Iterator[str]:
    """Give what is true of a value in a folded text, a term each; a term may come twice.

    `cased` is the same text with its capitals.
    """
    form = _form(text, value)
    yield f"form {form}"
    yield f"length {form[0]} {value.end - value.start}"
    yield from _shape(cased[value.start : value.end], form)
    yield from _beside(text, value)
    yield from _labelled(text, value, form)
    yield from _lined(text, value, form)


def _form(text: str, value: Value) -> str:
    """Tell what a value is made of: number, digits and letters, joined words, letters only."""
    if value.shape is Shape.DIGITS:
        return "number"
    if _DIGIT.search(text, value.start, value.end):
        return "mixed"
    return "joined" if _JOINT.search(text, value.start, value.end) else "letters"


def _shape(found: str, form: str) -> Iterator[str]:
    if form == "number":
        return
    yield f"case {_case(found)} {form}"
    found = found.lower()
    yield f"digits {min(sum(map(str.isdigit, found)), 6)}"
    yield f"lines {min(found.count('-'), 3)}"
    letters = _NO_LETTER.sub("", found)
    spelled = sum(len(syllable) for syllable in _SYLLABLE.findall(letters))
    yield f"pinyin {5 * spelled // max(1, len(letters))} {form}"


def _case(found: str) -> str:
    if found.islower():
        return "lower"
    if found.isupper():
        return "upper"
    return "title" if found[1:].islower() else "inner"


def _beside(text: str, value: Value) -> Iterator[str]:
    """Give each two neighbouring tokens before and behind, near or far."""
    before = _tokens(text, max(0, value.start - _LEFT), value.start)[-24:]
    count = len(before)
    for place in range(count - 1):
        yield f"{'<' if count - place <= 11 else '<<'}{before[place]}{before[place + 1]}"
    behind = _tokens(text, value.end, value.end + _RIGHT)[:12]
    for place in range(len(behind) - 1):
        yield f"{'>' if place < 10 else '>>'}{behind[place]}{behind[place + 1]}"


def _tokens(text: str, start: int, end: int) -> list[str]:
    """Cut a text into tokens; what is no Chinese letter or mark counts by its kind, a label by its name."""
    return [_token(match) for match in _TOKEN.finditer(text, start, end)]


def _token(match: re.Match[str]) -> str:
    found = match[0]
    if match.lastgroup is None:
        return _MARKS.get(found, found)
    if match.lastgroup == "blank":
        return "_"
    if match.lastgroup == "number":
        return "0" if len(found) < 5 else "9"
    return f"{found}." if found in _NAMES else "A" if len(found) > 3 else "a"


def _labelled(text: str, value: Value, form: str) -> Iterator[str]:
    """Tell of the nearest label before, and of the nearest word for WeChat before."""
    labels = list(LABEL.finditer(text, max(0, value.start - _FAR), value.start))
    if not labels:
        yield "label none"
        yield f"wechat none {form}"
        return
    last = labels[-1]
    gap = text[last.end() : value.start]
    broken = " broken" if "\n" in gap else ""
    yield f"label {last.lastgroup} {_distance(len(gap))}{broken}"
    yield f"label {last.lastgroup} {min(_others(gap), 2)} {form}{broken}"
    yield f"label {last.lastgroup} {'colon' if ':' in gap else 'open'} {form}"
    wechat = next((label for label in reversed(labels) if label.lastgroup == "w"), None)
    if wechat is None:
        yield f"wechat none {form}"
        return
    gap = text[wechat.end() : value.start]
    others = min(_others(gap), 3)
    distance = _distance(len(gap))
    yield f"wechat {distance} {min(gap.count(chr(10)), 3)} {others}"
    yield f"wechat {others} {form}"
    if _ADD.search(text, max(0, wechat.start() - 6), wechat.start()):
        yield f"added {distance} {min(others, 2)} {form}"


def _others(gap: str) -> int:
    return len(_OTHER.findall(gap))


def _distance(length: int) -> int:
    """Put a distance into one of few classes."""
    return next((rank for rank, most in enumerate(_DISTANCES) if length <= most), len(_DISTANCES))


def _lined(text: str, value: Value, form: str) -> Iterator[str]:
    """Tell whether a value begins or ends its line, and how the line before ends."""
    first = _LINE_BEGINS.search(text, max(0, value.start - 12), value.start) is not None
    last = _LINE_ENDS.match(text, value.end) is not None
    yield f"line {'begins' if first else 'in'} {'ends' if last else 'in'} {form}"
    if first:
        above = text[max(0, value.start - 80) : value.start].rstrip(" *-#>\n")
        yield f"above {above[-2:].strip() or 'nothing'}"


# Not taken from the table of labels: the weights were learned with just these, and know no others.
# A class comes first, so that the search leaps from one such letter to the next
_WECHAT_WORD = (
    r"[微wv薇溦徽嶶威维同](?:"
    r"(?<=微)(?:(?<![业轻略稍些同]微)信(?!小程序|支付|公众|开放|版本|区)号?|(?<![轻略稍些细]微)(?![\u4e00-\u9fff]))"
    r"|(?<=[wv])(?<![a-z0-9_/.$\-].)(?<![a-z]\+.)(?<!\+ .)(?:"
    r"(?<=w)(?:echat(?: ?id)?|eixin(?:hao)?)|x号?|(?<=v)信?号?(?![a-z0-9]))"
    r"|(?<=[薇溦徽嶶威维])(?<![上很有的].)[信芯]"
    rf"|(?<=[薇溦嶶])(?<![{SURNAMES}采紫雨晓小].)|(?<=同)号)"
)
WECHAT = re.compile(_WECHAT_WORD)
"""A word for WeChat."""
LABEL = re.compile(
    r"(?=[微薇溦徽嶶威维wv同qg群裙公订服企扣电手tmp热📞☎飞sli抖快小钉支b淘知d单编账密验邀提版ku])(?:"
    rf"(?P<w>{_WECHAT_WORD})"
    r"|(?P<q>qq|扣扣?|企鹅|(?<![a-z])q(?![a-z]))|(?P<g>[群裙])|(?P<o>公众号|订阅号|服务号|gzh)"
    r"|(?P<p>电话|手机|tel|phone|mobile|热线|[📞☎])"
    r"|(?P<a>telegram|tg|电报|飞机|whatsapp|line|skype|github|抖音|快手|小红书|微博|钉钉|支付宝|b站|淘宝|知乎|discord"
    r"|twitter)"
    r"|(?P<c>订单|单号|编号|账号|密码|验证码|邀请码|提取码|版本|id|token|key|secret|url))"
)
"""Words that say what is beside them: w WeChat, q QQ, g group, o account, p phone, a other app, c code."""
_LEFT, _RIGHT, _FAR = 48, 20, 120  # letters that are looked at before, behind, and for labels before
_DISTANCES = (0, 1, 3, 6, 12, 24, 48, 96)
_TOKEN = re.compile(r"(?P<word>[a-z_][a-z0-9_\-]*)|(?P<number>[0-9]+)|(?P<blank> +)|[\s\S]")
_MARKS = {"\n": r"\n", "\0": "link"}
_NAMES = frozenset(
    {"wx", "vx", "v", "qq", "q", "wechat", "weixin", "id", "add", "my", "me", "tel", "phone", "w"}
)
_DIGIT = re.compile(r"[0-9]")
_JOINT = re.compile(r"[_\-]")
_NO_LETTER = re.compile(r"[^a-z]")
_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|iao|ian|ing|uai|uan|ang|eng|ong|ai|ei|ao|ou|an|en|ia|ie|iu|in|ua|uo|ui|un|ue|er|[aeiouv])"
)
_OTHER = re.compile(r"[a-z0-9_\-]{5,}")
_ADD = re.compile("[加搜联找]")
_LINE_BEGINS = re.compile(r"(?:\n|\A)[ *\-#>]*\Z")
_LINE_ENDS = re.compile(r"\s*?(?:\n|\Z)")
