"""What the driver stands on in the installed Textual, and the frame that it takes of a screen."""

from __future__ import annotations

import sys

import pytest
from textual.driver import Driver

from tests.http_server import FeedServer
from tests.ui.conftest import Open, feeds_toml
from tests.ui.stage import feed_xml, item_xml
from tui.frame import is_harmless
from tui.hold import Hold
from tui.ui import driver
from tui.ui.driver import fast_driver, frame_of, missing_names


def test_the_installed_textual_has_every_private_name_that_we_use() -> None:
    assert missing_names() == []


def test_a_name_that_went_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "FOUNDATIONS", ((Driver.process_message, ("no_such_name",)),))
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
