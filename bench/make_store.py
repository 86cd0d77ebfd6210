"""Fills a database with articles of Chinese text from a seed: `python -m bench.make_store DIR N SEED`."""

from __future__ import annotations

import argparse
import multiprocessing
import random
import time
from collections.abc import Sequence
from dataclasses import replace
from multiprocessing.synchronize import Event
from pathlib import Path

import apsw

from bench.articles import FEEDS, LONG, MINUTE, Maker, feed_specs, maker
from tui.feed_values import FeedSpec
from tui.model import Article
from tui.store.connection import open_store
from tui.store.copying import copy
from tui.store.feeds import states, sync_feeds
from tui.store.indexing import Indexer
from tui.store.saving import save

BATCH = 25
"""Articles that a feed brings at once, as a refresh does."""

INDEX_STEP = 250
MANY = 5_000


def fill(folder: Path, count: int, seed: int, *, now: int | None = None, processes: int = 0) -> Path:
    """Make `count` articles, and a long one as the newest, in a database in a folder; gives its path.

    All goes through the store's own functions; only the waiting for the disk is left out. With 2 processes
    (for many articles by default) one indexes while the other saves.
    """
    made = maker(count, seed, int(time.time()) if now is None else now)
    database = folder / "huoyuan.db"
    connection = _open(database)
    specs = feed_specs()
    sync_feeds(connection, specs, made.now)
    if (processes or 1 + (count >= MANY)) == 1:
        _save_all(connection, made, count)
        _index(connection)
    else:
        _save_and_index(connection, database, made, count)
    _compact(connection, database)
    (folder / "feeds.toml").write_text(_config(specs), "utf-8")
    return database


def _open(database: Path) -> apsw.Connection:
    connection = open_store(database)
    connection.pragma("synchronous", "off")
    return connection


def _save_all(connection: apsw.Connection, made: Maker, count: int) -> None:
    feeds = [state.id for state in states(connection)]
    for end in range(count, 0, -BATCH * FEEDS):
        numbers = range(max(0, end - BATCH * FEEDS), end)
        for place, feed in enumerate(feeds):
            # the newest first, as feeds have them
            batch = [made.article(number) for number in numbers if number % FEEDS == place]
            save(connection, feed, batch, made.now)
    save(connection, feeds[0], [newest(made, count)], made.now)


def newest(made: Maker, count: int) -> Article:
    """The article of 20 KB that is on top of every list."""
    return replace(made.article(count, LONG), published=made.now + MINUTE)


def _compact(connection: apsw.Connection, database: Path) -> None:
    """Leave out the pages that merging the index set free: in a reader's small steps there are few."""
    compact = database.with_name("compact.db")
    connection.close()
    copy(database, compact)
    compact.replace(database)


def make_article(chance: random.Random, number: int, now: int, length: int = 700) -> Article:
    """One article of about `length` characters with a merchant block, for those who need just one."""
    return maker(1, chance.randrange(2**30), now).article(number, length)


def _save_and_index(connection: apsw.Connection, database: Path, made: Maker, count: int) -> None:
    context = multiprocessing.get_context("spawn")
    saved = context.Event()
    indexer = context.Process(target=_index_until, args=(database, saved))
    indexer.start()
    try:
        _save_all(connection, made, count)
    finally:
        saved.set()
        indexer.join()
    if indexer.exitcode:
        raise RuntimeError(f"the indexer ended with {indexer.exitcode}")


def _index_until(database: Path, saved: Event) -> None:
    connection = _open(database)
    indexer = Indexer(connection)
    while not saved.is_set():
        if not indexer.step(INDEX_STEP):
            saved.wait(0.05)
    _index(connection)
    connection.close()


def _index(connection: apsw.Connection) -> None:
    """Index what is left, and tidy up as the worker does when it has nothing else to do."""
    indexer = Indexer(connection)
    while indexer.step(INDEX_STEP) or indexer.renew(INDEX_STEP) or indexer.tidy():
        pass


def _config(specs: Sequence[FeedSpec]) -> str:
    feeds = (
        f'[[feed]]\nurl = "{spec.url}"\ntitle = "{spec.title}"\ncategory = "{spec.category}"\n'
        for spec in specs
    )
    return "[reader]\nrefresh_on_start = false\nrefresh_minutes = 0\n" + "".join(feeds)


def main() -> None:
    """Fill the folder that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m bench.make_store", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("articles", type=int)
    parser.add_argument("seed", type=int)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    fill(given.folder, given.articles, given.seed)


if __name__ == "__main__":
    main()
