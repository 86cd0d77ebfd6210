"""Looks at feeds.toml, and at the feeds that fail."""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from tui.config import load
from tui.doctor.finding import Finding, error, fine, warning
from tui.errors import HuoyuanError, Problem
from tui.feed_values import FeedRow
from tui.store import feeds
from tui.store.connection import open_store

MOST_TOLD = 20

Explain = Callable[[Problem], str]


def look_at_config(path: Path, explain: Explain) -> Iterator[Finding]:
    """Whether feeds.toml can be read."""
    if not path.exists():
        yield warning("config", "config_none", path=str(path))
        return
    try:
        config = load(path)
    except HuoyuanError as problem:
        yield error("config", "config_wrong", "config", why=explain(problem.problem))
        return
    yield fine("config", "config", path=str(path), count=len(config.feeds))
    if path.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        yield warning("config", "config_exposed", "private", "permissions")
    elif path.stat().st_mode & stat.S_IROTH and any(_has_secret(feed.url) for feed in config.feeds):
        yield warning("config", "config_secret", "private", "permissions")


def _has_secret(url: str) -> bool:
    parts = urlsplit(url)
    return "@" in parts.netloc


def look_at_feeds(database: Path, explain: Explain) -> Iterator[Finding]:
    """Which feeds fail, since when and why."""
    try:
        with closing(open_store(database)) as db:
            rows = feeds.feeds(db)
    except Exception:  # the database has a look of its own
        return
    failing = [row for row in rows if row.problem is not None and not row.problem.is_note]
    if not failing:
        yield fine("feeds", "feeds", count=len(rows))
    for row in failing[:MOST_TOLD]:
        assert row.problem is not None
        yield warning(
            "feeds", "feed_fails", name=_name(row), why=explain(row.problem), since=_since(row.last_success)
        )
    if len(failing) > MOST_TOLD:
        yield warning("feeds", "feeds_fail", count=len(failing) - MOST_TOLD)


def _name(row: FeedRow) -> str:
    """A feed's title, or its host: its address may tell more than is to be pasted."""
    if "://" in row.title:
        return urlsplit(row.url).hostname or "file"
    return row.title


def _since(seconds: int) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(seconds)) if seconds else "–"
