"""What the screen knows of a running refresh: how far it is, what came of each feed."""

from __future__ import annotations

from tui.errors import Code, Problem
from tui.feed_values import Refreshed
from tui.protocol import Event, Progress, RefreshFinished, RefreshStarted, WorkerFailed

BAR_CELLS = 10
DIED = Problem(Code.WORKER_DIED)


class RefreshState:
    """Fed with the worker's events, asked by the bars."""

    def __init__(self) -> None:
        self.waiting: set[int] = set()
        self.results: dict[int, Refreshed] = {}
        self.total = 0
        self.running = False
        self.failure: Problem | None = None
        self.failed = 0
        """How many feeds failed."""

    def take(self, event: Event) -> None:
        """Note one event."""
        if isinstance(event, RefreshStarted):
            self.total = len(event.feeds)
            self.running = True
            self.failure = None
            if event.feeds:  # where none was due, what came of the last ones stays to be seen
                self.waiting = set(event.feeds)
                self.results = {}
                self.failed = 0
        elif isinstance(event, Progress):
            self.waiting.difference_update(result.feed_id for result in event.results)
            self.results |= {result.feed_id: result for result in event.results}
            self.failed = sum(result.failed for result in self.results.values())
        elif isinstance(event, RefreshFinished):
            self._end()
        elif isinstance(event, WorkerFailed):
            self.failure = event.problem
            self._end()
        elif event.problem is None or self.failure == DIED:
            # a worker that answers lives, and one that succeeds has found the store in order
            self.failure = None

    def _end(self) -> None:
        self.running = False
        self.waiting = set()

    @property
    def done(self) -> int:
        """How many feeds have ended."""
        return len(self.results)

    @property
    def new(self) -> int:
        """How many new articles came."""
        return sum(result.new for result in self.results.values())

    @property
    def bar(self) -> str:
        """The progress as a bar of fixed width."""
        full = BAR_CELLS * self.done // self.total if self.total else BAR_CELLS
        return "━" * full + "┄" * (BAR_CELLS - full)
