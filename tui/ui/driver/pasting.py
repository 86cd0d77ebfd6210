"""Takes pastes whole out of what a terminal sends: Textual would press what follows an Esc in one as keys."""

from __future__ import annotations

from collections.abc import Iterator

BEGIN, END = "\x1b[200~", "\x1b[201~"

LONGEST = 65_536
"""Characters of a paste that are kept, far more than any field takes; its end is found however long it is."""


class Pastes:
    """Remembers a paste that comes by several reads."""

    def __init__(self) -> None:
        self._begun: str | None = None

    def parts(self, text: str) -> Iterator[tuple[bool, str]]:
        """Yield what was typed and what was pasted, in order, with whether it was pasted."""
        while text or self._begun is not None:
            if self._begun is None:
                typed, begins, text = text.partition(BEGIN)
                if typed:
                    yield False, typed
                if begins:
                    self._begun = ""
            else:
                inside, ends, text = (self._begun + text).partition(END)
                if not ends:
                    self._begun = _shortened(inside)
                    return
                self._begun = None
                yield True, inside[:LONGEST]


def _shortened(inside: str) -> str:
    """The beginning of a long paste, and its last characters, which may be the beginning of its end."""
    return inside if len(inside) <= 2 * LONGEST else f"{inside[:LONGEST]}\0{inside[1 - len(END) :]}"
