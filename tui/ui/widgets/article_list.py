"""The article list: one line per article with its mark, date, title and kinds of contact."""

from __future__ import annotations

import time
from collections.abc import Callable

from rich.segment import Segment

from tui.model import ArticleRow, Kind
from tui.text.width import cells, fit
from tui.ui.row_source import RowSource
from tui.ui.widgets.rows import Rows

SYMBOLS = ((Kind.WECHAT, "微"), (Kind.QQ, "Q"), (Kind.MOBILE, "☎"), (Kind.LANDLINE, "☎"), (Kind.EMAIL, "@"))
WIDE = 56
MARKS_WIDTH = 5


def contact_marks(row: ArticleRow) -> str:
    """The small marks of the kinds of contact that an article has."""
    marks = [symbol for kind, symbol in SYMBOLS if kind in row.kinds]
    return "".join(dict.fromkeys(marks))


def short_date(published: int, now: int, wide: bool) -> str:
    """A date as a list shows it: with the time this year, with the year before."""
    there, here = time.localtime(published), time.localtime(now)
    if there.tm_year != here.tm_year:
        return time.strftime("%Y-%m-%d" if wide else "%y-%m", there)
    return time.strftime("%m-%d %H:%M" if wide else "%m-%d", there)


class ArticleList(Rows):
    """Shows the rows of a source; it holds none itself."""

    def __init__(self, clock: Callable[[], float] = time.time, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._clock = clock
        self.source: RowSource | None = None
        self._empty = ""

    @property
    def count(self) -> int:
        return len(self.source) if self.source is not None else 0

    @property
    def current(self) -> int | None:
        """The id of the article under the cursor."""
        if self.source is None or not 0 <= self.cursor < self.count:
            return None
        return self.source.ids[self.cursor]

    def show(self, source: RowSource, cursor: int, *, keep: bool = False) -> None:
        """Show another source; with `keep` the cursor's line stays where it is on the screen."""
        offset = self.cursor - self.top
        self.source = source
        self.cursor = max(0, min(cursor, len(source) - 1))
        self.top = self.cursor - offset if keep else 0
        self._strips.clear()
        self.show_cursor()

    def say_when_empty(self, text: str) -> None:
        """Set what an empty list says."""
        self._empty = text
        self.redraw()

    def placeholder(self) -> str:
        return self._empty

    def reread(self) -> None:
        """Read the visible rows again."""
        if self.source is not None:
            self.source.forget()
        self.redraw()

    def row(self, index: int, width: int) -> list[Segment]:
        row = self.source.row(index) if self.source is not None else None
        if row is None:
            return [Segment("  …", self.style_of("dim"))]
        wide = width >= WIDE
        date = short_date(row.published, int(self._clock()), wide).ljust(11 if wide else 5)
        marks = contact_marks(row)
        room = width - 2 - len(date) - 2 - 1 - MARKS_WIDTH
        title = fit(row.title, max(4, room))
        pad = " " * max(0, MARKS_WIDTH - cells(marks))
        return [
            Segment("● " if not row.read else "  ", self.style_of("accent")),
            Segment(date, self.style_of("dim")),
            Segment("★ " if row.favorite else "  ", self.style_of("good")),
            Segment(title, self.style_of("dim" if row.read else "strong")),
            Segment(f" {pad}{marks}", self.style_of("contact")),
        ]
