"""Tier 2: mends the usual faults of a broken XML document, so that it may be parsed strictly."""

from __future__ import annotations

import re
from html import escape
from html.entities import html5

from tui.feeds.names import ATOM_NAMESPACE, NAMESPACES
from tui.feeds.prolog import find_root

_ENTRY_END = re.compile(r"</(?:[A-Za-z_][\w.-]{0,30}:)?(?:item|entry)\s*>")
_SUSPECT = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)"
    r"|(?P<comment><!--.*?(?:-->|\Z))"
    r"|<(?![A-Za-z_/!?])"
    r"|&(?!(?:amp|lt|gt|quot|apos);)"
    r"(?:(?P<name>[A-Za-z][A-Za-z0-9]{0,31});|#(?P<decimal>[0-9]{1,8});|#[xX](?P<hex>[0-9A-Fa-f]{1,7});)?",
    re.DOTALL,
)
_ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]{0,30}):|\s([A-Za-z_][\w.-]{0,30}):[\w.-]{1,60}\s*=")
_DECLARATION = re.compile(r"\sxmlns(?::([\w.-]{1,31}))?\s*=")
_PREFIX_LIMIT = 100
_REPAIR_LIMIT = 500_000


def repair(text: str) -> str:
    """The document from its root to the root's end, mended; "" when no root of a feed begins in it.

    A DOCTYPE goes with the prolog, so references to its entities stay as they are written. Of a
    document that was cut off, everything up to the last complete entry is kept.
    """
    root = find_root(text)
    return mended(text, root) if root is not None else ""


def mended(text: str, root: re.Match[str]) -> str:
    """The document from a root that was found in it, its name as group 1; see `repair`."""
    name = root[1]
    return _declared(_legal(_ended(text[root.start() :], name)), name)


def _ended(text: str, name: str) -> str:
    end = _last_end(re.compile(rf"</{re.escape(name)}\s*>"), text)
    if end:
        return text[:end]
    end = _last_end(_ENTRY_END, text)
    if not end:
        return text
    channel = "</channel>" if name.lower() == "rss" else ""
    return f"{text[:end]}{channel}</{name}>"


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    return max((found.end() for found in pattern.finditer(text)), default=0)


def _legal(text: str) -> str:
    """The text with only those characters and references that XML 1.0 (2.2, 4.1) allows."""
    text = _SUSPECT.sub(_allowed, text, count=_REPAIR_LIMIT)
    # Java programs write one emoji as references to its two surrogates; this joins them.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _ILLEGAL.sub("", text)


def _allowed(found: re.Match[str]) -> str:
    comment, name, decimal, hexadecimal = found.groups()
    if name:
        return escape(html5.get(f"{name};", found[0]), quote=False)
    if decimal or hexadecimal:
        return _character(int(decimal or hexadecimal, 10 if decimal else 16))
    if comment:
        return ""
    return escape(found[0], quote=False) if len(found[0]) == 1 else found[0]


def _character(code: int) -> str:
    return escape(chr(code), quote=False) if code <= 0x10FFFF else ""


def _declared(text: str, root: str) -> str:
    """The text with a namespace for each prefix that it uses but never declares."""
    used = {prefix for pair in _PREFIX.findall(text) for prefix in pair}
    declared = set(_DECLARATION.findall(text))
    missing = sorted(used - declared - {"", "xml", "xmlns"})[:_PREFIX_LIMIT]
    spaces = {f"xmlns:{prefix}": NAMESPACES.get(prefix, f"urn:undeclared:{prefix}") for prefix in missing}
    if root.lower() == "feed" and "" not in declared:
        spaces["xmlns"] = ATOM_NAMESPACE
    declarations = "".join(f' {name}="{uri}"' for name, uri in spaces.items())
    return f"<{root}{declarations}{text[len(root) + 1 :]}"
