"""Journeys through the contact book over a small stand-in for the reader."""

from __future__ import annotations

import time
from array import array
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input

from tui.errors import Code, HuoyuanError
from tui.i18n import load_words
from tui.merchants import (
    BookAnswer,
    BookContact,
    BookQuery,
    BookSort,
    Dealings,
    MerchantEntry,
    Signal,
    Standing,
)
from tui.model import ArticleRow, Copied, Kind, Undone
from tui.text.width import cells
from tui.ui.book_screen import BookScreen
from tui.ui.row_source import RowSource
from tui.ui.themes import THEMES
from tui.ui.widgets.book_list import BookList
from tui.ui.widgets.merchant_view import MerchantView, detail_lines

T = TypeVar("T")

SAY = load_words("zh")
NOW = int(time.mktime((2026, 8, 25, 12, 0, 0, 0, 0, -1)))
AUGUST_20 = int(time.mktime((2026, 8, 20, 9, 30, 0, 0, 0, -1)))
SIZES = [(120, 40), (80, 24), (50, 20)]


def contact(number: int, kind: Kind, value: str, copied_at: int = 0) -> BookContact:
    return BookContact(number, kind, value, 3, AUGUST_20, AUGUST_20, copied_at)


def merchant(number: int, name: str, *contacts: BookContact, **more: object) -> MerchantEntry:
    entry = MerchantEntry(number, name, contacts, 2, AUGUST_20, AUGUST_20, ("女装货源",))
    return replace(entry, **more)  # type: ignore[arg-type]


CHEN = merchant(
    1,
    "陈小姐",
    contact(11, Kind.WECHAT, "nzhuo_8862"),
    contact(12, Kind.MOBILE, "15464027195"),
    signals=frozenset({Signal.CHANGED_ID}),
)
LIN = merchant(2, "林老板", contact(21, Kind.QQ, "8840517396"), categories=("童装货源",))
WU = merchant(3, "吴姐", contact(31, Kind.WECHAT, "wu_shoes", AUGUST_20), standing=Standing.COPIED)


def done(value: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(value)
    return future


@dataclass
class Shelf:
    """Stands in for the reader: holds merchants and remembers what it was asked for."""

    entries: list[MerchantEntry]
    before: list[list[MerchantEntry]] = field(default_factory=list)
    copies: list[tuple[Kind, str]] = field(default_factory=list)
    exports: list[tuple[list[int], Path]] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    stopped: int = 0
    held: list[Future[BookAnswer]] | None = None
    way: str = "xclip"
    slow_copy: Future[Copied] | None = None

    def clock(self) -> float:
        return NOW

    def book(
        self, query: BookQuery, current: int | None = None, place: int = 0, *, keep: bool = False
    ) -> Future[BookAnswer]:
        found = self._found(query)
        ids = array("q", [entry.id for entry in found])
        if current is not None and current in ids:
            place = ids.index(current)
        elif current is not None and keep and any(entry.id == current for entry in self.entries):
            ids.insert(place, current)
        place = max(0, min(place, len(ids) - 1))
        near = set(ids[max(0, place - 64) : place + 64])
        around = {entry.id: entry for entry in self.entries if entry.id in near}
        answer = done(BookAnswer(ids, len(self.entries), place, around))
        if self.held is None:
            return answer
        self.held.append(Future())
        return self.held[-1]

    def stop_book(self) -> None:
        self.stopped += 1

    def merchants(self, ids: Sequence[int]) -> Future[dict[int, MerchantEntry]]:
        wanted = set(ids)
        return done({entry.id: entry for entry in self.entries if entry.id in wanted})

    def _found(self, query: BookQuery) -> tuple[MerchantEntry, ...]:
        found = [
            entry
            for entry in self.entries
            if query.search in entry.name + entry.note + "".join(c.value for c in entry.contacts)
            and query.standing in (None, entry.standing)
            and (not query.category or query.category in entry.categories)
        ]
        return tuple(sorted(found, key=lambda entry: entry.name) if query.sort is BookSort.NAME else found)

    def dealings(self, kind: Kind, value: str) -> Dealings:
        owner = next(entry for entry in self.entries if value in {one.value for one in entry.contacts})
        last = max(owner.contacts, key=lambda one: (one.copied_at, one.value == value))
        return Dealings(owner.standing, last.kind, last.value, last.copied_at)

    def merchant_articles(self, merchant: int) -> Future[array[int]]:
        return done(array("q", [merchant * 100 + 1, merchant * 100]))

    def join_merchants(self, merchant: int, other: int) -> Future[bool]:
        kept, gone = (
            next(entry for entry in self.entries if entry.id == number)
            for number in sorted((merchant, other))
        )
        self._change(kept.id, lambda entry: replace(entry, contacts=(*kept.contacts, *gone.contacts)))
        self.entries.remove(gone)
        return done(True)

    def book_categories(self) -> tuple[str, ...]:
        return tuple(sorted({name for entry in self.entries for name in entry.categories}))

    def rows(self, ids: Sequence[int]) -> dict[int, ArticleRow]:
        kinds = frozenset({Kind.WECHAT})
        return {
            id: ArticleRow(id, f"第{id}篇 早秋新款", AUGUST_20, "源", "", False, False, None, kinds)
            for id in ids
        }

    def _change(self, merchant: int, change: Callable[[MerchantEntry], MerchantEntry]) -> Future[None]:
        self.before.append(list(self.entries))
        self.entries = [change(entry) if entry.id == merchant else entry for entry in self.entries]
        return done(None)

    def set_standing(self, merchant: int, standing: Standing) -> Future[None]:
        return self._change(merchant, lambda entry: replace(entry, standing=standing))

    def set_note(self, merchant: int, note: str) -> Future[None]:
        return self._change(merchant, lambda entry: replace(entry, note=note))

    def split_contact(self, contact: int) -> Future[None]:
        owner = next(entry for entry in self.entries if contact in {one.id for one in entry.contacts})
        parts = [[one for one in owner.contacts if (one.id == contact) is split] for split in (False, True)]
        self._change(owner.id, lambda entry: replace(entry, contacts=tuple(parts[0])))
        self.entries.append(replace(owner, id=owner.id + 1000, name="拆出来的", contacts=tuple(parts[1])))
        return done(None)

    def undo(self) -> Future[Undone | None]:
        if not self.before:
            return done(None)
        self.entries = self.before.pop()
        return done(Undone("mark_read", 1))

    def draw_code(self, text: str, width: int, height: int) -> tuple[str, ...] | None:
        self.drawn.append(text)
        return ("█" * 40,) * 3 if height > 20 else None

    def save_code(self, text: str) -> Path:
        return Path("/somewhere/qr.png")

    def copy(self, text: str) -> Future[Copied]:
        return self.slow_copy or done(Copied(text, self.way, verified=True))

    def note_copy(self, kind: Kind, value: str) -> Future[None]:
        self.copies.append((kind, value))
        owner = next(entry for entry in self.entries if value in {one.value for one in entry.contacts})
        contacts = tuple(replace(one, copied_at=NOW) if one.value == value else one for one in owner.contacts)
        standing = Standing.COPIED if owner.standing is Standing.NEW else owner.standing
        return self._change(owner.id, lambda entry: replace(entry, contacts=contacts, standing=standing))

    def export_book(self, ids: Sequence[int], path: Path, words: object) -> Future[int]:
        self.exports.append((list(ids), path))
        if path.suffix == ".txt":
            refused: Future[int] = Future()
            refused.set_exception(HuoyuanError(Code.BAD_INPUT, what="export"))
            return refused
        return done(len(ids))


class BookApp(App[None]):
    """Shows nothing but the book; keeps what it was left with."""

    CSS_PATH = Path(__file__).parents[2] / "tui" / "ui" / "style.tcss"

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.shelf = shelf
        self.left_with: list[int | None] = []
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = "dark"

    def on_mount(self) -> None:
        self.push_screen(BookScreen(self.shelf, SAY), self.left_with.append)


@dataclass(frozen=True, slots=True)
class BookStage:
    """The book under a pilot."""

    app: BookApp
    pilot: Pilot[None]

    @property
    def shelf(self) -> Shelf:
        return self.app.shelf

    async def press(self, keys: str) -> None:
        await self.pilot.press(*keys.split())
        await self.pilot.pause()

    async def fill_in(self, text: str) -> None:
        self.app.screen.query_one(Input).value = text
        await self.pilot.pause()

    async def shows(self, text: str, *, gone: bool = False) -> None:
        end = time.monotonic() + 10
        while (text in self.text()) is gone:
            assert time.monotonic() < end, self.text()
            await self.pilot.pause(0.01)

    def text(self) -> str:
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())

    def toasts(self) -> list[str]:
        return [str(toast.message) for toast in self.app._notifications]

    def names(self) -> list[str]:
        entries = {entry.id: entry for entry in self.shelf.entries}
        return [entries[merchant].name for merchant in self.app.screen.query_one(BookList).ids]


