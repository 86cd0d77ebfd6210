"""A line that is typed, drawn by a bar: Textual's own would lay the screen out as it comes and goes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from itertools import accumulate

from tui.text.width import advances, cut


class TypedLine:
    """A text and the place in it where the next letter goes."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.at = len(text)

    def take(self, key: str, character: str | None) -> bool:
        """Do what a key does in a line; False for one that does nothing there."""
        edit = _EDITS.get(key)
        if edit is not None:
            edit(self)
        elif character and character.isprintable():
            self.insert(character)
        else:
            return False
        return True

    def insert(self, text: str) -> None:
        """Put a text where the cursor stands."""
        self.keep(self.at, self.at, text)

    def keep(self, start: int, end: int, between: str = "") -> None:
        """Keep what is before `start` and from `end` on, the cursor behind what comes between."""
        self.text = f"{self.text[:start]}{between}{self.text[end:]}"
        self.at = start + len(between)

    def go(self, at: int) -> None:
        """Put the cursor somewhere in the line."""
        self.at = max(0, min(at, len(self.text)))

    def word(self) -> int:
        """Where the word before the cursor begins."""
        return self.text[: self.at].rstrip().rfind(" ") + 1

    def window(self, width: int) -> tuple[str, str]:
        """What stands before the cursor and from it on, cut to so many cells: the cursor stays in sight."""
        before = self.text[: self.at]
        ends = list(accumulate(advances(before), initial=0))
        # two cells are left for the letter under the cursor
        first = bisect_left(ends, ends[-1] - max(0, width - 2))
        return before[first:], cut(self.text[self.at :], max(2, width - ends[-1] + ends[first]))


_EDITS: Mapping[str, Callable[[TypedLine], None]] = {
    "backspace": lambda line: line.keep(max(0, line.at - 1), line.at),
    "delete": lambda line: line.keep(line.at, line.at + 1),
    "left": lambda line: line.go(line.at - 1),
    "right": lambda line: line.go(line.at + 1),
    "home": lambda line: line.go(0),
    "ctrl+a": lambda line: line.go(0),
    "end": lambda line: line.go(len(line.text)),
    "ctrl+e": lambda line: line.go(len(line.text)),
    "ctrl+w": lambda line: line.keep(line.word(), line.at),
    "ctrl+u": lambda line: line.keep(0, line.at),
    "ctrl+k": lambda line: line.keep(line.at, len(line.text)),
}
