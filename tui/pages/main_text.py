"""Chooses the main text of a page that its clutter and its contact boxes have been taken out of."""

from __future__ import annotations

import logging

from tui.model import Body, Mark
from tui.pages.outline import Outline
from tui.pages.title import title_places
from tui.pages.tree import INLINE, Node
from tui.pages.words import BYLINE, WECHAT_TEXT
from tui.text.html import to_body

_SHORTEST = 100
_MOST_LINKS = 0.6
_MOST_PROSE = 0.6
_SHORTEST_PROSE = 10
_LONGEST_CAPTION = 30
_PARAGRAPHS = INLINE | {"blockquote", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "pre"}
_MOST_ELEMENTS = 5_000
_MOST_TEXTLESS = 1_250
_MOST_WEIGHT = 5_000_000
_SEGMENTS = frozenset({"blockquote", "div", "p", "pre", "td"})
_SHORTEST_SEGMENT = 25


def choose_main(root: Node, title: str) -> str:
    """Give the HTML of the main text: where WeChat keeps it, what readability finds, else our own choice."""
    outline = Outline(root)
    for node in root.walk():
        if node.attributes.get("id") == WECHAT_TEXT and outline.size(node):
            return node.html()
    found = _by_readability(root.html()) if _is_bearable(outline) else ""
    return found if found and _is_text(to_body(found)) else _own_choice(outline, title)


def _is_text(body: Body) -> bool:
    linked = sum(
        span.end - span.start for block in body.blocks for span in block.spans if span.mark is Mark.LINK
    )
    size = len(body.text)
    return size >= _SHORTEST and linked <= _MOST_LINKS * size


def _is_bearable(outline: Outline) -> bool:
    """Tell whether readability is quick with a page.

    It reads the text of each element anew, looks beside those without text for one that has some, and for
    each named element around the article reads all that might be further parts of it.
    """
    nodes = list(outline.root.walk())
    return (
        len(nodes) <= _MOST_ELEMENTS
        and sum(map(outline.size, nodes)) <= _MOST_WEIGHT
        and sum(not outline.size(node) and node.tag != "br" for node in nodes) <= _MOST_TEXTLESS
        and _names_around(nodes) * sum(map(outline.size, _segments(outline, nodes))) <= _MOST_WEIGHT
    )


def _names_around(nodes: list[Node]) -> int:
    """Count the elements with a class or an id around the element that has most of them around it."""
    around: dict[Node | None, int] = {None: 0}
    for node in nodes:
        named = "class" in node.attributes or "id" in node.attributes
        around[node] = around[node.parent] + named
    return max(around.values())


def _segments(outline: Outline, nodes: list[Node]) -> set[Node]:
    """Give what readability may take for a part of the article: what paragraphs stand in."""
    paragraphs = (node for node in nodes if node.tag in _SEGMENTS and outline.size(node) >= _SHORTEST_SEGMENT)
    return {
        around
        for node in paragraphs
        for around in (node.parent, node.parent and node.parent.parent)
        if around
    }


def _by_readability(html: str) -> str:
    """Give what readability takes for the article, "" if it fails."""
    from readability import Document  # noqa: PLC0415 - imports lxml; only an asked-for page needs it

    # It logs each of its failures with a traceback.
    logging.getLogger("readability").setLevel(logging.CRITICAL + 1)
    try:
        found = Document(f"<html>{html}</html>").summary(html_partial=True)
    except Exception:  # hostile pages make it raise ValueError, its own Unparseable, and others
        return ""
    return "" if "readabilityBody" in found else str(found)


def _own_choice(outline: Outline, title: str) -> str:
    """Descend to the smallest container of most of the text that is no link; leave out its lists of links.

    Where no container holds most, the one with the headline is it, if there is prose below the headline.
    Where there is next to nothing but links the choice is "".
    """
    headed = _headed_containers(outline, title)
    choice, inner = outline.root, _inner(outline, outline.root, headed)
    while inner is not None:
        choice, inner = inner, _inner(outline, inner, headed)
    if outline.prose(choice) >= _SHORTEST_PROSE:
        choice = _with_images(outline, choice)
    elif not _images(outline, choice):
        return ""
    for node in choice.walk():
        if node.tag not in INLINE and outline.prose(node) < (1 - _MOST_LINKS) * outline.size(node):
            node.drop()
    return choice.html()


def _inner(outline: Outline, node: Node, headed: set[Node]) -> Node | None:
    """Give the container within an element to descend to, None if the element itself is the choice."""
    containers = [inner for inner in node.elements() if inner.tag not in _PARAGRAPHS]
    largest = max(containers, key=outline.prose, default=None)
    if largest is None or outline.prose(largest) >= _MOST_PROSE * outline.prose(node):
        return largest
    return next((inner for inner in containers if inner in headed), None)


def _with_images(outline: Outline, choice: Node) -> Node:
    """Give the element around a choice if that adds images and next to no text."""
    around = choice.parent
    if around is None or outline.prose(around) - outline.prose(choice) > _LONGEST_CAPTION:
        return choice
    return around if _images(outline, around) > _images(outline, choice) else choice


def _images(outline: Outline, node: Node) -> int:
    pieces = outline.pieces[slice(*outline.span(node))]
    return sum(not piece.text and not piece.link for piece in pieces)


def _headed_containers(outline: Outline, title: str) -> set[Node]:
    """Give the elements that hold the headline and a sentence besides."""
    places = list(title_places(outline, title))
    if not places:
        return set()
    titles = frozenset(places)

    def prose(start: int, end: int) -> int:
        return sum(
            len(piece.text)
            for place, piece in enumerate(outline.pieces[start:end], start)
            if not piece.link and place not in titles and not BYLINE.search(piece.text)
        )

    headed: set[Node] = set()
    found, first, last = 0, places[0], places[0]
    for node in outline.pieces[places[0]].holder.lineage():
        # each holds the one before, so that only what it adds is read
        start, end = outline.span(node)
        found += prose(start, first) + prose(last, end)
        first, last = start, end
        if found >= _SHORTEST_PROSE:
            headed.add(node)
    return headed
