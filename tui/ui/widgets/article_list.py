"""The article list: one line per article with its mark, date, title and kinds of contact."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from rich.segment import Segment

from tui.model import ArticleRow, Kind
from tui.text.found import found
from tui.text.width import cells, fit
from tui.ui.driver.strips import overlaid
from tui.ui.row_source import RowSource
from tui.ui.widgets.rows import Rows

WIDE = 56
PHONES = frozenset({Kind.MOBILE, Kind.LANDLINE})
CODES = frozenset({Kind.WECHAT_CODE, Kind.GROUP_CODE, Kind.ACCOUNT_CODE, Kind.LINK_CODE})
MARKED: tuple[tuple[str, frozenset[Kind]], ...] = (
    ("wechat", frozenset({Kind.WECHAT})),
    ("qq", frozenset({Kind.QQ})),
    ("phone", PHONES),
    ("email", frozenset({Kind.EMAIL})),
    ("code", CODES),
)
"""Names of marks and the kinds of contact that they stand for."""


def contact_marks(row: ArticleRow, marks: Mapping[str, str]) -> str:
    """The small marks of the kinds of contact that an article has."""
    return "".join(marks[name] for name, kinds in MARKED if name in marks and kinds & row.kinds)


def short_date(published: int, now: int, wide: bool) -> str:
    """A date as a list shows it: with the time this year, with the year before."""
    there, here = time.localtime(published), time.localtime(now)
    if there.tm_year != here.tm_year:
        return time.strftime("%Y-%m-%d" if wide else "%y-%m", there)
    return time.strftime("%m-%d %H:%M" if wide else "%m-%d", there)


class ArticleList(Rows):
    """Shows the rows of a source; it holds none itself."""

    def __init__(
        self,
        clock: Callable[[], float] = time.time,
        marks: Mapping[str, str] | None = None,
        *,
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._marks = marks or {}
        self._marks_width = sum(cells(mark) for mark in self._marks.values())
        self._clock = clock
        self.source: RowSource | None = None
        self._empty = ""
        self._terms: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return len(self.source) if self.source is not None else 0

    @property
    def current(self) -> int | None:
        """The id of the article under the cursor."""
        if self.source is None or not 0 <= self.cursor < self.count:
            return None
        return self.source.id(self.cursor) or None

    def show(self, source: RowSource, cursor: int, *, keep: bool = False) -> None:
        """Show another source; with `keep` the cursor's line stays where it is on the screen."""
        offset = self.cursor - self.top
        self.source = source
        self.cursor = max(0, min(cursor, len(source) - 1))
        self.top = self.cursor - offset if keep else 0
        self._strips.clear()
        self.show_cursor()

    def highlight(self, terms: tuple[str, ...]) -> None:
        """Mark the words of a search, folded, in the titles."""
        if terms != self._terms:
            self._terms = terms
            self.redraw()

    def say_when_empty(self, text: str) -> None:
        """Set what an empty list says."""
        if text != self._empty:
            self._empty = text
            self.redraw()

    def placeholder(self) -> str:
        return self._empty

    def reread(self) -> None:
        """Read the visible rows again, and draw those that have changed."""
        source = self.source
        if source is None:
            return
        before = {index: source.row(index) for index in self.shown}
        source.reread(self.shown)
        self.keep_rows({index for index, row in before.items() if source.row(index) == row})

    def row(self, index: int, width: int) -> list[Segment]:
        row = self.source.row(index) if self.source is not None else None
        if row is None:
            return [Segment("  …", self.style_of("dim"))]
        wide = width >= WIDE
        date = short_date(row.published, int(self._clock()), wide).ljust(11 if wide else 5)
        marks = contact_marks(row, self._marks)
        room = width - 2 - len(date) - 2 - 1 - self._marks_width
        title = fit(row.title or "—", max(4, room))
        shown = Segment(title, self.style_of("dim" if row.read or row.blocked else "strong"))
        pad = " " * max(0, self._marks_width - cells(marks))
        return [
            Segment("● " if not row.read else "  ", self.style_of("accent")),
            Segment(date, self.style_of("dim")),
            self._mark(row),
            *overlaid([shown], found(title, self._terms), self.style_of("found")),
            Segment(f" {pad}{marks}", self.style_of("contact")),
        ]

    def _mark(self, row: ArticleRow) -> Segment:
        """A star for a favorite, a cross for a merchant on the blacklist, a dot for what the user hid."""
        if row.hidden:
            return Segment("· ", self.style_of("dim"))
        if row.blocked:
            return Segment("✗ ", self.style_of("bad"))
        return Segment("★ " if row.favorite else "  ", self.style_of("good"))
