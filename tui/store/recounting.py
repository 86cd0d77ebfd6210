"""What follows from other rows, compared with what it should be and worked out anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import apsw

from tui.store.guard import checked, transaction

_COUNTED = """SELECT feed_id, category_id, sum(NOT away) AS total, sum(NOT away AND read = 0) AS unread,
    sum(NOT away AND reachable) AS reachable, sum(NOT away AND reachable AND read = 0) AS reachable_unread,
    sum(NOT away AND favorite) AS favorite, sum(NOT away AND favorite AND read = 0) AS favorite_unread,
    sum(away) AS away, sum(away AND read = 0) AS away_unread
  FROM article GROUP BY feed_id, category_id"""

_TALLIED = """SELECT category_id, sum(total), sum(unread), sum(reachable), sum(reachable_unread),
    sum(away), sum(away_unread)
  FROM listed_counter GROUP BY category_id"""

_MARKS_DIFFER = """SELECT id FROM article JOIN status USING (id)
  WHERE (read, favorite, away) <> (read_at IS NOT NULL, favorite_at IS NOT NULL, hidden_at IS NOT NULL)"""


@contextmanager
def resting_triggers(db: apsw.Connection) -> Iterator[None]:
    """Let the triggers rest: what they would do is worked out afterwards."""
    db.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
    try:
        yield
    finally:
        db.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 1)


@checked
def wrong_counts(db: apsw.Connection) -> int:
    """How many figures of the lists, and marks in them, are not what they should be."""
    with _snapshot(db):
        counters: int = db.execute(
            f"""SELECT count(*) FROM (
              SELECT * FROM (SELECT * FROM counter WHERE total <> 0 OR away <> 0
                EXCEPT SELECT * FROM ({_COUNTED}))
              UNION ALL SELECT * FROM ({_COUNTED}
                EXCEPT SELECT * FROM counter))"""  # noqa: S608
        ).get
        tallies: int = db.execute(
            f"""SELECT count(*) FROM ({_TALLIED} EXCEPT SELECT * FROM tally)"""  # noqa: S608
        ).get
        marks: int = db.execute(f"SELECT count(*) FROM ({_MARKS_DIFFER})").get  # noqa: S608
    return counters + tallies + marks


@contextmanager
def _snapshot(db: apsw.Connection) -> Iterator[None]:
    """Read one state of the store in several statements, while others write."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("ROLLBACK")


@checked
def recount(db: apsw.Connection) -> None:
    """Make the figures of lists and merchants what the rows say, and a mark in a list or a status both.

    The two differ only by damage, and a mark too many is the lesser loss. Damage may as well be in an index,
    by which would be counted: they are made anew first.
    """
    with resting_triggers(db), transaction(db):
        db.execute("REINDEX")
        recount_within(db)


def recount_within(db: apsw.Connection) -> None:
    """As `recount`, in a transaction that is open already and whose triggers rest."""
    heal_marks(db)
    show_marks(db)
    db.execute(
        f"""DELETE FROM counter;
        INSERT INTO counter {_COUNTED};
        DELETE FROM tally;
        INSERT INTO tally {_TALLIED};"""  # noqa: S608
    )
    db.execute(
        """UPDATE merchant SET articles = counted.n FROM (
          SELECT merchant.id, count(DISTINCT article_id) AS n FROM merchant
          LEFT JOIN contact ON contact.merchant_id = merchant.id
          LEFT JOIN article_contact ON contact_id = contact.id GROUP BY merchant.id) AS counted
        WHERE counted.id = merchant.id AND articles <> counted.n"""
    )


def heal_marks(db: apsw.Connection) -> None:
    """Mark articles that the lists show as marked."""
    db.execute(
        f"""UPDATE status SET read_at = iif(article.read, coalesce(read_at, first_seen), read_at),
          favorite_at = iif(article.favorite, coalesce(favorite_at, first_seen), favorite_at),
          hidden_at = iif(article.away, coalesce(hidden_at, first_seen), hidden_at)
        FROM article WHERE article.id = status.id AND status.id IN ({_MARKS_DIFFER})"""  # noqa: S608
    )


def show_marks(db: apsw.Connection) -> None:
    """Have the lists show the marks that articles have."""
    db.execute(
        f"""UPDATE article SET (read, favorite, away) =
          (SELECT read_at IS NOT NULL, favorite_at IS NOT NULL, hidden_at IS NOT NULL FROM status
            WHERE status.id = article.id)
        WHERE id IN ({_MARKS_DIFFER})"""  # noqa: S608
    )


@checked
def wrong_index(db: apsw.Connection) -> int:
    """How many articles are neither in the search index nor waiting for it; of deleted ones, how many are.

    What the index says of an article cannot be read back, only that it has it.
    """
    missing: int = db.execute(
        """SELECT count(*) FROM article WHERE id NOT IN (SELECT rowid FROM search_docsize)
          AND id NOT IN (SELECT id FROM unindexed)"""
    ).get
    left: int = db.execute("SELECT count(*) FROM search_docsize WHERE id NOT IN (SELECT id FROM article)").get
    return missing + left


@checked
def index_anew(db: apsw.Connection) -> None:
    """Empty the search index and have every article wait for it: the next refreshes bring it back."""
    with transaction(db):
        empty_index_within(db)


def empty_index_within(db: apsw.Connection) -> None:
    """As `index_anew`, in a transaction that is open already."""
    db.execute(
        """INSERT INTO search (search) VALUES ('delete-all');
        DELETE FROM stretch;
        DELETE FROM sample;
        DELETE FROM meta WHERE name = 'merged';
        INSERT OR IGNORE INTO unindexed (id) SELECT id FROM article"""
    )
