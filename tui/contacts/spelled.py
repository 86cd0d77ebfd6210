"""Finds e-mail addresses whose signs are spelled: lanqi at qq.com, lanqi (at) pku (dot) edu (dot) cn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.contacts.mask import ANNOUNCED, PROVIDER
from tui.contacts.normalise import Folded


def find_spelled(folded: Folded) -> list[tuple[int, int]]:
    """Give the spans of the addresses in a text whose @ or dots are spelled, in order."""
    if not any(map(folded.letters.__contains__, _TOPS)):
        return []
    text = folded.text
    spans: list[tuple[int, int]] = []
    for start, end, sure in sorted((*_signs(text), *_stand_ins(text))):
        host = _HOST.match(text, end)
        if host is None:
            continue
        name = _NAME.search(text, max(spans[-1][1] if spans else 0, start - _LONGEST), start)
        if name is not None and (sure or _is_meant(text, name, text[start:end], host)):
            spans.append((name.start(), host.end()))
    return spans


def as_address(found: str) -> str:
    """Give the address that the words of a span stand for: Lanqi (at) pku.edu dot cn is Lanqi@pku.edu.cn."""
    if _PLAIN.fullmatch(found):
        return found
    dotted = _DOT.sub(".", found)
    for sign in (_AT_IN_BRACKETS, _AT_ITSELF, _SIGN, _STAND_IN):
        address, times = sign.subn("@", dotted, count=1)
        if times:
            return address.replace(" ", "")
    return dotted


def _signs(text: str) -> Iterator[tuple[int, int, bool]]:
    """Give the places of what may stand for an @, if the text has any such word at all."""
    if (
        ("at" in text and _HINT_AT.search(text))
        or "艾特" in text
        or "圈a" in text
        or "(a)" in text
        or (("@" in text or "#" in text) and _HINT_SIGN.search(text))
    ):
        for sign in _SIGN.finditer(text):
            yield *sign.span(), False


def _stand_ins(text: str) -> Iterator[tuple[int, int, bool]]:
    """Give the places of a sign of which the text says that it stands for an @: lanqi*qq.com（*换成@）."""
    at = text.find("@", 1)
    if at < 0 or text[at - 1] not in _BEFORE_AT:
        return
    told = _TOLD.search(text, max(0, at - 24), at)
    start = -1 if told is None else text.find(told["sign"])
    for _ in range(_MOST):
        if told is None or start < 0:
            return
        yield start, start + len(told["sign"]), True
        start = text.find(told["sign"], start + 1)


def _is_meant(text: str, name: re.Match[str], sign: str, host: re.Match[str]) -> bool:
    """Tell whether name, sign and host are an address, no sentence and nothing that stands there plainly."""
    spelled = _PLAIN_HOST.fullmatch(host[0]) is None
    sign = sign.strip()
    if sign[0] in "@#":
        # without spaces these are found as plain addresses are
        doubled = len(sign) > 1
        return spelled or doubled or (sign == "#" and _is_announced(text, name))
    if "@" in sign:
        return True
    if sign in _JOINING:
        return host["provider"] is not None
    if sign == "at":
        return name[0] not in _ENGLISH and (spelled or _is_no_prose(text, name, host))
    if sign[0] in _OWN_BRACKETS and sign[1:-1].strip("# ") == "at":
        return spelled
    return spelled or len(sign) > 3 or host["provider"] is not None or sign[0] not in _OWN_BRACKETS


def _is_no_prose(text: str, name: re.Match[str], host: re.Match[str]) -> bool:
    """Tell whether a bare `at` stands for an @, as in no English sentence (look at github.com)."""
    start = name.start()
    around = text[start - 1 : start] + text[host.end() : host.end() + 1]
    if around == "<>" or _is_announced(text, name):
        return True
    if host["provider"] is None or _LATIN_BEFORE.search(text, max(0, start - 2), start):
        return False
    if _NO_WORD.search(name[0]) or around == "()":
        return True
    return bool(
        _ABOUT.search(text, max(0, start - 16), start) or _ABOUT.match(text, host.end(), host.end() + 12)
    )


def _is_announced(text: str, name: re.Match[str]) -> bool:
    return ANNOUNCED.search(text, max(0, name.start() - 24), name.start()) is not None


_LONGEST = 64
_TOPS = ("com", "cn", "net", "org", "edu")
_MOST = 16  # places of a sign that stands for an @
_BRACKETED = r" ?[(\[{<【/「*]#? ?(?:at|a|艾特|圈|@)#? ?[)\]}>】/」*] ?"
_SIGN = re.compile(
    rf"{_BRACKETED}| ?\(#\) ?| at |_at_|-at-| ?(?:艾特|圈a|a圈) ?| ?@{{1,2}} ?| ?# ?", re.IGNORECASE
)
_HINT_AT = re.compile(r"at(?<=[ (\[{<【「*/#_\-]at)(?=[ )\]}>】」*/#_\-])")
_HINT_SIGN = re.compile(
    r"@(?:@|(?<=[(\[{<【「]@)[)\]}>】」]|[a-z0-9\-]{1,40}(?: ?[点。,(\[{【]| dot| \. ?(?:com|cn|net)))"
    r"|#(?: |(?<= #))[a-z0-9\-]{1,40}\.[a-z]"
)
_DOTTED = (
    r"(?: ?[(\[{<【「] ?(?:dot|点|\.) ?[)\]}>】」] ?| dot |_dot_| ?点 ?| ?。 ?"
    r"| ?\. ?(?=com|cn|net|org|edu)|\.|,(?=com|cn|net))"
)
_DOT = re.compile(_DOTTED, re.IGNORECASE)
_HOST = re.compile(
    rf"(?=(?P<provider>(?:vip{_DOTTED})?(?:{PROVIDER}|yahoo|icloud|live|aliyun|protonmail|proton){_DOTTED}"
    rf"|(?:[a-z0-9\-]{{1,40}}{_DOTTED}){{1,3}}(?:edu|ac{_DOTTED}cn)(?![a-z0-9]))?)"
    rf"[a-z0-9](?:[a-z0-9\-]{{0,40}}{_DOTTED}){{1,4}}(?:{'|'.join(_TOPS)})(?![a-z0-9@/_\-]|\.[a-z0-9])"
)
_JOINING = frozenset({"_at_", "-at-"})
_PLAIN = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+")
_PLAIN_HOST = re.compile(r"[a-z0-9.\-]+")
_NAME = re.compile(
    r"(?<![a-z0-9._%+\-@])(?:[a-z0-9_\-]{1,20}(?: dot | ?[(\[{<]\.?(?:dot|点)?[)\]}>] ?|_dot_)){0,2}"
    r"[a-z0-9_][a-z0-9._%+\-]{0,63}\Z"
)
_OWN_BRACKETS = frozenset("([/")  # with these a plain host is found as plain addresses are
_LATIN_BEFORE = re.compile(r"[a-z0-9][ ,]?\Z")
_NO_WORD = re.compile(r"[a-z_.\-][0-9]|[0-9]{5}|[a-z][_.\-][a-z]")
_ABOUT = re.compile(r"联系|邮|信箱|写信|mail|合作|赞助|投稿|投递|简历|咨询|反馈|来信|contact|[发寄][到给至]")
_ENGLISH_WORDS = """
look looks looked looking meet met host hosted page pages data available error sign login work works
working live lives see us me him her it them now read found find contact reach email mail up out in here
site website online start arrive visit shop buy register server service support help team app api version
released located based is are was be point points aim stay stop study studies hosting mailbox account
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_AT_IN_BRACKETS = re.compile(r" ?[(\[{<【「]@[)\]}>】」] ?")
_AT_ITSELF = re.compile(r" ?@{1,2} ?")
_STAND_IN = re.compile(rf"[^a-z0-9._%+\-](?=[^.]+\.)|at(?=(?:{PROVIDER})\.)", re.IGNORECASE)
_BEFORE_AT = frozenset("成为是=\"'「【( ")
_TOLD = re.compile(
    r"(?P<sign>[^\w\s@.\"'()#]|(?<![a-z])at)[\"'」】) ]{0,3}"
    r"(?:请?(?:自行)?(?:换|改|替换|代替|更换|变)[成为]|[是为]|代表|=)[ \"'「【(]{0,3}\Z"
)
