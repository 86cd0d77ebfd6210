"""A page's texts and images in their order, and which of them each element holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from tui.pages.tree import INLINE, Node

_SHORTEST_PARAGRAPH = 60
_NO_PAGE = re.compile(r"(?:tel|mailto|javascript|tencent|sms):|#|https?://wpa\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, or an image (then without text), and where it stands: `holder.children[index]`.

    `line` is the innermost element around it that is not inline, `link` the address it leads to, if any.
    """

    text: str
    holder: Node
    index: int
    line: Node
    link: str

    @property
    def leads_away(self) -> bool:
        """Whether this is a link to another page, not one to call or write to somebody."""
        return bool(self.link) and not _NO_PAGE.match(self.link)


class Outline:
    """A tree as it was when the outline was made; what it says of an element takes no time to find out."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.pieces: list[Piece] = []
        self._spans: dict[Node, tuple[int, int]] = {}
        self._visit(root, line=root, link="")
        self._characters = _sums(len(piece.text) for piece in self.pieces)
        self._linked = _sums(len(piece.text) if piece.link else 0 for piece in self.pieces)
        self._ways_off = _sums(piece.leads_away for piece in self.pieces)
        self._paragraphs = _sums(
            len(piece.text) >= _SHORTEST_PARAGRAPH and not piece.link for piece in self.pieces
        )

    def span(self, node: Node) -> tuple[int, int]:
        """Give the first and behind the last of the pieces that an element holds.

        An element that the outline does not know, as damaged pages have them, holds none.
        """
        return self._spans.get(node, (0, 0))

    def characters(self, start: int, end: int) -> int:
        """Count the characters of a stretch of pieces."""
        return self._characters[end] - self._characters[start]

    def size(self, node: Node) -> int:
        """Count the characters of an element's text."""
        return self.characters(*self.span(node))

    def prose(self, node: Node) -> int:
        """Count the characters of an element's text that are no link."""
        start, end = self.span(node)
        return self.characters(start, end) - (self._linked[end] - self._linked[start])

    def leads_away(self, node: Node) -> bool:
        """Tell whether an element has a link to another page."""
        start, end = self.span(node)
        return self._ways_off[end] > self._ways_off[start]

    def paragraphs(self, node: Node) -> int:
        """Count the texts of an element that are no link and too long for a list or a footer."""
        start, end = self.span(node)
        return self._paragraphs[end] - self._paragraphs[start]

    def text(self, node: Node) -> str:
        """Give the text of an element, a space between its pieces."""
        return " ".join(piece.text for piece in self.pieces[slice(*self.span(node))] if piece.text)

    def lines(self) -> Iterator[Node]:
        """Yield the lines of all pieces, each once, in their order."""
        yield from dict.fromkeys(piece.line for piece in self.pieces)

    def _visit(self, node: Node, *, line: Node, link: str) -> None:
        start = len(self.pieces)
        line = line if node.tag in INLINE else node
        link = node.attributes.get("href", "") if node.tag == "a" else link
        for index, child in enumerate(node.children):
            if isinstance(child, Node):
                self._visit(child, line=line, link=link)
            elif text := " ".join(child.split()):
                self.pieces.append(Piece(text, node, index, line, link))
        if node.tag == "img" and node.parent is not None:
            self.pieces.append(Piece("", node.parent, node.index, line, link))
        self._spans[node] = start, len(self.pieces)


def _sums(numbers: Iterator[int]) -> list[int]:
    return list(accumulate(numbers, initial=0))
