"""One command for all parts: what is missing is said, stores are made once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import FULL, QUICK, filled
from bench.bars import BARS
from bench.stores import store


def test_every_part_that_has_a_bar_is_run() -> None:
    assert {bar.part for bar in BARS} <= set(FULL) == set(QUICK)


def test_parts_that_are_not_run_are_said_in_the_table(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench", "--quick", "--only", "contacts", "--stores", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "short texts" in done.stdout
    assert "MISSING: not run" in done.stdout.partition("== bars")[2]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("arguments", [("against",), ("refresh",), ("newsboat", "store", "folder")])
def test_a_part_that_needs_newsboat_says_so(arguments: tuple[str, ...], tmp_path: Path) -> None:
    part, *rest = arguments
    command = [sys.executable, "-m", f"bench.{part}", *rest]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PATH": str(tmp_path)}
    )
    assert done.returncode == 1
    assert done.stderr == "newsboat is not installed (apt-get install newsboat)\n"


def test_a_store_is_made_once_and_whole(tmp_path: Path) -> None:
    folder = Path(filled("{store:30}", tmp_path, 4))
    assert filled("{stores}/x", tmp_path, 4) == f"{tmp_path}/x"
    written = (folder / "huoyuan.db").stat().st_mtime_ns
    assert store(tmp_path, 30, 4) == folder
    assert (folder / "huoyuan.db").stat().st_mtime_ns == written
    assert [path.name for path in tmp_path.iterdir()] == ["30-4"]
