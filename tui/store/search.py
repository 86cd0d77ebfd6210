"""Full-text search: the index names candidates, the text of each decides where tokens cannot."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice

import apsw

from tui.model import ListQuery, ScopeKind, Sort
from tui.store import selection
from tui.store.guard import checked
from tui.store.indexing import category_token, document, feed_token
from tui.text.tokens import Term, fold, query_terms

SEARCH_LIMIT = 2000


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An article that may match; `proven` when its tokens alone show that it does."""

    id: int
    title: str
    published: int
    views: int
    proven: bool


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
    terms = query_terms(query.search)
    if not terms:
        return array("q")
    candidates = _candidates(db, query, today_start, terms)
    hits = (found for found in candidates if found.proven or _hold(document(db, found.id), terms))
    taken = [(_rank(hit, query.sort, terms), hit.id) for hit in islice(hits, limit)]
    taken.sort(reverse=query.sort is not Sort.OLDEST)
    return array("q", [article_id for _, article_id in taken])


def _rank(hit: _Candidate, sort: Sort, terms: Sequence[Term]) -> tuple[int, int]:
    match sort:
        case Sort.NEWEST:
            return int(_hold(hit.title, terms)), hit.published
        case Sort.OLDEST:
            return 0, hit.published
        case Sort.VIEWS:
            return hit.views, hit.published


def _hold(text: str, terms: Sequence[Term]) -> bool:
    folded = fold(text)
    return all(term.text in folded for term in terms)


def _candidates(
    db: apsw.Connection, query: ListQuery, today_start: int, terms: Sequence[Term]
) -> Iterator[_Candidate]:
    """What the index finds and what it does not know yet, both in the order of arrival."""
    tokens = [token for term in terms for token in term.tokens]
    # A token that is the whole term, or begins with it, is proof; of several, each may stand elsewhere.
    proven = all(term.tokens in {(term.text,), (f"{term.text}*",)} for term in terms)
    latest_first = query.sort is not Sort.OLDEST
    parameters = {**selection.parameters(query, today_start), "match": _expression(query, tokens)}

    def select(table: str, match: str, proven: bool) -> Iterator[_Candidate]:
        rows = db.execute(
            f"""SELECT article.id, title, published, coalesce(views, -1), :proven
            FROM {table} CROSS JOIN article ON article.id = {table}.rowid
            WHERE {match} AND {selection.condition(query)}
            ORDER BY {table}.rowid {"DESC" if latest_first else "ASC"}""",  # noqa: S608
            {**parameters, "proven": proven},
        )
        return (_Candidate(*row) for row in rows)

    if not tokens:
        return select("status", "TRUE", proven=False)
    parts = (
        select("search", "search MATCH :match AND article.id NOT IN (SELECT id FROM unindexed)", proven),
        select("unindexed", "TRUE", proven=False),
    )
    return merge(*parts, key=lambda candidate: candidate.id, reverse=latest_first)


def _expression(query: ListQuery, tokens: Sequence[str]) -> str:
    """The tokens as FTS5 reads them; those of category and feed spare it walking through common words."""
    scope = {ScopeKind.CATEGORY: category_token, ScopeKind.FEED: feed_token}.get(query.scope.kind)
    wanted = [*tokens, scope(query.scope.id)] if scope else tokens
    return " AND ".join(
        f'"{token.removesuffix("*")}"{"*" if token.endswith("*") else ""}' for token in wanted
    )
