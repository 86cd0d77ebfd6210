"""The lines of paragraphs, wrapped as far as they are looked at: a long article opens like a short one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from time import perf_counter

from tui.text.found import found
from tui.text.width import cells
from tui.text.wrap import wrap
from tui.values import frozen

Piece = tuple[str, str, int]
"""A text, the name of its style, and the number of the link that it belongs to (-1 for none)."""


@frozen
class Styled:
    """A stretch of a paragraph's text in a named style; `target` numbers a link, -1 for none."""

    start: int
    end: int
    style: str
    target: int = -1


@frozen
class Paragraph:
    """A text with what stands before its first and its other lines.

    `tight` ones of a kind stand together without empty lines; one that `leads` has its text right below.
    """

    text: str
    style: str = ""
    first: str = ""
    rest: str = ""
    spans: tuple[Styled, ...] = ()
    tight: bool = False
    leads: bool = False

    def follows(self, before: Paragraph) -> bool:
        """Whether no empty line stands between this paragraph and the one before."""
        return before.leads or (before.tight and self.tight)


@frozen
class LaidLine:
    """One line on the screen: a slice of a paragraph; paragraph -1 is an empty line."""

    paragraph: int
    start: int = 0
    end: int = 0
    first: bool = False


class Layout:
    """Paragraphs and the lines that they take in a room of some cells."""

    def __init__(self, paragraphs: Iterator[Paragraph], room: int) -> None:
        self._room = room
        self.paragraphs: list[Paragraph] = []
        self.lines: list[LaidLine] = []
        self.finished = False
        self._more = self._lay(paragraphs)

    def reach(self, lines: int) -> None:
        """Have so many lines, or all where there are fewer."""
        while not self.finished and len(self.lines) < lines:
            self._step()

    def work(self, seconds: float) -> bool:
        """Wrap on for some seconds; True when all lines are there."""
        end = perf_counter() + seconds
        while not self.finished and perf_counter() < end:
            self._step()
        return self.finished

    def find(self, place: LaidLine) -> int:
        """The number of the line that shows what a line of another layout began with."""
        found = number = 0
        while True:
            self.reach(number + 1)
            if number == len(self.lines):
                return found
            line = self.lines[number]
            if (line.paragraph, line.start) > (place.paragraph, place.start):
                return found
            found = number if line.paragraph >= 0 else found
            number += 1

    def _step(self) -> None:
        line = next(self._more, None)
        if line is None:
            self.finished = True
        else:
            self.lines.append(line)

    def _lay(self, paragraphs: Iterator[Paragraph]) -> Iterator[LaidLine]:
        for number, paragraph in enumerate(paragraphs):
            self.paragraphs.append(paragraph)
            if number and not paragraph.follows(self.paragraphs[number - 1]):
                yield LaidLine(-1)
            inner = max(4, self._room - max(cells(paragraph.first), cells(paragraph.rest)))
            for at, (start, end) in enumerate(wrap(paragraph.text, inner)):
                yield LaidLine(number, start, end, at == 0)

    def pieces(self, number: int) -> list[Piece]:
        """The texts of a line with their styles and link numbers."""
        line = self.lines[number]
        if line.paragraph < 0:
            return []
        paragraph = self.paragraphs[line.paragraph]
        head = paragraph.first if line.first else paragraph.rest
        pieces = [(head, "dim", -1)] if head else []
        return pieces + [
            (paragraph.text[start:end], style, target)
            for start, end, style, target in _stretches(paragraph, line.start, line.end)
        ]


def found_on(layout: Layout, number: int, terms: Sequence[str]) -> list[tuple[int, int]]:
    """The characters of a line, as it is shown, in words of a search; words go on over a break."""
    line = layout.lines[number]
    if line.paragraph < 0:
        return []
    paragraph = layout.paragraphs[line.paragraph]
    before = len(paragraph.first if line.first else paragraph.rest)
    around = max(map(len, terms), default=0)
    start = max(0, line.start - around)
    length = line.end - line.start
    spans = found(paragraph.text[start : line.end + around], terms)
    moved = ((here + start - line.start, there + start - line.start) for here, there in spans)
    return [
        (before + max(0, here), before + min(length, there))
        for here, there in moved
        if there > 0 and here < length
    ]


def first_deeper(layout: Layout, page: int, terms: Sequence[str]) -> Iterator[int]:
    """Wrap on to the first line below a page with a word of a search that the page has not.

    Yields -1 for each line that is none, so that the caller can leave off, then the number of that one.
    """
    layout.reach(page)
    seen = range(min(page, len(layout.lines)))
    missing = [term for term in terms if not any(found_on(layout, number, (term,)) for number in seen)]
    number = page
    while missing:
        layout.reach(number + 1)
        if number >= len(layout.lines):
            return
        yield number if found_on(layout, number, missing) else -1
        number += 1


def _stretches(paragraph: Paragraph, start: int, end: int) -> Iterator[tuple[int, int, str, int]]:
    if not paragraph.spans:
        yield start, end, paragraph.style, -1
        return
    spans = [span for span in paragraph.spans if span.start < end and span.end > start]
    edges = {start, end, *(at for span in spans for at in (span.start, span.end) if start < at < end)}
    places = sorted(edges)
    for here, there in pairwise(places):
        over = [span for span in spans if span.start <= here and span.end >= there]
        style = next((span.style for span in over if span.style == "contact"), "")
        style = style or (over[-1].style if over else paragraph.style)
        yield here, there, style, next((span.target for span in over if span.target >= 0), -1)
