"""Drops the sections of a page that their headings call comments or recommendations."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from tui.pages.guarded import Guarded
from tui.pages.outline import Outline, Piece
from tui.pages.tree import INLINE, Node
from tui.pages.words import COMMENTS, DECORATION, LISTS, RECOMMENDATIONS, SECTION

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LONGEST_HEADING = 32
_SHORTEST_PARAGRAPH = 20


class _Reach(Enum):
    """How far a heading reaches: all that follows, all but what may be the article, only what has links."""

    ALL = auto()
    OTHERS = auto()
    LINKS = auto()


def drop_headed(page: Guarded) -> None:
    """Drop headings of comments and recommendations with what follows, up to the next heading."""
    for piece in page.outline.pieces:
        if _is_heading(piece.text):
            parent, first = _place(page.outline, piece)
            for index in [first, *_below(page, parent, first)]:
                parent.children[index] = ""


def _is_heading(text: str) -> bool:
    if not 0 < len(text) <= _LONGEST_HEADING:
        return False
    text = _plain(text)
    return any(heading.fullmatch(text) for heading in (COMMENTS, RECOMMENDATIONS, LISTS))


def _plain(heading: str) -> str:
    return "".join(heading.strip(DECORATION).split())


def _place(outline: Outline, piece: Piece) -> tuple[Node, int]:
    """Give the place of the largest element that holds the heading, and perhaps a link to more, alone."""
    parent, index = piece.holder, piece.index
    while (
        parent.parent is not None
        and outline.size(parent) <= _LONGEST_HEADING
        and _is_heading(outline.text(parent))
    ):
        parent, index = parent.parent, parent.index
    return parent, index


def _below(page: Guarded, parent: Node, first: int) -> Iterator[int]:
    """Yield the places of the siblings that belong to a heading."""
    heading = parent.children[first]
    reach = _reach(page.outline, heading)
    for index in range(first + 1, len(parent.children)):
        child = parent.children[index]
        if isinstance(child, str):
            text, linked, may_be_article = " ".join(child.split()), False, False
        elif page.is_titled(child) or _begins_section(page.outline, child, heading):
            return
        else:
            text, linked = page.outline.text(child), page.outline.leads_away(child)
            may_be_article = not linked and page.stays(child)
        if SECTION.fullmatch(text) or _is_heading(text) or (reach is _Reach.OTHERS and may_be_article):
            return
        if reach is _Reach.LINKS and not linked and len(text) >= _SHORTEST_PARAGRAPH:
            return
        yield index


def _reach(outline: Outline, heading: Node | str) -> _Reach:
    """Tell how far a heading reaches: not far if it is a line like others, or may be the article's own."""
    text = _plain(heading if isinstance(heading, str) else outline.text(heading))
    if COMMENTS.fullmatch(text):
        return _Reach.ALL
    flat = isinstance(heading, str) or heading.tag in INLINE or heading.tag == "p"
    return _Reach.LINKS if flat or not RECOMMENDATIONS.fullmatch(text) else _Reach.OTHERS


def _begins_section(outline: Outline, node: Node, heading: Node | str) -> bool:
    """Tell whether an element is a heading like the one before, or begins with one of its own."""
    start, end = outline.span(node)
    if start == end or outline.pieces[start].link:
        return False
    if any(inner.tag in _HEADINGS for inner in outline.pieces[start].holder.lineage()):
        return True
    name = node.attributes.get("class")
    return isinstance(heading, Node) and name is not None and name == heading.attributes.get("class")
