"""Paged reads: the category list, the ids of an article list, its visible rows, one article."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import apsw

from tui.model import (
    Article,
    ArticleRow,
    CategoryRow,
    Comments,
    Hidden,
    Kind,
    ListQuery,
    Merchant,
    Scope,
    ScopeKind,
    StoredArticle,
)
from tui.store import body_codec, paging, selection
from tui.store.connection import open_store
from tui.store.feeds import shown_name
from tui.store.guard import checked
from tui.store.known_rows import KnownRows
from tui.store.sightings import contacts_of

WINDOW = 500
"""Ids asked about at once when looking along a list for an unread article."""

SHORT = 200
"""A text of fewer characters is likely a mere beginning of what the article's page says."""


@checked
def categories(
    db: apsw.Connection, today_start: int, known: KnownRows[CategoryRow] | None = None
) -> tuple[CategoryRow, ...]:
    """The fixed lines, then the categories of feeds.toml in its order, then others that have articles.

    The line of hidden articles is there while there are any. `known` are those that were read before.
    """
    return (*_fixed_lines(db, today_start), *(known or known_categories()).read(_category_lines(db)))


def known_categories() -> KnownRows[CategoryRow]:
    """What remembers the categories from one reading to the next: of thousands few change."""
    return KnownRows(_category)


def _fixed_lines(db: apsw.Connection, today_start: int) -> Iterator[CategoryRow]:
    unread, total, reachable_unread, reachable, hidden_unread, hidden = db.execute(
        """SELECT coalesce(sum(unread), 0), coalesce(sum(total), 0), coalesce(sum(reachable_unread), 0),
          coalesce(sum(reachable), 0), coalesce(sum(away_unread), 0), coalesce(sum(away), 0) FROM tally"""
    ).get
    favorite_unread, favorite = db.execute(
        "SELECT coalesce(sum(favorite_unread), 0), coalesce(sum(favorite), 0) FROM counter"
    ).get
    today = ListQuery(Scope(ScopeKind.TODAY))
    yield CategoryRow(Scope(ScopeKind.ALL), "", unread, total)
    yield CategoryRow(
        today.scope,
        "",
        _count(db, replace(today, unread_only=True), today_start),
        _count(db, today, today_start),
    )
    yield CategoryRow(Scope(ScopeKind.FAVORITES), "", favorite_unread, favorite)
    yield CategoryRow(Scope(ScopeKind.CONTACTS), "", reachable_unread, reachable)
    if hidden:
        yield CategoryRow(Scope(ScopeKind.HIDDEN), "", hidden_unread, hidden)


def _category_lines(db: apsw.Connection) -> Iterator[tuple[Any, ...]]:
    return db.execute(
        """SELECT id, name, coalesce(unread, 0), coalesce(total, 0)
        FROM category LEFT JOIN tally ON category_id = id
        WHERE id <> 0 AND (total > 0 OR position IS NOT NULL)
        ORDER BY position IS NULL, position, name"""
    )


def _category(category_id: int, name: str, unread: int, total: int) -> CategoryRow:
    return CategoryRow(Scope(ScopeKind.CATEGORY, category_id), name, unread, total)


def _count(db: apsw.Connection, query: ListQuery, today_start: int) -> int:
    found: int = db.execute(
        f"SELECT count(*) FROM {selection.source(query)}",  # noqa: S608
        selection.parameters(query, today_start),
    ).get
    return found


@checked
def article_ids(
    db: apsw.Connection,
    query: ListQuery,
    today_start: int,
    limit: int | None = None,
    *,
    upto: int = selection.LARGEST_ID,
) -> array[int]:
    """The ids of a list in its order, 8 bytes each; with a search text, what `search_ids` finds.

    Those that came in after the article `upto` are left out.

    SQLite hands them over as one JSON text: twice as fast as row by row, and half of it without the
    interpreter's lock, so that a screen in another thread stays quick.
    """
    if query.search:
        found_ids = _searched(db, query, today_start, limit)
        return array("q", (article_id for article_id in found_ids if article_id <= upto))
    found: str = db.execute(
        f"""SELECT json_group_array(id) FROM (SELECT id FROM {selection.source(query)} AND id <= :upto
        ORDER BY {selection.order(query)} LIMIT :limit)""",  # noqa: S608
        {
            **selection.parameters(query, today_start),
            "limit": -1 if limit is None else limit,
            "upto": upto,
        },
    ).get
    return array("q", json.loads(found))


def _searched(db: apsw.Connection, query: ListQuery, today_start: int, limit: int | None) -> array[int]:
    # A start without a search does not pay for its tables.
    from tui.store.search import SEARCH_LIMIT, search_ids  # noqa: PLC0415

    return search_ids(db, query, today_start, SEARCH_LIMIT if limit is None else limit)


READ_FIRST = 20


def opened(path: Path, today_start: int) -> apsw.Connection:
    """A connection to the store at `path` that has read what a first frame shows.

    Raises what `open_store` does, also for a file whose damage lies there.
    """
    db = open_store(path)
    try:
        categories(db, today_start)
        listed = paging.open_list(db, ListQuery(), today_start)
        rows(db, [place[-1] for place in paging.places(db, listed, None, limit=READ_FIRST)])
    except BaseException:
        db.close()
        raise
    return db


@lru_cache(512)
def _kinds(names: str) -> frozenset[Kind]:
    return frozenset(map(Kind, names.split()))


