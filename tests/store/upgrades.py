"""Kills the first start of a newer release, or cuts its power, at any moment, and looks at what is left."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import apsw

from tests.store import older
from tests.store.acknowledged import faults
from tests.store.power import Disk
from tui.store import schema
from tui.store.connection import open_store

NEW = len(schema.MIGRATIONS)
NAME = "huoyuan.db"


def changes_of(sample: Path) -> int:
    """How many changes of files an upgrade takes."""
    with _copied(sample) as path, Disk("count", lambda change: None) as disk:
        open_store(path).close()
        return disk.changes


@contextmanager
def _copied(sample: Path) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        yield Path(shutil.copy(sample, Path(folder) / NAME))


def look(path: Path, version: int) -> bool:
    """Assert that a store is as it was or as it is to be, and then can be used; return whether it was new."""
    # a disk of this kind, because it does not wait
    with Disk("look", lambda change: None):
        return _look(path, version)


def _look(path: Path, version: int) -> bool:
    with closing(apsw.Connection(str(path))) as db:
        before = db.pragma("user_version")
        assert db.pragma("integrity_check") == "ok"
    assert before in {version, NEW}, before
    copy = path.with_name(f"{NAME}.v{version}")
    if before == NEW:
        _look_at_copy(copy, version)
    with closing(open_store(path)) as db:
        assert not (found := faults(db)), found
        assert db.execute("SELECT count(read_at), count(favorite_at), count(*) FROM status").get == (3, 1, 27)
    _look_at_copy(copy, version)
    assert not path.with_name(f"{copy.name}.part").exists()
    return bool(before == NEW)


def _look_at_copy(copy: Path, version: int) -> None:
    with closing(apsw.Connection(str(copy), flags=apsw.SQLITE_OPEN_READONLY)) as db:
        assert db.pragma("user_version") == version
        assert db.pragma("integrity_check") == "ok"
        assert db.execute("SELECT count(read_at), count(favorite_at), count(*) FROM status").get == (3, 1, 27)


def kill_once(sample: Path, version: int, change: int) -> bool:
    """Upgrade in a process that dies just before its n-th change of a file; return whether it was done."""

    def die(number: int) -> None:
        if number == change:
            os.kill(os.getpid(), signal.SIGKILL)

    with _copied(sample) as path:
        if not (pid := os.fork()):
            with Disk("doomed", die):
                open_store(path).close()
            os._exit(0)
        os.waitpid(pid, 0)
        return look(path, version)


def cut_once(sample: Path, version: int, change: int, random: Random) -> bool:
    """Upgrade on a disk whose power goes at the n-th change; return whether it was done."""
    with _copied(sample) as path, TemporaryDirectory() as left:

        def leave(number: int) -> None:
            if number == change:
                disk.leave(Path(left), random)

        with Disk("cut", leave) as disk:
            open_store(path).close()
        # Python gave it its name, which this disk does not see; before that of the new tables, in any case.
        part = Path(left) / f"{NAME}.v{version}.part"
        if part.exists():
            part.rename(part.with_suffix(""))
        return look(Path(left) / NAME, version)


def run(count: int, seed: int) -> str:
    """The job: so many kills and cuts in turn, over stores of all versions."""
    random = Random(seed)
    done = 0
    with TemporaryDirectory() as folder:
        for place, version in enumerate(older.VERSIONS):
            sample = Path(folder) / f"v{version}.db"
            older.make(sample, version)
            most = changes_of(sample)
            for number in range(place, count, len(older.VERSIONS)):
                change = random.randint(1, most)
                if number // len(older.VERSIONS) % 2:
                    done += cut_once(sample, version, change, random)
                else:
                    done += kill_once(sample, version, change)
    return f"{count} upgrades were ended midway, {done} with the new tables, every store old or new and whole"
