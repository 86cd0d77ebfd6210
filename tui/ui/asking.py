"""Asks for what takes time, and tells the user what became of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from typing import Any, Literal, TypeVar

from textual.app import App

from tui.errors import Code, HuoyuanError, Problem
from tui.i18n import explain
from tui.model import Copied, Kind
from tui.text.width import cut
from tui.ui.article_layout import Say
from tui.ui.driver.apps import write_sequence

T = TypeVar("T")
Severity = Literal["information", "warning", "error"]

LONGEST_SAID = 80
"""Cells of a selected text that a message repeats."""

BY_HAND_SECONDS = 60.0
WARNING_SECONDS = 10.0


def copied_words(say: Say, kind: str, copied: Copied) -> str:
    """What a copy came to: exactly what was copied, by which way, and whether that was checked."""
    kind_words = say(f"field.{kind}")
    if not copied.way:
        return say("toast.not_copied", kind=kind_words, value=copied.text)
    key = "toast.copied_verified" if copied.verified else "toast.copied_sent"
    return say(key, kind=kind_words, value=copied.text, way=say(f"way.{copied.way}"))


def _nothing() -> None:
    """What follows a failure that has changed nothing on the screen."""


class Asking:
    """Asks for what takes time and tells the user what became of it.

    It belongs to the app, not to a screen: an answer is told even when its screen has been left.
    """

    def __init__(self, app: App[Any], say: Say) -> None:
        self.app = app
        self.say = say

    def after(
        self, future: Future[T], then: Callable[[T], None], *, otherwise: Callable[[], None] = _nothing
    ) -> None:
        """Go on with an answer on the app's own thread; a failure is told, and then goes on `otherwise`."""
        future.add_done_callback(lambda done: self.app.call_later(self._finish, done, then, otherwise))

    def _finish(self, done: Future[T], then: Callable[[T], None], otherwise: Callable[[], None]) -> None:
        try:
            answer = done.result()
        except CancelledError:
            return
        except HuoyuanError as error:
            self.tell(error.problem)
            otherwise()
        except Exception as error:
            self.tell(Problem(Code.INTERNAL, {"what": type(error).__name__}))
            otherwise()
        else:
            then(answer)

    def text(self, title: str, value: str, then: Callable[[str], object]) -> None:
        """Ask for a line of text; leaving it does nothing."""
        from tui.ui.text_screen import TextScreen  # noqa: PLC0415 - asked for rarely

        def answered(text: str | None) -> None:
            if text is not None:
                then(text)

        self.app.push_screen(TextScreen(title, value, self.say("book.text_hint")), answered)

    def toast(self, text: str, severity: Severity = "information", *, seconds: float = 5.0) -> None:
        """Say something that the user waits for."""
        self.app.notify(text, severity=severity, timeout=seconds, markup=False)

    def tell(self, problem: Problem) -> None:
        """Say what went wrong and what to do."""
        self.toast(explain(self.say, problem), "error", seconds=10.0)

    def copied_text(self, copied: Copied, kind: str = "text") -> None:
        """Finish a copy of selected text or of a link; of a long one its beginning is said."""
        if copied.sequence:
            write_sequence(self.app, copied.sequence)
        said = replace(copied, text=cut(" ".join(copied.text.split()), LONGEST_SAID))
        self.toast(copied_words(self.say, kind, said), "information" if copied.way else "warning")

    def copied(self, kind: Kind, copied: Copied, warning: str = "") -> None:
        """Finish a copy and say what it came to; a warning stands beneath."""
        if copied.sequence:
            write_sequence(self.app, copied.sequence)
        words = copied_words(self.say, kind, copied)
        if not copied.way:
            self.toast(words, "warning", seconds=BY_HAND_SECONDS)
        elif warning:
            self.toast(f"{words}\n{warning}", "warning", seconds=WARNING_SECONDS)
        else:
            self.toast(words)
