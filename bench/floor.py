"""The least that a Python reader of feeds must do: `python -m bench.floor FOLDER < URLS`.

`bench.refresh` runs it. Stock httpx, 32 at once; ElementTree; one row an entry, its HTML deflated as it
came, over one index; a transaction for each feed, through apsw. No contacts, no blocks, no dates, no
checks, nothing for lists, figures or searches: what a refresh costs beyond this is ours to answer for.
"""

from __future__ import annotations

import asyncio
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import apsw
import httpx

AT_ONCE = 32
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
SCHEMA = """
CREATE TABLE article(
  id INTEGER PRIMARY KEY, feed INTEGER, uid TEXT, title TEXT, link TEXT, date TEXT, body BLOB
) STRICT;
CREATE UNIQUE INDEX by_uid ON article(feed, uid);
"""
Row = tuple[int, str, str, str, str, bytes]


def rows(feed: int, document: bytes) -> Iterator[Row]:
    """The entries of an RSS or Atom feed, as they are stored."""
    root = ElementTree.fromstring(document)
    for item in root.iter("item"):
        words = (item.findtext(name, "") for name in ("guid", "title", "link", "pubDate"))
        yield feed, *_four(words), zlib.compress(_html(item.findtext(CONTENT), item.findtext("description")))
    for entry in root.iter(f"{ATOM}entry"):
        link = entry.find(f"{ATOM}link")
        words = (entry.findtext(f"{ATOM}{name}", "") for name in ("id", "title", "updated"))
        uid, title, date = words
        address = "" if link is None else link.get("href", "")
        html = _html(entry.findtext(f"{ATOM}content"), entry.findtext(f"{ATOM}summary"))
        yield feed, uid, title, address, date, zlib.compress(html)


def _four(words: Iterator[str]) -> tuple[str, str, str, str]:
    uid, title, link, date = words
    return uid, title, link, date


def _html(*given: str | None) -> bytes:
    return next((text for text in given if text), "").encode()


async def refresh(urls: list[str], database: apsw.Connection) -> None:
    """Fetch, parse and store all feeds."""
    gate = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient(timeout=60) as client:

        async def one(feed: int, url: str) -> None:
            async with gate:
                answer = await client.get(url)
            with database:
                database.executemany(
                    "INSERT INTO article(feed, uid, title, link, date, body) VALUES(?, ?, ?, ?, ?, ?)",
                    rows(feed, answer.content),
                )
            print(feed, flush=True)

        await asyncio.gather(*(one(feed, url) for feed, url in enumerate(urls)))


def main() -> None:
    """Refresh the feeds whose addresses come on standard input into a folder's `floor.db`."""
    database = apsw.Connection(str(Path(sys.argv[1]) / "floor.db"))
    database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
    database.execute(SCHEMA)
    asyncio.run(refresh(sys.stdin.read().split(), database))


if __name__ == "__main__":
    main()
