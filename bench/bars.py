"""The bars that the reader must keep, and where in the measurements' output each figure stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

NUMBER = r"([\d,]*\.?\d+)"


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that is to be at most `limit`: it is printed by the module `part`.

    Its line begins with `what` and tells the figure next, unless `pattern` says where it stands.
    """

    part: str
    what: str
    limit: float
    unit: str = ""
    pattern: str = ""

    def figure(self, printed: str) -> float | None:
        """The figure in what the module printed; None where it is not told."""
        pattern = self.pattern or rf"^\s*{re.escape(self.what)}[: ]+{NUMBER}"
        found = re.search(pattern, printed, re.MULTILINE | re.DOTALL)
        return float(found[1].replace(",", "")) if found else None


def _key(name: str, limit: float, instructions: float | None = None) -> tuple[Bar, ...]:
    """A line of `bench.keys`: its name, milliseconds, millions of instructions."""
    start = rf"^{re.escape(name)}\s+"
    cpu = Bar("keys", f"{name}", limit, "ms", start + NUMBER)
    if instructions is None:
        return (cpu,)
    return cpu, Bar("keys", f"{name}, instructions", instructions, "M", rf"{start}[\d.]+\s+{NUMBER}")


def _refresh(title: str, against: str, what: str, limit: float, of: str = "CPU") -> Bar:
    """A line of `bench.refresh` below its title; contacts are found in all of it."""
    place = rf"ours is {NUMBER} of its CPU" if of == "CPU" else rf"of its CPU, {NUMBER} of its wall"
    return Bar("refresh", what, limit, "×", rf"^{title}$.*?^\s*{against}: [^\n]*{place}")


def _against(articles: int, line: str, what: str, limit: float) -> Bar:
    """The last figure of a line below the head of a size of `bench.against`."""
    return Bar("against", what, limit, "×", rf"^{articles:,} articles.*?^{line} [^\n]*?\s{NUMBER}$")


def _memory(articles: int, limit: float) -> Bar:
    """Our megabytes in the memory line of a size of `bench.against`."""
    place = rf"^{articles:,} articles.*?^memory at the list +[\d,]+ MB +{NUMBER} MB"
    return Bar("against", f"memory at {articles:,} articles", limit, "MB", place)


BARS = (
    Bar("start", "first frame to python -c pass", 1.6, "×"),
    Bar("start", "interactive to a minimal app", 1.10, "×"),
    Bar("start", "interactive, largest to smallest store", 1.05, "×"),
    Bar("start", "idle, CPU a second", 0.1, "ms"),
    Bar("start", "quit, terminal back", 10, "ms"),
    Bar("start", "quit, process gone", 40, "ms"),
    Bar("start", "slow line, lag after release", 0.6, "s"),
    _against(100_000, "start to the list", "start to newsboat's at 100,000", 0.35),
    _against(1_000_000, "start to the list", "start to newsboat's at 1,000,000", 0.035),
    *_key("j in page, held", 4, 8),
    *_key("j scrolling, held", 6, 15),
    *_key("page down, held", 9),
    *_key("End and Home, held", 9),
    *_key("open 20 KB, mark it read", 8),
    *_key("open 200 KB, mark it read", 20),
    *_key("switch category", 8),
    Bar("latency", "key p95, feeds refresh", 1.5, "× idle", rf"while feeds refresh.*?p95 to idle +{NUMBER}"),
    _memory(100_000, 50),
    _memory(1_000_000, 70),
    _refresh("all new", "newsboat", "500 feeds, all new, newsboat as shipped", 0.6),
    _refresh("all new", "newsboat, ANALYZEd", "500 feeds, all new, its best case", 1.2),
    _refresh("all new, every answer [^\n]*", "newsboat", "every answer late, wall", 0.35, of="wall"),
    _refresh("all 304", "newsboat, ANALYZEd", "500 feeds, all 304", 0.5),
    Bar("store", "search, first 50", 15, "ms"),
    Bar("store", "index an article", 1.3, "KB"),
    Bar("store", "page", 0.3, "ms"),
    Bar("store", "article", 0.3, "ms"),
    Bar("store", "counters", 0.3, "ms"),
    Bar("store", "mark, on disk", 1, "ms"),
    Bar("store", "mark during a refresh, p95", 30, "ms"),
    Bar("store", "mark all read in 100,000", 250, "ms"),
    Bar("store", "undo of it", 250, "ms"),
    Bar("store", "import with contacts and index, an article", 1.5, "ms"),
    Bar("store", "store 3,100 entries, 200 new", 110, "ms"),
    *(
        _against(1_000_000, f"search, {word}", f"search to newsboat's at 1,000,000: {word}", 0.006)
        for word in ("common word", "rare word", "absent word", "WeChat ID")
    ),
    _against(1_000_000, "on disk", "on disk to newsboat's at 1,000,000", 0.85),
)
"""In the order of the issue that set them; `contacts` prints its own bars."""


def table(printed: Mapping[str, str], failed: Mapping[str, str]) -> list[str]:
    """The table of bars from what the modules printed; `failed` says why a module printed nothing."""
    lines = [f"{'what':50s}{'measured':>12s}{'bar':>10s}  "]
    for bar in BARS:
        figure = bar.figure(printed.get(bar.part, ""))
        if figure is None:
            measured, verdict = "-", "MISSING: " + failed.get(bar.part, f"bench.{bar.part} did not say")
        else:
            measured, verdict = f"{figure:,.3g}", "met" if figure <= bar.limit else "NOT MET"
        lines.append(f"{bar.what:50s}{measured:>12s}{bar.limit:>10,g}  {bar.unit:7s}{verdict}")
    return lines
