"""Says what a document is that is not a feed."""

from __future__ import annotations

import re
from typing import NoReturn

from tui.errors import Code, HuoyuanError
from tui.feeds.discover import feed_links
from tui.feeds.prolog import find_root, read_prolog
from tui.text.notices import is_challenge_for_feed

_HEAD_LIMIT = 65_536
_PAGE = re.compile(r"<(?:html|head|title|body|script)[\s>]", re.IGNORECASE)


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
    if is_challenge_for_feed(head):
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
