"""Finds the labels of contact boxes in a page, and what stands in the place of their values."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tui.pages.outline import Outline, Piece
from tui.pages.tree import Node
from tui.pages.words import FIELDS, LABEL, Field

_MOST = 200
_LONGEST_LINE = 300
_MOST_PIECES = 8
_LONGEST_VALUE = 200


@dataclass(frozen=True, slots=True)
class Label:
    """A label in the piece with that number, from `start` on; `value` is the text up to the next label.

    `name` is the label's word in its plain form; `behind` are the pieces of the value but for the label's
    own; `bare` tells whether that is the label alone, without colon.
    """

    field: Field
    name: str
    place: int
    start: int
    piece: Piece
    value: str
    behind: tuple[Piece, ...]
    bare: bool

    @property
    def image(self) -> bool:
        """Whether an image, not one to click on, stands in the value."""
        return any(not piece.text and not piece.link for piece in self.behind)


class Labels:
    """The first 200 labels of a page in their order."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self.all = _labels(outline)
        self._places = [label.place for label in self.all]

    def within(self, node: Node) -> list[Label]:
        """Give the labels that an element holds."""
        start, end = self._outline.span(node)
        return self.all[bisect_left(self._places, start) : bisect_left(self._places, end)]


@dataclass(frozen=True, slots=True)
class _Match:
    """Where a word that may be a label stands."""

    place: int
    match: re.Match[str]


def _labels(outline: Outline) -> list[Label]:
    found = pairwise([*_matches(outline), None])
    labels = (_label(outline, match, following) for match, following in found if match is not None)
    return [label for label in labels if label is not None]


def _label(outline: Outline, found: _Match, following: _Match | None) -> Label | None:
    """Make a label of a word with a colon or a value behind it."""
    piece = outline.pieces[found.place]
    value, behind = _value(outline, found, following)
    colon = bool(found.match["colon"]) or value.startswith((":", "："))
    if not (colon or value or behind):
        return None
    name = "".join(found.match["label"].split()).upper()
    return Label(
        field=FIELDS[name],
        name=name,
        place=found.place,
        start=found.match.start(),
        piece=piece,
        value=value.lstrip(":： ")[:_LONGEST_VALUE],
        behind=behind,
        bare=not colon and found.match.end() == len(piece.text),
    )


def _matches(outline: Outline) -> Iterator[_Match]:
    found = 0
    for place, piece in enumerate(outline.pieces):
        if piece.link or not piece.text or len(piece.text) > _LONGEST_LINE:
            continue
        for match in LABEL.finditer(piece.text):
            if match["first"] is not None or match["colon"]:
                found += 1
                yield _Match(place, match)
        if found >= _MOST:
            return


def _value(outline: Outline, found: _Match, following: _Match | None) -> tuple[str, tuple[Piece, ...]]:
    """Give the text from a label to the next one in the same row, and the pieces behind its own."""
    text = outline.pieces[found.place].text
    if following is not None and following.place == found.place:
        return text[found.match.end() : following.match.start()].strip(), ()
    end = min(outline.span(_row(outline, found.place))[1], found.place + _MOST_PIECES)
    if following is not None:
        end = min(end, following.place)
    behind = outline.pieces[found.place + 1 : end]
    value = " ".join([text[found.match.end() :], *(piece.text for piece in behind if piece.text)])
    return value.strip(), tuple(behind)


def _row(outline: Outline, place: int) -> Node:
    """Give the smallest element that holds more than that piece."""
    lineage = outline.pieces[place].holder.lineage()
    return next((node for node in lineage if outline.span(node) != (place, place + 1)), outline.root)
