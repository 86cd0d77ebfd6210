"""Says what a document is that is not a feed."""

from __future__ import annotations

import re
from typing import NoReturn

from tui.errors import Code, HuoyuanError
from tui.feeds.discover import feed_links
from tui.feeds.prolog import find_root, read_prolog

_HEAD_LIMIT = 65_536
_PAGE = re.compile(r"<(?:html|head|title|body|script)[\s>]", re.IGNORECASE)
_CHALLENGE = re.compile(
    r"<title[^<>]{0,80}>[^<]{0,80}(?:just a moment|attention required|captcha|are you (?:a )?human"
    r"|robot check|人机验证|安全验证|安全检查|访问验证|身份验证|滑动验证|验证码|访问过于频繁|访问被拦截)"
    r"|_cf_chl_opt|/_incapsula_resource|acw_sc__v2|__jsl_clearance|tencentcaptcha\(|initgeetest",
    re.IGNORECASE,
)


def holds_feed(text: str) -> bool:
    """Whether the root of a feed begins in the text, which is not an HTML page that only speaks of feeds."""
    root = find_root(text)
    return root is not None and (root.start() == read_prolog(text).end or not _is_page(text))


def refuse(text: str) -> NoReturn:
    """Raise the error of a document that is no feed.

    BLOCKED_BY_SITE for a page that asks for proof of a human; else NOT_A_FEED with `found` (html,
    json, xml, binary, text) and, where a page names a feed, `hint`: its link, perhaps relative.
    """
    head = text[:_HEAD_LIMIT]
    found = _kind(head)
    if found != "html":
        raise HuoyuanError(Code.NOT_A_FEED, found=found)
    if _CHALLENGE.search(head):
        raise HuoyuanError(Code.BLOCKED_BY_SITE)
    hint = next(feed_links(text), "")
    raise HuoyuanError(Code.NOT_A_FEED, found=found, **({"hint": hint} if hint else {}))


def _kind(head: str) -> str:
    if "\0" in head or head.count("\ufffd") > len(head) // 10:
        return "binary"
    start = head.lstrip()[:1]
    if start in ("{", "["):
        return "json"
    if _is_page(head) or _PAGE.search(head):
        return "html"
    return "xml" if start == "<" else "text"


def _is_page(text: str) -> bool:
    prolog = read_prolog(text)
    return prolog.doctype == "html" or text[prolog.end : prolog.end + 5].lower() in ("<html", "<head")
