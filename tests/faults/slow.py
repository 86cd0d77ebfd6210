"""Answers that take their time, or all the time there is."""

from __future__ import annotations

import asyncio

from tests.faults.fault import BOTH, GOOD, Fault
from tests.faults.line import Line, http

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
SLOWLY = 1.0
"""Seconds that the slow but healthy feed takes; the bench makes it three."""


async def slow_headers(line: Line) -> None:
    """One byte of the head at a time: there is always something to read, but never an end."""
    await line.request()
    await line.send(HEAD + b"X-Slow: ")
    await line.endlessly(b"x", 0.3)


async def before_headers(line: Line) -> None:
    """Reads the request and says nothing."""
    await line.request()
    await line.silence()


async def after_headers(line: Line) -> None:
    """Headers and no body."""
    await line.request()
    await line.send(HEAD + b"Content-Length: 5000\r\n\r\n")
    await line.silence()


async def mid_body(line: Line) -> None:
    """Half of the feed."""
    await line.request()
    await line.send(http(GOOD)[:-100])
    await line.silence()


async def drip(line: Line) -> None:
    """A feed, then blanks for ever."""
    await line.request()
    await line.send(HEAD + b"\r\n" + GOOD)
    await line.endlessly(b" ", 0.1)


async def continues(line: Line) -> None:
    """A server that has us go on and on."""
    await line.request()
    await line.endlessly(b"HTTP/1.1 100 Continue\r\n\r\n" * 50, 0.01)


async def slow_ok(line: Line) -> None:
    """Slow, but it gets there."""
    await line.request()
    whole = http(GOOD)
    step = len(whole) // 9
    for start in range(0, len(whole), step):
        await line.send(whole[start : start + step])
        await asyncio.sleep(SLOWLY / 10)


SLOW = (
    Fault("slow-headers", "timeout", slow_headers),
    Fault("hang-before-headers", "timeout", before_headers),
    Fault("hang-after-headers", "timeout", after_headers),
    Fault("hang-mid-body", "timeout", mid_body),
    Fault("drip-body", "timeout", drip),
    Fault("hundred-flood", "timeout|protocol", continues),
    Fault("slow-ok", "ok", slow_ok, BOTH),
)
