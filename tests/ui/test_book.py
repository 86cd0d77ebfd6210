"""Journeys through the contact book over a small stand-in for the reader."""

from __future__ import annotations

from array import array
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.book_stage import (
    CHEN,
    LIN,
    SAY,
    SIZES,
    WU,
    BookApp,
    BookStage,
    Shelf,
    contact,
    merchant,
    open_book,
)  # fmt: skip
from tui.merchants import BookAnswer, Standing
from tui.model import Copied, Kind
from tui.text.width import cells
from tui.ui.book_screen import BookScreen
from tui.ui.row_source import RowSource
from tui.ui.widgets.merchant_view import MerchantView


@pytest.mark.parametrize("size", SIZES)
async def test_a_line_tells_standing_name_contact_and_warning(size: tuple[int, int]) -> None:
    async with open_book(size=size) as stage:
        lines = stage.text().splitlines()
        rows = [line[: line.index("08-20") + 5] for line in lines if "08-20" in line]
        chen, wu = (next(row for row in rows if name in row) for name in ("陈小姐", "吴姐"))
        assert "未联系" in chen
        assert "⚠" in chen
        assert "nzhuo_8862" in chen
        assert "08-20" in chen
        assert "◐ 已复制" in wu
        assert "⚠" not in wu
        assert "1/3" in lines[0]
        assert all(cells(line) <= size[0] for line in lines)


@pytest.mark.parametrize("size", SIZES)
async def test_enter_opens_the_details_and_enter_again_the_newest_article(size: tuple[int, int]) -> None:
    async with open_book(size=size) as stage:
        assert ("154 6402 7195" in stage.text()) is (size[0] >= 90)
        await stage.press("enter")
        await stage.shows("154 6402 7195")
        assert SAY("signal.changed_id") in stage.text()
        assert "第101篇" in stage.text()
        await stage.press("enter")
        assert stage.app.left_with == [101]


async def test_a_second_article_is_one_line_below() -> None:
    async with open_book() as stage:
        await stage.press("j l j enter")
        assert stage.app.left_with == [200]


async def test_the_details_follow_the_cursor() -> None:
    async with open_book() as stage:
        await stage.press("j")
        await stage.shows("第201篇")
        await stage.press("G")
        await stage.shows("第301篇")
        assert "08-20 09:30 复制过" in stage.text()
        await stage.press("g g")
        await stage.shows("第101篇")


@pytest.mark.parametrize("keys", ["escape", "enter h h", "enter q"])
async def test_the_book_is_left_without_an_article(keys: str) -> None:
    async with open_book(size=(50, 20)) as stage:
        await stage.press(keys)
        assert stage.app.left_with == [None]


async def test_y_copies_the_main_contact_and_notes_it() -> None:
    async with open_book() as stage:
        await stage.press("y")
        await stage.shows("◐ 已复制 ⚠")
        assert stage.shelf.copies == [(Kind.WECHAT, "nzhuo_8862")]
        assert "已复制 微信号 nzhuo_8862（系统剪贴板，已核对）" in stage.toasts()[-1]
        assert "注意" not in stage.toasts()[-1]
        await stage.press("2")
        await stage.pilot.pause()
        assert stage.shelf.copies[1] == (Kind.MOBILE, "15464027195")
        assert "这个商户的微信号 nzhuo_8862 已于 08-25" in stage.toasts()[-1]
        await stage.press("9")
        await stage.shows("只有 2 个联系方式")


async def test_copying_again_warns_with_the_day_of_the_first_time() -> None:
    async with open_book(WU) as stage:
        await stage.press("y")
        await stage.pilot.pause()
        assert "已于 08-20 09:30 复制过" in stage.toasts()[-1]
        assert [toast.severity for toast in stage.app._notifications] == ["warning"]


async def test_copying_from_the_blacklist_warns() -> None:
    async with open_book(replace(LIN, standing=Standing.BLOCKED)) as stage:
        await stage.press("y")
        await stage.pilot.pause()
        assert "黑名单" in stage.toasts()[-1]


async def test_w_puts_a_contact_before_the_camera_a_code_first() -> None:
    code = contact(41, Kind.WECHAT_CODE, "https://u.wechat.com/MShiLi")
    zhou = merchant(4, "周姐", contact(42, Kind.MOBILE, "15464027195"), code)
    async with open_book(zhou, LIN, merchant(5, "公", contact(51, Kind.EMAIL, "a@b.example"))) as stage:
        await stage.press("w")
        await stage.shows("用手机微信扫一扫")
        await stage.press("escape j w")
        await stage.shows("手机扫码即得")
        await stage.press("escape j w")
        await stage.shows("没有二维码")
        assert stage.shelf.drawn == ["https://u.wechat.com/MShiLi", "8840517396"]
        await stage.pilot.resize_terminal(40, 10)
        await stage.press("k w")
        assert "/somewhere/qr.png" in stage.toasts()[-1]


