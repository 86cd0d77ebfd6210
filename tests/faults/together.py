"""All faults and twenty good feeds at once, refreshed by a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.fault import TITLE, Fault, feed
from tests.faults.line import Asked, reply
from tests.faults.server import FaultServer

TOTAL = 8.0
"""Seconds after which our own deadline ends a fetch."""

GOOD = tuple(
    Fault(f"good-{number}", "ok", reply(feed(*(f"{TITLE} {number}-{n}" for n in range(30)))), None)
    for number in range(20)
)


@dataclass(frozen=True, slots=True)
class End:
    """What became of a feed, how many articles it brought, and after how many seconds."""

    name: str
    outcome: str
    new: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Run:
    """A run: the ends in their order, what was left open, seconds and megabytes spent, requests seen."""

    ends: tuple[End, ...]
    left: dict[str, int]
    spent: dict[str, float]
    seen: dict[str, list[Asked]]

    def of(self, faults: Sequence[Fault]) -> list[End]:
        """The ends of these feeds."""
        names = {fault.name for fault in faults}
        return [end for end in self.ends if end.name in names]


def run_together(faults: Sequence[Fault], folder: Path, *, total: float = TOTAL, limit: float = 120) -> Run:
    """Refresh the faults and the good feeds; the process is killed after `limit` seconds."""
    # the good ones are spread among the others, as in a user's list
    mixed = [*faults]
    step = max(1, len(mixed) // len(GOOD))
    for number, good in enumerate(GOOD):
        mixed.insert(number * (step + 1), good)
    with FaultServer(mixed, folder) as server:
        environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
        if server.certificates:
            environment["SSL_CERT_FILE"] = str(server.certificates.authority)
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.child"],
            input=json.dumps({"urls": server.urls, "folder": str(folder), "total": total}),
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
            timeout=limit,
            check=True,
        )
    told = json.loads(done.stdout)
    return Run(tuple(End(*end) for end in told["ends"]), told["left"], told["spent"], server.seen)
