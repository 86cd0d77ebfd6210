"""Power cuts amid marking and refreshing: what was acknowledged is there, and the file is whole."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from tests.store.cuts import Figures, cut_often

CUTS = 40
"""Of each kind."""

FEW = 24
"""Of those that must do harm: none in so many would be a disk that forgets nothing."""

OFTEN = 12
"""Pages after which the log is brought in: a dozen times between two cuts, and begun anew as often."""


@pytest.mark.parametrize(
    ("checkpoint", "sync"),
    [
        pytest.param(1000, apsw.SQLITE_SYNC_NORMAL, id="in use"),
        pytest.param(OFTEN, apsw.SQLITE_SYNC_NORMAL, id="log begun anew all the time"),
        pytest.param(OFTEN, apsw.SQLITE_SYNC_FULL, id="drive with a memory of its own"),
    ],
)
def test_no_acknowledged_mark_is_lost(tmp_path: Path, checkpoint: int, sync: int) -> None:
    figures = cut_often(tmp_path, CUTS, seed=5, checkpoint=checkpoint, sync=sync)
    assert figures == Figures(CUTS, figures.acknowledged)
    assert figures.acknowledged > CUTS // 8


def test_marks_that_do_not_wait_for_the_disk_are_lost(tmp_path: Path) -> None:
    assert cut_often(tmp_path, FEW, seed=5, marks="normal").lost


def test_a_log_that_is_not_synced_before_it_is_brought_in_tears_the_file(tmp_path: Path) -> None:
    assert cut_often(tmp_path, FEW, seed=5, checkpoint=OFTEN, marks="off", behind="off").faults