async def test_what_was_not_copied_is_not_noted() -> None:
    async with open_book(way="") as stage:
        await stage.press("y")
        await stage.pilot.pause()
        assert "没能复制" in stage.toasts()[-1]
        assert stage.shelf.copies == []


async def test_a_slow_copy_is_told_and_noted_though_the_book_was_left() -> None:
    async with open_book() as stage:
        stage.shelf.slow_copy = Future()
        await stage.press("y q")
        assert stage.app.left_with == [None]
        stage.shelf.slow_copy.set_result(Copied("nzhuo_8862", "xclip", verified=True))
        await stage.pilot.pause()
        assert "已复制 微信号 nzhuo_8862" in stage.toasts()[-1]
        assert stage.shelf.copies == [(Kind.WECHAT, "nzhuo_8862")]
        await stage.pilot.pause()
        assert len(stage.toasts()) == 1


async def test_enter_on_a_contact_of_the_details_copies_it() -> None:
    async with open_book(LIN) as stage:
        await stage.press("enter g g j j enter")
        await stage.pilot.pause()
        assert stage.shelf.copies == [(Kind.QQ, "8840517396")]


async def test_a_standing_is_set_and_undone() -> None:
    async with open_book() as stage:
        await stage.press("j s 5")
        await stage.shows("黑名单：林老板（u 撤销）")
        assert stage.shelf.entries[1].standing is Standing.BLOCKED
        await stage.press("u")
        await stage.shows("已撤销")
        assert stage.shelf.entries == [CHEN, LIN, WU]
        await stage.press("u")
        await stage.shows("没有可撤销的操作")


async def test_a_merchant_that_a_filter_now_hides_stays_under_the_cursor() -> None:
    async with open_book() as stage:
        await stage.press("f 2")
        assert stage.names() == ["陈小姐", "林老板"]
        await stage.press("j s 3")
        await stage.shows("● 已添加：林老板")
        assert stage.names() == ["陈小姐", "林老板"]
        await stage.press("f 2")
        assert stage.names() == ["陈小姐"]
        await stage.press("escape")
        assert stage.names() == ["陈小姐", "林老板", "吴姐"]
        assert stage.app.left_with == []


async def test_a_note_is_written_and_left_alone_on_escape() -> None:
    async with open_book() as stage:
        await stage.press("n")
        await stage.fill_in("三件起批")
        await stage.press("enter")
        await stage.shows("已记下备注")
        assert stage.shelf.entries[0].note == "三件起批"
        assert "三件起批" in stage.text()
        await stage.press("n x escape")
        assert stage.shelf.entries[0].note == "三件起批"


async def test_a_wrongly_joined_contact_is_split_off() -> None:
    async with open_book() as stage:
        await stage.press("S")
        await stage.shows("手机号 154 6402 7195")
        await stage.press("2")
        await stage.shows("已拆分出")
        assert stage.names() == ["陈小姐", "林老板", "吴姐", "拆出来的"]
        await stage.press("S")
        await stage.shows("没有可拆分的")


async def test_the_chosen_merchant_is_joined_with_the_one_under_the_cursor_and_undone() -> None:
    async with open_book() as stage:
        await stage.press("J")
        await stage.shows("先用空格选中另一个商户")
        await stage.press("j space")
        await stage.shows("✓○ 未联系   林老板")
        assert "选中 1" in stage.text().splitlines()[0]
        await stage.press("/")
        await stage.fill_in("陈")
        await stage.shows("吴姐", gone=True)
        await stage.press("enter J")
        await stage.shows("已合并（u 撤销）")
        assert [len(entry.contacts) for entry in stage.shelf.entries] == [3, 1]
        assert "选中" not in stage.text().splitlines()[0]
        await stage.press("u")
        await stage.shows("已撤销")
        assert stage.shelf.entries == [CHEN, LIN, WU]


async def test_two_chosen_are_too_many_to_join_and_escape_chooses_none() -> None:
    async with open_book() as stage:
        await stage.press("space space J")
        await stage.shows("只能与一个选中的商户合并")
        await stage.press("escape")
        assert "选中" not in stage.text().splitlines()[0]
        assert stage.app.left_with == []
        await stage.press("g g space k space")
        assert "选中" not in stage.text().splitlines()[0], "choosing again chooses no more"


async def test_a_filter_says_how_many_of_all_are_found() -> None:
    async with open_book() as stage:
        assert "共" not in stage.text().splitlines()[0]
        await stage.press("f 2")
        await stage.shows("1/2 · 共 3 个商户")


