"""What hours of random keys, sizes and clicks have found."""

from __future__ import annotations

import gc
import weakref
from functools import partial
from html import escape
from typing import cast

from textual import events
from textual.command import Command, CommandList
from textual.widget import Widget
from textual.widgets import OptionList

from tests.http_server import FeedServer
from tests.ui.conftest import Open, feeds_toml
from tests.ui.stage import Stage, feed_xml
from tui.i18n import load_words
from tui.model import Kind
from tui.ui.choice_screen import ChoiceScreen
from tui.ui.palette import Palette


def one_item(html: str) -> bytes:
    item = f"<item><guid>1</guid><title>第1篇 女装</title><description>{escape(html)}</description></item>"
    return f"<rss version='2.0'><channel><title>源</title>{item}</channel></rss>".encode()


async def test_a_person_alone_is_nothing_to_choose(open_reader: Open) -> None:
    fields = ("类目：女装货源", "联系人：陈小姐", "微信号：", "QQ号：", "手机号：", "浏览量：3")
    block = "".join(f"<p>{field}</p>" for field in fields)
    with FeedServer({"/f": one_item(block)}) as server:
        async with open_reader(feeds_toml(server.url("/f"))) as stage:
            await stage.shows("第1篇")
            await stage.until(lambda: stage.desk.view.stored is not None)
            assert stage.desk.view.stored is not None
            assert [one.kind for one in stage.desk.view.stored.article.contacts] == [Kind.PERSON]
            await stage.press("Y")
            assert len(stage.app.screen_stack) == 1
            assert load_words("zh")("flash.no_contact") in stage.text()


async def test_a_palette_without_room_takes_the_keys_that_move(open_reader: Open) -> None:
    with FeedServer({"/f": feed_xml(3)}) as server:
        async with open_reader(feeds_toml(server.url("/f"))) as stage:
            await stage.shows("第2篇")
            await stage.press(":")
            await stage.shows("下翻半页")
            for size in ((20, 5), (20, 2), (120, 40)):
                await stage.pilot.resize_terminal(*size)
                await stage.press("pagedown pageup down up end home pagedown")
            assert isinstance(stage.app.screen, Palette)
            await stage.press("escape")
            assert len(stage.app.screen_stack) == 1


async def test_a_press_of_the_mouse_begins_no_selection_of_textuals(open_reader: Open) -> None:
    with FeedServer({"/f": feed_xml(3)}) as server:
        async with open_reader(feeds_toml(server.url("/f"))) as stage:
            await stage.shows("第2篇")
            await stage.press(":")
            await stage.shows("下翻半页")
            for x, y in ((20, 8), (60, 20), (60, 2)):
                press = events.MouseDown(None, x, y, 0, 0, 1, False, False, False, x, y)
                stage.app.screen._forward_event(press)
                assert stage.app.screen._select_state is None


async def test_the_last_of_many_contacts_is_chosen_by_keys(open_reader: Open) -> None:
    ids = [f"shipin_{number}8" for number in range(30)]
    with FeedServer({"/f": one_item("".join(f"<p>微信：{one}</p>" for one in ids))}) as server:
        async with open_reader(feeds_toml(server.url("/f"))) as stage:
            await stage.shows(ids[0])
            await stage.press("Y")
            assert isinstance(stage.app.screen, ChoiceScreen)
            await stage.press("space G enter")
            await copied(stage, ids[-1])


async def copied(stage: Stage, value: str) -> None:
    await stage.until(lambda: any(value in toast for toast in stage.toasts()))


async def test_escape_right_behind_the_palettes_key_leaves_it(open_reader: Open) -> None:
    with FeedServer({"/f": feed_xml(3)}) as server:
        async with open_reader(feeds_toml(server.url("/f"))) as stage:
            await stage.shows("第2篇")
            for _ in range(3):
                for key, character in ((":", ":"), ("escape", "\x1b")):
                    # at once, as what was typed in one go comes
                    stage.app.post_message(events.Key(key, character))
                await stage.pilot.pause()
                await stage.until(lambda: len(stage.app.screen_stack) == 1)
            await stage.press("j")
            assert stage.desk.articles.cursor == 1


async def test_a_command_of_the_palette_that_is_chosen_twice_runs_once(open_reader: Open) -> None:
    with FeedServer({"/f": feed_xml(3)}) as server:
        async with open_reader(feeds_toml(server.url("/f"))) as stage:
            await stage.shows("第2篇")
            await stage.press(":")
            await stage.shows("下翻半页")
            before = stage.app.theme
            listed = stage.app.screen.query_one(CommandList)
            options = [cast(Command, listed.get_option_at_index(at)) for at in range(listed.option_count)]
            index, theme = next(
                (at, option)
                for at, option in enumerate(options)
                if "theme" in cast("partial[None]", option.hit.command).args
            )
            for _ in range(2):
                listed.post_message(OptionList.OptionSelected(listed, theme, index))
            await stage.until(lambda: len(stage.app.screen_stack) == 1)
            await stage.pilot.pause()
            assert stage.app.theme != before


async def test_dialogs_that_are_left_are_forgotten_with_all_their_lines(open_reader: Open) -> None:
    with FeedServer({"/f": feed_xml(3)}) as server:
        async with open_reader(feeds_toml(server.url("/f"))) as stage:
            await stage.shows("第2篇")
            seen: list[weakref.ref[object]] = []
            for _ in range(4):
                for key in ("?", "s", ":", "C"):
                    await stage.press(key)
                    await stage.until(lambda: len(stage.app.screen_stack) == 2)
                    for widget in stage.app.screen.walk_children(Widget):
                        seen += [weakref.ref(widget), weakref.ref(widget._styles_cache)]
                    await stage.press("escape")
                    await stage.until(lambda: len(stage.app.screen_stack) == 1)
            gc.collect()
            alive = [kept for ref in seen if (kept := ref()) is not None]
            # Textual holds on to the screen that was left last
            assert len(alive) <= len(seen) // 8, alive
