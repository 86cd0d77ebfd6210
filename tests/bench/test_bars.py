"""The table of bars reads each figure where its module prints it, and hides none that is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import start
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
  newsboat: CPU 20.00 s, wall 30.00 s, 50 MB; ours is 0.45 of its CPU, 0.33 of its wall, \
without contacts 0.31 of its CPU
  newsboat, ANALYZEd: CPU 9.00 s, wall 12.00 s, 50 MB; ours is 1.01 of its CPU, 0.83 of its wall, \
without contacts 0.66 of its CPU
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
undo 100000 marks                                            197.000 ms        <= 250 for 100,000
index an article                                               0.750 ms        <= 0.8
store 3,100 entries, 200 new                                  82.081 ms        <= 110 at 1,000,000
mark during a refresh, p95                                    12.848 ms        <= 30
the same, median of 746                                        3.848 ms
"""
START = """
/tmp/1000-1
first frame to python -c pass:           1.19 (14 / 13 ms CPU)   bar 1.6
interactive to a minimal app:            1.04 (282 / 277 ms CPU)   bar 1.1
idle, CPU a second:                      0.001 ms   bar 0.1
quit, terminal back:                     2.1 ms   bar 10
quit, process gone:                     11.9 ms (9.0 ms CPU)   bar 40
slow line, lag after release:            0.21 s (60 KB/s, j held 2 s)   bar 0.6
/tmp/1000000-1
first frame to python -c pass:           1.14 (18 / 14 ms CPU)   bar 1.6
interactive to a minimal app:            1.05 (270 / 281 ms CPU)   bar 1.1
interactive, largest to smallest store:  1.01   bar 1.05
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
        ("undo of it", STORE, 197.0),
        ("undo of it", STORE.replace("100000", "10001"), None),
        ("500 feeds, all 304", REFRESH.replace("500 feeds", "50 feeds"), None),
        ("mark during a refresh, p95", STORE, 12.848),
        ("store 3,100 entries, 200 new", STORE, 82.081),
        ("500 feeds, no contacts, newsboat as shipped", REFRESH, 0.31),
        ("500 feeds, no contacts, its best case", REFRESH, 0.66),
        ("first frame to python -c pass", START, 1.19),
        ("interactive to a minimal app", START, 1.05),
        ("interactive, largest to smallest store", START, 1.01),
        ("idle, CPU a second", START, 0.001),
        ("quit, terminal back", START, 2.1),
        ("quit, process gone", START, 11.9),
        ("slow line, lag after release", START, 0.21),
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
    assert bar("memory at 1,000,000 articles").figure(printed) == 90
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


def test_the_start_prints_its_figures_by_the_words_of_their_bars(capsys: pytest.CaptureFixture[str]) -> None:
    start.ratio("interactive to a minimal app", [2.0, 3.0, 9.0], [2.0, 2.0, 3.0], 1.1)
    start.say("quit, process gone", f"{11.94:6.1f} ms (9.0 ms CPU)", "40")
    printed = capsys.readouterr().out
    assert bar("interactive to a minimal app").figure(printed) == 1.5
    assert bar("quit, process gone").figure(printed) == 11.9
    for name in ("first frame to python -c pass", "idle, CPU a second", "idle, wake-ups a second"):
        assert name in Path(start.__file__).read_text("utf-8")
