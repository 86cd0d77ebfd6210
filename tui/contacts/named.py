"""Tells whose value a name of data announces: the head of a column, a key, the text of an element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tui.contacts.label_words import plain
from tui.contacts.labels import Role, read_labels
from tui.values import frozen

# a class comes first, so that the search leaps from one such letter to the next
_HINT = (
    r"[微群wqv薇扣](?:(?<=微)信|(?<=w)e(?: ?chat|ixin)|(?<=q)[q群]|(?<=[vw])x(?<![a-z]..)"
    r"|(?<=[v薇])信|(?<=扣)扣|(?<=群))"
)
HINT = re.compile(_HINT)
"""A word without which no name announces a contact of WeChat or QQ."""


@frozen
class Name:
    """A name as a key, a string or an element has it, and what it announces."""

    start: int
    end: int
    roles: frozenset[Role]


def find_names(text: str, first: int) -> Iterator[Name]:
    """Give the names in a folded text behind which there is what parts names and values in data.

    `first` is where HINT finds something first.
    """
    done = 0
    for site in _SITE.finditer(text, first):
        if site.start() < done:
            continue
        start, end = _widen(text, site.start(), site.start() + 1)
        done = end
        roles = read_name(text[start:end])
        if roles is not None:
            yield Name(start, end, roles)


def _widen(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a letter to the name that it is a part of."""
    while start > 0 and text[start - 1] not in _DELIMITERS and end - start < _LONGEST:
        start -= 1
    while end < len(text) and text[end] not in _DELIMITERS and end - start < _LONGEST:
        end += 1
    while text[start] == " ":
        start += 1
    while text[end - 1] == " ":
        end -= 1
    return start, end


@lru_cache(maxsize=256)
def read_name(name: str) -> frozenset[Role] | None:
    """Give the roles of a name in lower case (商务微信, contact_qq, 微信/手机); None for any other."""
    if len(name) > _LONGEST or not HINT.search(name):
        return None
    roles: set[Role] = set()
    for part in _PARTING.split(_REMARK.sub("", name).strip(" :*#>\t-")):
        role = _read_part(part.strip())
        if role is None:
            return None
        roles |= role
    return frozenset(roles) if roles & _PERSONAL else None


def is_exact(name: str) -> bool:
    """Tell whether a name says that its value is an account, not merely that it has to do with one."""
    return _EXACT.search(name) is not None


def _read_part(part: str) -> frozenset[Role] | None:
    """Read one label with what may stand before it (客服, contact_) and behind it (号, _id)."""
    core = _SUFFIX.sub("", part)
    joined = plain(core).replace(" ", "").replace("_", "")
    for start in range(len(joined)):
        label = _LABELS.get(joined[start:])
        if label is not None:
            before = joined[:start]
            if _OTHER_PREFIX.search(before) or (before and joined[start:] in _ALONE):
                return None
            return _GROUP if label == _QQ and _OF_GROUP.search(before) else label
    return None


_LONGEST = 28
_DELIMITERS = frozenset("\"'`<>|,:;=(){}[].\n\0$#@!?。/\\&")
_SITE = re.compile(
    rf"{_HINT}(?:"
    # "微信", <b>微信：</b>, <qq>
    r"[\w \-/、]{0,12}+(?:\([^()\n]{0,12}\))? ?:?\s{0,60}+(?:[\"'`<>]|\\[\"'])"
    # wechat: {, setQq("
    r"|[\w \-]{0,9}+ {0,24}+(?::|=>?) {0,9}+(?:[{\[\"'`]|\\[\"']|array|\n {1,16}[\"'a-z])"
    r"|\w{0,9}+ ?\(\s{0,20}+\\?[\"']"
    # Keys.QQ, "
    r"|\w{0,9}+, ?[\"']"
    # - name: QQ, with its value in the line below
    r"|\w{0,3}+ *+\n {1,16}+[a-z]{2,11}: "
    # shopQq: 123456, qq_number = 123456
    r"|(?:(?<=[a-z_]qq)|(?=_?[ni]))[a-z_]{0,8}+ {0,24}+[:=]>? {0,9}+[1-9])"
)
_PERSONAL = frozenset({Role.WECHAT, Role.QQ, Role.GROUP})
_QQ = frozenset({Role.QQ})
_GROUP = frozenset({Role.GROUP})
_LABELS = {
    plain(label.word).replace(" ", ""): label.roles
    for label in read_labels()
    if not label.conditions & {"added", "colon"} and Role.NONE not in label.roles
}
_ALONE = frozenset({"wx", "vx", "qq群主"})
_PARTING = re.compile(r"[/、|&+]|和|或者?|及")
_REMARK = re.compile(r" ?[(\[【][^()\[\]【】]{0,12}[)\]】]")
_SUFFIX = re.compile(
    r"[ _\-]?(?:号码?|[账帐]号|id|no\.?|num(?:ber)?|hao|acc(?:ount)?|contact|联系方式|客服|咨询|联系)\Z"
)
_OTHER_PREFIX = re.compile(
    r"企业|登[录陆]|绑定|是否|支付|分享|关注|没有|扫码|小程序|二维码|login|share|bind|enable|show|(?:\A|_)(?:is|has|mp)"
    r"|icon|im(?:g|age)|url|link|pay|open|oauth|mini|test|type|platform|channel|work|corp|app|qr"
    r"|微信|we?chat|weixin|wx|vx|钉钉|飞书|电报|telegram|discord|(?<!on)line|whatsapp"
)
_OF_GROUP = re.compile(r"group|qun|群")
_EXACT = re.compile(
    r"[号码]|[账帐]|id\Z|num|account|hao\Z|客服|商务|商业|联系|我的|个人|作者|店主|官方|合作|站长|老师"
    r"|contact|service|kefu|author|my|shop|owner|admin"
)
