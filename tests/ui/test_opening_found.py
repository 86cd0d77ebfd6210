"""An article opened from a search shows what was searched for, however deep it stands."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest

from tests.http_server import FeedServer
from tests.ui.conftest import Open, feeds_toml
from tests.ui.stage import item_xml
from tui.ui.panes import Pane

LONG = "".join(f"<p>第{number}段，早秋新款到货。</p>" for number in range(90))


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_an_article_found_by_words_deep_in_it_is_opened_there(
    server: FeedServer, open_reader: Open, size: tuple[int, int]
) -> None:
    deep = item_xml(30, title="价目表").replace("没有联系方式。", f"{escape(LONG)}只有这里说磨毛床单")
    server.routes["/good.xml"] = f"<rss version='2.0'><channel>{deep}{item_xml(1)}</channel></rss>".encode()
    async with open_reader(feeds_toml(server.url("/good.xml")), size=size) as stage:
        await stage.shows("价目表")
        await stage.press("slash 磨 毛 enter")
        await stage.shows("1/1")
        assert "只有这里说磨毛床单" not in stage.text()
        await stage.press("l")
        await stage.shows("只有这里说磨毛床单")
        # the user's own place stays when the article is left for the list and opened again
        await stage.press("g g h l")
        await stage.until(lambda: "价目表" in stage.text())
        assert stage.desk.view.top == 0


async def test_an_article_whose_first_page_has_the_words_is_opened_at_its_top(
    server: FeedServer, open_reader: Open
) -> None:
    item = item_xml(30, title="磨毛床单").replace("没有联系方式。", f"{escape(LONG)}磨毛床单，厂里直发")
    server.routes["/good.xml"] = f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("磨毛床单")
        await stage.press("slash 磨 毛 enter l")
        await stage.until(lambda: stage.desk.panes.now is Pane.ARTICLE)
        assert stage.desk.view.top == 0
        # of two words the one that the first page lacks is looked for
        await stage.press("h slash space 直 发 enter l")
        await stage.shows("厂里直发")
