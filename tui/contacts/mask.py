"""Finds e-mail addresses and hides them and web addresses, whose letters and digits are no contacts."""

from __future__ import annotations

import re

from tui.contacts.normalise import Folded


def hide_links(text: str, stretches: list[tuple[int, int]]) -> str:
    """Replace the web addresses in stretches of a text by as many NULs, so that places stay the same."""
    pieces: list[str] = []
    last = 0
    for stretch in stretches:
        if text.find(".", *stretch) < 0 and text.find("://", *stretch) < 0:
            continue
        if _LINK_HINT.search(text, *stretch) is None:
            continue
        for match in _LINK.finditer(text, *stretch):
            pieces += (text[last : match.start()], _nothing(match))
            last = match.end()
    return "".join((*pieces, text[last:])) if pieces else text


def hide_tags(text: str, stretches: list[tuple[int, int]]) -> str:
    """Replace the HTML tags in stretches of a text by as many spaces, at most one line break before them."""
    pieces: list[str] = []
    last = 0
    for stretch in stretches:
        if text.find("<", *stretch) < 0:
            continue
        for match in _TAG.finditer(text, *stretch):
            first = "\n" if "\n" in match[0] else " "
            pieces += (text[last : match.start()], first + " " * (len(match[0]) - 1))
            last = match.end()
    return "".join((*pieces, text[last:])) if pieces else text


def hide_escapes(text: str) -> str:
    """Replace line breaks and tabs written as two characters (\\n) by as many of what they stand for."""
    return _ESCAPE.sub(_broken, text) if "\\" in text else text


def _broken(match: re.Match[str]) -> str:
    return " \n" if match[0][1] == "n" else "  "


def may_have_email(folded: Folded) -> bool:
    """Tell whether a text has a sign that an e-mail address could stand about."""
    text = folded.text
    return "@" in text or "#" in text or ("at" in folded.letters and _SPELLED_AT.search(text) is not None)


def find_emails(text: str) -> list[tuple[int, int]]:
    """Give the spans of e-mail addresses in a folded text, placeholders and file names left out."""
    return [
        match.span()
        for match in _EMAIL.finditer(text)
        if not _PLACEHOLDER.match(match[0])
        and match["top"] not in _FILE_ENDINGS
        and ("#" not in match[0] or _means_at(text, match))
    ]


def _means_at(text: str, match: re.Match[str]) -> bool:
    """Tell whether a # stands for an @: before a mail provider, in brackets, or because the text says so."""
    if _SURELY_AT.search(match[0]):
        return True
    start = max(0, match.start() - 24)
    return bool(
        _CALLED.search(text, start, match.start())
        or ANNOUNCED.search(text, start, match.start())
        or _REPLACED.search(text, start, match.start())
        or _REPLACED.search(text, match.end(), match.end() + 24)
    )


def hide(text: str, spans: list[tuple[int, int]]) -> str:
    """Replace the letters of some spans, in order, by as many NULs."""
    if not spans:
        return text
    pieces: list[str] = []
    last = 0
    for start, end in spans:
        pieces += (text[last:start], "\0" * (end - start))
        last = end
    return "".join((*pieces, text[last:]))


def hide_emails(text: str) -> str:
    """Replace what looks like an e-mail address, true or not, by as many NULs."""
    return _ADDRESS.sub(_nothing, text)


