"""Texts made to act on a terminal, to deceive the eye or to break a layout, and feeds full of them."""

from __future__ import annotations

import json
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import quote

STOLEN = "rm -rf"
"""What the payloads for the clipboard would put there."""

TITLE = "被改的标题"
"""What the payloads for the window's title would make of it."""

_STOLEN = b64encode(STOLEN.encode()).decode()

ESCAPES: Mapping[str, str] = {
    "clear": "\x1b[2J\x1b[H",
    "colour": "\x1b[31;1m",
    "title": f"\x1b]0;{TITLE}\x07",
    "title st": f"\x1b]2;{TITLE}\x1b\\",
    "clipboard": f"\x1b]52;c;{_STOLEN}\x07",
    "clipboard st": f"\x1b]52;c;{_STOLEN}\x1b\\",
    "clipboard ask": "\x1b]52;c;?\x07",
    "link": "\x1b]8;;http://evil.example/\x1b\\",
    "dcs": "\x1bP$q\"p\x1b\\",
    "tmux": f"\x1bPtmux;\x1b\x1b]52;c;{_STOLEN}\x07\x1b\\",
    "apc": "\x1b_Ga=T,f=24;AAAA\x1b\\",
    "pm": "\x1b^x\x1b\\",
    "sos": "\x1bXx\x1b\\",
    "dsr": "\x1b[6n\x1b[c\x1b[>c\x1b[21t",
    "reset": "\x1bc\x1b[!p",
    "leave": "\x1b[?1049l\x1b[?25h\x1b[?1003l",
    "keyboard": "\x1b[<u\x1b[>31u\x1b=",
    "charset": "\x1b(0\x0e",
    "print": "\x1b[5i",
    "c1 csi": "\x9b2J\x9b31m",
    "c1 osc": f"\x9d0;{TITLE}\x9c",
    "c1 clipboard": f"\x9d52;c;{_STOLEN}\x9c",
    "c1 strings": "\x90q\x9c\x9fG\x9c\x9ex\x9c\x98y\x9c",
    "unended osc": f"\x1b]52;c;{_STOLEN}",
    "unended c1": f"\x9d0;{TITLE}",
    "unended dcs": "\x1bP",
    "unended csi": "\x1b[",
    "lone esc": "\x1b",
    "controls": "\x00\x05\x07\x08\x0b\x0c\x0e\x0f\x1a\x7f\x84\x85\x88\x8d",
    "return": "\r\x1b[K\n\r",
}  # fmt: skip
"""ECMA-48 in seven and eight bits, ended and not."""

UNSEEN: Mapping[str, str] = {
    "bidi": "\u202e\u202d\u2066\u2067\u2069\u200f\u061c",
    "zero width": "\u200b\u200c\u200d\u2060\ufeff\xad\u180e",
    "hangul fillers": "\u3164\u115f\u1160\uffa0",
    "braille blank": "\u2800",
    "tags": "\U000e0001\U000e0041\U000e0020\U000e007f",
    "selectors": "\ufe00\ufe0f\U000e0100\u034f",
    "interlinear": "\ufff9\ufffa\ufffb",
    "line ends": "\u2028\u2029\x85",
    "musical": "\U0001d173\U0001d17a",
}
"""What nobody sees, and what turns the direction of writing."""

TALL: Mapping[str, str] = {
    "tower": "a" + "\u0301\u0334\u0353" * 30,
    "thai tower": "ก" + "็" * 50,
    "jamo": "각" + "\u1161\u11a8" * 30,
}
"""Marks stacked over many lines."""

BROKEN: Mapping[str, str] = {
    "high surrogate": "\ud83d",
    "low surrogate": "\ude00",
    "noncharacter": "\uffff\ufdd0",
}
"""What is no character at all."""

MARKUP: Mapping[str, str] = {
    "end": "[/]",
    "end of none": "[/red]",
    "click": "[@click=app.quit]点我[/]",
    "click screen": "[@click=screen.app.exit()]点[/]",
    "style": "[bold red on white]红[/]",
    "open": "[bold",
    "link tag": "[link=http://evil.example/]链[/link]",
    "quoted": "[link='a'b']",
    "brackets": "【现货】[1/2][[x]]",
    "emoji": ":smile:",
    "escaped": "\\[red]\\",
    "variable": "$text-muted {title} {0.__class__} %s %(x)s",
    "html": "&lt;b&gt;<script>alert(1)</script>",
}
"""Markup of Textual, Rich and others; shown as it is written."""

ALL: Mapping[str, str] = {**ESCAPES, **UNSEEN, **TALL, **BROKEN, **MARKUP}

JOINER = "\u200d"
_DRAWN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5") | {
    chr(n) for n in range(0x180B, 0x1810)
}


def unsafe(text: str) -> set[str]:
    """The characters of a text that no terminal may be sent and that nobody could see."""
    return {
        char
        for char in text
        if char in _BLANKS
        or 0xFDD0 <= ord(char) <= 0xFDEF
        or 0xE0000 <= ord(char) <= 0xE0FFF
        or (unicodedata.category(char) in {"Cc", "Cf", "Cs"} and char not in _DRAWN | {JOINER})
    }


