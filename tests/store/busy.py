"""What goes on in a store while it is killed or loses its power: a user who marks, a refresh that brings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import apsw

from tests.store.samples import NOW, SPECS, article, wechat
from tui.config.options import Config, ReaderOptions
from tui.feed_values import FeedSpec
from tui.model import Article, ListQuery
from tui.reader import Reader
from tui.store.connection import open_store
from tui.store.feeds import states, sync_feeds
from tui.store.indexing import Indexer
from tui.store.saving import save

MERCHANTS = 12
SOME = 6
LETTERS = "一手货源女装童装鞋靴箱包外套四季青十三行飞织"


def text(random: Random) -> str:
    """A short text mostly, now and then one that fills a page of the file."""
    return "".join(random.choices(LETTERS, k=random.choice([20, 20, 200, 2500])))


class Feeding:
    """A refresh: articles that are new, one that is known and now says something else, and their index."""

    def __init__(self, db: apsw.Connection, random: Random) -> None:
        self._db = db
        self._random = random
        self._indexer = Indexer(db)
        self._feeds = [state.id for state in states(db)]

    def bring(self, new: int = 2) -> None:
        """Save so many new articles of a feed and one that is known, and index about as many."""
        last: int = self._db.execute("SELECT coalesce(max(id), 0) FROM status").get
        numbers = [*range(last, last + new), self._random.randint(0, last)]
        articles = [self._article(number) for number in dict.fromkeys(numbers)]
        save(self._db, self._random.choice(self._feeds), articles, NOW)
        self._indexer.step(self._random.randint(1, 2 * new))
        self._indexer.tidy(least=1)

    def _article(self, number: int) -> Article:
        contacts = (wechat(f"shop_{number % MERCHANTS}"),)
        return article(str(number), text(self._random), contacts=contacts)


def furnish(path: Path, specs: tuple[FeedSpec, ...] = SPECS) -> None:
    """Make a store with feeds, a few articles and all merchants."""
    db = open_store(path)
    sync_feeds(db, specs, NOW)
    Feeding(db, Random(0)).bring(2 * MERCHANTS)
    db.close()


def reader(path: Path, specs: tuple[FeedSpec, ...] = SPECS) -> Reader:
    """A reader of such a store, with all that it has of connections and threads."""
    return Reader(path, Config(ReaderOptions(), {}, specs, Path()), {}, lambda: NOW)


class User:
    """Somebody who marks what is there, and numbers the notes of merchants."""

    def __init__(
        self, reader: Reader, random: Random, told: Callable[[str], object], first_note: int = 0
    ) -> None:
        self._reader = reader
        self._random = random
        self._told = told
        self._note = first_note

    def act(self) -> None:
        """Do something, and tell it once it was acknowledged; nothing where there is nothing to do."""
        self._random.choice([self._read, self._read, self._like, self._write])()

    def _read(self) -> None:
        found = {self._reader.random_unread(ListQuery()) for _ in range(self._random.choice([1, 1, SOME]))}
        ids = [one for one in found if one is not None]
        if self._reader.mark_read(ids, True).result() == len(ids):
            for one in ids:
                self._told(f"read {one}")

    def _like(self) -> None:
        one = self._random.randint(1, 200)
        if self._reader.mark_favorite([one], True).result():
            self._told(f"favorite {one}")

    def _write(self) -> None:
        self._note += 1
        merchant = self._random.randint(1, MERCHANTS)
        self._reader.set_note(merchant, str(self._note)).result()
        self._told(f"note {merchant} {self._note}")
