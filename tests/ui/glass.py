"""A terminal's screen as a program writes it: places, texts and line ends; colours pass unseen."""

from __future__ import annotations

import re

from tui.text.width import advances

SEQUENCE = re.compile(r"\x1b\[([0-9;]*)([A-Za-z])|\n")


class Glass:
    """The cells of a screen, filled by what is written to it."""

    def __init__(self, width: int, height: int) -> None:
        self._cells = [[" "] * width for _ in range(height)]
        self._x = self._y = 0

    def write(self, text: str) -> None:
        """Take what a program writes."""
        done = 0
        for found in SEQUENCE.finditer(text):
            self._put(text[done : found.start()])
            done = found.end()
            if found[0] == "\n":
                self._x, self._y = 0, self._y + 1
            elif found[2] == "H":
                row, column = found[1].split(";")
                self._x, self._y = int(column) - 1, int(row) - 1
            else:
                assert found[2] == "m", found[0]
        self._put(text[done:])

    def _put(self, text: str) -> None:
        for character, width in zip(text, advances(text), strict=True):
            row = self._cells[self._y]
            if width and row[self._x] == "":
                # the right half of a wide character is overwritten: its left half goes too
                row[self._x - 1] = " "
            if width:
                if self._x + width < len(row) and row[self._x + width] == "":
                    row[self._x + width] = " "
                row[self._x : self._x + width] = [character, *[""] * (width - 1)]
            self._x += width

    def lines(self) -> list[str]:
        """What can be read, line by line."""
        return ["".join(row) for row in self._cells]
