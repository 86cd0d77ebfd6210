"""newsboat over the very articles of a made store: its cache.db, its files, and its steps in a terminal.

`python -m bench.newsboat STORE_DIR DIR` makes DIR from the database in STORE_DIR, to try by hand.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from bench.markup import to_html
from bench.terminal import Terminal
from tui.model import ListQuery, Sort, StoredArticle
from tui.store import feeds, lists
from tui.store.connection import open_store

_SMALL_FEED = b"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>small</title><link>http://127.0.0.1/</link><description>-</description>
<item><title>first</title><guid>1</guid><description>text</description></item></channel></rss>"""


def missing() -> str:
    """Why newsboat cannot be measured here; empty when it can."""
    return "" if shutil.which("newsboat") else "newsboat is not installed (apt-get install newsboat)"


def command(folder: Path) -> list[str]:
    """newsboat over the files of a folder, and over nothing else of the user's."""
    return [
        "newsboat",
        "-u",
        str(folder / "urls"),
        "-C",
        str(folder / "config"),
        "-c",
        str(folder / "cache.db"),
    ]


def terminal(folder: Path) -> Terminal:
    """newsboat in a terminal, just started."""
    return Terminal(command(folder), {"LC_ALL": "C.UTF-8"})


def make_cache(database: Path, folder: Path, *, analyze: bool = True) -> Path:
    """Give newsboat the feeds and articles of a made store; return its cache.db.

    The file is made by newsboat itself, in one reload of a feed of one item, which is then taken out:
    tables, indexes and settings are its own. `analyze` gives SQLite the statistics that newsboat 2.21
    lacks until someone makes them by hand: with them it opens its feeds by the right index.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config").write_text("", "utf-8")
    cache = _own_cache(folder)
    store = open_store(database, write=False)
    rows = feeds.feeds(store)
    urls = {row.id: row.url for row in rows}
    (folder / "urls").write_text("".join(f"{url}\n" for url in urls.values()), "utf-8")
    ids = lists.article_ids(store, ListQuery(sort=Sort.OLDEST), 0)
    found = (stored for article_id in ids if (stored := lists.article(store, article_id)) is not None)
    with sqlite3.connect(cache) as db:
        db.execute("PRAGMA synchronous = OFF")
        db.executemany(
            "INSERT INTO rss_feed (rssurl, url, title) VALUES (?, ?, ?)",
            [(row.url, row.url, row.title) for row in rows],
        )
        _insert(db, (_item(stored, urls[stored.feed_id]) for stored in found))
    db.close()
    store.close()
    if analyze:
        gather_statistics(cache)
    return cache


def gather_statistics(cache: Path) -> None:
    """Let SQLite know which of newsboat's indexes to take, as its users are told to."""
    with closing(sqlite3.connect(cache)) as db:
        db.execute("ANALYZE")


def forget_statistics(cache: Path) -> None:
    """Leave the cache as newsboat 2.21 has it, which gathers statistics only while it is still empty."""
    with closing(sqlite3.connect(cache, isolation_level=None)) as db:
        for (table,) in db.execute(
            "SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat_'"
        ).fetchall():
            db.execute(f"DELETE FROM {table}")


def _own_cache(folder: Path) -> Path:
    """An empty cache.db as newsboat makes it."""
    cache = folder / "cache.db"
    cache.unlink(missing_ok=True)
    server = HTTPServer(("127.0.0.1", 0), _SmallFeed)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    (folder / "urls").write_text(f"http://127.0.0.1:{server.server_port}/feed.xml\n", "utf-8")
    subprocess.run([*command(folder), "-x", "reload"], check=True, timeout=60, stdout=subprocess.DEVNULL)
    server.shutdown()
    server.server_close()
    with sqlite3.connect(cache) as db:
        if db.execute("SELECT title FROM rss_item").fetchall() != [("first",)]:
            raise RuntimeError("newsboat did not store the small feed")
        db.executescript("DELETE FROM rss_item; DELETE FROM rss_feed; DELETE FROM sqlite_sequence;")
    db.close()
    return cache


class _SmallFeed(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(_SMALL_FEED)))
        self.end_headers()
        self.wfile.write(_SMALL_FEED)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


Item = tuple[str, str, str, str, str, int, str]


def _item(stored: StoredArticle, feed: str) -> Item:
    article = stored.article
    html = to_html(article.body)
    published = stored.first_seen if article.published is None else min(article.published, stored.first_seen)
    return article.uid, article.title, article.author, article.link, feed, published, html


def _insert(db: sqlite3.Connection, items: Iterator[Item]) -> None:
    """Insert items as newsboat does: unread, with empty strings where it knows nothing."""
    db.executemany(
        """INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread,
          enclosure_url, enclosure_type, enqueued) VALUES (?, ?, ?, ?, ?, ?, ?, 1, '', '', 0)""",
        items,
    )


def main() -> None:
    """Make the files that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench.newsboat", description=__doc__)
    parser.add_argument("store", type=Path, help="a folder with huoyuan.db")
    parser.add_argument("folder", type=Path, help="where newsboat's files go")
    given = parser.parse_args()
    if reason := missing():
        raise SystemExit(reason)
    make_cache(given.store / "huoyuan.db", given.folder)


if __name__ == "__main__":
    main()
