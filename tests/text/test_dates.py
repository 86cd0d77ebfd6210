"""Dates of real feeds and Chinese sites."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.dates import _usual, _written, parse

NOW = int(datetime(2026, 11, 22, tzinfo=UTC).timestamp())


def at(text: str) -> int:
    """Seconds of "2026-08-20 01:00" in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    "raw",
    [
        "Thu, 20 Aug 2026 09:00:00 +0800",
        "Thu, 20 Aug 2026 01:00:00 GMT",
        "Thu, 20 Aug 2026 01:00:00 -0000",
        "Thu, 20 Aug 2026 09:00:00 CST",
        "Wed, 19 Aug 26 20:00:00 EST",
        "20 August 2026 09:00",
        "20-Aug-2026 09:00:00 CST",
        "Thu Aug 20 09:00:00 2026",
        "Thu Aug 20 09:00:00 CST 2026",
        "Thu Aug 20 2026 09:00:00 GMT+0800 (中国标准时间)",
        "Aug 20, 2026 09:00",
        "August 20th, 2026 9:00 a.m.",
        "星期四, 20 八月 2026 09:00:00 +0800",
        "周四, 20 8月 2026 09:00:00 +0800",
        "八月 20, 2026 09:00",
        "2026-08-20T09:00:00+08:00",
        "2026-08-20T01:00:00Z",
        "2026-08-20T01:00:00.123Z",
        "2026-08-20T09:00:00,5+0800",
        "2026-08-20T09:00+08",
        "20260820T010000Z",
        "20260820090000",
        "202608200900",
        "2026年08月20日 09:00",
        "2026年8月20日 9时0分0秒",
        "2026年8月20日9点",
        "2026年08月20日 星期四 上午 9:00",
        "2026/08/20 09:00",
        "2026-08-20 9:00",
        "2026.8.20 9:00",
        "２０２６年８月２０日　０９：００",
        "发布时间：2026-08-20 09:00  浏览：35",
        "8/20/2026 9:00 AM",
        "2026-08-20 09:00:00 UTC+8",
        "2026-08-20 09:00 Asia/Shanghai",
        "1787187600",
        "1787187600000",
        "1787187600.25",
        "  2026-08-20 09:00\n",
    ],
)
def test_one_moment_written_in_many_ways(raw: str) -> None:
    assert parse(raw, now=NOW) == at("2026-08-20 01:00")


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        ("2026-08-20", "2026-08-19 16:00"),
        ("2026年8月20日", "2026-08-19 16:00"),
        ("20260820", "2026-08-19 16:00"),
        ("2026-08-20+09:00", "2026-08-19 15:00"),
        ("2026-08-20 下午3:05", "2026-08-20 07:05"),
        ("2026-08-20 15:05 下午", "2026-08-20 07:05"),
        ("2026-08-20 凌晨12:30", "2026-08-19 16:30"),
        ("8/20/2026 12:00 PM", "2026-08-20 04:00"),
        ("8/20/2026 12:00 am", "2026-08-19 16:00"),
        ("2026-08-20 24:00", "2026-08-20 16:00"),
        ("2026-08-20T00:59:60Z", "2026-08-20 01:00"),
        ("十二月 1, 2025", "2025-11-30 16:00"),
        ("Fri, 1 Jan 99 00:00:00 GMT", "1999-01-01 00:00"),
        ("2026-08-20 09:00 -03:30", "2026-08-20 12:30"),
    ],
)
def test_other_moments(raw: str, utc: str) -> None:
    assert parse(raw, now=NOW) == at(utc)


def test_a_date_without_zone_is_in_the_feeds_zone() -> None:
    assert parse("2026-08-20 09:00", now=NOW, zone_minutes=0) == at("2026-08-20 09:00")
    assert parse("2026-08-20 09:00 +0800", now=NOW, zone_minutes=0) == at("2026-08-20 01:00")
    assert parse("2026-08-20 09:00", now=NOW, zone_minutes=-300) == at("2026-08-20 14:00")


@pytest.mark.parametrize("raw", ["2026-12-01", "9999-12-31", "Fri, 31 Dec 9999 23:59:59 GMT", "9999999999"])
def test_the_future_is_now(raw: str) -> None:
    assert parse(raw, now=NOW) == NOW


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "刚刚",
        "0",
        "-1",
        "+99:99",
        "08-20-2026",
        "20 Aug 09:00",
        "2026-13-20",
        "2026-02-30 09:00",
        "Thu, 32 Aug 2026 09:00:00 GMT",
        "20/08/2026",
        "2026-08-20 25:00",
        "2026-08-20 24:01",
        "2026-08-20 09:61",
        "2026-08-20 09:00 +99:99",
        "2026-08-20 09:00 +23:00",
        "1970-01-01",
        "1979-12-31",
        "0001-01-01",
        "0000-00-00 00:00:00",
        "99999999999999999999",
        "20 Foo 2026",
        "9999-12-31 24:00 -1400",
    ],
)
def test_what_is_no_date(raw: str) -> None:
    assert parse(raw, now=NOW) is None


@given(st.datetimes(datetime(1981, 1, 1), datetime(2026, 11, 20)), st.integers(-840, 840))
def test_what_is_written_is_read(moment: datetime, zone: int) -> None:
    seconds = int((moment.replace(tzinfo=UTC, microsecond=0)).timestamp())
    for form in ("%Y-%m-%dT%H:%M:%S", "%Y年%m月%d日 %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y%m%d%H%M%S"):
        assert parse(moment.strftime(form), now=2**40, zone_minutes=zone) == seconds - 60 * zone


@given(
    st.text(st.sampled_from("0123456789-/:. ,TZ+年月日时分上下午一十八AugJanPMCSTGMT"), max_size=120)
    | st.text()
)
def test_never_raises_and_never_exceeds_now(raw: str) -> None:
    seconds = parse(raw, now=NOW)
    assert seconds is None or 315_532_800 <= seconds <= NOW


@pytest.mark.parametrize("unit", ["1", "9" * 50, "2026-", " ", "Jan ", "1 Jan ", "1:", "+"])
def test_length_does_not_matter(unit: str) -> None:
    parse(unit * 500_000, now=NOW)
    assert parse("2026-08-20 09:00 (" + unit * 500_000, now=NOW) == at("2026-08-20 01:00")


@given(
    st.datetimes(datetime(1960, 1, 1), datetime(2090, 1, 1)),
    st.sampled_from(["GMT", "+0800", "-0330", "+1300", "-0059"]),
    st.sampled_from(["%a, %d %b %Y %H:%M:%S {}", "%d %b %Y %H:%M:%S {}"]),
)
def test_the_short_way_for_rfc_822_gives_what_the_long_way_gives(
    moment: datetime, zone: str, form: str
) -> None:
    raw = moment.strftime(form).format(zone)
    assert _usual(raw) == _written(raw, 480)


@given(
    st.datetimes(datetime(1960, 1, 1), datetime(2090, 1, 1)),
    st.sampled_from(["Z", "+08:00", "-0330", "+1300"]),
)
def test_the_short_way_for_iso_8601_gives_what_the_long_way_gives(moment: datetime, zone: str) -> None:
    raw = moment.strftime("%Y-%m-%dT%H:%M:%S") + zone
    assert _usual(raw) == _written(raw, 480)


@pytest.mark.parametrize(
    "raw", ["Mon, 31 Feb 2026 10:00:00 GMT", "2026-13-01T10:00:00Z", "1 Foo 2026 10:00:00 GMT"]
)
def test_the_short_way_leaves_what_is_odd_to_the_long_way(raw: str) -> None:
    assert _usual(raw) is None
