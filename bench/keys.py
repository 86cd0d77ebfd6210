"""What a key costs, in CPU and instructions: `python -m bench.keys [--data DIR | --articles N --seed S]`.

CPU is that of all threads of the reader, from the scheduler. A held key comes 30 times a second; any other is
told with all that follows from it until the screen rests: the article of the row, its mark, the counts.
With `--instructions` the same keys are pressed once more under valgrind, if that is there.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from bench.make_store import fill, make_article
from bench.terminal import Terminal
from tui.store.connection import open_store
from tui.store.feeds import states
from tui.store.saving import save

KEYS_PER_SECOND = 30
READY = "复制微信"
HOME, END, PAGE_DOWN = "\x1b[H", "\x1b[F", "\x1b[6~"
SIZES = (2_000, 20_000, 200_000, 5_000_000)
"""Bytes of UTF-8 of the articles at the top of the list, from the first row on."""

RESIZE = "resize"
DAY = 86_400
SLOWNESS = 10

Meter = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Case:
    """A key to measure: `before` leads to it each time, `times` is how often; `bar` is what it must keep."""

    name: str
    keys: tuple[str, ...]
    before: tuple[str, ...] = ()
    times: int = 5
    bar: str = ""
    held: bool = False


CASES = (
    Case("j in page, held", ("j", "k"), (HOME,), 60, "4 ms, 8 M", held=True),
    Case("j scrolling, held", ("j",), (END, HOME, "40j"), 120, "6 ms, 15 M", held=True),
    Case("page down, held", (PAGE_DOWN,), (HOME,), 60, "9 ms", held=True),
    Case("End and Home, held", (END, HOME), (HOME,), 30, "9 ms", held=True),
    Case("End, with its article", (END,), (HOME,)),
    Case("j, with its article", ("j",), (HOME, "9j"), 9),
    Case("open 20 KB, mark it read", ("n",), (HOME, "j", "m", "k"), bar="8 ms"),
    Case("open 200 KB, mark it read", ("n",), (HOME, "2j", "m", "k"), bar="20 ms"),
    Case("open 5 MB, mark it read", ("n",), (HOME, "3j", "m", "k")),
    Case("Enter on the article shown", ("\r",), ("2", HOME, "m")),
    Case("j in an article of 200 KB, held", ("j",), ("2", HOME, "2j", "\r", HOME), 60, held=True),
    Case("switch category", ("j",), ("1", HOME), 5, "8 ms"),
    Case("theme and back", ("t", "t"), ("2", HOME), 3),
    Case("resize and back", (RESIZE, RESIZE), (), 3),
    Case("search bar opens", ("/",), ("\x1b", "2"), 3),
    Case("search bar, a character", ("不",), ("\x1b", "2", "/"), 3),
)


def add_long(database: Path) -> None:
    """Put unread articles of the sizes on top of the list."""
    chance, top = random.Random(7), int(time.time()) + 2 * DAY
    connection = open_store(database)
    articles = [
        replace(make_article(chance, place, top, length=size // 3), uid=f"long {place}")
        for place, size in enumerate(SIZES)
    ]
    save(connection, states(connection)[0].id, articles, top)
    connection.close()


class Bench:
    """One reader in a terminal and a meter of what it spends."""

    def __init__(self, terminal: Terminal, meter: Meter, quiet: float) -> None:
        self._terminal = terminal
        self._meter = meter
        self._quiet = quiet
        self._wide = True

    def measure(self, case: Case) -> float:
        """What one key of a case spends."""
        if case.held:
            self._lead(case)
            return self._held(case)
        spent = []
        for _ in range(case.times):
            self._lead(case)
            before = self._meter()
            for key in case.keys:
                self._press(key)
                self._terminal.settle(self._quiet)
            spent.append(self._meter() - before)
        return statistics.median(spent) / len(case.keys)

    def _lead(self, case: Case) -> None:
        for key in case.before:
            self._press(key)
            # a lone digit waits for what it may count
            self._terminal.settle(self._quiet + 0.7 * key.isdigit())

    def _held(self, case: Case) -> float:
        """What follows the last key is not counted: the article comes once, when the key is let go."""
        before, due = self._meter(), time.monotonic()
        for _ in range(case.times):
            for key in case.keys:
                self._press(key)
                due = max(due + 1 / KEYS_PER_SECOND, time.monotonic())
                while (left := due - time.monotonic()) > 0:
                    self._terminal.drain(left)
        return (self._meter() - before) / (case.times * len(case.keys))

    def _press(self, key: str) -> None:
        if key == RESIZE:
            self._wide = not self._wide
            self._terminal.resize(*((120, 40) if self._wide else (110, 36)))
        else:
            self._terminal.type(key)


def command(folder: Path) -> list[str]:
    """What starts the reader over the database in a folder."""
    return [sys.executable, "-P", "-m", "tui", "--config", f"{folder}/feeds.toml", "--data", str(folder)]


def cpu(folder: Path, cases: tuple[Case, ...]) -> list[float]:
    """CPU milliseconds of each case."""
    with Terminal(command(folder), environ()) as terminal:
        terminal.wait_for(READY)
        terminal.settle()
        bench = Bench(terminal, lambda: terminal.cpu() * 1000, 0.2)
        return [_told(bench, case) for case in cases]


def _told(bench: Bench, case: Case) -> float:
    figure = bench.measure(case)
    print(f"{case.name}: {figure:.1f}", file=sys.stderr, flush=True)
    return figure


def environ() -> dict[str, str]:
    """The environment of a reader that can be told from run to run."""
    return {"PYTHONPATH": str(Path.cwd()), "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}


def instructions(folder: Path, cases: tuple[Case, ...]) -> list[float]:
    """Millions of instructions of each case, by callgrind; the article does not follow a slowed-down key."""
    slow = "import sys, tui.ui.desk as d; d.FOLLOW_SECONDS = 1e6; from tui.cli import main; sys.exit(main())"
    reader = command(folder)
    at = reader.index("-m")
    reader[at : at + 2] = ["-c", slow]
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "out"
        valgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", "--log-file=/dev/null"]
        with Terminal([*valgrind, *reader], environ()) as terminal:
            _wait_long(terminal)
            terminal.settle(5)
            dumps = Dumps(terminal.pid, out)
            bench = Bench(terminal, dumps.total, 2.0)
            few = (replace(case, times=min(case.times, 5), held=False) for case in cases)
            return [_told(bench, case) for case in few]


def _wait_long(terminal: Terminal) -> None:
    """Wait for the list, which valgrind makes fifty times slower."""
    for _ in range(SLOWNESS):
        with suppress(TimeoutError):
            terminal.wait_for(READY)
            return
    raise TimeoutError(READY)


class Dumps:
    """Counts instructions by asking callgrind for what it has counted since it was last asked."""

    def __init__(self, pid: int, out: Path) -> None:
        self._pid = pid
        self._out = out
        self._number = 0
        self._total = 0

    def total(self) -> float:
        """Millions of instructions so far."""
        subprocess.run(["vgdb", f"--pid={self._pid}", "dump"], check=True, capture_output=True)
        self._number += 1
        text = Path(f"{self._out}.{self._number}").read_text()
        self._total += int(text.rpartition("totals: ")[2])
        return self._total / 1e6


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(prog="python -m bench.keys", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with huoyuan.db and feeds.toml; it is copied")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="", help="part of the names of the cases to measure")
    parser.add_argument("--instructions", action="store_true")
    arguments = parser.parse_args()
    cases = tuple(case for case in CASES if arguments.only in case.name)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments.data:
            shutil.copytree(arguments.data, folder, dirs_exist_ok=True)
        else:
            fill(folder, arguments.articles, arguments.seed)
        add_long(folder / "huoyuan.db")
        runs = [cpu(folder, cases) for _ in range(arguments.runs)]
        counted = arguments.instructions and bool(shutil.which("valgrind"))
        counts = instructions(folder, cases) if counted else [0.0] * len(cases)
    if arguments.instructions and not counted:
        print("no instructions: valgrind is not installed (apt-get install valgrind)")
    print(f"{'':34s} {'ms CPU':>8s} {'M instr':>8s}  bar")
    for case, times, count in zip(cases, zip(*runs, strict=True), counts, strict=True):
        print(f"{case.name:34s} {statistics.median(times):8.1f} {count or float('nan'):8.1f}  {case.bar}")


if __name__ == "__main__":
    main()
