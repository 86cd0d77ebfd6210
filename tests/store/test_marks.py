"""Marks: what they change, and taking each kind of step back, after a restart too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from tests.store.samples import NOW, SPECS, TODAY, article, fill, ids, took_back
from tui.model import ListQuery, Scope, ScopeKind
from tui.store.connection import open_store
from tui.store.lists import article_ids, categories
from tui.store.marks import CHUNK, mark_all_read, mark_favorite, mark_read, undo
from tui.store.steps import STEPS_KEPT

ALL = ListQuery()


def status(db: apsw.Connection) -> list[tuple[int | None, int | None]]:
    return db.execute("SELECT read_at, favorite_at FROM status ORDER BY id").fetchall()  # type: ignore[return-value]


@pytest.fixture
def five(db: apsw.Connection) -> apsw.Connection:
    """Five articles, of which the second is read and a favorite since long ago."""
    fill(db, [article(str(number)) for number in range(5)])
    mark_read(db, [2], True, NOW - 900)
    mark_favorite(db, [2], True, NOW - 800)
    return db


@pytest.mark.parametrize(
    ("step", "label", "count"),
    [
        (lambda db: mark_read(db, [1, 2, 3], True, NOW), "mark_read", 2),
        (lambda db: mark_read(db, [1, 2, 3], False, NOW), "mark_unread", 1),
        (lambda db: mark_favorite(db, [1, 2, 3], True, NOW), "favorite", 2),
        (lambda db: mark_favorite(db, [1, 2, 3], False, NOW), "unfavorite", 1),
        (lambda db: mark_all_read(db, ALL, TODAY, NOW, 99), "mark_all_read", 4),
    ],
)
def test_every_step_can_be_undone_after_a_restart(
    path: Path, five: apsw.Connection, step: Callable[[apsw.Connection], int], label: str, count: int
) -> None:
    before = status(five)
    assert step(five) == count
    assert status(five) != before
    five.close()
    again = open_store(path)
    assert took_back(again) == (label, count)
    assert status(again) == before
    again.close()


def test_a_step_that_changes_nothing_is_no_step(five: apsw.Connection) -> None:
    assert mark_read(five, [2], True, NOW) == 0
    assert mark_read(five, [1], False, NOW) == 0
    assert mark_read(five, [], True, NOW) == 0
    assert mark_read(five, [999], True, NOW) == 0
    assert took_back(five) == ("favorite", 1)


def test_steps_are_undone_one_by_one_from_the_last(five: apsw.Connection) -> None:
    mark_read(five, [1], True, NOW)
    mark_read(five, [1], False, NOW + 1)
    mark_favorite(five, [3], True, NOW + 2)
    labels = []
    while step := undo(five):
        labels.append(step.label)
    assert labels == ["favorite", "mark_unread", "mark_read", "favorite", "mark_read"]
    assert status(five) == [(None, None)] * 5


def test_twenty_steps_are_kept(five: apsw.Connection) -> None:
    for number in range(STEPS_KEPT + 5):
        mark_read(five, [1], number % 2 == 0, NOW)
    for _ in range(STEPS_KEPT):
        assert undo(five) is not None
    assert undo(five) is None


def test_what_comes_with_reading_pushes_out_nothing_else(db: apsw.Connection) -> None:
    fill(db, [article(str(number)) for number in range(2 * STEPS_KEPT)])
    mark_favorite(db, [1], True, NOW)
    for number in range(2 * STEPS_KEPT):
        mark_read(db, [number + 1], True, NOW, opened=True)
    mark_favorite(db, [2], True, NOW)
    told = [step.label for step in iter(lambda: undo(db), None)]
    assert told == ["favorite", *["open"] * STEPS_KEPT, "favorite"]


def test_mark_all_spares_what_came_in_since_and_other_lists(db: apsw.Connection) -> None:
    fill(db, [article("1"), article("2")])
    fill(db, [article("3")], feed=1)
    seen = max(ids(db))
    fill(db, [article("4")])
    women = ListQuery(Scope(ScopeKind.CATEGORY, categories(db, TODAY)[4].scope.id))
    assert mark_all_read(db, women, TODAY, NOW, seen) == 2
    assert list(article_ids(db, ListQuery(unread_only=True), TODAY)) == [4, 3]


def test_marks_of_a_long_list_are_one_step(db: apsw.Connection) -> None:
    fill(db, [article("1")])
    many = range(10, 10 + CHUNK * 2 + 5)
    with db:
        db.executemany("INSERT INTO status (id, key, first_seen) VALUES (?, ?, 0)", [(i, i) for i in many])
        db.executemany(
            """INSERT INTO article
            SELECT ?, feed_id, category_id, 0, published, title, views, kinds,
              0, 0, 0, 0, 0, 0, NULL, NULL, 0, 0
            FROM article WHERE id = 1""",
            [(i,) for i in many],
        )
    assert mark_all_read(db, ALL, TODAY, NOW, max(many)) == len(many) + 1
    assert not article_ids(db, ListQuery(unread_only=True), TODAY)
    assert took_back(db) == ("mark_all_read", len(many) + 1)
    assert len(article_ids(db, ListQuery(unread_only=True), TODAY)) == len(many) + 1
    assert mark_favorite(db, many, True, NOW) == len(many)
    assert took_back(db) == ("favorite", len(many))
    assert undo(db) is None


def test_undo_reaches_an_article_that_left_meanwhile(db: apsw.Connection) -> None:
    fill(db, [article("1")])
    mark_favorite(db, [1], True, NOW)
    db.execute("DELETE FROM article")
    assert took_back(db) == ("favorite", 1)
    fill(db, [article("1")])
    assert ids(db, ScopeKind.FAVORITES) == []


def test_the_mark_and_its_undo_are_one_transaction(path: Path, five: apsw.Connection) -> None:
    before = status(five)
    five.execute("CREATE TRIGGER refuse BEFORE INSERT ON undo_part BEGIN SELECT raise(ABORT, 'no'); END")
    with pytest.raises(apsw.ConstraintError):
        mark_read(five, [1, 3], True, NOW)
    assert status(five) == before
    assert SPECS[0].category in [line.name for line in categories(five, TODAY)]
