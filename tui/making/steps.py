"""From a feed's bytes to drafts, in slices: parse, find contacts, pack; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from tui.feed_values import Entry, ParsedFeed, Schedule
from tui.store.drafts import Draft, drafts_of
from tui.text.secrets import without_user
from tui.values import frozen

SLICE = 100
"""Entries of one feed that are made before the others get a turn, as long as it took."""

Unchanged = Callable[[int, Mapping[str, int]], frozenset[str]]
"""What `saving.unchanged` says of a feed, by its number, and the origins of some of its articles."""


@frozen
class Task:
    """A feed's document and what else its articles are made of; `now` in Unix seconds."""

    feed_id: int
    url: str
    category: str
    body: bytes
    charset: str
    now: int


@frozen
class Facts:
    """What a feed says of itself; `kept` and `left_out` count its entries."""

    title: str
    schedule: Schedule
    kept: int
    left_out: int


@frozen
class Slice:
    """Some of a feed's articles; `seconds` are those that making them held up this process."""

    drafts: Sequence[Draft]
    last: bool
    seconds: float = 0.0


Part = Facts | Slice
"""Of a task first its facts come, then its slices, at least one."""


def read(task: Task) -> ParsedFeed:
    """The feed in a task's document; raises what `feeds.parse` raises."""
    # What parses and finds contacts takes a tenth of a second to import: a round of 304s needs none.
    from tui.feeds.parse import parse  # noqa: PLC0415

    return parse(task.body, charset=task.charset, now=task.now)


def facts_of(feed: ParsedFeed) -> Facts:
    """What is known of a feed before its articles are made."""
    return Facts(feed.title, feed.schedule, len(feed.entries), feed.left_out)


def slices(task: Task, feed: ParsedFeed, unchanged: Unchanged) -> Iterator[Slice]:
    """The articles of a feed that are not stored as they are, the oldest first."""
    # turned before the sort, so that among entries of one time the first of the feed is the newest
    entries = [*reversed(feed.entries)]
    entries.sort(key=lambda entry: entry.published or task.now)
    # what an article links to relatively must not get the feed's password
    base = without_user(feed.link or task.url)
    for start in range(0, max(1, len(entries)), SLICE):
        some = entries[start : start + SLICE]
        yield Slice(_drafts(task, some, base, unchanged), last=start + SLICE >= len(entries))


def _drafts(task: Task, entries: Sequence[Entry], base: str, unchanged: Unchanged) -> list[Draft]:
    from tui.prepare import origin_of, prepare  # noqa: PLC0415 - as above

    origins = {entry.uid: origin_of(entry, task.category, base) for entry in entries}
    same = unchanged(task.feed_id, origins)
    articles = [
        prepare(entry, task.category, base, origins[entry.uid]) for entry in entries if entry.uid not in same
    ]
    return drafts_of(task.feed_id, task.url, articles[::-1], task.now)
