"""Full-text search: the index names candidates, the text of each decides where tokens cannot."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import chain, islice
from time import monotonic

import apsw

from tui.model import Found, ListQuery, Sort
from tui.store.candidates import Hit, Search
from tui.store.guard import checked, translated
from tui.text.tokens import query_terms

SEARCH_LIMIT = 2000

FIRST = 50
"""So many hits are shown at once."""

PAUSE_SECONDS = 0.15
"""Hits are shown so often, the first ones too where a page of them takes longer."""


@checked
def search_ids(
    db: apsw.Connection, query: ListQuery, today_start: int, limit: int = SEARCH_LIMIT
) -> array[int]:
    """The ids of the articles of a list in which every term of `query.search` occurs, at most `limit`.

    They are exactly those that hold the terms in title, author, merchant, contacts or body; what the
    index does not know yet is read through. Where more match, the last to arrive are taken (with
    Sort.OLDEST the first); Sort.NEWEST then puts those ahead that hold the terms in their title.
    Raises Interrupted when another thread calls `db.interrupt()` meanwhile.
    """
    return _ordered(list(islice(_hits(db, query, today_start), limit)), query.sort)


def search_steps(
    db: apsw.Connection, query: ListQuery, today_start: int, limit: int = SEARCH_LIMIT
) -> Iterator[Found]:
    """As `search_ids`, told as it goes: the first page at once, then more and more until it is complete."""
    hits: list[Hit] = []
    cut = False
    told_at = monotonic()
    with translated(db.filename):
        search = Search(db, query, today_start, query_terms(query.search))
        indexed = search.indexed()
        page: list[Hit] = []
        if search.many_unindexed:
            # a refresh brings more than can be read through while the user waits
            page = list(islice(indexed, min(FIRST, limit)))
            if page:
                yield Found(_ordered(page, query.sort), complete=False)
        for hit in _merged(search, chain(page, indexed)):
            cut = len(hits) == limit
            if cut:
                break
            hits.append(hit)
            if len(hits) == FIRST or monotonic() - told_at > PAUSE_SECONDS:
                yield Found(_ordered(hits, query.sort), complete=False)
                told_at = monotonic()
        yield Found(_ordered(hits, query.sort), complete=True, cut=cut)


def _hits(db: apsw.Connection, query: ListQuery, today_start: int) -> Iterator[Hit]:
    """What the index knows and what it does not know yet, in the order of arrival."""
    search = Search(db, query, today_start, query_terms(query.search))
    return _merged(search, search.indexed())


def _merged(search: Search, indexed: Iterator[Hit]) -> Iterator[Hit]:
    if search.few is not None:
        return search.among(search.few)
    return merge(indexed, search.unindexed(), key=lambda hit: hit.id, reverse=search.latest_first)


def _ordered(hits: Sequence[Hit], sort: Sort) -> array[int]:
    ranked = sorted(((_rank(hit, sort), hit.id) for hit in hits), reverse=sort is not Sort.OLDEST)
    return array("q", [article_id for _, article_id in ranked])


def _rank(hit: Hit, sort: Sort) -> tuple[int, int]:
    if sort is Sort.VIEWS:
        return hit.views, hit.published
    return int(sort is Sort.NEWEST and hit.in_title), hit.published
