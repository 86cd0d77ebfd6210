"""A line is typed and mended by the usual keys, and drawn with its cursor in sight."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.http_server import FeedServer
from tests.ui.conftest import Open, feeds_toml
from tui.text.width import cells
from tui.ui.typed_line import TypedLine


def typed(keys: str, text: str = "") -> TypedLine:
    line = TypedLine(text)
    for key in keys.split():
        line.take(key, key if len(key) == 1 else None)
    return line


@pytest.mark.parametrize(
    ("text", "keys", "left", "at"),
    [
        ("", "磨 毛", "磨毛", 2),
        ("磨毛", "left 床 backspace", "磨毛", 1),
        ("磨毛", "backspace backspace backspace", "", 0),
        ("磨毛", "home delete 拉", "拉毛", 1),
        ("磨毛", "home left x end y right", "x磨毛y", 4),
        ("女装 货源", "ctrl+w", "女装 ", 3),
        ("女装 货源  ", "ctrl+w ctrl+w ctrl+w", "", 0),
        ("女装货源", "left left ctrl+k", "女装", 2),
        ("女装货源", "left left ctrl+u", "货源", 0),
        ("女装", "ctrl+a x ctrl+e y", "x女装y", 4),
        ("女装", "f5 pageup ctrl+q", "女装", 2),
    ],
)
def test_a_line_is_mended_by_the_usual_keys(text: str, keys: str, left: str, at: int) -> None:
    line = typed(keys, text)
    assert (line.text, line.at) == (left, at)


def test_a_key_that_does_nothing_in_a_line_says_so() -> None:
    assert not TypedLine("a").take("f5", None)
    assert not TypedLine("a").take("ctrl+q", "\x11")


@given(st.text("a货\u0301 ", max_size=40), st.integers(0, 40), st.integers(4, 30))
def test_the_cursor_is_always_in_sight(text: str, at: int, width: int) -> None:
    line = TypedLine(text)
    line.at = min(at, len(text))
    before, behind = line.window(width)
    assert cells(before) <= width - 2
    assert text[: line.at].endswith(before)
    assert cells(before) + cells(behind) <= width
    assert cells(text) > width - 2 or before + behind == text


async def test_the_head_of_the_list_takes_the_search_and_shows_its_cursor(
    server: FeedServer, open_reader: Open
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml")), size=(60, 24)) as stage:
        await stage.shows("第11篇")
        await stage.press("slash")
        await stage.shows("搜索标题、正文")

        def head() -> list[str]:
            strip = stage.app.screen.query_one("#articles-head").frame()[0]  # type: ignore[attr-defined]
            return [s.text for s in strip if s.style is not None and s.style.reverse]

        assert head() == ["”"]
        await stage.press("早 秋 left")
        assert head() == ["秋"]
        assert stage.app.cursor_position.x == cells(" 搜索“早")
        long = "货" * 60
        assert stage.app.screen.take_paste(long)  # type: ignore[attr-defined]
        assert head() == ["秋"]
        await stage.press("escape")
        assert head() == []
        assert not stage.app.screen.take_paste(long)  # type: ignore[attr-defined]


async def test_a_click_keeps_the_search_that_is_typed(server: FeedServer, open_reader: Open) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.press("slash 0 0 0 8")
        await stage.pilot.click("#article", offset=(5, 2))
        await stage.until(lambda: stage.desk.listing.query.search == "0008")
        assert stage.desk.typing is None


async def test_a_search_within_a_category_and_a_filter_says_where_it_looks(
    server: FeedServer, open_reader: Open
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.press("] ] ] ]")
        await stage.until(lambda: stage.desk.scope_name(stage.desk.listing.query.scope) == "女装货源")
        await stage.press("slash")
        await stage.shows("搜索“” · 女装货源")
        await stage.press("x i n _ 9")
        await stage.shows("搜索“xin_9” · 女装货源 ")
        await stage.shows("“女装货源”里没有找到“xin_9”")
        await stage.press("enter U")
        await stage.shows("“女装货源 · 未读”里没有找到“xin_9”")
        assert "搜索“xin_9” · 女装货源 · 未读" in stage.text()
        await stage.press("escape")
        await stage.until(lambda: stage.text().splitlines()[0].split("▕")[1].startswith(" 女装货源  "))
