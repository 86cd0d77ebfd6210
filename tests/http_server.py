"""A loopback HTTP server whose answers a test decides, well-behaved and hostile ones."""

from __future__ import annotations

import gzip
import os
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it arrived: `path` with its query, `headers` looked up in any case."""

    path: str
    headers: Message[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """An ordinary answer.

    With `etag` or `last_modified`, a request that sends it back verbatim gets a 304. `compressed` gzips
    the body, `length` is a Content-Length that lies, and nothing is sent before `hold` is set.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = ""
    last_modified: str = ""
    compressed: bool = False
    length: int | None = None
    hold: threading.Event | None = None


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes for the socket as they are, until they end or the client leaves; then the connection closes.

    With `reset` it breaks off with a TCP reset instead.
    """

    chunks: Iterable[bytes]
    reset: bool = False


Answer = bytes | Reply | Raw
Route = Answer | Callable[[Seen], Answer]


def redirect(location: str, status: int = 302) -> Reply:
    """An answer that sends the client elsewhere."""
    return Reply(status=status, headers={"Location": location})


class FeedServer:
    """Serves `routes` (path without query → answer) from a thread; other paths get a 404.

    `requests` are those that arrived; `closing` is set when the server stops, for answers that wait.
    """

    def __init__(
        self,
        routes: Mapping[str, Route] | None = None,
        *,
        host: str = "127.0.0.1",
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.routes: dict[str, Route] = dict(routes or {})
        self.requests: list[Seen] = []
        self.closing = threading.Event()
        self._holds: list[threading.Event] = []
        self._scheme = "https" if tls else "http"
        self._listener = _Listener(self, host, tls)
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.01,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.closing.set()
        for hold in tuple(self._holds):
            hold.set()
        self._listener.shutdown()
        self._listener.hang_up()
        self._listener.server_close()
        self._thread.join()

    @property
    def netloc(self) -> str:
        """Host and port as they stand in a URL."""
        host, port = self._listener.server_address[:2]
        return f"[{host!s}]:{port}" if ":" in str(host) else f"{host!s}:{port}"

    def url(self, path: str = "/") -> str:
        """The address of a path on this server."""
        return f"{self._scheme}://{self.netloc}{path}"

    def wait_for(self, hold: threading.Event) -> None:
        """Blocks until `hold` is set or the server stops."""
        self._holds.append(hold)
        if not self.closing.is_set():
            hold.wait()

    def answer(self, seen: Seen) -> Reply | Raw:
        """Notes a request and decides its answer."""
        self.requests.append(seen)
        route = self.routes.get(seen.path.partition("?")[0], Reply(status=404))
        answer = route(seen) if callable(route) else route
        return Reply(answer) if isinstance(answer, bytes) else answer


class _Listener(ThreadingTCPServer):
    """Accepts connections and remembers them, so that none outlives the server.

    Not the library's HTTPServer, which asks the name server for the host's name.
    """

    request_queue_size = 128

    def __init__(self, owner: FeedServer, host: str, tls: ssl.SSLContext | None) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.owner = owner
        self._tls = tls
        self._open: set[socket.socket] = set()
        super().__init__((host, 0), _Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        if self._tls:
            connection = self._tls.wrap_socket(connection, server_side=True, do_handshake_on_connect=False)
        self._open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that leave in the middle are what the tests are about."""

    def hang_up(self) -> None:
        for connection in tuple(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class _Handler(BaseHTTPRequestHandler):
    """One connection: reads requests, writes what the server's owner decides."""

    protocol_version = "HTTP/1.1"
    server: _Listener

    def setup(self) -> None:
        if isinstance(self.request, ssl.SSLSocket):
            self.request.do_handshake()
        super().setup()

    def do_GET(self) -> None:
        seen = Seen(self.path, self.headers)
        answer = self.server.owner.answer(seen)
        if isinstance(answer, Raw):
            self._pour(answer)
        else:
            self._reply(answer, seen)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: a test's output is its own."""

    def _pour(self, raw: Raw) -> None:
        self.close_connection = True
        for chunk in raw.chunks:
            if self.server.owner.closing.is_set():
                return
            self.wfile.write(chunk)
        if raw.reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())

    def _reply(self, reply: Reply, seen: Seen) -> None:
        if reply.hold:
            self.server.owner.wait_for(reply.hold)
        unchanged = _is_met(seen, "If-None-Match", reply.etag) or _is_met(
            seen, "If-Modified-Since", reply.last_modified
        )
        body = gzip.compress(reply.body) if reply.compressed else reply.body
        self.send_response_only(304 if unchanged else reply.status)
        own = {"ETag": reply.etag, "Last-Modified": reply.last_modified}
        own["Content-Encoding"] = "gzip" if reply.compressed else ""
        for name, value in {**own, **reply.headers}.items():
            if value:
                self.send_header(name, value)
        if not unchanged:
            self.send_header("Content-Length", str(len(body) if reply.length is None else reply.length))
        self.end_headers()
        if not unchanged:
            self.wfile.write(body)
        if reply.length is not None:
            self.close_connection = True


def _is_met(seen: Seen, name: str, validator: str) -> bool:
    return bool(validator) and seen.headers.get(name) == validator
