"""Puts what a backup holds into a store, whatever its ids are there: things are known by what they are.

Articles are known by their key, feeds by URL, categories by name, contacts by kind and value, and a
merchant by its contacts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from tui.merchants import Standing
from tui.store.backup_state import FORGOTTEN
from tui.store.guard import transaction
from tui.store.joining import name_anew, place
from tui.store.recounting import heal_marks, recount_within, resting_triggers, show_marks
from tui.store.tables import columns, copy_rows
from tui.values import frozen


@frozen
class _Merchant:
    """A merchant of the backup, and which of its contacts the store has."""

    id: int
    standing: str
    note: str
    contacts: str


def put_back(db: apsw.Connection, backup: Path, *, exactly: bool, made: int) -> None:
    """Put a backup's marks, favorites and book into a store, in one transaction.

    `exactly` makes them what they were when the backup was `made`, but for the marks of articles that came
    later; without it nothing is taken away: of what both know, the store's own word stays.
    The backup is of the store's own version; it is only read.
    """
    with _attached(db, backup), resting_triggers(db), transaction(db):
        if exactly:
            _forget(db, made)
        else:
            heal_marks(db)
        _categories_and_feeds(db)
        _marks(db, exactly=exactly)
        _book(db, exactly=exactly)
        _favorites(db)
        _pairs(db)
        db.execute("DELETE FROM meta WHERE name IN ('feeds', 'backup')")
        _recount_merchants(db)
        show_marks(db)
        recount_within(db)


@contextmanager
def _attached(db: apsw.Connection, backup: Path) -> Iterator[None]:
    before = db.pragma("foreign_keys")
    db.pragma("foreign_keys", 0)
    db.execute("ATTACH ? AS copy", (str(backup),))
    try:
        yield
    finally:
        db.execute("DETACH copy")
        db.pragma("foreign_keys", before)


def _forget(db: apsw.Connection, made: int) -> None:
    db.execute(
        """UPDATE status SET read_at = NULL, favorite_at = NULL, hidden_at = NULL WHERE first_seen <= ?;
        UPDATE merchant SET standing = 'new', note = '' WHERE standing <> 'new' OR note <> '';
        UPDATE contact SET copied_at = 0 WHERE copied_at <> 0;
        DELETE FROM apart;
        DELETE FROM together""",
        (made,),
    )
    # what would be taken back is no longer so
    db.execute("DELETE FROM undo_part")


def _categories_and_feeds(db: apsw.Connection) -> None:
    _bring(db, "category", given={"position": "NULL"})
    category = """(SELECT mine.id FROM copy.category AS theirs JOIN main.category AS mine USING (name)
      WHERE theirs.id = feed.category_id)"""
    _bring(db, "feed", given={"category_id": category, **FORGOTTEN})


def _bring(
    db: apsw.Connection, table: str, where: str = "true", given: Mapping[str, str] | None = None
) -> None:
    """Bring the rows that the store does not know, with the ids that they had if these are free."""
    given = given or {}
    copy_rows(db, "copy", "main", table, f"{where} AND id NOT IN (SELECT id FROM main.{table})", given)  # noqa: S608
    copy_rows(db, "copy", "main", table, where, {**given, "id": "NULL"})


def _marks(db: apsw.Connection, *, exactly: bool) -> None:
    names = [name for name in columns(db, "copy", "status") if name.endswith("_at")]
    names = [name for name in names if name in columns(db, "main", "status")]
    chosen = "theirs.{0}" if exactly else "coalesce(mine.{0}, theirs.{0})"
    values = ", ".join(f"{name} = {chosen.format(name)}" for name in names)
    db.execute(
        f"""UPDATE main.status AS mine SET first_seen = min(mine.first_seen, theirs.first_seen), {values}
        FROM copy.status AS theirs WHERE theirs.key = mine.key"""  # noqa: S608
    )
    _bring(db, "status", "key NOT IN (SELECT key FROM main.status)")


def _book(db: apsw.Connection, *, exactly: bool) -> None:
    """Give the backup's merchants back: what the user thinks of them, and their contacts."""
    db.execute("CREATE TEMP TABLE taken (id INTEGER PRIMARY KEY)")
    try:
        for merchant in _merchants(db):
            target = _target(db, merchant, exactly=exactly)
            _give_contacts(db, merchant, target, exactly=exactly)
            _say(db, merchant, target, exactly=exactly)
    finally:
        db.execute("DROP TABLE taken")
    _bring(db, "contact", "merchant_id IS NULL")


def _merchants(db: apsw.Connection) -> list[_Merchant]:
    rows = db.execute(
        """SELECT merchant.id, standing, note,
          json_group_array(json_object('id', contact.id, 'kind', kind, 'value', value))
        FROM copy.merchant JOIN copy.contact ON merchant_id = merchant.id GROUP BY merchant.id"""
    )
    return [_Merchant(*row) for row in rows]


_MINE = """SELECT mine.id, mine.merchant_id FROM json_each(:contacts) AS one JOIN main.contact AS mine
  ON mine.kind = one.value ->> 'kind' AND mine.value = one.value ->> 'value'
  WHERE mine.merchant_id IS NOT NULL"""


def _target(db: apsw.Connection, merchant: _Merchant, *, exactly: bool) -> int:
    """The store's merchant that the backup's one is; made where there is none."""
    known = {"contacts": merchant.contacts}
    owners = sorted({owner for _, owner in db.execute(_MINE, known)})
    if exactly:
        taken = {one for (one,) in db.execute("SELECT id FROM taken")}
        owners = [owner for owner in owners if owner not in taken]
    if not owners:
        owners = [_new_merchant(db, merchant.id)]
    elif not exactly:
        # as two articles would join them, so that what the user took apart stays apart
        owners = place(db, owners)
    db.execute("INSERT OR IGNORE INTO taken (id) VALUES (?)", (owners[0],))
    return owners[0]


