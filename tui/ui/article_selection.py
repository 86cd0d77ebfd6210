"""What the mouse has selected in an article: places in its lines, and the text between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.text.width import advances
from tui.ui.article_lines import Layout
from tui.values import frozen

Place = tuple[int, int]
"""The number of a line and of a character in it, as it is shown."""

_WORD = re.compile(r"[A-Za-z0-9_.@+-]+|[^\W\x00-\x7f]+")
"""What a double click takes: an ID, a number, an address; or Chinese up to the next sign."""


@frozen
class Selected:
    """From a place to another, that one included."""

    start: Place
    end: Place

    def on(self, number: int) -> tuple[int, int] | None:
        """The selected characters of a line, None when there are none."""
        if not self.start[0] <= number <= self.end[0]:
            return None
        start = self.start[1] if number == self.start[0] else 0
        end = self.end[1] + 1 if number == self.end[0] else 1 << 30
        return start, end


def between(one: Place, other: Place) -> Selected:
    """The selection between two places, whichever comes first."""
    return Selected(min(one, other), max(one, other))


def shown(layout: Layout, number: int) -> str:
    """A line as it is shown."""
    return "".join(text for text, _, _ in layout.pieces(number))


def place_at(layout: Layout, number: int, cell: int) -> Place:
    """The character that covers a cell of a line; beyond its end its last one."""
    number = max(0, min(number, len(layout.lines) - 1))
    reach = 0
    steps = advances(shown(layout, number))
    for place, step in enumerate(steps):
        reach += step
        if cell < reach:
            return number, place
    return number, max(0, len(steps) - 1)


def word_at(layout: Layout, place: Place) -> Selected:
    """The word that a place is in, or its character alone."""
    number, at = place
    for word in _WORD.finditer(shown(layout, number)):
        if word.start() <= at < word.end():
            return Selected((number, word.start()), (number, word.end() - 1))
    return Selected(place, place)


def paragraph_at(layout: Layout, place: Place) -> Selected:
    """The paragraph that a place is in."""
    first = last = place[0]
    paragraph = layout.lines[first].paragraph
    while first > 0 and layout.lines[first - 1].paragraph == paragraph:
        first -= 1
    layout.reach(last + 2)
    while last + 1 < len(layout.lines) and layout.lines[last + 1].paragraph == paragraph:
        last += 1
        layout.reach(last + 2)
    return Selected((first, 0), (last, max(0, len(shown(layout, last)) - 1)))


def text_of(layout: Layout, selected: Selected) -> str:
    """The selected text: lines that were only wrapped are joined as they were written."""
    return "\n".join(
        layout.paragraphs[number].text[start:end] for number, start, end in _parts(layout, selected)
    )


def _parts(layout: Layout, selected: Selected) -> Iterator[tuple[int, int, int]]:
    """The selected stretches by paragraph."""
    open_part: tuple[int, int, int] | None = None
    for number in range(selected.start[0], selected.end[0] + 1):
        line, span = layout.lines[number], selected.on(number)
        if line.paragraph < 0 or span is None:
            continue
        paragraph = layout.paragraphs[line.paragraph]
        before = len(paragraph.first if line.first else paragraph.rest)
        start, end = (min(line.end, line.start + max(0, place - before)) for place in span)
        if open_part is not None and open_part[0] == line.paragraph:
            open_part = (line.paragraph, open_part[1], end)
            continue
        if open_part is not None:
            yield open_part
        open_part = (line.paragraph, start, end)
    if open_part is not None:
        yield open_part
