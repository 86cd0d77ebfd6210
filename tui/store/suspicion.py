"""What a start asks before it opens a database: two looks at files, so that a sound one costs nothing."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import apsw

from tui.errors import Code, HuoyuanError

SENSELESS = (ValueError, TypeError, AttributeError, LookupError)
"""What Python makes of a stored value that no writer of ours writes."""

DAMAGE = frozenset({Code.STORE_CORRUPT, Code.STORE_NOT_DATABASE, Code.INTERNAL})
"""After these the next start looks at the whole database."""


def note_damage(database: Path) -> None:
    """Remember, for the next start, that something in a database could not be read."""
    with suppress(OSError):
        os.close(os.open(sign_of(database), os.O_WRONLY | os.O_CREAT, 0o600))


def note_failure(database: Path, error: BaseException) -> None:
    """Remember what was raised, where a damaged file may have been the reason."""
    if isinstance(error, HuoyuanError):
        met = error.problem.code in DAMAGE
    else:
        met = isinstance(error, (apsw.Error, *SENSELESS))
    if met:
        note_damage(database)


def sign_of(database: Path) -> Path:
    """The empty file that says that damage was met."""
    return Path(f"{database}.damage")


def is_suspect(database: Path) -> bool:
    """Whether a start should look closer: damage was met, or there is nothing where backups say there was."""
    try:
        is_empty = os.stat(database).st_size == 0
    except OSError:
        is_empty = True
    if is_empty:
        return database.with_name("backups").exists() or Path(f"{database}.salvaged").exists()
    return os.path.exists(f"{database}.damage")
