"""A virtual list: a cursor over any number of rows, of which only the visible ones are drawn."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message

from tui.text.wrap import wrap
from tui.ui.ink import BASE
from tui.ui.widgets.lines import Lines, thumb, type_of_key

WHEEL_ROWS = 3


class Rows(Lines, can_focus=True):
    """Base of the lists: subclasses say how many rows there are and draw one."""

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, rows: Rows, index: int) -> None:
            super().__init__()
            self.rows = rows
            self.index = index

    class Chosen(Message):
        """The row under the cursor was clicked again: the user wants in."""

        def __init__(self, rows: Rows, index: int) -> None:
            super().__init__()
            self.rows = rows
            self.index = index

    def __init__(self, *, id: str | None = None, beneath: str = BASE) -> None:
        super().__init__(id=id, beneath=beneath)
        self.cursor = 0
        self.top = 0

    @property
    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def row(self, index: int, width: int) -> list[Segment]:
        """The segments of a row, at most `width` cells of them."""
        raise NotImplementedError

    def placeholder(self) -> str:
        """What an empty list says."""
        return ""

    def selectable(self, index: int) -> bool:
        """Whether the cursor may stand on a row."""
        return True

    @property
    def height(self) -> int:
        """How many rows are visible at once."""
        return max(1, self.outer_size.height)

    def move(self, step: int) -> bool:
        """Move the cursor by rows, passing over those it may not stand on; False at the end."""
        return self.move_to(self.cursor + step, 1 if step > 0 else -1)

    def move_to(self, index: int, direction: int = 1) -> bool:
        """Put the cursor on a row, or on the nearest one in that direction where it may stand."""
        moved = self.put_cursor(index, direction)
        if moved:
            self.post_message(self.Moved(self, self.cursor))
        return moved

    def put_cursor(self, index: int, direction: int = 1) -> bool:
        """Move the cursor without a message, for a caller that goes on by itself."""
        target = self._nearest(min(max(index, 0), self.count - 1), direction)
        if target < 0 or target == self.cursor:
            return False
        self.cursor = target
        self.show_cursor()
        return True

    def _nearest(self, index: int, direction: int) -> int:
        for step in (direction, -direction):
            at = index
            while 0 <= at < self.count:
                if self.selectable(at):
                    return at
                at += step
        return -1

    def show_cursor(self) -> None:
        """Scroll as little as makes the cursor visible, and draw."""
        margin = min(2, (self.height - 1) // 2)
        highest = self.cursor - self.height + 1 + margin
        self.top = max(highest, min(self.top, self.cursor - margin))
        self._clamp()
        self.repaint()

    def _clamp(self) -> None:
        self.top = max(0, min(self.top, self.count - self.height))

    def line_keys(self, height: int) -> Sequence[type_of_key]:
        top, cursor = self.top, self.cursor
        count = self.count > 0  # an empty list says so in the place of a row
        focus = 1 + self.has_focus
        thumb = self._thumb()
        return [
            (index, focus if index == cursor else 0, index - top in thumb, count)
            for index in range(top, top + height)
        ]

    @property
    def shown(self) -> range:
        """The indexes of the rows that are on the screen."""
        return range(self.top, min(self.count, self.top + self.height))

    def keep_rows(self, same: Collection[int]) -> None:
        """Draw all rows anew but those of some indexes."""
        self.keep(lambda key: key[0] in same)

    def base_style(self, y: int) -> Style:
        if self.count and self.top + y == self.cursor:
            return self.style_of("cursor" if self.has_focus else "cursor-blurred")
        return super().base_style(y)

    def line(self, y: int) -> list[Segment]:
        index = self.top + y
        width = self.outer_size.width - 1
        if index >= self.count:
            text = self._words_when_empty(y) if not self.count else ""
            return [Segment(f"  {text}", self.style_of("dim"))] if text else []
        segments = self.row(index, width)
        used = sum(segment.cell_length for segment in segments)
        thumb = Segment("▐" if y in self._thumb() else " ", self.style_of("dim"))
        return [*segments, Segment(" " * max(0, width - used)), thumb]

    def _words_when_empty(self, y: int) -> str:
        """What stands on a visible line of an empty list: its words, below a free line and wrapped."""
        text = self.placeholder()
        lines = [text[start:end] for start, end in wrap(text, self.outer_size.width - 3)]
        return lines[y - 1] if 1 <= y <= len(lines) else ""

    def _thumb(self) -> range:
        """The lines on which the scroll bar's thumb stands."""
        return thumb(self.top, self.count, self.height)

    def on_resize(self) -> None:
        """Keep the cursor in sight at the new height."""
        self.show_cursor()

    def on_focus(self) -> None:
        """Draw the cursor strong."""
        self.repaint()

    def on_blur(self) -> None:
        """Draw the cursor faint."""
        self.repaint()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down by the wheel."""
        event.stop()
        self._wheel(WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up by the wheel."""
        event.stop()
        self._wheel(-WHEEL_ROWS)

    def _wheel(self, step: int) -> None:
        before = self.top
        self.top += step
        self._clamp()
        if self.top == before:
            return
        last = self.top + self.height - 1
        self.move_to(min(max(self.cursor, self.top), last), 1 if step > 0 else -1)
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the clicked row; a click on the cursor's row opens it."""
        index = self.top + event.y
        if not (0 <= index < self.count and self.selectable(index)):
            return
        if index == self.cursor:
            self.post_message(self.Chosen(self, index))
        self.move_to(index)
