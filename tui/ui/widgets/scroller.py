"""A pane of lines that scrolls: the base of the article, the contacts and the help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.segment import Segment
from textual import events
from textual.message import Message

from tui.ui.ink import BASE
from tui.ui.widgets.lines import Lines, type_of_key

WHEEL_LINES = 3


class Scroller(Lines, can_focus=True):
    """Subclasses say how many lines there are and draw one."""

    class Scrolled(Message):
        """Another part of the content is visible."""

        def __init__(self, scroller: Scroller) -> None:
            super().__init__()
            self.scroller = scroller

    def __init__(self, *, id: str | None = None, beneath: str = BASE) -> None:
        super().__init__(id=id, beneath=beneath)
        self.top = 0

    @property
    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def content(self, index: int) -> Iterable[Segment]:
        """The segments of a line of the content."""
        raise NotImplementedError

    @property
    def height(self) -> int:
        """How many lines are visible at once."""
        return max(1, self.outer_size.height)

    @property
    def at_end(self) -> bool:
        """Whether the last line is visible."""
        return self.top >= self.count - self.height

    def scroll_lines(self, step: int) -> bool:
        """Scroll by lines; False when nothing moved."""
        return self.scroll_to_line(self.top + step)

    def scroll_to_line(self, line: int) -> bool:
        """Scroll so that a line is the first visible one, as far as there are lines."""
        top = max(0, min(line, self.count - self.height))
        if top == self.top:
            return False
        self.top = top
        self.repaint()
        self.post_message(self.Scrolled(self))
        return True

    def scroll_to_end(self) -> None:
        """Show the last lines."""
        self.scroll_to_line(self.count)

    def line_keys(self, height: int) -> Sequence[type_of_key]:
        top, count = self.top, self.count
        # all lines below the last one are the same empty one
        return [(index if index < count else -1,) for index in range(top, top + height)]

    def line(self, y: int) -> Iterable[Segment]:
        index = self.top + y
        return self.content(index) if index < self.count else []

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down by the wheel."""
        event.stop()
        self.scroll_lines(WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up by the wheel."""
        event.stop()
        self.scroll_lines(-WHEEL_LINES)
