"""A list read where it is looked at: pages from either end or beside a known place, at any size."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import apsw

from tui.model import ListQuery, OpenedList, Place, ScopeKind
from tui.store import selection
from tui.store.guard import checked

MOST_NEWER = 2000
"""Of more new articles than these a list is opened anew instead of being told one by one."""

TRIES = 64

NEAR = 500
"""Passing over so many articles, reading each, takes a few milliseconds."""

GUESSES = 6


@contextmanager
def _at_one_moment(db: apsw.Connection) -> Iterator[None]:
    """Let the block's statements see the store as it is at the first of them."""
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.execute("COMMIT")


@checked
def open_list(db: apsw.Connection, query: ListQuery, today_start: int) -> OpenedList:
    """A list with its length; no list is walked for it but today's and the favorites."""
    with _at_one_moment(db):
        upto, removed, everything, unread = db.execute(
            """SELECT (SELECT coalesce(max(id), 0) FROM article),
              EXISTS (SELECT 1 FROM feed WHERE removed_at IS NOT NULL),
              coalesce(sum(total), 0), coalesce(sum(unread), 0) FROM tally"""
        ).get
        scope_count, count = _counts(db, query, today_start)
    return OpenedList(query, today_start, upto, count, scope_count, everything, unread, bool(removed))


def _counts(db: apsw.Connection, query: ListQuery, today_start: int) -> tuple[int, int]:
    """How many articles the scope has, and how many of them the filters leave."""
    kind = query.scope.kind
    if query.favorites_only or kind is ScopeKind.FAVORITES:
        count = _walk(db, query, today_start)
        return count, count
    if kind is ScopeKind.TODAY:
        whole = _walk(db, replace(query, unread_only=False), today_start)
        return whole, _walk(db, query, today_start) if query.unread_only else whole
    figures = {
        ScopeKind.CONTACTS: ("reachable", "reachable_unread"),
        ScopeKind.HIDDEN: ("away", "away_unread"),
    }
    every, unread = figures.get(kind, ("total", "unread"))
    table = {
        ScopeKind.CATEGORY: "tally WHERE category_id = ?1",
        ScopeKind.FEED: "counter WHERE feed_id = ?1",
    }.get(kind, "tally WHERE ?1 = ?1")
    whole, some = db.execute(
        f"SELECT coalesce(sum({every}), 0), coalesce(sum({unread}), 0) FROM {table}",  # noqa: S608
        (query.scope.id,),
    ).get
    return whole, some if query.unread_only else whole


def _walk(db: apsw.Connection, query: ListQuery, today_start: int) -> int:
    found: int = db.execute(
        f"SELECT count(*) FROM {selection.source(query)}",  # noqa: S608
        selection.parameters(query, today_start),
    ).get
    return found


def _source(opened: OpenedList, *, from_end: bool = False) -> str:
    sizes = selection.Sizes(opened.all_count, opened.unread_count, opened.scope_count, opened.count)
    # by views the end has all that has none, with today's behind everything older
    is_far = from_end and opened.query.scope.kind is ScopeKind.TODAY
    told = selection.source(opened.query, None if is_far else sizes, removed=opened.removed)
    return f"{told} AND id <= :upto"


def _named(opened: OpenedList, **places: Place | None) -> dict[str, int]:
    named = selection.parameters(opened.query, opened.today) | {"upto": opened.upto}
    for name, place in places.items():
        named |= {f"{name}{number}": value for number, value in enumerate(place or ())}
    return named


@checked
def places(
    db: apsw.Connection,
    opened: OpenedList,
    beside: Place | None = None,
    *,
    skip: int = 0,
    limit: int = selection.PAGE,
    back: bool = False,
) -> list[Place]:
    """The places that follow one of a list, or come before it, the nearest first; of None from its end.

    So many as `skip` are passed over, which costs a step of the index each.
    """
    if skip > NEAR and _reads_each(opened, skip):
        with _at_one_moment(db):
            beside, skip = _nearer(db, opened, beside, skip, back=back)
            return _places(db, opened, beside, skip, limit, back=back)
    return _places(db, opened, beside, skip, limit, back=back)


def _places(
    db: apsw.Connection, opened: OpenedList, beside: Place | None, skip: int, limit: int, *, back: bool
) -> list[Place]:
    query = opened.query
    bound = f"AND {selection.beyond(query, 'beside', back=back)}" if beside else ""
    source = _source(opened, from_end=back and not beside)
    rows = db.execute(
        f"""SELECT {", ".join(selection.key(query))} FROM {source} {bound}
        ORDER BY {selection.order(query, back=back)} LIMIT :limit OFFSET :skip""",  # noqa: S608
        {**_named(opened, beside=beside), "limit": limit, "skip": skip},
    )
    return list(rows)


def _reads_each(opened: OpenedList, skip: int) -> bool:
    """Whether each article that is passed over is read to see if it is unread, and counting them pays.

    The index by views does not say; looking at one that is far away costs a dozen times what counting does.
    """
    query = opened.query
    return selection.is_all_unread_by_views(query) and skip * opened.all_count * 12 > opened.unread_count**2


