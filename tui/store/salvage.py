"""A damaged database: kept aside, saved row by row, its marks completed from the newest sound backup."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import apsw

from tui.errors import Code, HuoyuanError
from tui.store import schema
from tui.store.backup import newest_sound
from tui.store.backup_apply import put_back
from tui.store.checking import drop_articles, faults, index_faults, unreadable_texts, wrong_schema
from tui.store.connection import PAGE_BYTES, open_store
from tui.store.copying import sync
from tui.store.guard import transaction, translated
from tui.store.recounting import index_anew
from tui.store.salvage_copy import make_whole, take_rows
from tui.store.suspicion import sign_of
from tui.values import frozen

DAMAGED = frozenset({Code.STORE_CORRUPT, Code.STORE_NOT_DATABASE, Code.STORE_FOREIGN, Code.STORE_NEWER})
"""What opening a damaged file may be refused with; the last two are said of sound files too."""

TRACE = b"CREATE TABLE article_text ("
"""Stands in the first pages of every store of ours."""

TRACED_BYTES = 1 << 18

_HEADER_BYTES = 100


@frozen
class Rescued:
    """What became of a damaged database: where it is kept, what was saved, and which backup helped."""

    kept: Path | None
    articles: int
    read: int
    favorites: int
    backup: Path | None
    backup_made: int


def is_damaged(database: Path) -> bool:
    """Whether a database cannot serve: nothing where there was something, or a file that is broken.

    Raises what `open_store` raises for reasons that are no damage.
    """
    if not _size(database):
        return _ready(database).exists() or newest_sound(database) is not None
    try:
        with closing(open_store(database)) as db:
            return bool(faults(db, thorough=sign_of(database).exists()))
    except HuoyuanError as error:
        if error.problem.code not in DAMAGED or not _is_ours(database, error.problem.code):
            raise
    except (apsw.Error, UnicodeDecodeError):
        # a version that was flipped has tables made that are there
        return True
    return True


def _size(database: Path) -> int:
    try:
        return database.stat().st_size
    except OSError:
        return 0


def _is_ours(database: Path, code: Code) -> bool:
    """Whether a file that opening refused is a damaged one of ours, not somebody else's or the future's."""
    if code is Code.STORE_CORRUPT:
        return True
    if code is Code.STORE_NEWER:
        # a newer version has other tables; only its number is flipped where they are ours
        with suppress(apsw.Error, UnicodeDecodeError), closing(_reading(database)) as db:
            return not wrong_schema(db)
        return False
    with database.open("rb") as file:
        return TRACE in file.read(TRACED_BYTES) or newest_sound(database) is not None


def heal_index(database: Path) -> bool:
    """Empty a search index that is broken in itself, where all else serves; False when there is none.

    It holds nothing that is not in the articles: the next refreshes make it anew, and no file is moved.
    """
    if not _size(database):
        return False
    try:
        with closing(open_store(database)) as db:
            if faults(db) or not index_faults(db):
                return False
            index_anew(db)
            return not index_faults(db)
    except (HuoyuanError, apsw.Error, UnicodeDecodeError):
        # `rescue` makes a new one
        return False


def forget_damage(database: Path) -> None:
    """Take back what `note_damage` noted: it was looked at."""
    sign_of(database).unlink(missing_ok=True)


def rescue(database: Path, now: int) -> Rescued | None:
    """Put a sound database in a damaged one's place; None when another process has done so meanwhile.

    Nothing is deleted: the damaged file, with what was not yet moved into it, is kept beside the new one.
    Raises STORE_LOCKED while another process has it open, and what writing files raises.
    """
    with alone(database):
        if not is_damaged(database):
            forget_damage(database)
            return None
        with translated(str(database)):
            ready = _ready(database)
            backup = newest_sound(database)
            if not (ready.exists() and not database.exists()):
                _make(database, ready, backup[0].path if backup else None, now)
            kept = swap(database, ready, "damaged", now)
        forget_damage(database)
    with closing(open_store(database)) as db:
        articles, read, favorites = db.execute(
            "SELECT (SELECT count(*) FROM article), count(read_at), count(favorite_at) FROM status"
        ).get
    path, made = (backup[0].path, backup[0].made) if backup else (None, 0)
    return Rescued(kept, articles, read, favorites, path, made)


def bring_back(database: Path) -> None:
    """Drop the texts that cannot be read, and take those of favorites from the newest sound backup."""
    backup = newest_sound(database)
    with closing(open_store(database)) as db:
        drop_articles(db, unreadable_texts(db))
        if backup is not None:
            with of_today(backup[0].path) as theirs:
                put_back(db, theirs, exactly=False, made=backup[1].made)


def _ready(database: Path) -> Path:
    return database.with_name(f"{database.name}.salvaged")


def _make(database: Path, ready: Path, backup: Path | None, now: int) -> None:
    part = database.with_name(f"{ready.name}.part")
    discard(part)
    with working_store(part) as db:
        if _size(database):
            with _readable(database) as damaged:
                take_rows(damaged, db)
        if backup is not None:
            with of_today(backup) as theirs:
                put_back(db, theirs, exactly=False, made=now)
        make_whole(db, now)
    part.replace(ready)


@contextmanager
def working_store(path: Path) -> Iterator[apsw.Connection]:
    """A new store to be filled by one process alone, on the disk when the block ends; else it is gone."""
    try:
        with closing(open_store(path)) as db:
            db.pragma("journal_mode", "memory")
            db.pragma("synchronous", "off")
            db.pragma("foreign_keys", 0)
            yield db
            if db.execute("PRAGMA foreign_key_check").fetchone() or faults(db):
                raise HuoyuanError(Code.STORE_CORRUPT, path=str(path))
        sync(path)
    except BaseException:
        discard(path)
        raise


@contextmanager
def of_today(backup: Path) -> Iterator[Path]:
    """A backup as this version would have made it: itself, or for the length of the block a migrated copy."""
    with closing(apsw.Connection(str(backup), flags=apsw.SQLITE_OPEN_READONLY)) as db:
        is_old = db.pragma("user_version") < len(schema.MIGRATIONS)
    if not is_old:
        yield backup
        return
    copy = backup.with_name(f"{backup.name}.{os.getpid()}.part")
    try:
        duplicate(backup, copy)
        with closing(apsw.Connection(str(copy), flags=apsw.SQLITE_OPEN_READWRITE)) as db:
            _upgrade(db)
        yield copy
    finally:
        discard(copy)


def _upgrade(db: apsw.Connection) -> None:
    for number in range(db.pragma("user_version"), len(schema.MIGRATIONS)):
        with transaction(db):
            db.execute(schema.MIGRATIONS[number])
            db.pragma("user_version", number + 1)


def duplicate(path: Path, target: Path) -> None:
    """Copy a file as it is, to one that only its owner can read from the first byte on."""
    target.unlink(missing_ok=True)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    shutil.copyfile(path, target)


def discard(path: Path) -> None:
    """Delete a file that was being made, with SQLite's own files beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def swap(database: Path, ready: Path, why: str, now: int) -> Path | None:
    """Put a finished store in a database's place; gives where what was there lies now."""
    kept = None
    if _size(database):
        stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(now))
        kept = database.with_name(f"{database.name}.{why}-{stamp}")
        wal = database.with_name(f"{database.name}-wal")
        database.replace(kept)
        if wal.exists():
            wal.replace(kept.with_name(f"{kept.name}-wal"))
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    ready.replace(database)
    sync(database.parent)
    return kept


