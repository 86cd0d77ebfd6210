"""The small questions of the contact book: one of some words, or a line of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.ui.asking import Asking
from tui.ui.choice_screen import ChoiceScreen
from tui.ui.widgets.book_list import DIGITS
from tui.ui.widgets.choice_list import Choice


class BookQuestions:
    """Puts a question before the book and goes on with the answer; leaving it does nothing."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._app = asking.app
        self._say = asking.say

    def choose(
        self, title: str, words: Sequence[str], then: Callable[[int], object], present: int = -1
    ) -> None:
        """Ask for one of some words, the present one ticked; the first nine have digits as keys."""
        choices = tuple(
            Choice(str(place + 1) if place < DIGITS else " ", text, "✓" if place == present else "")
            for place, text in enumerate(words)
        )

        def chosen(choice: int | None) -> None:
            if choice is not None:
                then(choice)

        self._app.push_screen(ChoiceScreen(self._say(title), choices, self._say("choice.hint")), chosen)

    def ask_text(self, title: str, value: str, then: Callable[[str], object]) -> None:
        """Ask for a line of text."""
        self._asking.text(title, value, then)
