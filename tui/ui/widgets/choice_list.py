"""A short list of choices, each with a key of its own."""

from __future__ import annotations

from rich.segment import Segment

from tui.text.width import cells, cut, fit
from tui.ui.ink import PANEL
from tui.ui.widgets.rows import Rows
from tui.values import frozen


@frozen
class Choice:
    """One choice: its key, its words, and a second column that explains it."""

    key: str
    text: str
    detail: str = ""


class ChoiceList(Rows):
    """Shows choices; the cursor marks one."""

    def __init__(self, choices: tuple[Choice, ...], *, id: str | None = None) -> None:
        super().__init__(id=id, beneath=PANEL)
        self._choices = choices
        self._text_width = max((cells(choice.text) for choice in choices), default=0)

    @property
    def count(self) -> int:
        return len(self._choices)

    def row(self, index: int, width: int) -> list[Segment]:
        choice = self._choices[index]
        text = fit(choice.text, min(self._text_width, width - 6))
        room = width - 6 - cells(text)
        return [
            Segment(f" {choice.key} ", self.style_of("accent")),
            Segment(f" {text}  ", self.style_of("strong")),
            Segment(cut(choice.detail, max(0, room)), self.style_of("dim")),
        ]
