"""A database that is damaged at random, and a program that goes on with what could be saved."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from concurrent.futures import Future, wait
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import apsw

from tests.store.samples import NOW, SPECS, article, fill, index_pending, wechat
from tui.config import Config, ReaderOptions
from tui.doctor import files, repair
from tui.doctor.finding import Level
from tui.errors import Problem
from tui.i18n import Words, load_words
from tui.merchants import BookQuery, Standing
from tui.model import Article, Contact, Kind, ListQuery, Source
from tui.reader import Reader
from tui.rescuing import opened
from tui.store import backup, book_edits
from tui.store.connection import open_store
from tui.store.marks import mark_favorite, mark_read

ARTICLES = 150
PAGE = 8192


@dataclass(frozen=True)
class Place:
    """What the command line gives to a start."""

    words: Words
    database: Path


def make_original(folder: Path) -> Path:
    """A store with marks, favorites and a book, a backup of it, and some marks made since."""
    path = folder / "huoyuan.db"
    with closing(open_store(path)) as db:
        for feed in range(2):
            fill(db, [_article(feed, number) for number in range(ARTICLES // 2)], feed=feed)
        while index_pending(db):
            pass
        mark_read(db, range(1, 100), True, NOW)
        mark_favorite(db, range(5, ARTICLES, 10), True, NOW)
        merchants = [number for (number,) in db.execute("SELECT id FROM merchant ORDER BY id LIMIT 12")]
        for merchant in merchants[:9]:
            book_edits.set_standing(db, merchant, Standing.DECLINED, NOW)
            book_edits.set_note(db, merchant, f"老客户 {merchant}", NOW)
        book_edits.join(db, merchants[9], merchants[10], NOW)
        contact: int = db.execute("SELECT max(id) FROM contact WHERE merchant_id = ?", (merchants[11],)).get
        book_edits.split(db, contact, NOW)
    backup.back_up(path, NOW)
    with closing(open_store(path)) as db:
        mark_read(db, range(100, 110), True, NOW + 60)
    return path


def _article(feed: int, number: int) -> Article:
    text = f"货源 {feed} {number} 女装一手" * (1 + number % 40 * 5)
    contacts = (
        wechat(f"shop_{feed}_{number}"),
        Contact(Kind.QQ, f"1000{feed}{number:03}", 0, 0, "QQ", Source.BLOCK, 0.9),
    )
    return article(f"{feed}-{number}", text, contacts=contacts, published=NOW - number * 60)


def damage(path: Path, seed: int) -> str:
    """Damage the file (or its WAL) in one of many ways; gives a word for it."""
    chance = random.Random(seed)
    size = path.stat().st_size
    way = chance.choice(WAYS)  # as `way_of` says
    with path.open("r+b") as file:
        match way:
            case "header":
                _overwrite(file, chance, chance.randrange(100), chance.randint(1, 60))
            case "first page":
                _overwrite(file, chance, chance.randrange(PAGE), chance.randint(1, 400))
            case "page":
                _overwrite(file, chance, chance.randrange(size // PAGE) * PAGE, PAGE)
            case "pages":
                for _ in range(chance.randint(2, 8)):
                    _overwrite(file, chance, chance.randrange(size // PAGE) * PAGE, PAGE)
            case "zeros":
                file.seek(chance.randrange(size // PAGE) * PAGE)
                file.write(bytes(PAGE * chance.randint(1, 4)))
            case "bytes":
                for _ in range(chance.randint(1, 64)):
                    _overwrite(file, chance, chance.randrange(size), 1)
            case "bits":
                for _ in range(chance.randint(1, 20)):
                    _flip(file, chance, chance.randrange(size))
            case "cut":
                file.truncate(chance.randrange(size))
            case "empty":
                file.truncate(0)
            case "text":
                file.truncate(0)
                file.write("这不是数据库\n".encode() * chance.randint(1, 2000))
            case "swapped":
                _swap(file, chance, size // PAGE)
            case "tree" | "search":
                trees = _trees(path)
                # small ones as likely as large ones
                pages = trees["search_data" if way == "search" else chance.choice(list(trees))]
                for _ in range(chance.randint(1, 8)):
                    _flip(file, chance, chance.choice(pages) + chance.randrange(PAGE))
    if way == "wal":
        path.with_name(f"{path.name}-wal").write_bytes(chance.randbytes(chance.randint(1, 60_000)))
    if way == "gone":
        path.unlink()
    return way


WAYS = ("header", "first page", "page", "pages", "zeros", "bytes", "bits", "cut", "empty", "text", "swapped",
        "wal", "gone", "tree", "search")  # fmt: skip


def way_of(seed: int) -> str:
    """The way in which `damage` damages by a seed."""
    return random.Random(seed).choice(WAYS)


def _trees(path: Path) -> dict[str, list[int]]:
    """Where the pages of each table and index begin."""
    places: dict[str, list[int]] = {}
    with closing(apsw.Connection(str(path))) as db:
        for name, number in db.execute("SELECT name, pageno FROM dbstat ORDER BY name, pageno"):
            places.setdefault(name, []).append((number - 1) * PAGE)
    return places


def _overwrite(file: BinaryIO, chance: random.Random, start: int, length: int) -> None:
    file.seek(start)
    file.write(chance.randbytes(length))


def _flip(file: BinaryIO, chance: random.Random, at: int) -> None:
    file.seek(at)
    (byte,) = file.read(1)
    file.seek(at)
    file.write(bytes([byte ^ 1 << chance.randrange(8)]))


def _swap(file: BinaryIO, chance: random.Random, pages: int) -> None:
    places = [chance.randrange(pages) * PAGE for _ in range(2)]
    found = []
    for place in places:
        file.seek(place)
        found.append(file.read(PAGE))
    for place, page in zip(reversed(places), found, strict=True):
        file.seek(place)
        file.write(page)


@dataclass
class Journey:
    """What became of one damaged store: how it was damaged, what was said, what is left to complain about."""

    seed: int
    way: str
    told: list[str] = field(default_factory=list)
    complaints: list[Problem] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    lost: int = 0
    articles: int = 0


def go(original: Path, folder: Path, seed: int) -> Journey:
    """Damage a copy of a store, start and read, twice, have the doctor mend it, and read once more."""
    shutil.copytree(original.parent, folder)
    path = folder / original.name
    journey = Journey(seed, damage(path, seed))
    place = Place(_words(), path)
    for every in (1, 3):
        with _started(place, journey) as reader:
            read_all(reader, every)
    found = list(files.look_at_database(path))
    repair.repair(
        {one.mended_by for one in found if one.mended_by},
        place.words,
        path,
        folder / "none",
        journey.told.append,
    )
    journey.complaints.clear()
    with _started(place, journey) as reader:
        journey.failed = read_all(reader)
    journey.faults = [one.text for one in files.look_at_database(path) if one.level is not Level.OK]
    _count(journey, original, path)
    shutil.rmtree(folder)
    return journey


@cache
def _words() -> Words:
    return load_words("zh")


@contextmanager
def _started(place: Place, journey: Journey) -> Iterator[Reader]:
    config = Config(ReaderOptions(), {}, SPECS, place.database)
    # every complaint is to be heard
    moment = iter(range(NOW, NOW + 10**9, 1000))
    reader = opened(
        place, lambda: Reader(place.database, config, {}, lambda: float(next(moment))), journey.told.append
    )
    reader.complaints.hear = journey.complaints.append
    try:
        yield reader
    finally:
        reader.close()


def read_all(reader: Reader, every: int = 1) -> list[str]:
    """Read what the screen reads: lists, articles (all or some), a search and the book; mark something.

    Gives what was answered by an error.
    """
    reader.categories()
    reader.feeds()
    listed = reader.open_list(ListQuery())
    ids = [place[-1] for place in reader.places(listed, None, 0, 1000, back=False)]
    for number in ids[::every]:
        reader.rows([number])
        reader.article(number)
        reader.merchant_of(number)
    futures: list[Future[Any]] = [
        reader.searching.start(ListQuery(search="女装"), lambda _: None),
        reader.book(BookQuery()),
        reader.mark_read(ids[-3:], True),
        reader.mark_favorite(ids[:3], True),
    ]
    wait(futures)
    return [repr(error) for future in futures if (error := future.exception())]


def _count(journey: Journey, original: Path, path: Path) -> None:
    """Count what the backup has and the mended store has not."""
    (held,) = backup.backups(original)
    with closing(open_store(path)) as db:
        db.execute("ATTACH ? AS copy", (str(held.path),))
        journey.articles = db.execute("SELECT count(*) FROM article").get
        journey.lost = db.execute(_LOST).get


_LOST = """SELECT
  (SELECT count(*) FROM copy.status AS theirs WHERE NOT EXISTS (
    SELECT 1 FROM main.status AS mine WHERE mine.key = theirs.key
    AND (mine.read_at IS NOT NULL OR theirs.read_at IS NULL)
    AND (mine.favorite_at IS NOT NULL OR theirs.favorite_at IS NULL)))
  + (SELECT count(*) FROM copy.article JOIN copy.status AS theirs USING (id) WHERE NOT EXISTS (
    SELECT 1 FROM main.status AS mine JOIN main.article_text USING (id) WHERE mine.key = theirs.key))
  + (SELECT count(*) FROM copy.contact AS theirs JOIN copy.merchant AS held ON held.id = merchant_id
    WHERE NOT EXISTS (
      SELECT 1 FROM main.contact AS mine JOIN main.merchant AS own ON own.id = mine.merchant_id
      WHERE (mine.kind, mine.value) = (theirs.kind, theirs.value)
      AND own.standing = held.standing AND own.note = held.note))
  + (SELECT count(*) FROM copy.apart) - (SELECT count(*) FROM main.apart)
  + (SELECT count(*) FROM copy.together) - (SELECT count(*) FROM main.together)"""
