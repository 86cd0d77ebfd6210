"""Backups with something in the way: files of others, broken ones, no room, a damaged database."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from tests.store.power import Disk
from tests.store.samples import NOW, article, fill, ids, index_pending
from tui.errors import Code, HuoyuanError
from tui.model import ListQuery
from tui.store import backup, search
from tui.store.backup_restore import restore
from tui.store.backup_state import STATE, WHOLE, write_state
from tui.store.connection import PAGE_BYTES, open_store
from tui.store.marks import mark_favorite, mark_read

DAY = 86_400


@pytest.fixture
def used(path: Path) -> Path:
    """A store with a favorite and two read articles."""
    with closing(open_store(path)) as db:
        fill(db, [article(str(number), "货源稳定" * 40) for number in range(6)])
        mark_read(db, [1, 2], True, NOW)
        mark_favorite(db, [2], True, NOW)
    return path


def back_up(path: Path, now: int = NOW) -> Path:
    made = backup.back_up(path, now)
    assert made is not None
    return made.path


def refused(act: Callable[[], object]) -> Code:
    with pytest.raises(HuoyuanError) as caught:
        act()
    return caught.value.problem.code


def marked(path: Path) -> tuple[int, int, int]:
    """How many articles there are, and how many are read and favorites."""
    with closing(open_store(path)) as db:
        read, favorite = db.execute("SELECT count(read_at), count(favorite_at) FROM status").get
        return len(ids(db)), read, favorite


def test_files_of_others_in_the_folder_are_left(used: Path) -> None:
    made = back_up(used)
    others = [made.with_name(name) for name in ("thesis.db", "auto-99999999-999999.db", "auto-.db")]
    for other in others:
        other.write_bytes(b"mine")
    backup.let_go(used, NOW + 400 * DAY)
    assert [one.path for one in backup.backups(used)] == [made]
    assert [other.read_bytes() for other in others] == [b"mine"] * 3


def test_a_backup_of_a_clock_that_ran_ahead_puts_off_none(used: Path) -> None:
    back_up(used)
    assert not backup.is_due(used, NOW)
    assert backup.is_due(used, NOW - 1)


@pytest.mark.skipif(os.name == "nt", reason="a link needs a right there")
def test_a_part_that_another_process_finishes_meanwhile(used: Path) -> None:
    folder = backup.folder_of(used)
    folder.mkdir(exist_ok=True)
    # as what was there when the folder was read and is not when it is looked at
    (folder / "backup-1.db.part").symlink_to("gone")
    backup.let_go(used, NOW)
    assert (folder / "backup-1.db.part").is_symlink()


def test_what_a_killed_backup_left_goes_after_some_hours(used: Path) -> None:
    made = back_up(used)
    old, new = made.with_name("auto-1.db.77.part"), made.with_name("auto-2.db.78.part-journal")
    for file, age in ((old, backup.EVERY_SECONDS + 1), (new, backup.EVERY_SECONDS)):
        file.touch()
        os.utime(file, (NOW - age, NOW - age))
    backup.let_go(used, NOW)
    assert (old.exists(), new.exists()) == (False, True)


def test_where_no_folder_can_be_made_nothing_is(used: Path) -> None:
    in_the_way = used.with_name("file")
    in_the_way.touch()
    assert (
        refused(lambda: backup.back_up_by_hand(used, in_the_way / "x.db", STATE, NOW)) is Code.FILE_UNWRITABLE
    )


def test_a_full_disk_leaves_no_half_of_a_backup(used: Path) -> None:
    with Disk("small", lambda change: None) as disk:
        disk.room = 200_000
        assert refused(lambda: back_up(used)) is Code.STORE_FULL
        assert list(backup.folder_of(used).iterdir()) == []
        disk.room = None
        assert backup.sound(back_up(used)).read == 2


def test_what_is_marked_meanwhile_is_not_half_in_a_backup(used: Path, tmp_path: Path) -> None:
    target = tmp_path / "state.db"
    target.touch()
    with closing(open_store(used)) as db, closing(open_store(used)) as other:

        def another_reader_marks(_: object, statement: str, __: object) -> bool:
            if "INTO copy.status" in statement:
                mark_read(other, [4], True, NOW + 1)
            return True

        db.exec_trace = another_reader_marks
        said = write_state(db, target, NOW)
        assert other.execute("SELECT count(read_at) FROM status").get == 3
    assert said.read == 2
    assert marked(target)[1] == 2


def no_database(path: Path) -> None:
    path.write_bytes(b"x" * 9000)


def no_tables(path: Path) -> None:
    path.write_bytes(b"")


def note_without_sense(path: Path) -> None:
    with closing(apsw.Connection(str(path))) as db:
        db.execute("UPDATE meta SET value = '{\"kind\": 7}' WHERE name = 'backup'")


@pytest.mark.parametrize("breaking", [no_database, no_tables, note_without_sense])
def test_beside_one_that_says_nothing_another_is_made(used: Path, breaking: Callable[[Path], None]) -> None:
    first = back_up(used)
    breaking(first)
    assert backup.held_by(first) is None
    assert backup.sound(back_up(used, NOW + DAY)).favorites == 1


def test_what_is_broken_or_empty_is_not_taken_back(used: Path) -> None:
    broken = back_up(used)
    content = bytearray(broken.read_bytes())
    content[PAGE_BYTES * 9 : PAGE_BYTES * 12] = bytes(PAGE_BYTES * 3)
    broken.write_bytes(content)
    empty = broken.with_name("empty")
    empty.touch()
    assert refused(lambda: restore(used, broken, NOW)) is Code.STORE_CORRUPT
    assert refused(lambda: restore(used, empty, NOW)) is Code.STORE_NOT_DATABASE
    assert refused(lambda: restore(used, used, NOW)) is Code.FILE_EXISTS
    assert backup.newest_sound(used) is None
    assert marked(used) == (6, 2, 1)


def damage(path: Path) -> bytes:
    """Break the page of the counters; gives what the file says then."""
    with closing(open_store(path)) as db:
        page: int = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'counter'").get
    content = bytearray(path.read_bytes())
    content[PAGE_BYTES * (page - 1) : PAGE_BYTES * page] = b"\xa5" * PAGE_BYTES
    path.write_bytes(content)
    return bytes(content)


def test_a_damaged_database_is_saved_before_a_backup_is_taken_back(used: Path) -> None:
    made = back_up(used)
    with closing(open_store(used)) as db:
        mark_read(db, [5], True, NOW + 60)
    damage(used)
    done = restore(used, made, NOW + 100)
    assert marked(used) == (6, 2, 1)
    assert done.kept is not None
    assert marked(done.kept) == (6, 3, 1)
    assert len([*used.parent.glob("huoyuan.db.damaged-*[0-9]")]) == 1


def test_a_damaged_database_is_kept_as_it_is_where_a_whole_one_takes_its_place(
    used: Path, tmp_path: Path
) -> None:
    made, _ = backup.back_up_by_hand(used, tmp_path / "whole.db", WHOLE, NOW)
    damaged = damage(used)
    done = restore(used, made.path, NOW + 100)
    assert marked(used) == (6, 2, 1)
    assert done.kept is not None
    assert done.kept.read_bytes() == damaged
    assert not [*used.parent.glob("huoyuan.db.damaged-*")]


@pytest.mark.parametrize("kind", [STATE, WHOLE])
def test_a_backup_is_taken_back_where_there_is_nothing(used: Path, tmp_path: Path, kind: str) -> None:
    made, _ = backup.back_up_by_hand(used, tmp_path / "kept.db", kind, NOW)
    new = tmp_path / "new" / "huoyuan.db"
    assert restore(new, made.path, NOW + 100).kept is None
    assert marked(new) == (6 if kind == WHOLE else 1, 2, 1)
    with closing(open_store(new)) as db:
        while index_pending(db):
            pass
        assert 2 in search.search_ids(db, ListQuery(search="货源稳定"), 0)
    assert {file.name: file.stat().st_mode & 0o777 for file in new.parent.iterdir()} == {
        "huoyuan.db": 0o600,
        "huoyuan.db.lock": 0o600,
    }
