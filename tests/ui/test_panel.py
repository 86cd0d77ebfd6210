"""What the panel says of an article: its fields, what else was found and where, who the merchant is."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from tests.http_server import FeedServer
from tests.ui.conftest import Open, feeds_toml
from tui.i18n import load_words
from tui.merchants import Dealings, MerchantBrief, Signal, Standing
from tui.model import Article, Body, Contact, Hidden, Kind, Merchant, Source, StoredArticle
from tui.text.width import cells
from tui.ui.caution import caution
from tui.ui.panes import Pane
from tui.ui.widgets.bar import Bar
from tui.ui.widgets.contact_panel import LABEL_WIDTH, PanelLine, folded, label_room, panel_lines

SAY = load_words("zh")
NOW = int(time.mktime((2026, 8, 25, 12, 0, 0, 0, 0, -1)))


def contact(kind: Kind, value: str, source: Source = Source.BLOCK, sure: float = 0.95) -> Contact:
    return Contact(kind, value, 0, 0, "电话" if source is Source.BODY else "", source, sure)


CONTACTS = (
    contact(Kind.WECHAT, "maybe_it", Source.BODY, 0.5),
    contact(Kind.PERSON, "陈小姐"),
    contact(Kind.MOBILE, "15464027195"),
    contact(Kind.QQ, "8840517396"),
    contact(Kind.WECHAT, "nzhuo_8862"),
    contact(Kind.LANDLINE, "02081722367", Source.BODY, 0.9),
    contact(Kind.WECHAT_CODE, "https://u.wechat.com/MShiLi", Source.QR),
)


def panel(
    contacts: Sequence[Contact] = CONTACTS,
    merchant: MerchantBrief | None = None,
    hidden: tuple[Hidden, ...] = (),
) -> tuple[PanelLine, ...]:
    article = Article(
        "1", "货源", Body(()), merchant=Merchant(category="女装货源", views=535), contacts=tuple(contacts),
        hidden=hidden,
    )  # fmt: skip
    stored = StoredArticle(1, 1, "源", article, NOW, read=False, favorite=False)
    return panel_lines(stored, merchant, NOW, SAY)


def test_six_fields_then_the_rest_by_confidence_each_with_its_key_and_source() -> None:
    lines = [(line.label, line.value, line.hint) for line in panel()]
    assert lines == [
        ("类目", "女装货源", ""),
        ("联系人", "陈小姐", ""),
        ("微信号", "nzhuo_8862", "y"),
        ("QQ号", "8840517396", "2y"),
        ("手机号", "154 6402 7195", "3y"),
        ("浏览量", "535", ""),
        ("", "商户信息", ""),
        ("", "", ""),
        ("电话", "020 8172 2367", "4y"),
        ("", "正文 · 电话", ""),
        ("微信码", "按 w 显示", "w"),
        ("微信号", "maybe_it", "6y"),
        ("", "正文 · 电话", ""),
    ]
    assert [line.value for line in panel() if not line.sure] == ["maybe_it"]


def test_a_field_that_is_not_there_is_a_dash() -> None:
    assert [line.value for line in panel(())] == ["女装货源", "—", "—", "—", "—", "535"]


MANY = "、".join(f"微信 kefu_{number:02d}x" for number in range(20))


@pytest.mark.parametrize(("size", "key"), [((120, 40), "tab tab"), ((80, 24), "tab tab"), ((50, 20), "c")])
async def test_contacts_beyond_the_screen_are_reached_by_keys(
    server: FeedServer, open_reader: Open, size: tuple[int, int], key: str
) -> None:
    item = f"<item><guid>1</guid><title>客服名单</title><description>{MANY}</description></item>"
    server.routes["/good.xml"] = f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
    async with open_reader(feeds_toml(server.url("/good.xml")), size=size) as stage:
        await stage.shows("客服名单")
        await stage.until(lambda: not stage.desk.refresh.running)
        await stage.press(key)
        await stage.shows("微信号  kefu_00x")
        assert "首见" not in stage.text(), "it would all be in sight"
        assert "▐" in stage.text()
        await stage.press("G")
        await stage.shows("首见")
        await stage.press("k g g")
        await stage.shows("微信号  kefu_00x")
        await stage.press("h")
        assert stage.desk.panes.now is Pane.ARTICLE
        await stage.press(f"Y {'j ' * 11}")
        await stage.shows("微信号 kefu_11x")
        await stage.press("enter")
        await stage.until(lambda: any("kefu_11x" in toast for toast in stage.toasts()))


async def test_folding_the_contacts_gives_the_keys_to_the_article(open_reader: Open) -> None:
    async with open_reader(feeds_toml("sample:huoyuan.xml")) as stage:
        await stage.press("tab tab")
        await stage.until(lambda: stage.desk.panes.now is Pane.CONTACTS)
        heads = {
            head: stage.app.screen.query_one(f"#{head}", Bar) for head in ("contacts-head", "article-head")
        }
        assert [bar.beneath for bar in heads.values()] == ["head-focused", "head"]
        await stage.pilot.click("#article", offset=(5, 5))
        await stage.until(lambda: stage.desk.panes.now is Pane.ARTICLE)
        assert [bar.beneath for bar in heads.values()] == ["head", "head-focused"]
        await stage.press("tab h")
        assert [bar.beneath for bar in heads.values()] == ["head", "head-focused"]
        await stage.press("tab c")
        await stage.until(lambda: stage.desk.panes.now is Pane.ARTICLE)
        await stage.press("tab")
        assert stage.desk.panes.now is Pane.CATEGORIES


def test_a_long_label_does_not_touch_its_value() -> None:
    assert label_room("微信号") == LABEL_WIDTH
    assert label_room("群二维码") == label_room("Category") == LABEL_WIDTH + 1


def test_nothing_is_cut_and_a_folded_contact_keeps_its_key_once() -> None:
    long = contact(Kind.WECHAT, "abcdefghij_1234567890", Source.BODY)
    merchant = MerchantBrief(1, 14, NOW, note="发货慢，三件起批，周末不在，退换要自己付运费")
    lines = folded(panel((long,), merchant, (Hidden.IMAGE,)), 28)
    assert all(LABEL_WIDTH + cells(line.value) + cells(line.hint) + 2 <= 28 for line in lines)
    said = "".join(line.value for line in lines).replace(" ", "")
    assert long.value in said
    assert SAY("hidden.image").replace(" ", "") in said
    assert merchant.note in said
    assert [(line.hint, line.number) for line in lines if line.number >= 0] == [("y", 0), ("", 0)]


@pytest.mark.parametrize("reason", Hidden)
def test_what_is_kept_from_the_reader_is_said(reason: Hidden) -> None:
    assert panel((), hidden=(reason,))[-1] == PanelLine("", SAY(f"hidden.{reason}"), style="bad")


def test_standing_copy_signals_and_note_of_the_merchant() -> None:
    merchant = MerchantBrief(1, 14, NOW - 86_400, Standing.BLOCKED, "发货慢", NOW - 3600, frozenset(Signal))
    said = [(line.label, line.value) for line in panel(merchant=merchant)][-7:]
    assert said == [
        ("商户", "14 篇"),
        ("", "首见 2026-08-24"),
        ("状态", "黑名单"),
        ("复制于", "08-25 11:00"),
        ("", "! 微信号与以前不同"),
        ("", "! 同样的文字用过别的微信号"),
        ("备注", "发货慢"),
    ]


def test_a_second_copy_and_a_bad_standing_are_warned_of() -> None:
    asked = (Kind.WECHAT, "nzhuo_8862")
    assert caution(Dealings(Standing.NEW, *asked, 0), *asked, NOW, SAY) == ""
    again = caution(Dealings(Standing.COPIED, *asked, NOW - 3600), *asked, NOW, SAY)
    assert again == "注意：已于 08-25 11:00 复制过"
    other = Dealings(Standing.BLOCKED, Kind.MOBILE, "15464027195", NOW - 3600)
    assert caution(other, *asked, NOW, SAY).split("\n") == [
        "注意：这个商户是“黑名单”。",
        "注意：这个商户的手机号 154 6402 7195 已于 08-25 11:00 复制过",
    ]
