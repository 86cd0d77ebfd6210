"""Refreshes faulty feeds through the real pipeline, and tells what became of each."""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tui.errors import Problem
from tui.feed_values import FeedSpec, Refreshed
from tui.model import ListQuery, Scope, ScopeKind, StoredArticle
from tui.net.limits import Limits
from tui.refresh import Refresh
from tui.store import Connection, feeds, lists
from tui.store.connection import open_store

HOUR = 3600


@dataclass(frozen=True, slots=True)
class End:
    """What became of a feed: "ok", "not_modified" or its problem's code; and what is stored of it."""

    outcome: str
    problem: Problem | None
    articles: tuple[StoredArticle, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles that are stored, sorted."""
        return tuple(sorted(stored.article.title for stored in self.articles))


async def refreshed(
    urls: Mapping[str, str], folder: Path, limits: Limits, *, rounds: int = 1
) -> dict[str, End]:
    """Refresh feeds (name → URL) `rounds` times over a new store; what became of each, by name."""
    store = open_store(folder / "huoyuan.db")
    try:
        feeds.sync_feeds(store, [FeedSpec(url) for url in urls.values()], 0)
        results: list[Refreshed] = []
        for number in range(rounds):
            now = int(time.time()) + number * 24 * HOUR
            results.clear()
            await Refresh(store, results.append, lambda now=now: now, limits=limits).run(feeds.states(store))  # type: ignore[misc]
        names = {url: name for name, url in urls.items()}
        by_id = {state.id: names[state.url] for state in feeds.states(store)}
        return {by_id[result.feed_id]: _end(store, result) for result in results}
    finally:
        store.close()


def _end(store: Connection, result: Refreshed) -> End:
    ids = lists.article_ids(store, ListQuery(Scope(ScopeKind.FEED, result.feed_id)), 0)
    articles = [found for article in ids if (found := lists.article(store, article)) is not None]
    return End(outcome(result), result.problem, tuple(articles))


def outcome(result: Refreshed) -> str:
    """One word for a result."""
    if result.failed and result.problem is not None:
        return result.problem.code
    return "not_modified" if result.not_modified else "ok"


def unclean(texts: Sequence[str]) -> list[str]:
    """The texts with a character that would act on a terminal, or that no UTF-8 can hold."""
    return [text for text in texts if any(_acts(char) for char in text if char not in "\n\t")]


def _acts(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Cc", "Cs")
        or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
