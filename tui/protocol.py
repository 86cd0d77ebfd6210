"""The lines of JSON between the reader process and the worker process."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, TypeVar

from tui.errors import Code, Problem
from tui.feed_values import Refreshed
from tui.values import frozen

T = TypeVar("T")


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


@frozen
class BackupRequest:
    """Make a backup of what the user did."""


Request = RefreshRequest | PageRequest | CodesRequest | BackupRequest
REQUESTS: dict[str, type[Request]] = {
    kind.__name__: kind for kind in (RefreshRequest, PageRequest, CodesRequest, BackupRequest)
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
    """The images of an article were looked at, or why not.

    `codes` are the contacts found; `payments` are codes that take money, `others` say anything else.
    """

    article: int
    codes: int = 0
    payments: int = 0
    others: int = 0
    problem: Problem | None = None


@frozen
class BackedUp:
    """A backup was made, or was not needed, or why not."""

    problem: Problem | None = None


@frozen
class WorkerFailed:
    """The worker could not go on; the reader goes on without it."""

    problem: Problem


Event = RefreshStarted | Progress | RefreshFinished | PageTaken | CodesFound | BackedUp | WorkerFailed
EVENTS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (RefreshStarted, Progress, RefreshFinished, PageTaken, CodesFound, BackedUp, WorkerFailed)
}


def encode_request(request: Request) -> str:
    """A request as one line."""
    return json.dumps({"request": type(request).__name__, **asdict(request)}) + "\n"


def decode_request(line: str) -> Request:
    """The request of a line; ValueError when it is none."""
    return _decoded(line, "request", REQUESTS)


def encode_event(event: Event) -> str:
    """An event as one line."""
    return json.dumps({"event": type(event).__name__, **asdict(event)}) + "\n"


def decode_event(line: str) -> Event:
    """The event of a line; ValueError when it is none: hostile bytes may have taken the worker over."""
    return _decoded(line, "event", EVENTS)


def _decoded(line: str, what: str, kinds: dict[str, type[T]]) -> T:
    try:
        found = json.loads(line)
        return _made(kinds[found.pop(what)], found)
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(line[:_LONGEST_QUOTE]) from error


def _made(kind: type[T], found: dict[str, Any]) -> T:
    """A value with the fields that were found; TypeError for one that is not what its class says."""
    types = kind.__annotations__
    return kind(**{name: _FIELDS[types[name]](value) for name, value in found.items()})


def _plain(kind: type) -> Callable[[Any], Any]:
    def same(value: Any) -> Any:
        if type(value) is not kind:
            raise TypeError(value)
        return value

    return same


def _all(kind: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda values: tuple(map(kind, _LIST(values)))


def _problem(value: Any) -> Problem | None:
    if value is None:
        return None
    details = _plain(dict)(value["details"])
    if not all(type(detail) in (str, int) for detail in details.values()):
        raise TypeError(details)
    return Problem(Code(value["code"]), details)


_LONGEST_QUOTE = 200
_LIST = _plain(list)
_FIELDS: dict[str, Callable[[Any], Any]] = {
    "int": _plain(int),
    "bool": _plain(bool),
    "str": _plain(str),
    "Problem | None": _problem,
    "Problem": lambda value: _problem(_plain(dict)(value)),
    "tuple[int, ...]": _all(_plain(int)),
    "tuple[str, ...]": _all(_plain(str)),
    "tuple[Refreshed, ...]": _all(lambda value: _made(Refreshed, _plain(dict)(value))),
}
"""How each type of field is made of what JSON gives, by the words of its annotation."""
