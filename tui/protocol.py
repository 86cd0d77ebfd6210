"""The lines of JSON between the reader process and the worker process."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from tui.errors import Code, Problem
from tui.model import Refreshed
from tui.values import frozen


@frozen
class RefreshRequest:
    """Refresh these feeds (none named: all); unless `force`, only those that are due.

    `page_feeds` and `code_feeds` are the URLs of feeds whose articles' pages are to be taken, whose images
    are to be looked at for QR codes. `minutes` lie between two refreshes of a feed that names no interval.
    """

    feeds: tuple[int, ...] = ()
    force: bool = False
    page_feeds: tuple[str, ...] = ()
    code_feeds: tuple[str, ...] = ()
    minutes: int = 0


@frozen
class PageRequest:
    """Take the page of an article."""

    article: int


@frozen
class CodesRequest:
    """Look for QR codes in the images of an article."""

    article: int


Request = RefreshRequest | PageRequest | CodesRequest
REQUESTS: dict[str, type[Request]] = {
    kind.__name__: kind for kind in (RefreshRequest, PageRequest, CodesRequest)
}


@frozen
class RefreshStarted:
    """A refresh of so many feeds has begun."""

    feeds: tuple[int, ...]


@frozen
class Progress:
    """The feeds that have ended since the last word: many a second end, and a screen shows ten."""

    results: tuple[Refreshed, ...]


@frozen
class RefreshFinished:
    """A refresh has ended."""

    failed: int


@frozen
class PageTaken:
    """The page of an article was taken, or why not; `contacts` it has now."""

    article: int
    contacts: int = 0
    problem: Problem | None = None


@frozen
class CodesFound:
    """The images of an article were looked at, or why not; `codes` are those found."""

    article: int
    codes: int = 0
    problem: Problem | None = None


@frozen
class WorkerFailed:
    """The worker could not go on; the reader goes on without it."""

    problem: Problem


Event = RefreshStarted | Progress | RefreshFinished | PageTaken | CodesFound | WorkerFailed
EVENTS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (RefreshStarted, Progress, RefreshFinished, PageTaken, CodesFound, WorkerFailed)
}


def encode_request(request: Request) -> str:
    """A request as one line."""
    return json.dumps({"request": type(request).__name__, **asdict(request)}) + "\n"


def decode_request(line: str) -> Request:
    """The request of a line; ValueError, KeyError or TypeError when it is none."""
    found = json.loads(line)
    return REQUESTS[found.pop("request")](**_tuples(found))


def encode_event(event: Event) -> str:
    """An event as one line."""
    return json.dumps({"event": type(event).__name__, **asdict(event)}) + "\n"


def decode_event(line: str) -> Event:
    """The event of a line; ValueError, KeyError or TypeError when it is none."""
    found = json.loads(line)
    name = found.pop("event")
    if "results" in found:
        found["results"] = [Refreshed(**_with_problem(result)) for result in found["results"]]
    return EVENTS[name](**_tuples(_with_problem(found)))


def _with_problem(found: dict[str, Any]) -> dict[str, Any]:
    """The fields of a value, its problem made one again."""
    if found.get("problem") is not None:
        found["problem"] = Problem(Code(found["problem"]["code"]), found["problem"]["details"])
    return found


def _tuples(found: dict[str, Any]) -> dict[str, Any]:
    """JSON has lists where our values have tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
