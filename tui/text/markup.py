"""HTML as a flat stream of text and tags, in linear time on any input.

Not the standard library's parser: `HTMLParser` takes quadratic time on unfinished markup (48 KB of
"<a " take it half a minute, Python 3.11.7), raises on some, and reads malformed input differently from
one patch release to the next.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Container, Iterator
from itertools import zip_longest
from typing import NamedTuple

from tui.text.clean import scrub
from tui.text.possessive import possessive

# All begin with "<", which is found at once where nothing else is sought.
_VALUE = possessive(r""""[^"]*+"|'[^']*+'""", "?")
_ATTRIBUTES = possessive(rf"[^<>=]++|=\s*+{_VALUE}", "*")
_COMMENT = possessive("[^-]++|-(?!->)", "*")
_USUAL = (
    r"<(?:(?P<name>/?[a-zA-Z][a-zA-Z0-9:_-]*+)"
    rf"(?:>|(?=[\s/])(?P<attributes>{_ATTRIBUTES})>)"
    rf"|!--(?:-?>|{_COMMENT}(?:-->|\Z))"
    r"|!\[CDATA\["
    r"|[!?][^<>]*+>)"
)
_CDATA_END = "]]>"
_USUAL_TOKEN = re.compile(_USUAL)
_TOKEN = re.compile(rf"{_USUAL}|\]\]>")
_MARKUP = re.compile(r"</?[a-zA-Z][a-zA-Z0-9:_-]*+[\s/>]|<[!?]")
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]*)))?""")
# A reference without its semicolon is none in an attribute: "?a=1&copy=2" is an address.
_REFERENCE = re.compile(r"&#?\w{1,32};")
# html.unescape makes an int of any number of digits, which raises beyond 4,300.
_HUGE_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|x[0-9a-f]{8,});?", re.IGNORECASE)
# Their content is text that only their own end tag ends.
_RAW_END = {
    name: re.compile(rf"</{name}\b[^<>]*+>?", re.IGNORECASE)
    for name in ("iframe", "noembed", "noframes", "script", "style", "textarea", "title")
}
_HIDDEN = frozenset({"audio", "canvas", "head", "object", "select", "svg", "template", "video"})
_SPECIAL = _HIDDEN.union(_RAW_END)
_AT_ONCE = 10_000

Piece = tuple[str | None, str | None, str | None]
"""A stretch of text, and the tag behind it: its name as written, behind "/" where it ends, its attributes.

Of text that no tag follows the name is "" or None, of a tag without attributes these.
"""

_NO_BREAK = "&nbsp;"


class Tag(NamedTuple):
    """A start or end tag; its name in lower case, its attributes as they were written."""

    name: str
    closing: bool
    source: str

    def attributes(self) -> dict[str, str]:
        """Return the attributes as `attributes_of` reads them."""
        return attributes_of(self.source)


def attributes_of(source: str) -> dict[str, str]:
    """Return a tag's attributes by lower-case name, the first of each name, references resolved."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        value = double or single or bare
        found.setdefault(name.lower(), _REFERENCE.sub(_resolve, value) if "&" in value else value)
    return found


def has_markup(source: str) -> bool:
    """Tell whether source has anything that looks like markup."""
    return _MARKUP.search(source) is not None


def is_bare(source: str) -> bool:
    """Tell whether no reference in source can bring a character that was not there, but for spaces."""
    return "&" not in source or source.count("&") == source.count(_NO_BREAK)


def tokens(source: str) -> Iterator[str | Tag]:
    """Yield the stretches of text (references unresolved) and the tags that a reader would see."""
    for text, name, attributes in pieces(source):
        if text:
            yield text
        if name:
            yield _tag(name, attributes)


def pieces(source: str) -> Iterator[Piece]:
    """Yield what `tokens` yields, as text and the tag behind it.

    Where nothing is hidden and nothing raw the pieces are cut by one call: half of the cost.
    """
    split = (_TOKEN if _CDATA_END in source else _USUAL_TOKEN).split
    cut = split(source, _AT_ONCE)
    if len(cut) <= 3 * _AT_ONCE and _is_plain(cut):
        return zip_longest(cut[::3], cut[1::3], cut[2::3])
    return _pieces_of_many(source, split)


def _is_plain(cut: list[str | None]) -> bool:
    """Tell whether all that was cut is to be seen and is markup where it looks so."""
    return _SPECIAL.isdisjoint(map(str.lower, filter(None, {*cut[1::3]})))


def _pieces_of_many(source: str, split: Callable[[str, int], list[str | None]]) -> Iterator[Piece]:
    """Do what `pieces` does, a stretch at a time; any source."""
    rest = source
    while rest:
        cut = split(rest, _AT_ONCE)
        if not _is_plain(cut):
            for token in _visible_tokens(rest):
                yield (token, "", "") if isinstance(token, str) else ("", *_as_written(token))
            return
        yield from zip(cut[0:-1:3], cut[1::3], cut[2::3], strict=True)
        rest = cut[-1] or ""
        if len(cut) <= 3 * _AT_ONCE:
            break
    if rest:
        yield rest, "", ""


def _tag(name: str, attributes: str | None) -> Tag:
    return Tag(name.removeprefix("/").lower(), name.startswith("/"), attributes or "")


def _as_written(tag: Tag) -> tuple[str, str]:
    return f"/{tag.name}" if tag.closing else tag.name, tag.source


def _visible_tokens(source: str) -> Iterator[str | Tag]:
    hidden, depth = "", 0
    for token in _all_tokens(source):
        if not hidden:
            if isinstance(token, Tag) and _opens(token, _HIDDEN):
                hidden, depth = token.name, 1
            else:
                yield token
        elif isinstance(token, Tag):
            if token.name == hidden:
                depth += -1 if token.closing else 1
            elif hidden == "head" and token.name == "body":
                depth = 0
            hidden = hidden if depth else ""


def resolve(text: str) -> str:
    """Return text with its character references resolved, and what they hid from `scrub` gone."""
    if "&" not in text:
        return text
    if text.count("&") == text.count(_NO_BREAK):
        return text.replace(_NO_BREAK, "\xa0")
    return scrub(html.unescape(_HUGE_REFERENCE.sub("\ufffd", text)))


def _resolve(reference: re.Match[str]) -> str:
    return resolve(reference[0])


def _all_tokens(source: str) -> Iterator[str | Tag]:
    position = 0
    while match := _TOKEN.search(source, position):
        if match.start() > position:
            yield source[position : match.start()]
        position = match.end()
        if match["name"]:
            tag = _tag(match["name"], match["attributes"])
            yield tag
            if _opens(tag, _RAW_END):
                end = _RAW_END[tag.name].search(source, position)
                position = end.end() if end else len(source)
    if position < len(source):
        yield source[position:]


def _opens(tag: Tag, names: Container[str]) -> bool:
    return tag.name in names and not tag.closing and not tag.source.endswith("/")
