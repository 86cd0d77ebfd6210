"""Feeds of Chinese prose made from a seed: RSS and Atom, some articles with a merchant's contacts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from itertools import accumulate

from bench.prose import common_characters

FIRST_DAY = datetime(2026, 8, 1, tzinfo=UTC)

_COMMON = "".join(common_characters())
_WORDS = 20_000
_LATIN = "abcdefghijkmnpqrstuvwxyz"


class Prose:
    """Words whose frequencies fall as those of a language do, from a seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        lengths = self.chance.choices((1, 2, 3, 4), (10, 70, 12, 8), k=_WORDS)
        self._words = ["".join(self.chance.choices(_COMMON, k=length)) for length in lengths]
        self._weights = list(accumulate(1 / rank**0.9 for rank in range(1, _WORDS + 1)))

    def words(self, count: int) -> Sequence[str]:
        """So many words."""
        return self.chance.choices(self._words, cum_weights=self._weights, k=count)

    def sentence(self, count: int) -> str:
        """So many words with commas between them and a full stop behind."""
        pieces = [word + ("，" if self.chance.random() < 0.12 else "") for word in self.words(count)]
        return "".join(pieces).rstrip("，") + "。"

    def handle(self) -> str:
        """A WeChat ID that nobody has by intent."""
        return "".join(self.chance.choices(_LATIN, k=6)) + str(self.chance.randint(100, 99999))


def _paragraph(prose: Prose, url: str, number: int) -> str:
    text = prose.sentence(prose.chance.randint(40, 70))
    middle = len(text) // 2
    match number % 4:
        case 0:
            return f"<p>{text[:middle]}<strong>{text[middle : middle + 8]}</strong>{text[middle + 8 :]}</p>\n"
        case 1:
            link = f'<a href="{url}#part{number}" target="_blank">{text[middle : middle + 6]}</a>'
            return f'<p style="text-indent:2em">{text[:middle]}{link}&nbsp;{text[middle + 6 :]}</p>\n'
        case 2:
            items = "".join(f"<li>{''.join(prose.words(6))}</li>" for _ in range(3))
            return f"<p>{text}</p><ul>{items}</ul>\n"
    picture = f'<img src="/images/{prose.chance.randint(1, 9_999_999)}.jpg" alt="{"".join(prose.words(2))}">'
    return f"<p>{text}<br>{picture}</p>\n"


def _contact(prose: Prose, kind: int) -> str:
    mobile = f"1{prose.chance.choice('3578')}{prose.chance.randint(0, 999_999_999):09d}"
    name = "".join(prose.chance.choices(_COMMON, k=3))
    if kind == 0:
        qq = prose.chance.randint(10_000_000, 2_999_999_999)
        return (
            f"<h3>【商户信息】</h3><p>类目：{''.join(prose.words(2))}<br>联系人：{name}<br>"
            f"微信号：{prose.handle()}<br>QQ号：{qq}<br>手机号：{mobile}<br>"
            f"浏览量：{prose.chance.randint(1, 9999)}</p>"
        )
    if kind == 1:
        return f"<p>厂家直销一件代发，加微信：{prose.handle()}（{name}）</p>"
    return f"<p>联系电话 {mobile} 微信同号</p>"


def make_html(prose: Prose, url: str, size: int = 2000) -> str:
    """The content of one article, about `size` bytes; every second one carries contacts."""
    pieces: list[str] = []
    length = 0
    while length < size * 0.8:
        pieces.append(_paragraph(prose, url, prose.chance.randint(0, 3)))
        length += len(pieces[-1].encode())
    if (kind := prose.chance.randint(0, 5)) < 3:
        pieces.append(_contact(prose, kind))
    return "".join(pieces)


def make_feed(prose: Prose, number: int, site: str, entries: int) -> bytes:
    """One feed's document: RSS with content in CDATA or escaped, or Atom, by its number."""
    write = (_rss_cdata, _rss_escaped, _atom)[number % 3]
    items: list[str] = []
    for index in range(entries):
        url = f"{site}/{number}/{index}-{prose.chance.randint(1, 999_999)}.html"
        moment = FIRST_DAY + timedelta(minutes=prose.chance.randint(0, 150_000))
        title = "".join(prose.words(prose.chance.randint(5, 14)))
        items.append(write(url, escape(title), moment, make_html(prose, url)))
    body = "".join(items)
    if number % 3 == 2:
        head = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><title>feed {number}</title>'
        links = f'<id>{site}/{number}</id><link href="{site}/"/><updated>{FIRST_DAY.isoformat()}</updated>'
        return f'<?xml version="1.0" encoding="utf-8"?>\n{head}{links}{body}</feed>'.encode()
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    head = f"<title>feed {number}</title><link>{site}/</link><description>seeded</description>"
    text = f'<rss version="2.0" {spaces}><channel>{head}<language>zh-cn</language>{body}</channel></rss>'
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'.encode()


def _rss_cdata(url: str, title: str, moment: datetime, html: str) -> str:
    date = moment.strftime("%a, %d %b %Y %H:%M:%S +0800")
    return (
        f"<item><title>{title}</title><link>{url}</link><guid>{url}</guid><pubDate>{date}</pubDate>"
        f"<dc:creator>editor</dc:creator><content:encoded><![CDATA[{html}]]></content:encoded></item>\n"
    )


def _rss_escaped(url: str, title: str, moment: datetime, html: str) -> str:
    date = moment.strftime("%a, %d %b %Y %H:%M:%S GMT")
    return (
        f"<item><title>{title}</title><link>{url}</link><guid isPermaLink='true'>{url}</guid>"
        f"<pubDate>{date}</pubDate><category>news</category><description>{escape(html)}</description></item>\n"
    )


def _atom(url: str, title: str, moment: datetime, html: str) -> str:
    date = moment.isoformat()
    return (
        f'<entry><title>{title}</title><link href="{url}"/><id>{url}</id><updated>{date}</updated>'
        f"<published>{date}</published><author><name>editor</name></author>"
        f'<content type="html">{escape(html)}</content></entry>\n'
    )