@checked
def rows(db: apsw.Connection, ids: Sequence[int]) -> dict[int, ArticleRow]:
    """The lines of these articles by id; one that is gone is not among them."""
    found = db.execute(
        """SELECT article.id, article.title, published, feed.name, category.name, read, favorite, away,
          views, kinds, kinds <> '' AND EXISTS (SELECT 1 FROM merchant WHERE standing = 'blocked')
            AND EXISTS (SELECT 1 FROM article_contact JOIN contact ON contact.id = contact_id
            JOIN merchant ON merchant.id = merchant_id WHERE article_id = article.id AND standing = 'blocked')
        FROM article JOIN feed ON feed.id = feed_id JOIN category ON category.id = article.category_id
        WHERE article.id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(ids)),),
    )
    lines = (
        ArticleRow(
            *(
                *row,
                shown_name(feed),
                category,
                bool(read),
                bool(favorite),
                views,
                _kinds(kinds),
                bool(blocked),
                bool(away),
            )
        )
        for *row, feed, category, read, favorite, away, views, kinds, blocked in found
    )
    return {line.id: line for line in lines}


_STAMP = "content_hash, facts_hash, revision, article.category_id"


@checked
def stamp(db: apsw.Connection, article_id: int) -> tuple[int, ...] | None:
    """The present `StoredArticle.stamp` of an article; None when it has gone."""
    found: tuple[int, ...] | None = db.execute(
        f"SELECT {_STAMP} FROM article WHERE id = ?",  # noqa: S608
        (article_id,),
    ).fetchone()
    return found


@checked
def article(db: apsw.Connection, article_id: int) -> StoredArticle | None:
    """One article with all that is stored of it; its category is its feed's where it has none of its own."""
    row = db.execute(
        f"""SELECT {_STAMP}, feed_id, feed.name, first_seen, read, favorite, uid, article.title,
          body, link, author, article_text.published, published_raw, updated, category.name, views,
          merchant, comments, hidden
        FROM article JOIN article_text USING (id) JOIN status USING (id)
        JOIN feed ON feed.id = feed_id JOIN category ON category.id = article.category_id
        WHERE article.id = ?""",  # noqa: S608
        (article_id,),
    ).fetchone()
    if row is None:
        return None
    now, (feed_id, feed_title, first_seen, read, favorite, *told) = row[:4], row[4:]
    uid, title, body, *facts, merchant, comments, hidden = told
    more = Merchant(**json.loads(merchant)), Comments(**json.loads(comments)), contacts_of(db, article_id)
    reasons = tuple(map(Hidden, json.loads(hidden)))
    said = Article(*(uid, title, body_codec.decode(body), *facts, *more, reasons))
    named = shown_name(feed_title)
    return StoredArticle(article_id, feed_id, named, said, first_seen, bool(read), bool(favorite), now)


@checked
def random_unread(db: apsw.Connection, query: ListQuery, today_start: int) -> int | None:
    """The id of some unread article of a list."""
    if not query.search:
        return paging.random_unread(db, query, today_start)
    ids = json.dumps(list(_searched(db, replace(query, unread_only=True), today_start, None)))
    found: int | None = db.execute("SELECT value FROM json_each(?) ORDER BY random() LIMIT 1", (ids,)).get
    return found


@checked
def unread_among(db: apsw.Connection, ids: Sequence[int], start: int, step: int) -> int | None:
    """The index in `ids` of the first unread article from `start` on; `step` is 1 down the list, -1 up."""
    while 0 <= start < len(ids):
        window = range(start, min(max(start + step * WINDOW, -1), len(ids)), step)
        found = db.execute(
            "SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?)) AND read = 0",
            (json.dumps([ids[position] for position in window]),),
        )
        unread = {article_id for (article_id,) in found}
        for position in window:
            if ids[position] in unread:
                return position
        start = window.stop
    return None


@checked
def links(db: apsw.Connection, feed_id: int, limit: int) -> list[str]:
    """Where a feed's latest articles are, those without a link left out."""
    rows = db.execute(
        """SELECT link FROM article JOIN article_text USING (id)
        WHERE feed_id = ? AND away = 0 ORDER BY article.published DESC LIMIT ?""",
        (feed_id, limit),
    )
    return [link for (link,) in rows if link]


def wanting_page(db: apsw.Connection, feed_id: int, limit: int) -> list[tuple[int, str]]:
    """The newest articles of a feed, with their links, whose pages may say more than the feed does."""
    found = db.execute(
        """SELECT id, link FROM article INDEXED BY article_feed JOIN article_text USING (id)
        WHERE feed_id = ? AND away = 0 AND page_at IS NULL AND (length < ? OR reachable = 0) AND link <> ''
        ORDER BY article.published DESC LIMIT ?""",
        (feed_id, SHORT, limit),
    )
    return [(article_id, link) for article_id, link in found]


@checked
def wanting_codes(db: apsw.Connection, feed_id: int, limit: int) -> list[int]:
    """The newest articles of a feed whose images were not searched for QR codes yet."""
    found = db.execute(
        """SELECT id FROM article INDEXED BY article_feed
        WHERE feed_id = ? AND away = 0 AND codes_at IS NULL AND images > 0 ORDER BY published DESC LIMIT ?""",
        (feed_id, limit),
    )
    return [article_id for (article_id,) in found]
