"""A feed that fails says so above its articles."""

from __future__ import annotations

import re

import pytest

from tests.http_server import FeedServer, Reply
from tests.ui.conftest import Open, feeds_toml
from tui.i18n import load_words


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_feed_that_fails_says_why_when_it_is_tried_again_and_by_which_key(
    server: FeedServer, open_reader: Open, size: tuple[int, int]
) -> None:
    server.routes["/ill.xml"] = Reply(status=503)
    async with open_reader(feeds_toml(server.url("/ill.xml")), size=size) as stage:
        await stage.press("h G")
        await stage.shows("出错（503）。")
        (line,) = (line for line in stage.text().splitlines() if "出错（503）。" in line)
        assert re.search(r"127\.0\.0\.1 出错（503）。 (\d\d-\d\d )?\d\d:\d\d 再试，r 立即重试 ", line)
        assert load_words("zh")("notice.later") not in line
