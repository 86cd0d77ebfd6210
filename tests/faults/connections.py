"""Addresses that nobody answers at, certificates that nobody vouches for, and URLs that are none."""

from __future__ import annotations

from tests.faults.fault import BOTH, GOOD, Fault
from tests.faults.line import FEED_PATH, Line, http, reply

_SOUND = reply(GOOD)
_SECURE = "https://{here}" + FEED_PATH
# A label longer than 63 bytes fails in the resolver without a question to the network.
_NO_HOST = "a" * 64 + ".invalid"


async def never_starts(line: Line) -> None:
    """Takes a connection and does not even shake hands."""
    await line.silence()


async def plain(line: Line) -> None:
    """Plain HTTP, whatever was asked."""
    await line.reader.read(1)
    await line.send(http(GOOD))


async def not_found_but_no_header(line: Line) -> None:
    """A 404, unless the URL has brought a header with it."""
    asked = await line.request()
    injected = "x-evil" in asked.headers
    await line.send(http(GOOD) if injected else http(status="404 Not Found"))


CONNECTIONS = (
    Fault("tls-ok", "ok", _SOUND, BOTH, url=_SECURE, tls="sound"),
    Fault("tls-self-signed", "tls", _SOUND, url=_SECURE, tls="self-signed"),
    Fault("tls-wrong-host", "tls", _SOUND, url=_SECURE, tls="wrong-host"),
    Fault("tls-expired", "tls", _SOUND, url=_SECURE, tls="expired"),
    Fault("tls-plain-http", "tls", plain, url=_SECURE),
    Fault("tls-hang", "timeout", never_starts, url=_SECURE),
    Fault("connect-refused", "connect", _SOUND, url="http://{here}/", place="refused"),
    Fault("connect-blackhole", "timeout", _SOUND, url="http://{here}/", place="blackhole"),
    Fault("dns-failure", "dns", _SOUND, url=f"http://{_NO_HOST}/feed.xml?token=T"),
    Fault("ipv6-fallback", "ok", _SOUND, BOTH, url="http://localhost:{port}" + FEED_PATH, place="127.0.0.1"),
    Fault("ipv6-only", "ok|connect", _SOUND, None, url="http://[::1]:{port}" + FEED_PATH, place="::1"),
    Fault("scheme-file", "not_a_feed|file_unreadable", _SOUND, url="file:///etc/passwd"),
    Fault("file-device", "file_unreadable", _SOUND, url="file:///dev/zero"),
    Fault("scheme-ftp", "bad_scheme", _SOUND, url="ftp://user:hunter2@127.0.0.1/feed.xml?token=T"),
    Fault("url-garbage", "bad_scheme", _SOUND, url="http://:::bad"),
    Fault("url-newline", "http_4xx", not_found_but_no_header, url="http://{here}/x%0d%0aX-Evil:%201"),
    Fault("url-idn", "dns|connect|bad_scheme", _SOUND, url=f"http://例子.{_NO_HOST}/"),
)
