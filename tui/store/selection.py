"""Which rows of `article` a query means, as SQL, and the index that has them in order."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tui.model import ListQuery, ScopeKind, Sort

_LISTED = "feed_id NOT IN (SELECT id FROM feed WHERE removed_at IS NOT NULL)"

# Favorites stay when their feed is removed.
_CONDITIONS: Mapping[ScopeKind, str] = MappingProxyType(
    {
        ScopeKind.ALL: _LISTED,
        ScopeKind.TODAY: f"published >= :today AND {_LISTED}",
        ScopeKind.FAVORITES: "favorite = 1",
        ScopeKind.CONTACTS: f"reachable = 1 AND {_LISTED}",
        ScopeKind.CATEGORY: f"category_id = :scope AND {_LISTED}",
        ScopeKind.FEED: "feed_id = :scope",
    }
)

_ORDERS: Mapping[Sort, str] = MappingProxyType(
    {
        Sort.NEWEST: "published DESC, id DESC",
        Sort.OLDEST: "published, id",
        Sort.VIEWS: "views DESC, published DESC, id DESC",
    }
)


def condition(query: ListQuery) -> str:
    """The WHERE of a query's scope and filters, over `article` and with the names of `parameters`."""
    parts = [_CONDITIONS[query.scope.kind]]
    if query.unread_only:
        parts.append("read = 0")
    if query.favorites_only:
        parts.append("favorite = 1")
    return " AND ".join(parts)


def parameters(query: ListQuery, today_start: int) -> dict[str, int]:
    """What the names in `condition` stand for; `today_start` in Unix seconds."""
    return {"today": today_start, "scope": query.scope.id}


def order(query: ListQuery) -> str:
    """The ORDER BY of a query's sort; total, because it ends in the id."""
    return _ORDERS[query.sort]


def source(query: ListQuery) -> str:
    """FROM and WHERE of a list, with its index named: of two that serve, the planner takes the wrong one."""
    return f"article INDEXED BY {_index(query)} WHERE {condition(query)}"


def _index(query: ListQuery) -> str:
    kind = query.scope.kind
    if query.favorites_only or kind is ScopeKind.FAVORITES:
        return "article_favorite"
    if kind is ScopeKind.FEED:
        return "article_feed"
    if kind is ScopeKind.CONTACTS:
        return "article_reachable"
    if kind is ScopeKind.CATEGORY:
        return "article_category_unread" if query.unread_only else "article_category"
    return "article_unread" if query.unread_only else "article_time"
