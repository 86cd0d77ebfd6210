"""Splitting, joining, standings and notes: each undoable, and contacts taken apart stay apart."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import apsw
import pytest

from tests.store.samples import NOW, article, fill, took_back
from tests.store.test_book import block, contact, merchants, told
from tui.merchants import BookQuery, Standing
from tui.model import Contact, Kind, Source
from tui.store import book
from tui.store.marks import undo
from tui.store.steps import STEPS_KEPT


def snapshot(db: apsw.Connection) -> object:
    """All that the user sees of the book."""
    return sorted(book.entries(db, BookQuery()), key=lambda entry: entry.id), db.execute(
        "SELECT * FROM apart ORDER BY contact_id, other_id"
    ).fetchall()


def contact_id(db: apsw.Connection, value: str) -> int:
    found: int = db.execute("SELECT id FROM contact WHERE value = ?", (value,)).get
    return found


@pytest.fixture
def two(db: apsw.Connection) -> apsw.Connection:
    """Two merchants, the first of two contacts."""
    told(db, 1, block("wx_1", "13864027195", "陈小姐"))
    told(db, 2, block("wx_2", "", "李先生"))
    book.set_standing(db, 1, Standing.ADDED, NOW)
    book.set_note(db, 2, "在白沟", NOW)
    return db


@pytest.mark.parametrize(
    ("step", "label"),
    [
        (lambda db: book.set_standing(db, 1, Standing.BLOCKED, NOW), "set_standing"),
        (lambda db: book.set_note(db, 2, "", NOW), "set_note"),
        (lambda db: book.split(db, contact_id(db, "13864027195"), NOW), "split"),
        (lambda db: book.split(db, contact_id(db, "wx_1"), NOW), "split"),
        (lambda db: book.join(db, 2, 1, NOW), "join"),
    ],
)
def test_every_step_can_be_undone(
    two: apsw.Connection, step: Callable[[apsw.Connection], None], label: str
) -> None:
    before = merchants(two)
    seen = snapshot(two) if label != "split" else None
    step(two)
    changed = merchants(two) != before or label.startswith("set")
    assert changed
    undone = undo(two)
    assert undone is not None
    assert undone.label == label
    assert undone.count > 0
    assert merchants(two) == before
    assert seen is None or snapshot(two) == seen
    assert two.execute("SELECT (SELECT count(*) FROM apart) + (SELECT count(*) FROM together)").get == 0


@pytest.mark.parametrize(
    "step",
    [
        lambda db: book.set_standing(db, 1, Standing.ADDED, NOW),
        lambda db: book.set_standing(db, 99, Standing.ADDED, NOW),
        lambda db: book.set_note(db, 2, "在白沟", NOW),
        lambda db: book.split(db, contact_id(db, "wx_2"), NOW),
        lambda db: book.split(db, 99, NOW),
        lambda db: book.join(db, 1, 1, NOW),
        lambda db: book.join(db, 1, 99, NOW),
    ],
)
def test_what_changes_nothing_is_no_step(
    two: apsw.Connection, step: Callable[[apsw.Connection], None]
) -> None:
    before = snapshot(two)
    step(two)
    assert snapshot(two) == before
    assert took_back(two) == ("set_note", 1)


def test_what_was_split_stays_so(two: apsw.Connection) -> None:
    book.split(two, contact_id(two, "13864027195"), NOW)
    apart = {frozenset({"wx_1"}), frozenset({"wx_2"}), frozenset({"13864027195"})}
    assert merchants(two) == apart
    told(two, 5, block("wx_1", "13864027195"))
    assert merchants(two) == apart
    told(two, 6, block("wx_2", "13864027195"))
    told(two, 7, block("wx_1", "", "张三"))
    told(two, 8, [contact(Kind.QQ, "2840517396"), *block("wx_1")])
    told(two, 9, [contact(Kind.QQ, "2840517396"), *block("wx_2")])
    assert merchants(two) == {frozenset({"wx_1", "2840517396"}), frozenset({"wx_2", "13864027195"})}
    assert [entry.standing for entry in book.entries(two, BookQuery())] == [Standing.ADDED] * 2


def test_a_join_by_hand_overrules_a_split(two: apsw.Connection) -> None:
    book.split(two, contact_id(two, "13864027195"), NOW)
    book.join(two, 1, 3, NOW)
    assert frozenset({"wx_1", "13864027195"}) in merchants(two)
    assert two.execute("SELECT count(*) FROM apart").get == 0
    undo(two)
    told(two, 5, block("wx_1", "13864027195"))
    assert frozenset({"wx_1"}) in merchants(two)


def test_a_split_is_not_undone_across_another(two: apsw.Connection) -> None:
    book.split(two, contact_id(two, "13864027195"), NOW)
    told(two, 5, [contact(Kind.QQ, "2840517396"), *block("wx_1")])
    book.split(two, contact_id(two, "2840517396"), NOW)
    # what the two splits took from one merchant a refresh may well make one
    told(two, 6, [contact(Kind.QQ, "2840517396"), contact(Kind.MOBILE, "13864027195")])
    before = merchants(two)
    assert frozenset({"2840517396", "13864027195"}) in before
    assert took_back(two) == ("split", 0)
    assert merchants(two) == before


def test_undo_finds_a_merchant_that_a_refresh_joined_to_another(two: apsw.Connection) -> None:
    book.set_standing(two, 2, Standing.BLOCKED, NOW)
    told(two, 5, block("wx_1", "") + block("wx_2"))
    (entry,) = book.entries(two, BookQuery())
    assert entry.standing is Standing.BLOCKED
    assert took_back(two) == ("set_standing", 1)
    (entry,) = book.entries(two, BookQuery())
    assert entry.standing is Standing.NEW


def test_twenty_steps_are_kept_of_marks_and_book_together(two: apsw.Connection) -> None:
    for number in range(STEPS_KEPT + 5):
        book.set_note(two, 1, str(number), NOW)
    assert [undo(two) is not None for _ in range(STEPS_KEPT + 1)] == [True] * STEPS_KEPT + [False]


class Owner:
    """Somebody whose feeds and hands do everything to the book at random."""

    def __init__(self, db: apsw.Connection, seed: int) -> None:
        self.db = db
        self.random = Random(seed)

    def act(self) -> None:
        acts = [self.refresh] * 5 + [self.split, self.split, self.join, self.undo, self.judge, self.drop]
        self.random.choice(acts)()

    def contact(self) -> Contact:
        kind = self.random.choice([Kind.WECHAT, Kind.QQ, Kind.MOBILE, Kind.PERSON, Kind.EMAIL])
        source = self.random.choice([Source.BLOCK, Source.BODY, Source.BODY, Source.FEED])
        start = self.random.choice([0, 5])
        return contact(
            kind, str(self.random.randrange(12)), source, start, start + self.random.choice([0, 4])
        )

    def refresh(self) -> None:
        contacts = tuple(self.contact() for _ in range(self.random.randrange(4)))
        uid, text = str(self.random.randrange(25)), self.random.choice(["甲", "乙"])
        fill(self.db, [article(uid, text, contacts=contacts)])

    def split(self) -> None:
        book.split(self.db, self.random.randrange(40), NOW)

    def join(self) -> None:
        book.join(self.db, self.random.randrange(1, 15), self.random.randrange(1, 15), NOW)

    def undo(self) -> None:
        undo(self.db)

    def judge(self) -> None:
        book.set_standing(self.db, self.random.randrange(1, 15), self.random.choice(list(Standing)), NOW)

    def drop(self) -> None:
        self.db.execute("DELETE FROM article WHERE id = ?", (self.random.randrange(25),))


BROKEN = {
    "contacts and merchants that lack one another": """
      SELECT count(*) FROM contact FULL JOIN merchant ON merchant.id = merchant_id
      WHERE (merchant.id IS NULL) <> (kind IS 'person') OR contact.id IS NULL""",
    "contacts that were taken apart and are together": """
      SELECT count(*) FROM apart JOIN contact AS one ON one.id = contact_id
      JOIN contact AS other ON other.id = other_id WHERE one.merchant_id = other.merchant_id""",
    "merchants with wrong figures": """
      SELECT count(*) FROM merchant WHERE articles <> (
        SELECT count(DISTINCT article_id) FROM contact JOIN article_contact ON contact_id = contact.id
        WHERE merchant_id = merchant.id)
      OR (first_seen, last_seen) <> (
        SELECT min(first_seen), max(last_seen) FROM contact WHERE merchant_id = merchant.id)""",
    "contacts of a block that are strangers though nobody took anything apart": """
      SELECT count(*) FROM article_contact AS a JOIN article_contact AS b USING (article_id)
      JOIN contact AS one ON one.id = a.contact_id JOIN contact AS other ON other.id = b.contact_id
      WHERE a.source IN ('feed', 'block') AND b.source IN ('feed', 'block')
      AND one.merchant_id <> other.merchant_id AND NOT EXISTS (
        SELECT 1 FROM contact AS mine JOIN apart ON apart.contact_id = mine.id
        JOIN contact AS theirs ON theirs.id = other_id
        WHERE mine.merchant_id = one.merchant_id)""",
}


@pytest.mark.parametrize("seed", range(6))
def test_the_book_stays_whole(db: apsw.Connection, seed: int) -> None:
    owner = Owner(db, seed)
    for _ in range(250):
        owner.act()
        for what in list(BROKEN)[:3]:
            assert db.execute(BROKEN[what]).get == 0, what
    assert db.pragma("foreign_key_check") is None


@pytest.mark.parametrize("seed", range(3))
def test_blocks_are_one_merchant_where_nothing_was_taken_apart(db: apsw.Connection, seed: int) -> None:
    owner = Owner(db, seed)
    for _ in range(150):
        owner.refresh()
    for what, query in BROKEN.items():
        assert db.execute(query).get == 0, what
