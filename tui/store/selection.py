"""Which rows of `article` a query means, as SQL, in which order, and the index that has them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tui.model import ListQuery, ScopeKind, Sort
from tui.values import frozen

_REMOVED = "SELECT id FROM feed WHERE removed_at IS NOT NULL"

# To ask first whether there is any spares each article the look into a list that mostly is empty.
_LISTED = f"(NOT EXISTS ({_REMOVED}) OR feed_id NOT IN ({_REMOVED}))"

# Favorites stay when their feed is removed. What the user hid is `away`.
_CONDITIONS: Mapping[ScopeKind, str] = MappingProxyType(
    {
        ScopeKind.ALL: f"away = 0 AND {_LISTED}",
        ScopeKind.TODAY: f"away = 0 AND published >= :today AND {_LISTED}",
        ScopeKind.FAVORITES: "away = 0 AND favorite = 1",
        ScopeKind.CONTACTS: f"away = 0 AND reachable = 1 AND {_LISTED}",
        ScopeKind.HIDDEN: f"away = 1 AND {_LISTED}",
        ScopeKind.CATEGORY: f"away = 0 AND category_id = :scope AND {_LISTED}",
        ScopeKind.FEED: "away = 0 AND feed_id = :scope",
    }
)

# Every order ends in the id and is thereby total. An article without views comes after one with none.
_KEYS: Mapping[Sort, tuple[str, ...]] = MappingProxyType(
    {
        Sort.NEWEST: ("published", "id"),
        Sort.OLDEST: ("published", "id"),
        Sort.VIEWS: ("rank", "published", "id"),
    }
)

PAGE = 64

LARGEST_ID = 2**63 - 1

LOOK_UP = 10
"""Reading an article for what its index does not say costs so many steps along the index."""

SORT = 4
"""Sorting an article by what its index says of it costs so many steps along the index."""


@frozen
class Sizes:
    """How many articles there are, unread ones, ones of the scope, and ones that a whole query means."""

    all: int
    unread: int
    scope: int
    query: int


def condition(query: ListQuery, *, removed: bool = True) -> str:
    """The WHERE of a query's scope and filters, over `article` and with the names of `parameters`.

    `removed=False` where it is known that no feed was: then no article is asked for it.
    """
    parts = [_CONDITIONS[query.scope.kind]]
    if not removed:
        parts = [part for part in parts[0].split(" AND ") if part != _LISTED]
    if query.unread_only:
        parts.append("read = 0")
    if query.favorites_only:
        parts.append("favorite = 1")
    return " AND ".join(parts)


def parameters(query: ListQuery, today_start: int) -> dict[str, int]:
    """What the names in `condition` stand for; `today_start` in Unix seconds."""
    return {"today": today_start, "scope": query.scope.id}


def key(query: ListQuery) -> tuple[str, ...]:
    """The expressions whose values say where an article stands in a query's order; the last is its id."""
    return _KEYS[query.sort]


def order(query: ListQuery, *, back: bool = False) -> str:
    """The ORDER BY of a query's sort, or of its reverse."""
    direction = " DESC" if (query.sort is Sort.OLDEST) is back else ""
    return ", ".join(f"{part}{direction}" for part in key(query))


def beyond(query: ListQuery, name: str, *, back: bool = False) -> str:
    """That an article stands behind the place `:name0, :name1 …`, or before it."""
    sign = "<" if (query.sort is Sort.OLDEST) is back else ">"
    parts = key(query)
    names = ", ".join(f":{name}{number}" for number in range(len(parts)))
    return f"({', '.join(parts)}) {sign} ({names})"


def source(query: ListQuery, sizes: Sizes | None = None, *, removed: bool = True) -> str:
    """FROM and WHERE of a list, with its index named: of two that serve, the planner takes the wrong one."""
    return f"article INDEXED BY {_index(query, sizes)} WHERE {condition(query, removed=removed)}"


def has_unread_index(query: ListQuery) -> bool:
    """Whether what has been read is no longer in the index that a list is read from."""
    return _own_index(query).endswith("_unread")


def is_all_unread_by_views(query: ListQuery) -> bool:
    """Whether no index has what a list is filtered by as well as its order."""
    return (
        query.sort is Sort.VIEWS
        and _own_index(query) == "article_unread"
        and query.scope.kind is ScopeKind.ALL
    )


def _index(query: ListQuery, sizes: Sizes | None) -> str:
    """The index that a page of a query is read from at the least cost, as far as the sizes tell."""
    own = _own_index(query)
    others = _others(query, sizes) if sizes is not None else {}
    return min(others, key=others.__getitem__) if others else own


def _own_index(query: ListQuery) -> str:
    kind = query.scope.kind
    if kind is ScopeKind.HIDDEN:
        return "article_away"
    if query.favorites_only or kind is ScopeKind.FAVORITES:
        return "article_favorite"
    if kind is ScopeKind.FEED:
        return "article_feed_views" if query.sort is Sort.VIEWS else "article_feed"
    if kind is ScopeKind.CONTACTS:
        return "article_reachable"
    if kind is ScopeKind.CATEGORY:
        return "article_category_unread" if query.unread_only else "article_category"
    return "article_unread" if query.unread_only else "article_time"


def _others(query: ListQuery, sizes: Sizes) -> dict[str, float]:
    """What a page costs by each index that serves, where more than one does."""
    own = _own_index(query)
    if own in {"article_favorite", "article_away"}:
        return {}
    # until a page is full, so much of what is walked along must be passed over
    share = min(1.0, PAGE / max(1, sizes.query))
    if query.sort is Sort.VIEWS and query.scope.kind is ScopeKind.FEED:
        walked = sizes.scope * (LOOK_UP if query.unread_only else 1) * share
        sorted_ = sizes.unread + sizes.query * SORT
        return {own: walked, "article_unread": sorted_} if query.unread_only else {}
    if query.sort is Sort.VIEWS:
        walked = sizes.all * (LOOK_UP if query.unread_only else 1)
        is_told = has_unread_index(query) or not query.unread_only
        sorted_ = sizes.query * SORT if is_told else sizes.scope * LOOK_UP
        return {own: sorted_, "article_views": walked * share}
    if query.unread_only and query.scope.kind is ScopeKind.FEED:
        return {own: sizes.scope * LOOK_UP * share, "article_unread": sizes.unread * share}
    if query.unread_only and query.scope.kind is ScopeKind.CONTACTS:
        return {own: sizes.scope * share, "article_unread": sizes.unread * share}
    return {}