def _nearer(
    db: apsw.Connection, opened: OpenedList, beside: Place | None, skip: int, *, back: bool
) -> tuple[Place | None, int]:
    """A place on the way past `skip` unread articles by views, and how many are left to pass over from there.

    It is guessed by the index of views, which steps over all articles at once, and the unread ones up to it
    are counted by their own index, which has no order by views: until few are left or the guesses run out.
    """
    query = replace(opened.query, unread_only=False)
    everything = replace(opened, query=query, count=opened.all_count)
    place, passed, left = beside, 0, skip
    end, until_end = opened.all_count, opened.unread_count
    for number in range(GUESSES):
        if left <= NEAR:
            break
        ahead = end - passed
        step = ahead // 2 if number % 2 else (left - NEAR // 2) * ahead // max(1, until_end)
        found = _places(db, everything, place, max(0, step - 1), 1, back=back)
        counted = _unread_upto(db, opened, place, found[0], back=back) if found else left + 1
        if counted > left:
            end, until_end = passed + step, counted
        else:
            place, passed, left, until_end = found[0], passed + step, left - counted, until_end - counted
    return place, left


def _unread_upto(
    db: apsw.Connection, opened: OpenedList, beside: Place | None, place: Place, *, back: bool
) -> int:
    """How many unread articles follow a place of a list up to another, this one included."""
    query = opened.query
    bound = f"AND {selection.beyond(query, 'beside', back=back)}" if beside else ""
    found: int = db.execute(
        f"""SELECT count(*) FROM {selection.source(query, removed=opened.removed)} AND id <= :upto {bound}
        AND NOT {selection.beyond(query, "place", back=back)}""",  # noqa: S608
        _named(opened, beside=beside, place=place),
    ).get
    return found


@checked
def place_of(db: apsw.Connection, opened: OpenedList, article_id: int) -> Place | None:
    """Where an article stands in a list; None when it is not in it."""
    query = opened.query
    place: Place | None = db.execute(
        f"""SELECT {", ".join(selection.key(query))} FROM article
        WHERE id = :id AND id <= :upto AND {selection.condition(query)}""",  # noqa: S608
        {**_named(opened), "id": article_id},
    ).fetchone()
    return place


@checked
def count_between(db: apsw.Connection, opened: OpenedList, low: Place | None, high: Place | None) -> int:
    """How many articles stand between two places of a list, at a step of the index each; None is its end.

    Of unread ones by views a few are read each; where there are more, all are counted by their own index.
    """
    query = opened.query
    bounds = [
        f"AND {selection.beyond(query, name, back=back)}"
        for name, place, back in (("low", low, False), ("high", high, True))
        if place
    ]
    named = _named(opened, low=low, high=high)
    source = f"{_source(opened)} {' '.join(bounds)}"
    if selection.is_all_unread_by_views(query):
        # reading so many takes as long as counting them all
        most = max(NEAR, opened.unread_count // 40)
        near: int = db.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {source} LIMIT {most + 1})",  # noqa: S608
            named,
        ).get
        if near <= most:
            return near
        source = f"{selection.source(query, removed=opened.removed)} AND id <= :upto {' '.join(bounds)}"
    found: int = db.execute(f"SELECT count(*) FROM {source}", named).get  # noqa: S608
    return found


@checked
def newer(db: apsw.Connection, opened: OpenedList) -> tuple[OpenedList, list[Place] | None]:
    """The list as it stands now, with the places of what came in since; None when those are too many."""
    query = opened.query
    now = open_list(db, query, opened.today)
    rows = db.execute(
        f"""SELECT {", ".join(selection.key(query))} FROM article NOT INDEXED
        WHERE id > :since AND id <= :upto AND {selection.condition(query)} LIMIT :limit""",  # noqa: S608
        {**_named(now), "since": opened.upto, "limit": MOST_NEWER + 1},
    )
    found: list[Place] = list(rows)
    return now, found if len(found) <= MOST_NEWER else None


@checked
def next_unread(
    db: apsw.Connection, opened: OpenedList, beside: Place | None, *, back: bool = False
) -> Place | None:
    """The place of the nearest unread article behind a place of a list, or before it."""
    unread = replace(opened, query=replace(opened.query, unread_only=True))
    found = places(db, unread, beside, limit=1, back=back)
    return found[0] if found else None


@checked
def random_unread(db: apsw.Connection, query: ListQuery, today_start: int) -> int | None:
    """The id of some unread article of a list, each as likely as the others."""
    unread = open_list(db, replace(query, unread_only=True), today_start)
    if not unread.count:
        return None
    return _guess(db, unread) or _draw(db, unread)


def _guess(db: apsw.Connection, opened: OpenedList) -> int | None:
    """Try ids until one is in the list, which is soon where the list is a good part of all."""
    tried = [random.randint(1, opened.upto) for _ in range(TRIES)]  # noqa: S311
    found = db.execute(
        f"""SELECT id FROM article NOT INDEXED
        WHERE id IN (SELECT value FROM json_each(:ids)) AND {selection.condition(opened.query)}""",  # noqa: S608
        {**_named(opened), "ids": json.dumps(tried)},
    )
    hits = {article_id for (article_id,) in found}
    return next((article_id for article_id in tried if article_id in hits), None)


def _draw(db: apsw.Connection, opened: OpenedList) -> int | None:
    at = random.randrange(opened.count)  # noqa: S311
    back = at > opened.count // 2
    found = places(db, opened, skip=opened.count - 1 - at if back else at, limit=1, back=back)
    return found[0][-1] if found else None
