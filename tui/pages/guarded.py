"""What of a page stays whatever it looks like, so that no rule about clutter takes the article away."""

from __future__ import annotations

from tui.pages.outline import Outline
from tui.pages.title import title_places
from tui.pages.tree import Node
from tui.pages.words import WECHAT_TEXT


class Guarded:
    """A page's outline, and the elements that stay: what holds its title, or most of its text."""

    def __init__(self, root: Node, title: str) -> None:
        self.root = root
        self.outline = Outline(root)
        self._half = self.outline.prose(root) / 2
        self._titled = {root}
        for place in title_places(self.outline, title):
            self._mark(self.outline.pieces[place].holder)
        for node in root.walk():
            if node.attributes.get("id") == WECHAT_TEXT:
                self._mark(node)

    def is_titled(self, node: Node) -> bool:
        """Tell whether an element holds the page's title, or WeChat's text."""
        return node in self._titled

    def stays(self, node: Node) -> bool:
        """Tell whether an element holds the title or more than half of the page's prose."""
        return node in self._titled or self.outline.prose(node) > self._half

    def drop(self, node: Node) -> None:
        """Drop an element unless it stays."""
        if not self.stays(node):
            node.drop()

    def drop_around(self, line: Node, most: int) -> None:
        """Drop the largest element around a line that has no paragraph and at most so many characters."""
        largest = line
        for node in line.lineage():
            if self.stays(node) or self.outline.paragraphs(node) or self.outline.size(node) > most:
                break
            largest = node
        self.drop(largest)

    def _mark(self, inner: Node) -> None:
        for node in inner.lineage():
            if node in self._titled:
                break
            self._titled.add(node)
