"""The reader's start, rest and end against the least there is: `python -m bench.start [--folder F]`.

First frame against `python -c pass`, interactive against a Textual app of one Static, both in CPU time of
all threads, run in turn. Rest is CPU over seconds without a key; the end is told from `q` on. The slow line
takes 60 KB a second while `j` is held. A folder holds a feeds.toml beside its huoyuan.db; one is made if
none is given. Of several, the smallest store first, it is also told how the start grows.
"""

from __future__ import annotations

import argparse
import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from bench.make_store import fill
from bench.terminal import Terminal

ONE_STATIC = """
from textual.app import App
from textual.widgets import Static

class Minimal(App):
    def compose(self):
        yield Static("READY")

Minimal().run()
"""

ENVIRON = {"PYTHONPATH": str(Path.cwd()), "LANG": "C.UTF-8"}
ENTRY = "import sys; from tui.__main__ import main; sys.exit(main())"
"""What the installed command runs; `python -m tui` looks for the package first, which takes 4 ms."""

HINT = "复制微信"
DRIVER = "\x1b[?2004h"
REST_SECONDS = 5.0
LINE_BYTES = 60_000
HELD_SECONDS = 2.0
KEYS_PER_SECOND = 30


class Reader(Terminal):
    """The reader, which may end by itself, on a line that may be slow."""

    ended = False

    def end(self) -> float:
        """Wait until the program has gone; gives the CPU seconds that it took in all."""
        _, _, usage = os.wait4(self.pid, 0)
        self.ended = True
        return usage.ru_utime + usage.ru_stime

    def take(self, most: int) -> int:
        """Read at most so many bytes of what has come; gives how many."""
        if not select.select([self._fd], [], [], 0.002)[0]:
            return 0
        return len(os.read(self._fd, most))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.ended:
            os.close(self._fd)
        else:
            super().__exit__(kind, error, trace)


def reader(folder: Path, *arguments: str) -> Reader:
    """The reader over the database in a folder."""
    places = ("--config", str(folder / "feeds.toml"), "--data", str(folder))
    return Reader([sys.executable, "-P", "-c", ENTRY, *places, *arguments], ENVIRON)


def nothing() -> float:
    """CPU seconds of a Python that does nothing."""
    process = subprocess.Popen([sys.executable, "-c", "pass"])
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime


def one_static() -> float:
    """CPU seconds to the first frame of a Textual app of one Static."""
    with Terminal([sys.executable, "-P", "-c", ONE_STATIC], ENVIRON) as terminal:
        terminal.wait_for("READY")
        return terminal.cpu()


def first_frame(folder: Path) -> float:
    """CPU seconds until the saved frame stands."""
    with reader(folder) as terminal:
        terminal.wait_for(HINT)
        if DRIVER.encode() in terminal.written:
            raise RuntimeError("there was no saved frame")
        return terminal.cpu()


def interactive(folder: Path, *arguments: str) -> float:
    """CPU seconds until the list itself is painted."""
    with reader(folder, *arguments) as terminal:
        wait_interactive(terminal)
        return terminal.cpu()


def wait_interactive(terminal: Terminal) -> None:
    """Wait for what the reader itself paints, after the saved frame."""
    terminal.wait_for(DRIVER)
    terminal.written = terminal.written.partition(DRIVER.encode())[2]
    terminal.wait_for(HINT)


def rest_and_end(folder: Path) -> tuple[float, float, float, float, float]:
    """CPU ms and wake-ups a second at rest; ms from `q` to the terminal back, to the end, and its CPU ms."""
    with reader(folder) as terminal:
        wait_interactive(terminal)
        terminal.settle(1.5)
        before, woken = terminal.cpu(), terminal.woken()
        terminal.settle(REST_SECONDS)
        rest = (terminal.cpu() - before) * 1000 / REST_SECONDS
        wakes = (terminal.woken() - woken) / REST_SECONDS
        before = terminal.cpu()
        terminal.forget()
        typed = time.monotonic()
        terminal.type("q")
        terminal.wait_for("\x1b[?1049l")
        back = time.monotonic() - typed
        whole = terminal.end()
        gone = time.monotonic() - typed
        return rest, wakes, back * 1000, gone * 1000, (whole - before) * 1000


