"""The bundled samples parse, say what their authors meant, and need no network."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from urllib.parse import urlsplit

import pytest

from tui.contacts import find
from tui.contacts.block import read_block
from tui.feed_values import Entry, ParsedFeed
from tui.feeds.parse import parse
from tui.model import BlockKind, Comments, Kind, Merchant
from tui.text.clean import clean_text
from tui.text.decode import decode
from tui.text.html import to_body

NOW = int(datetime.fromisoformat("2026-09-01T00:00:00+08:00").timestamp())
OLDEST = int(datetime.fromisoformat("2021-05-07T02:51:12+08:00").timestamp())
FEEDS = ("huoyuan.xml", "gbk.xml", "market.atom", "merchants.json")
SEED = "huoyuan-sample-1001"
TABLE = "huoyuan-sample-1004"
QR = "huoyuan-sample-1003"
LONG = "huoyuan-sample-1002"
NAMES = (  # names of formats, which nobody fetches
    "http://purl.org/rss/1.0/modules/content/",
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/rss/1.0/modules/slash/",
    "http://wellformedweb.org/CommentAPI/",
    "http://www.w3.org/2005/Atom",
    "https://jsonfeed.org/version/1.1",
)


@dataclass(frozen=True, slots=True)
class Meant:
    """What the author of a sample article meant a reader to see, and the contacts in its text."""

    title: str
    category: str
    views: int
    contacts: frozenset[tuple[Kind, str]] = frozenset()


MEANT = {
    "huoyuan-sample-1009": Meant(
        "广州十三行女装一手货源：早秋针织开衫到了，三件就能混批",
        "女装货源",
        1286,
        frozenset(
            {
                (Kind.PERSON, "陈小姐"),
                (Kind.WECHAT, "nzhuo_8862"),
                (Kind.QQ, "8840517396"),
                (Kind.MOBILE, "15464027195"),
            },
        ),
    ),
    "huoyuan-sample-1008": Meant(
        "美妆工具一件代发：粉扑、化妆刷、分装瓶，小本生意的进货清单",
        "美妆货源",
        874,
        frozenset({(Kind.PERSON, "苗苗"), (Kind.WECHAT, "miao_cai668"), (Kind.QQ, "8847102635")}),
    ),
    "huoyuan-sample-1007": Meant(
        "成都女鞋小厂直发：一双也能拿的乐福鞋，先说清楚我们怎么定码",
        "鞋子货源",
        2031,
        frozenset({(Kind.PERSON, "老赵"), (Kind.WECHAT, "15427703816"), (Kind.MOBILE, "15427703816")}),
    ),
    "huoyuan-sample-1006": Meant(
        "童装配童鞋一起拿：两家隔壁档口的拼单办法",
        "童装货源",
        968,
        frozenset(
            {
                (Kind.WECHAT, "doubao_tz77"),
                (Kind.MOBILE, "15433081926"),
                (Kind.WECHAT, "xiaobu-kai06"),
                (Kind.QQ, "7093351842"),
            }
        ),
    ),
    "huoyuan-sample-1005": Meant(
        "义乌小饰品拼单：一百块起混批，发夹耳环不压货",
        "饰品货源",
        3417,
        frozenset({(Kind.PERSON, "叮当"), (Kind.QQ, "7712604985"), (Kind.QQ_GROUP, "9604471823")}),
    ),
    TABLE: Meant(
        "地摊百货价目表（八月）：从九块九的晴雨伞到八毛钱的挂钩",
        "百货货源",
        1550,
        frozenset(
            {
                (Kind.LANDLINE, "057991402719"),
                (Kind.LANDLINE, "4004027195"),
                (Kind.EMAIL, "dinghuo@zaqizaba.example"),
            }
        ),
    ),
    QR: Meant(
        "慢半拍窑的手作杯子：一窑六十只，只接扫码预订", "家居货源", 702, frozenset({(Kind.PERSON, "阿青")})
    ),
    LONG: Meant(
        "第一次去批发市场拿货：从前一晚到回程车上的完整手记",
        "微商怎么做",
        5208,
        frozenset({(Kind.OFFICIAL_ACCOUNT, "ahe_nahuo")}),
    ),
    SEED: Meant("一线微商反思:微店是腾讯阿里竞争产物", "微商怎么做", 535),
    "huoyuan-sample-bags-201": Meant(
        "箱包厂尾单清仓：孟堃的仓库里还剩四百只帆布托特",
        "箱包货源",
        643,
        frozenset(
            {
                (Kind.PERSON, "方喆"),
                (Kind.WECHAT, "zhezhe_bag25"),
                (Kind.QQ, "6630174928"),
                (Kind.MOBILE, "15409176283"),
            },
        ),
    ),
    "urn:huoyuan:sample:market:301": Meant("桑蚕丝小方巾：七夕过后，正是把礼盒拆开卖的时候", "女装货源", 412),
    "huoyuan-sample-json-402": Meant("儿童汉服现货：月白、杏黄两色，赶得上中秋游园", "童装货源", 1107),
    "huoyuan-sample-json-401": Meant("下半年卖货日历：把这几个日子圈出来，倒推备货", "电商资讯", 2960),
}


def sample(name: str) -> bytes:
    return (resources.files("tui") / "samples" / name).read_bytes()


def parsed(name: str) -> ParsedFeed:
    return parse(sample(name), now=NOW)


@pytest.fixture(scope="module")
def entries() -> dict[str, Entry]:
    return {entry.uid: entry for name in FEEDS for entry in parsed(name).entries}


def merchant_of(entry: Entry) -> Merchant | None:
    return entry.merchant or read_block(to_body(entry.html).text)


@pytest.mark.parametrize(
    ("name", "title", "count"),
    [
        ("huoyuan.xml", "货源示例", 9),
        ("gbk.xml", "喆喆箱包（GBK 示例）", 1),
        ("market.atom", "巷口集市（Atom 示例）", 1),
        ("merchants.json", "小满童装与卖货日历（JSON 示例）", 2),
    ],
)
def test_every_feed_parses(name: str, title: str, count: int) -> None:
    feed = parsed(name)
    assert (feed.title, len(feed.entries)) == (title, count)


def test_the_table_above_knows_every_article(entries: dict[str, Entry]) -> None:
    assert entries.keys() == MEANT.keys()


@pytest.mark.parametrize("uid", MEANT)
def test_an_article_says_what_its_author_meant(entries: dict[str, Entry], uid: str) -> None:
    entry, meant = entries[uid], MEANT[uid]
    merchant = merchant_of(entry)
    assert merchant is not None
    assert (entry.title, merchant.category, merchant.views) == (meant.title, meant.category, meant.views)
    assert entry.categories == (meant.category,)


@pytest.mark.parametrize("uid", MEANT)
def test_the_text_gives_exactly_the_contacts_meant(entries: dict[str, Entry], uid: str) -> None:
    found = (*find(entries[uid].title), *find(to_body(entries[uid].html).text))
    assert {(c.kind, c.value) for c in found} == MEANT[uid].contacts


def test_the_feeds_own_fields_are_read(entries: dict[str, Entry]) -> None:
    given = {uid: entry.merchant for uid, entry in entries.items() if entry.merchant}
    assert given == {
        "urn:huoyuan:sample:market:301": Merchant(
            "女装货源", "柳师傅", "liu-sijin88", "9158032764", "15470263918", 412
        ),
        "huoyuan-sample-json-402": Merchant(
            "童装货源", "小满", "xiaoman_tz15", "8206193475", "15491307264", 1107
        ),
        "huoyuan-sample-json-401": Merchant("电商资讯", views=2960),
    }


def test_the_seed_is_shown_as_its_page(entries: dict[str, Entry]) -> None:
    seed = entries[SEED]
    assert (seed.author, seed.published) == ("管理员", OLDEST)
    assert seed.comments == Comments(
        0,
        "https://huoyuan.invalid/article/1001#comments",
        "https://huoyuan.invalid/article/1001/comments.xml",
    )
    headings = [block.text for block in to_body(seed.html).blocks if block.kind is BlockKind.HEADING]
    assert headings == ["【商户信息】", "【货源详情】", "1.微店", "2.朋友圈刷屏", "3.社群经济", "4.O2O"]


def test_dates_lie_in_the_past(entries: dict[str, Entry]) -> None:
    august = int(datetime.fromisoformat("2026-08-01T00:00:00+08:00").timestamp())
    written = [entry.published for uid, entry in entries.items() if uid != SEED]
    assert all(date is not None and august <= date < NOW for date in written)
    assert len(set(written)) == len(written)


def test_the_price_list_is_a_table(entries: dict[str, Entry]) -> None:
    rows = [b.text for b in to_body(entries[TABLE].html).blocks if b.kind is BlockKind.ROW]
    assert rows[:2] == ["品名\t规格\t起批\t批发价", "晴雨伞\t八骨三折\t20 把\t9.90"]
    assert len(rows) == 13


def test_the_long_article_is_long_and_varied(entries: dict[str, Entry]) -> None:
    body = to_body(entries[LONG].html)
    assert len(body.text) > 2_500
    assert {block.kind for block in body.blocks} >= {
        BlockKind.TEXT,
        BlockKind.HEADING,
        BlockKind.ITEM,
        BlockKind.QUOTE,
        BlockKind.RULE,
    }


def test_the_qr_image_is_bundled(entries: dict[str, Entry]) -> None:
    images = to_body(entries[QR].html).images
    assert images == ("https://huoyuan.invalid/qr.png",)
    assert sample(images[0].rpartition("/")[2]).startswith(b"\x89PNG\r\n\x1a\n")


def test_the_gbk_sample_declares_less_than_it_holds() -> None:
    data = sample("gbk.xml")
    assert b'encoding="gb2312"' in data
    for strict in ("utf-8", "gb2312"):
        with pytest.raises(UnicodeDecodeError):
            data.decode(strict)
    html = parsed("gbk.xml").entries[0].html
    assert all(character in html for character in "镕喆堃")


@pytest.mark.parametrize("name", FEEDS)
def test_every_string_is_safe_on_a_terminal(name: str) -> None:
    text = decode(sample(name)).strip()
    assert clean_text(text) == text
    invisible = {"Cc", "Cf", "Cs", "Co", "Cn"}
    assert [c for c in text if unicodedata.category(c) in invisible and c != "\n"] == []


@pytest.mark.parametrize("name", FEEDS)
def test_nothing_can_be_fetched(name: str) -> None:
    text = decode(sample(name))
    assert "<!" not in text.replace("<![CDATA[", "")
    urls = [url for url in re.findall(r"https?://[^\s\"'<>\\]+", text) if url not in NAMES]
    assert urls
    assert [url for url in urls if not (urlsplit(url).hostname or "").endswith(".invalid")] == []
