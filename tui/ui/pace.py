"""When the screen follows a refresh: seldom, and right behind a key rather than in front of one."""

from __future__ import annotations

from collections.abc import Callable

DRAW_SECONDS = 0.1
"""The screen follows a refresh at most ten times a second."""

QUIET_SECONDS = 0.25
"""So long after a key the next one is expected: what is drawn then might hold it up."""

LONGEST_SECONDS = 1.0
"""Who keeps on pressing keys sees about so often how far the refresh is, behind one of them."""

FRAME_SECONDS = 0.015
"""So long after a key its frame is on the screen, and the next key is not to be expected yet."""

Later = Callable[[float, Callable[[], object]], object]
"""Calls a function after some seconds."""


class Pace:
    """Asked to draw as often as anything has changed, draws when it disturbs least."""

    def __init__(
        self,
        clock: Callable[[], float],
        later: Later,
        draw: Callable[[], object],
        seconds: float = DRAW_SECONDS,
    ) -> None:
        self._clock = clock
        self._later = later
        self._draw = draw
        self._seconds = seconds
        self._pressed = float("-inf")
        self._asked = 0.0
        self._waits = False

    def press(self) -> None:
        """Note that a key has come: between its frame and the next key there is time."""
        self._pressed = self._clock()
        if self._waits and self._pressed > self._asked + LONGEST_SECONDS:
            self._asked = self._pressed
            self._later(FRAME_SECONDS, self._take)

    def ask(self) -> None:
        """Draw soon."""
        if not self._waits:
            self._waits = True
            self._asked = self._clock()
            self._later(self._seconds, self._look)

    def _look(self) -> None:
        if not self._waits:
            return
        wait = self._pressed + QUIET_SECONDS - self._clock()
        if wait > 0:
            self._later(wait, self._look)
        else:
            self._take()

    def _take(self) -> None:
        if self._waits:
            self._waits = False
            self._draw()
