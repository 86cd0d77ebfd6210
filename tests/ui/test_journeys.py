"""Journeys of a user through the whole program: real worker, real store, real HTTP on loopback."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from tests.http_server import FeedServer, Reply
from tests.ui.camera import payloads_on_screen
from tests.ui.conftest import Open, feeds_toml
from tests.ui.stage import feed_xml, item_xml
from tui.merchants import Standing

SHIPPED = "\n".join(
    f'[[feed]]\nurl = "sample:{name}"' for name in ("huoyuan.xml", "gbk.xml", "market.atom", "merchants.json")
)


async def test_refresh_open_read_count_copy(server: FeedServer, open_reader: Open, tools: Path) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.shows("shop_0011")
        assert "全部" in stage.text()
        assert stage.reader.categories()[0].unread == 12
        await stage.press("enter")
        await stage.until(lambda: stage.reader.categories()[0].unread == 11)
        await stage.press("y")
        await stage.until(lambda: bool(stage.toasts()))
        assert "shop_0011" in stage.toasts()[-1]
        assert "已核对" in stage.toasts()[-1]
        assert (tools / "board").read_text() == "shop_0011"


async def test_y_in_the_list_copies_the_row_under_the_cursor(
    server: FeedServer, open_reader: Open, tools: Path
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.press("j j j y")
        await stage.until(lambda: bool(stage.toasts()))
        assert (tools / "board").read_text() == "shop_0008"
        assert stage.reader.categories()[0].unread == 12, "looking at a row does not mark it"


async def test_marks_survive_a_restart_and_a_feed_that_drops_and_brings_back(
    server: FeedServer, open_reader: Open
) -> None:
    toml = feeds_toml(server.url("/good.xml"))
    async with open_reader(toml) as stage:
        await stage.shows("第11篇")
        await stage.press("f j m")
        await stage.shows("★")
        await stage.until(lambda: stage.reader.categories()[0].unread == 11)
    server.routes["/good.xml"] = feed_xml(3)
    async with open_reader(toml) as stage:
        await stage.shows("★")
        await stage.press("R")
        await stage.until(lambda: len(server.requests) == 2)
        server.routes["/good.xml"] = feed_xml(12, title="测试源又来了")
        await stage.until(lambda: not stage.desk.refresh.running)
        await stage.press("R")
        await stage.until(lambda: len(server.requests) == 3)
        await stage.until(lambda: not stage.desk.refresh.running)
        assert stage.reader.categories()[0].unread == 11
        assert stage.reader.categories()[2].total == 1


async def test_undo_takes_back_a_mark_and_marking_all(server: FeedServer, open_reader: Open) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.press("m")
        await stage.until(lambda: stage.reader.categories()[0].unread == 11)
        await stage.press("A")
        await stage.shows("11 篇未读全部标为已读？")
        await stage.press("y")
        await stage.until(lambda: stage.reader.categories()[0].unread == 0)
        await stage.press("A")
        await stage.shows("没有更多未读")
        await stage.press("u")
        await stage.until(lambda: stage.reader.categories()[0].unread == 11)
        await stage.press("u")
        await stage.until(lambda: stage.reader.categories()[0].unread == 12)
        await stage.press("u")
        await stage.shows("没有可撤销")


async def test_a_feed_that_fails_says_why_and_disturbs_no_other(
    server: FeedServer, open_reader: Open
) -> None:
    server.routes["/gone.xml"] = Reply(status=404)
    server.routes["/page.xml"] = b"<html><body>no feed</body></html>"
    toml = feeds_toml(*(server.url(path) for path in ("/gone.xml", "/good.xml", "/page.xml")))
    async with open_reader(toml) as stage:
        await stage.shows("第11篇")
        await stage.shows("! 404")
        await stage.shows("! 非订阅")
        await stage.press("h G k k")
        await stage.shows("答复 404")


async def test_refresh_leaves_cursor_and_article_where_they_are(
    server: FeedServer, open_reader: Open
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.press("j j enter")
        await stage.shows("shop_0009")
        server.routes["/good.xml"] = feed_xml(12, extra=item_xml(59, title="刚刚到的新货"))
        await stage.press("R")
        await stage.shows("刚刚到的新货")
        shown = stage.desk.current()
        assert shown is not None
        assert shown.article.uid == "a9"
        assert stage.desk.articles.cursor == 3


async def test_search_filters_as_you_type_and_escape_brings_all_back(
    server: FeedServer, open_reader: Open
) -> None:
    server.routes["/good.xml"] = feed_xml(12, extra=item_xml(30, title="童鞋一手货源", wechat="xie_778899"))
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("童鞋一手货源")
        await stage.press("slash")
        await stage.press("童 鞋")
        await stage.shows("1/1")
        await stage.press("enter")
        assert "第11篇" not in stage.text()
        await stage.press("escape")
        await stage.shows("第11篇")
        await stage.press("slash x i e _ 7")
        await stage.shows("1/1")


async def test_several_contacts_are_asked_for(open_reader: Open, tools: Path) -> None:
    async with open_reader(SHIPPED) as stage:
        await stage.shows("一线微商反思")
        for _ in range(20):
            stored = stage.desk.current()
            assert stored is not None
            wechats = [contact for contact in stored.article.contacts if contact.kind == "wechat"]
            if len(wechats) > 1:
                break
            await stage.press("j")
            await stage.pilot.pause(0.1)
        await stage.press("y")
        await stage.shows("复制哪一个？")
        await stage.press("2")
        await stage.until((tools / "board").exists)
        assert (tools / "board").read_text() == wechats[1].value


async def test_visit_opens_the_link_in_the_browser(
    server: FeedServer, open_reader: Open, tools: Path
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.press("o")
        await stage.until((tools / "visited").exists)
        assert (tools / "visited").read_text().split() == ["1", "http://shop.example/11"]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20), (20, 5)])
async def test_the_samples_read_at_every_size(size: tuple[int, int], open_reader: Open) -> None:
    async with open_reader(SHIPPED, size=size) as stage:
        await stage.until(lambda: stage.reader.categories()[0].total > 8)
        await stage.until(lambda: not stage.desk.refresh.running)
        for key in ("j", "enter", "space", "h", "h", "j", "l", "c", "c", "z", "z", "t", "n", "p", "X"):
            await stage.press(key)
        lines = stage.text().split("\n")
        assert len(lines) == size[1]


async def test_hostile_text_is_plain_text(server: FeedServer, open_reader: Open) -> None:
    title = "[/red] [@click=app.quit]买[/] \x9b31m ]52;c;aGFjaw== \u202e【现货】[1/2]"
    server.routes["/good.xml"] = feed_xml(1, extra=item_xml(30, title=title))
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("[@click=app.quit]买[/]")
        await stage.press("enter")
        text = stage.text()
        assert "\x9b" not in text
        assert "\u202e" not in text
        assert "【现货】[1/2]" in text


async def test_help_lists_every_command_and_the_palette_runs_one(open_reader: Open) -> None:
    async with open_reader(SHIPPED, language="en") as stage:
        await stage.shows("With contact")
        await stage.press("question_mark")
        await stage.shows("Moving")
        await stage.press("escape")
        await stage.press("ctrl+p")
        await stage.press("Q u i t")
        await stage.shows("Quit")


async def test_the_mouse_opens_scrolls_and_copies(server: FeedServer, open_reader: Open, tools: Path) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.pilot.click("#articles", offset=(20, 3))
        await stage.shows("shop_0008")
        assert stage.desk.articles.cursor == 3
        await stage.pilot.click("#articles", offset=(20, 3))
        await stage.until(lambda: stage.reader.categories()[0].unread == 11)
        await stage.pilot.click("#contacts", offset=(12, 2))
        await stage.until((tools / "board").exists)
        await stage.until(lambda: (tools / "board").read_text() == "shop_0008")
        await stage.pilot.click("#categories", offset=(5, 2))
        await stage.shows("还没有收藏")


async def test_keys_of_the_users_own(server: FeedServer, open_reader: Open, tools: Path) -> None:
    toml = (
        feeds_toml(server.url("/good.xml"), options='keys = "newsboat"') + '[keys]\ncopy_wechat = "ctrl+y"\n'
    )
    async with open_reader(toml) as stage:
        await stage.shows("第11篇")
        await stage.press("y")
        await stage.press("ctrl+y")
        await stage.until((tools / "board").exists)
        await stage.press("N")
        await stage.until(lambda: stage.reader.categories()[0].unread == 11)


async def test_next_unread_goes_round_and_the_last_page_turns(server: FeedServer, open_reader: Open) -> None:
    server.routes["/good.xml"] = feed_xml(3)
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第2篇")
        await stage.press("G n")
        await stage.until(lambda: stage.reader.categories()[0].unread == 2)
        assert stage.desk.articles.cursor == 0
        await stage.press("space")
        await stage.until(lambda: stage.reader.categories()[0].unread == 1)
        await stage.press("X")
        await stage.until(lambda: stage.reader.categories()[0].unread == 0)
        await stage.press("h n")
        await stage.shows("没有更多未读")


async def test_nothing_to_copy_is_said(server: FeedServer, open_reader: Open) -> None:
    server.routes["/good.xml"] = feed_xml(0, extra=item_xml(1))
    async with open_reader(feeds_toml(server.url("/good.xml")), size=(50, 20)) as stage:
        await stage.shows("第1篇")
        await stage.press("y")
        await stage.shows("没有找到联系方式")


async def test_a_copy_that_no_way_takes_is_shown_to_be_selected_by_hand(
    server: FeedServer, open_reader: Open, tools: Path
) -> None:
    (tools / "xclip").write_text("#!/bin/sh\nexit 1\n")
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.press("y")
        await stage.until(lambda: bool(stage.toasts()))
        assert "shop_0011" in stage.toasts()[-1]
        assert "已核对" not in stage.toasts()[-1]


async def test_a_code_in_an_image_goes_to_the_screen(open_reader: Open) -> None:
    pytest.importorskip("zxingcpp", reason="reading codes is an optional extra")
    async with open_reader(SHIPPED) as stage:
        await stage.until(lambda: stage.reader.categories()[0].total == 13)
        await stage.until(lambda: not stage.desk.refresh.running)
        for place in range(13):
            stage.desk.articles.move_to(place)
            shown = stage.desk.current()
            if shown is not None and shown.article.body.images:
                break
        await stage.press("w")
        await stage.shows("用手机微信扫一扫")
        assert payloads_on_screen(stage) == ["https://u.wechat.com/MHuoYuanShiLiErWeiMa001"]
        await stage.press("escape")
        await stage.shows("微信码")


async def test_a_contact_is_drawn_as_a_code_where_the_article_has_none(
    server: FeedServer, open_reader: Open
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.press("w")
        await stage.shows("手机扫码即得")
        assert "shop_0011" in stage.text()


async def test_the_page_fills_an_article_that_its_feed_left_bare(
    server: FeedServer, open_reader: Open
) -> None:
    text = "这批货是自家工厂做的，棉料，尺码从九十到一百五，一件代发，支持退换，图片都是实拍的样子。" * 5
    item = item_xml(1).replace("http://shop.example/1", server.url("/page"))
    server.routes["/good.xml"] = f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
    server.routes["/page"] = f"<html><body><p>微信：gong_chang99</p><p>{text}</p></body></html>".encode()
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第1篇")
        await stage.press("x")
        await stage.shows("gong_chang99")
        await stage.shows("一件代发")


async def test_the_book_knows_who_was_copied_and_blocks_whom_it_is_told(
    server: FeedServer, open_reader: Open, tools: Path
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.press("y")
        await stage.until(lambda: bool(stage.toasts()))
        await stage.shows("已复制")
        await stage.press("y")
        await stage.until(lambda: any("复制过" in toast for toast in stage.toasts()))
        await stage.press("C")
        await stage.shows("联系簿")
        await stage.press("s")
        await stage.shows("黑名单")
        await stage.press("5")
        await stage.shows("黑名单：")
        await stage.press("q")
        await stage.shows("✗ ")
        await stage.press("u")
        await stage.until(lambda: "✗ " not in stage.text())


async def test_the_book_opens_at_the_merchant_of_the_article(server: FeedServer, open_reader: Open) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.until(lambda: not stage.desk.refresh.running)
        await stage.press("j j C")
        await stage.shows("3/12")
        await stage.shows("文章（1）")
        assert "第9篇" in stage.text()


async def test_the_book_joins_undoes_and_exports_what_is_found(
    server: FeedServer, open_reader: Open, tmp_path: Path
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.until(lambda: not stage.desk.refresh.running)
        await stage.press("C")
        await stage.shows("1/12")
        await stage.press("space")
        await stage.shows("选中 1")
        await stage.press("j J")
        await stage.shows("已合并")
        await stage.shows("/11 ")
        await stage.press("u")
        await stage.shows("已撤销：合并")
        await stage.shows("/12 ")
        await stage.press("/ _ 0 0 1")
        await stage.shows("1/2 · 共 12 个商户")
        await stage.press("enter e")
        await stage.shows("把列出的 2 个商户导出到")
        stage.app.screen.query_one(Input).value = str(tmp_path / "a.csv")
        await stage.press("enter")
        await stage.until((tmp_path / "a.csv").exists)
        await stage.until(lambda: bool(stage.toasts()))
        text = (tmp_path / "a.csv").read_text("utf-8-sig")
        assert [name in text for name in ("shop_0010", "shop_0011", "shop_0009")] == [True, True, False]


async def test_a_blacklisted_merchant_is_warned_of_on_the_main_screen(
    server: FeedServer, open_reader: Open, tools: Path
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.until(lambda: not stage.desk.refresh.running)
        merchant = stage.reader.merchant_of(stage.desk.articles.current or 0)
        assert merchant is not None
        stage.reader.set_standing(merchant.id, Standing.BLOCKED).result()
        await stage.press("y")
        await stage.until(lambda: bool(stage.toasts()))
        assert "黑名单" in stage.toasts()[-1]
        await stage.shows("复制于")


@pytest.mark.parametrize("keys", ["?xxx", "AyyAnn", "s??nn", "C?qqq", "wqq"])
async def test_keys_typed_ahead_of_a_dialog_leave_it_once(
    keys: str, server: FeedServer, open_reader: Open
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        for key in keys:
            stage.app.post_message(events.Key("question_mark" if key == "?" else key, key))
        await stage.pilot.pause(0.3)
        for _ in range(3):
            await stage.press("escape")
        assert stage.desk.articles.count == 12
        assert "第11篇" in stage.text()


async def test_the_top_line_of_an_article_stays_through_another_width(
    server: FeedServer, open_reader: Open
) -> None:
    paragraphs = "".join(f"<p>第{n}段，{'，'.join(map(str, range(60)))}</p>" for n in range(30))
    item = item_xml(1).replace("没有联系方式。", paragraphs.replace("<", "&lt;").replace(">", "&gt;"))
    server.routes["/good.xml"] = f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第1段")
        await stage.press("enter 1 1 j")
        view = stage.desk.view
        before = view.layout_now.lines[view.top]
        for size in ((80, 24), (120, 40)):
            await stage.pilot.resize_terminal(*size)
            await stage.pilot.pause()
            text = [strip.text for strip in view.frame()]
            assert all(one != other or not one.strip() for one, other in pairwise(text))
        after = view.layout_now.lines[view.top]
        assert (after.paragraph, after.start) == (before.paragraph, before.start)


@pytest.mark.parametrize("end", ["escape", "enter escape"])
async def test_the_line_of_a_search_goes_with_it_and_comes_again(
    open_reader: Open, server: FeedServer, end: str
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        for _ in range(2):
            await stage.press("slash")
            await stage.pilot.press(*"xin_9")
            await stage.shows("搜索“xin_9”")
            assert "xin_9" in stage.text().splitlines()[0]
            await stage.press(end)
            await stage.until(lambda: "第11篇" in stage.text().splitlines()[1])


async def test_a_search_is_mended_and_entered_by_the_usual_keys(
    open_reader: Open, server: FeedServer
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.press("slash s h o p _ 0 0 0 8 9 backspace")
        await stage.shows("搜索“shop_0008”")
        await stage.press("home delete")
        await stage.shows("搜索“hop_0008”")
        await stage.press("enter")
        await stage.until(lambda: "第8篇" in stage.text().splitlines()[1])
        await stage.press("j y")
        assert "搜索“hop_0008”" in stage.text()
