"""The bars that the reader must keep, and where in the measurements' output each figure stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

NUMBER = r"([\d,]*\.?\d+)"


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that is to be at most `limit`, or with `least` no less: it is printed by the module `part`.

    Its line begins with `what` and tells the figure next, unless `pattern` says where it stands. Of several
    that it finds the largest counts, with `summed` their sum.
    """

    part: str
    what: str
    limit: float
    unit: str = ""
    pattern: str = ""
    least: bool = False
    summed: bool = False

    def figure(self, printed: str) -> float | None:
        """The figure in what the module printed; None where it does not tell it."""
        pattern = self.pattern or rf"^\s*{re.escape(self.what)}[: ]+{NUMBER}"
        found = re.findall(pattern, printed, re.MULTILINE | re.DOTALL)
        figures = [float(figure.replace(",", "")) for figure in found]
        return (sum(figures) if self.summed else max(figures)) if figures else None

    def met(self, figure: float) -> bool:
        """Whether a figure keeps the bar."""
        return figure >= self.limit if self.least else figure <= self.limit


def _store(line: str, what: str, limit: float, unit: str = "ms", **how: bool) -> Bar:
    """A line of `bench.store`, of which the pattern `line` tells the beginning."""
    return Bar("store", what, limit, unit, rf"^{line}\s+{NUMBER}", **how)


def _key(name: str, limit: float, instructions: float | None = None) -> tuple[Bar, ...]:
    """A line of `bench.keys`: its name, milliseconds, millions of instructions."""
    start = rf"^{re.escape(name)}\s+"
    cpu = Bar("keys", f"{name}", limit, "ms", start + NUMBER)
    if instructions is None:
        return (cpu,)
    return cpu, Bar("keys", f"{name}, instructions", instructions, "M", rf"{start}[\d.]+\s+{NUMBER}")


def _refresh(title: str, against: str, what: str, limit: float, of: str = "CPU") -> Bar:
    """A line of `bench.refresh` below its title, of 500 feeds alone; contacts are found but in `bare`."""
    place = {
        "CPU": rf"ours is {NUMBER} of its CPU",
        "bare": rf"without contacts {NUMBER} of its CPU",
        "wall": rf"of its CPU, {NUMBER} of its wall",
    }[of]
    return Bar(
        "refresh", what, limit, "×", rf"^500 feeds of 50 entries.*?^{title}$.*?^\s*{against}: [^\n]*{place}"
    )


def _against(articles: int, line: str, what: str, limit: float) -> Bar:
    """The last figure of a line below the head of a size of `bench.against`."""
    return Bar("against", what, limit, "×", rf"^{articles:,} articles.*?^{line} [^\n]*?\s{NUMBER}$")


def _memory(articles: int, limit: float) -> Bar:
    """Our megabytes at most, searches and all, in a size of `bench.against`."""
    place = rf"^{articles:,} articles.*?^memory at most +[\d,]+ MB +{NUMBER} MB"
    return Bar("against", f"memory at {articles:,} articles", limit, "MB", place)


BARS = (
    Bar("start", "first frame to python -c pass", 1.6, "×"),
    Bar("start", "interactive to a minimal app", 1.10, "×"),
    Bar("start", "interactive, largest to smallest store", 1.05, "×"),
    Bar("start", "idle, CPU a second", 0.1, "ms"),
    Bar("start", "idle, wake-ups a second", 0),
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
    _refresh("all new", "newsboat", "500 feeds, no contacts, newsboat as shipped", 0.35, of="bare"),
    _refresh("all new", "newsboat, ANALYZEd", "500 feeds, no contacts, its best case", 0.7, of="bare"),
    _refresh("all new", "newsboat", "500 feeds, all new, newsboat as shipped", 0.6),
    _refresh("all new", "newsboat, ANALYZEd", "500 feeds, all new, its best case", 1.2),
    _refresh("all new, every answer [^\n]*", "newsboat", "every answer late, wall", 0.35, of="wall"),
    _refresh("all 304", "newsboat, ANALYZEd", "500 feeds, all 304", 0.5),
    Bar("store", "search, first 50, dearest word", 15, "ms", rf"^first hits, [^\n]*dearest {NUMBER}"),
    _store("recall against a scan", "search, recall against a scan", 1, "", least=True),
    _store("precision", "search, precision", 1, "", least=True),
    _store("of which the search index", "search index, an article", 1_300, "bytes"),
    _store(r"(?:first page|last page|page beside)[^\n]*?\)", "page, dearest list", 0.3),
    _store("64 rows", "rows of a page", 0.3),
    _store("article", "article", 0.3),
    _store("figures of all categories", "counters", 0.3),
    _store("a mark on disk, wall", "mark, on disk", 1),
    _store("mark during a refresh, p95", "mark during a refresh, p95", 30),
    _store("mark 100000 read", "mark all read in 100,000", 250),
    _store("undo 100000 marks", "undo of it", 250),
    _store("index an article", "index an article", 0.8),
    _store("(?:save|index) an article", "import with contacts and index, an article", 1.5, summed=True),
    _store("store 3,100 entries, 200 new", "store 3,100 entries, 200 new", 110),
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
            measured, verdict = f"{figure:,.4g}", "met" if bar.met(figure) else "NOT MET"
        lines.append(f"{bar.what:50s}{measured:>12s}{bar.limit:>10,g}  {bar.unit:7s}{verdict}")
    return lines
