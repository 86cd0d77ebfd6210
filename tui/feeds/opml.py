"""OPML, in which readers hand lists of feeds to each other: bytes to outlines, and outlines to text.

Of folders within folders the innermost is a feed's category: our lists have one level, articles bring
categories of their own, and in a narrow column the beginning of a joined name would hide its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

from tui.errors import Code, HuoyuanError
from tui.feeds.prolog import find_root, read_prolog
from tui.feeds.repair import mended
from tui.text.clean import clean_line
from tui.text.decode import declared_encoding, decode
from tui.values import frozen

SIZE_LIMIT = 16 << 20
"""Bytes of a file."""

OUTLINE_LIMIT = 100_000
URL_LIMIT = 4096

_ELEMENT_LIMIT = 1_000_000
_ROOT = re.compile(r"<((?:[a-z_][\w.-]{0,30}:)?opml)(?=[\s/>])", re.IGNORECASE)
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# OPML 2.0: an outline of these types leads to a page or to another list.
_NO_FEEDS = frozenset({"link", "include"})


@frozen
class Outline:
    """A feed as a list names it: its address as it stands there, names cleaned, "" for what it has not.

    `runs` tells of a command beside the address, as newsboat writes one.
    """

    url: str
    title: str = ""
    category: str = ""
    runs: bool = False


@frozen
class Outlines:
    """The feeds of a list in its order; `is_cut` where it is broken, and goes on behind the last of them."""

    found: tuple[Outline, ...]
    is_cut: bool = False


def read(data: bytes) -> Outlines:
    """The feeds of an OPML 1.0, 1.1 or 2.0 document, mended where it is broken as feeds are.

    A feed's name is its `text`, which is what a user sees and may have changed, else its `title`.
    Raises NOT_OPML and OPML_TOO_LARGE.
    """
    if len(data) > SIZE_LIMIT:
        raise HuoyuanError(Code.OPML_TOO_LARGE)
    text = decode(data, declared=declared_encoding(data)).lstrip("\ufeff \t\r\n")
    root = find_root(text, _ROOT)
    if root is None:
        raise HuoyuanError(Code.NOT_OPML)
    if text.count("<") > _ELEMENT_LIMIT:
        raise HuoyuanError(Code.OPML_TOO_LARGE)
    prolog = read_prolog(text)
    # without a DOCTYPE nothing can expand; what is mended begins with its root
    if prolog.doctype is None and prolog.end == root.start():
        walk, is_whole = _walked(text)
        if is_whole:
            return Outlines(tuple(walk.found))
    walk, is_whole = _walked(mended(text, root))
    return Outlines(tuple(walk.found), not is_whole)


def write(title: str, outlines: Iterable[Outline]) -> str:
    """An OPML 2.0 document, each category a folder; `read` gives the feeds again, a category's together."""
    folders: dict[str, list[Outline]] = {}
    for outline in outlines:
        folders.setdefault(outline.category, []).append(outline)
    lines = "\n".join(line for name, feeds in folders.items() for line in _folder(name, feeds))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"  <head><title>{escape(_legal(title))}</title></head>\n  <body>\n{lines}\n  </body>\n</opml>\n"
    )


def _folder(name: str, feeds: Iterable[Outline]) -> Iterator[str]:
    indent = "      " if name else "    "
    if name:
        yield f"    <outline text={_quoted(name)} title={_quoted(name)}>"
    for feed in feeds:
        title, url = _quoted(feed.title or feed.url), _quoted(feed.url)
        yield f'{indent}<outline type="rss" text={title} title={title} xmlUrl={url}/>'
    if name:
        yield "    </outline>"


def _quoted(text: str) -> str:
    return quoteattr(_legal(text))


def _legal(text: str) -> str:
    """The text without what XML 1.0 (2.2) does not allow."""
    return _NOT_XML.sub("", text)


class _Walk:
    """Takes the outlines as the parser comes upon them, so that no tree is built."""

    def __init__(self) -> None:
        self.found: list[Outline] = []
        self._folders = [""]
        self._outlines = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take an outline; inside a folder its name is the category."""
        outer = self._folders[-1]
        inner = self._outline(attributes, outer) if _local(tag) == "outline" else outer
        self._folders.append(inner)

    def end(self, tag: str) -> None:
        """Leave an element."""
        self._folders.pop()

    def _outline(self, attributes: Mapping[str, str], outer: str) -> str:
        """Take one outline; gives the category of what lies inside it."""
        self._outlines += 1
        if self._outlines > OUTLINE_LIMIT:
            raise HuoyuanError(Code.OPML_TOO_LARGE)
        values = {_local(name): value for name, value in attributes.items()}
        title = clean_line(values.get("text", "")) or clean_line(values.get("title", ""))
        url = _url(values)
        if not url:
            return title or outer
        category = outer or _own_category(values.get("category", ""))
        self.found.append(
            Outline(url, "" if title == clean_line(url) else title, category, "filtercmd" in values)
        )
        return outer


def _walked(text: str) -> tuple[_Walk, bool]:
    """What a document has, and whether its end was reached."""
    walk = _Walk()
    parser = ElementTree.XMLParser(target=walk)  # noqa: S314 - see `read`
    try:
        parser.feed(text)
        parser.close()
    except (ElementTree.ParseError, ValueError):
        return walk, False
    return walk, True


def _local(name: str) -> str:
    return name.rpartition("}")[2].rpartition(":")[2].lower()


def _url(values: Mapping[str, str]) -> str:
    url = values.get("xmlurl", "").strip()
    if not url and values.get("type", "").strip().lower() not in _NO_FEEDS:
        url = values.get("url", "").strip()
    return url[: URL_LIMIT + 1]


def _own_category(text: str) -> str:
    """The first of an outline's own categories, which OPML 2.0 writes as paths: "/服装/女装,一手"."""
    return clean_line(text.partition(",")[0].strip(" /").rpartition("/")[2])
