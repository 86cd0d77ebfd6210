"""What a feed asks of its pollers: RSS 2.0 ttl, skipHours and skipDays, and the syndication module."""

from __future__ import annotations

from collections.abc import Iterable

from tui.feed_values import Schedule
from tui.feeds.values import whole

_PERIODS = {
    "hourly": 3_600,
    "daily": 86_400,
    "weekly": 604_800,
    "monthly": 2_592_000,
    "yearly": 31_536_000,
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST = _PERIODS["yearly"]


def read_schedule(
    *,
    ttl: str = "",
    period: str = "",
    frequency: str = "",
    hours: Iterable[str] = (),
    days: Iterable[str] = (),
) -> Schedule:
    """The schedule in the texts of those elements; of two intervals the longer one, at most a year."""
    intervals = (60 * (whole(ttl) or 0), _interval(period, frequency))
    named_days = (day.strip().lower() for day in days)
    numbers = (whole(hour) for hour in hours)
    return Schedule(
        ttl=min(max(intervals), _LONGEST) or None,
        skip_hours=frozenset(hour % 24 for hour in numbers if hour is not None and hour <= 24),
        skip_days=frozenset(_DAYS.index(day) for day in named_days if day in _DAYS),
    )


def _interval(period: str, frequency: str) -> int:
    """Seconds between updates; the module's defaults are daily and 1, but only where one is given."""
    if not period and not frequency:
        return 0
    seconds = _PERIODS.get(period.strip().lower() or "daily", 0)
    return seconds // max(whole(frequency) or 1, 1)
