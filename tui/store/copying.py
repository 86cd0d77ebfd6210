"""A whole copy of a store beside it, and what has files on the disk."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import apsw

from tui.errors import HuoyuanError
from tui.store.guard import unwritable


def copy(path: Path, target: Path) -> None:
    """Write a copy of the store at `path` to `target`, which appears complete and on the disk, or not at all.

    Raises STORE_FULL or STORE_UNWRITABLE, and what SQLite does.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        # A connection of its own, as this cannot be done within a transaction that keeps others out.
        with closing(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)) as db:
            db.pragma("fullfsync", 1)
            db.execute("VACUUM INTO ?", (str(part),))
        part.replace(target)
        sync(target.parent)
    except OSError as error:
        raise HuoyuanError(unwritable(str(path)), path=str(path)) from error
    finally:
        part.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    # Windows sees to a folder's names by itself, and lets no folder be opened
    if os.name == "posix" or path.is_file():  # pragma: no branch
        opened = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
