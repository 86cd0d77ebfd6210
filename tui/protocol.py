"""The lines of JSON between the reader process and the worker process."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from tui.errors import Code, Problem
from tui.model import Refreshed


@dataclass(frozen=True, slots=True)
class RefreshRequest:
    """Refresh these feeds (none named: all); unless `force`, only those that are due."""

    feeds: tuple[int, ...] = ()
    force: bool = False


@dataclass(frozen=True, slots=True)
class RefreshStarted:
    """A refresh of so many feeds has begun."""

    feeds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RefreshFinished:
    """A refresh has ended."""

    failed: int


@dataclass(frozen=True, slots=True)
class WorkerFailed:
    """The worker could not go on; the reader goes on without it."""

    problem: Problem


Event = RefreshStarted | Refreshed | RefreshFinished | WorkerFailed


def encode_request(request: RefreshRequest) -> str:
    """A request as one line."""
    return json.dumps({"refresh": list(request.feeds), "force": request.force}) + "\n"


def decode_request(line: str) -> RefreshRequest:
    """The request of a line; ValueError when it is none."""
    found = json.loads(line)
    return RefreshRequest(tuple(int(feed) for feed in found["refresh"]), bool(found["force"]))


def encode_event(event: Event) -> str:
    """An event as one line."""
    return json.dumps({"event": type(event).__name__, **asdict(event)}) + "\n"


def decode_event(line: str) -> Event:
    """The event of a line; ValueError, KeyError or TypeError when it is none."""
    found = json.loads(line)
    name = found.pop("event")
    if found.get("problem") is not None:
        found["problem"] = Problem(Code(found["problem"]["code"]), found["problem"]["details"])
    if name == "Refreshed":
        return Refreshed(**found)
    if name == "RefreshStarted":
        return RefreshStarted(tuple(found["feeds"]))
    if name == "RefreshFinished":
        return RefreshFinished(found["failed"])
    return WorkerFailed(found["problem"])