def sound(text: str) -> str:
    """A text as UTF-8 can carry it."""
    return text.encode("utf-8", "replace").decode()


def json_feed(host: str) -> bytes:
    """A JSON feed of one entry a payload, with it in every place; links lead to `host` and elsewhere."""
    items = [_item(number, text, host) for number, text in enumerate(ALL.values())]
    every = "".join(MARKUP.values()) + "".join(ESCAPES.values())
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"源{every}",
        "description": every,
        "language": f"zh{every}",
        "home_page_url": f"http://shop.example/{every}",
        "items": items,
    }
    return json.dumps(feed).encode()


def _item(number: int, text: str, host: str) -> dict[str, object]:
    return {
        "id": f"{number}{text}",
        "title": f"第{number:02}篇甲{text}乙",
        "url": f"{host}/page/{number}?{text}",
        "external_url": f"http://evil.example/{text}",
        "authors": [{"name": f"作者{text}", "url": f"http://evil.example/{text}"}],
        "tags": [f"标签{text}"],
        "image": f"{host}/code.png?{number}",
        "date_published": f"2026-08-10T{number // 60:02}:{number % 60:02}:00+08:00",
        "content_html": body(number, text),
        "_merchant": {
            "category": f"类目{number:02}{text}",
            "person": f"陈{text}小姐",
            "wechat": f"nzh{text}uo_{number:04}",
            "qq": f"28405{text}1{number:04}",
            "mobile": f"138640{text}2{number:04}",
            "views": f"5{text}35",
        },
    }


def body(number: int, text: str) -> str:
    """An article's HTML with a text in every place, as it is and as character references."""
    spelled = "".join(f"&#{ord(char)};&#x{ord(char):x};" for char in text)
    inside = escape(text, quote=True)
    return (
        f"<h2>标{text}题</h2><p>正{text}文 {spelled} 完</p><blockquote>引{text}文</blockquote>"
        f"<ul><li>条{text}目</li></ul><pre>排{text}版\n{text}\n尾</pre>"
        f"<table><tr><td>格{text}子</td><td>{text}</td></tr></table>"
        f'<p><a href="http://evil.example/{inside}">链{text}接</a> <a href="{inside}">无</a>'
        f'<a href="javascript:{inside}">脚本</a>'
        f'<a title="{inside}" href="/x/{quote(sound(text))}">近</a></p>'
        f'<img alt="图{inside}" src="/img/{inside}.png">'
        f"<p>加微信：shop{text}_{number:04}，微信 wx{spelled}_b{number:04}，邮箱 a{text}b@example.com</p>"
        f"<p>【商户信息】</p><ul><li>类目：女{text}装</li><li>联系人：王{text}姐</li>"
        f"<li>微信号：blk{text}_{number:04}</li><li>QQ号：9{text}912{number:04}</li>"
        f"<li>手机号：139{text}1234{number:04}</li></ul>"
    )


def rss_feed(host: str) -> bytes:
    """The same as RSS that no strict parser takes: control characters as they are and as references."""
    items = "".join(
        f"<item><guid>r{number}{_xml(text)}</guid><title>第{number:02}条甲{_xml(text)}乙</title>"
        f"<link>{host}/page/{number}?{_xml(text)}</link><author>a@b.c (作者{_xml(text)})</author>"
        f"<category>标签{_xml(text)}</category><comments>http://evil.example/{_xml(text)}</comments>"
        f"<pubDate>{_xml(text)}</pubDate><description>{_xml(escape(body(number, text)))}</description></item>"
        for number, text in enumerate(ALL.values())
    )
    head = f"<title>源{_xml(''.join(ESCAPES.values()))}</title>"
    return f'<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode("utf-8", "replace")


def _xml(text: str) -> str:
    """A text as a careless program writes it into XML: every other control as a reference."""
    return "".join(
        f"&#{ord(char)};" if number % 2 and unicodedata.category(char) in {"Cc", "Cf"} else char
        for number, char in enumerate(text)
    )


def page(text: str) -> bytes:
    """An article's page on the web with a text in every place."""
    said = f"<p>这里是网页上的正文{text}，广州十三行女装一手货源，档口直批，欢迎咨询。</p>" * 8
    head = f"<title>网页{text}</title><meta name=author content='{escape(text, quote=True)}'>"
    return f"<html><head>{head}</head><body><article>{said}{body(0, text)}</article></body></html>".encode(
        "utf-8", "replace"
    )


def opml(host: str, texts: Iterable[str]) -> bytes:
    """A list of feeds with each text in every place; of three addresses a text the first leads to `host`."""
    folders = "".join(
        f'<outline text="夹{number:02}{inside}">'
        f'<outline text="列{number:02}甲{inside}乙" xmlUrl="{host}/{number}"/>'
        f'<outline title="列{inside}" xmlUrl="{host}/x/{number}/{inside}" category="/类{inside}"/>'
        f'<outline text="令{inside}" xmlUrl="exec:{inside}"/></outline>'
        for number, text in enumerate(texts)
        for inside in (_xml(escape(text, quote=True)),)
    )
    return f'<opml version="2.0"><body>{folders}</body></opml>'.encode("utf-8", "replace")
