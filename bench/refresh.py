"""Refreshing many feeds against newsboat: `python -m bench.refresh --feeds 500 --entries 50 --seed 1`.

Both fetch the same feeds from one loopback server and store every entry; what each stored is counted.
CPU is user and system time of the process and of those that it starts. newsboat is run as shipped (20
threads), and at its best: over a cache.db that was filled and ANALYZEd once and emptied again, so that
SQLite knows which index to take and nothing has to be loaded.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.feed_server import Server, make
from bench.newsboat import missing
from bench.processes import cpu_all

NEWSBOAT_THREADS = 20

BARE = "huoyuan without contacts"
FLOOR = "the least of Python (bench.floor)"
BLIND = """
import sys
from tui import prepare
assert prepare.find_block and prepare.find_in
prepare.find_block, prepare.find_in = (lambda *_: None), (lambda *_: ())
"""
BLIND_BESIDE = f"""{BLIND}
from pathlib import Path
from tui.making.process import main
main(Path(sys.argv[1]))
"""
NO_CONTACTS = f"""{BLIND}
from tui.making import beside
assert beside.command
beside.command = lambda database: [sys.executable, "-P", "-c", {BLIND_BESIDE!r}, str(database)]
from tui.cli import main
sys.exit(main())
"""
"""The reader that looks for no contacts, as newsboat does not: it tells what finding them costs."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of CPU until all was stored and until the process ended (the index made), of wall; MB.

    The memory is that of the largest process.
    """

    stored: float
    whole: float
    wall: float
    memory: float


@dataclass(frozen=True, slots=True)
class Ground:
    """A run's feeds and where both programs keep theirs."""

    folder: Path
    server: Server
    feeds: int
    entries: int

    def urls(self) -> list[str]:
        """The addresses of the feeds."""
        return [self.server.url(number, f"{number}.xml") for number in range(self.feeds)]


def _run(command: list[str], lines_wanted: int, environ: dict[str, str], given: str = os.devnull) -> Cost:
    """Run a command to its end; it has stored all when it has written so many lines (0: at its end).

    It reads the file `given`.
    """
    began = time.monotonic()
    with open(given) as source:
        process = subprocess.Popen(command, stdin=source, stdout=subprocess.PIPE, env=_bare(environ))
    assert process.stdout is not None
    stored = wall = 0.0
    for count, _ in enumerate(process.stdout, 1):
        if count == lines_wanted:
            stored, wall = cpu_all(process.pid), time.monotonic() - began
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command[0]} failed: {process.returncode}")
    whole = usage.ru_utime + usage.ru_stime
    return Cost(
        stored or whole,
        whole,
        wall or time.monotonic() - began,
        usage.ru_maxrss / 1024,
    )


def _bare(environ: dict[str, str]) -> dict[str, str]:
    """The environment without what would have Python compile at every start, and with these."""
    given = {**os.environ, **environ}
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    return given


def ours(ground: Ground, home: Path, *options: str, program: Sequence[str] = ("-m", "tui")) -> Cost:
    """Run `huoyuan refresh` over its folder."""
    home.mkdir(exist_ok=True)
    feeds = "".join(f'[[feed]]\nurl = "{url}"\n' for url in ground.urls())
    (home / "feeds.toml").write_text(feeds)
    places = ("--config", str(home / "feeds.toml"), "--data", str(home))
    command = [sys.executable, "-P", *program, *places]
    environ = {"PYTHONPATH": str(Path.cwd()), "PYTHONUNBUFFERED": "1", "LANG": "C.UTF-8"}
    return _run([*command, "refresh", *options], ground.feeds, environ)


def without_contacts(ground: Ground, home: Path) -> Cost:
    """Run `huoyuan refresh` as it would be if it looked for no contacts."""
    return ours(ground, home, program=("-c", NO_CONTACTS))


def newsboat(ground: Ground, home: Path) -> Cost:
    """Run `newsboat -x reload` over its folder."""
    home.mkdir(exist_ok=True)
    (home / "urls").write_text("".join(f"{url}\n" for url in ground.urls()))
    (home / "config").write_text(f"reload-threads {NEWSBOAT_THREADS}\n")
    files = {"-u": "urls", "-c": "cache.db", "-C": "config"}
    options = [part for flag, name in files.items() for part in (flag, str(home / name))]
    environ = {"HOME": str(home), "LANG": "C.UTF-8", "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": ""}
    return _run(["newsboat", *options, "-x", "reload"], 0, environ)


