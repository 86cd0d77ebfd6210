"""Backups: small, the user's alone, kept by a rule; what is taken back is what was there."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.store.samples import COUNTERS, NOW, RECOUNT, article, fill, ids, wechat
from tui.errors import Code, HuoyuanError
from tui.merchants import Standing
from tui.model import Contact, Kind, Source
from tui.store import backup, book_edits, checking, lists, recounting, schema, tables
from tui.store.backup_restore import restore
from tui.store.backup_state import STATE, WHOLE
from tui.store.connection import open_store
from tui.store.marks import mark_favorite, mark_read, undo

DAY = 86400


def pair(wechat_id: str, qq: str) -> tuple[Contact, Contact]:
    """Two contacts of one merchant block."""
    return (
        Contact(Kind.WECHAT, wechat_id, 0, 0, "微信号", Source.BLOCK, 1.0),
        Contact(Kind.QQ, qq, 0, 0, "QQ号", Source.BLOCK, 1.0),
    )


def known(path: Path) -> dict[str, object]:
    """What the user did, by what it was done to and not by ids."""
    with closing(open_store(path)) as db:
        marks = db.execute(
            "SELECT key, read_at, favorite_at FROM status WHERE coalesce(read_at, favorite_at) ORDER BY key"
        ).fetchall()
        book = db.execute(
            """SELECT standing, note, group_concat(value ORDER BY value) FROM merchant
            JOIN contact ON merchant_id = merchant.id WHERE standing <> 'new' OR note <> ''
            GROUP BY merchant.id ORDER BY 3"""
        ).fetchall()
        pairs = [
            db.execute(
                f"""SELECT one.value, other.value FROM {table} JOIN contact AS one ON one.id = contact_id
                JOIN contact AS other ON other.id = other_id ORDER BY 1, 2"""
            ).fetchall()
            for table in ("apart", "together")
        ]
        copied = db.execute("SELECT value, copied_at FROM contact WHERE copied_at > 0").fetchall()
    return {"marks": marks, "book": book, "pairs": pairs, "copied": copied}


@pytest.fixture
def used(path: Path) -> Path:
    """A store whose user has marked, noted, split and joined."""
    with closing(open_store(path)) as db:
        fill(
            db, [article(f"a{n}", "货源稳定" * 40, contacts=pair(f"shop_{n}", f"1000{n}")) for n in range(8)]
        )
        fill(db, [article(f"b{n}", contacts=(wechat(f"solo_{n}"),)) for n in range(3)], feed=1)
        mark_read(db, [1, 2, 9], True, NOW)
        mark_favorite(db, [2, 3], True, NOW + 1)
        merchant = dict(db.execute("SELECT value, merchant_id FROM contact"))
        book_edits.set_standing(db, merchant["shop_0"], Standing.ADDED, NOW)
        book_edits.set_note(db, merchant["shop_0"], "发货快", NOW)
        book_edits.set_standing(db, merchant["solo_1"], Standing.BLOCKED, NOW)
        book_edits.join(db, merchant["shop_1"], merchant["solo_0"], NOW)
        book_edits.split(db, db.execute("SELECT id FROM contact WHERE value = '10004'").get, NOW)
        book_edits.note_copy(db, Kind.WECHAT, "shop_5", NOW)
    return path


def back_up(path: Path, now: int = NOW) -> backup.Backup:
    made = backup.back_up(path, now)
    assert made is not None
    return made


def check(path: Path) -> None:
    """Hold that a store is whole in itself."""
    with closing(open_store(path)) as db:
        assert checking.faults(db, thorough=True) == []
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute(COUNTERS).fetchall() == db.execute(RECOUNT).fetchall()
        assert recounting.wrong_counts(db) == 0
        assert recounting.wrong_index(db) == 0


def test_a_backup_is_its_owners_alone_whatever_the_umask(used: Path) -> None:
    before = os.umask(0)
    try:
        made = back_up(used)
    finally:
        os.umask(before)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    assert [file.name for file in made.path.parent.iterdir()] == [made.path.name]


def test_a_backup_is_a_store_that_can_be_used_as_it_is(used: Path, tmp_path: Path) -> None:
    made = back_up(used)
    moved = tmp_path / "elsewhere" / "huoyuan.db"
    moved.parent.mkdir()
    moved.write_bytes(made.path.read_bytes())
    assert known(moved) == known(used)
    check(moved)
    with closing(open_store(moved)) as db:
        assert len(ids(db)) == 2
        favorite = lists.article(db, 2)
        assert favorite is not None
        assert favorite.article.body.text == "货源稳定" * 40
        assert [contact.value for contact in favorite.article.contacts] == ["shop_6", "10006"]


def test_nothing_new_makes_no_backup(used: Path) -> None:
    back_up(used)
    assert backup.is_due(used, NOW + backup.EVERY_SECONDS)
    assert backup.back_up(used, NOW + backup.EVERY_SECONDS) is None
    assert not backup.is_due(used, NOW + backup.EVERY_SECONDS + 60)
    with closing(open_store(used)) as db:
        mark_read(db, [5], True, NOW + 60)
    assert backup.back_up(used, NOW + 2 * backup.EVERY_SECONDS) is not None


def test_a_backup_holds_up_no_writer(used: Path) -> None:
    with closing(open_store(used)) as db, closing(open_store(used)) as other:
        other.set_busy_handler(None)
        db.execute("BEGIN")
        assert db.execute("SELECT count(*) FROM status").get
        mark_read(other, [7], True, NOW)
        db.execute("COMMIT")
        db.execute("BEGIN IMMEDIATE")
        assert backup.back_up(used, NOW) is not None
        db.execute("ROLLBACK")


def test_a_state_is_taken_back_exactly_and_articles_stay(used: Path) -> None:
    before, made = known(used), back_up(used)
    with closing(open_store(used)) as db:
        fill(db, [article("new", contacts=(wechat("newcomer"),))], now=NOW + 60)
        mark_read(db, [4, 5, 12], True, NOW + 90)
        mark_read(db, [1], False, NOW + 90)
        mark_favorite(db, [3], False, NOW + 90)
        merchant = dict(db.execute("SELECT value, merchant_id FROM contact"))
        book_edits.set_standing(db, merchant["shop_0"], Standing.BLOCKED, NOW)
        book_edits.set_note(db, merchant["shop_7"], "后来写的", NOW)
        book_edits.join(db, merchant["shop_0"], merchant["solo_1"], NOW)
        book_edits.split(db, db.execute("SELECT id FROM contact WHERE value = '10001'").get, NOW)
    done = restore(used, made.path, NOW + 100)
    after = known(used)
    newest = [mark for mark in after["marks"] if mark[1] == NOW + 90]  # type: ignore[attr-defined]
    assert len(newest) == 1
    after["marks"].remove(newest[0])  # type: ignore[attr-defined]
    assert after == before
    check(used)
    assert done.kept is not None
    assert len(known(done.kept)["marks"]) == 5  # type: ignore[arg-type]
    with closing(open_store(used)) as db:
        assert len(ids(db)) == 12
        assert undo(db) is None


def test_a_state_is_taken_back_into_another_store(used: Path, tmp_path: Path) -> None:
    before, made = known(used), back_up(used)
    other = tmp_path / "other" / "huoyuan.db"
    with closing(open_store(other)) as db:
        fill(db, [article(f"b{n}", contacts=(wechat(f"solo_{n}"),)) for n in range(3)], feed=1)
        fill(db, [article(f"a{n}", "x", contacts=pair(f"shop_{n}", f"1000{n}")) for n in (7, 5, 2, 0)])
    restore(other, made.path, NOW + 100)
    assert known(other) == before
    check(other)
    with closing(open_store(other)) as db:
        titles = {title for (title,) in db.execute("SELECT title FROM article")}
        assert titles >= {"标题a5", "标题a6"}


def test_a_favorite_that_went_comes_back_with_its_text(used: Path) -> None:
    made = back_up(used)
    with closing(open_store(used)) as db:
        db.execute("DELETE FROM article WHERE id = 3")
    restore(used, made.path, NOW + 100)
    with closing(open_store(used)) as db:
        favorite = lists.article(db, 3)
        assert favorite is not None
        assert (favorite.favorite, favorite.article.body.text) == (True, "货源稳定" * 40)
    check(used)


def test_a_whole_backup_takes_the_place_of_the_database(used: Path, tmp_path: Path) -> None:
    before = known(used)
    made, held = backup.back_up_by_hand(used, tmp_path / "whole.db", WHOLE, NOW)
    assert (held.kind, held.read, held.favorites) == (WHOLE, 3, 2)
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    with closing(open_store(used)) as db:
        mark_read(db, [4, 5], True, NOW + 90)
        db.execute("DELETE FROM article WHERE id = 8")
    restore(used, made.path, NOW + 100)
    assert known(used) == before
    check(used)
    with closing(open_store(used)) as db:
        assert len(ids(db)) == 11


def test_a_file_that_is_there_is_left(used: Path, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("thesis")
    with pytest.raises(HuoyuanError) as caught:
        backup.back_up_by_hand(used, tmp_path / "there", STATE, NOW)
    assert caught.value.problem.code is Code.FILE_EXISTS
    assert (tmp_path / "there").read_text() == "thesis"
    made, _ = backup.back_up_by_hand(used, tmp_path, STATE, NOW)
    assert made.path.parent == tmp_path


def test_a_database_that_is_in_use_is_not_replaced(used: Path) -> None:
    made = back_up(used)
    holder = (
        f"import apsw; db = apsw.Connection({str(used)!r}); db.execute('SELECT * FROM meta').fetchall();"
        "print(1, flush=True); input()"
    )

    with subprocess.Popen(
        [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(HuoyuanError) as caught:
            restore(used, made.path, NOW + 100)
        assert caught.value.problem.code is Code.STORE_LOCKED
        other.communicate(b"\n")
    assert restore(used, made.path, NOW + 100).kept is not None


def test_a_broken_backup_is_passed_over(used: Path) -> None:
    older = back_up(used)
    with closing(open_store(used)) as db:
        mark_read(db, [5], True, NOW + 60)
    newer = back_up(used, NOW + DAY)
    newer.path.write_bytes(newer.path.read_bytes()[:40_000])
    found = backup.newest_sound(used)
    assert found is not None
    assert found[0] == older
    with pytest.raises(HuoyuanError):
        restore(used, newer.path, NOW)
    assert [one.path for one in backup.backups(used)] == [newer.path, older.path]


def test_a_backup_of_an_older_version_is_taken_back(used: Path) -> None:
    before, made = known(used), back_up(used)
    today = made.path.rename(made.path.with_name("today"))
    with closing(apsw.Connection(str(made.path))) as older:
        for step in schema.MIGRATIONS[:4]:
            older.execute(step)
        older.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
        older.execute("PRAGMA user_version = 4; ATTACH ? AS today", (str(today),))
        for table in (*tables.kept_tables(older), "meta", "counter", "tally"):
            tables.copy_rows(older, "today", "main", table)
    today.unlink()
    restore(used, made.path, NOW + 100)
    assert known(used) == before
    assert [file.name for file in made.path.parent.iterdir()] == [made.path.name]


def test_old_ones_go(used: Path) -> None:
    made = back_up(used)
    for number in range(1, 40):
        stamp = time.strftime("%Y%m%d-%H%M%S", time.localtime(NOW + number * DAY // 2))
        made.path.with_name(f"auto-{stamp}.db").write_bytes(b"")
    by_hand, _ = backup.back_up_by_hand(used, None, STATE, NOW - 400 * DAY)
    backup.let_go(used, NOW + 20 * DAY)
    left = backup.backups(used)
    assert left[-1].path == by_hand.path
    assert len(left) == 11
    assert [one.made for one in left[:3]] == [NOW + number * DAY // 2 for number in (39, 38, 37)]


@settings(max_examples=30)
@given(some.lists(some.integers(1_700_000_000, 1_760_000_000), max_size=60))
def test_what_is_kept_covers_days_and_weeks(made: list[int]) -> None:
    kept = set(backup.kept_of(made))
    assert kept <= set(made)
    assert kept >= set(sorted(made)[-backup.LATEST :])
    assert len(kept) <= backup.LATEST + backup.DAYS + backup.WEEKS
    days = sorted({datetime.fromtimestamp(time).astimezone().date() for time in made})[-backup.DAYS :]
    assert {datetime.fromtimestamp(time).astimezone().date() for time in kept} >= set(days)
    assert set(backup.kept_of(kept)) == kept
