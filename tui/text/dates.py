"""Dates as feeds and Chinese sites write them, to Unix seconds."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone

_LONGEST = 100
_START_OF_1980 = 315_532_800
_FARTHEST_ZONE = 14 * 60
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_CHINESE_MONTHS = {
    name: number
    for number, name in enumerate(
        ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"), start=1
    )
}
# Minutes east of Greenwich; CST is China Standard Time, as the feeds of this program mean it.
_ZONES = (
    dict.fromkeys(("z", "ut", "utc", "gmt"), 0)
    | dict.fromkeys(("cst", "bjt", "hkt", "sgt"), 480)
    | {"jst": 540, "kst": 540, "msk": 180, "cest": 120, "cet": 60, "bst": 60}
    | {"edt": -240, "est": -300, "cdt": -300, "mdt": -360, "mst": -420, "pdt": -420, "pst": -480}
)

_EPOCH = re.compile(r"(\d{10}|\d{9}(?!\d{3}))(?:\d{3}|\.\d+)?", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?)?(?!\d)", re.ASCII)
_CHINESE_MONTH = re.compile("(十[一二]?|[一二三四五六七八九])月")
_NAME = r"(?P<name>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?|\d{1,2}月)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_CLOCK_AND_ZONE = r"\d{1,2}:\d\d(?::\d\d)?\s+(?:(?:[A-Z]{1,5}|[+-]\d{4})\s+)?"
_DATES = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})(?!\d)",
        rf"(?<!\d){_DAY}[\s-]*{_NAME}[\s,-]*(?P<year>\d{{4}}|\d\d)(?![\d:])",
        rf"(?<!\d){_NAME}\s*{_DAY},?\s+(?:{_CLOCK_AND_ZONE})?(?P<year>\d{{4}})(?!\d)",
    )
)
_CLOCK_WORDS = str.maketrans("时時点點分", ":::::")
_TIME = re.compile(
    r"(?<![\d+-])(?P<hour>\d{1,2}):(?:(?P<minute>\d{1,2})(?::(?P<second>\d{1,2}))?)?", re.ASCII
)
_HALF = re.compile(
    r"(?P<morning>上午|早上|凌晨|(?<![a-z])a\.?m(?![a-z]))|下午|晚上|傍晚|(?<![a-z])p\.?m(?![a-z])",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"(?:[.,]\d{1,9})?\s*(?:[ap]\.?m\b\.?)?\s*(?P<name>[a-z]{1,5})?\s*"
    r"(?:(?P<sign>[+-])(?P<hours>\d{1,2}?)(?::?(?P<minutes>\d\d))?(?!\d))?",
    re.ASCII | re.IGNORECASE,
)


# What nearly every feed writes: RFC 822 and ISO 8601 in full, with a zone. Both give what `_written` gives.
_CLOCK = r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)"
_OFFSET = r"(?P<sign>[+-])(?P<hours>0\d|1[0-3]):?(?P<minutes>[0-5]\d)"
_RFC_822 = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2}) (?P<year>\d{4})"
    rf" {_CLOCK} (?:GMT|{_OFFSET})",
    re.ASCII,
)
_ISO_8601 = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)T{_CLOCK}(?:Z|{_OFFSET})", re.ASCII)
_EPOCH_DAY = date(1970, 1, 1).toordinal()


def parse(raw: str, *, now: int, zone_minutes: int = 480) -> int | None:
    """Return Unix seconds, not later than `now`; None for what is no date or lies before 1980.

    Read are RFC 822 and its sloppy forms, ISO 8601, Chinese and American notations, and seconds or
    milliseconds since 1970. A date that names no zone is `zone_minutes` east of Greenwich.
    """
    seconds = _usual(raw)
    if seconds is None:
        text = unicodedata.normalize("NFKC", raw[:_LONGEST]).strip()
        epoch = _EPOCH.fullmatch(text)
        seconds = int(epoch[1]) if epoch else _written(text, zone_minutes)
    if seconds is None or seconds < _START_OF_1980:
        return None
    return min(seconds, now)


def _usual(text: str) -> int | None:
    """Return the time of a date in one of the two usual forms, None for all others."""
    found = _RFC_822.fullmatch(text) or _ISO_8601.fullmatch(text)
    if found is None:
        return None
    parts = found.groupdict()
    month = _MONTHS.get(parts["month"].lower()) or (int(parts["month"]) if parts["month"].isdigit() else 0)
    try:
        day = date(int(parts["year"]), month, int(parts["day"])).toordinal() - _EPOCH_DAY
    except ValueError:
        return None
    clock = int(parts["hour"]) * 3600 + int(parts["minute"]) * 60 + int(parts["second"])
    if parts["sign"] is None:
        return day * 86400 + clock
    offset = int(parts["hours"]) * 3600 + int(parts["minutes"]) * 60
    return day * 86400 + clock + (offset if parts["sign"] == "-" else -offset)


def _written(text: str, zone_minutes: int) -> int | None:
    text = _COMPACT.sub(_spread, text, count=1) if _COMPACT.match(text) else text
    text = _CHINESE_MONTH.sub(lambda month: f"{_CHINESE_MONTHS[month[1]]}月", text)
    date = next(filter(None, (pattern.search(text) for pattern in _DATES)), None)
    if date is None:
        return None
    clock = text.translate(_CLOCK_WORDS)
    time = _TIME.search(clock)
    zone = _ZONE.match(clock, (time or date).end())
    try:
        tz = timezone(_offset(zone, zone_minutes))
        moment = datetime(*_day(date), tzinfo=tz) + _since_midnight(time, clock)
    except (ValueError, OverflowError):
        return None
    return int(moment.timestamp())


def _spread(compact: re.Match[str]) -> str:
    year, month, day, hour, minute, second = (part or "00" for part in compact.groups())
    return f"{year}-{month}-{day} {hour}:{minute}:{second}"


def _day(date: re.Match[str]) -> tuple[int, int, int]:
    parts = date.groupdict()
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 2000 if year < 70 else 1900
    if "month" in parts:
        return year, int(parts["month"]), int(parts["day"])
    name = parts["name"]
    month = _MONTHS.get(name[:3].lower()) or int(name.removesuffix("月"))
    return year, month, int(parts["day"])


def _since_midnight(time: re.Match[str] | None, clock: str) -> timedelta:
    """Return the time of day, 24:00 included; raise ValueError for an impossible one."""
    if time is None:
        return timedelta()
    hour, minute, second = (int(part or 0) for part in time.groups())
    half = _HALF.search(clock) if hour <= 12 else None
    if half:
        hour = hour % 12 + (0 if half["morning"] else 12)
    if minute > 59 or second > 60 or (hour, minute, second) > (24, 0, 0):
        raise ValueError
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _offset(zone: re.Match[str] | None, default_minutes: int) -> timedelta:
    """Return how far east of Greenwich; raise ValueError for a zone that no place on earth has."""
    if zone is None or (zone["sign"] is None and zone["name"] is None):
        return timedelta(minutes=default_minutes)
    if zone["sign"] is None:
        return timedelta(minutes=_ZONES.get(zone["name"].lower(), default_minutes))
    minutes = 60 * int(zone["hours"]) + int(zone["minutes"] or 0)
    if minutes > _FARTHEST_ZONE:
        raise ValueError
    return timedelta(minutes=-minutes if zone["sign"] == "-" else minutes)
