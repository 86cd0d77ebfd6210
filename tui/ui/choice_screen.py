"""A modal that asks the user to choose one of a few things."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.ui.dialog import Dialog, step_of
from tui.ui.keys import key_name
from tui.ui.leaving import leave
from tui.ui.widgets.bar import Bar
from tui.ui.widgets.choice_list import Choice, ChoiceList
from tui.ui.widgets.rows import Rows


class ChoiceScreen(Dialog[int | None]):
    """Gives the number of the choice, None when the user left without one."""

    def __init__(self, title: str, choices: tuple[Choice, ...], hint: str) -> None:
        super().__init__()
        self._title = title
        self._choices = choices
        self._hint = hint

    def compose(self) -> ComposeResult:
        """A title, the choices, a line of help."""
        with Vertical(classes="dialog"):
            yield Bar(id="choice-title", beneath="head-focused")
            choices = ChoiceList(self._choices, id="choices")
            choices.styles.height = min(len(self._choices), max(1, self.app.size.height * 9 // 10 - 2))
            yield choices
            yield Bar(id="choice-hint")

    def on_mount(self) -> None:
        """Fill the bars and take the keys."""
        self.query_one("#choice-title", Bar).show((f" {self._title}", ""))
        self.query_one("#choice-hint", Bar).show((f" {self._hint}", "dim"))
        self.query_one(ChoiceList).focus()

    def take_key(self, event: events.Key) -> bool:
        """A choice's own key chooses it, Enter the one under the cursor; the moving keys move; Esc leaves."""
        if not self.is_mounted:
            return False
        key = key_name(event.key, event.character)
        choices = self.query_one(ChoiceList)
        keys = [choice.key for choice in self._choices]
        if key in keys:
            leave(self, keys.index(key))
        elif key in ("escape", "q"):
            leave(self, None)
        elif key in ("enter", "l"):
            leave(self, choices.cursor)
        elif step := step_of(key, choices.height, choices.count):
            choices.move(step)
        return True

    @on(Rows.Chosen)
    def _chosen(self, message: Rows.Chosen) -> None:
        leave(self, message.index)
