"""The frozen values of feeds: as the user wrote them, what is known of them, what they brought."""

from __future__ import annotations

from tui.errors import Problem
from tui.model import Comments, Merchant
from tui.values import frozen


@frozen
class Entry:
    """One article as a feed gives it: text cleaned, `html` raw, times in Unix seconds (UTC).

    `masked` are the words of title and merchant fields that `text.masks` found, cleaned like them.
    """

    uid: str
    title: str
    link: str = ""
    author: str = ""
    html: str = ""
    published: int | None = None
    published_raw: str = ""
    updated: int | None = None
    categories: tuple[str, ...] = ()
    merchant: Merchant | None = None
    comments: Comments | None = None
    images: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()


@frozen
class Schedule:
    """What a feed asks of its pollers: ttl in seconds, hours (0-23, GMT) and days (0 = Monday) to skip."""

    ttl: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()


@frozen
class ParsedFeed:
    """A feed's document as values; `tier` names the parser, `left_out` counts entries over the limit."""

    title: str
    entries: tuple[Entry, ...]
    link: str = ""
    language: str = ""
    schedule: Schedule = Schedule()
    tier: str = ""
    left_out: int = 0


@frozen
class FeedRow:
    """One feed with its counts and health; times in Unix seconds, 0 = never; problem of the last try."""

    id: int
    url: str
    title: str
    category: str
    unread: int
    total: int
    last_checked: int = 0
    last_success: int = 0
    next_check: int = 0
    problem: Problem | None = None


@frozen
class FeedSpec:
    """A feed as the user's feeds.toml names it."""

    url: str
    title: str = ""
    category: str = ""
    refresh_minutes: int = 0
    full_text: bool = False
    qr: bool = False


@frozen
class Move:
    """Where permanent redirects lead (`to`), since when they do, and whether we have `taken` it over."""

    to: str = ""
    since: int = 0
    taken: bool = False


@frozen
class FeedState:
    """What a refresh must know of a feed and leaves behind: validators verbatim, times in Unix seconds.

    `schedule` is the feed's own wish, `max_age` (seconds) its server's, both as they were last told.
    """

    id: int
    url: str
    title: str = ""
    category: str = ""
    refresh_minutes: int = 0
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    last_checked: int = 0
    last_success: int = 0
    next_check: int = 0
    failures: int = 0
    gone: bool = False
    problem: Problem | None = None
    schedule: Schedule = Schedule()
    max_age: int | None = None
    move: Move = Move()

    @property
    def address(self) -> str:
        """The URL to ask: the feed's own, or the one that it has moved to for good."""
        return self.move.to if self.move.taken else self.url


@frozen
class Refreshed:
    """The result of one feed's refresh; `problem` is None when all went well and nothing is to be said."""

    feed_id: int
    title: str
    new: int = 0
    changed: int = 0
    not_modified: bool = False
    problem: Problem | None = None

    @property
    def failed(self) -> bool:
        """Whether nothing came of it; a problem may also be a mere note."""
        return self.problem is not None and not self.problem.is_note
