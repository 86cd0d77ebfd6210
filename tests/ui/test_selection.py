"""The mouse selects whole characters in the article; lines that were only wrapped are copied in one piece."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from tests.http_server import FeedServer
from tests.ui.conftest import Open, feeds_toml
from tests.ui.stage import Stage, item_xml
from tui.text.found import found
from tui.ui.article_lines import Layout, Paragraph
from tui.ui.article_selection import between, paragraph_at, place_at, text_of, word_at

TEXT = "广州十三行女装一手货源，三件混批，加微信nzhuo_8862看图。" * 4


def layout(*texts: str, room: int = 20) -> Layout:
    made = Layout(iter([Paragraph(text, first="• ", rest="  ") for text in texts]), room)
    made.reach(1000)
    return made


def test_either_half_of_a_wide_character_is_that_character() -> None:
    laid = layout("女装货源")
    assert [place_at(laid, 0, cell)[1] for cell in range(6)] == [0, 1, 2, 2, 3, 3]
    assert place_at(laid, 0, 99) == (0, 5)
    assert place_at(laid, 99, 0) == (0, 0)


def test_wrapped_lines_are_joined_and_paragraphs_are_not() -> None:
    laid = layout(TEXT, "第二段")
    last = len(laid.lines) - 1
    assert text_of(laid, between((last, 99), (0, 0))) == f"{TEXT}\n第二段"
    assert text_of(laid, between((0, 2), (0, 3))) == "广州"


def test_words_that_a_break_parts_keep_their_space() -> None:
    laid = layout("one two three four five six seven", room=12)
    assert len(laid.lines) > 2
    assert text_of(laid, paragraph_at(laid, (1, 3))) == "one two three four five six seven"


def test_a_double_click_takes_an_id_or_the_chinese_up_to_the_next_sign() -> None:
    laid = layout("加微信：nzhuo_8862，看图", room=60)
    assert text_of(laid, word_at(laid, (0, 9))) == "nzhuo_8862"
    assert text_of(laid, word_at(laid, (0, 3))) == "加微信"
    assert text_of(laid, word_at(laid, (0, 5))) == "："


def test_what_a_search_compares_is_what_is_marked() -> None:
    assert found("童裝Ａ貨，童装", ("童装", "a货")) == [(0, 4), (5, 7)]
    assert found("Straße", ("ss",)) == [(4, 5)]
    assert found("女装", ()) == []


async def drag(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    """Drag with the left button in the article."""
    await pilot.mouse_down("#article", offset=start)
    await pilot.hover("#article", offset=end)
    await pilot.mouse_up("#article", offset=end)
    await pilot.pause()


def selected(stage: Stage) -> str:
    return stage.desk.view.selected_text


async def test_dragging_copies_on_release_and_ctrl_c_copies_again(
    server: FeedServer, open_reader: Open, tools: Path
) -> None:
    item = item_xml(1, title="拖动选择").replace("没有联系方式。", TEXT)
    server.routes["/good.xml"] = f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("广州十三行")
        await drag(stage.pilot, (2, 3), (6, 4))
        first = stage.desk.view.layout_now.lines[3]
        assert selected(stage) == TEXT[: first.end + 3]
        await stage.until((tools / "board").exists)
        await stage.until(lambda: (tools / "board").read_text() == selected(stage))
        (tools / "board").unlink()
        await stage.press("ctrl+c")
        await stage.until((tools / "board").exists)
        await stage.pilot.click("#article", offset=(3, 3))
        assert selected(stage) == ""
        await stage.press("ctrl+c")
        await stage.shows("没有选中文字")


async def test_a_drag_over_the_list_selects_nothing(server: FeedServer, open_reader: Open) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.pilot.mouse_down("#articles", offset=(20, 1))
        await stage.pilot.hover("#articles", offset=(30, 4))
        await stage.pilot.mouse_up("#articles", offset=(30, 4))
        assert stage.app.screen.get_selected_text() is None
        assert selected(stage) == ""


async def test_a_search_marks_its_words_in_titles_and_text(server: FeedServer, open_reader: Open) -> None:
    item = item_xml(30, title="童鞋一手货源").replace("没有联系方式。", "这批童鞋是现货")
    server.routes["/good.xml"] = f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("童鞋一手货源")
        await stage.press("slash 童 鞋")
        await stage.shows("搜索")

        def marked() -> list[str]:
            panes = (stage.desk.articles, stage.desk.view)
            segments = (segment for pane in panes for strip in pane.frame() for segment in strip)
            return [s.text for s in segments if s.style is not None and s.style.underline and s.style.bold]

        await stage.until(lambda: marked() == ["童鞋", "童鞋", "童鞋"])
        await stage.press("escape")
        await stage.until(lambda: marked() == [])
