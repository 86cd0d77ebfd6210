"""Looks at the database, its backups and the folder they lie in."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from tui.doctor.finding import Finding, error, fine, warning
from tui.errors import Code, HuoyuanError
from tui.store import Connection, backup, checking, recounting
from tui.store.connection import open_store
from tui.store.suspicion import sign_of

LITTLE_BYTES = 200_000_000
OLD_DAYS = 14
DAY = 86400


def look_at_folder(database: Path) -> Iterator[Finding]:
    """Who may read the user's files, and whether there is room."""
    folder = database.parent
    if not folder.exists():
        yield fine("folder", "folder_new", path=str(folder))
        return
    if open_to_others := exposed(database):
        yield warning("permissions", "exposed", "private", "permissions", count=len(open_to_others))
    else:
        yield fine("permissions", "private")
    if not os.access(folder, os.W_OK):
        yield error("folder", "unwritable", "unwritable", path=str(folder))
    free = shutil.disk_usage(folder).free
    size = sum(path.stat().st_size for path in folder.glob("huoyuan.db*") if path.is_file())
    megabytes: dict[str, Any] = {"free": free // 1_000_000, "size": size // 1_000_000}
    if free < LITTLE_BYTES:
        yield warning("space", "space", "space", **megabytes)
    else:
        yield fine("space", "space", **megabytes)


def exposed(database: Path) -> list[Path]:
    """The user's files that others may read or write."""
    if os.name != "posix":
        return []
    folder = database.parent
    looked_at = [folder, folder / backup.FOLDER, *folder.glob("*"), *(folder / backup.FOLDER).glob("*")]
    return [path for path in dict.fromkeys(looked_at) if _is_open(path)]


def _is_open(path: Path) -> bool:
    try:
        state = path.lstat()
    except OSError:
        return False
    return not stat.S_ISLNK(state.st_mode) and bool(state.st_mode & 0o077)


def look_at_database(database: Path) -> Iterator[Finding]:
    """Whether the database is whole, and what is worked out in it right."""
    if not database.exists():
        if backup.backups(database):
            yield error("database", "database_gone", "repair", "salvage")
        else:
            yield fine("database", "database_new")
        return
    try:
        with closing(open_store(database)) as db:
            yield from _look_inside(db, thorough=sign_of(database).exists())
    except HuoyuanError as problem:
        yield _refused(problem.problem.code)
    except Exception as odd:
        yield error("database", "database_odd", "repair", "salvage", what=type(odd).__name__)
    if sign_of(database).exists():
        yield error("database", "damage_met", "repair", "salvage")


def _refused(code: Code) -> Finding:
    if code in {Code.STORE_CORRUPT, Code.STORE_NOT_DATABASE, Code.STORE_FOREIGN}:
        return error("database", f"{code}", "repair", "salvage")
    return error("database", f"{code}")


def _look_inside(db: Connection, *, thorough: bool) -> Iterator[Finding]:
    found = checking.faults(db, indexes=True, thorough=thorough)
    if found:
        yield error("database", "faults", "repair", "salvage", count=len(found), first=found[0])
        return
    articles, marked, favorites = db.execute(
        "SELECT (SELECT count(*) FROM article), count(read_at), count(favorite_at) FROM status"
    ).get
    yield fine("database", "sound", articles=articles, read=marked, favorites=favorites)
    if bad := checking.unreadable_texts(db):
        yield error("texts", "texts", "repair", "texts", count=len(bad))
    wrong = recounting.wrong_counts(db)
    if wrong:
        yield warning("counts", "counts_wrong", "repair", "recount", count=wrong)
    else:
        yield fine("counts", "counts")
    yield _search(db)


def _search(db: Connection) -> Finding:
    if checking.index_faults(db):
        return error("search", "search_broken", "repair", "salvage")
    if wrong := recounting.wrong_index(db):
        return warning("search", "search_wrong", "repair", "reindex", count=wrong)
    waiting = db.execute("SELECT count(*) FROM unindexed").get
    return fine("search", "search_waiting" if waiting else "search", count=waiting)


def look_at_backups(database: Path, now: int) -> Iterator[Finding]:
    """How many backups there are, how old the newest is, and whether it is sound."""
    found = backup.backups(database)
    if not found:
        if database.exists():
            yield warning("backups", "backups_none", "backup")
        return
    sound = backup.newest_sound(database)
    if sound is None:
        yield error("backups", "backups_broken", "backup", count=len(found))
        return
    newest, held = sound
    megabytes = sum(one.size for one in found) // 1_000_000
    days = max(0, now - newest.checked) // DAY
    values: dict[str, Any] = {"count": len(found), "size": megabytes, "days": days, "read": held.read}
    if newest.path != found[0].path:
        yield warning("backups", "backups_newest_broken", "backup", **values)
    elif days > OLD_DAYS:
        yield warning("backups", "backups", "backup", **values)
    else:
        yield fine("backups", "backups", **values)
