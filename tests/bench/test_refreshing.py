"""What a refresh takes of the store is measured on entries that the store does know."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bench import refreshing
from tui.store.connection import open_store


def test_entries_but_the_new_ones_are_known_each_time(made: Path, tmp_path: Path) -> None:
    database = Path(shutil.copy(made, tmp_path / "huoyuan.db"))
    db = open_store(database)
    before: int = db.execute("SELECT count(*) FROM article").get
    assert refreshing.known_entries(database, 0) > 0
    new = refreshing.FEEDS * refreshing.NEW * refreshing.ROUNDS
    assert db.execute("SELECT count(*) FROM article").get == before + new
    known: int = db.execute("SELECT count(*) FROM origin").get
    assert known >= new + 500
    db.close()


def test_marks_meanwhile_are_on_disk_and_the_refresh_has_stored_all(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "SERVED_FEEDS", 5)
    database = Path(shutil.copy(made, tmp_path / "huoyuan.db"))
    taken = refreshing.marks_meanwhile(database, 4)
    db = open_store(database)
    assert db.execute("SELECT count(*) FROM status WHERE read_at IS NOT NULL").get == len(taken) > 0
    assert db.execute("SELECT count(*) FROM article WHERE feed_id > 100").get == 5 * 50
    db.close()


def test_a_percentile() -> None:
    assert refreshing.percentile([float(n) for n in range(100, 0, -1)], 0.95) == 96
