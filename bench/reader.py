"""The reader's start, held `j` and open, over N articles: `python -m bench.reader [--articles N] [--seed S]`.

Every figure is CPU time of the reader process. The start is told against the smallest app with the same
widgets, the two run in turn; the median of the ratios pair by pair is what counts.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bench.make_store import fill
from bench.ours import terminal as reader
from bench.terminal import Terminal

HELD_KEYS = 300
KEYS_PER_SECOND = 30


def start(folder: Path) -> float:
    """CPU seconds from process start to the first frame that shows the list and the keys."""
    with reader(folder) as terminal:
        terminal.wait_for("复制微信")
        return terminal.cpu()


def empty_start() -> float:
    """CPU seconds to the first frame of the empty app."""
    command = [sys.executable, "-P", "-m", "bench.empty_screen"]
    with Terminal(command, {"PYTHONPATH": str(Path.cwd())}) as terminal:
        terminal.wait_for("READY")
        return terminal.cpu()


def held(folder: Path) -> tuple[float, float, int]:
    """CPU milliseconds a key of a held `j`, seconds until the screen rests after it, bytes of memory."""
    with reader(folder) as terminal:
        terminal.wait_for("复制微信")
        terminal.settle()
        before = terminal.cpu()
        due = time.monotonic()
        for _ in range(HELD_KEYS):
            terminal.type("j")
            due += 1 / KEYS_PER_SECOND
            while (left := due - time.monotonic()) > 0:
                terminal.drain(left)
        released = time.monotonic()
        rest = released
        while terminal.drain(0.3):
            rest = time.monotonic()
        return (terminal.cpu() - before) * 1000 / HELD_KEYS, rest - released, terminal.memory()


def opened(folder: Path) -> float:
    """CPU milliseconds from Enter on an unread article of 20 KB until the screen rests."""
    with reader(folder) as terminal:
        terminal.wait_for("复制微信")
        terminal.settle()
        terminal.type("j")
        terminal.settle()
        terminal.type("k")
        terminal.settle()
        before = terminal.cpu()
        terminal.type("\r")
        terminal.settle()
        return (terminal.cpu() - before) * 1000


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, arguments.articles, arguments.seed)
        start(folder), empty_start()
        pairs = [(start(folder), empty_start()) for _ in range(arguments.runs)]
        keys = [held(folder) for _ in range(3)]
        opens = [opened(folder) for _ in range(arguments.runs)]
    ours, empty = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"articles {arguments.articles}, seed {arguments.seed}, median of {arguments.runs} pairs")
    print(f"first frame: {ours * 1000:.0f} ms CPU, empty app {empty * 1000:.0f} ms, ratio {ratio:.2f}")
    key = statistics.median(k[0] for k in keys)
    lag = statistics.median(k[1] for k in keys)
    print(f"held j at {KEYS_PER_SECOND}/s: {key:.1f} ms CPU a key, at rest {lag * 1000:.0f} ms after release")
    print(f"memory: {statistics.median(k[2] for k in keys) / 2**20:.0f} MB")
    print(f"open 20 KB unread (show, mark, redraw): {statistics.median(opens):.1f} ms CPU")


if __name__ == "__main__":
    main()
