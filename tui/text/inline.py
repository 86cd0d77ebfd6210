"""The running text of one block: white space folded, marks kept as spans of the folded text."""

from __future__ import annotations

from dataclasses import dataclass

from tui.model import Mark, Span

_NO_TARGET = -1


@dataclass(slots=True)
class _OpenMark:
    """A mark that has begun; it starts with the first text after it (`start` is -1 until then)."""

    target: int
    depth: int = 1
    start: int = -1


class Inline:
    """Collects text and marks until `take` hands them over; marks still open then go on.

    `length` is that of the text so far.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0
        self._gap = ""
        self._spans: list[Span] = []
        self._open: dict[Mark, _OpenMark] = {}

    def write(self, text: str) -> None:
        """Add flowing text: every run of white space becomes one space, at the edges of a line none."""
        words = text.split()
        if not words:
            if self.length and text:
                self._gap = self._gap or " "
            return
        before = after = ""
        if len(words) == 1 and len(words[0]) == len(text):
            line = text
        else:
            line = " ".join(words)
            before = " " if text[0].isspace() else ""
            after = " " if text[-1].isspace() else ""
        if self.length and (gap := self._gap or before):
            self._pieces.append(gap)
            self.length += 1
        if self._open:
            self._start_marks()
        self._pieces.append(line)
        self.length += len(line)
        self._gap = after

    def write_verbatim(self, text: str) -> None:
        """Add preformatted text, its lines and inner spaces as they are."""
        if not self.length:
            text = text.lstrip("\n")
        self._start_marks()
        line = text.expandtabs().replace("\xa0", " ")
        self._pieces.append(line)
        self.length += len(line)

    def break_line(self) -> bool:
        """End the line; tell whether the one before was already ended, which makes a paragraph."""
        ended = self._gap == "\n"
        self._gap = "\n"
        return ended

    def forget_gap(self) -> None:
        """Begin a line anew: white space before any text is nothing."""
        self._gap = ""

    def open(self, mark: Mark, target: int = _NO_TARGET) -> None:
        """Begin a mark; of nested marks of one kind the outermost counts."""
        if mark in self._open:
            self._open[mark].depth += 1
        else:
            self._open[mark] = _OpenMark(target)

    def close(self, mark: Mark) -> None:
        """End a mark, if it is open."""
        opened = self._open.get(mark)
        if opened is None:
            return
        opened.depth -= 1
        if not opened.depth:
            self._end(mark, opened)
            del self._open[mark]

    def take(self) -> tuple[str, tuple[Span, ...]]:
        """Return what was collected, with its spans in order, and start anew."""
        if not self.length:
            self._gap = ""
            return "", ()
        if self._open:
            for mark, opened in self._open.items():
                self._end(mark, opened)
                opened.start = -1
        pieces = self._pieces
        text = (pieces[0] if len(pieces) == 1 else "".join(pieces)).rstrip()
        spans: tuple[Span, ...] = ()
        if self._spans:
            spans = _in_order(self._spans, len(text))
            self._spans = []
        self._pieces, self.length, self._gap = [], 0, ""
        return text, spans

    def _start_marks(self) -> None:
        position = self.length
        for opened in self._open.values():
            if opened.start < 0:
                opened.start = position

    def _end(self, mark: Mark, opened: _OpenMark) -> None:
        if 0 <= opened.start < self.length:
            self._spans.append(Span(opened.start, self.length, mark, opened.target))


def _in_order(spans: list[Span], length: int) -> tuple[Span, ...]:
    """The spans of a text that has come to this length, the outer one first."""
    if len(spans) > 1:
        spans.sort(key=lambda span: (span.start, -span.end))
    return tuple(
        [
            span if span.end <= length else Span(span.start, length, span.mark, span.target)
            for span in spans
            if span.start < length
        ]
    )
