"""Writes those golden documents that an editor cannot: other encodings, single broken bytes.

Run it as `python -m tests.feeds.make_golden` after a change here; the bytes it writes are committed.
"""

from __future__ import annotations

import codecs
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"

_ITEMS = """<rss version="2.0"><channel><title>服装货源早市</title><link>http://zaoshi.example/</link>
<item><title>朱镕记女装批发 第一手</title><link>http://zaoshi.example/1</link>
<description><![CDATA[<p>今日到货三百件,微信 zhu_nvzhuang</p>]]></description>
<pubDate>Thu, 20 Aug 2026 09:00:00 +0800</pubDate></item>
<item><title>织里童装:秋款清仓</title><link>http://zaoshi.example/2</link>
<description>童装清仓,一件代发</description></item>
</channel></rss>
"""
_TRADITIONAL = """<rss version="2.0"><channel><title>臺灣服飾貨源</title><link>http://fushi.example/</link>
<item><title>五分埔女裝批發</title><link>http://fushi.example/1</link>
<description>今日到貨三百件,歡迎來電</description></item>
</channel></rss>
"""


def _declared(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n'


def documents() -> dict[str, bytes]:
    """The documents by name."""
    return {
        "gbk_declared_gb2312.xml": (_declared("gb2312") + _ITEMS).encode("gbk"),
        "gbk_undeclared.xml": _ITEMS.encode("gbk"),
        "gbk_lying_utf8.xml": (_declared("utf-8") + _ITEMS).encode("gbk"),
        "utf8_lying_gb2312.xml": (_declared("gb2312") + _ITEMS).encode(),
        "big5.xml": (_declared("big5") + _TRADITIONAL).encode("big5"),
        "utf16_bom.xml": codecs.BOM_UTF16_LE + (_declared("utf-16") + _ITEMS).encode("utf-16-le"),
        "broken_byte.xml": (_declared("utf-8") + _ITEMS)
        .encode()
        .replace("批发".encode(), "批".encode() + b"\xff" + "发".encode()),
        "broken_controls.xml": _ITEMS.replace("女装", "女\x1b]0;x\x07\x00装\ufffe").encode(),
    }


if __name__ == "__main__":
    for name, data in documents().items():
        (GOLDEN / name).write_bytes(data)
