"""A modal that is asked for each key at once, before the next one comes."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.screen import ModalScreen

from tui.ui.driver.composing import keep_letters

T = TypeVar("T")


def step_of(key: str, page: int, count: int) -> int | None:
    """How many of `count` rows a key goes on, `page` being in sight; None for one that does not move."""
    steps = {"j": 1, "down": 1, "k": -1, "up": -1, "space": page, "pagedown": page, "pageup": -page}
    half = max(1, page // 2)
    steps |= {"ctrl+d": half, "ctrl+u": -half, "ctrl+f": page, "ctrl+b": -page}
    steps |= {"g": -count, "home": -count, "G": count, "end": count}
    return steps.get(key)


class Dialog(ModalScreen[T]):
    """Gives the user's answer, None without one; what its keys do stands in `take_key`."""

    BINDINGS = []

    def __init__(self) -> None:
        super().__init__()
        keep_letters(self)

    def take_key(self, event: events.Key) -> bool:
        """Do what a key stands for; False for one that is another's, or came before the widgets."""
        raise NotImplementedError

    def on_key(self, event: events.Key) -> None:
        """Take a key that came before the widgets."""
        if self.take_key(event):
            event.stop()
            event.prevent_default()
