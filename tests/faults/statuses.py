"""Every status that is not a plain 200, and the validators that make a 304."""

from __future__ import annotations

from tests.faults.fault import BOTH, GOOD, Fault
from tests.faults.line import Answer, Line, http, raw, reply

_EVIL_TAG = '"' + "x" * 8192 + '"'


def tagged(tag: str, *, strict: bool) -> Answer:
    """A feed with an ETag; when `strict`, a request that sends back anything but the tag gets a 500."""

    async def answer(line: Line) -> None:
        asked = await line.request()
        sent = asked.headers.get("if-none-match")
        if sent == tag:
            await line.send(http(status="304 Not Modified", headers=(f"ETag: {tag}",)))
        elif sent is not None and strict:
            await line.send(http(status="500 What tag is that"))
        else:
            await line.send(http(GOOD, headers=("Content-Type: text/xml", f"ETag: {tag}")))

    return answer


def wait(status: str, seconds: str) -> Answer:
    """A refusal with a Retry-After."""
    return reply(status=status, headers=(f"Retry-After: {seconds}",))


STATUSES = (
    Fault("s500", "http_5xx", reply(b"oops", status="500 Internal Server Error")),
    Fault("s502", "http_5xx", reply(status="502 Bad Gateway")),
    Fault("s503-retry-after", "rate_limited", wait("503 Service Unavailable", "3600")),
    Fault("s429-retry-after", "rate_limited", wait("429 Too Many Requests", "3600")),
    Fault("s429-evil-retry-after", "rate_limited", wait("429 Too Many Requests", "9" * 20)),
    Fault("s404", "http_4xx", reply(b"<html>404</html>", status="404 Not Found")),
    Fault("s410", "gone", reply(status="410 Gone")),
    Fault(
        "s401",
        "auth",
        reply(status="401 Unauthorized", headers=('WWW-Authenticate: Basic realm="[/red]\x1b[2J"',)),
    ),
    Fault(
        "s403-cloudflare",
        "blocked_by_site",
        reply(b"<html>Just a moment...</html>", status="403 Forbidden", headers=("cf-mitigated: challenge",)),
    ),
    Fault("s999", "protocol", reply(b"<html>999</html>", status="999 Request denied")),
    Fault("s206", "truncated", reply(GOOD[:200], status="206 Partial Content")),
    Fault("s304-unasked", "empty", raw(http(status="304 Not Modified"))),
    Fault("etag", "not_modified", tagged('W/"a\\b\'c"', strict=True), BOTH, rounds=3),
    Fault("etag-evil", "ok|not_modified", tagged(_EVIL_TAG, strict=False), BOTH, rounds=2),
)
