"""newsboat takes the cache that is made for it, and finds in it what we find."""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from bench import newsboat
from bench.against import Result, crossover
from bench.articles import searches
from bench.steps import START, Cost, Session
from tests.bench.conftest import COUNT, SEED
from tui.model import ListQuery
from tui.store import lists
from tui.store.connection import open_store

needs_newsboat = pytest.mark.skipif(bool(newsboat.missing()), reason=newsboat.missing())


@needs_newsboat
def test_newsboat_counts_every_article_as_unread(made: Path, tmp_path: Path) -> None:
    newsboat.make_cache(made, tmp_path)
    said = subprocess.run(
        [*newsboat.command(tmp_path), "-x", "print-unread"], capture_output=True, text=True, check=True
    )
    assert said.stdout.split()[0] == str(COUNT + 1)


@needs_newsboat
def test_cache_holds_the_same_titles_dates_and_texts(made: Path, tmp_path: Path) -> None:
    newsboat.make_cache(made, tmp_path)
    store = open_store(made, write=False)
    rows = lists.rows(store, lists.article_ids(store, ListQuery(), 0))
    with closing(sqlite3.connect(tmp_path / "cache.db")) as db:
        items = db.execute("SELECT title, pubDate FROM rss_item").fetchall()
        rare = db.execute(
            "SELECT count(*) FROM rss_item WHERE content LIKE ?1 OR title LIKE ?1",
            (f"%{searches(SEED).rare}%",),
        ).fetchone()
    assert sorted(items) == sorted((row.title, row.published) for row in rows.values())
    assert rare == (1,)


@needs_newsboat
def test_statistics_come_and_go(made: Path, tmp_path: Path) -> None:
    def known() -> bool:
        with closing(sqlite3.connect(tmp_path / "cache.db")) as db:
            return bool(db.execute("SELECT 1 FROM sqlite_stat1 WHERE tbl = 'rss_item'").fetchall())

    cache = newsboat.make_cache(made, tmp_path)
    assert known()
    newsboat.forget_statistics(cache)
    assert not known()
    newsboat.gather_statistics(cache)
    assert known()


def result(articles: int, theirs: float, ours: float) -> Result:
    sessions = (Session({START: Cost(cpu, cpu)}, 1, 1) for cpu in (theirs, ours))
    them, us = ((session,) for session in sessions)
    return Result(articles, them, us, None, 1, 1)


def test_crossover_lies_between_the_sizes_where_the_ratio_passes_one() -> None:
    assert crossover([result(1_000, 0.04, 0.4), result(100_000, 4.0, 0.4)]) == pytest.approx(10_000)
    assert crossover([result(1_000, 1.0, 0.4), result(100_000, 4.0, 0.4)]) is None
