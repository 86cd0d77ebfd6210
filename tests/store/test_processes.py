"""Several processes at once: nothing acknowledged is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import apsw

from tests.store.samples import COUNTERS, RECOUNT
from tui.store.connection import open_store

ROOT = Path(__file__).parents[2]


def start(path: Path, feed: int, rounds: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.child", str(path), str(feed), str(rounds)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def assert_sound(db: apsw.Connection, marked: set[int]) -> None:
    assert db.pragma("integrity_check") == "ok"
    assert db.execute(COUNTERS).fetchall() == db.execute(RECOUNT).fetchall()
    read = {article_id for (article_id,) in db.execute("SELECT id FROM article WHERE read = 1")}
    assert marked <= read
    indexed = db.execute("SELECT count(*) FROM article WHERE id NOT IN (SELECT id FROM unindexed)").get
    assert db.execute("SELECT count(*) FROM search").get == indexed


def test_two_processes_write_at_once(path: Path) -> None:
    children = [start(path, feed, 40) for feed in (0, 1)]
    marked = {int(line) for child in children for line in child.communicate()[0].split()}
    assert [child.returncode for child in children] == [0, 0]
    assert len(marked) == 80
    db = open_store(path)
    assert db.execute("SELECT count(*) FROM article").get == 160
    assert_sound(db, marked)
    db.close()
