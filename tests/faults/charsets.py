"""Feeds in every charset that Chinese sites use, said, unsaid and said wrongly."""

from __future__ import annotations

from tests.faults.fault import BOTH, SECOND, TITLE, Fault, item, rss
from tests.faults.line import reply

_FOUR_BYTES = "㐂𠮷号货源"
_BIG5 = "廣州十三行女裝貨源"
_PLAIN = (item(TITLE, 0), item(SECOND, 1))


def _declared(charset: str, *titles: str) -> str:
    items = (item(title, number) for number, title in enumerate(titles))
    return rss(*items, declaration=f'<?xml version="1.0" encoding="{charset}"?>')


_XML = "Content-Type: text/xml"
_BARE = rss(*_PLAIN, declaration="")
_BROKEN = (item(TITLE, 0), item("坏字节BAD", 1), item(SECOND, 2))
_ESCAPED = ("]52;c;ZXZpbA==", "2J")

CHARSETS = (
    Fault("gbk-header", "ok", reply(_BARE.encode("gbk"), headers=(f"{_XML}; charset=GBK",)), BOTH),
    Fault("gb2312-decl-gbk-bytes", "ok", reply(_declared("gb2312", TITLE, SECOND).encode("gbk")), BOTH),
    Fault(
        "gb18030-4byte",
        "ok",
        reply(_declared("gb18030", _FOUR_BYTES).encode("gb18030")),
        (_FOUR_BYTES,),
    ),
    Fault("big5", "ok", reply(_declared("big5", _BIG5).encode("big5", "xmlcharrefreplace")), (_BIG5,)),
    Fault(
        "charset-lie-latin1",
        "ok",
        reply(rss(*_PLAIN).encode(), headers=(f"{_XML}; charset=iso-8859-1",)),
        BOTH,
    ),
    Fault(
        "charset-lie-utf8",
        "ok",
        reply(rss(*_PLAIN).encode("gbk"), headers=(f"{_XML}; charset=utf-8",)),
        BOTH,
    ),
    Fault("gbk-undeclared", "ok", reply(_BARE.encode("gbk")), BOTH),
    Fault("utf16-bom", "ok", reply(_declared("UTF-16", TITLE, SECOND).encode("utf-16")), BOTH),
    Fault("bom-and-blank-lines", "ok", reply(b"\xef\xbb\xbf\r\n\r\n " + rss(*_PLAIN).encode()), BOTH),
    Fault(
        "php-warning-first",
        "ok",
        reply(b"<br />\n<b>Warning</b>: mysql_connect() in <b>/www/db.php</b>\n" + rss(*_PLAIN).encode()),
        BOTH,
    ),
    Fault(
        "invalid-utf8",
        "ok",
        reply(rss(*_BROKEN).encode().replace(b"BAD", b"\xff\xfe")),
        (TITLE, "坏字节\ufffd\ufffd", SECOND),
    ),
    Fault(
        "control-chars",
        "ok|parse_error",
        reply(rss(item(f"{TITLE}\x1b{_ESCAPED[0]}\x07\x9b{_ESCAPED[1]}\x00", 0), item(SECOND, 1)).encode()),
        None,
    ),
    Fault(
        "hostile-titles",
        "ok",
        reply(
            rss(
                item("\u202egnp.exe", 0),
                item("[/red][@click=app.quit]按我[/]", 1),
                item("&amp;#27;[2J&amp;#x9b;31m", 2),
                item("--help", 3, "<link>javascript:alert(1)</link>"),
                item("文件", 4, "<link>file:///etc/passwd</link>"),
            ).encode()
        ),
        None,
    ),
    Fault(
        "undefined-entities",
        "ok",
        reply(rss(item("十三行&nbsp;女装&hellip;", 0)).encode()),
        ("十三行 女装…",),
    ),
    Fault("bare-ampersand", "ok", reply(rss(item("T恤 & 短裤<br>", 0)).encode()), None),
    Fault("cut-xml", "ok|parse_error", reply(rss(*_PLAIN).encode()[:-60]), None),
    Fault(
        "surrogate-charref",
        "ok",
        reply(rss(item(f"&#xD83D;&#x110000;&#99999999999;{TITLE}", 0), item(SECOND, 1)).encode()),
        None,
    ),
    Fault(
        "jsonfeed-surrogate",
        "ok|parse_error|not_a_feed",
        reply(
            b'{"version":"https://jsonfeed.org/version/1.1","title":"x","items":'
            b'[{"id":"1","title":"\\ud800 goods","content_text":"\\udfff"}]}',
            headers=("Content-Type: application/feed+json",),
        ),
        None,
    ),
)
