"""Keys that come in one read of the terminal: each finds the state that the one before it left."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from tests.http_server import FeedServer
from tests.ui.conftest import Open, feeds_toml
from tests.ui.stage import Stage
from tui.model import ScopeKind

NAMES = {"/": "slash", "\x1b": "escape", "\r": "enter"}


def burst(stage: Stage, keys: str) -> None:
    """Hand keys to the app without leaving it time in between."""
    for key in keys:
        stage.app.post_message(events.Key(NAMES.get(key, key), key))


async def test_letters_behind_the_slash_are_searched_for(server: FeedServer, open_reader: Open) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        burst(stage, "/qjm")
        await stage.until(lambda: stage.desk.listing.query.search == "qjm")
        burst(stage, "\x1bj")
        await stage.until(lambda: stage.desk.articles.cursor == 1)
        assert stage.desk.listing.query.search == ""
        burst(stage, "/早秋\r]")
        await stage.until(lambda: stage.desk.listing.query.scope.kind is ScopeKind.TODAY)
        assert stage.desk.typing is None
        assert stage.desk.listing.query.search == "", "] is no letter of the search: it shows another list"


async def test_letters_behind_the_slash_of_the_book_are_searched_for(
    server: FeedServer, open_reader: Open
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.press("C")
        await stage.shows("shop_0011")
        burst(stage, "/q0011")
        await stage.until(lambda: stage.app.screen.query_one(Input).value == "q0011")


async def test_the_status_bar_names_the_keys_of_the_search_while_it_is_typed(
    server: FeedServer, open_reader: Open
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.until(lambda: not stage.desk.refresh.running)
        # what became of the refresh would stand there for seconds
        stage.desk.flash("")
        await stage.press("slash")
        await stage.shows("Esc 取消")
        assert "复制微信" not in stage.text()
        await stage.press("escape")
        await stage.shows("复制微信")
        assert "Esc 取消" not in stage.text()
