"""Fills a database with articles of Chinese text from a seed: `python -m bench.make_store DIR N SEED`."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from tui.model import Article, Block, BlockKind, Body, Contact, FeedSpec, Kind, Source
from tui.store.connection import open_store
from tui.store.feeds import states, sync_feeds
from tui.store.indexing import index_pending
from tui.store.saving import save

FEEDS = 100
CATEGORIES = ("女装货源", "童装货源", "鞋子货源", "百货货源", "美妆货源", "电商资讯")
BATCH = 500


def words(chance: random.Random, count: int) -> str:
    """So many characters of the common range, a comma now and then."""
    return "".join(
        "，" if chance.random() < 0.08 else chr(0x4E00 + int(chance.paretovariate(0.6)) % 3000)
        for _ in range(count)
    )


def make_article(chance: random.Random, number: int, now: int, length: int = 700) -> Article:
    """One article; two in three carry a WeChat contact."""
    blocks = tuple(Block(BlockKind.TEXT, words(chance, 120)) for _ in range(max(1, length // 120)))
    contacts: tuple[Contact, ...] = ()
    if chance.random() < 0.66:
        contacts = (Contact(Kind.WECHAT, f"shop_{number:07d}", 0, 0, "微信", Source.FEED, 0.95),)
    return Article(
        uid=str(number),
        title=words(chance, chance.randint(8, 40)),
        body=Body(blocks),
        author=words(chance, 3),
        published=now - number * 60,
        category=chance.choice(CATEGORIES),
        views=chance.randint(0, 9999),
        contacts=contacts,
    )


def fill(folder: Path, count: int, seed: int) -> Path:
    """Make `count` articles in a database in a folder; gives its path."""
    chance = random.Random(seed)
    now = int(time.time())
    database = folder / "huoyuan.db"
    connection = open_store(database)
    specs = [FeedSpec(f"http://127.0.0.1:9/{n}", f"feed {n}") for n in range(FEEDS)]
    sync_feeds(connection, specs, now)
    feeds = [state.id for state in states(connection)]
    for start in range(0, count, BATCH):
        batch = [make_article(chance, n, now) for n in range(start, min(count, start + BATCH))]
        save(connection, feeds[start // BATCH % FEEDS], batch, now)
    long = [make_article(chance, count, now + 60, length=20_000 // 3)]
    save(connection, feeds[0], long, now)
    while index_pending(connection):
        pass
    connection.close()
    lines = [f'[[feed]]\nurl = "{spec.url}"\ntitle = "{spec.title}"\n' for spec in specs]
    options = "[reader]\nrefresh_on_start = false\nrefresh_minutes = 0\n"
    (folder / "feeds.toml").write_text(options + "".join(lines), "utf-8")
    return database


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