def _new_merchant(db: apsw.Connection, theirs: int) -> int:
    """A merchant of the backup as one of the store, with its own id if that is free."""
    own = f"id = {theirs} AND id NOT IN (SELECT id FROM main.merchant)"  # noqa: S608
    if not copy_rows(db, "copy", "main", "merchant", own):
        copy_rows(db, "copy", "main", "merchant", f"id = {theirs}", {"id": "NULL"})
    return db.last_insert_rowid()


def _give_contacts(db: apsw.Connection, merchant: _Merchant, target: int, *, exactly: bool) -> None:
    _bring(db, "contact", f"merchant_id = {merchant.id}", {"merchant_id": str(target)})
    if exactly:
        db.execute(
            f"UPDATE contact SET merchant_id = :target WHERE id IN (SELECT id FROM ({_MINE}))",  # noqa: S608
            {"contacts": merchant.contacts, "target": target},
        )
    db.execute(
        """UPDATE main.contact AS mine SET copied_at = max(mine.copied_at, theirs.copied_at)
        FROM copy.contact AS theirs WHERE theirs.merchant_id = ? AND theirs.copied_at > 0
        AND (theirs.kind, theirs.value) = (mine.kind, mine.value)""",
        (merchant.id,),
    )


def _say(db: apsw.Connection, merchant: _Merchant, target: int, *, exactly: bool) -> None:
    """Note what the user thinks of a merchant, unless the store has a word of its own."""
    db.execute(
        """UPDATE merchant SET standing = iif(:exactly OR standing = :new, :standing, standing),
          note = iif(:exactly OR note = '', :note, note) WHERE id = :target""",
        {
            "exactly": exactly,
            "new": Standing.NEW,
            "standing": merchant.standing,
            "note": merchant.note,
            "target": target,
        },
    )


_KNOWN = """JOIN copy.status AS theirs ON theirs.id = {0} JOIN main.status AS mine ON mine.key = theirs.key"""


def _favorites(db: apsw.Connection) -> None:
    """Bring the backup's articles that the store has no more, with texts and contacts."""
    db.execute(
        f"""CREATE TEMP TABLE brought AS SELECT theirs.id AS was, mine.id AS id
        FROM copy.article {_KNOWN.format("article.id")}
        WHERE mine.id NOT IN (SELECT id FROM main.article)"""  # noqa: S608
    )
    feed = """(SELECT mine.id FROM copy.feed AS theirs JOIN main.feed AS mine USING (url)
      WHERE theirs.id = article.feed_id)"""
    category = """(SELECT mine.id FROM copy.category AS theirs JOIN main.category AS mine USING (name)
      WHERE theirs.id = article.category_id)"""
    contact = """(SELECT mine.id FROM copy.contact AS theirs JOIN main.contact AS mine USING (kind, value)
      WHERE theirs.id = article_contact.contact_id)"""
    brought = "{0} IN (SELECT was FROM brought)"
    number = "(SELECT brought.id FROM brought WHERE was = {0})"
    article = {"id": number.format("article.id"), "feed_id": feed, "category_id": category}
    copy_rows(db, "copy", "main", "article", brought.format("id"), article)
    text = {"id": number.format("article_text.id")}
    copy_rows(db, "copy", "main", "article_text", brought.format("id"), text)
    of_article = {"article_id": number.format("article_contact.article_id"), "contact_id": contact}
    copy_rows(db, "copy", "main", "article_contact", brought.format("article_id"), of_article)
    db.execute("INSERT OR IGNORE INTO unindexed (id) SELECT id FROM brought; DROP TABLE brought")


def _pairs(db: apsw.Connection) -> None:
    """Note what was joined and taken apart by hand, and take apart what the store has together."""
    for table in ("apart", "together"):
        contact = "(SELECT mine.id FROM copy.contact AS theirs JOIN main.contact AS mine USING (kind, value)"
        given = {name: f"{contact} WHERE theirs.id = {table}.{name})" for name in ("contact_id", "other_id")}
        copy_rows(db, "copy", "main", table, given=given)
    while still := db.execute(_STILL_TOGETHER).fetchall():
        for pair in still:
            _split_off(db, *pair)


_STILL_TOGETHER = """SELECT min(one.id), one.merchant_id FROM apart
  JOIN contact AS one ON one.id = apart.contact_id JOIN contact AS other ON other.id = other_id
  WHERE one.merchant_id = other.merchant_id GROUP BY one.merchant_id"""


def _split_off(db: apsw.Connection, contact_id: Any, merchant: Any) -> None:
    db.execute(
        """INSERT INTO merchant (standing, note, first_seen, last_seen)
        SELECT standing, note, first_seen, last_seen FROM merchant WHERE id = ?""",
        (merchant,),
    )
    db.execute("UPDATE contact SET merchant_id = ? WHERE id = ?", (db.last_insert_rowid(), contact_id))
    name_anew(db, merchant)


def _recount_merchants(db: apsw.Connection) -> None:
    db.execute(
        """DELETE FROM merchant WHERE standing = 'new' AND note = ''
          AND id NOT IN (SELECT merchant_id FROM contact WHERE merchant_id IS NOT NULL);
        UPDATE merchant SET (first_seen, last_seen) =
          (SELECT min(first_seen), max(last_seen) FROM contact WHERE merchant_id = merchant.id)
        WHERE id IN (
          SELECT contact.merchant_id FROM contact JOIN copy.contact AS theirs USING (kind, value))"""
    )
