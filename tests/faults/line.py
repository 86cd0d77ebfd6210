"""One connection of the fault server, and the answers that most faults are made of."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it arrived; the names of `headers` in lower case, `number` counts from 0."""

    path: str
    headers: Mapping[str, str]
    number: int


@dataclass(slots=True)
class Line:
    """A connection as an answer sees it; `here`, `beside` and `canary` are host and port of a URL.

    What would last for ever ends when `released` is set.
    """

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    here: str
    beside: str
    canary: str
    released: asyncio.Event
    seen: list[Asked] = field(default_factory=list)

    async def request(self) -> Asked:
        """Read the request up to the end of its head."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = (line.partition(":") for line in head[1:] if line)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        asked = Asked(head[0].split(" ")[1], headers, len(self.seen))
        self.seen.append(asked)
        return asked

    async def send(self, *chunks: bytes) -> None:
        """Write, waiting while the other side does not read."""
        for chunk in chunks:
            self.writer.write(chunk)
            await self.writer.drain()

    async def silence(self) -> None:
        """Say nothing until the client leaves."""
        leaving = asyncio.create_task(self._left())
        waiting = asyncio.create_task(self.released.wait())
        try:
            await asyncio.wait([leaving, waiting], return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            waiting.cancel()

    async def _left(self) -> None:
        while await self.reader.read(65_536):
            pass

    async def endlessly(self, chunk: bytes, pause: float = 0.0) -> None:
        """Repeat a chunk until the client leaves."""
        while not self.released.is_set():
            await self.send(chunk)
            await asyncio.sleep(pause)

    def reset(self) -> None:
        """Break off with a TCP reset."""
        end: socket.socket = self.writer.get_extra_info("socket")
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Answer = Callable[[Line], Awaitable[None]]


def http(
    body: bytes = b"",
    *,
    status: str = "200 OK",
    headers: Iterable[str] = ("Content-Type: application/xml",),
    length: int | None = None,
) -> bytes:
    """A whole answer; `length` is a Content-Length that lies."""
    lines = [f"HTTP/1.1 {status}", "Connection: close", *headers]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def raw(*chunks: bytes) -> Answer:
    """Answers a request with bytes as they are, then closes."""

    async def answer(line: Line) -> None:
        await line.request()
        await line.send(*chunks)

    return answer


def reply(body: bytes = b"", *, status: str = "200 OK", headers: Iterable[str] = ()) -> Answer:
    """Answers a request as a sound server does, whatever it is that it says."""
    given = tuple(headers)
    named = any(header.lower().startswith("content-type") for header in given)
    return raw(http(body, status=status, headers=given if named else (*given, "Content-Type: text/xml")))


def in_turn(*bodies: bytes) -> Answer:
    """Answers the first request with the first answer, and so on; the last one stays."""

    async def answer(line: Line) -> None:
        asked = await line.request()
        await line.send(bodies[min(asked.number, len(bodies) - 1)])

    return answer


def redirect(location: str, status: str = "302 Found", *, then: bytes = b"") -> Answer:
    """Sends the client elsewhere from the path of the feed; any other path has `then`.

    `{here}`, `{beside}` and `{canary}` in the location are replaced.
    """

    async def answer(line: Line) -> None:
        asked = await line.request()
        if asked.path != FEED_PATH:
            await line.send(http(then))
            return
        target = location.format(here=line.here, beside=line.beside, canary=line.canary)
        await line.send(http(status=status, headers=(f"Location: {target}",)))

    return answer


FEED_PATH = "/feed.xml"
