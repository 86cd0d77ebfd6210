"""Marks in bulk leave the store as marks by triggers do, and can be taken back as one step."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import cast

import apsw
import pytest

from tests.store.samples import (
    COUNTERS,
    NOW,
    RECOUNT,
    RETALLY,
    SPECS,
    TALLY,
    article,
    fill,
    took_back,
    wechat,
)
from tui.store import bulk
from tui.store.connection import open_store
from tui.store.feeds import sync_feeds
from tui.store.marks import mark_favorite, mark_read, undo
from tui.store.steps import Step

TABLES = ("status", "article", "counter", "tally", "unindexed")


def content(db: apsw.Connection) -> dict[str, list[object]]:
    return {table: list(db.execute(f"SELECT * FROM {table} ORDER BY 1")) for table in TABLES}


def filled(path: Path, seed: int) -> apsw.Connection:
    chance = Random(seed)
    db = open_store(path)
    for feed in range(3):
        fill(db, [
            article(f"{feed}-{number}", contacts=chance.choice([(), (wechat(f"shop_{number}"),)]),
                    category=chance.choice(["", "鞋靴"]))
            for number in range(40)
        ], feed=feed)  # fmt: skip
    mark_favorite(db, chance.sample(range(1, 120), 30), True, NOW)
    mark_read(db, chance.sample(range(1, 120), 20), True, NOW - 5)
    if seed % 2:
        sync_feeds(db, SPECS[:2], NOW)
    db.execute("DELETE FROM article WHERE id = 7")
    return db


@pytest.mark.parametrize("seed", range(6))
def test_the_same_by_triggers_and_in_bulk(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 25)
    one, other = (filled(tmp_path / name / "huoyuan.db", seed) for name in ("one", "other"))
    assert content(one) == content(other)
    wanted = Random(seed).sample(range(1, 130), 90) if seed % 3 else list(range(1, 110))
    before = content(other)
    changed = sum(bulk.mark_read(other, Step.MARK_READ, wanted, NOW))
    known = [number for number in wanted if number != 7]
    assert mark_read(one, known, True, NOW) == changed > 50
    assert content(one) == content(other)
    assert other.execute(COUNTERS).fetchall() == other.execute(RECOUNT).fetchall()
    assert other.execute(TALLY).fetchall() == other.execute(RETALLY).fetchall()
    assert took_back(other) == ("mark_read", changed)
    assert content(other) == before
    one.close()
    other.close()


def test_one_that_was_read_before_keeps_its_time(db: apsw.Connection) -> None:
    fill(db, [article(str(number)) for number in range(60)])
    mark_read(db, [30], True, NOW - 5)
    before = content(db)
    assert sum(bulk.mark_read(db, Step.MARK_READ, range(1, 61), NOW)) == 59
    assert db.execute("SELECT read_at FROM status WHERE id = 30").get == NOW - 5
    assert took_back(db) == ("mark_read", 59)
    assert content(db) == before


@pytest.mark.parametrize("ids", [list(range(1, 61)), list(range(1, 120, 2))])
def test_what_an_older_version_marked_can_be_taken_back(tmp_path: Path, ids: list[int]) -> None:
    db = filled(tmp_path / "huoyuan.db", 1)
    before = content(db)
    changed = sum(bulk.mark_read(db, Step.MARK_READ, ids, NOW))
    marked = [row[0] for row in db.execute("SELECT id FROM status WHERE read_at = ?", (NOW,))]
    db.execute(
        "UPDATE undo_part SET was = ? WHERE label = 'mark_read' AND step = (SELECT max(step) FROM undo_part)",
        (json.dumps(marked),),
    )
    assert took_back(db) == ("mark_read", changed)
    assert content(db) == before
    db.close()


def test_a_run_is_taken_back_around_what_came_to_be_unread_or_went_since(tmp_path: Path) -> None:
    db = filled(tmp_path / "huoyuan.db", 0)
    sum(bulk.mark_read(db, Step.MARK_READ, range(1, 110), NOW))
    mark_read(db, [20, 21], False, NOW)
    db.execute("DELETE FROM undo_part WHERE step = (SELECT max(step) FROM undo_part)")
    db.execute("DELETE FROM article WHERE id = 30")
    undo(db)
    assert db.execute("SELECT count(*) FROM status WHERE read_at = ?", (NOW,)).get == 0
    assert db.execute(COUNTERS).fetchall() == db.execute(RECOUNT).fetchall()
    assert db.execute(TALLY).fetchall() == db.execute(RETALLY).fetchall()
    db.close()


def test_triggers_work_again_after_a_failure(db: apsw.Connection) -> None:
    fill(db, [article(str(number)) for number in range(5)])
    before = content(db)
    with pytest.raises(apsw.ConstraintError):
        list(bulk.mark_read(db, Step.MARK_READ, [1, 2, 3], cast(int, "not a time")))
    assert content(db) == before
    mark_read(db, [4], True, NOW)
    assert db.execute(COUNTERS).fetchall() == db.execute(RECOUNT).fetchall()


@pytest.mark.parametrize(
    ("ids", "runs"),
    [
        ([], []),
        (list(range(10, 90)), [(10, 89)]),
        ([*range(64), *range(100, 164)], [(0, 63), (100, 163)]),
        ([*range(64), 100], [(0, 63), (100, 100)]),
        ([*range(5), *range(6, 65)], [(0, 4), (6, 64)]),
        (list(range(0, 100, 2)), []),
    ],
)
def test_runs(ids: list[int], runs: list[tuple[int, int]]) -> None:
    assert bulk._runs(ids, len(ids) // 8) == runs
