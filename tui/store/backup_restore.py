"""Takes a backup back: the present database is moved aside, never overwritten."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import apsw

from tui.errors import Code, HuoyuanError
from tui.store.backup import leave_room, sound
from tui.store.backup_apply import put_back
from tui.store.backup_state import WHOLE, Kept
from tui.store.connection import open_store
from tui.store.copying import sync
from tui.store.guard import translated
from tui.store.recounting import empty_index_within
from tui.store.salvage import alone, discard, duplicate, is_damaged, of_today, rescue, swap, working_store
from tui.values import frozen


@frozen
class Restored:
    """What a restore brought, and where the database lies that was there before; None = there was none."""

    held: Kept
    kept: Path | None


def restore(database: Path, backup: Path, now: int) -> Restored:
    """Take a backup back.

    A whole one takes the database's place. One of the state makes marks, favorites and book what they
    were; the articles of the present database stay, and the marks of those that came later.
    Raises as `sound` for a file that is no sound backup, and STORE_LOCKED while another process has the
    database open.
    """
    held = sound(backup)
    if database.exists() and backup.samefile(database):
        raise HuoyuanError(Code.FILE_EXISTS, path=str(backup))
    if held.kind != WHOLE and database.exists() and is_damaged(database):
        rescue(database, now)
    ready = database.with_name(f"{database.name}.restored.part")
    with alone(database), translated(str(database)):
        discard(ready)
        try:
            if held.kind == WHOLE:
                _copy(backup, ready)
            else:
                _renew(database, ready, backup, held.made)
            kept = swap(database, ready, "replaced", now)
        finally:
            discard(ready)
    open_store(database).close()
    return Restored(held, kept)


def _copy(backup: Path, ready: Path) -> None:
    try:
        duplicate(backup, ready)
    except OSError as error:
        raise HuoyuanError(Code.FILE_UNWRITABLE, path=str(ready), why=error.strerror or "") from error
    with closing(apsw.Connection(str(ready), flags=apsw.SQLITE_OPEN_READWRITE)) as db:
        db.execute("DELETE FROM meta WHERE name = 'backup'")
    sync(ready)


def _renew(database: Path, ready: Path, backup: Path, made: int) -> None:
    """Make a copy of the database in which the state is that of a backup."""
    is_new = not (database.exists() and database.stat().st_size)
    if not is_new:
        os.close(os.open(ready, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with closing(open_store(database)) as present:
            leave_room(present, ready)
            present.execute("VACUUM INTO ?", (str(ready),))
    with of_today(backup) as theirs, working_store(ready) as db:
        put_back(db, theirs, exactly=True, made=made)
        if is_new:
            empty_index_within(db)
