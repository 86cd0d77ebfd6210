"""Decodes images in a child process, and starts another when an image has killed it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from typing import Self

from tui.codes.wire import LONGEST_ANSWER, UNREADABLE, Answer, decode_answer, encode_image
from tui.errors import Code, HuoyuanError

MOST_BYTES = 10 * 2**20
PATIENCE = 5.0
"""Seconds that an image may take."""

START = 20.0
"""Seconds in which a child must be ready: a busy machine takes a while to load its libraries."""

CHILD = (sys.executable, "-P", "-m", "tui.codes.child")


class Decoder:
    """Decodes one image at a time, all in the same child while that lives; an async context manager."""

    def __init__(self, command: Sequence[str] = CHILD, patience: float = PATIENCE) -> None:
        self._command = command
        self._patience = patience
        self._child: Process | None = None
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._child is not None:
            await _end(self._child)

    async def ready(self) -> None:
        """Start the child; raises QR_MISSING when what decodes images is not installed or does not work."""
        async with self._turn:
            await self._start()

    async def decode(self, data: bytes) -> tuple[str, ...]:
        """Give the payloads of the QR codes in an image; raises TOO_LARGE, UNREADABLE or QR_MISSING."""
        if len(data) > MOST_BYTES:
            raise HuoyuanError(Code.TOO_LARGE, limit=MOST_BYTES)
        async with self._turn:
            child = await self._start()
            return await self._exchange(child, encode_image(data), self._patience, UNREADABLE)

    async def _start(self) -> Process:
        if self._child is not None:
            return self._child
        try:
            child = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                limit=LONGEST_ANSWER,
            )
        except OSError as error:
            raise HuoyuanError(Code.INTERNAL, what=type(error).__name__) from None
        await self._exchange(child, b"", START, Code.QR_MISSING)
        return child

    async def _exchange(
        self, child: Process, said: bytes, seconds: float, otherwise: Code
    ) -> tuple[str, ...]:
        """Hear what the child answers; one that does not in time is ended, and `otherwise` raised."""
        # until it has answered it is nobody's: cut off now, it would give the next image this one's answer
        self._child = None
        answer: Answer = otherwise
        try:
            with contextlib.suppress(OSError, ValueError):
                async with asyncio.timeout(seconds):
                    answer = await _ask(child, said)
                self._child = child
        finally:
            if self._child is None:
                await _end(child)
        if isinstance(answer, Code):
            raise HuoyuanError(answer)
        return answer


async def _ask(child: Process, said: bytes) -> Answer:
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write(said)
    await child.stdin.drain()
    return decode_answer(await child.stdout.readline())


async def _end(child: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        child.kill()
    await child.wait()
