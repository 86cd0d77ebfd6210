"""The parts of the index are merged as it grows, by small steps and by large ones."""

from __future__ import annotations

import random

import apsw
import pytest

from tests.store.samples import article, fill, index_pending
from tests.store.test_search import find
from tui.store import candidates, segments
from tui.store.indexing import Indexer
from tui.store.recounting import index_anew


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
    monkeypatch.setattr(segments, "MERGES", 0)
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


def segment_count(db: apsw.Connection) -> int:
    """In how many segments the index is."""
    count: int = db.execute("SELECT count(DISTINCT segid) FROM search_idx").get
    return count


def indexed(db: apsw.Connection, monkeypatch: pytest.MonkeyPatch, *numbers: int) -> Indexer:
    """Articles in the index, a segment each three."""
    chance = random.Random(numbers[0])

    def text(number: int) -> str:
        letters = "".join(map(chr, chance.choices(range(0x4E00, 0x5E00), k=300)))
        return f"女装{number}号 {number * 7919} {letters}"

    fill(db, [article(str(number), text(number)) for number in numbers])
    indexer = Indexer(db)
    with monkeypatch.context() as patch:
        patch.setattr(segments, "MERGES", 0)
        while indexer.step(3):
            pass
    return indexer


def made_one(indexer: Indexer) -> None:
    """Tidied up until nothing is left to do."""
    while indexer.tidy(least=1):
        pass


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many steps as can be, and no search without the index."""
    monkeypatch.setattr(candidates, "FEW", 0)
    monkeypatch.setattr(segments, "TIDY_PAGES", 1)


@pytest.mark.usefixtures("small_steps")
def test_an_index_that_has_grown_is_made_one(db: apsw.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    indexer = indexed(db, monkeypatch, *range(200))
    assert segment_count(db) > 60
    steps = 1
    while indexer.tidy(least=1):
        steps += 1
        assert len(find(db, "女装")) == 200, "also amid it"
    assert steps > 3
    assert segment_count(db) == 1
    assert find(db, f"{123 * 7919}") == ["标题123"]
    assert not indexer.tidy(least=1)
    db.execute("INSERT INTO search (search) VALUES ('integrity-check')")


def test_an_index_that_has_hardly_grown_is_left(db: apsw.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    indexer = indexed(db, monkeypatch, *range(100))
    made_one(indexer)
    indexed(db, monkeypatch, *range(100, 124))
    before = segment_count(db)
    assert before > 1
    assert not indexer.tidy(least=1)
    assert segment_count(db) == before
    indexed(db, monkeypatch, 124)
    assert not indexer.tidy(), "so few are never worth it"
    made_one(indexer)
    assert segment_count(db) == 1


@pytest.mark.usefixtures("small_steps")
def test_what_comes_and_goes_amid_it_is_merged_too(
    db: apsw.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert indexed(db, monkeypatch, *range(150)).tidy(least=1)
    fill(db, [article("7", "现在是童装")])
    # another one goes on, as after a crash
    indexer = indexed(db, monkeypatch, *range(150, 160))
    made_one(indexer)
    assert segment_count(db) == 1
    assert find(db, "童装") == ["标题7"]
    assert len(find(db, "女装")) == 159


def test_an_emptied_index_is_made_one_anew(db: apsw.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    made_one(indexed(db, monkeypatch, *range(100)))
    index_anew(db)
    indexer = indexed(db, monkeypatch, 100)
    assert segment_count(db) > 1
    made_one(indexer)
    assert segment_count(db) == 1
