"""Journeys of hiding, of adding and removing feeds, and of taking all that back."""

from __future__ import annotations

from textual.widgets import Input

from tests.http_server import FeedServer
from tests.ui.conftest import Open, feeds_toml
from tests.ui.stage import Stage
from tui.config import load
from tui.model import Scope, ScopeKind


def titles(stage: Stage) -> list[str]:
    """What the list shows, shortened to the articles' numbers."""
    source = stage.desk.listing.source
    rows = [source.row(index) for index in range(len(source))]
    return [row.title.removeprefix("第").partition("篇")[0] for row in rows if row is not None]


def unread(stage: Stage) -> int:
    return stage.reader.categories()[0].unread


async def test_hidden_articles_go_at_once_and_can_be_put_back(server: FeedServer, open_reader: Open) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.press("j d")
        assert titles(stage)[:3] == ["11", "9", "8"], "before the store has it"
        assert stage.desk.articles.cursor == 1
        assert "已隐藏（u 撤销）：第10篇" in stage.text()
        await stage.until(lambda: unread(stage) == 11)
        await stage.shows("已隐藏  ")
        await stage.press("3 d")
        await stage.until(lambda: unread(stage) == 8)
        assert titles(stage)[:3] == ["11", "6", "5"]
        await stage.press("G d d")
        await stage.until(lambda: unread(stage) == 6)
        assert titles(stage) == ["11", "6", "5", "4", "3", "2"]
        stage.desk.open_scope(Scope(ScopeKind.HIDDEN))
        assert titles(stage) == ["10", "9", "8", "7", "1", "0"]
        await stage.press("d")
        await stage.until(lambda: unread(stage) == 7)
        assert titles(stage) == ["9", "8", "7", "1", "0"]
        await stage.press("u")
        await stage.shows("已撤销：取消隐藏 第10篇")
        assert titles(stage)[0] == "10"
        for left in (7, 8, 11):
            await stage.press("u")
            await stage.until(lambda left=left: unread(stage) == left)  # type: ignore[misc]
        await stage.press("u")
        await stage.shows("已撤销：隐藏 第10篇")
        # there is nothing hidden any more: the whole list is shown, the cursor on what came back
        await stage.until(lambda: len(titles(stage)) == 12)
        assert stage.desk.articles.cursor == 1
        assert "已隐藏  " not in stage.text()
        hidden = stage.desk.articles.current
        assert hidden is not None
        await stage.press("d")
        await stage.until(lambda: unread(stage) == 11)
        stage.desk.show_article(hidden)
        assert stage.desk.listing.query.scope.kind is ScopeKind.HIDDEN
        await stage.press("C u")
        await stage.shows("已撤销：打开（标为已读） 第10篇")
        await stage.press("u")
        await stage.shows("已撤销：隐藏 第10篇")
        await stage.press("q")
        await stage.until(lambda: len(titles(stage)) == 12)


async def test_what_is_hidden_leaves_a_search_and_comes_back_to_it(
    server: FeedServer, open_reader: Open
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.press("slash 1 enter")
        await stage.until(lambda: titles(stage) == ["11", "10", "1"])
        await stage.press("d")
        assert titles(stage) == ["10", "1"]
        await stage.until(lambda: unread(stage) == 11)
        await stage.press("u")
        await stage.until(lambda: titles(stage) == ["11", "10", "1"])


async def test_a_feed_is_added_by_its_address(server: FeedServer, open_reader: Open) -> None:
    known, url = server.url("/good.xml"), server.url("/good.xml?again")
    async with open_reader(feeds_toml(known)) as stage:
        await stage.shows("第11篇")
        before = stage.reader.config.path.read_text("utf-8")
        await stage.press("a")
        for typed, told in (("shop", "不是订阅源地址"), (f"{known}#x", "已经有这个订阅源了")):
            await answer(stage, typed)
            await stage.until(lambda told=told: any(told in toast for toast in stage.toasts()))  # type: ignore[misc]
            await stage.shows(typed)
        await answer(stage, url)
        await stage.shows("可留空")
        await stage.press("enter")
        await stage.until(lambda: len(stage.reader.feeds()) == 2)
        await stage.until(lambda: unread(stage) == 24)
        assert [feed.url for feed in stage.reader.config.feeds] == [known, url]
        stage.desk.open_scope(Scope(ScopeKind.FEED, stage.reader.feeds()[1].id))
        await stage.press("D y")
        await stage.until(lambda: stage.desk.listing.query.scope == Scope())
        assert len(titles(stage)) == 12
        for left in (24, 12):
            await stage.press("u")
            await stage.until(lambda left=left: unread(stage) == left)  # type: ignore[misc]
        assert stage.reader.config.path.read_text("utf-8") == before
        stage.desk.open_scope(Scope(ScopeKind.FAVORITES))
        await stage.press("D")
        await stage.shows("先选一个订阅源")


async def answer(stage: Stage, text: str) -> None:
    """Type a line into the dialog."""
    await stage.until(lambda: isinstance(stage.app.focused, Input))
    stage.app.screen.query_one(Input).value = text
    await stage.press("enter")


async def test_a_feed_is_removed_once_the_user_says_so(server: FeedServer, open_reader: Open) -> None:
    toml = "# mine\n" + feeds_toml(server.url("/good.xml"))
    async with open_reader(toml, language="en") as stage:
        await stage.shows("第11篇")
        await stage.press("f D")
        await stage.shows("Remove the feed “测试源”?")
        await stage.press("n")
        assert stage.reader.config.path.read_text("utf-8") == toml
        await stage.press("D y")
        await stage.until(lambda: not stage.reader.config.feeds)
        await stage.until(lambda: unread(stage) == 0)
        assert load(stage.reader.config.path).feeds == ()
        assert stage.reader.categories()[2].total == 1, "the favorite stays"
    async with open_reader(stage.reader.config.path.read_text("utf-8"), language="en") as stage:
        await stage.press("u")
        await stage.shows("Undone: remove feed 测试源")
        await stage.until(lambda: unread(stage) == 12)
        assert stage.reader.config.path.read_text("utf-8") == toml
        await stage.press("u")
        await stage.shows("Undone: favorite 第11篇")
        assert stage.reader.categories()[2].total == 0


async def test_what_happened_to_an_untitled_article_is_told_of_something(
    server: FeedServer, open_reader: Open
) -> None:
    item = "<item><guid>nameless</guid><link>http://shop.example/nameless</link></item>"
    server.routes["/good.xml"] = f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("（无标题）")
        await stage.press("d")
        await stage.shows("已隐藏（u 撤销）：（无标题）")
        await stage.press("u")
        await stage.shows("已撤销：隐藏 （无标题）")
