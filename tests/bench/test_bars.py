"""The table of bars reads each figure where its module prints it, and hides none that is missing."""

from __future__ import annotations

import pytest

from bench.against import Result, report
from bench.bars import BARS, Bar, table
from bench.steps import STEPS, Cost, Session

KEYS = """
                                     ms CPU  M instr  bar
j in page, held                         3.3      6.5  4 ms, 8 M
open 20 KB, mark it read                9.9      nan  8 ms
"""
REFRESH = """500 feeds of 50 entries, seed 1, median of 5
all new
  huoyuan: CPU 9.10 s (with the index 30.00), wall 10.00 s, 90 MB
  newsboat: CPU 20.00 s, wall 30.00 s, 50 MB; ours is 0.45 of its CPU, 0.33 of its wall
  newsboat, ANALYZEd: CPU 9.00 s, wall 12.00 s, 50 MB; ours is 1.01 of its CPU, 0.83 of its wall
all new, every answer 200 ms late
  huoyuan: CPU 9.10 s, wall 10.00 s, 90 MB
  newsboat: CPU 20.00 s, wall 31.00 s, 50 MB; ours is 0.46 of its CPU, 0.32 of its wall
all 304
  newsboat, ANALYZEd: CPU 2.00 s, wall 3.00 s, 50 MB; ours is 0.44 of its CPU, 0.83 of its wall
"""
STORE = """
first page (dearest: all True newest)                          0.050 ms        <= 0.3
last page (dearest: feed True newest)                          0.310 ms        <= 0.3
article                                                        0.050 ms        <= 0.3
first hits, words of 1, median                                 0.100 ms        <= 15; dearest 0.4 货
first hits, words of 7, median                                 0.200 ms        <= 15; dearest 12.1 1688货
recall against a scan                                          1.000           exactly 1
mark 100000 read                                             241.500 ms        <= 250 for 100,000
save an article                                                0.500 ms
index an article                                               0.750 ms        <= 0.8
"""


def bar(what: str) -> Bar:
    return next(bar for bar in BARS if bar.what == what)


@pytest.mark.parametrize(
    ("what", "printed", "figure"),
    [
        ("j in page, held", KEYS, 3.3),
        ("j in page, held, instructions", KEYS, 6.5),
        ("open 20 KB, mark it read", KEYS, 9.9),
        ("switch category", KEYS, None),
        ("500 feeds, all new, newsboat as shipped", REFRESH, 0.45),
        ("500 feeds, all new, its best case", REFRESH, 1.01),
        ("every answer late, wall", REFRESH, 0.32),
        ("500 feeds, all 304", REFRESH, 0.44),
        ("quit, terminal back", "first frame 1\nquit, terminal back: 2.5 ms", 2.5),
        ("mark all read in 100,000", STORE, 241.5),
        ("search, first 50, dearest word", STORE, 12.1),
        ("search, recall against a scan", STORE, 1.0),
        ("page, dearest list", STORE, 0.31),
        ("article", STORE, 0.05),
        ("import with contacts and index, an article", STORE, 1.25),
    ],
)
def test_figure_is_read_where_its_module_prints_it(what: str, printed: str, figure: float | None) -> None:
    assert bar(what).figure(printed) == figure


def test_figures_are_read_from_our_own_report() -> None:
    def session(cpu: float, peak: int) -> Session:
        return Session(dict.fromkeys(STEPS, Cost(cpu, 2 * cpu)), peak * 2**20, peak * 2**21)

    results = [
        Result(articles, (session(theirs, 100),), (session(0.3, 45),), None, 4000, 3000)
        for articles, theirs in ((100_000, 1.2), (1_000_000, 12.0))
    ]
    printed = "\n".join(line for result in results for line in report(result))
    assert bar("start to newsboat's at 100,000").figure(printed) == 0.25
    assert bar("start to newsboat's at 1,000,000").figure(printed) == 0.025
    assert bar("memory at 1,000,000 articles").figure(printed) == 45
    assert bar("search to newsboat's at 1,000,000: rare word").figure(printed) == 0.025
    assert bar("on disk to newsboat's at 1,000,000").figure(printed) == 0.75


def test_some_figures_must_not_be_less() -> None:
    assert bar("search, recall against a scan").met(1.0)
    assert not bar("search, recall against a scan").met(0.999)


def test_a_missing_part_is_said_and_a_missed_bar_too() -> None:
    lines = table({"keys": KEYS}, {"store": "there is no bench.store"})
    by_name = {
        what: next(line for line in lines if line.startswith(what)) for what in (bar.what for bar in BARS)
    }
    assert by_name["j in page, held"].endswith("met")
    assert by_name["open 20 KB, mark it read"].endswith("NOT MET")
    assert "MISSING: there is no bench.store" in by_name["undo of it"]
    assert "MISSING: bench.keys did not say" in by_name["switch category"]
