"""Answers that are no feed, a poor one, or another one each time."""

from __future__ import annotations

import random

from tests.faults.fault import BOTH, GOOD, TITLE, Fault, item, rss
from tests.faults.line import Answer, Line, http, in_turn, reply

_HTML = ("Content-Type: text/html; charset=utf-8",)
_PAGE = "<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
_CAPTCHA = _PAGE.format(title="安全验证", head="", body="<p>请完成安全验证，证明您不是机器人</p>")
_LINKING = _PAGE.format(
    title="货源网",
    head='<link rel="alternate" type="application/rss+xml" href="/rss.xml">',
    body="欢迎",
)
_AWAY = _PAGE.format(
    title="x", head='<meta http-equiv="refresh" content="0;url=file:///etc/passwd">', body=""
)
_DATES = (
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "Thu, 01 Jan 1970 00:00:00 GMT",
    "昨天 早上",
    "",
    "+99:99",
    "9" * 30,
)


def volatile(name: str, each: str) -> Answer:
    """Two items of which `name` is another one at each fetch; `each` is the item, with `{guid}` in it."""

    async def answer(line: Line) -> None:
        asked = await line.request()
        items = (each.format(guid=f"{name}-{asked.number}-{n}", n=n, title=t) for n, t in enumerate(BOTH))
        await line.send(http(rss(*items).encode()))

    return answer


_DATED = tuple(
    f"<item><guid>d{n}</guid><title>日期{n}</title><pubDate>{date}</pubDate></item>"
    for n, date in enumerate(_DATES)
)
_SAME_GUID = tuple(
    f"<item><guid isPermaLink='false'>same</guid><title>货{n}</title><link>https://a.example/{n}</link></item>"
    for n in range(10)
)

CONTENT = (
    Fault("html-captcha", "blocked_by_site", reply(_CAPTCHA.encode(), headers=_HTML)),
    Fault("html-with-feed-link", "not_a_feed", reply(_LINKING.encode(), headers=_HTML)),
    Fault("html-meta-refresh", "not_a_feed", reply(_AWAY.encode(), headers=_HTML)),
    Fault("empty-200", "empty", reply()),
    Fault("blank-200", "empty", reply(b" \r\n\t \n" * 40)),
    Fault("status-204", "empty", reply(status="204 No Content")),
    Fault(
        "json-error",
        "not_a_feed",
        reply(
            b'{"base_resp":{"ret":200013,"err_msg":"freq control"}}',
            headers=("Content-Type: application/json",),
        ),
    ),
    Fault("png", "not_a_feed", reply(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)),
    Fault("random-bytes", "not_a_feed|parse_error", reply(random.Random(7).randbytes(100_000))),
    Fault("empty-channel", "ok", in_turn(http(GOOD), http(rss().encode())), BOTH, rounds=2),
    Fault(
        "flip-flop",
        "ok|not_modified",
        in_turn(http(GOOD), http(_CAPTCHA.encode(), headers=_HTML), http(GOOD + b"<!-- -->")),
        BOTH,
        rounds=3,
    ),
    Fault("same-guid", "ok", reply(rss(*_SAME_GUID).encode()), tuple(f"货{n}" for n in range(10))),
    Fault(
        "no-guid-no-link",
        "ok",
        volatile("n", "<item><title>{title}</title><!--{guid}--></item>"),
        BOTH,
        rounds=3,
    ),
    Fault(
        "volatile-guid",
        "ok",
        volatile(
            "v",
            "<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title><link>https://a.example/{n}</link></item>",
        ),
        BOTH,
        rounds=3,
    ),
    Fault("bad-dates", "ok", reply(rss(*_DATED).encode()), tuple(f"日期{n}" for n in range(len(_DATES)))),
    Fault("item-without-end", "ok|parse_error", reply(rss(item(TITLE, 0)).encode()[:-40]), None),
)
