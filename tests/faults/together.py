"""All faults and twenty good feeds at once, refreshed by a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def run_together(
    faults: Sequence[Fault], folder: Path, *, total: float = TOTAL, release: bool = False, limit: float = 300
) -> Run:
    """Refresh the faults and the good feeds; the process is killed after `limit` seconds.

    With `release`, what would last for ever does so until the last good feed has ended.
    """
    # the good ones are spread among the others, as in a user's list
    mixed = [*faults]
    step = max(1, len(mixed) // len(GOOD))
    for number, good in enumerate(GOOD):
        mixed.insert(number * (step + 1), good)
    with FaultServer(mixed, folder) as server, _child(server) as process:
        killer = threading.Timer(limit, process.kill)
        killer.start()
        assert process.stdin is not None
        assert process.stdout is not None
        with process.stdin as stdin:
            json.dump({"urls": server.urls, "folder": str(folder), "total": total}, stdin)
        ends: list[End] = []
        told: dict[str, dict[str, Any]] = {}
        waiting = {good.name for good in GOOD}
        for line in process.stdout:
            value = json.loads(line)
            if isinstance(value, dict):
                told = value
                break
            ends.append(End(*value))
            waiting.discard(ends[-1].name)
            if release and not waiting:
                server.release()
                release = False
        process.wait()
        killer.cancel()
    return Run(tuple(ends), told["left"], told["spent"], server.seen)


def _child(server: FaultServer) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    if server.certificates:
        environment["SSL_CERT_FILE"] = str(server.certificates.authority)
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
