"""The tree of a page: what a reader would see of it, well-formed, and bounded in size and depth."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import islice

from tui.text.clean import scrub
from tui.text.markup import Tag, resolve, tokens


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


MOST_TOKENS = 100_000
DEEPEST = 150
_LONGEST_NAME = 30
_LONGEST_ADDRESS = 2_000
_LONGEST_VALUE = 200

_ADDRESSES = ("href", "src", "data-original", "data-src", "data-lazy-src", "data-actualsrc")
_VALUES = ("class", "id", "role", "itemprop", "alt", "start", "value")
_EMPTY = frozenset({"area", "br", "col", "hr", "img", "wbr"})
_LOST = _names(
    "base body embed head html iframe input link meta noembed noframes script style textarea title"
)
INLINE = _names(
    """a abbr acronym b bdi bdo big br cite code dfn em font i img ins kbd label mark nobr q s samp small
    span strike strong sub sup tt u var wbr"""
)
_CELLS = frozenset({"caption", "td", "th"})
_GROUPS = frozenset({"tbody", "tfoot", "thead"})
_PARTS_OF_TABLES = _CELLS | _GROUPS | {"tr"}
_TERMS = frozenset({"dd", "dt"})
# Which open elements a tag ends although no end tag says so, and how far out that reaches.
_ENDS: dict[str, tuple[Container[str], Container[str]]] = {
    "li": ({"li"}, {"ul", "ol", "menu", "dir"}),
    "option": ({"option"}, {"select"}),
    "tr": ({"tr"}, {"table"}),
    **dict.fromkeys(_TERMS, (_TERMS, {"dl"})),
    **dict.fromkeys(_CELLS, (_CELLS, {"tr", "table"})),
    **dict.fromkeys(_GROUPS, (_GROUPS, {"table"})),
}
# Nothing in a head is text, and one that a slip leaves open would hide the page.
_HEAD = re.compile(r"<head\b[^<>]{0,200}>", re.IGNORECASE)
_INVISIBLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)


@dataclass(eq=False, slots=True)
class Node:
    """An element; until it is dropped, `children[index]` of its parent is itself."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Node | None = field(default=None, repr=False)
    index: int = 0
    children: list[Node | str] = field(default_factory=list)

    def append(self, child: Node | str) -> None:
        """Add a child behind the others."""
        if isinstance(child, Node):
            child.parent, child.index = self, len(self.children)
        self.children.append(child)

    def drop(self) -> None:
        """Take the element out of its tree; its siblings keep their places."""
        if self.parent is not None:
            self.parent.children[self.index] = ""

    def elements(self) -> list[Node]:
        """Give the children that are elements."""
        return [child for child in self.children if isinstance(child, Node)]

    def lineage(self) -> Iterator[Node]:
        """Yield the element itself, then its parent, and so on to the root."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def walk(self) -> Iterator[Node]:
        """Yield the element and all elements within it in the order of the page."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.elements())

    def html(self) -> str:
        """Write the element as HTML."""
        parts: list[str] = []
        self._write(parts)
        return "".join(parts)

    def _write(self, parts: list[str]) -> None:
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        parts.append(f"<{self.tag}{attributes}>")
        if self.tag in _EMPTY:
            return
        for child in self.children:
            if isinstance(child, Node):
                child._write(parts)
            else:
                parts.append(escape(child, quote=False))
        parts.append(f"</{self.tag}>")


def grow(html: str) -> Node:
    """Make the tree of a page; its root is the body.

    Scripts, fields of forms and all attributes but a few are left out, and what comes after 100,000 tags and
    texts; of what lies deeper than 150 elements only the text is kept. What is styled as invisible has the
    attribute `hidden`.
    """
    root = Node("body")
    stack = [root]
    for token in islice(tokens(scrub(_HEAD.sub("", html))), MOST_TOKENS):
        if isinstance(token, str):
            stack[-1].append(resolve(token))
        elif token.closing:
            _end(stack, {token.name}, _reach(token.name))
        elif token.name not in _LOST and len(token.name) <= _LONGEST_NAME:
            _open(stack, token)
    for node in [node for node in root.walk() if node.tag == "noscript"]:
        node.drop()
    return root


def _open(stack: list[Node], tag: Tag) -> None:
    if tag.name not in INLINE:
        _end(stack, {"p"}, _NotInline())
    if tag.name in _ENDS:
        _end(stack, *_ENDS[tag.name])
    if tag.name == "a":
        _end_link(stack)
    if tag.name in _EMPTY:
        stack[-1].append(Node(tag.name, _kept(tag)))
    elif len(stack) < DEEPEST:
        node = Node(tag.name, _kept(tag))
        stack[-1].append(node)
        stack.append(node)


def _end(stack: list[Node], names: Container[str], limits: Container[str]) -> None:
    """Close the innermost open element with one of these names, unless one of the limits lies within it."""
    for place in range(len(stack) - 1, 0, -1):
        if stack[place].tag in names:
            del stack[place:]
            return
        if stack[place].tag in limits:
            return


def _end_link(stack: list[Node]) -> None:
    """Close an open link; one that holds whole blocks was never closed, and is none."""
    _end(stack, {"a"}, _NotInline())
    for node in stack:
        if node.tag == "a":
            node.tag = "span"


class _NotInline(Container[str]):
    """All names of elements that are not inline."""

    def __contains__(self, name: object) -> bool:
        return name not in INLINE


def _reach(name: str) -> Container[str]:
    """Give the elements that an end tag does not reach across."""
    if name in INLINE:
        return _NotInline()
    if name == "table":
        return ()
    return {"table"} if name in _PARTS_OF_TABLES else {"table", *_CELLS}


def _kept(tag: Tag) -> dict[str, str]:
    if "=" not in tag.source and "hidden" not in tag.source:
        return {}
    attributes = tag.attributes()
    addresses = {name: "".join(attributes[name].split()) for name in _ADDRESSES if name in attributes}
    kept = {name: address for name, address in addresses.items() if len(address) <= _LONGEST_ADDRESS}
    kept |= {name: attributes[name][:_LONGEST_VALUE] for name in _VALUES if name in attributes}
    if "hidden" in attributes or _INVISIBLE.search(attributes.get("style", "")):
        kept["hidden"] = ""
    return kept
