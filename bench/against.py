"""Us and newsboat over the same articles: `python -m bench.against [--articles N …] [--seed S] [--runs R]`.

The two run in turn, each from a fresh process; medians of the runs are printed, the ratio is the median
of the ratios pair by pair. `--stores DIR` keeps the made stores as DIR/N-SEED, and takes what lies there;
marks in them are changed.
"""

from __future__ import annotations

import argparse
import math
import statistics
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from pathlib import Path

from bench import newsboat
from bench.articles import searches
from bench.steps import START, STEPS, Cost, Session, newsboat_session, newsboat_start, our_session
from bench.stores import newsboat_beside, store

SIZES = (1_000, 10_000, 100_000, 1_000_000)
NO_STATISTICS_UP_TO = 100_000
"""Beyond so many articles newsboat without statistics takes longer than anyone would wait."""

MEGABYTE = 2**20
CPU, WALL = attrgetter("cpu"), attrgetter("wall")


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured at one size: pairs of sessions, newsboat's start without ANALYZE, bytes on disk."""

    articles: int
    theirs: tuple[Session, ...]
    ours: tuple[Session, ...]
    bare_start: Cost | None
    their_disk: int
    our_disk: int

    def median(self, sessions: Sequence[Session], step: str, cost: Callable[[Cost], float]) -> float:
        """The median cost of a step."""
        return statistics.median(cost(session.costs[step]) for session in sessions)

    def ratio(self, step: str) -> float:
        """Our CPU in a step to newsboat's."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return statistics.median(us.costs[step].cpu / them.costs[step].cpu for us, them in pairs)

    def memory(self, sessions: Sequence[Session]) -> tuple[float, float]:
        """Megabytes at most: until the list, and over the whole session."""
        starts = statistics.median(session.start_peak for session in sessions)
        return starts / MEGABYTE, statistics.median(session.peak for session in sessions) / MEGABYTE


def measure(folder: Path, articles: int, seed: int, runs: int) -> Result:
    """Measure both over a made store and its cache.db."""
    cache, words = newsboat_beside(folder), searches(seed)
    disk = sum(path.stat().st_size for path in folder.glob("huoyuan.db*"))
    newsboat_session(cache, words, 0), our_session(folder, words, 0)
    pairs = [
        (newsboat_session(cache, words, turn), our_session(folder, words, turn))
        for turn in range(1, runs + 1)
    ]
    bare = None
    if articles <= NO_STATISTICS_UP_TO:
        newsboat.forget_statistics(cache / "cache.db")
        bare = newsboat_start(cache)
        newsboat.gather_statistics(cache / "cache.db")
    theirs, ours = zip(*pairs, strict=True)
    return Result(articles, theirs, ours, bare, (cache / "cache.db").stat().st_size, disk)


def report(result: Result) -> Iterator[str]:
    """The table of one size: newsboat, ours, our share of newsboat's."""
    yield f"\n{f'{result.articles:,} articles':28s}{'newsboat':>22s}{'ours':>22s}{'ratio':>10s}"
    for step in STEPS:
        them, us = (
            f"{result.median(who, step, CPU) * 1e3:,.1f} ({result.median(who, step, WALL) * 1e3:,.0f}) ms"
            for who in (result.theirs, result.ours)
        )
        yield _line(step, them, us, result.ratio(step))
    if (bare := result.bare_start) is not None:
        yield _line(f"{START}, no ANALYZE", f"{bare.cpu * 1e3:,.1f} ({bare.wall * 1e3:,.0f}) ms", "", None)
    list_peaks, peaks = zip(result.memory(result.theirs), result.memory(result.ours), strict=True)
    disk = result.their_disk / MEGABYTE, result.our_disk / MEGABYTE
    for name, (them_mb, us_mb) in {
        "memory at the list": list_peaks,
        "memory at most": peaks,
        "on disk": disk,
    }.items():
        yield _line(name, f"{them_mb:,.0f} MB", f"{us_mb:,.0f} MB", us_mb / them_mb)


def _line(name: str, them: str, us: str, ratio: float | None) -> str:
    return f"{name:28s}{them:>22s}{us:>22s}" + ("" if ratio is None else f"{ratio:10.3f}")


def growth(results: Sequence[Result]) -> Iterator[str]:
    """How each step grows from the smallest to the largest store, and where the two cross."""
    first, last = results[0], results[-1]
    yield f"\nfrom {first.articles:,} to {last.articles:,} articles: times as much CPU"
    yield f"{'':28s}{'newsboat':>10s}{'ours':>10s}"
    for step in STEPS:
        grown = (
            last.median(late, step, CPU) / first.median(early, step, CPU)
            for early, late in ((first.theirs, last.theirs), (first.ours, last.ours))
        )
        yield f"{step:28s}" + "".join(f"{times:10.2f}" for times in grown)
    where = crossover(results)
    yield (
        f"newsboat starts with less CPU than we do below about {where:,.0f} articles"
        if where
        else ("newsboat and we do not cross within these sizes")
    )


def crossover(results: Sequence[Result]) -> float | None:
    """The number of articles from which our start is the cheaper, on a straight line between the sizes."""
    for small, large in pairwise(results):
        here, there = math.log(small.ratio(START)), math.log(large.ratio(START))
        if here > 0 >= there:
            share = here / (here - there)
            return float(small.articles * (large.articles / small.articles) ** share)
    return None


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m bench.against", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=list(SIZES))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--stores", type=Path, help="a folder to keep the made stores in")
    arguments = parser.parse_args()
    if reason := newsboat.missing():
        raise SystemExit(reason)
    results = []
    with tempfile.TemporaryDirectory() as temporary:
        stores = arguments.stores or Path(temporary)
        for articles in sorted(arguments.articles):
            folder = store(stores, articles, arguments.seed)
            results.append(measure(folder, articles, arguments.seed, arguments.runs))
            print("\n".join(report(results[-1])), flush=True)
    if len(results) > 1:
        print("\n".join(growth(results)))


if __name__ == "__main__":
    main()
