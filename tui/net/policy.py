"""When a feed is asked again: its interval, the publisher's wishes, back-off after failures."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from tui.errors import Code, Problem
from tui.model import FeedState, Schedule

SOONEST = 30 * 60
"""Seconds; no feed is asked more often."""

LATEST = 24 * 3600
"""Seconds; no healthy feed is asked less often, but for the hours and days it asks to skip."""

NEVER = 253_402_300_799
"""The last second of the year 9999, for feeds that are gone."""

_MANY_FAILURES = 30
_AFTER_MANY_FAILURES = 7 * 24 * 3600
_LONGEST_PAUSE = 7 * 24 * 3600
_JITTER = 0.1
_HOUR, _DAY = 3600, 24 * 3600
_THURSDAY = 3


def next_check(now: int, *, interval_s: int, max_age: int | None, schedule: Schedule, url: str) -> int:
    """When a feed that answered is due again, in Unix seconds.

    The longest of the user's interval, the feed's ttl and the answer's max-age, within 30 minutes and
    24 hours, spread by ±10 % but never before what the publisher asks for, outside skipped hours.
    """
    asked_for = max(schedule.ttl or 0, max_age or 0)
    wait = _within_bounds(_spread(_within_bounds(max(interval_s, asked_for)), url))
    return _outside_skipped(now + max(wait, _within_bounds(asked_for)), schedule)


def after_failure(now: int, *, interval_s: int, failures: int, problem: Problem, url: str) -> int:
    """When a feed that failed for the `failures`th time running is due again, in Unix seconds.

    The interval, doubled with each failure up to 24 hours, 7 days from the 30th on, spread by ±10 %;
    never before the host's Retry-After has passed; NEVER for a feed that is gone.
    """
    if problem.code is Code.GONE:
        return NEVER
    if failures >= _MANY_FAILURES:
        wait = _spread(_AFTER_MANY_FAILURES, url)
    else:
        doublings = max(0, failures - 1)
        wait = _within_bounds(_spread(_within_bounds(_within_bounds(interval_s) << doublings), url))
    return now + max(wait, _pause(problem))


def due(feeds: Sequence[FeedState], now: int, *, explicit: bool = False) -> tuple[FeedState, ...]:
    """The feeds to ask now; an explicit wish overrides their next check, but no host's Retry-After."""
    paused = _paused_hosts(feeds, now)
    return tuple(
        feed for feed in feeds if (explicit or feed.next_check <= now) and _host(feed.url) not in paused
    )


def _within_bounds(seconds: int) -> int:
    return min(max(seconds, SOONEST), LATEST)


def _spread(seconds: int, url: str) -> int:
    """Moves a time span by up to ±10 %, always alike for one URL, so that feeds do not march in step."""
    fraction = zlib.crc32(url.encode(errors="replace")) / 0xFFFFFFFF
    return round(seconds * (1 + _JITTER * (2 * fraction - 1)))


def _outside_skipped(moment: int, schedule: Schedule) -> int:
    """The first moment from `moment` on, in whole hours, that a feed does not ask to skip."""
    hours, days = schedule.skip_hours, schedule.skip_days
    if hours >= frozenset(range(24)) or days >= frozenset(range(7)):
        return moment
    while moment // _HOUR % 24 in hours or (moment // _DAY + _THURSDAY) % 7 in days:
        moment += _HOUR
    return moment


def _pause(problem: Problem) -> int:
    return min(int(problem.details.get("retry_after", 0)), _LONGEST_PAUSE)


def _paused_hosts(feeds: Iterable[FeedState], now: int) -> frozenset[str]:
    """Hosts whose Retry-After still runs: the feed's, and the one behind a redirect that said so."""
    hosts: set[str] = set()
    for feed in feeds:
        problem = feed.problem
        if problem and problem.code is Code.RATE_LIMITED and feed.last_checked + _pause(problem) > now:
            hosts |= {host := _host(feed.url), str(problem.details.get("host", host))}
    return frozenset(hosts)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
