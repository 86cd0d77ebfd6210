"""Makes the lines of the category list from counts, feeds and the running refresh."""

from __future__ import annotations

from collections.abc import Sequence

from tui.model import CategoryRow, FeedRow, Scope, ScopeKind
from tui.ui.article_layout import Say
from tui.ui.refresh_state import RefreshState
from tui.ui.widgets.category_list import CategoryLine


def category_lines(
    categories: Sequence[CategoryRow], feeds: Sequence[FeedRow], refresh: RefreshState, say: Say
) -> tuple[CategoryLine, ...]:
    """The fixed lists and categories, then the feeds under their heading."""
    lines = [_category_line(row, say) for row in categories]
    if feeds:
        lines.append(CategoryLine(None, say("heading.feeds")))
    lines += [_feed_line(feed, refresh, say) for feed in feeds]
    return tuple(lines)


def scope_name(row: CategoryRow, say: Say) -> str:
    """A category's name; the fixed ones are named by the locale."""
    return row.name or say(f"scope.{row.scope.kind}")


def feed_name(feed: FeedRow) -> str:
    """A feed's title; before its first refresh its address, shortened to what tells feeds apart."""
    named = feed.title and feed.title != feed.url
    return feed.title if named else feed.url.partition("://")[2] or feed.url


def _category_line(row: CategoryRow, say: Say) -> CategoryLine:
    favorites = row.scope.kind is ScopeKind.FAVORITES
    number = row.total if favorites else row.unread
    return CategoryLine(
        row.scope,
        scope_name(row, say),
        f"{number:,}" if number else "",
        lively=row.unread > 0,
    )


def _feed_line(feed: FeedRow, refresh: RefreshState, say: Say) -> CategoryLine:
    scope = Scope(ScopeKind.FEED, feed.id)
    name = feed_name(feed)
    result = refresh.results.get(feed.id)
    if feed.id in refresh.waiting:
        return CategoryLine(scope, name, "…", "busy")
    problem = result.problem if result is not None else feed.problem
    if problem is not None:
        return CategoryLine(scope, name, "! " + say(f"short.{problem.code}", **problem.details), "bad")
    if result is not None and result.new:
        return CategoryLine(scope, name, f"+{result.new}", "good", lively=True)
    return CategoryLine(scope, name, f"{feed.unread:,}" if feed.unread else "", lively=feed.unread > 0)
