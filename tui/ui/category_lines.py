"""Makes the lines of the category list from counts, feeds and the running refresh."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from tui.feed_values import FeedRow, Refreshed
from tui.model import CategoryRow, Scope, ScopeKind
from tui.ui.article_layout import Say
from tui.ui.refresh_state import RefreshState
from tui.ui.widgets.category_list import CategoryLine

FeedNow = tuple[FeedRow, bool, Refreshed | None]
"""A feed, whether its refresh is waited for, and what came of it."""

T = TypeVar("T")

BY_TOTAL = frozenset({ScopeKind.FAVORITES, ScopeKind.HIDDEN})
"""Lists that are told by all their articles, others by the unread ones."""


class CategoryLines:
    """Makes the lines, each anew only when what it tells has changed: there may be thousands."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._categories: tuple[Sequence[CategoryRow], Sequence[CategoryLine]] = (), ()
        self._heading = CategoryLine(None, say("heading.feeds"))
        self._feeds: tuple[Sequence[FeedNow], Sequence[CategoryLine]] = (), ()

    def make(
        self, categories: Sequence[CategoryRow], feeds: Sequence[FeedRow], refresh: RefreshState
    ) -> tuple[CategoryLine, ...]:
        """The fixed lists and categories, then the feeds under their heading."""
        waiting, results = refresh.waiting, refresh.results
        now = [(feed, feed.id in waiting, results.get(feed.id)) for feed in feeds]
        made = _renewed(self._categories, categories, lambda row: _category_line(row, self._say))
        made_feeds = _renewed(self._feeds, now, lambda one: _feed_line(*one, self._say))
        self._categories, self._feeds = (categories, made), (now, made_feeds)
        return (*made, *([self._heading] if feeds else []), *made_feeds)


def _renewed(
    before: tuple[Iterable[T], Iterable[CategoryLine]], now: Sequence[T], make: Callable[[T], CategoryLine]
) -> list[CategoryLine]:
    """The lines before where they tell the same, others made."""
    kept = [
        line if was is one or was == one else make(one) for was, line, one in zip(*before, now, strict=False)
    ]
    return kept + [make(one) for one in now[len(kept) :]]


def scope_name(row: CategoryRow, say: Say) -> str:
    """A category's name; the fixed ones are named by the locale."""
    return row.name or say(f"scope.{row.scope.kind}")


def feed_name(feed: FeedRow) -> str:
    """A feed's title; before its first refresh its address, shortened to what tells feeds apart."""
    scheme, _, rest = feed.title.partition("://")
    return rest if rest and scheme.isascii() and scheme.isalpha() else feed.title


def _category_line(row: CategoryRow, say: Say) -> CategoryLine:
    number = row.total if row.scope.kind in BY_TOTAL else row.unread
    return CategoryLine(
        row.scope,
        scope_name(row, say),
        f"{number:,}" if number else "",
        lively=row.unread > 0 and row.scope.kind is not ScopeKind.HIDDEN,
    )


def _feed_line(feed: FeedRow, waits: bool, result: Refreshed | None, say: Say) -> CategoryLine:
    scope = Scope(ScopeKind.FEED, feed.id)
    name = feed_name(feed)
    if waits:
        return CategoryLine(scope, name, "…", "busy")
    problem = result.problem if result is not None else feed.problem
    if problem is not None and problem.is_note and feed.unread:
        return CategoryLine(scope, name, f"! {feed.unread:,}", "bad", lively=True)
    if problem is not None:
        return CategoryLine(scope, name, "! " + say(f"short.{problem.code}", **problem.details), "bad")
    if result is not None and result.new:
        return CategoryLine(scope, name, f"+{result.new}", "good", lively=True)
    return CategoryLine(scope, name, f"{feed.unread:,}" if feed.unread else "", lively=feed.unread > 0)