async def test_only_the_chosen_are_exported(tmp_path: Path) -> None:
    async with open_book() as stage:
        await stage.press("space j space e")
        await stage.shows("把选中的 2 个商户导出到")
        await stage.fill_in(str(tmp_path / "a.vcf"))
        await stage.press("enter")
        assert stage.shelf.exports == [([1, 3], tmp_path / "a.vcf")]


async def test_an_answer_that_comes_after_a_newer_question_is_not_shown() -> None:
    async with open_book() as stage:
        stage.shelf.held = []
        await stage.press("f 2")
        await stage.press("f 1")
        slow, quick = stage.shelf.held
        assert stage.shelf.stopped >= 3, "what nobody waits for is interrupted"
        quick.set_result(BookAnswer(array("q", [3]), 3, 0, {3: WU}))
        await stage.shows("陈小姐", gone=True)
        slow.set_result(BookAnswer(array("q", [1, 2]), 3, 0, {1: CHEN, 2: LIN}))
        await stage.pilot.pause()
        assert stage.names() == ["吴姐"]
        stage.shelf.held[-1].cancelled()
        assert stage.toasts() == []


async def test_a_key_before_the_articles_have_come_opens_none_of_another_merchant() -> None:
    async with open_book() as stage:
        view = stage.app.screen.query_one(MerchantView)
        view.show(LIN, None)
        assert (view.article, view.merchant) == (None, 2)
        view.show(LIN, RowSource(array("q", [201]), stage.shelf.rows))
        assert view.article == 201


async def test_the_search_shows_what_fits_while_it_is_typed() -> None:
    async with open_book() as stage:
        await stage.press("/")
        await stage.fill_in("wu_")
        await stage.shows("陈小姐", gone=True)
        assert stage.names() == ["吴姐"]
        await stage.press("enter")
        await stage.shows("搜索“wu_”")
        await stage.press("/")
        await stage.fill_in("zzz")
        await stage.shows("没有符合的商户")
        await stage.press("escape")
        assert len(stage.names()) == 3


async def test_category_and_order_are_chosen() -> None:
    async with open_book() as stage:
        await stage.press("c 3")
        assert stage.names() == ["林老板"]
        await stage.press("escape o 3")
        assert stage.names() == ["吴姐", "林老板", "陈小姐"]
        assert "按名称" in stage.text().splitlines()[0]


async def test_what_is_listed_is_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    target = tmp_path / "huoyuan-contacts.csv"
    async with open_book() as stage:
        await stage.press("f 2 e")
        await stage.shows("把列出的 2 个商户导出到")
        await stage.press("enter")
        assert stage.shelf.exports == [([1, 2], target)]
        assert f"已导出 2 个商户到 {target}" in stage.toasts()[-1]
        target.write_text("旧的")
        await stage.press("e enter")
        await stage.shows("覆盖吗")
        await stage.press("2")
        assert len(stage.shelf.exports) == 1
        await stage.press("e enter 1")
        assert len(stage.shelf.exports) == 2


@pytest.mark.parametrize("name", ["~nobody/a.txt", "a.txt"])
async def test_a_refused_export_is_told(name: str) -> None:
    async with open_book() as stage:
        await stage.press("e")
        await stage.fill_in(name)
        await stage.press("enter")
        await stage.pilot.pause()
        assert [toast.severity for toast in stage.app._notifications] == ["error"]


async def test_an_empty_book_takes_every_key() -> None:
    app = BookApp(Shelf([]))
    async with app.run_test(size=(80, 24)) as pilot:
        stage = BookStage(app, pilot)
        await stage.shows("联系簿还是空的")
        await stage.press("y 2 s n S e j k G g g ctrl+d ctrl+u enter")
        await stage.shows("没有可导出的商户")
        await stage.press("u")
        await stage.shows("没有可撤销的操作")


async def test_the_help_names_every_key() -> None:
    async with open_book(size=(50, 20)) as stage:
        await stage.shows("? 帮助")
        await stage.press("?")
        await stage.shows("写备注")
        await stage.press("G")
        await stage.shows("下翻半页")
        await stage.press("k k k k k k k")
        await stage.shows("与选中的商户合并")
        await stage.press("q")
        await stage.shows("陈小姐")


async def test_the_panes_fold_when_the_terminal_shrinks() -> None:
    async with open_book() as stage:
        await stage.press("enter")
        await stage.pilot.resize_terminal(50, 20)
        await stage.shows("154 6402 7195")
        await stage.shows("林老板", gone=True)
        await stage.press("h")
        await stage.shows("林老板")
        await stage.shows("154 6402 7195", gone=True)


async def test_a_refresh_that_ends_while_the_book_opens_disturbs_nothing() -> None:
    async with open_book() as stage:
        opening = BookScreen(stage.shelf, SAY)
        opening.renew()
        await stage.app.push_screen(opening)
        await stage.shows("陈小姐")
