"""Content of feed elements as HTML, whatever way the document wrote it."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterable
from html import escape
from xml.etree.ElementTree import Element

from tui.text.decode import decode

_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|&(?:#\w{1,8}|[A-Za-z]\w{1,31});")
_HTML_TYPES = ("html", "text/html")
_XHTML_TYPES = ("xhtml", "application/xhtml+xml")
_VOID = ("br", "img", "hr", "wbr", "input", "col", "embed", "source", "track", "area", "link", "meta", "base")


def from_text(text: str) -> str:
    """Plain text as HTML without a tag, whose lines `text.html` keeps."""
    return escape(text.strip(), quote=False)


def from_guess(text: str) -> str:
    """Text that may be plain or HTML (RSS does not say which) as HTML of one line."""
    if ("<" in text or "&" in text) and not _MARKUP.search(text):
        return escape(text, quote=False)
    return text


def longest(candidates: Iterable[str]) -> str:
    """The candidate that says most; "" when there is none."""
    return max(candidates, key=len, default="")


def rss_title(element: Element) -> str:
    """An RSS title as HTML of one line."""
    return inner(element) if len(element) else from_guess((element.text or "").strip())


def rss_content(element: Element) -> str:
    """An RSS description or content:encoded as HTML."""
    return inner(element) if len(element) else (element.text or "").strip()


def atom_text(element: Element) -> str:
    """An Atom 1.0 text construct or content (RFC 4287, 3.1 and 4.1.3), or an Atom 0.3 one, as HTML.

    Content that is not text, such as an image, gives "".
    """
    if len(element):
        return inner(element)
    text = (element.text or "").strip()
    mode = element.get("mode")
    if mode == "base64":
        text = _from_base64(text)
    kind = element.get("type", "").strip().lower() or "text"
    if kind in _HTML_TYPES or (kind in _XHTML_TYPES and mode):
        return text
    return from_text(text) if kind.startswith("text") or kind in _XHTML_TYPES else ""


def inner(element: Element) -> str:
    """What lies inside an element, as HTML: names without prefixes; any depth, because it may be hostile."""
    pieces = [escape(element.text or "", quote=False)]
    stack = [(iter(element), "")]
    while stack:
        children, end = stack[-1]
        child = next(children, None)
        if child is None:
            pieces.append(end)
            stack.pop()
            continue
        name = _local(child.tag)
        pieces += (_start_tag(name, child), escape(child.text or "", quote=False))
        tail = escape(child.tail or "", quote=False)
        stack.append((iter(child), tail if name in _VOID else f"</{name}>{tail}"))
    return "".join(pieces).strip()


def _start_tag(name: str, element: Element) -> str:
    attributes = "".join(f' {_local(key)}="{escape(value)}"' for key, value in element.items())
    return f"<{name}{attributes}>"


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2]


def _from_base64(text: str) -> str:
    try:
        return decode(b64decode(text)).strip()
    except (binascii.Error, ValueError):
        return ""
