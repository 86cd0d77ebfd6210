"""What a start asks before it opens a database: two looks at files, so that a sound one costs nothing."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def note_damage(database: Path) -> None:
    """Remember, for the next start, that something in a database could not be read."""
    with suppress(OSError):
        os.close(os.open(sign_of(database), os.O_WRONLY | os.O_CREAT, 0o600))


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