def _nothing(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


# A class comes first in each of these patterns, and what may not stand before it is asked behind it:
# so the search leaps from one such letter to the next.
_URL = r"[!#-&*+\-./0-:=?-{}~]"
_PART = r"[a-z0-9][a-z0-9\-]{0,62}\."
_TOP = "com|cn|net|org|cc|me|io|top|vip|tv|info|xyz|site|shop|club|gov|edu|ltd|app|co"
_LINK = re.compile(
    r"[a-z0-9](?:"
    rf"(?<=[hfwtm])(?:(?<=h)ttps?|(?<=f)tp|(?<=w)eixin|(?<=t)encent|(?<=m)qqwpa|(?<=m)qqapi)://{_URL}{{1,2000}}"
    r"|(?<![a-z0-9_.\-].)(?:"
    rf"(?:(?<=w)ww|(?<=w)ap|(?<=m))\.[a-z0-9\-.]{{3,80}}(?:/{_URL}{{0,2000}})?"
    rf"|(?<![@#)\]].)(?<!@ .)[a-z0-9\-]{{0,62}}\.(?:{_PART}){{0,3}}(?:{_TOP})"
    rf"(?![a-z0-9\-@]|[.a-z0-9_\-]{{1,40}}@)(?:[/?#]{_URL}{{0,2000}})?))"
)
_ESCAPE = re.compile(r"\\[nrt]")
_LINK_HINT = re.compile(r"[.:](?:[a-z]|//)")
_TAG = re.compile(r"(?:\s{0,40}<[a-z/][a-z0-9]{0,20}(?: [^<>\u3400-\u9fff]{0,200}|/)?>\s{0,40}){1,9}")
PROVIDER = "gmail|qq|163|126|139|outlook|hotmail|foxmail|sina|yeah"
_DOMAIN = (
    r"[a-z0-9][a-z0-9\-]{0,40}\.(?:[a-z0-9\-]{1,40}\.){0,2}(?:com|cn|net|org|edu|me|io|cc)(?![a-z0-9.\-/#])"
)
_RARE = (
    r"[a-z0-9][a-z0-9\-]{1,40}\.(?:sh|dev|xyz|top|info|tv|ai|app|cloud|tech|site|online|vip|pro|club|art|ltd"
    r"|fun|wiki|blog|live|store|shop|work|so|im|in|us|uk|hk|tw|eu|de|jp|gov|moe|pw|co)(?![a-z0-9.\-/#]|\(\))"
)
_SIGN = (
    r"(?: ?@ ?| ?[(\[/]#?at#?[)\]/] ?"
    rf"|\(#\)(?=[a-z0-9\-]{{2,40}}\.(?:com|cn|net))|#(?=(?:{PROVIDER})\.|{_DOMAIN}|{_RARE}))"
)
_SPELLED_AT = re.compile(r"at[)\]/](?<=[(\[/]at.)")
_EMAIL = re.compile(
    r"[a-z0-9_](?:(?<![a-z0-9].)(?<![a-z0-9][._%+\-].)(?!-?mail\.)|(?<=mail\..))"
    rf"[a-z0-9._%+\-]{{0,63}}(?<![+%]){_SIGN}"
    rf"(?:(?:{_PART}){{1,4}}|(?:{PROVIDER})\. (?=com|net)|(?<=[)\]/] )[a-z0-9\-]{{2,63}} ?\. )"
    r"(?P<top>[a-z]{2,12})(?![a-z0-9@])"
)
# 微信abc123 @somebody is no address
_ADDRESS = re.compile(
    rf"[a-z0-9._%+\-](?<![a-z0-9._%+\-].)[a-z0-9._%+\-]{{0,63}}"
    rf"(?:@[a-z0-9.\-]{{1,80}}|{_SIGN}[a-z0-9\-]{{1,63}}\.[a-z0-9.\-]{{1,80}})"
)
_SURELY_AT = re.compile(rf"[(\[/](?:#|#?at#?)[)\]/]|#(?:{PROVIDER})\.")
ANNOUNCED = re.compile(r"(?:邮箱|邮件|投递|简历|e?-?mail)(?:地址|账号)?[到至是为给发]?[^\w\n]{0,4}\Z")
# 侵权请联系：abc#example.sh
_CALLED = re.compile(
    r"(?:(?:联系|联络|反馈|投稿|来信|来函)(?:方式|我们?|作者|站长|邮箱)?[到至是为]?"
    r"|contact(?: me| us)?) ?: ?\Z"
    r"|(?:联系|联络|投稿|来信)[到至] ?\Z"
)
_REPLACED = re.compile(
    r"#[^\w\n#]{0,3}(?:请?(?:自行)?(?:换|改|替换|代替|更换|变)[成为]?|[是为]|to|is)?[^\w\n@#]{0,4}@"
    r"|@[^\w\n#]{0,3}(?:换|改|替换|代替|更换)[成为][^\w\n#]{0,3}#"
)
_PLACEHOLDER = re.compile(
    r"(?:x{2,}|your.{0,9}|user(?:name)?|name|someone|email|foo|git|noreply|no-reply)@"
    r"|.*@(?:x{2,}\.|(?:example|test)\.(?:com|org|net)$)"
)
_FILE_ENDINGS = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg", "js", "css", "html", "py", "json"})
