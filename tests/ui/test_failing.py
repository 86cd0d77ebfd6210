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


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_what_can_be_done_about_a_failing_feed_is_shown_to_its_end(
    server: FeedServer, open_reader: Open, size: tuple[int, int]
) -> None:
    page = "<!doctype html><html><head><link rel='alternate' type='application/rss+xml' href='/found.xml'>"
    server.routes["/ill.xml"] = f"{page}<title>首页</title></head><body>你好</body></html>".encode()
    async with open_reader(feeds_toml(server.url("/ill.xml")), size=size) as stage:
        await stage.press("h G l")
        address = f"网页上写着的订阅源：{server.url('/found.xml')}"

        def told() -> str:
            # wrapped lines as one, without blanks and the panes beside
            lines = (re.split("[▕▏]", line) for line in stage.text().splitlines())
            return re.sub(r"\s", "", "".join(part for line in lines for part in line[-2:-1] or line))

        whole = ("请检查feeds.toml里的地址。", address, "r立即重试")
        await stage.until(lambda: all(part in told() for part in whole))
        for other in ((90, 30), size):
            await stage.pilot.resize_terminal(*other)
            await stage.until(lambda: all(part in told() for part in whole))


async def test_a_notice_leaves_room_for_the_list(server: FeedServer, open_reader: Open) -> None:
    long = f"/{'long' * 200}.xml"
    page = f"<!doctype html><html><head><link rel='alternate' type='application/rss+xml' href='{long}'>"
    server.routes["/ill.xml"] = f"{page}<title>首页</title></head><body>你好</body></html>".encode()
    async with open_reader(feeds_toml(server.url("/ill.xml")), size=(80, 24)) as stage:
        await stage.press("h G")
        notice = stage.app.screen.query_one("#notice")
        await stage.until(lambda: notice.size.height == 5)
        await stage.until(lambda: bool(re.search("(long|ongl|nglo|glon)…", stage.text())))
        await stage.press("k")
        await stage.until(lambda: not notice.display)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_feeds_that_fail_are_gone_through_by_one_key(
    server: FeedServer, open_reader: Open, size: tuple[int, int]
) -> None:
    server.routes |= {"/lost.xml": Reply(status=404), "/ill.xml": Reply(status=503)}
    urls = map(server.url, ("/lost.xml", "/good.xml", "/ill.xml"))
    async with open_reader(feeds_toml(*urls), size=size) as stage:
        await stage.shows("失败（! 看原因）")
        for told in ("答复 404", "出错（503）", "答复 404"):
            await stage.press("!")
            await stage.shows(told)
        server.routes |= dict.fromkeys(("/lost.xml", "/ill.xml"), server.routes["/good.xml"])
        await stage.press("R")
        await stage.shows("刷新完成：3")
        await stage.press("!")
        await stage.shows("没有出问题的订阅源")
