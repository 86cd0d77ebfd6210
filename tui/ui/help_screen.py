"""The help: every command with its keys, as they are now."""

from __future__ import annotations

from collections.abc import Mapping

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.commands import COMMANDS, Group
from tui.text.width import fit
from tui.ui.article_layout import Say
from tui.ui.dialog import Dialog, step_of
from tui.ui.ink import PANEL
from tui.ui.keys import key_name
from tui.ui.leaving import leave
from tui.ui.widgets.bar import Bar
from tui.ui.widgets.scroller import Scroller

KEYS_WIDTH = 18

HelpLine = tuple[str, str]
"""Keys and words; a line without keys is a heading or a note."""


def help_lines(
    keymap: Mapping[str, tuple[str, ...]], notes: tuple[str, ...], say: Say
) -> tuple[HelpLine, ...]:
    """The lines of the help, by groups, the notes last."""
    lines: list[HelpLine] = []
    for group in Group:
        lines += [("", ""), ("", say(f"group.{group}"))]
        for command in COMMANDS:
            if command.group is group:
                keys = ", ".join(key.replace(" ", "") for key in keymap.get(command.id, ()))
                lines.append((keys or "—", say(f"command.{command.id}")))
    lines += [("", ""), *(("", note) for note in notes)]
    return tuple(lines[1:])


class HelpText(Scroller):
    """The lines of the help in two columns."""

    def __init__(self, lines: tuple[HelpLine, ...], *, id: str | None = None) -> None:
        super().__init__(id=id, beneath=PANEL)
        self._lines = lines

    @property
    def count(self) -> int:
        return len(self._lines)

    def content(self, index: int) -> list[Segment]:
        keys, words = self._lines[index]
        if not keys:
            return [Segment(f" {words}", self.style_of("title"))]
        return [Segment(f"  {fit(keys, KEYS_WIDTH)} ", self.style_of("accent")), Segment(words)]


class HelpScreen(Dialog[None]):
    """Shows the help until a key that is not for scrolling is pressed."""

    def __init__(self, lines: tuple[HelpLine, ...], title: str) -> None:
        super().__init__()
        self._lines = lines
        self._title = title

    def compose(self) -> ComposeResult:
        """A title and the text."""
        with Vertical(id="help"):
            yield Bar(id="help-title", beneath="head-focused")
            yield HelpText(self._lines, id="help-text")

    def on_mount(self) -> None:
        """Fill the title and take the keys."""
        self.query_one(Bar).show((f" {self._title}", ""))
        self.query_one(HelpText).focus()

    def take_key(self, event: events.Key) -> bool:
        """Scroll, or leave."""
        if not self.is_mounted:
            return False
        text = self.query_one(HelpText)
        page = max(1, text.height - 1)
        step = step_of(key_name(event.key, event.character), page, text.count)
        if step is None:
            leave(self, None)
        else:
            text.scroll_lines(step)
        return True
