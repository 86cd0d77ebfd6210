"""A loopback server of made feeds, run as a process of its own: ETag and 304, gzip, an optional delay."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.feeds_made import Prose, make_feed

HOSTS = 250
"""Feeds are spread over so many addresses of the loopback network, as feeds of users are over hosts."""


class Served:
    """A document ready to be sent, plain and compressed, with the headers that belong to it."""

    def __init__(self, body: bytes) -> None:
        self.etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'.encode()
        head = b"ETag: " + self.etag + b"\r\nLast-Modified: Thu, 20 Aug 2026 08:00:00 GMT\r\n"
        kind = b"Content-Type: application/xml; charset=utf-8\r\n"
        packed = gzip.compress(body, 6)
        length = b"Content-Length: %d\r\n"
        self.plain = b"HTTP/1.1 200 OK\r\n" + head + kind + length % len(body) + b"%s\r\n" + body
        coding = b"Content-Encoding: gzip\r\n"
        self.packed = (
            b"HTTP/1.1 200 OK\r\n" + head + kind + coding + length % len(packed) + b"%s\r\n" + packed
        )
        self.unchanged = b"HTTP/1.1 304 Not Modified\r\n" + head + b"%s\r\n"

    def answer(self, head: bytes) -> bytes:
        """The whole answer to a request with that head."""
        lower = head.lower()
        closing = b"Connection: close\r\n" if b"connection: close" in lower else b""
        if b"if-none-match: " + self.etag in lower or b"if-none-match:" + self.etag in lower:
            whole = self.unchanged
        else:
            whole = self.packed if b"gzip" in lower else self.plain
        return whole.replace(b"%s\r\n", closing + b"\r\n", 1)


class Connection(asyncio.Protocol):
    """One connection: a request, its answer after the delay, the next request."""

    def __init__(self, served: dict[bytes, Served], delay: float) -> None:
        self._served = served
        self._delay = delay
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, _, self._received = self._received.partition(b"\r\n\r\n")
            asyncio.get_running_loop().call_later(self._delay, self._answer, head)

    def _answer(self, head: bytes) -> None:
        served = self._served.get(head.split(b" ", 2)[1])
        if served is None:
            self._transport.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            return
        self._transport.write(served.answer(head))
        if b"connection: close" in head.lower():
            self._transport.close()


async def serve(folder: Path, delay: float) -> None:
    """Serve the files of a folder under their names; say the port on standard output."""
    served = {b"/" + path.name.encode(): Served(path.read_bytes()) for path in folder.iterdir()}
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(served, delay), "0.0.0.0", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


class Server:
    """The server's process; ends with the block."""

    def __init__(self, folder: Path, delay: float) -> None:
        command = [sys.executable, "-m", "bench.feed_server", str(folder), str(delay)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def url(self, number: int, name: str) -> str:
        """The address of a file, on the host that its number gives."""
        return f"http://127.0.{number % HOSTS // 200}.{number % HOSTS % 200 + 1}:{self.port}/{name}"


def make(folder: Path, feeds: int, entries: int, seed: int) -> None:
    """Write feeds into a folder, one file each."""
    prose = Prose(seed)
    folder.mkdir()
    for number in range(feeds):
        document = make_feed(prose, number, f"https://site{number}.example.com", entries)
        (folder / f"{number}.xml").write_bytes(document)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), float(sys.argv[2])))
