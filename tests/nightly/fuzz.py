"""The fuzzer at length: each stretch of inputs in a process of limited memory and time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz.targets import TARGETS

HOME = Path(__file__).parent.parent.parent
STRETCH = 500
_COUNT = sum(target.share for target in TARGETS)


@dataclass
class Result:
    """What came of a stretch."""

    failures: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    grown: int = 0

    def add(self, other: Result) -> None:
        """Take in what came of another stretch."""
        self.failures += other.failures
        self.slowest = max(self.slowest, other.slowest)
        self.grown = max(self.grown, other.grown)


def main(count: int, seed: int) -> str:
    """Run so many inputs, shared among the targets; tells the figures, raises with all inputs that failed."""
    stretches = [
        (target.name, seed, first, min(first + STRETCH, end))
        for target in TARGETS
        for end in (round(count * target.share / _COUNT),)
        for first in range(0, end, STRETCH)
    ]
    whole = Result()
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        for result in workers.map(lambda stretch: _stretch(*stretch), stretches):
            whole.add(result)
    seconds, where = whole.slowest
    figures = f"{count} inputs, slowest {seconds:.2f} s ({where}), most memory {whole.grown >> 20} MB"
    if whole.failures:
        raise AssertionError("\n".join([figures, *whole.failures]))
    return figures


def guided(count: int, seed: int) -> str:
    """The same under atheris, which goes after new code, where that is installed."""
    if find_spec("atheris") is None:
        return "atheris is not installed"
    for target in TARGETS:
        runs = round(count * target.share / _COUNT)
        command = [sys.executable, "-m", "tests.fuzz.guided", target.name, f"-runs={runs}", f"-seed={seed}"]
        ran = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise AssertionError(f"{' '.join(command)}\n{ran.stderr[-3_000:]}")
    return f"{count} inputs"


def _stretch(name: str, seed: int, first: int, end: int) -> Result:
    """Take a stretch, going on behind an input that ended its process; what failed must fail alone too."""
    whole = Result()
    while first < end:
        result, failed, first = _run(name, seed, first, end)
        whole.add(result)
        for index, _ in failed:
            # alone: a pause of the machine, or memory that others left behind, is no input's fault
            _, again, _ = _run(name, seed, index, index + 1)
            whole.failures += [f"python -m tests.fuzz {name} {seed} {index}: {why}" for _, why in again]
    return whole


def _run(name: str, seed: int, first: int, end: int) -> tuple[Result, list[tuple[int, str]], int]:
    """One process: its figures, the inputs that failed and why, and the input to go on with."""
    with tempfile.NamedTemporaryFile() as place:
        place.write(first.to_bytes(8))
        place.flush()
        command = [
            sys.executable,
            "-m",
            "tests.fuzz.child",
            name,
            str(seed),
            str(first),
            str(end),
            place.name,
        ]
        ran = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)
        said = [json.loads(line) for line in ran.stdout.splitlines()]
        failed = [(line["at"], line["why"]) for line in said if "at" in line]
        if ran.returncode == 0:
            seconds, index = said[-1]["slowest"]
            result = Result(slowest=(seconds, f"{name} {seed} {index}"), grown=said[-1]["grown"])
            return result, failed, said[-1]["next"]
        at = int.from_bytes(Path(place.name).read_bytes())
        why = f"ended its process: {ran.returncode} {ran.stderr[-300:]}"
        return Result(), [*failed, (at, why)], at + 1


if __name__ == "__main__":
    print(main(*map(int, sys.argv[1:3])))  # noqa: T201