@contextmanager
def _readable(database: Path) -> Iterator[apsw.Connection]:
    """A connection to what is left; where the file's head makes no sense, to a copy with one that does."""
    db = _reading(database)
    copy = database.with_name(f"{database.name}.headed.part")
    try:
        if not _has_tables(db):
            db.close()
            _give_head(database, copy)
            db = _reading(copy)
        yield db
    finally:
        db.close()
        discard(copy)


def _reading(path: Path) -> apsw.Connection:
    """A connection that takes what the WAL has into account and leaves file and WAL as they are."""
    db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    db.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    with suppress(apsw.Error):
        db.pragma("query_only", 1)
        db.pragma("cell_size_check", 1)
        # a table whose definition is broken does not keep the others from being read
        db.pragma("writable_schema", 1)
    return db


def _has_tables(db: apsw.Connection) -> bool:
    try:
        found = db.execute("SELECT count(*) FROM sqlite_schema WHERE name IN ('status', 'article')").get
    except (apsw.Error, UnicodeDecodeError):
        return False
    return bool(found)


def _give_head(database: Path, copy: Path) -> None:
    """Copy a database, its first hundred bytes (https://sqlite.org/fileformat.html) made as ours are."""
    discard(copy)
    duplicate(database, copy)
    wal = database.with_name(f"{database.name}-wal")
    if wal.exists():
        duplicate(wal, copy.with_name(f"{copy.name}-wal"))
    pages = max(1, -(-copy.stat().st_size // PAGE_BYTES))
    head = bytearray(_HEADER_BYTES)
    head[:16] = b"SQLite format 3\0"
    head[16:24] = PAGE_BYTES.to_bytes(2, "big") + bytes((2, 2, 0, 64, 32, 32))
    head[27] = head[95] = 1
    head[28:32] = pages.to_bytes(4, "big")
    head[47] = 4
    head[59] = 1
    head[60:64] = len(schema.MIGRATIONS).to_bytes(4, "big")
    head[68:72] = schema.APPLICATION_ID.to_bytes(4, "big")
    with copy.open("r+b") as file:
        file.write(head)


@contextmanager
def alone(database: Path) -> Iterator[None]:
    """Hold off all others: who would do the same by a lock of ours, who has the file open by SQLite's."""
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    sign = database.with_name(f"{database.name}.lock")
    with translated(str(database)), closing(apsw.Connection(str(sign))) as lock:
        sign.chmod(0o600)
        lock.set_busy_timeout(60_000)
        lock.execute("BEGIN EXCLUSIVE")
        _refuse_if_open(database)
        yield


def _refuse_if_open(database: Path) -> None:
    """Raise STORE_LOCKED while another process has the database open.

    A connection in WAL mode keeps a shared lock on these bytes (https://sqlite.org/src/file?name=src/os.h);
    it would end by deleting the WAL of that name, which by then would be the new one.
    """
    try:
        import fcntl  # noqa: PLC0415 - POSIX only; Windows does not let an open file be moved

        descriptor = os.open(database, os.O_RDWR)
    except (ImportError, OSError):
        return
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)
    except OSError:
        raise HuoyuanError(Code.STORE_LOCKED, path=str(database)) from None
    finally:
        os.close(descriptor)
