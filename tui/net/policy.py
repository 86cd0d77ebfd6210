"""When a feed is asked again: its interval, the publisher's wishes, back-off after failures."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from tui.errors import Code, Problem
from tui.feed_values import FeedState, Move, Schedule

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
_FAILURES_BEFORE_RETURN = 3


def next_check(now: int, *, interval_s: int, max_age: int | None, schedule: Schedule, url: str) -> int:
    """When a feed that answered is due again, in Unix seconds.

    The longest of the user's interval, the feed's ttl and the answer's max-age, within 30 minutes and
    24 hours, spread by ±10 % but never before what the publisher asks for, outside skipped hours.
    """
    asked_for = max(schedule.ttl or 0, max_age or 0)
    wait = _within_bounds(_spread(_within_bounds(max(interval_s, asked_for)), url))
    return _outside_skipped(now + max(wait, _within_bounds(asked_for)), schedule)


def after_failure(
    now: int, *, interval_s: int, failures: int, problem: Problem, schedule: Schedule, url: str
) -> int:
    """When a feed that failed for the `failures`th time running is due again, in Unix seconds.

    The interval, doubled with each failure up to 24 hours, 7 days from the 30th on, spread by ±10 %;
    never before the host's Retry-After has passed, nor in a skipped hour; NEVER for a feed that is gone.
    """
    if problem.code is Code.GONE:
        return NEVER
    if failures >= _MANY_FAILURES:
        wait = _spread(_AFTER_MANY_FAILURES, url)
    else:
        doublings = max(0, failures - 1)
        wait = _within_bounds(_spread(_within_bounds(_within_bounds(interval_s) << doublings), url))
    return _outside_skipped(now + max(wait, _pause(problem)), schedule)


def answered(
    state: FeedState,
    now: int,
    *,
    interval_s: int,
    schedule: Schedule | None = None,
    max_age: int | None = None,
    etag: str = "",
    last_modified: str = "",
    not_modified: bool = False,
    permanent_url: str = "",
) -> FeedState:
    """What is known of a feed after an answer; None as the `schedule` of a feed that said nothing new.

    What a 304 does not say again stays in force (RFC 9111, 4.3.4); a 200 begins anew.
    """
    schedule = state.schedule if schedule is None else schedule
    if not_modified:
        max_age = state.max_age if max_age is None else max_age
        etag, last_modified = etag or state.etag, last_modified or state.last_modified
    due_at = next_check(now, interval_s=interval_s, max_age=max_age, schedule=schedule, url=state.url)
    return replace(
        state,
        etag=etag,
        last_modified=last_modified,
        last_checked=now,
        last_success=now,
        next_check=due_at,
        failures=0,
        gone=False,
        problem=None,
        schedule=schedule,
        max_age=max_age,
        move=move_seen(state.move, state.url, permanent_url, now),
    )


def failed(state: FeedState, now: int, *, interval_s: int, problem: Problem) -> FeedState:
    """What is known of a feed after a failure; its `problem` may weigh less than the one that was met."""
    failures = state.failures + 1
    move, problem = move_failed(state.move, failures, problem)
    due_at = after_failure(
        now,
        interval_s=interval_s,
        failures=failures,
        problem=problem,
        schedule=state.schedule,
        url=state.url,
    )
    # Who asked before the time, because the user wished it, still has that time to wait for.
    in_force = state.next_check if state.last_checked <= now and not state.gone else 0
    # What the address that is given up has said of its copy means nothing to the other one.
    same = move == state.move
    return replace(
        state,
        etag=state.etag if same else "",
        last_modified=state.last_modified if same else "",
        last_checked=now,
        next_check=max(due_at, in_force),
        failures=failures,
        gone=problem.code is Code.GONE,
        problem=problem,
        move=move,
    )


def move_seen(move: Move, url: str, permanent_url: str, now: int) -> Move:
    """Where a feed is, once an answer worth having came from behind permanent redirects ("" = from none).

    A move is taken over when it is seen again a day later. A feed whose `url` has a password in it stays
    where the user typed that, as the password goes nowhere else.
    """
    if move.taken and not permanent_url:
        return move
    if not permanent_url or "@" in url:
        return Move()
    if permanent_url != move.to:
        return Move(permanent_url, now)
    return Move(move.to, move.since, move.taken or now - move.since >= _DAY)


def move_failed(move: Move, failures: int, problem: Problem) -> tuple[Move, Problem]:
    """Where a feed is after a failure, and what the failure means for it.

    An address that was taken over is given up when it is gone or fails for the third time running; what
    is gone is then that address, not the feed.
    """
    if not move.taken:
        return move, problem
    if problem.code is Code.GONE:
        return Move(), Problem(Code.HTTP_4XX, problem.details)
    return (Move() if failures >= _FAILURES_BEFORE_RETURN else move), problem


def due(
    feeds: Sequence[FeedState], now: int, *, explicit: bool = False, named: Collection[int] = ()
) -> tuple[FeedState, ...]:
    """The feeds to ask now.

    An explicit wish overrides their next check, but no host's Retry-After; a feed that is gone is asked
    only when the wish names it (`named`, by id).
    """
    paused = pauses(feeds, now)

    def wanted(feed: FeedState) -> bool:
        if feed.gone:
            return explicit and feed.id in named
        # A clock that ran ahead once must not put a feed to sleep until that time comes.
        time_has_come = feed.next_check <= now or feed.last_checked > now + _HOUR
        # We may not have been there when it came, and are now in an hour to skip.
        return explicit or (time_has_come and _outside_skipped(now, feed.schedule) == now)

    ready = (feed for feed in feeds if wanted(feed))
    return tuple(feed for feed in ready if not paused or paused.keys().isdisjoint(_hosts(feed)))


def pauses(feeds: Iterable[FeedState], now: int) -> dict[str, int]:
    """For how many seconds more each host wants to be left alone, by the Retry-After that feeds were told.

    It is the feed's own host, and the one behind a redirect that said so.
    """
    left: dict[str, int] = {}
    for feed in feeds:
        problem = feed.problem
        if problem and problem.code is Code.RATE_LIMITED and feed.last_checked <= now:
            seconds = feed.last_checked + _pause(problem) - now
            for host in {*_hosts(feed), str(problem.details.get("host", ""))} if seconds > 0 else ():
                left[host] = max(seconds, left.get(host, 0))
    left.pop("", None)
    return left


def host_of(url: str) -> str:
    """The host of a URL, "" where there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


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


def _hosts(feed: FeedState) -> set[str]:
    """The hosts that a refresh of a feed asks first, by its URL and where it has moved to."""
    return {host_of(feed.url), host_of(feed.address)}
