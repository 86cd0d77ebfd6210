"""Gives every fault a loopback address of its own, so that each is a host to the client, as in life."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Coroutine, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from tests.faults.certificates import Certificates
from tests.faults.fault import Fault
from tests.faults.line import Answer, Asked, Line, http

CANARY = "127.0.0.2"
"""Stands for a machine in the user's own network."""

SECRET = b"<rss><channel><item><title>CANARY</title></item></channel></rss>"


class FaultServer:
    """Serves faults from a thread with a loop of its own.

    `urls` are the feeds' addresses by the faults' names, `seen` the requests that came to each; those to
    its second port are under the name with "+", those to the canary under "canary".
    """

    def __init__(self, faults: Sequence[Fault], folder: Path) -> None:
        self._faults = {fault: f"127.1.{n // 250}.{n % 250 + 1}" for n, fault in enumerate(faults)}
        secured = [address for fault, address in self._faults.items() if fault.tls or fault.beside_tls]
        self.certificates = Certificates(folder, secured) if secured else None
        self.urls: dict[str, str] = {}
        self.seen: dict[str, list[Asked]] = {"canary": []}
        self._canary = ""
        self._held: list[socket.socket] = []
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        # clients that leave during a handshake are what the tests are about
        self._loop.set_exception_handler(lambda *_: None)
        self._released = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> Self:
        self._thread.start()
        try:
            self._do(self._listen())
        except OSError:
            self._end()
            pytest.skip("this system has no loopback addresses but 127.0.0.1")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def release(self) -> None:
        """End what would last for ever."""
        self._loop.call_soon_threadsafe(self._released.set)
        for held in self._held:
            held.close()

    def _end(self) -> None:
        self._do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        for held in self._held:
            held.close()

    def _do(self, coroutine: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    async def _listen(self) -> None:
        async def secret(line: Line) -> None:
            await line.request()
            await line.send(http(SECRET))

        port = await self._serve("canary", secret, CANARY)
        self._canary = f"{CANARY}:{port}"
        for fault, address in self._faults.items():
            await self._place(fault, address)

    async def _place(self, fault: Fault, address: str) -> None:
        beside = 0
        if fault.beside is not None:
            beside = await self._serve(f"{fault.name}+", fault.beside, address, tls=fault.beside_tls)
        port = 1  # where nobody listens
        if fault.place in ("refused", "blackhole"):
            port = self._hold(address, deaf=fault.place == "blackhole")
        else:
            address = fault.place or address
            with contextlib.suppress(*(OSError,) * (":" in address)):
                port = await self._serve(
                    fault.name, fault.answer, address, tls=fault.tls, beside=f"{address}:{beside}"
                )
        self.urls[fault.name] = fault.url.replace("{here}", f"{address}:{port}").replace("{port}", str(port))

    async def _serve(
        self, name: str, answer: Answer, address: str, *, tls: str = "", beside: str = ""
    ) -> int:
        """Listen at an address; gives the port."""
        seen = self.seen.setdefault(name, [])
        context = self.certificates.server_side(tls) if tls and self.certificates else None

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            host, port = writer.get_extra_info("sockname")[:2]
            line = Line(reader, writer, f"{host}:{port}", beside, self._canary, self._released, seen)
            task = asyncio.current_task()
            assert task is not None
            self._tasks.add(task)
            try:
                await answer(line)
            except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                pass  # clients that leave in the middle are what the tests are about
            except asyncio.CancelledError:
                writer.transport.abort()
            finally:
                self._tasks.discard(task)
                writer.close()

        server = await asyncio.start_server(serve, address, 0, ssl=context, backlog=64)
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    def _hold(self, address: str, *, deaf: bool) -> int:
        """A port that refuses connections, or one whose queue is full, so that nothing ever answers."""
        held = socket.socket()
        held.bind((address, 0))
        self._held.append(held)
        if deaf:
            held.listen(0)
            for _ in range(4):
                caller = socket.socket()
                caller.setblocking(False)
                caller.connect_ex(held.getsockname())
                self._held.append(caller)
        return int(held.getsockname()[1])

    async def _close(self) -> None:
        for server in self._servers:
            server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
