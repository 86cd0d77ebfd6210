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


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...

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
        if self._inflater is None:
            self._inflater = zlib.decompressobj(_window_bits(self._encoding, chunk))
        if self._inflater.eof:
            return b""
        try:
            # One byte beyond the limit is enough to know, and a bomb never gets to unfold.
            return self._inflater.decompress(chunk, self._limit - self.size + 1)
        except zlib.error:
            raise HuoyuanError(Code.DECODE_ERROR) from None


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
