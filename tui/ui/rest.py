"""Calls back when something has not happened for a while, by one handle however often it happens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic

from textual.message_pump import MessagePump


class Rest:
    """Waits for a rest of some seconds; Textual's timer would be a task of its own for every key."""

    def __init__(self, pump: MessagePump, seconds: float, then: Callable[[], None]) -> None:
        self._pump = pump
        self._seconds = seconds
        self._then = then
        self._touched = 0.0
        self._handle: asyncio.TimerHandle | None = None

    def touch(self) -> None:
        """Note that it has happened."""
        self._touched = monotonic()
        if self._handle is None:
            self._wait(self._seconds)

    def stop(self) -> None:
        """Wait no more."""
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def _wait(self, seconds: float) -> None:
        self._handle = asyncio.get_running_loop().call_later(seconds, self._look)

    def _look(self) -> None:
        left = self._touched + self._seconds - monotonic()
        if left > 0:
            self._wait(left)
        else:
            self._handle = None
            self._pump.call_next(self._then)
