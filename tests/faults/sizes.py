"""Answers that are, or unfold to be, more than anybody wants."""

from __future__ import annotations

import base64
import gzip
import os
import zlib

from tests.faults.fault import GOOD, TITLE, Fault, feed, item, rss
from tests.faults.line import Answer, Line, http, reply

MEGABYTE = 2**20
MANY_ITEMS = int(os.environ.get("HUOYUAN_FAULT_ITEMS", "2000"))
"""Twenty thousand are ten seconds of work; the strict run (`python -m tests.faults`) has them."""

_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
# 421 bytes of brotli that unfold to 512 MB of zeros.
_BROTLI = zlib.decompress(
    base64.b64decode(
        "eNo7//9//Q91hkcbHRS+/5v/////D/4MRxIZG979tQdyHs5n6DisxHD3d/2///8P2zMKtLMy7Pr+/8///+31TAp83Awl7////P+f/z+L"
        "g4wYw4t7/z///y//j7PBQofhwt7/z///t/8jzFAYwbCg+v95qEUbGBxwWcQ0ahFWi+wBPXjzjQ=="
    )
)


def bomb(megabytes: int) -> bytes:
    """Zeros as gzip, a thousandth of their size, made without ever having them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    zeros = bytes(MEGABYTE)
    start = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(zeros) + packer.flush(zlib.Z_FULL_FLUSH)
    # after a full flush each block stands alone, so that it may be said again
    return start + again * (megabytes - 1)


async def endless(line: Line) -> None:
    """Chunks at full speed."""
    await line.request()
    await line.send(_CHUNKED)
    while True:
        await line.send(b"10000\r\n" + bytes(65_536) + b"\r\n")


def huge_length() -> Answer:
    """Five gigabytes, of which a little comes."""

    async def answer(line: Line) -> None:
        await line.request()
        await line.send(http(GOOD, length=5_000_000_000))
        await line.silence()

    return answer


def encoded(body: bytes, *names: str) -> Answer:
    """A body under the encodings it names, whether or not they were asked for."""
    return reply(body, headers=(f"Content-Encoding: {', '.join(names)}",))


def document(dtd: str, text: str) -> Answer:
    """A feed with a document type, whose second item has `text`."""
    return reply(rss(item(TITLE, 0), item(text, 1), dtd=dtd).encode())


def _laughs() -> str:
    lines = [f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)]
    return f'<!DOCTYPE rss [<!ENTITY l0 "哈哈">{"".join(lines)}]>'


async def external(line: Line) -> None:
    """A document type and an entity that lie on a machine of the user's own network."""
    await line.request()
    away = f"http://{line.canary}"
    dtd = f'<!DOCTYPE rss SYSTEM "{away}/rss.dtd" [<!ENTITY out SYSTEM "{away}/secret">]>'
    await line.send(http(rss(item(TITLE, 0), item("&out;", 1), dtd=dtd).encode()))


SIZES = (
    Fault("huge-length", "too_large", huge_length()),
    Fault("endless-chunked", "too_large", endless),
    Fault("gzip-bomb", "too_large", encoded(bomb(1024), "gzip")),
    Fault("gzip-bomb-nested", "decode_error", encoded(gzip.compress(bomb(1024)), "gzip", "gzip")),
    Fault("encoding-chain-50", "decode_error", encoded(GOOD, *["gzip"] * 50)),
    Fault("brotli-bomb", "decode_error", encoded(_BROTLI, "br")),
    Fault("items-20000", "ok", reply(feed(*(f"{TITLE} {n}" for n in range(MANY_ITEMS)))), None),
    Fault("title-1mb", "ok", reply(feed("货" * 350_000, TITLE)), None),
    Fault("deep-nesting", "ok|parse_error|too_large", reply(rss("<a>" * 100_000).encode()), None),
    Fault("billion-laughs", "ok|parse_error|too_large", document(_laughs(), "&l9;"), None),
    Fault(
        "quadratic-entity",
        "ok|parse_error|too_large",
        document(f'<!DOCTYPE rss [<!ENTITY q "{"哈" * 33_000}">]>', "&q;" * 20_000),
        None,
    ),
    Fault(
        "xxe-file",
        "ok|parse_error",
        document('<!DOCTYPE rss [<!ENTITY out SYSTEM "file:///etc/passwd">]>', "&out;"),
        None,
    ),
    Fault("xxe-http", "ok|parse_error", external, None),
)
