"""What the store costs: pages, figures, marks, searches, import and bytes on disk.

`python -m bench.store --data DIR` measures a database that `bench.make_store` made (on a copy of it);
`python -m bench.store --articles N --seed S` makes one first.
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import apsw

from bench import refreshing
from bench.make_store import fill
from tui.model import ListQuery, Scope, ScopeKind, Sort
from tui.store import body_codec, feeds, indexing, lists, marks, matching, paging, saving, search
from tui.store.connection import open_store
from tui.text.folding import fold

WORDS_PER_LENGTH = 25
CHECKED = 12
NEW = 500


def cpu_ms(work: Callable[[], object], runs: int = 7) -> float:
    """The median CPU time of a piece of work on this thread, in milliseconds."""
    taken = []
    for _ in range(runs):
        start = time.thread_time()
        work()
        taken.append((time.thread_time() - start) * 1000)
    return statistics.median(taken)


def say(what: str, figure: float, unit: str, bar: str = "") -> None:
    """Print a line of the table."""
    print(f"{what:<58} {figure:>9.3f} {unit:<9} {bar}", flush=True)


def reading(db: apsw.Connection, today: int) -> None:
    """Pages, an article and the figures, the dearest of every scope, filter and order."""
    worst: dict[str, tuple[float, str]] = {}
    for kind, unread, sort in product(ScopeKind, (False, True), Sort):
        query = ListQuery(Scope(kind, 1), unread, False, sort)
        opened = paging.open_list(db, query, today)
        middle = paging.places(db, opened, skip=opened.count // 2, limit=1)
        for what, work in (
            ("list opened", lambda q=query: paging.open_list(db, q, today)),
            ("first page", lambda o=opened: paging.places(db, o)),
            ("last page", lambda o=opened: paging.places(db, o, back=True)),
            ("page beside a place", lambda o=opened, m=middle: paging.places(db, o, m[0]) if m else None),
        ):
            worst[what] = max(worst.get(what, (0.0, "")), (cpu_ms(work), f"{kind} {unread} {sort}"))
    for what, (figure, where) in worst.items():
        say(f"{what} (dearest: {where})", figure, "ms", "<= 0.3")
    opened = paging.open_list(db, ListQuery(), today)
    half = opened.count // 2
    say("page in the middle of all", cpu_ms(lambda: paging.places(db, opened, skip=half)), "ms")
    ids = [place[-1] for place in paging.places(db, opened)]
    say("64 rows", cpu_ms(lambda: lists.rows(db, ids)), "ms", "<= 0.3")
    say("article", cpu_ms(lambda: lists.article(db, ids[9])), "ms", "<= 0.3")
    say("figures of all categories", cpu_ms(lambda: lists.categories(db, today)), "ms", "<= 0.3")
    say("figures of all feeds", cpu_ms(lambda: feeds.feeds(db)), "ms")
    say("random unread", cpu_ms(lambda: lists.random_unread(db, ListQuery(), today)), "ms")


def marking(db: apsw.Connection, today: int) -> None:
    """One mark on disk, and a list of a hundred thousand marked read and back."""
    ids = list(lists.article_ids(db, ListQuery(), today, 300))
    taken = []
    for article_id in ids:
        start = time.perf_counter()
        marks.mark_read(db, [article_id], True, 1)
        taken.append((time.perf_counter() - start) * 1000)
    marks.mark_read(db, ids, False, 1)
    say("a mark on disk, wall", statistics.median(taken), "ms", "<= 1")
    query = ListQuery()
    hundred_thousand = lists.article_ids(
        db, replace(query, unread_only=True, sort=Sort.OLDEST), today, 100_000
    )
    upto = max(hundred_thousand)
    count = 0
    start = time.thread_time()
    if len(hundred_thousand) == 100_000:
        count = marks.mark_read(db, hundred_thousand, True, 1)
    else:
        count = marks.mark_all_read(db, query, today, 1, upto)
    say(f"mark {count} read", (time.thread_time() - start) * 1000, "ms", "<= 250 for 100,000")
    start = time.thread_time()
    marks.undo(db)
    say(f"undo {count} marks", (time.thread_time() - start) * 1000, "ms", "<= 250 for 100,000")


def words(db: apsw.Connection, chance: random.Random) -> Iterator[str]:
    """Substrings of one to eight characters of the articles' texts, without spaces."""
    last = db.execute("SELECT max(id) FROM article").get
    for length in range(1, 9):
        found = 0
        while found < WORDS_PER_LENGTH:
            body = db.execute("SELECT body FROM article_text WHERE id = ?", (chance.randint(1, last),)).get
            text = body_codec.decode_text(body) if body else ""
            at = chance.randrange(max(1, len(text) - length))
            word = text[at : at + length]
            if len(word) == length and all(char.isalnum() for char in word):
                found += 1
                yield word


