"""Adds and removes feeds: in the user's feeds.toml, then in the store, and each as a step to undo.

A step is recorded before the file is changed: whenever the process ends, what left the file can come back.
What a feed brought stays in the store, marks and all; see `store.feeds.sync_feeds`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tui.config import Config, load
from tui.config.editing import Edit, put_back, put_in, take_out, undo_put_in
from tui.config.feed_urls import known_feed, new_url, shown_url
from tui.config.file import check_source, read_source, write_source
from tui.errors import Code, HuoyuanError
from tui.feed_values import FeedSpec
from tui.model import Undone
from tui.store import Connection, feeds, marks, steps
from tui.store.guard import checked, transaction
from tui.store.steps import Part, Step, Steps

_STEPS = frozenset({Step.ADD_FEED, Step.REMOVE_FEED})


@checked
def add(db: Connection, path: Path, wanted: FeedSpec, now: int) -> Config:
    """Add a feed to feeds.toml and the store; what it brought in an earlier life is there again.

    Raises BAD_FEED_URL, FEED_KNOWN, CONFIG_… for a file that is wrong or cannot be edited, FILE_UNWRITABLE.
    """
    source = read_source(path)
    before = load(path, source).feeds
    spec = replace(wanted, url=new_url(wanted.url, before))
    edit = put_in(source, spec)
    check_source(path, edit.source, (*before, spec))
    _write(db, path, Step.ADD_FEED, spec, edit)
    config = _sync(db, path, now)
    feeds.revive(db, spec.url)
    return config


@checked
def remove(db: Connection, path: Path, url: str, now: int) -> Config:
    """Remove a feed from feeds.toml and the lists; marks, favorites, contacts and articles are kept.

    Raises NO_SUCH_FEED, CONFIG_… for a file that is wrong or cannot be edited, FILE_UNWRITABLE.
    """
    source = read_source(path)
    before = load(path, source).feeds
    spec = known_feed(url, before)
    edit = take_out(source, spec.url)
    if edit is None:
        raise HuoyuanError(Code.CONFIG_UNEDITABLE, file=str(path))
    check_source(path, edit.source, tuple(feed for feed in before if feed != spec))
    _write(db, path, Step.REMOVE_FEED, spec, edit)
    return _sync(db, path, now)


def _write(db: Connection, path: Path, step: Step, spec: FeedSpec, edit: Edit) -> None:
    was = {
        "file": str(path.absolute()),
        "url": spec.url,
        "name": _name(db, spec),
        "lines": edit.lines,
        "after": edit.after,
        "before": edit.before,
    }
    with transaction(db):
        steps.record(db, steps.new_step(db, step), step, json.dumps(was))
    (part, *_) = steps.newest(db)
    try:
        write_source(path, edit.source)
    except HuoyuanError:
        with transaction(db):
            steps.take_out(db, part)
        raise


def _name(db: Connection, spec: FeedSpec) -> str:
    """What the user knows a feed by."""
    row = next((feed for feed in feeds.feeds(db) if feed.url == spec.url), None)
    name = row.title if row is not None else spec.title
    return shown_url(spec.url) if name in {"", spec.url} else name


def _sync(db: Connection, path: Path, now: int) -> Config:
    config = load(path)
    feeds.sync_feeds(db, config.feeds, now)
    return config


def undo_steps(
    db: Connection, path: Path, now: int, changed: Callable[[Config], object]
) -> Steps[Undone | None]:
    """Take back the last step, whatever it did; `changed` is told of another feeds.toml."""
    parts = steps.newest(db)
    if not parts or parts[0].step not in _STEPS:
        return (yield from marks.undo_steps(db))
    yield
    return _take_back(db, path, parts[0], now, changed)


def _take_back(
    db: Connection, path: Path, part: Part, now: int, changed: Callable[[Config], object]
) -> Undone:
    """Take back what was done to a feed: the file first, so that the step is kept until it is done."""
    was = json.loads(steps.look_at(db, part) or "{}")
    count = 0
    if was:
        file = Path(was["file"])
        edit = _reversed(file, part.step, was)
        if edit is not None:
            write_source(file, edit.source)
            count = 1
        with transaction(db):
            steps.take_out(db, part)
        changed(_sync(db, path, now))
    return Undone(part.step, count, was.get("name", ""))


def _reversed(file: Path, step: Step, was: dict[str, Any]) -> Edit | None:
    """The text of feeds.toml without what a step did; None when somebody has already seen to it."""
    source = read_source(file)
    before = load(file, source).feeds
    lines = tuple((number, text) for number, text in was["lines"])
    edit = Edit("", lines, was["after"], was["before"])
    others = [feed for feed in before if feed.url != was["url"]]
    if (len(others) < len(before)) is (step is Step.REMOVE_FEED):
        return None
    back = put_back(source, edit) if step is Step.REMOVE_FEED else undo_put_in(source, was["url"], edit)
    if back is not None:
        check_source(file, back.source, others, but=was["url"])
    return back
