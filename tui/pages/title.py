"""Finds the title of the article in its page."""

from __future__ import annotations

from collections.abc import Iterator

from tui.pages.outline import Outline
from tui.text.clean import clean_line

_SHORTEST = 5


def shown_title(outline: Outline, title: str) -> str:
    """Give the beginning of the window's title that the page itself shows, to be rid of the site's name."""
    headings = [node for node in outline.root.walk() if node.tag == "h1"]
    # only what is no longer than the title is read: headings may stand within each other
    shown = [outline.text(node) for node in headings if outline.size(node) <= len(title)]
    shown += [piece.text for piece in outline.pieces if not piece.link]
    fitting = [text for text in shown if len(text) >= _SHORTEST and title.startswith(text)]
    first = clean_line(outline.text(headings[0])) if headings and not title else ""
    return max(fitting, key=len, default=title or first)


def title_places(outline: Outline, title: str) -> Iterator[int]:
    """Yield the places of the pieces that show the title: in an h1, or as it begins."""
    for place, piece in enumerate(outline.pieces):
        if piece.line.tag == "h1" or (
            not piece.link and len(piece.text) >= _SHORTEST and title.startswith(piece.text)
        ):
            yield place
