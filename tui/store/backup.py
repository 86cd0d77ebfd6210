"""Backups: made, checked, listed, and the older ones let go."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

import apsw

from tui.errors import Code, HuoyuanError
from tui.store import schema
from tui.store.backup_state import STATE, WHOLE, Kept, note, noted, survey, write_state
from tui.store.checking import faults
from tui.store.connection import open_store
from tui.store.copying import sync
from tui.store.guard import translated
from tui.values import frozen

FOLDER = "backups"
EVERY_SECONDS = 4 * 3600
"""The reader asks for a backup so often; none is made when the user did nothing meanwhile."""

LATEST, DAYS, WEEKS = 3, 7, 4
"""What is kept of those made without being asked for: the latest, and the last of so many days and weeks."""

AUTOMATIC, BY_HAND = "auto", "hand"
_STAMP = "%Y%m%d-%H%M%S"


@frozen
class Backup:
    """A file that is a backup by its name: when it was made, and last found to say what the store says.

    Both in Unix seconds.
    """

    path: Path
    made: int
    size: int
    checked: int


def folder_of(database: Path) -> Path:
    """Where the backups of a database lie."""
    return database.parent / FOLDER


def backups(database: Path) -> list[Backup]:
    """The backups of a database, the newest first; whether they are sound is not looked at."""
    found = []
    for path in folder_of(database).glob("*.db"):
        _, _, stamp = path.stem.partition("-")
        try:
            made = time.strptime(stamp[:15], _STAMP)
            state = path.stat()
            found.append(Backup(path, int(time.mktime(made)), state.st_size, int(state.st_mtime)))
        except (ValueError, OverflowError, OSError):
            continue
    return sorted(found, key=lambda backup: (backup.made, backup.path.name), reverse=True)


def is_due(database: Path, now: int) -> bool:
    """Whether the newest backup was made, or found to say the same, some hours ago: by its file alone."""
    newest = next(iter(backups(database)), None)
    return newest is None or not 0 <= now - newest.checked < EVERY_SECONDS


def back_up(database: Path, now: int) -> Backup | None:
    """Make a backup of what the user did and let older ones go; None when the newest says the same.

    It reads by a snapshot of its own: nobody waits for it. Raises what `open_store` does.
    """
    with closing(open_store(database)) as db, translated(str(database)):
        newest = next(iter(backups(database)), None)
        held = held_by(newest.path) if newest is not None else None
        if newest is not None and held is not None and held.mark == survey(db, STATE, now).mark:
            with suppress(OSError):
                os.utime(newest.path, (now, now))
            return None
        made = _make(db, _place(database, AUTOMATIC, now), STATE, now)
    let_go(database, now)
    return made


def back_up_by_hand(database: Path, target: Path | None, kind: str, now: int) -> tuple[Backup, Kept]:
    """Make a backup that the user asked for, of the state or of the whole, and check it.

    Raises FILE_UNWRITABLE where the file is there already or cannot be made, STORE_CORRUPT when what was
    made does not pass, and what `open_store` does.
    """
    path = target or _place(database, BY_HAND, now)
    if target is not None and target.is_dir():
        path = target / _place(database, BY_HAND, now).name
    if path.exists():
        raise HuoyuanError(Code.FILE_EXISTS, path=str(path))
    with closing(open_store(database)) as db, translated(str(path)):
        made = _make(db, path, kind, now)
    return made, sound(path)


def _place(database: Path, why: str, now: int) -> Path:
    return folder_of(database) / f"{why}-{time.strftime(_STAMP, time.localtime(now))}.db"


def _make(db: apsw.Connection, path: Path, kind: str, now: int) -> Backup:
    """Write a backup; it appears complete and on the disk, or not at all."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            _write(db, part, kind, now)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        os.utime(path, (now, now))
        sync(path.parent)
        return Backup(path, now, path.stat().st_size, now)
    except OSError as error:
        raise HuoyuanError(Code.FILE_UNWRITABLE, path=str(path), why=error.strerror or "") from error


def _write(db: apsw.Connection, part: Path, kind: str, now: int) -> None:
    if kind == STATE:
        write_state(db, part, now)
    else:
        leave_room(db, part)
        db.execute("VACUUM INTO ?", (str(part),))
        with closing(apsw.Connection(str(part), flags=apsw.SQLITE_OPEN_READWRITE)) as copy:
            note(copy, survey(copy, WHOLE, now))
    sync(part)


def leave_room(db: apsw.Connection, part: Path) -> None:
    """Raise STORE_FULL before hours of writing rather than after."""
    needed = db.pragma("page_count") * db.pragma("page_size")
    if shutil.disk_usage(part.parent).free < needed:
        raise HuoyuanError(Code.STORE_FULL, path=str(part))


def held_by(path: Path) -> Kept | None:
    """What a backup says that it holds; None when it cannot be read or is none."""
    try:
        with closing(_read_only(path)) as db:
            return noted(db)
    except (apsw.Error, UnicodeDecodeError):
        return None


def _read_only(path: Path) -> apsw.Connection:
    # nobody writes to a backup, and no journal shall appear beside it
    return apsw.Connection(
        f"{path.absolute().as_uri()}?immutable=1", flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    )


def sound(path: Path) -> Kept:
    """What a store that is nobody's at the moment holds, once all of it was read and found in order.

    Raises STORE_UNWRITABLE when there is none, and STORE_NOT_DATABASE, STORE_FOREIGN, STORE_NEWER or
    STORE_CORRUPT.
    """
    with translated(str(path)), closing(_read_only(path)) as db:
        schema.check(db, path)
        if not db.pragma("application_id"):
            raise HuoyuanError(Code.STORE_NOT_DATABASE, path=str(path))
        if faults(db):
            raise HuoyuanError(Code.STORE_CORRUPT, path=str(path))
        return noted(db) or survey(db, WHOLE, int(path.stat().st_mtime))


def newest_sound(database: Path) -> tuple[Backup, Kept] | None:
    """The newest backup that passes its check."""
    for backup in backups(database):
        try:
            return backup, sound(backup.path)
        except HuoyuanError:
            continue
    return None


def let_go(database: Path, now: int) -> None:
    """Delete the backups that are no longer kept, and what a backup that was killed left behind."""
    own = [backup for backup in backups(database) if backup.path.name.startswith(AUTOMATIC)]
    kept = set(kept_of([backup.made for backup in own]))
    for backup in own:
        if backup.made not in kept:
            backup.path.unlink(missing_ok=True)
    for part in folder_of(database).glob("*.part*"):
        # another process may just have finished it
        with suppress(FileNotFoundError):
            if now - part.stat().st_mtime > EVERY_SECONDS:
                part.unlink()


def kept_of(made: Iterable[int]) -> Iterator[int]:
    """Those times, in Unix seconds, whose backups are kept: the latest, and the last of days and weeks."""
    times = sorted(made, reverse=True)
    yield from times[:LATEST]
    yield from _last_of(times, lambda time: datetime.fromtimestamp(time).astimezone().date(), DAYS)
    yield from _last_of(
        times, lambda time: datetime.fromtimestamp(time).astimezone().isocalendar()[:2], WEEKS
    )


def _last_of(times: Iterable[int], period: Callable[[int], object], most: int) -> list[int]:
    """The last time of each of the latest periods."""
    last: dict[object, int] = {}
    for time_made in times:
        last.setdefault(period(time_made), time_made)
    return list(last.values())[:most]
