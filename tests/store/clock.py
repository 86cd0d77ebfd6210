"""A clock that goes on only when somebody sleeps."""

from __future__ import annotations

from collections.abc import Callable


class Clock:
    """Stands in for the module `time`; `slept` is called after each sleep."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: Callable[[], object] = lambda: None

    def monotonic(self) -> float:
        """Seconds since it was made, all of them slept."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
        self.slept()
