"""Opening: what is made, what is migrated, what is refused and left as it was."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw
import pytest

from tests.store.samples import article, fill, ids
from tui.errors import Code, HuoyuanError, Problem
from tui.store import guard, schema
from tui.store.connection import open_store, work_behind
from tui.store.copying import copy
from tui.store.guard import transaction, translated, unwritable
from tui.store.lists import article as read_article
from tui.store.read_thread import ReadThread


def refusal(path: Path) -> Code:
    with pytest.raises(HuoyuanError) as caught:
        open_store(path)
    assert caught.value.problem.details == {"path": str(path)}
    return caught.value.problem.code


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_new_store_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "深" / "huoyuan" / "huoyuan.db"
    db = open_store(path)
    fill(db, [article("1")])
    assert mode(path.parent) == 0o700
    assert {mode(file) for file in path.parent.iterdir()} == {0o600}
    assert len(list(path.parent.iterdir())) == 3
    db.close()


def test_settings(db: apsw.Connection) -> None:
    names = ("page_size", "journal_mode", "synchronous", "temp_store", "foreign_keys", "application_id")
    assert [db.pragma(name) for name in names] == [8192, "wal", 2, 2, 1, schema.APPLICATION_ID]
    assert db.pragma("integrity_check") == "ok"


def test_only_what_works_behind_the_screen_commits_without_waiting_for_the_disk(
    path: Path, db: apsw.Connection
) -> None:
    behind = open_store(path)
    work_behind(behind)
    assert (db.pragma("synchronous"), behind.pragma("synchronous")) == (2, 1)
    behind.close()


def test_a_thread_that_reads_texts_through_keeps_little_of_them(path: Path, db: apsw.Connection) -> None:
    thread = ReadThread(path, "reads")
    kept = thread.ask(lambda other: int(other.pragma("cache_size"))).result()
    thread.close()
    assert db.pragma("cache_size") < kept < 0, "KiB, as negative numbers"


def test_reading_connection_cannot_write(path: Path) -> None:
    open_store(path).close()
    db = open_store(path, write=False)
    with pytest.raises(HuoyuanError) as caught:
        fill(db, [article("1")])
    assert caught.value.problem.code is Code.STORE_UNWRITABLE
    db.close()


@pytest.mark.parametrize("content", [b"x", b"[reader]\nlanguage = 'zh'\n", "订阅源".encode() * 5000])
def test_other_files_are_refused_untouched(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert refusal(path) is Code.STORE_NOT_DATABASE
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE rss_item (id INTEGER PRIMARY KEY)", "PRAGMA application_id = 42"]
)
def test_other_databases_are_refused_untouched(path: Path, statement: str) -> None:
    other = apsw.Connection(str(path))
    other.execute(statement)
    other.close()
    content = path.read_bytes()
    assert refusal(path) is Code.STORE_FOREIGN
    assert path.read_bytes() == content


def test_newer_store_is_refused_untouched(path: Path, db: apsw.Connection) -> None:
    db.pragma("user_version", len(schema.MIGRATIONS) + 1)
    db.close()
    content = path.read_bytes()
    assert refusal(path) is Code.STORE_NEWER
    assert path.read_bytes() == content


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert refusal(tmp_path / "file" / "huoyuan.db") is Code.STORE_UNWRITABLE


def test_path_that_is_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) is Code.STORE_UNWRITABLE


WITHOUT_RIGHTS = """
import os, sys, pathlib
from tui.errors import HuoyuanError
from tui.store.connection import open_store
from tui.store.marks import mark_read
if os.geteuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    db = open_store(pathlib.Path(sys.argv[1]))
    print(db.execute("SELECT count(*) FROM article").get, end=" ")
    mark_read(db, [1], True, 1)
except HuoyuanError as error:
    print(error.problem.code, end="")
