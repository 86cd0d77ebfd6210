"""Who makes what: the worker itself, processes beside it where much waits, one of its own for long feeds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from functools import partial
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Self

from tui import processes
from tui.making import beside
from tui.making.beside import Beside, Gone
from tui.making.home import Home
from tui.making.steps import Part, Slice, Task
from tui.store import Connection
from tui.store.saving import unchanged

MOST_BESIDE = 3
"""Processes beside the worker, who stores what all of them make."""

WORTH_SECONDS = 0.5
"""So long the worker makes drafts and does little else, before a process is started: that costs a third."""

AHEAD = 4
"""Tasks that a process is given at once, so that it has work while the worker does its own."""

HEARING = 5
"""Rounds of the loop before the worker makes something itself: what a process said takes two to be heard, and
with one round between two documents it had nothing to do for a quarter of its time."""

LONG_BODY = 512 * 1024
"""Bytes from which a feed is made beside the others, whose deadlines would pass meanwhile."""

MOST_WAITING = 8 * 1024 * 1024
"""Bytes that may wait to be made before no more is fetched."""


class Makers:
    """Gives each task to whoever is free, a process before the worker; an async context manager."""

    def __init__(self, store: Connection, *, most: int | None = None, worth: float = WORTH_SECONDS) -> None:
        """`most` processes beside the worker; by default as many as there are other processors."""
        self._home = Home(partial(unchanged, store))
        self._command = beside.command(Path(store.filename))
        self._worth = worth
        self._most = min(MOST_BESIDE, processes.processors() - 1) if most is None else most
        self._beside: list[Beside] = []
        self._starting: set[asyncio.Task[None]] = set()
        self._long_turn = asyncio.Lock()
        self._long: Beside | None = None
        self._free: asyncio.PriorityQueue[tuple[bool, int, Home | Beside]] = asyncio.PriorityQueue()
        self._number = count()
        self._waiting = 0
        self._since = (0.0, 0.0)
        self._room = asyncio.Event()
        self._room.set()
        self._give_back(self._home)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for starting in self._starting:
            starting.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        await asyncio.gather(*(one.close() for one in self._beside))

    @property
    def idle(self) -> int:
        """How many tasks could be begun at once."""
        return self._free.qsize()

    async def room(self) -> None:
        """Wait until what is fetched would not have to wait long."""
        await self._room.wait()

    async def make(self, task: Task) -> AsyncGenerator[Part]:
        """What a task becomes; raises what `steps.read` raises, and INTERNAL where a process ends over it."""
        once = self._long_one if len(task.body) > LONG_BODY else self._one
        while True:
            try:
                async with aclosing(once(task)) as parts:
                    async for part in parts:
                        yield part
            except Gone:
                continue
            return

    async def _one(self, task: Task) -> AsyncGenerator[Part]:
        maker = await self._turn(len(task.body))
        held = True
        try:
            async with aclosing(maker.make(task)) as parts:
                async for part in parts:
                    if held and isinstance(part, Slice) and (part.last or maker is self._home):
                        self._give_back(maker)
                        held = False
                    yield part
        finally:
            if held:
                self._give_back(maker)

    async def _long_one(self, task: Task) -> AsyncGenerator[Part]:
        # one at a time, so that no more than one tree is in memory
        async with self._long_turn:
            if self._long is None or not self._long.alive:
                self._long = await self._started()
            made = self._long.make(task) if self._long else self._home.make(task, aside=True)
            async with aclosing(made) as parts:
                async for part in parts:
                    yield part

    async def _turn(self, size: int) -> Home | Beside:
        self._wait_for(size)
        self._start_if_worth()
        try:
            maker = (await self._free.get())[-1]
            if maker is self._home:
                # the others are heard before the worker does something itself
                try:
                    for _ in range(HEARING):
                        await asyncio.sleep(0)
                finally:
                    self._give_back(maker)
                maker = self._free.get_nowait()[-1]
            return maker
        finally:
            self._wait_for(-size)

    def _wait_for(self, size: int) -> None:
        """Note that so many bytes more wait."""
        self._waiting += size
        if self._waiting > MOST_WAITING:
            self._room.clear()
        else:
            self._room.set()

    def _start_if_worth(self) -> None:
        """Start a process when the worker has made drafts for long and was kept from all else by it."""
        now, (since, before) = monotonic(), self._since
        spent = self._home.seconds - before
        if not since or spent < self._worth:
            self._since = (since or now, before)
            return
        self._since = (now, self._home.seconds)
        running = len(self._starting) + sum(one.alive for one in self._beside if one is not self._long)
        if running < self._most and spent > (now - since) / 2:
            starting = asyncio.create_task(self._start())
            self._starting.add(starting)
            starting.add_done_callback(self._starting.discard)

    async def _start(self) -> None:
        process = await self._started()
        if process is None:
            self._most = 0
        else:
            for _ in range(AHEAD):
                self._give_back(process)

    async def _started(self) -> Beside | None:
        process = await beside.start(self._command)
        if process is not None:
            self._beside.append(process)
        return process

    def _give_back(self, maker: Home | Beside) -> None:
        if maker is self._home or (isinstance(maker, Beside) and maker.alive):
            self._free.put_nowait((maker is self._home, next(self._number), maker))
