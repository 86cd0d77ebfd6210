"""Adds and removes feeds: in the user's feeds.toml, then in the store, and each as a step to undo.

A step is recorded before the file is changed: whenever the process ends, what left the file can come back.
What a feed brought stays in the store, marks and all; see `store.feeds.sync_feeds`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tui.config import Config, load
from tui.config.editing import Edit, put_back, put_in, take_out, undo_put_in
from tui.config.feed_urls import Known, known_feed, new_url, shown_url
from tui.config.file import check_source, read_source, write_source
from tui.errors import Code, HuoyuanError, Problem
from tui.feed_values import FeedSpec
from tui.model import Undone
from tui.store import Connection, feeds, marks, steps
from tui.store.guard import checked, transaction
from tui.store.steps import Part, Step, Steps
from tui.values import frozen

_STEPS = frozenset({Step.ADD_FEED, Step.REMOVE_FEED})


@frozen
class _File:
    """A feeds.toml as it is on the disk: its text, and the feeds that it names."""

    path: Path
    source: str
    feeds: tuple[FeedSpec, ...]

    @classmethod
    def read(cls, path: Path) -> _File:
        """Read it; raises CONFIG_… for a file that is wrong."""
        source = read_source(path)
        return cls(path, source, load(path, source).feeds)


@checked
def add(db: Connection, path: Path, wanted: FeedSpec, now: int) -> Config:
    """Add a feed to feeds.toml and the store; what it brought in an earlier life is there again.

    Raises BAD_FEED_URL, FEED_KNOWN, CONFIG_… for a file that is wrong or cannot be edited, FILE_UNWRITABLE.
    """
    file = _File.read(path)
    return _add(db, file, [replace(wanted, url=new_url(wanted.url, file.feeds))], now)


@checked
def add_all(db: Connection, path: Path, wanted: Sequence[FeedSpec], now: int) -> list[Problem | None]:
    """Add many feeds at one stroke and as one step; gives for each None, or why it was not added.

    That is BAD_FEED_URL or FEED_KNOWN; raises what `add` does of the file.
    """
    file = _File.read(path)
    known = Known(file.feeds)
    problems = [_problem_of(known, spec) for spec in wanted]
    new = [spec for spec, problem in zip(wanted, problems, strict=True) if problem is None]
    if new:
        _add(db, file, new, now)
    return problems


def _problem_of(known: Known, spec: FeedSpec) -> Problem | None:
    try:
        known.add(spec)
    except HuoyuanError as error:
        return error.problem
    return None


def _add(db: Connection, file: _File, new: Sequence[FeedSpec], now: int) -> Config:
    edit = put_in(file.source, *new)
    check_source(file.path, edit.source, (*file.feeds, *new))
    _write(db, file.path, Step.ADD_FEED, new, edit)
    config = _sync(db, file.path, now)
    feeds.revive(db, [spec.url for spec in new])
    return config


@checked
def remove(db: Connection, path: Path, url: str, now: int) -> Config:
    """Remove a feed from feeds.toml and the lists; marks, favorites, contacts and articles are kept.

    Raises NO_SUCH_FEED, CONFIG_… for a file that is wrong or cannot be edited, FILE_UNWRITABLE.
    """
    file = _File.read(path)
    spec = known_feed(url, file.feeds)
    edit = take_out(file.source, spec.url)
    if edit is None:
        raise HuoyuanError(Code.CONFIG_UNEDITABLE, file=str(path))
    check_source(path, edit.source, tuple(feed for feed in file.feeds if feed != spec))
    _write(db, path, Step.REMOVE_FEED, [spec], edit)
    return _sync(db, path, now)


def _write(db: Connection, path: Path, step: Step, specs: Sequence[FeedSpec], edit: Edit) -> None:
    was = {
        "file": str(path.absolute()),
        "urls": [spec.url for spec in specs],
        "name": _name(db, specs[0]),
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
        file = _File.read(Path(was["file"]))
        source, count = _reversed(file, part.step, was)
        if count:
            write_source(file.path, source)
        with transaction(db):
            steps.take_out(db, part)
        changed(_sync(db, path, now))
    return Undone(part.step, count, was.get("name", ""))


def _reversed(file: _File, step: Step, was: dict[str, Any]) -> tuple[str, int]:
    """The text of feeds.toml without what a step did, and to how many feeds: not to those seen to since."""
    lines = tuple((number, text) for number, text in was["lines"])
    edit = Edit("", lines, was["after"], was["before"])
    # of the first versions each step has one feed
    urls = was["urls"] if "urls" in was else [was["url"]]
    if step is Step.ADD_FEED:
        return _without(file, urls, edit)
    if any(feed.url in urls for feed in file.feeds):
        return file.source, 0
    back = put_back(file.source, edit).source
    check_source(file.path, back, file.feeds, but=urls[0])
    return back, 1


def _without(file: _File, urls: Sequence[str], edit: Edit) -> tuple[str, int]:
    found = undo_put_in(file.source, urls, edit)
    if found is None:
        return file.source, 0
    back, gone = found
    check_source(file.path, back.source, [feed for feed in file.feeds if feed.url not in gone])
    return back.source, len(gone)
