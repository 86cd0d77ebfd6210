"""Answers whose HTTP is wrong, cut or a lie."""

from __future__ import annotations

import gzip

from tests.faults.fault import BOTH, GOOD, Fault, feed
from tests.faults.line import Line, http, raw, reply
from tests.faults.sizes import encoded

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"
_CHUNKED = _OK + b"Transfer-Encoding: chunked\r\n\r\n"
_LONG = feed(*(f"货 {n}" for n in range(200)))
_PACKED = gzip.compress(_LONG)


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


async def reset_at_once(line: Line) -> None:
    """A reset in place of an answer."""
    await line.request()
    line.reset()


async def reset_in_body(line: Line) -> None:
    """A reset where the rest of the feed should be."""
    await line.request()
    await line.send(http(_LONG)[:-500])
    line.reset()


async def two_answers(line: Line) -> None:
    """A body longer than its length, and behind it what looks like the answer to the next request."""
    asked = await line.request()
    evil = http(feed("不是这个源的"))
    await line.send(http(GOOD + b"<evil/>" + evil, length=len(GOOD)))
    # a client that keeps the connection would take this for its next feed
    if asked.number == 0 and asked.headers.get("connection") != "close":
        await line.send(evil)
        await line.silence()


FRAMING = (
    Fault("short-of-length", "truncated", raw(http(GOOD, length=100_000))),
    Fault("truncated-gzip", "truncated", encoded(_PACKED[:-200], "gzip")),
    Fault("truncated-chunked", "truncated", raw(_CHUNKED, _chunk(GOOD))),
    Fault("bad-chunk-size", "truncated", raw(_CHUNKED, b"ZZ\r\n" + GOOD)),
    Fault("gzip-lie", "decode_error", encoded(GOOD, "gzip")),
    Fault("gzip-unlabelled", "not_a_feed", reply(gzip.compress(GOOD))),
    Fault(
        "gzip-two-members", "ok", encoded(gzip.compress(GOOD[:99]) + gzip.compress(GOOD[99:]), "gzip"), BOTH
    ),
    Fault("extra-after-length", "ok|not_modified", two_answers, BOTH, rounds=2),
    Fault("two-lengths", "protocol", raw(_OK + b"Content-Length: 9\r\nContent-Length: 10\r\n\r\n" + GOOD)),
    Fault("bad-status-line", "protocol", raw(b"HTP/9.9 banana\r\n\r\n" + GOOD)),
    Fault("http-09", "protocol", raw(GOOD)),
    Fault("bad-headers", "protocol", raw(_OK + b"no colon here\r\nX: a\x00b\x1b[2J\r\n\r\n" + GOOD)),
    Fault(
        "esc-reason-phrase",
        "http_5xx|protocol",
        raw(b"HTTP/1.1 500 \x1b]52;c;ZXZpbA==\x07\x1b[2J[/red]\r\nContent-Length: 0\r\n\r\n"),
    ),
    Fault("header-1mb", "protocol", raw(_OK + b"X-Long: " + b"x" * 2**20 + b"\r\n\r\n" + GOOD)),
    Fault("headers-20000", "protocol", raw(_OK + b"X-Many: 1\r\n" * 20_000 + b"\r\n" + GOOD)),
    Fault("reset-on-request", "connect", reset_at_once),
    Fault("reset-mid-body", "truncated", reset_in_body),
    Fault("close-no-answer", "protocol|connect", raw()),
)