def searching(db: apsw.Connection, today: int, seed: int, scan: bool) -> None:
    """The first page of hits for words of every length, and a scan to compare some of them with."""
    chance = random.Random(seed)
    by_length: dict[int, list[tuple[float, str]]] = {}
    for word in words(db, chance):
        query = ListQuery(search=word)
        by_length.setdefault(len(word), []).append((_first_ms(db, query, today), word))
    for length, spent in by_length.items():
        spent.sort()
        what = f"first hits, words of {length}, median"
        say(what, spent[len(spent) // 2][0], "ms", f"<= 15; dearest {spent[-1][0]:.1f} {spent[-1][1]}")
    if scan:
        tried = [spent[chance.randrange(len(spent))][1] for spent in by_length.values() for _ in range(2)]
        _compare(db, today, list(dict.fromkeys(tried))[:CHECKED])


def _first_ms(db: apsw.Connection, query: ListQuery, today: int) -> float:
    return cpu_ms(lambda: next(search.search_steps(db, query, today)), 3)


def _compare(db: apsw.Connection, today: int, tried: list[str]) -> None:
    wanted = {word: set[int]() for word in tried}
    for (article_id,) in db.execute("SELECT id FROM article"):
        text = fold(matching.document(db, article_id))
        for word, holding in wanted.items():
            if fold(word) in text:
                holding.add(article_id)
    found = {word: set(search.search_ids(db, ListQuery(search=word), today, 10**9)) for word in tried}
    hits = sum(len(found[word] & wanted[word]) for word in tried)
    say("recall against a scan", hits / max(1, sum(map(len, wanted.values()))), "", "exactly 1")
    say("precision", hits / max(1, sum(map(len, found.values()))), "", "exactly 1")


def importing(db: apsw.Connection, today: int) -> None:
    """Articles of the same kind saved under other names, and indexed."""
    ids = lists.article_ids(db, ListQuery(), today, NEW)
    stored = [found for article_id in ids if (found := lists.article(db, article_id))]
    fresh = [replace(one.article, uid=f"again {one.article.uid}") for one in stored]
    feed = stored[0].feed_id
    start = time.thread_time()
    saving.save(db, feed, fresh, int(time.time()))
    saved = time.thread_time()
    indexer = indexing.Indexer(db)
    while indexer.step():
        pass
    say("save an article", (saved - start) * 1000 / len(fresh), "ms")
    say("index an article", (time.thread_time() - saved) * 1000 / len(fresh), "ms", "<= 0.8")


def during_a_refresh(database: Path, today: int, seed: int) -> None:
    """Entries that are mostly known, stored; marks while another process refreshes."""
    say(
        "store 3,100 entries, 200 new", refreshing.known_entries(database, today), "ms", "<= 110 at 1,000,000"
    )
    taken = refreshing.marks_meanwhile(database, seed)
    if len(taken) < refreshing.FEWEST:
        raise RuntimeError(f"only {len(taken)} marks during the refresh")
    say("mark during a refresh, p95", refreshing.percentile(taken, 0.95), "ms", "<= 30")
    say(f"the same, median of {len(taken)}", statistics.median(taken), "ms")


def on_disk(db: apsw.Connection) -> None:
    """Bytes an article, of the whole and of the search index."""
    count, size = db.execute("SELECT count(*), (SELECT sum(pgsize) FROM dbstat) FROM article").get
    index = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search%'").get
    say("database, an article", size / count, "bytes")
    say("of which the search index", index / count, "bytes", "<= 1300")


def measure(database: Path, seed: int, *, scan: bool) -> None:
    """Print all bars of the store for a database, which is changed by it."""
    start, wall = time.thread_time(), time.perf_counter()
    db = open_store(database)
    say("open (and bring to this version)", (time.thread_time() - start) * 1000, "ms")
    say("the same, wall", (time.perf_counter() - wall) * 1000, "ms")
    newest: int = db.execute("SELECT max(published) FROM article").get
    today = newest - 86400
    say("articles", db.execute("SELECT count(*) FROM article").get, "")
    on_disk(db)
    reading(db, today)
    searching(db, today, seed, scan)
    say("memory of this process", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "MB")
    marking(db, today)
    importing(db, today)
    db.close()
    during_a_refresh(database, today, seed)


def main() -> None:
    """Measure the database that the command line names, or a new one."""
    parser = argparse.ArgumentParser(prog="python -m bench.store", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder that bench.make_store filled")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-scan", action="store_true", help="spare the scan that searches are checked by")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.data and options.data.parent) as folder:
        if options.data is None:
            database = fill(Path(folder), options.articles, options.seed)
        else:
            database = Path(shutil.copy(options.data / "huoyuan.db", folder))
        measure(database, options.seed, scan=not options.no_scan)


if __name__ == "__main__":
    main()
