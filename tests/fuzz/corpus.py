"""What the fuzzer starts from: the project's own samples, by the kind of text that they are."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from tests.pages.samples import sample, sample_names
from tui.errors import Code, Problem
from tui.feed_values import Refreshed
from tui.protocol import (
    CodesFound,
    CodesRequest,
    PageRequest,
    PageTaken,
    Progress,
    RefreshFinished,
    RefreshRequest,
    RefreshStarted,
    WorkerFailed,
    encode_event,
    encode_request,
)

_TESTS = Path(__file__).parent.parent
_PROGRAM = _TESTS.parent / "tui"

_DATES = (
    "Thu, 20 Aug 2026 09:00:00 +0800",
    "20-Aug-26 09:00:00 EST",
    "Thu Aug 20 2026 09:00:00 GMT+0800 (中国标准时间)",
    "August 20th, 2026 9:00 a.m.",
    "星期四, 20 八月 2026 09:00:00 +0800",
    "2026-08-20T09:00:00,5+0800",
    "20260820T010000Z",
    "2026年08月20日 星期四 上午 9:00",
    "２０２６年８月２０日　９：００",
    "8/20/2026 9:00 PM",
    "1787187600000",
    "1787187600.25",
)

_CONFIG = """
[reader]
language = "zh"
refresh_minutes = 30
splash = true
keys = "vim"
[keys]
"article.next" = ["j", "down"]
quit = "Q"
[[feed]]
url = "https://a.example/feed.xml"
title = "货源"
category = '''女装'''
refresh_minutes = 15
[[feed]]
url = "sample:huoyuan.xml"
full_text = true
qr = false
"""


@cache
def feeds() -> tuple[bytes, ...]:
    """Feeds of every kind and charset, and two pages that are taken for feeds."""
    golden = sorted((_TESTS / "feeds" / "golden").iterdir())
    bundled = (path for path in sorted((_PROGRAM / "samples").iterdir()) if path.suffix != ".png")
    found = [path.read_bytes() for path in golden if not path.name.endswith(".expected.json")]
    return (*found, *(path.read_bytes() for path in bundled), *pages()[:2])


@cache
def lists() -> tuple[bytes, ...]:
    """Lists of feeds as other readers export them."""
    return tuple(path.read_bytes() for path in sorted((_TESTS / "feeds" / "opml").glob("*.opml")))


@cache
def pages() -> tuple[bytes, ...]:
    """Articles' pages as sites lay them out."""
    return tuple(map(sample, sample_names()))


@cache
def dates() -> tuple[bytes, ...]:
    """Dates as feeds and Chinese sites write them."""
    return tuple(map(str.encode, _DATES))


@cache
def contacts() -> tuple[bytes, ...]:
    """Texts that name contacts, or seem to."""
    lines = (_TESTS / "contacts" / "cases.tsv").read_text("utf-8").splitlines()
    texts = [fields[1] for line in lines if len(fields := line.split("\t")) > 1 and not line.startswith("#")]
    codes = ["https://u.wechat.com/MJbKq7s2xYw0ZtHnPdR4cUa", "https://qr.alipay.com/fkx01234abcdefghij"]
    return tuple(text.replace("\\n", "\n").encode() for text in (*texts, *codes, "\n".join(texts[:60])))


@cache
def configs() -> tuple[bytes, ...]:
    """feeds.toml as it is shipped, and one that uses everything."""
    return (Path(_TESTS.parent / "feeds.toml").read_bytes(), _CONFIG.encode())


@cache
def lines() -> tuple[bytes, ...]:
    """What reader and worker say to each other, and what the decoder of images says."""
    problem = Problem(Code.HTTP_4XX, {"status": 404, "host": "a.example"})
    requests = (
        RefreshRequest((1, 2), True, ("http://a.example/",), ()),
        PageRequest(7),
        CodesRequest(9),
    )
    events = (
        RefreshStarted((1, 2, 3)),
        Progress((Refreshed(1, "货源", 3), Refreshed(2, "乙", problem=problem))),
        RefreshFinished(1),
        PageTaken(7, 2, problem),
        CodesFound(9, 1),
        WorkerFailed(problem),
    )
    answers = json.dumps({"codes": ["微信号：nzhuo_8862"]}), json.dumps({"problem": Code.IMAGE_UNREADABLE})
    said = (*[encode_request(one) for one in requests], *[encode_event(one) for one in events], *answers)
    return tuple(map(str.encode, said))


@cache
def frames() -> tuple[bytes, ...]:
    """Frames of the screen."""
    rows = (f"\x1b[{row};1H\x1b[1;38;5;251m● 第{row}篇 货源\x1b[0m 微信 a_{row}" for row in range(1, 25))
    return ("".join(rows).encode(), b"\x1b[1;1H\x1b[0m", "货源".encode())
