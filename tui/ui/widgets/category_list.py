"""The category list: the fixed lists, the categories, and the feeds with their health."""

from __future__ import annotations

from rich.segment import Segment

from tui.model import Scope
from tui.text.width import cells, cut, fit
from tui.ui.widgets.rows import Rows
from tui.values import frozen


@frozen
class CategoryLine:
    """One line: a scope with name and number, or a heading (no scope); `state` is "", busy, good, bad."""

    scope: Scope | None
    name: str
    note: str = ""
    state: str = ""
    lively: bool = False


STYLES = {"busy": "accent", "good": "good", "bad": "bad"}


class CategoryList(Rows):
    """Shows category lines; the cursor passes over headings."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._lines: tuple[CategoryLine, ...] = ()
        self._placed: dict[Scope, int] | None = None

    @property
    def count(self) -> int:
        return len(self._lines)

    @property
    def _places(self) -> dict[Scope, int]:
        """Where each scope stands, worked out when it is asked for: it may be thousands."""
        if self._placed is None:
            self._placed = {line.scope: n for n, line in enumerate(self._lines) if line.scope is not None}
        return self._placed

    @property
    def scope(self) -> Scope | None:
        """The scope under the cursor."""
        return self._lines[self.cursor].scope if self._lines else None

    def show(self, lines: tuple[CategoryLine, ...]) -> None:
        """Show other lines, the cursor staying on its scope."""
        if lines == self._lines:
            return
        scope, before = self.scope, self._lines
        self._lines = lines
        self._placed = None
        if scope is None or not self._stands(scope):
            place = self._places.get(scope) if scope is not None else None
            self.cursor = min(self.cursor, max(0, len(lines) - 1)) if place is None else place
        self._clamp()
        self.keep_rows({n for n in self.shown if n < len(before) and before[n] == lines[n]})

    def _stands(self, scope: Scope) -> bool:
        """Whether the cursor stands on a scope."""
        return self.cursor < len(self._lines) and self._lines[self.cursor].scope == scope

    def place(self, scope: Scope) -> None:
        """Put the cursor on a scope without a word about it."""
        if not self._stands(scope):
            if scope not in self._places:
                return
            self.cursor = self._places[scope]
        self.show_cursor()

    def next_bad(self) -> int | None:
        """The place of the next line below the cursor that is in a bad state, round the corner; or None."""
        count = len(self._lines)
        below = (place % count for place in range(self.cursor + 1, self.cursor + count + 1))
        return next((place for place in below if self._lines[place].state == "bad"), None)

    def selectable(self, index: int) -> bool:
        return self._lines[index].scope is not None

    def row(self, index: int, width: int) -> list[Segment]:
        line = self._lines[index]
        if line.scope is None:
            return [Segment(cut(f" {line.name}", width), self.style_of("dim"))]
        note = cut(line.note, max(0, width // 2))
        room = max(1, width - 3 - cells(note))
        name = fit(line.name, room)
        style = self.style_of("strong" if line.lively else "")
        note_style = self.style_of(STYLES.get(line.state, "accent" if line.lively else "dim"))
        return [Segment(" "), Segment(name, style), Segment(" "), Segment(note, note_style), Segment(" ")]
