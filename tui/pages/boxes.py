"""Finds the boxes with the merchant's contacts in a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from tui.pages.labels import Label, Labels
from tui.pages.outline import Outline
from tui.pages.title import title_places
from tui.pages.tree import Node
from tui.pages.words import OF_THE_SITE, OWN_BOX, Field

_PER_LABEL = 45
_BESIDES = 60
_HEADING = 40
_LONGEST_LINE = 45
_FEWEST_PROPERTIES = 3
_FEWEST_PARAGRAPHS = 2
_ID = re.compile(r"[0-9A-Za-z_@.-]{5,}")


@dataclass(frozen=True, slots=True)
class Boxes:
    """The merchant's boxes, lists of his goods' properties last, and those of others."""

    own: tuple[Node, ...]
    others: tuple[Node, ...]


def find_boxes(outline: Outline, labels: Labels, title: str) -> Boxes:
    """Find the smallest elements that hold two different labels, one of them a way to the merchant.

    Each is widened by what belongs to it: more labelled rows, a heading before them. An element with
    paragraphs is an article, not a box. Of boxes that contradict each other the one that says it is the
    merchant's counts, then one behind the page's headline; boxes that are alike and beside each other are
    one merchant's departments; one in the midst of running text belongs to the article and is none.
    """
    search = _Search(outline, labels, title)
    own: list[Node] = []
    others: list[Node] = []
    for box in sorted(search.boxes(), key=search.rank):
        if all(_alike(box, kept) or search.agree(box, kept) for kept in own):
            own.append(box)
        elif not search.is_in_prose(box):
            others.append(box)
    return Boxes(tuple(own), tuple(others))


class _Search:
    """What the search for boxes asks of a page."""

    def __init__(self, outline: Outline, labels: Labels, title: str) -> None:
        self._outline = outline
        self._labels = labels
        self._headline = next(title_places(outline, title), -1)

    def boxes(self) -> list[Node]:
        """Give all boxes, none within another."""
        found: list[Node] = []
        seen = {self._outline.root}
        for label in self._labels.all:
            lineage = list(label.piece.holder.lineage())
            if any(node in found for node in lineage):
                continue
            new = list(takewhile(lambda node: node not in seen, lineage))
            box = next((node for node in new if _is_box(self._labels.within(node))), None)
            seen.update(new)
            if box is not None and self._is_dense(box):
                box = self._widened(box)
                seen.update(box.lineage())
                found = [*(other for other in found if box not in other.lineage()), box]
        return found

    def rank(self, box: Node) -> tuple[bool, bool, bool, bool]:
        """Order boxes by how surely they are the merchant's."""
        labels = self._labels.within(box)
        start, _ = self._outline.span(box)
        return (
            not _reaching(labels),
            all(label.name not in OWN_BOX for label in labels),
            start < self._headline,
            self._is_of_the_site(box),
        )

    def agree(self, box: Node, sure: Node) -> bool:
        """Tell whether a box is no site's, and has the same value of each field that a surer one has too."""
        values, known = _values(self._labels.within(box)), _values(self._labels.within(sure))
        alike = all(not values[field].isdisjoint(known[field]) for field in values.keys() & known.keys())
        return alike and not (values and known and self._is_of_the_site(box))

    def is_in_prose(self, box: Node) -> bool:
        """Tell whether an element is a line among paragraphs."""
        parent = box.parent
        lines = {piece.line for piece in self._outline.pieces[slice(*self._outline.span(box))]}
        return (
            parent is not None and len(lines) == 1 and self._outline.paragraphs(parent) >= _FEWEST_PARAGRAPHS
        )

    def _is_of_the_site(self, box: Node) -> bool:
        return OF_THE_SITE.search(self._outline.text(box)) is not None

    def _is_dense(self, node: Node) -> bool:
        """Tell whether an element has no paragraph, and little text for the number of its labels."""
        inside = self._labels.within(node)
        labelled = {label.place for label in inside}
        start, end = self._outline.span(node)
        return self._outline.size(node) <= _BESIDES + _PER_LABEL * len(inside) and all(
            len(self._outline.pieces[place].text) <= _LONGEST_LINE or place in labelled
            for place in range(start, end)
        )

    def _widened(self, box: Node) -> Node:
        """Climb while what that adds belongs to the box."""
        while box.parent is not None and box.parent.parent is not None and self._belongs(box, box.parent):
            box = box.parent
        return box

    def _belongs(self, box: Node, around: Node) -> bool:
        """Tell whether what stands around a box are labels that it lacks, or a short heading before it."""
        (start, end), (first, last) = self._outline.span(around), self._outline.span(box)
        inside, all_labels = self._labels.within(box), self._labels.within(around)
        before = [label for label in all_labels if label.place < first]
        behind = [label for label in all_labels if label.place >= last]
        if {label.field for label in _reaching(inside)} & {label.field for label in (*before, *behind)}:
            return False
        if _is_about_goods(inside) or _is_about_goods([*before, *behind]):
            return False
        if start <= self._headline < first or last <= self._headline < end:
            return False
        if not before and any(piece.link for piece in self._outline.pieces[start:first]):
            return False
        head, tail = self._outline.characters(start, first), self._outline.characters(last, end)
        return head <= _HEADING + _PER_LABEL * len(before) and tail <= _PER_LABEL * len(behind)


def _is_box(labels: list[Label]) -> bool:
    names = {label.field if label.field.reaches else label.name for label in labels}
    return len(names) > 1 and (bool(_reaching(labels)) or len(names) >= _FEWEST_PROPERTIES)


def _is_about_goods(labels: list[Label]) -> bool:
    return len(labels) >= _FEWEST_PROPERTIES and all(label.field is Field.GOODS for label in labels)


def _reaching(labels: list[Label]) -> list[Label]:
    return [label for label in labels if label.field.reaches]


def _alike(one: Node, other: Node) -> bool:
    return (one.parent, one.tag, one.attributes.get("class")) == (
        other.parent,
        other.tag,
        other.attributes.get("class"),
    )


def _values(labels: list[Label]) -> dict[Field, set[str]]:
    """Give what tells the values of each field apart: a number or an id, else two letters of a name."""
    values: dict[Field, set[str]] = {}
    for label in _reaching(labels):
        if label.value:
            found = _ID.search(label.value)
            values.setdefault(label.field, set()).add(found[0] if found else label.value[:2])
    return values
