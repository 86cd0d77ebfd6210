"""What the store takes of a refresh: entries that it mostly knows, and marks that come between.

Both are lines of `python -m bench.store`, over the same database.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import apsw

from bench.feed_server import Server, make
from tui.model import Article, ListQuery, Scope, ScopeKind
from tui.store import feeds, lists, marks, saving
from tui.store.connection import open_store, work_behind
from tui.store.drafts import drafts_of

FEEDS, ENTRIES, NEW = 100, 31, 2
ROUNDS = 5
SERVED_FEEDS, SERVED_ENTRIES = 100, 50
FEWEST = 100
"""Marks below which a percentile says nothing."""


def known_entries(database: Path, today: int) -> float:
    """CPU milliseconds of storing 3,100 entries of 100 feeds of which 200 are new, the median of some times.

    The others are known by what the feed said, as after any refresh but the first.
    """
    now = int(time.time())
    db = open_store(database)
    # as the worker's connection does
    work_behind(db)
    given = {state.id: _newest(db, state.id, ENTRIES - NEW, today) for state in feeds.states(db)[:FEEDS]}
    for feed, articles in given.items():
        saving.save(db, feed, articles, now)
    taken = statistics.median(_store(db, given, number, now) for number in range(ROUNDS))
    db.close()
    return taken


def _newest(db: apsw.Connection, feed: int, count: int, today: int) -> list[Article]:
    """A feed's newest articles, with the hash of what it said of each."""
    ids = lists.article_ids(db, ListQuery(Scope(ScopeKind.FEED, feed)), today, count)
    stored = (lists.article(db, article) for article in ids)
    return [replace(one.article, category="", origin=one.id) for one in stored if one is not None]


def _fresh(article: Article, number: int, now: int) -> Article:
    """Another article as long as this one: with its link and title it would be this one renamed."""
    return replace(
        article,
        uid=f"{article.uid} {number}",
        title=f"{article.title}{number}",
        link=f"{article.link}/{number}",
        published=now,
        origin=(article.origin or 0) + (number + 1) * 10**9,
    )


def _store(db: apsw.Connection, given: dict[int, list[Article]], number: int, now: int) -> float:
    states = {state.id: state for state in feeds.states(db)}
    fresh = {feed: [_fresh(one, number, now) for one in articles[:NEW]] for feed, articles in given.items()}
    began = time.thread_time()
    # as `Gathering` does for feeds that answer within a moment
    waiting: list[saving.Brought] = []
    for feed, articles in given.items():
        entries = [*fresh[feed], *articles]
        same = saving.unchanged(db, feed, {entry.uid: entry.origin or 0 for entry in entries})
        rest = [entry for entry in entries if entry.uid not in same]
        drafts = drafts_of(feed, states[feed].url, rest, now)
        waiting.append(saving.Brought(feed, drafts, states[feed]))
        if sum(len(one.drafts) for one in waiting) >= saving.CHUNK:
            saving.save_all(db, waiting, now)
            waiting = []
    saving.save_all(db, waiting, now)
    return (time.thread_time() - began) * 1000


def marks_meanwhile(database: Path, seed: int) -> list[float]:
    """Wall milliseconds of single marks until each is on disk, while another process refreshes."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        make(Path(name) / "served", SERVED_FEEDS, SERVED_ENTRIES, seed)
        with Server(Path(name) / "served", 0.0) as server:
            config = Path(name) / "feeds.toml"
            urls = (server.url(number, f"{number}.xml") for number in range(SERVED_FEEDS))
            config.write_text("".join(f'[[feed]]\nurl = "{url}"\n' for url in urls), "utf-8")
            command = [sys.executable, "-P", "-m", "tui", "--config", str(config)]
            with subprocess.Popen(
                [*command, "--data", str(database.parent), "refresh"],
                stdout=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": str(Path.cwd()), "LANG": "C.UTF-8"},
            ) as refresh:
                return list(_marks(database, refresh, chance))


def _marks(database: Path, refresh: subprocess.Popen[bytes], chance: random.Random) -> Iterator[float]:
    db = open_store(database)
    last: int = db.execute("SELECT max(id) FROM article").get
    while refresh.poll() is None:
        article = chance.randint(1, last)
        began = time.perf_counter()
        if marks.mark_read(db, [article], True, 1):
            yield (time.perf_counter() - began) * 1000
        time.sleep(chance.uniform(0.005, 0.03))
    db.close()
    if refresh.returncode:
        raise RuntimeError(f"the refresh ended with {refresh.returncode}")


def percentile(values: Sequence[float], share: float) -> float:
    """The value that so large a share of the values does not exceed."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]
