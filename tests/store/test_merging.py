"""The parts of the index are merged as it grows, by small steps and by large ones."""

from __future__ import annotations

import random

import apsw
import pytest

from tests.store.samples import article, fill, index_pending
from tests.store.test_search import find
from tui.store import candidates, indexing


def test_many_small_merges_keep_the_index_whole(db: apsw.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    # a small store would be looked through without its index
    monkeypatch.setattr(candidates, "FEW", 0)
    fill(db, [article(str(number), f"女装{number}号 {number * 7919}") for number in range(400)])
    while index_pending(db, 3):
        pass
    db.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    assert len(find(db, "女装")) == 400
    assert find(db, f"{123 * 7919}") == ["标题123"]
    segments = db.execute("SELECT count(DISTINCT segid) FROM search_idx").get
    assert segments < 16


def test_a_step_is_one_part_of_the_index(db: apsw.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "MERGES", 0)
    fill(db, [article(str(number)) for number in range(50)])
    index_pending(db)
    index_pending(db)
    assert db.execute("SELECT count(DISTINCT segid) FROM search_idx").get == 2


def test_merging_keeps_up_with_large_steps(db: apsw.Connection) -> None:
    chance = random.Random(3)

    def text() -> str:
        return "".join(chr(0x4E00 + chance.randrange(3000)) for _ in range(700))

    fill(db, [article(str(number), text()) for number in range(1000)])
    while index_pending(db, 250):
        pass
    before = db.total_changes()
    db.execute("INSERT INTO search (search, rank) VALUES ('merge', 40)")
    assert db.total_changes() - before < 2