@asynccontextmanager
async def open_book(
    *entries: MerchantEntry, size: tuple[int, int] = (120, 40), way: str = "xclip"
) -> AsyncIterator[BookStage]:
    app = BookApp(Shelf(list(entries or (CHEN, LIN, WU)), way=way))
    async with app.run_test(size=size) as pilot:
        stage = BookStage(app, pilot)
        await stage.shows("08-20")
        yield stage


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
        await stage.shows("用手机扫一扫即可取到")
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
        assert "林老板" not in stage.text()
        await stage.press("h")
        await stage.shows("林老板")
        assert "154 6402 7195" not in stage.text()


HOSTILE = [
    "",
    "[bold red]红[/] [@click=app.quit]点[/]",
    "很长的名字" * 60,
    "a" * 300,
    "👨‍👩‍👧‍👦家族👍🏽" * 9,
    "ก็ำ̴͓̊" * 40,
    "مرحبا \u200b ﷽",
]


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_names_neither_break_lines_nor_are_obeyed(size: tuple[int, int]) -> None:
    entries = [
        replace(CHEN, id=number, name=text, note=text, categories=(text, text))
        for number, text in enumerate(HOSTILE, 1)
    ]
    async with open_book(*entries, size=size) as stage:
        assert "[bold red]" in stage.text()
        for keys in ("enter", "h s", "3 j n", "escape j f", "escape c"):
            await stage.press(keys)
            assert all(cells(line) == size[0] for line in stage.text().splitlines())
        assert stage.app.left_with == []


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [24, 46])
def test_no_line_of_the_details_is_wider_than_asked(text: str, width: int) -> None:
    value = text or "x"
    entry = replace(CHEN, name=text, note=text, contacts=(contact(1, Kind.LINK_CODE, value, NOW),))
    lines = detail_lines(entry, width, NOW, SAY)
    assert max(sum(cells(piece) for piece, _ in line.pieces) for line in lines) <= width
    assert any(line.contact == 0 for line in lines)


async def test_a_large_book_draws_only_what_is_seen() -> None:
    entries = [replace(LIN, id=number, name=f"商户{number}") for number in range(1, 5001)]
    async with open_book(*entries) as stage:
        assert "商户65" not in stage.text()
        for _page in range(6):
            await stage.press("ctrl+d")
        await stage.shows("商户115")
        await stage.press("G")
        await stage.shows("商户5000")
        await stage.shows("第500001篇")
        assert stage.app.screen.query_one(MerchantView).count < 30