def slow_line(folder: Path) -> float:
    """Seconds from the release of a held `j` to the last byte, over a line of so many bytes a second."""
    with reader(folder) as terminal:
        wait_interactive(terminal)
        terminal.settle()
        start = last = free_at = time.monotonic()
        keys = 0
        while (now := time.monotonic()) - max(last, start + HELD_SECONDS) < 1.0:
            if now - start < HELD_SECONDS and keys < (now - start) * KEYS_PER_SECOND:
                terminal.type("j")
                keys += 1
            if now < free_at:
                time.sleep(0.001)
            elif taken := terminal.take(1024):
                # the line is busy with these bytes for so long
                free_at = max(free_at, now - 0.02) + taken / LINE_BYTES
                last = time.monotonic()
        return last - start - HELD_SECONDS


def say(what: str, figure: str, bar: str) -> None:
    """Print a line of the table, by the words of its bar."""
    print(f"{what + ':':38s} {figure}   bar {bar}", flush=True)


def ratio(name: str, ours: Sequence[float], least: Sequence[float], bar: float) -> float:
    """Print the median of the ratios pair by pair, and give it."""
    value = statistics.median(a / b for a, b in zip(ours, least, strict=True))
    a, b = (statistics.median(column) * 1000 for column in (ours, least))
    say(name, f"{value:6.2f} ({a:.0f} / {b:.0f} ms CPU)", str(bar))
    return value


def measure(folder: Path, runs: int) -> float:
    """Measure one folder and print its table; gives the ratio of interactive to a minimal app."""
    rest_and_end(folder), one_static()
    rows = [
        (
            nothing(),
            first_frame(folder),
            one_static(),
            interactive(folder),
            interactive(folder, "--no-splash"),
        )
        for _ in range(runs)
    ]
    bare, frame, static, usable, plain = zip(*rows, strict=True)
    ratio("first frame to python -c pass", frame, bare, 1.6)
    grown = ratio("interactive to a minimal app", usable, static, 1.1)
    ratio("the same with --no-splash", plain, static, 1.1)
    ends = list(zip(*(rest_and_end(folder) for _ in range(3)), strict=True))
    rest, wakes, back, gone, cpu = (statistics.median(column) for column in ends)
    say("idle, CPU a second", f"{rest:6.3f} ms", "0.1")
    say("idle, wake-ups a second", f"{wakes:6.1f}", "0")
    say("quit, terminal back", f"{back:6.1f} ms", "10")
    say("quit, process gone", f"{gone:6.1f} ms ({cpu:.1f} ms CPU)", "40")
    lag = statistics.median(slow_line(folder) for _ in range(3))
    say("slow line, lag after release", f"{lag:6.2f} s (60 KB/s, j held 2 s)", "0.6")
    return grown


def main() -> None:
    """Measure the given folders, or one made for it."""
    parser = argparse.ArgumentParser(prog="python -m bench.start", description=__doc__)
    parser.add_argument("--folder", type=Path, action="append")
    parser.add_argument("--articles", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    # without compiled files the first run would compile, and every run if they may not be written
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as name:
        if not arguments.folder:
            fill(Path(name), arguments.articles, arguments.seed)
        ratios = []
        for folder in arguments.folder or [Path(name)]:
            print(folder)
            ratios.append(measure(folder, arguments.runs))
        if len(ratios) > 1:
            # each against the same app in the same minutes, so that a machine that slows down slows both
            say("interactive, largest to smallest store", f"{ratios[-1] / ratios[0]:6.2f}", "1.05")


if __name__ == "__main__":
    main()
