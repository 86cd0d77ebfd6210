"""Drops what is not the article and not its merchant's: navigation, footers, comments, recommendations."""

from __future__ import annotations

from tui.pages.guarded import Guarded
from tui.pages.headed import drop_headed
from tui.pages.hidden import is_gate
from tui.pages.labels import Labels
from tui.pages.teasers import drop_teasers
from tui.pages.tree import Node
from tui.pages.words import (
    AD_CLASSES,
    BOILERPLATE,
    CLUTTER_WORDS,
    COMMENT_WORDS,
    FOOTER,
    FRAME_IDS,
    NEIGHBOURS,
    PLACE_ON_SITE,
    WORD,
)

_TAGS = frozenset({"dialog", "nav"})
_ENDS = frozenset({"footer", "header"})
_ARTICLES = frozenset({"article", "main", "section"})
_ROLES = frozenset({"banner", "contentinfo", "navigation"})
_NOTES = (PLACE_ON_SITE, NEIGHBOURS, BOILERPLATE)
_LONGEST_FOOTER_LINE = 120
_LONGEST_ID = 3  # words
_LONGEST_NOTE = 300
_LONGEST_FOOTER = 800
_LONGEST_GATE = 200


def drop_clutter(root: Node, title: str) -> None:
    """Drop from a page what belongs to the site or to others; never what holds the page's title."""
    for drop in (_drop_named, drop_headed, _drop_notes, drop_teasers):
        drop(Guarded(root, title))


def drop_gates(root: Node, title: str) -> None:
    """Drop the notices that ask for a login to see a contact, and what the site says of itself beside."""
    page = Guarded(root, title)
    labels = Labels(page.outline)
    for line in page.outline.lines():
        if is_gate(page.outline, line) and not labels.within(line):
            page.drop_around(line, _LONGEST_GATE)


def _drop_named(page: Guarded) -> None:
    """Drop what is invisible, and what its tag, role, class or id names."""
    for node in page.root.walk():
        words = _words(node)
        if not COMMENT_WORDS.isdisjoint(words) and not page.is_titled(node):
            node.drop()
        elif "hidden" in node.attributes or not CLUTTER_WORDS.isdisjoint(words) or _is_frame(node):
            page.drop(node)


def _words(node: Node) -> set[str]:
    """Give the words of an element's class, and of its id unless that has many, being made of a heading's."""
    words = WORD.findall(node.attributes.get("class", ""))
    of_id = WORD.findall(node.attributes.get("id", ""))
    return {word.lower() for word in (words + of_id if len(of_id) <= _LONGEST_ID else words)}


def _is_frame(node: Node) -> bool:
    """Tell whether an element is the site's, by its tag, its role, or a class or id of one word."""
    if node.tag in _ENDS:
        return all(around.tag not in _ARTICLES for around in node.lineage())
    return (
        node.tag in _TAGS
        or node.attributes.get("role") in _ROLES
        or node.attributes.get("id", "").lower() in FRAME_IDS
        or not AD_CLASSES.isdisjoint(node.attributes.get("class", "").lower().split())
    )


def _drop_notes(page: Guarded) -> None:
    """Drop the path to the page, links to its neighbours, the site's disclaimers and its footer."""
    for piece in page.outline.pieces:
        if any(note.search(piece.text) for note in _NOTES):
            if page.outline.size(piece.line) <= _LONGEST_NOTE:
                page.drop(piece.line)
        elif len(piece.text) <= _LONGEST_FOOTER_LINE and FOOTER.search(piece.text):
            page.drop_around(piece.line, _LONGEST_FOOTER)
