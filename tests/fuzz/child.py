"""A process that takes a stretch of one target's inputs under limits, and says which of them broke a promise.

`python -m tests.fuzz.child TARGET SEED FIRST END FILE`; FILE tells at any time which input is being read.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import sys
from pathlib import Path

from tests.fuzz.bounds import MOST_MEMORY, MOST_SECONDS, cpu_of, peak_memory
from tests.fuzz.targets import TARGETS, Target

ENOUGH_SECONDS = 5.0
"""Of CPU, after which an input is given up and the process with it."""

MOST_CPU = 900
"""Seconds for the whole stretch: some hundred usual inputs take a few."""


def main(name: str, seed: int, first: int, end: int, place: str) -> None:
    """Take the inputs one by one; says {"at": …, "why": …} for each that failed, then the figures."""
    target = next(target for target in TARGETS if target.name == name)
    for sample in target.seeds()[:5]:  # what is imported and compiled on first use is no input's cost
        with contextlib.suppress(AssertionError):
            target.run(sample)
    _limit()
    base, slowest = peak_memory(), (0.0, first)
    with open(place, "r+b", buffering=0) as file:
        for index in range(first, end):
            os.pwrite(file.fileno(), index.to_bytes(8), 0)
            seconds, why = _take(target, target.input(seed, index))
            slowest = max(slowest, (seconds, index))
            grown = peak_memory() - base
            if seconds > MOST_SECONDS:
                why = f"{seconds:.2f} s of CPU"
            elif grown > MOST_MEMORY and not why:
                why = f"{grown >> 20} MB"
            if why:
                _say({"at": index, "why": why})
            if grown > MOST_MEMORY:
                break
        _say({"next": index + 1, "slowest": slowest, "grown": peak_memory() - base})


def _take(target: Target, data: bytes) -> tuple[float, str]:
    """Seconds of CPU that an input took, and what went wrong."""
    why = ""

    def run() -> None:
        nonlocal why
        try:
            target.run(data)
        except Exception as error:
            why = f"{type(error).__name__}: {error}"[:300]

    signal.setitimer(signal.ITIMER_PROF, ENOUGH_SECONDS)
    seconds = cpu_of(run)
    signal.setitimer(signal.ITIMER_PROF, 0)
    return seconds, why


def _limit() -> None:
    """Some more memory than an input may take, so that what is caught as MemoryError is still seen."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    most = pages * resource.getpagesize() + 2 * MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU, MOST_CPU))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _say(said: object) -> None:
    print(json.dumps(said), flush=True)  # noqa: T201


if __name__ == "__main__":
    given_name, *numbers, given_place = sys.argv[1:]
    given_seed, given_first, given_end = map(int, numbers)
    main(given_name, given_seed, given_first, given_end, given_place)
