"""What the driver stands on in the installed Textual, and the frame that it takes of a screen."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from threading import current_thread

import pytest
from textual import events as events_of
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.screen import Screen
from textual.widgets import Input

import tui.ui.app
from tests.http_server import FeedServer
from tests.ui.conftest import Open, feeds_toml
from tests.ui.stage import feed_xml, item_xml
from tui import processes
from tui.frame import is_harmless
from tui.hold import Hold
from tui.ui.driver import fast, names
from tui.ui.driver.fast import fast_driver
from tui.ui.driver.names import missing_names
from tui.ui.driver.pasting import LONGEST, Pastes
from tui.ui.driver.screens import frame_of
from tui.ui.help_screen import HelpScreen
from tui.ui.palette import Palette


def test_the_installed_textual_has_every_private_name_that_we_use() -> None:
    assert missing_names() == []


def test_a_name_that_went_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "FOUNDATIONS", ((Driver.process_message, ("no_such_name",)),))
    assert [name.rpartition(": ")[2] for name in missing_names()] == ["no_such_name"]
    assert fast_driver(None, {}) is None


@pytest.mark.skipif(sys.platform == "win32", reason="the stock driver serves")
def test_it_serves_terminals_and_leaves_textual_serve_its_own() -> None:
    assert fast_driver(Hold(), {}) is not None
    assert fast_driver(Hold(), {"TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver"}) is None


async def test_a_frame_holds_what_is_shown_and_nothing_that_a_terminal_obeys(open_reader: Open) -> None:
    hostile = item_xml(99, title="坏\x1b]52;c;cm0=\x07标\x9b2J题", wechat="shop_0099").encode()
    with FeedServer({"/good.xml": feed_xml(3, extra=hostile.decode().replace("\x1b", "&#27;"))}) as server:
        async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
            await stage.shows("第2篇")
            frame = frame_of(next(iter(stage.app.screen_stack)))
            assert is_harmless(frame)
            assert "第2篇".encode() in frame


class Reading:
    """The driver's way from what a terminal sends to keys, without a terminal."""

    def __init__(self, *, alt_keys: bool = False) -> None:
        self._driver = object.__new__(fast.FastDriver)
        self._driver._escaped = False
        self._driver._pastes = Pastes()
        self._driver.alt_keys = alt_keys
        self._parser = XTermParser()

    def __call__(self, *reads: str) -> list[str]:
        """The keys, and <pastes>, of some reads, with no time between them and enough behind them."""
        events = [event for read in reads for event in self._driver._events(self._parser, read)]
        if self._parser._timeout_time is not None:
            self._parser._timeout_time = 0.0
            events += self._parser.tick()
        return [
            event.key if isinstance(event, events_of.Key) else f"<{event.text}>"
            for event in events
            if isinstance(event, events_of.Key | events_of.Paste)
        ]


@pytest.mark.skipif(sys.platform == "win32", reason="the stock driver serves")
@pytest.mark.parametrize(
    ("reads", "keys"),
    [
        (("\x1bj",), ["escape", "j"]),
        (("\x1b", "j"), ["escape", "j"]),
        (("j\x1b", "1k"), ["j", "escape", "1", "k"]),
        (("\x1b\r",), ["escape", "enter"]),
        (("\x1b/", "\x1b货"), ["escape", "slash", "escape", "货"]),
        (("\x1b\x1bj",), ["escape", "escape", "j"]),
        (("\x1b",), ["escape"]),
        (("\x1b[A",), ["up"]),
        (("\x1b", "[A", "j"), ["up", "j"]),
        (("\x1b[", "5~"), ["pageup"]),
        (("\x1bOP\x1b",), ["f1", "escape"]),
        (("", "j"), ["j"]),
    ],
)
def test_an_escape_that_stands_alone_takes_no_key_along(reads: tuple[str, ...], keys: list[str]) -> None:
    assert Reading()(*reads) == keys