def floor(ground: Ground, home: Path) -> Cost:
    """Run what any Python reader must do over its folder."""
    home.mkdir()
    (home / "urls").write_text("\n".join(ground.urls()))
    environ = {"PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, "-P", "-m", "bench.floor", str(home)]
    return _run(command, ground.feeds, environ, str(home / "urls"))


def count(database: Path, table: str) -> int:
    """How many rows a table of a database has."""
    with sqlite3.connect(database) as db:
        return int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _analyzed(home: Path, *, emptied: bool) -> None:
    with sqlite3.connect(home / "cache.db") as db:
        db.execute("ANALYZE")
        if emptied:
            db.execute("DELETE FROM rss_item")
            db.execute("DELETE FROM rss_feed")


def _check(ground: Ground, database: Path, table: str) -> None:
    found, wanted = count(database, table), ground.feeds * ground.entries
    if found != wanted:
        raise RuntimeError(f"{database.name} holds {found} of {wanted} entries")


def cold_runs(ground: Ground, *, bare: bool) -> dict[str, Callable[[int], Cost]]:
    """Everything is new: ours, newsboat as shipped, and at its best.

    With `bare` also ours without contacts, and the least that Python can do.
    """
    best = ground.folder / "best"
    newsboat(ground, best)
    _analyzed(best, emptied=True)

    def at_its_best(ground: Ground, home: Path) -> Cost:
        shutil.copytree(best, home)
        return newsboat(ground, home)

    def once(program: Callable[[Ground, Path], Cost], database: str, table: str) -> Callable[[int], Cost]:
        def run(number: int) -> Cost:
            home = ground.folder / f"{program.__name__}{number}"
            cost = program(ground, home)
            _check(ground, home / database, table)
            shutil.rmtree(home)
            return cost

        return run

    extra = {
        FLOOR: once(floor, "floor.db", "article"),
        BARE: once(without_contacts, "huoyuan.db", "article"),
    }
    return {
        "huoyuan": once(ours, "huoyuan.db", "article"),
        **(extra if bare else {}),
        "newsboat": once(newsboat, "cache.db", "rss_item"),
        "newsboat, ANALYZEd": once(at_its_best, "cache.db", "rss_item"),
    }


def unchanged_runs(ground: Ground) -> dict[str, Callable[[int], Cost]]:
    """Nothing has changed and all validators are known: ours, newsboat ANALYZEd."""
    home, theirs = ground.folder / "same", ground.folder / "same-newsboat"
    ours(ground, home)
    # Twice: newsboat keeps no ETag of a feed that it has never seen.
    newsboat(ground, theirs)
    newsboat(ground, theirs)
    _analyzed(theirs, emptied=False)
    return {
        "huoyuan": lambda _: ours(ground, home, "--force"),
        "newsboat, ANALYZEd": lambda _: newsboat(ground, theirs),
    }


def _lines(costs: dict[str, list[Cost]]) -> Iterator[str]:
    mine, bare, least = costs["huoyuan"], costs.get(BARE), costs.get(FLOOR)
    for name, theirs in costs.items():
        stored, whole, wall, memory = (
            statistics.median(getattr(cost, field) for cost in theirs)
            for field in ("stored", "whole", "wall", "memory")
        )
        cpu = statistics.median(a.stored / b.stored for a, b in zip(mine, theirs, strict=True))
        walls = statistics.median(a.wall / b.wall for a, b in zip(mine, theirs, strict=True))
        index = f" (with the index {whole:.2f})" if whole - stored > 0.05 else ""
        ratio = (
            ""
            if name in {"huoyuan", BARE, FLOOR}
            else f"; ours is {cpu:.2f} of its CPU, {walls:.2f} of its wall"
        )
        if ratio and bare is not None:
            share = statistics.median(a.stored / b.stored for a, b in zip(bare, theirs, strict=True))
            ratio += f", without contacts {share:.2f} of its CPU"
        if ratio and least is not None:
            share = statistics.median(a.stored / b.stored for a, b in zip(least, theirs, strict=True))
            ratio += f", the least of Python {share:.2f} of its CPU"
        yield f"  {name}: CPU {stored:.2f} s{index}, wall {wall:.2f} s, {memory:.0f} MB{ratio}"


def measure(title: str, runs: dict[str, Callable[[int], Cost]], times: int) -> None:
    """Run all in turn, `times` times, and print medians; ratios are those of runs side by side."""
    costs: dict[str, list[Cost]] = {name: [] for name in runs}
    for number in range(times):
        for name, run in runs.items():
            costs[name].append(run(number))
    print(title, *_lines(costs), sep="\n", flush=True)


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench.refresh", description=__doc__)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--entries", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--delay", type=float, default=0.2, help="seconds, for the late server")
    parser.add_argument("--only", choices=("cold", "late", "same"), help="one of the three")
    given = parser.parse_args()
    if reason := missing():
        raise SystemExit(reason)
    print(f"{given.feeds} feeds of {given.entries} entries, seed {given.seed}, median of {given.runs}")
    with tempfile.TemporaryDirectory() as name:
        pages = Path(name) / "feeds"
        make(pages, given.feeds, given.entries, given.seed)
        for kind, title, delay in (
            ("cold", "all new", 0.0),
            ("late", f"all new, every answer {given.delay * 1000:.0f} ms late", given.delay),
            ("same", "all 304", 0.0),
        ):
            if given.only in {None, kind}:
                folder = Path(name) / kind
                folder.mkdir()
                with Server(pages, delay) as server:
                    ground = Ground(folder, server, given.feeds, given.entries)
                    runs = (
                        unchanged_runs(ground) if kind == "same" else cold_runs(ground, bare=kind == "cold")
                    )
                    measure(title, runs, given.runs)


if __name__ == "__main__":
    main()
