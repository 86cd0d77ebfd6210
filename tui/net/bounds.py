"""Collects a response's body, inflating it as it arrives, and never more of it than allowed."""

from __future__ import annotations

import zlib
from typing import Protocol

from tui.errors import Code, HuoyuanError

ACCEPT_ENCODING = "gzip, deflate"
"""What `BoundedBody` inflates; other encodings are not offered to servers."""

_GZIP = 16 + zlib.MAX_WBITS
_ZLIB = zlib.MAX_WBITS
_RAW_DEFLATE = -zlib.MAX_WBITS
_COMPRESSION_METHOD_DEFLATE = 8
_MOST_STREAMS = 1_000
_GZIP_MAGIC = b"\x1f\x8b\x08"


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class BoundedBody:
    """A body of at most `limit` bytes, counted both as received and inflated (`size`)."""

    def __init__(self, content_encoding: str, limit: int) -> None:
        """Raises DECODE_ERROR when the encoding is unknown or there is more than one."""
        self.size = 0
        self._limit = limit
        self._received = 0
        self._chunks: list[bytes] = []
        self._encoding = _single(content_encoding)
        self._inflater: _Inflater | None = None
        self._streams = 0
        self._behind = b""

    def add(self, chunk: bytes) -> None:
        """Takes the next bytes as received; raises TOO_LARGE or DECODE_ERROR."""
        if not chunk:
            return
        self._received += len(chunk)
        data = self._inflate(chunk) if self._encoding else chunk
        self.size += len(data)
        if max(self._received, self.size) > self._limit:
            raise HuoyuanError(Code.TOO_LARGE, limit=self._limit)
        self._chunks.append(data)

    def finish(self) -> bytes:
        """The whole body; raises TRUNCATED when compressed data ends before its end."""
        if self._inflater is not None and not self._inflater.eof:
            raise HuoyuanError(Code.TRUNCATED)
        return b"".join(self._chunks)

    def _inflate(self, chunk: bytes) -> bytes:
        """What a chunk unfolds to; a stream may be followed by another one (RFC 1952, 2.2), or by dirt."""
        pieces: list[bytes] = []
        room = self._limit - self.size + 1
        while chunk and room > 0:
            if self._inflater is None or self._inflater.eof:
                chunk = self._begin(chunk)
                continue
            try:
                # One byte beyond the limit is enough to know, and a bomb never gets to unfold.
                pieces.append(self._inflater.decompress(chunk, room))
            except zlib.error:
                raise HuoyuanError(Code.DECODE_ERROR) from None
            room -= len(pieces[-1])
            chunk = self._inflater.unused_data
        return b"".join(pieces)

    def _begin(self, chunk: bytes) -> bytes:
        """What the next stream has of a chunk: nothing as long as none has begun."""
        chunk = self._behind + chunk
        if self._inflater is None or chunk.startswith(_GZIP_MAGIC):
            self._streams += 1
            if self._streams > _MOST_STREAMS:
                raise HuoyuanError(Code.DECODE_ERROR)
            self._behind = b""
            self._inflater = zlib.decompressobj(_window_bits(self._encoding, chunk))
            return chunk
        self._behind = chunk[: len(_GZIP_MAGIC) - 1]
        return b""


def _single(content_encoding: str) -> str:
    names = [name for part in content_encoding.split(",") if (name := part.strip().lower())]
    names = [name for name in names if name != "identity"]
    # A chain of encodings has no use but to unfold kilobytes into gigabytes.
    if len(names) > 1 or not {*names} <= {"gzip", "x-gzip", "deflate"}:
        raise HuoyuanError(Code.DECODE_ERROR)
    return "".join(names)


def _window_bits(encoding: str, start: bytes) -> int:
    """How zlib must read a stream; "deflate" is zlib by RFC 9110, but some servers send it raw."""
    if encoding != "deflate":
        return _GZIP
    return _ZLIB if start[0] & 0x0F == _COMPRESSION_METHOD_DEFLATE else _RAW_DEFLATE