@pytest.mark.skipif(sys.platform == "win32", reason="the stock driver serves")
@pytest.mark.parametrize(
    ("reads", "told"),
    [
        (("j\x1b[200~微信\rwx\x1b[201~k",), ["j", "<微信\rwx>", "k"]),
        (("\x1b[200~微", "信\x1b[20", "1~\x1bj"), ["<微信>", "escape", "j"]),
        (("\x1b[200~a\x1bq" + "y" * 40 + "\x1b[201~",), ["<a\x1bq" + "y" * 40 + ">"]),
        (("\x1b[200~a\x1b[31mq\x1b[200~\x1b", "\x1b[201~j"), ["<a\x1b[31mq\x1b[200~\x1b>", "j"]),
        (("\x1b[200~\x1b[201~\x1b[200~b\x1b[201~",), ["<>", "<b>"]),
        (("\x1b[200~", *(["x" * 4096] * 99), "\x1b[201", "~j"), [f"<{'x' * LONGEST}>", "j"]),
    ],
)
def test_a_paste_is_one_whatever_is_in_it_and_presses_no_key(reads: tuple[str, ...], told: list[str]) -> None:
    assert Reading()(*reads) == told


@pytest.mark.skipif(sys.platform == "win32", reason="the stock driver serves")
def test_who_has_keys_with_alt_gets_them_and_a_second_escape_waits_anew() -> None:
    assert Reading(alt_keys=True)("\x1bj") == ["alt+j"]
    read = Reading()
    assert read("\x1b") == ["escape"]
    assert read("j") == ["j"]


@pytest.mark.skipif(sys.platform == "win32", reason="the stock driver serves")
async def test_keys_that_come_faster_than_they_are_dealt_with_wait_in_the_terminal(
    open_reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fast, "MOST_AHEAD", 32)
    with FeedServer({"/good.xml": feed_xml(9)}) as server:
        async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
            await stage.shows("第8篇")
            driver = fast.FastDriver(stage.app)
            opened: list[Screen[None]] = []
            ahead: list[int] = []

            def keys() -> Iterator[events_of.Key]:
                for number in range(100):
                    yield events_of.Key("question_mark", "?")
                    yield events_of.Key("escape", "\x1b")
                    ahead.append(number - len(opened))

            stage.app.screen_change_signal.subscribe(
                stage.app, lambda screen: opened.append(screen) if isinstance(screen, HelpScreen) else None
            )
            assert await asyncio.to_thread(lambda: all(map(driver._give, keys())))
            await stage.until(lambda: len(opened) == 100)
            assert max(ahead) <= 32


async def test_a_key_right_behind_the_one_that_leaves_a_dialog_goes_to_the_list(open_reader: Open) -> None:
    with FeedServer({"/good.xml": feed_xml(9)}) as server:
        async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
            await stage.shows("第8篇")
            for number, (opens, leaves) in enumerate(
                (("?", "escape"), ("s", "escape"), ("?", "x"), ("C", "escape"), ("C", "q")), 1
            ):
                await stage.press(opens)
                assert len(stage.app.screen_stack) == 2, opens
                for key in (leaves, "j"):
                    # at once, as what was typed in one go comes
                    character = "\x1b" if key == "escape" else key
                    stage.app.post_message(events_of.Key(key, character))
                await stage.until(lambda number=number: stage.desk.articles.cursor == number)  # type: ignore[misc]
                assert len(stage.app.screen_stack) == 1


async def test_what_is_typed_behind_the_escape_that_leaves_the_palette_is_not_looked_for(
    open_reader: Open,
) -> None:
    with FeedServer({"/good.xml": feed_xml(9)}) as server:
        async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
            await stage.press(":")
            await stage.shows("下翻半页")
            palette = stage.app.screen
            assert isinstance(palette, Palette)
            before, behind = (Input.Changed(palette.query_one(Input), "a") for _ in range(2))
            palette._done(before)
            palette.dismiss()
            palette._done(behind)
            assert (before._no_default_action, behind._no_default_action) == (False, True)
            assert len(stage.app.workers) == 0
            await stage.until(lambda: len(stage.app.screen_stack) == 1)


async def test_memory_is_given_back_once_no_key_has_come_for_a_while(
    open_reader: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []
    monkeypatch.setattr(tui.ui.app, "REST_SECONDS", 0.05)
    monkeypatch.setattr(processes, "give_memory_back", lambda: threads.append(current_thread().name))
    with FeedServer({"/good.xml": feed_xml(9)}) as server:
        async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
            await stage.shows("第8篇")
            assert threads == []
            await stage.press("j k")
            await stage.until(lambda: bool(threads))
            assert set(threads) == {"rest"}
