"""A store with nothing in it but what the user did: small, quickly made, and a store like any other."""

from __future__ import annotations

import json
from _blake2 import blake2b  # as in hashlib, which brings OpenSSL along
from pathlib import Path

import apsw

from tui import __version__
from tui.store import schema
from tui.store.connection import PAGE_BYTES
from tui.store.tables import columns, copy_rows
from tui.values import frozen

STATE, WHOLE = "state", "whole"

FORGOTTEN = {"etag": "''", "last_modified": "''", "body_hash": "''"}
"""What a feed said last time: who has its articles no more must ask it again for all."""

_MARKED = "read_at IS NOT NULL OR favorite_at IS NOT NULL OR hidden_at IS NOT NULL"

_OF_FAVORITES = "article_id IN (SELECT id FROM copy.article)"

# A merchant of whom the user thinks something, or whom a join, a split or a favorite names.
_MERCHANTS = """
  SELECT id FROM main.merchant WHERE standing <> 'new' OR note <> ''
  UNION SELECT merchant_id FROM main.contact WHERE copied_at > 0
  UNION SELECT merchant_id FROM main.contact WHERE id IN (SELECT contact_id FROM main.apart)
  UNION SELECT merchant_id FROM main.contact WHERE id IN (SELECT contact_id FROM main.together)
  UNION SELECT merchant_id FROM main.contact WHERE id IN (SELECT other_id FROM main.together)
  UNION SELECT merchant_id FROM copy.article_contact JOIN main.contact ON contact.id = contact_id"""


@frozen
class Kept:
    """What a copy of a store holds: how many articles are marked, are favorites, and merchants that the user
    knows; `mark` changes whenever any of these does. `made` in Unix seconds.
    """

    kind: str
    made: int
    version: str
    read: int
    favorites: int
    merchants: int
    mark: str


def survey(db: apsw.Connection, kind: str, now: int) -> Kept:
    """What there is in a store to be kept."""
    read, favorites, *sums = db.execute(
        """SELECT count(read_at), count(favorite_at), count(hidden_at), total(read_at), total(favorite_at),
          total(hidden_at), total(id * (1 + (read_at IS NOT NULL) + 2 * (favorite_at IS NOT NULL)))
        FROM status WHERE read_at IS NOT NULL OR favorite_at IS NOT NULL OR hidden_at IS NOT NULL"""
    ).get
    merchants, *book = db.execute(
        """SELECT count(*), total(id), total(length(note)), group_concat(note || standing),
          (SELECT total(copied_at) FROM contact WHERE copied_at > 0),
          (SELECT count(*) || ' ' || total(contact_id) FROM apart),
          (SELECT count(*) || ' ' || total(contact_id) FROM together)
        FROM merchant WHERE standing <> 'new' OR note <> ''"""
    ).get
    mark = blake2b(json.dumps([read, favorites, *sums, merchants, *book]).encode(), digest_size=8)
    return Kept(kind, now, __version__, read, favorites, merchants, mark.hexdigest())


def write_state(db: apsw.Connection, target: Path, now: int) -> Kept:
    """Copy what the user did to a new store at `target`, an empty file, by one snapshot: no lock is held."""
    _make(target)
    # what is copied need not be in the order in which rows name one another
    db.pragma("foreign_keys", 0)
    db.execute("ATTACH ? AS copy", (str(target),))
    try:
        db.execute("PRAGMA copy.synchronous = off; PRAGMA copy.journal_mode = memory")
        with db:
            kept = survey(db, STATE, now)
            _copy(db)
            note(db, kept, "copy")
    finally:
        db.execute("DETACH copy")
        db.pragma("foreign_keys", 1)
    return kept


def _make(target: Path) -> None:
    made = apsw.Connection(str(target), flags=apsw.SQLITE_OPEN_READWRITE)
    made.pragma("page_size", PAGE_BYTES)
    made.pragma("synchronous", "off")
    schema.migrate(made, target)
    made.close()


def _copy(db: apsw.Connection) -> None:
    copy_rows(db, "main", "copy", "category")
    copy_rows(db, "main", "copy", "feed", given=FORGOTTEN)
    copy_rows(db, "main", "copy", "status", _MARKED)
    favorites = "id IN (SELECT id FROM main.status WHERE favorite_at IS NOT NULL)"
    for table in ("article", "article_text"):
        copy_rows(db, "main", "copy", table, favorites)
    copy_rows(db, "main", "copy", "article_contact", _OF_FAVORITES)
    copy_rows(db, "main", "copy", "merchant", f"id IN ({_MERCHANTS})")
    of_articles = "SELECT contact_id FROM copy.article_contact"
    copy_rows(
        db,
        "main",
        "copy",
        "contact",
        f"merchant_id IN (SELECT id FROM copy.merchant) OR id IN ({of_articles})",  # noqa: S608
    )
    for table in ("apart", "together"):
        copy_rows(db, "main", "copy", table)
    # an id on a screen must never come to mean another article or merchant
    db.execute(
        """DELETE FROM copy.sqlite_sequence;
        INSERT INTO copy.sqlite_sequence (name, seq) SELECT name, seq FROM main.sqlite_sequence"""
    )


def note(db: apsw.Connection, kept: Kept, schema_name: str = "main") -> None:
    """Say in a copy what it holds."""
    written = json.dumps({name: getattr(kept, name) for name in Kept.__match_args__})
    db.execute(
        f"INSERT OR REPLACE INTO {schema_name}.meta (name, value) VALUES ('backup', ?)",  # noqa: S608
        (written,),
    )


def noted(db: apsw.Connection) -> Kept | None:
    """What a copy says that it holds; None for a store that is none, and for one that makes no sense."""
    if not columns(db, "main", "meta"):
        return None
    written = db.execute("SELECT value FROM meta WHERE name = 'backup'").get
    try:
        fields = json.loads(written or "")
        return Kept(**{name: fields[name] for name in Kept.__match_args__})
    except (ValueError, TypeError, KeyError):
        return None
