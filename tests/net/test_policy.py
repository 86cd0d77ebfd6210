"""When a feed is due: never too soon, never too late, and the same for the same URL."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import Code, Problem
from tui.feed_values import FeedState, Move, Schedule
from tui.net.policy import (
    LATEST,
    NEVER,
    SOONEST,
    after_failure,
    answered,
    due,
    failed,
    move_failed,
    move_seen,
    next_check,
    pauses,
)

HOUR, DAY, WEEK = 3600, 24 * 3600, 7 * 24 * 3600
MONDAY = 1_791_763_200  # Monday, 2026-10-12 00:00:00 GMT
URL = "https://www.88huoyuan.com/rss.xml"
URLS = [f"https://feeds.example/{number}" for number in range(200)]
ANY_TIME = Schedule()
TIMEOUT = Problem(Code.TIMEOUT, {"host": "feeds.example"})

schedules = st.builds(
    Schedule,
    ttl=st.none() | st.integers(0, 10**12),
    skip_hours=st.frozensets(st.integers(0, 23)),
    skip_days=st.frozensets(st.integers(0, 6)),
)


def wait(
    interval: int, *, max_age: int | None = None, schedule: Schedule = ANY_TIME, now: int = MONDAY
) -> int:
    return next_check(now, interval_s=interval, max_age=max_age, schedule=schedule, url=URL) - now


@pytest.mark.parametrize(
    ("interval", "max_age", "ttl", "expected"),
    [
        (HOUR, None, None, HOUR),
        (HOUR, 60, 60, HOUR),
        (HOUR, None, 4 * HOUR, 4 * HOUR),
        (HOUR, 5 * HOUR, 4 * HOUR, 5 * HOUR),
        (10 * HOUR, 5 * HOUR, 4 * HOUR, 10 * HOUR),
        (0, None, None, SOONEST),
        (365 * DAY, None, None, LATEST),
        (HOUR, 10**18, None, LATEST),
    ],
)
def test_the_longest_wish_decides_within_bounds_and_ten_percent(
    interval: int, max_age: int | None, ttl: int | None, expected: int
) -> None:
    found = wait(interval, max_age=max_age, schedule=Schedule(ttl=ttl))
    assert max(SOONEST, expected * 0.9) <= found <= min(LATEST, expected * 1.1)


def test_jitter_spreads_the_urls_over_the_range_and_is_the_same_each_time() -> None:
    def waits() -> list[int]:
        return [next_check(0, interval_s=HOUR, max_age=None, schedule=ANY_TIME, url=url) for url in URLS]

    assert waits() == waits()
    assert min(waits()) < 0.92 * HOUR
    assert max(waits()) > 1.08 * HOUR


def test_jitter_never_undercuts_what_the_publisher_asks_for() -> None:
    waits = [next_check(0, interval_s=HOUR, max_age=HOUR, schedule=ANY_TIME, url=url) for url in URLS]
    assert min(waits) == HOUR


def test_a_check_moves_out_of_the_skipped_hours() -> None:
    night = Schedule(skip_hours=frozenset(range(8)))
    due_at = next_check(MONDAY, interval_s=HOUR, max_age=None, schedule=night, url=URL)
    assert due_at // HOUR % 24 == 8
    assert due_at < MONDAY + 9 * HOUR


def test_a_check_moves_out_of_the_skipped_days() -> None:
    weekend = Schedule(skip_days=frozenset({5, 6}))
    friday_night = MONDAY + 4 * DAY + 23 * HOUR + 1800
    due_at = next_check(friday_night, interval_s=HOUR, max_age=None, schedule=weekend, url=URL)
    assert MONDAY + WEEK <= due_at < MONDAY + WEEK + HOUR


@pytest.mark.parametrize(
    "everything", [Schedule(skip_hours=frozenset(range(24))), Schedule(skip_days=frozenset(range(7)))]
)
def test_a_feed_that_asks_to_skip_everything_is_asked_all_the_same(everything: Schedule) -> None:
    assert wait(HOUR, schedule=everything) == wait(HOUR)


@given(
    now=st.integers(0, 10**11),
    interval=st.integers(-(10**12), 10**12),
    max_age=st.none() | st.integers(0, 10**18),
    schedule=schedules,
    url=st.text(),
)
def test_never_sooner_than_half_an_hour_never_later_than_a_day_and_the_skips(
    now: int, interval: int, max_age: int | None, schedule: Schedule, url: str
) -> None:
    due_at = next_check(now, interval_s=interval, max_age=max_age, schedule=schedule, url=url)
    assert now + SOONEST <= due_at <= now + LATEST + WEEK + DAY
    if len(schedule.skip_hours) < 24 and len(schedule.skip_days) < 7:
        assert due_at // HOUR % 24 not in schedule.skip_hours
        assert (due_at // DAY + 3) % 7 not in schedule.skip_days


@pytest.mark.parametrize(
    ("failures", "expected"),
    [
        (0, HOUR),
        (1, HOUR),
        (2, 2 * HOUR),
        (3, 4 * HOUR),
        (5, 16 * HOUR),
        (6, DAY),
        (29, DAY),
        (30, WEEK),
        (10**9, WEEK),
    ],
)
def test_failures_double_the_wait_up_to_a_day_then_a_week(failures: int, expected: int) -> None:
    found = after_failure(0, interval_s=HOUR, failures=failures, problem=TIMEOUT, schedule=ANY_TIME, url=URL)
    assert 0.9 * expected <= found <= 1.1 * expected


def test_retry_after_is_honoured_and_capped() -> None:
    for asked, least in ((60, SOONEST), (3 * DAY, 3 * DAY), (10**15, WEEK)):
        problem = Problem(Code.RATE_LIMITED, {"host": "feeds.example", "retry_after": asked})
        found = after_failure(0, interval_s=HOUR, failures=1, problem=problem, schedule=ANY_TIME, url=URL)
        assert least <= found <= max(2 * HOUR, least)


def test_a_feed_that_is_gone_is_not_asked_again() -> None:
    problem = Problem(Code.GONE, {"host": "feeds.example"})
    assert (
        after_failure(MONDAY, interval_s=HOUR, failures=1, problem=problem, schedule=ANY_TIME, url=URL)
        == NEVER
    )


def test_due_are_those_whose_time_has_come_and_on_request_the_others() -> None:
    ready = FeedState(1, "https://a.example/rss", next_check=MONDAY)
    waiting = FeedState(2, "https://b.example/rss", next_check=MONDAY + 1)
    assert due([ready, waiting], MONDAY) == (ready,)
    assert due([ready, waiting], MONDAY, explicit=True) == (ready, waiting)


def test_not_even_a_request_overrides_the_retry_after_of_a_host() -> None:
    limited = FeedState(
        1,
        "https://a.example/rss",
        last_checked=MONDAY,
        problem=Problem(Code.RATE_LIMITED, {"host": "cdn.example", "retry_after": HOUR}),
    )
    sibling = FeedState(2, "https://A.example:443/other")
    behind = FeedState(3, "https://cdn.example/rss")
    other = FeedState(4, "https://b.example/rss")
    garbage = FeedState(5, "http://[::1")
    feeds = [limited, sibling, behind, other, garbage]
    assert due(feeds, MONDAY + HOUR - 1, explicit=True) == (other, garbage)
    assert due(feeds, MONDAY + HOUR, explicit=True) == tuple(feeds)


def test_a_feed_that_moved_waits_for_its_old_host_too() -> None:
    limited = FeedState(
        1,
        "https://a.example/rss",
        last_checked=MONDAY,
        problem=Problem(Code.RATE_LIMITED, {"retry_after": HOUR}),
    )
    for url, to in (
        ("https://a.example/2", "https://b.example/2"),
        ("https://b.example/2", "https://a.example/2"),
    ):
        moved = FeedState(2, url, move=Move(to, MONDAY - DAY, True))
        assert due([limited, moved], MONDAY + HOUR - 1, explicit=True) == ()


def test_a_feed_that_is_gone_is_asked_only_by_its_name() -> None:
    gone = FeedState(1, "https://a.example/rss", next_check=NEVER, gone=True)
    assert due([gone], NEVER) == due([gone], MONDAY, explicit=True) == ()
    assert due([gone], MONDAY, explicit=True, named=[2]) == due([gone], MONDAY, named=[1]) == ()
    assert due([gone], MONDAY, explicit=True, named=[1]) == (gone,)


def test_who_comes_back_in_an_hour_to_skip_waits_for_its_end() -> None:
    night = FeedState(1, URL, next_check=MONDAY - HOUR, schedule=Schedule(skip_hours=frozenset(range(8))))
    assert due([night], MONDAY) == due([night], MONDAY + 8 * HOUR - 1) == ()
    assert due([night], MONDAY + 8 * HOUR) == due([night], MONDAY, explicit=True) == (night,)


def test_a_clock_that_once_ran_ahead_puts_no_feed_to_sleep_and_no_host() -> None:
    limited = Problem(Code.RATE_LIMITED, {"host": "www.88huoyuan.com", "retry_after": HOUR})
    ahead = FeedState(
        1, URL, last_checked=MONDAY + 999 * DAY, next_check=MONDAY + 1000 * DAY, problem=limited
    )
    assert due([ahead], MONDAY) == (ahead,)
    corrected = FeedState(1, URL, last_checked=MONDAY + HOUR, next_check=MONDAY + 2 * HOUR)
    assert due([corrected], MONDAY) == ()


def test_the_longest_pause_of_a_host_counts_and_garbage_has_none() -> None:
    def told(number: int, url: str, seconds: int) -> FeedState:
        problem = Problem(Code.RATE_LIMITED, {"retry_after": seconds})
        return FeedState(number, url, last_checked=MONDAY, problem=problem)

    feeds = [told(1, "https://a.example/1", 600), told(2, "https://a.example/2", 60), told(3, URL, 0)]
    assert pauses(feeds, MONDAY + 30) == {"a.example": 570}
    assert pauses(feeds, MONDAY + 600) == {}


TO = "https://new.example/rss"


def test_a_move_is_taken_over_when_it_is_seen_again_a_day_later() -> None:
    seen = move_seen(Move(), URL, TO, MONDAY)
    assert seen == Move(TO, MONDAY)
    assert move_seen(seen, URL, TO, MONDAY + DAY - 1) == seen
    taken = move_seen(seen, URL, TO, MONDAY + DAY)
    assert taken == Move(TO, MONDAY, True)
    assert FeedState(1, URL, move=seen).address == URL
    assert FeedState(1, URL, move=taken).address == TO
    assert move_seen(taken, URL, "", MONDAY + 9 * DAY) == taken
    assert move_seen(taken, URL, "https://newer.example/", MONDAY + 9 * DAY) == Move(
        "https://newer.example/", MONDAY + 9 * DAY
    )


def test_a_move_that_is_taken_back_or_leads_elsewhere_begins_anew() -> None:
    seen = Move(TO, MONDAY)
    assert move_seen(seen, URL, "", MONDAY + DAY) == Move()
    assert move_seen(seen, URL, TO + "2", MONDAY + DAY) == Move(TO + "2", MONDAY + DAY)


def test_a_feed_with_a_password_stays_where_it_was_typed() -> None:
    assert move_seen(Move(TO, MONDAY), "https://me:pw@a.example/rss", TO, MONDAY + DAY) == Move()


def test_an_address_that_was_taken_over_is_given_up_when_it_fails() -> None:
    taken, seen = Move(TO, MONDAY, True), Move(TO, MONDAY)
    gone = Problem(Code.GONE, {"host": "new.example", "status": 410})
    assert move_failed(seen, 99, gone) == (seen, gone)
    assert move_failed(taken, 2, TIMEOUT) == (taken, TIMEOUT)
    assert move_failed(taken, 3, TIMEOUT) == (Move(), TIMEOUT)
    assert move_failed(taken, 1, gone) == (Move(), Problem(Code.HTTP_4XX, gone.details))


def test_what_a_304_does_not_say_stays_and_a_200_begins_anew() -> None:
    wish = Schedule(ttl=4 * HOUR)
    first = answered(
        FeedState(1, URL),
        MONDAY,
        interval_s=HOUR,
        schedule=wish,
        max_age=5 * HOUR,
        etag='"a"',
        last_modified="x",
    )
    assert (first.next_check - MONDAY, first.last_success) == (5 * HOUR, MONDAY)
    same = answered(first, MONDAY + DAY, interval_s=HOUR, not_modified=True)
    assert (same.etag, same.last_modified, same.max_age, same.schedule) == ('"a"', "x", 5 * HOUR, wish)
    assert same.next_check == MONDAY + DAY + 5 * HOUR
    newer = answered(same, MONDAY, interval_s=HOUR, not_modified=True, etag='"b"', max_age=0)
    assert (newer.etag, newer.last_modified, newer.max_age) == ('"b"', "x", 0)
    plain = answered(same, MONDAY, interval_s=HOUR, schedule=ANY_TIME)
    assert (plain.etag, plain.last_modified, plain.max_age, plain.schedule) == ("", "", None, ANY_TIME)


def test_a_failure_keeps_the_validators_unless_an_address_is_given_up() -> None:
    state = FeedState(1, URL, etag='"a"', last_modified="x", failures=1, gone=True)
    once = failed(state, MONDAY, interval_s=HOUR, problem=TIMEOUT)
    assert (once.etag, once.last_modified, once.failures, once.gone) == ('"a"', "x", 2, False)
    assert (once.problem, once.last_checked, once.last_success) == (TIMEOUT, MONDAY, 0)
    moved = FeedState(1, URL, etag='"a"', last_modified="x", move=Move(TO, 0, True))
    gone = Problem(Code.GONE, {"host": "new.example"})
    back = failed(moved, MONDAY, interval_s=HOUR, problem=gone)
    assert (back.etag, back.last_modified, back.gone, back.address) == ("", "", False, URL)
    assert back.next_check < MONDAY + DAY
    finally_gone = failed(back, MONDAY, interval_s=HOUR, problem=gone)
    assert (finally_gone.gone, finally_gone.next_check) == (True, NEVER)


def test_a_wish_that_fails_does_not_shorten_what_the_publisher_asked_for() -> None:
    fresh = answered(FeedState(1, URL), MONDAY, interval_s=HOUR, max_age=12 * HOUR)
    assert failed(fresh, MONDAY + HOUR, interval_s=HOUR, problem=TIMEOUT).next_check == MONDAY + 12 * HOUR
    ahead = failed(fresh, MONDAY - HOUR, interval_s=HOUR, problem=TIMEOUT)
    assert ahead.next_check < MONDAY + HOUR


def test_a_feed_that_was_gone_and_fails_otherwise_is_asked_again_within_a_day() -> None:
    gone = FeedState(1, URL, last_checked=MONDAY - DAY, next_check=NEVER, gone=True)
    back = failed(gone, MONDAY, interval_s=HOUR, problem=TIMEOUT)
    assert (back.gone, back.next_check <= MONDAY + DAY) == (False, True)


def test_an_address_that_no_text_can_have_is_spread_too() -> None:
    found = next_check(MONDAY, interval_s=HOUR, max_age=None, schedule=ANY_TIME, url="http://a/\ud800")
    assert SOONEST <= found - MONDAY <= 2 * HOUR


def test_a_feed_that_fails_sleeps_when_it_asked_for_sleep() -> None:
    night = Schedule(skip_hours=frozenset(range(8)))
    found = after_failure(MONDAY, interval_s=HOUR, failures=1, problem=TIMEOUT, schedule=night, url=URL)
    assert found // HOUR % 24 == 8


def test_the_pure_modules_do_not_load_httpx() -> None:
    program = "import sys, tui.net.policy, tui.net.addresses; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
