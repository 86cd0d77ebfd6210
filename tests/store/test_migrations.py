"""A store of any release becomes one of this release, with all that the user did, or stays as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from tests.store import older, upgrades
from tests.store.power import Disk
from tests.store.samples import RETALLY, TALLY, TODAY
from tui.errors import Code, HuoyuanError
from tui.model import ListQuery, Sort
from tui.store import schema
from tui.store.connection import open_store
from tui.store.lists import article_ids, categories
from tui.store.marks import undo

MIDWAY = 48
"""Upgrades that are ended midway, half of them by a kill and half by a power cut."""


@pytest.fixture
def first(path: Path) -> Path:
    """A store with the first release's tables, marks and a removed feed."""
    older.make(path, 1)
    return path


def test_from_the_first_release(first: Path) -> None:
    db = open_store(first)
    assert db.pragma("user_version") == len(schema.MIGRATIONS)
    assert db.execute(TALLY).fetchall() == db.execute(RETALLY).fetchall()
    lines = {line.name or line.scope.kind: (line.unread, line.total) for line in categories(db, TODAY)}
    assert lines == {
        "all": (15, 18), "today": (15, 18), "favorites": (1, 1), "contacts": (15, 18),
        "女装货源": (7, 9), "童装货源": (8, 9),
    }  # fmt: skip
    by_views = article_ids(db, ListQuery(sort=Sort.VIEWS), TODAY)
    views = dict(db.execute("SELECT id, coalesce(views, -1) FROM article"))
    assert [views[article_id] for article_id in by_views] == sorted(map(views.get, by_views), reverse=True)  # type: ignore[type-var]
    undone = undo(db)
    assert undone is not None
    assert undone.label == "favorite"
    db.close()


def test_marks_of_the_first_release_can_be_taken_back(first: Path) -> None:
    db = open_store(first)
    undo(db)
    undone = undo(db)
    assert undone is not None
    assert (undone.label, undone.count) == ("mark_read", 3)
    assert len(article_ids(db, ListQuery(unread_only=True), TODAY)) == 18
    db.close()


def test_a_copy_of_the_older_store_is_kept(first: Path) -> None:
    open_store(first).close()
    kept = apsw.Connection(str(first.with_name("huoyuan.db.v1")))
    assert kept.pragma("user_version") == 1
    assert kept.execute("SELECT count(*) FROM article").get == 27
    kept.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes are forked")
def test_upgrades_that_are_killed_or_cut_midway() -> None:
    said = upgrades.run(MIDWAY, 1)
    assert said.startswith(f"{MIDWAY} upgrades were ended midway")


def test_each_version_becomes_todays(path: Path) -> None:
    for version in older.VERSIONS:
        older.make(path, version)
        assert not upgrades.look(path, version)
        path.unlink()


def test_an_upgrade_for_which_there_is_no_room(first: Path) -> None:
    with Disk("small", lambda change: None) as disk:
        disk.room = 100_000
        with pytest.raises(HuoyuanError) as caught:
            open_store(first)
        assert caught.value.problem.code is Code.STORE_FULL
        disk.room = None
    assert sorted(file.name for file in first.parent.iterdir()) == [first.name]
    assert not upgrades.look(first, 1)


OPEN = """
import sys, pathlib
from tui.store.connection import open_store
sys.stdin.read()
open_store(pathlib.Path(sys.argv[1])).close()
"""


def test_many_processes_may_upgrade_at_once(first: Path) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, str(first)], stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    for child in children:
        assert child.stdin is not None
        child.stdin.close()
        child.stdin = None
    assert [child.communicate()[1] for child in children] == [b""] * 4
    assert upgrades.look(first, 1)
