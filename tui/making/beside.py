"""The worker's end of a process that makes drafts: it is asked ahead, and does one task after the other.

Two threads carry what is said: the worker's loop is busy with drafts of its own, and what comes in pieces
would take one of its rounds for each.
"""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import threading
from asyncio import AbstractEventLoop
from collections.abc import AsyncGenerator
from pathlib import Path
from queue import SimpleQueue
from subprocess import DEVNULL, PIPE, Popen
from typing import Any

from tui import processes
from tui.errors import Code, HuoyuanError
from tui.making.steps import Part, Task
from tui.making.wire import READY, decode_part, encode_task, is_end, read_frame

PATIENCE = 60.0
"""Seconds without a word after which a process is taken to hang: a slice takes a tenth of one."""

START_PATIENCE = 30.0
GRACE = 1.0

UNREAD = 8
"""Slices that may lie here; then the process has to wait."""


class Gone(Exception):
    """The process ended before it came to a task: somebody else may do it."""


def command(database: Path) -> list[str]:
    """The command that runs the process; -P keeps the current folder out of its imports."""
    return [sys.executable, "-P", "-m", "tui.making.process", str(database)]


async def start(words: list[str]) -> Beside | None:
    """The process that a command starts, once it is ready; None where it does not come to that."""
    try:
        process = Popen(words, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=processes.environment())
    except OSError:
        return None
    beside = Beside(process, asyncio.get_running_loop())
    ready = False
    try:
        with contextlib.suppress(TimeoutError):
            ready = await beside.said(START_PATIENCE) == READY
    finally:
        if not ready:
            beside.kill()
            await beside.close()
    return beside if ready else None


class Beside:
    """One such process; a task that ends it fails, and those that wait behind it are free again."""

    def __init__(self, process: Popen[bytes], loop: AbstractEventLoop) -> None:
        self._process = process
        self._loop = loop
        self._orders = SimpleQueue[bytes]()
        self._said = asyncio.Queue[Any]()
        self._unread = threading.Semaphore(UNREAD)
        self._turn = asyncio.Lock()
        self.alive = True
        self._threads = [threading.Thread(target=do, daemon=True) for do in (self._order, self._listen)]
        for thread in self._threads:
            thread.start()

    async def make(self, task: Task) -> AsyncGenerator[Part]:
        """What a task becomes; raises what `steps.read` does, Gone, INTERNAL if the process ends over it."""
        if not self.alive:
            raise Gone
        # before the turn, so that the process has it when it has done the task before
        self._orders.put(encode_task(task))
        async with self._turn:
            if not self.alive:
                raise Gone
            said = None
            try:
                while not is_end(said := await self._answer()):
                    yield decode_part(said)
            finally:
                if not is_end(said):
                    # what is left of this task would be taken for the next one's
                    self.kill()
        # whoever saves it need not have saved it before the next one's parts are taken
        yield decode_part(said)

    async def said(self, patience: float) -> Any:
        """The next value that the process says, None at its end; raises TimeoutError."""
        async with asyncio.timeout(patience):
            said = await self._said.get()
        self._unread.release()
        return said

    async def _answer(self) -> Any:
        try:
            said = await self.said(PATIENCE)
        except TimeoutError:
            raise HuoyuanError(Code.INTERNAL, what=TimeoutError.__name__) from None
        if said is None:
            raise HuoyuanError(Code.INTERNAL, what=EOFError.__name__)
        return said

    def _order(self) -> None:
        """Hand over tasks until an empty one; in a thread."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError), self._process.stdin as tasks:
            processes.widen(tasks.fileno())
            while order := self._orders.get():
                tasks.write(order)
                tasks.flush()

    def _listen(self) -> None:
        """Hear the process to its end; in a thread."""
        assert self._process.stdout is not None
        said: Any = True
        with self._process.stdout as stream:
            while said is not None:
                with contextlib.suppress(EOFError, OSError, TypeError, ValueError):
                    said = None
                    said = read_frame(stream)
                self._unread.acquire()
                if not self.alive:
                    break
                with contextlib.suppress(RuntimeError):  # the loop has ended
                    self._loop.call_soon_threadsafe(self._said.put_nowait, said)

    def kill(self) -> None:
        """End the process at once."""
        self.alive = False
        self._process.kill()

    async def close(self) -> None:
        """End the process: an idle one ends with its input."""
        self.alive = False
        self._orders.put(b"")
        self._unread.release(UNREAD)
        try:
            await asyncio.to_thread(self._process.wait, GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
        finally:
            await asyncio.to_thread(self._join)

    def _join(self) -> None:
        self._process.wait()
        for thread in self._threads:
            thread.join(GRACE)
