"""Key to screen while feeds refresh: `python -m bench.latency [--articles N] [--feeds F] [--seed S]`.

A key's latency is the wall time from its byte to the last byte of the frame that shows the cursor's new
place: frames of the refresh's progress do not count for it. Keys are pressed in one reader, idle, then
while its worker fetches, parses and stores F feeds of 50 new entries each from a loopback server, then
while it indexes what is left. On a machine that does other work only their ratio says anything.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from bench import ours
from bench.make_store import fill
from bench.terminal import Terminal
from tui.store.connection import open_store
from tui.store.feeds import feeds

ENTRIES = 50
SILENCE, LONGEST = 0.005, 10.0
_PLACE = re.compile(rb"([\d,]+)/[\d,]+")
MOST_KEYS = 200
REFRESH_PATIENCE = 300.0
IDLE, REFRESHING, INDEXING = "idle", "while feeds refresh", "while the index follows"


@dataclass(frozen=True, slots=True)
class Phase:
    """Seconds from key to last byte, and the share of a core that the reader itself took meanwhile."""

    seconds: tuple[float, ...]
    share: float


def percentile(values: tuple[float, ...], share: float) -> float:
    """The value that so large a share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def place(written: bytes) -> bytes:
    """The cursor's place as the list's head said it last: the 13 of 13/2,001."""
    said = _PLACE.findall(written)
    return bytes(said[-1]) if said else b""


def key(terminal: Terminal, before: bytes) -> tuple[float, bytes]:
    """Press `j`; give the seconds until its frame has come, and the cursor's place after it.

    Its frame is the one that tells another place than `before`. What follows is read before the next key.
    """
    terminal.forget()
    began = time.monotonic()
    terminal.type("j")
    while (now := place(terminal.written)) in {b"", before}:
        if time.monotonic() - began > LONGEST:
            raise TimeoutError("a key that does not move the cursor")
        terminal.drain(LONGEST)
    last = time.monotonic()
    while terminal.drain(SILENCE):
        last = time.monotonic()
    terminal.drain(0.08)
    return last - began, now


def keys(terminal: Terminal, count: int, chance: random.Random) -> list[float]:
    """Latencies of `count` keys, pressed at moments that no clock of the reader can match."""
    found, now = [], place(terminal.written)
    for _ in range(count):
        seconds, now = key(terminal, now)
        found.append(seconds)
        end = time.monotonic() + chance.uniform(0.03, 0.09)
        while (left := end - time.monotonic()) > 0:
            terminal.drain(left)
    return found


def measure(folder: Path, url: Callable[[int, str], str], count: int, seed: int) -> dict[str, Phase]:
    """Seconds from key to last byte by phase, over a made store; the server's feeds are added to its own.

    Raises TimeoutError when the refresh does not begin or, after its keys, does not end.
    """
    lines = (f'[[feed]]\nurl = "{url(number, f"{number}.xml")}"\n' for number in range(count))
    with (folder / "feeds.toml").open("a", encoding="utf-8") as config:
        config.writelines(lines)
    chance = random.Random(seed)
    store = open_store(folder / "huoyuan.db", write=False)

    def refreshed() -> int:
        return sum(row.last_success > 0 for row in feeds(store))

    def pending() -> int:
        return int(store.execute("SELECT count(*) FROM unindexed").get)

    with closing(store), ours.terminal(folder) as terminal:
        terminal.rest()
        keys(terminal, 20, chance)
        found = {IDLE: _phase(terminal, lambda: True, chance)}
        terminal.type("R")
        _wait(terminal, lambda: refreshed() > 0)
        found[REFRESHING] = _phase(terminal, lambda: refreshed() < count, chance)
        _wait(terminal, lambda: refreshed() == count)
        found[INDEXING] = _phase(terminal, lambda: pending() > 0, chance)
    return {name: phase for name, phase in found.items() if phase.seconds}


def _wait(terminal: Terminal, until: Callable[[], bool]) -> None:
    end = time.monotonic() + REFRESH_PATIENCE
    while not until():
        if time.monotonic() > end:
            raise TimeoutError("the refresh")
        terminal.drain(0.1)


def _phase(terminal: Terminal, going: Callable[[], bool], chance: random.Random) -> Phase:
    found: list[float] = []
    before, began = terminal.cpu(), time.monotonic()
    while going() and len(found) < MOST_KEYS:
        found += keys(terminal, 5, chance)
    return Phase(tuple(found), (terminal.cpu() - before) / (time.monotonic() - began))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.latency", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if find_spec("bench.feed_server") is None:
        raise SystemExit("there is no bench.feed_server to refresh from")
    server = import_module("bench.feed_server")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, arguments.articles, arguments.seed)
        server.make(folder / "served", arguments.feeds, ENTRIES, arguments.seed)
        with server.Server(folder / "served", 0.0) as served:
            found = measure(folder, served.url, arguments.feeds, arguments.seed)
    at_idle = percentile(found[IDLE].seconds, 0.95)
    for name, phase in found.items():
        p50, p95 = statistics.median(phase.seconds), percentile(phase.seconds, 0.95)
        print(
            f"key to screen {name:26s} p50 {p50 * 1e3:6.1f} ms  p95 {p95 * 1e3:6.1f} ms"
            f"  p95 to idle {p95 / at_idle:5.2f}"
            f"  reader {phase.share:4.0%} of a core  ({len(phase.seconds)} keys)"
        )


if __name__ == "__main__":
    main()
