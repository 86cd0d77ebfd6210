"""Redirects: too many, to nowhere, to where nobody may be led, and the sound ones."""

from __future__ import annotations

from tests.faults.fault import BOTH, GOOD, Fault
from tests.faults.line import FEED_PATH, Answer, Line, http, raw, redirect, reply

SECRET = "hunter2"


def hops(count: int) -> Answer:
    """`count` redirects, each to a path of its own, then the feed."""

    async def answer(line: Line) -> None:
        asked = await line.request()
        done = 0 if asked.path == FEED_PATH else int(asked.path.strip("/"))
        moved = http(status="302 Found", headers=(f"Location: /{done + 1}",))
        await line.send(moved if done < count else http(GOOD))

    return answer


async def loop(line: Line) -> None:
    """From one path to the other and back."""
    asked = await line.request()
    away = "/other" if asked.path == FEED_PATH else FEED_PATH
    await line.send(http(status="302 Found", headers=(f"Location: {away}",)))


REDIRECTS = (
    Fault("redirect-loop", "redirect", loop),
    Fault("redirect-30", "redirect", hops(30)),
    Fault("redirect-3", "ok", hops(3), BOTH),
    Fault("redirect-301", "ok", redirect("/moved.xml", "301 Moved Permanently", then=GOOD), BOTH),
    Fault("redirect-file", "bad_scheme", redirect("file:///etc/passwd")),
    Fault("redirect-javascript", "bad_scheme", redirect("javascript:alert(1)")),
    Fault("redirect-gopher", "bad_scheme", redirect("gopher://127.0.0.1:6379/_FLUSHALL")),
    Fault("redirect-no-location", "redirect", raw(http(status="302 Found", headers=()))),
    Fault("redirect-bad-url", "redirect|bad_scheme", redirect("http://[::1")),
    Fault("redirect-to-canary", "redirect", redirect("http://{canary}/secret")),
    Fault(
        "redirect-creds",
        "ok",
        redirect("http://evil:twin@{beside}/feed2.xml"),
        BOTH,
        url=f"http://user:{SECRET}@{{here}}{FEED_PATH}",
        beside=reply(GOOD),
    ),
    Fault(
        "redirect-https-downgrade",
        "tls",
        redirect("https://{beside}/feed.xml"),
        beside=reply(GOOD),
        beside_tls="self-signed",
    ),
)
