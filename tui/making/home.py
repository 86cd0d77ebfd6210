"""Makes drafts in the worker's own process, between its other work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from time import monotonic

from tui.making.steps import Part, Slice, Task, Unchanged, facts_of, read, slices


class Home:
    """Does a task slice by slice: whoever takes the slices may let others go ahead between them."""

    def __init__(self, unchanged: Unchanged) -> None:
        self._unchanged = unchanged
        self.seconds = 0.0
        """What it kept the worker from all else so far."""

    async def make(self, task: Task, *, aside: bool = False) -> AsyncGenerator[Part]:
        """What a task becomes; raises what `steps.read` raises. `aside`: it is parsed in a thread."""
        began = monotonic()
        feed = await asyncio.to_thread(read, task) if aside else read(task)
        yield facts_of(feed)
        made = slices(task, feed, self._unchanged)
        self.seconds += (spent := monotonic() - began)
        last = False
        while not last:
            began = monotonic()
            part = next(made)
            self.seconds += monotonic() - began
            last = part.last
            yield Slice(part.drafts, last, spent + monotonic() - began)
            spent = 0.0
