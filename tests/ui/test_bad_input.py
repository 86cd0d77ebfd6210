"""Huge articles, titles and lists cost what is on the screen of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace

from tests import hostile
from tests.http_server import FeedServer
from tests.ui.conftest import Open, feeds_toml
from tests.ui.test_pace import Hours
from tui.errors import Code, Problem
from tui.feed_values import FeedRow, Refreshed
from tui.frame import is_harmless
from tui.i18n import load_words
from tui.model import Article, Block, BlockKind, Body, CategoryRow, Found, Scope, ScopeKind, StoredArticle
from tui.protocol import Progress, RefreshStarted
from tui.store import body_codec, feeds
from tui.text.width import cells, cut, fit
from tui.ui.article_layout import lay_out
from tui.ui.category_lines import CategoryLines
from tui.ui.desk import MANY, MANY_SECONDS
from tui.ui.driver.screens import frame_of
from tui.ui.pace import QUIET_SECONDS, Pace
from tui.ui.refresh_state import RefreshState

SAY = load_words("zh")
HUGE = tuple(Block(BlockKind.TEXT, f"第{n}段" + "货源稳定" * 30) for n in range(14_000))


def huge(*blocks: Block, title: str = "标题") -> StoredArticle:
    article = Article("u", title, Body(blocks), published=1_700_000_000)
    return StoredArticle(1, 1, "源", article, 1_700_000_000, read=False, favorite=False)


def test_the_first_page_of_five_megabytes_is_laid_out_alone() -> None:
    for stored in (huge(*HUGE), huge(Block(BlockKind.TEXT, "货" * 1_700_000)), huge(title="货" * 1_000_000)):
        layout = lay_out(stored, 60, SAY)
        layout.reach(40)
        assert 40 <= len(layout.lines) <= 41
        assert len(layout.paragraphs) < 40


def test_a_title_of_a_megabyte_is_cut_like_a_short_one() -> None:
    for title in ("货" * 1_000_000, "a" * 1_000_000, "\u0301" * 1_000_000, "👨\u200d👩" * 200_000):
        shown = fit(title, 40)
        assert cells(shown) == 40
        assert len(shown) < 1_000
    assert cut("短标题", 40) == "短标题"


async def test_the_end_of_five_megabytes_is_reached_between_other_work(
    server: FeedServer, open_reader: Open
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.until(lambda: not stage.desk.refresh.running)
        await stage.press("enter")
        await stage.until(lambda: stage.reader.categories()[0].unread == 11)
        body = body_codec.encode(huge(*HUGE).article.body)
        current = stage.desk.articles.current
        # stored before the limits of a refresh were there: a page so long no longer comes in
        stage.reader._writer.submit(
            lambda db: db.execute("UPDATE article_text SET body = ? WHERE id = ?", (body, current))
        ).result()
        stage.desk.preview()
        await stage.shows("第0段")
        stage.desk.view.scroll_to_end()
        assert not stage.desk.view.layout_now.finished
        await stage.shows("第13999段")
        assert stage.desk.view.at_end
        await stage.press("g g")
        await stage.shows("第0段")


async def test_thousands_of_categories_are_counted_twice_a_second_at_most(
    server: FeedServer, open_reader: Open
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        desk = stage.desk
        desk.category_rows += tuple(
            CategoryRow(Scope(ScopeKind.CATEGORY, n), f"类目{n}", 1, 1) for n in range(100, 100 + MANY)
        )
        many = desk.category_rows
        for _ in range(20):
            desk.counts_changed()
        assert desk.category_rows is many
        await stage.until(lambda: desk.category_rows is not many)


async def test_thousands_of_categories_are_counted_behind_a_key_and_not_before_it(
    server: FeedServer, open_reader: Open
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        desk, hours = stage.desk, Hours()
        counted: list[float] = []
        desk.counting = Pace(lambda: hours.now, hours.later, lambda: counted.append(hours.now), MANY_SECONDS)
        desk.category_rows *= MANY
        desk.counts_changed()
        hours.move(MANY_SECONDS - 0.01)
        await stage.press("j")
        hours.move(QUIET_SECONDS - 0.01)
        assert not counted
        hours.move(0.02)
        assert len(counted) == 1


def test_what_has_not_changed_in_a_list_of_categories_keeps_its_strip() -> None:
    rows = tuple(CategoryRow(Scope(ScopeKind.CATEGORY, n), f"类目{n}", n, n) for n in range(50))
    changed = (*rows[:3], replace(rows[3], unread=99), *rows[4:])
    feeds = tuple(FeedRow(n, f"u{n}", f"源{n}", "", n, n) for n in range(20))
    lines, refresh = CategoryLines(SAY), RefreshState()
    before = lines.make(rows, feeds, refresh)
    after = lines.make(changed, feeds, refresh)
    assert [n for n in range(71) if before[n] is not after[n]] == [3]
    refresh.take(RefreshStarted((7,)))
    waiting = lines.make(changed[:40], feeds[2:], refresh)
    assert len(waiting) == 40 + 1 + 18
    assert waiting == CategoryLines(SAY).make(changed[:40], feeds[2:], refresh)
    assert [line.name for line in waiting if line.state == "busy"] == ["源7"]


async def test_a_store_that_was_filled_by_another_hand_reaches_no_terminal(
    server: FeedServer, open_reader: Open
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.until(lambda: not stage.desk.refresh.running)
        evil = "坏" + "".join(hostile.ESCAPES.values()) + "".join(hostile.UNSEEN.values()) + "了"
        body = body_codec.encode(
            huge(Block(BlockKind.TEXT, evil), Block(BlockKind.ROW, f"{evil}\t2")).article.body
        )
        stage.reader._writer.submit(
            lambda db: (
                db.execute("UPDATE article SET title = ?", (evil,)),
                db.execute("UPDATE article_text SET body = ?, author = ?, link = ?", (body, evil, evil)),
                db.execute("UPDATE category SET name = name || ?", (evil,)),
                db.execute("UPDATE contact SET value = value || ?", (evil,)),
                db.execute("UPDATE merchant SET person = ?, note = ?", (evil, evil)),
                db.execute("UPDATE feed SET title = ?", (evil,)),
            )
        ).result()
        stage.desk.renew()
        stage.desk.recount()
        await stage.press("k j")
        for keys in ("enter", "Y", "escape", "y", "C", "enter", "escape", "escape"):
            await stage.press(keys)
            lines = [strip.text for strip in stage.app.screen._compositor.render_strips()]
            assert hostile.unsafe("".join(lines)) == set()
            assert {cells(line) for line in lines} == {120}
        assert "坏" in stage.text()
        assert is_harmless(frame_of(next(iter(stage.app.screen_stack))))


class Counted(tuple[CategoryRow, ...]):
    """Rows that count how often one goes through them."""

    walks = 0

    def __iter__(self) -> Iterator[CategoryRow]:
        Counted.walks += 1
        return super().__iter__()


async def test_a_bar_of_thousands_of_categories_goes_through_them_once(
    server: FeedServer, open_reader: Open
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml")), size=(80, 24)) as stage:
        await stage.shows("第11篇")
        desk = stage.desk
        many = (CategoryRow(Scope(ScopeKind.CATEGORY, n), f"类目{n}", 1, 1) for n in range(100, 5100))
        desk.category_rows = Counted((*desk.category_rows, *many))
        desk.listing.query = replace(desk.listing.query, scope=Scope(ScopeKind.CATEGORY, 5000))
        desk.redraw_bars()
        assert Counted.walks <= 2
        await stage.shows("类目5000")


async def test_a_feed_that_is_cut_says_so_and_promises_nothing(server: FeedServer, open_reader: Open) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.until(lambda: not stage.desk.refresh.running)
        word = Problem(Code.ENTRIES_CUT, {"kept": 20_000, "count": 20_007})
        stage.reader._writer.submit(
            lambda db: feeds.save_state(db, replace(feeds.states(db)[0], problem=word))
        ).result()
        number = stage.desk.feed_rows[0].id
        stage.desk.refresh.take(Progress((Refreshed(number, "", problem=word),)))
        stage.desk.renew()
        await stage.shows("! 12")
        stage.desk.open_scope(Scope(ScopeKind.FEED, stage.desk.feed_rows[0].id))
        await stage.shows("这个订阅源有 20007 条，只保留前 20000 条。")
        assert "r 立即重试" not in stage.text()
        assert stage.desk.feed_rows[0].next_check > 0


async def test_a_search_that_finds_more_than_it_shows_says_so(server: FeedServer, open_reader: Open) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.press("slash 篇")
        await stage.shows("1/12 ")
        ids = array("q", stage.desk.listing.source.ids)
        stage.desk.listing.found(Found(ids, complete=True, cut=True))
        stage.desk.grown()
        await stage.shows("1/12+ ")
        await stage.press("escape")
        await stage.shows("1/12 ")
