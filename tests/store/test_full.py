"""A full disk: it is said, nothing is lost, what is there can be read, and with room all goes on."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import pytest

from tests.http_server import FeedServer, Reply
from tests.store.acknowledged import Acknowledged, faults
from tests.store.busy import Feeding, User, furnish, reader
from tests.store.power import Disk
from tests.store.samples import NOW, article, fill
from tests.ui.stage import feed_xml
from tui.errors import Code, HuoyuanError
from tui.feed_values import FeedSpec, Refreshed
from tui.model import ListQuery
from tui.reader import Reader
from tui.refresh import Refresh
from tui.store import backup
from tui.store.backup_restore import restore
from tui.store.backup_state import STATE, WHOLE
from tui.store.connection import open_store, work_behind
from tui.store.feeds import states, sync_feeds

ROOM = 120_000
TIMES = 15
MANY = 400
SERVED = 12


def use_until_full(reading: Reader, feeding: Feeding, user: User, random: Random) -> None:
    """Mark and bring until either is told that the disk is full."""

    def go_on() -> None:
        while True:
            random.choice([user.act, user.act, feeding.bring])()

    with pytest.raises(HuoyuanError) as caught:
        go_on()
    assert caught.value.problem.code is Code.STORE_FULL
    assert reading.article(1) is not None
    assert reading.categories()[0].total > 0


def test_filled_again_and_again(path: Path) -> None:
    furnish(path)
    random = Random(3)
    told = Acknowledged()
    with Disk("small", lambda change: None) as disk, closing(open_store(path)) as db:
        work_behind(db)
        feeding = Feeding(db, Random(4))
        with closing(reader(path)) as reading:
            user = User(reading, Random(5), told.take)
            for _ in range(TIMES):
                disk.room = random.randrange(ROOM)
                use_until_full(reading, feeding, user, random)
                assert not told.lost(db)
                assert not faults(db)
                disk.room = None
                user.act()
                feeding.bring()
        assert not told.lost(db)
        assert not faults(db)
    assert told.count > TIMES


def test_a_long_list_is_marked_whole_or_not(path: Path) -> None:
    with Disk("small", lambda change: None) as disk, closing(open_store(path)) as db:
        fill(db, [article(str(number)) for number in range(MANY)])
        with closing(reader(path)) as reading:
            disk.room = 5_000
            failed = reading.mark_all_read(ListQuery(), MANY).exception()
            assert isinstance(failed, HuoyuanError)
            assert failed.problem.code is Code.STORE_FULL
            assert reading.categories()[0].unread == MANY
            assert reading.undo().result() is None
            disk.room = None
            # the triggers, which rested meanwhile, count again
            assert reading.mark_read([1], True).result() == 1
            assert not faults(db)
            assert reading.mark_all_read(ListQuery(), MANY).result() == MANY - 1
        assert not faults(db)


def test_a_refresh_ends_with_a_word_and_no_feed_is_blamed(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(feed_xml(60))
    results: list[Refreshed] = []
    with Disk("small", lambda change: None) as disk, closing(open_store(path)) as db:
        sync_feeds(db, [FeedSpec(file.as_uri())], NOW)
        before = states(db)
        disk.room = 30_000
        with pytest.raises(HuoyuanError) as caught:
            asyncio.run(Refresh(db, results.append, lambda: NOW).run(before))
        assert caught.value.problem.code is Code.STORE_FULL
        assert states(db) == before
        disk.room = None
        assert asyncio.run(Refresh(db, results.append, lambda: NOW).run(before)) == 0
        assert sum(result.new for result in results) == 60
        assert not faults(db)


def test_feeds_that_were_on_their_way_are_not_blamed_either(path: Path) -> None:
    routes: dict[str, bytes | Reply] = {f"/{number}": feed_xml(20) for number in range(SERVED)}
    with (
        FeedServer(routes) as server,
        Disk("small", lambda change: None) as disk,
        closing(open_store(path)) as db,
    ):
        sync_feeds(db, [FeedSpec(server.url(route)) for route in routes], NOW)
        disk.room = 500_000

        def report(result: Refreshed) -> None:
            # those that are saved until the first is told leave no room for the others
            disk.room = 0

        with pytest.raises(HuoyuanError) as caught:
            asyncio.run(Refresh(db, report, lambda: NOW).run(states(db)))
        assert caught.value.problem.code is Code.STORE_FULL
        disk.room = None
        assert [state.problem for state in states(db)] == [None] * SERVED
        assert 0 < sum(state.last_success == NOW for state in states(db)) < SERVED


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root may mount")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", tmp_path], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("root may not mount here")
    yield tmp_path
    subprocess.run(["umount", tmp_path], check=True)


def fill_up(file: Path) -> None:
    with file.open("wb", buffering=0) as open_file, suppress(OSError):
        while True:
            open_file.write(bytes(1000))


def test_a_real_disk(small_disk: Path) -> None:
    path, filler = small_disk / "huoyuan.db", small_disk / "filler"
    furnish(path)
    filler.write_bytes(bytes(2_000_000))
    random = Random(3)
    told = Acknowledged()
    with closing(reader(path)) as reading, closing(open_store(path)) as db:
        user = User(reading, random, told.take)
        feeding = Feeding(db, random)
        use_until_full(reading, feeding, user, random)
        assert not told.lost(db)
        filler.unlink()
        user.act()
        feeding.bring()
        assert not told.lost(db)
        assert not faults(db)


def test_a_start_on_a_full_disk(small_disk: Path) -> None:
    path, filler = small_disk / "huoyuan.db", small_disk / "filler"
    furnish(path)
    fill_up(filler)
    with pytest.raises(HuoyuanError) as caught:
        open_store(path)
    assert caught.value.problem.code is Code.STORE_FULL
    filler.unlink()
    with closing(open_store(path)) as db:
        assert not faults(db)


def test_what_has_no_room_is_refused_before_hours_of_writing(
    small_disk: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path, away = small_disk / "huoyuan.db", tmp_path_factory.mktemp("away")
    with closing(open_store(path)) as db:
        db.execute("INSERT INTO meta (name, value) VALUES ('filler', printf('%.*c', 900000, 'x'))")
    whole, _ = backup.back_up_by_hand(path, away / "whole.db", WHOLE, NOW)
    state, _ = backup.back_up_by_hand(path, away / "state.db", STATE, NOW)
    (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free - 500_000))
    before = path.read_bytes()
    for code, act in (
        (Code.STORE_FULL, lambda: backup.back_up_by_hand(path, None, WHOLE, NOW)),
        (Code.STORE_FULL, lambda: restore(path, state.path, NOW)),
        (Code.FILE_UNWRITABLE, lambda: restore(path, whole.path, NOW)),
    ):
        with pytest.raises(HuoyuanError) as caught:
            act()
        assert caught.value.problem.code is code
    assert path.read_bytes() == before
    assert {file.name for file in small_disk.rglob("*")} == {
        "huoyuan.db",
        "huoyuan.db.lock",
        "backups",
        "filler",
    }


def test_the_command_line_on_a_full_disk(small_disk: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("home")
    (home / "feed.xml").write_bytes(feed_xml(100))
    (home / "feeds.toml").write_text(f'[[feed]]\nurl = "{(home / "feed.xml").as_uri()}"\n')
    (small_disk / "filler").write_bytes(bytes(2_300_000))
    setting = ["--config", str(home / "feeds.toml"), "--data", str(small_disk)]
    environ = {**os.environ, "LANG": "en_US.UTF-8"}

    def refresh() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tui", *setting, "refresh"]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environ)

    failed = refresh()
    assert (failed.returncode, failed.stderr.count("\n")) == (2, 1)
    assert "The disk is full" in failed.stderr
    (small_disk / "filler").unlink()
    assert refresh().returncode == 0