"""


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "could_be_read"),
    [(0o555, None, ""), (0o555, 0o666, ""), (0o555, 0o444, ""), (0o777, 0, ""), (0o777, 0o444, "1 ")],
)
def test_what_cannot_be_written(folder_mode: int, file_mode: int | None, could_be_read: str) -> None:
    # not pytest's folder, which nobody but its owner may enter
    with TemporaryDirectory() as made:
        folder = Path(made) / "data"
        Path(made).chmod(0o755)
        folder.mkdir()
        path = folder / "huoyuan.db"
        if file_mode is not None:
            with closing(open_store(path)) as db:
                fill(db, [article("1")])
            path.chmod(file_mode)
        folder.chmod(folder_mode)
        done = subprocess.run(
            [sys.executable, "-c", WITHOUT_RIGHTS, str(path)], capture_output=True, text=True, check=False
        )
        assert (done.stdout, done.stderr) == (f"{could_be_read}{Code.STORE_UNWRITABLE}", "")
        folder.chmod(0o755)


def test_damaged_store(path: Path, db: apsw.Connection) -> None:
    fill(db, [article(str(number), "货源" * 500) for number in range(50)])
    db.close()
    content = bytearray(path.read_bytes())
    content[8192 * 2 :] = bytes(len(content) - 8192 * 2)
    path.write_bytes(content)
    assert refusal(path) is Code.STORE_CORRUPT
    assert path.read_bytes() == content


def test_damaged_body(db: apsw.Connection) -> None:
    fill(db, [article("1")])
    db.execute("UPDATE article_text SET body = substr(body, 1, 20)")
    with pytest.raises(HuoyuanError) as caught:
        read_article(db, ids(db)[0])
    assert caught.value.problem == Problem(Code.STORE_CORRUPT, {"path": db.filename})


def test_locked_store(path: Path, db: apsw.Connection) -> None:
    other = open_store(path)
    other.set_busy_handler(None)
    with transaction(db), pytest.raises(HuoyuanError) as caught:
        fill(other, [article("1")])
    assert caught.value.problem.code is Code.STORE_LOCKED
    other.close()


def test_full_disk_keeps_what_was_saved(path: Path, db: apsw.Connection) -> None:
    fill(db, [article(str(number)) for number in range(5)])
    db.pragma("max_page_count", db.pragma("page_count") + 3)
    with pytest.raises(HuoyuanError) as caught:
        fill(db, [article(f"neu{number}", os.urandom(30000).hex()) for number in range(5)])
    assert caught.value.problem.code is Code.STORE_FULL
    assert len(ids(db)) == 5
    db.close()
    again = open_store(path)
    assert len(ids(again)) == 5
    assert fill(again, [article("neu")]).new == 1
    again.close()


def test_a_transaction_that_sqlite_rolled_back_itself(db: apsw.Connection) -> None:
    fill(db, [article("1")])
    with pytest.raises(apsw.ConstraintError), transaction(db):
        db.execute("UPDATE status SET read_at = 1; INSERT OR ROLLBACK INTO category VALUES (0, '', 0)")
    assert db.execute("SELECT read_at FROM status").get is None
    with transaction(db):
        db.execute("UPDATE status SET read_at = 2")
    assert db.execute("SELECT read_at FROM status").get == 2


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (apsw.BusyError, Code.STORE_LOCKED),
        (apsw.LockedError, Code.STORE_LOCKED),
        (apsw.FullError, Code.STORE_FULL),
        (apsw.NotADBError, Code.STORE_NOT_DATABASE),
        (apsw.CorruptError, Code.STORE_CORRUPT),
        (apsw.ReadOnlyError, Code.STORE_UNWRITABLE),
        (apsw.CantOpenError, Code.STORE_UNWRITABLE),
        (apsw.PermissionsError, Code.STORE_UNWRITABLE),
        (apsw.IOError, Code.STORE_UNWRITABLE),
    ],
)
def test_what_sqlite_says_is_told_by_a_code(path: Path, said: type[apsw.Error], code: Code) -> None:
    with pytest.raises(HuoyuanError) as caught, translated(str(path)):
        raise said
    assert caught.value.problem == Problem(code, {"path": str(path)})


def test_behind_work_of_the_background_the_lock_is_free_for_a_while(
    path: Path, db: apsw.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    class Others:
        """What others do meanwhile."""

        def sleep(self, seconds: float) -> None:
            with closing(open_store(path)) as other, transaction(other):
                pauses.append(seconds)

    monkeypatch.setattr(guard, "time", Others())
    with guard.polite_transaction(db):
        db.execute("UPDATE feed SET failures = 0")
        assert pauses == []
    # who waits asks again within
    assert pauses == [2 * guard.BUSY_PAUSE_SECONDS]


def test_mistakes_of_ours_are_not_dressed_up(db: apsw.Connection) -> None:
    with pytest.raises(apsw.SQLError), translated(db.filename):
        db.execute("SELECT nothing FROM nowhere")


OPEN = """
import sys, pathlib
from tui.store.connection import open_store, work_behind
from tui.store.read_thread import ReadThread
open_store(pathlib.Path(sys.argv[1])).close()
"""


def test_many_processes_may_open_a_new_store_at_once(path: Path) -> None:
    children = [
        subprocess.Popen([sys.executable, "-c", OPEN, str(path)], stderr=subprocess.PIPE) for _ in range(6)
    ]
    assert [child.communicate()[1] for child in children] == [b""] * 6
    db = open_store(path)
    assert db.pragma("user_version") == len(schema.MIGRATIONS)
    assert db.pragma("journal_mode") == "wal"
    db.close()


LATER = (*schema.MIGRATIONS, "ALTER TABLE status ADD COLUMN note TEXT; UPDATE status SET note = 'ja'")


def test_migration_keeps_a_copy_of_the_older_store(path: Path, db: apsw.Connection) -> None:
    fill(db, [article("1"), article("2")])
    schema.migrate(db, path, LATER)
    assert db.pragma("user_version") == len(LATER)
    assert db.execute("SELECT note FROM status").fetchall() == [("ja",), ("ja",)]
    copy = path.with_name(f"huoyuan.db.v{len(schema.MIGRATIONS)}")
    assert mode(copy) == 0o600
    older = open_store(copy)
    assert len(ids(older)) == 2
    older.close()


def test_failed_migration_changes_nothing(path: Path, db: apsw.Connection) -> None:
    fill(db, [article("1")])
    with pytest.raises(apsw.SQLError):
        schema.migrate(
            db, path, (*schema.MIGRATIONS, "ALTER TABLE status ADD COLUMN note TEXT; SELECT nothing")
        )
    assert db.pragma("user_version") == len(schema.MIGRATIONS)
    assert "note" not in [row[1] for row in db.execute("PRAGMA table_info(status)")]
    assert not db.in_transaction


def test_a_copy_that_cannot_be_made(path: Path, db: apsw.Connection, tmp_path: Path) -> None:
    with pytest.raises(HuoyuanError) as caught:
        copy(path, tmp_path / "no such folder" / "copy.db")
    assert caught.value.problem.code is Code.STORE_UNWRITABLE


def test_why_a_file_cannot_be_written_where_there_is_no_folder(tmp_path: Path) -> None:
    assert unwritable(str(tmp_path / "no such folder" / "huoyuan.db")) is Code.STORE_UNWRITABLE
