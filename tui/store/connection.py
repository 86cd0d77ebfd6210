"""Opening the store's file: its rights, pragmas, identity and version."""

from __future__ import annotations

import os
import time
from pathlib import Path

import apsw

from tui.errors import Code, HuoyuanError
from tui.store import schema
from tui.store.guard import BUSY_PAUSE_SECONDS, checked, translated, unwritable

SMALLEST_BYTES = 512
PAGE_BYTES = 8192
CACHE_KIBIBYTES = 8 * 1024
THROUGH_KIBIBYTES = 4 * 1024
BEHIND_KIBIBYTES = 32 * 1024
"""What a refresh looks up is scattered over all that is known: keys, contacts, merchants."""

BUSY_SECONDS = 5


def open_store(path: Path, *, write: bool = True) -> apsw.Connection:
    """Open the store at `path`, made or migrated where needed; `write=False` refuses changes later on.

    Raises HuoyuanError: STORE_NOT_DATABASE, STORE_FOREIGN, STORE_NEWER, STORE_LOCKED,
    STORE_UNWRITABLE, STORE_CORRUPT or STORE_FULL. In each of these the file is left as it was.
    """
    _prepare(path)
    with translated(str(path)):
        db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            db.set_busy_handler(_wait)
            schema.check(db, path)
            _configure(db)
            schema.migrate(db, path)
            db.pragma("query_only", int(not write))
        except BaseException:
            db.close()
            raise
    return db


def _prepare(path: Path) -> None:
    """Make the folder and an empty file that only their owner can read; refuse what SQLite would not."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            # SQLite gives -wal and -shm the mode of the file.
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        # Asked for by its size and never opened: closing a file drops this process's locks on it, those
        # of its open connections too. SQLite takes a file of one byte for an empty database.
        if 0 < path.stat().st_size < SMALLEST_BYTES:
            raise HuoyuanError(Code.STORE_NOT_DATABASE, path=str(path))
    except OSError as error:
        raise HuoyuanError(unwritable(str(path)), path=str(path)) from error


def _wait(attempts: int) -> bool:
    """Ask again every millisecond: SQLite's own pauses grow, so that the patient process starves."""
    time.sleep(BUSY_PAUSE_SECONDS)
    return attempts < BUSY_SECONDS / BUSY_PAUSE_SECONDS


def _configure(db: apsw.Connection) -> None:
    db.pragma("page_size", PAGE_BYTES)
    _use_wal(db)
    # NORMAL loses acknowledged marks in a power cut; FULL costs half a millisecond per commit.
    db.pragma("synchronous", "full")
    # For macOS, whose ordinary sync leaves in the drive's memory what it was to make durable.
    db.pragma("fullfsync", 1)
    db.pragma("cache_size", -CACHE_KIBIBYTES)
    db.pragma("temp_store", "memory")
    db.pragma("foreign_keys", 1)


def _use_wal(db: apsw.Connection) -> None:
    """Switch to WAL; two processes that do so at once are refused without their busy handlers being asked."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            db.pragma("journal_mode", "wal")
        except apsw.BusyError:
            if time.monotonic() > deadline:
                raise
            time.sleep(BUSY_PAUSE_SECONDS)
        else:
            return


def work_behind(db: apsw.Connection) -> None:
    """Let a connection that only brings what can be brought again commit without waiting for the disk.

    A power cut may then take back its last commits, each whole and none before another; what the user
    did is written over other connections, and each of their commits makes all before it durable too.
    `tests/store/test_power.py` cuts the power in the midst of both.
    """
    db.pragma("synchronous", "normal")
    db.pragma("cache_size", -BEHIND_KIBIBYTES)


def read_through(db: apsw.Connection) -> None:
    """Keep little of what a connection reads: a search's texts and the contact book are passed but once."""
    db.pragma("cache_size", -THROUGH_KIBIBYTES)


@checked
def version(db: apsw.Connection) -> int:
    """A number that is another one once any other connection has written, of another process too."""
    number: int = db.pragma("data_version")
    return number
