"""Links from a feed to the browser: another site is asked for, and what would deceive is said."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from tests.http_server import FeedServer
from tests.ui.conftest import Open, feeds_toml
from tests.ui.stage import Stage, feed_xml


def item(number: int, link: str, *links: str) -> str:
    anchors = "".join(f'<p><a href="{escape(other)}">{n}</a></p>' for n, other in enumerate(links, 1))
    return (
        f"<item><guid>v{number}</guid><title>链接{number}</title><link>{escape(link)}</link>"
        f"<pubDate>Mon, 10 Aug 2026 20:{number:02}:00 +0800</pubDate>"
        f"<description>{escape(anchors)}</description></item>"
    )


async def visited(stage: Stage, tools: Path) -> str:
    """The link that the browser was given, of which there must be one."""
    await stage.until((tools / "visited").exists)
    count, link = (tools / "visited").read_text().split()
    (tools / "visited").unlink()
    assert count == "1"
    return link


async def test_a_link_of_the_feeds_own_site_is_opened_at_once(open_reader: Open, tools: Path) -> None:
    with FeedServer() as server:
        server.routes["/f.xml"] = feed_xml(1, extra=item(1, server.url("/a?b=1")))
        async with open_reader(feeds_toml(server.url("/f.xml"))) as stage:
            await stage.shows("链接1")
            await stage.press("o")
            assert await visited(stage, tools) == server.url("/a?b=1")


async def test_another_site_is_asked_for_once_and_one_in_disguise_is_told(
    open_reader: Open, tools: Path
) -> None:
    links = ("http://evil.example/$(x) y", "https://taob\u0430o.com/", "https://货源.中国/")
    with FeedServer({"/f.xml": feed_xml(1, extra=item(1, "http://a.example/", *links))}) as server:
        async with open_reader(feeds_toml(server.url("/f.xml"))) as stage:
            await stage.shows("链接1")
            for leave in ("n", "escape"):
                await stage.press("1 o")
                await stage.shows("这个链接通向另一个网站：evil.example")
                assert "http://evil.example/%24%28x%29%20y" in stage.text()
                await stage.press(leave)
            await stage.press("1 o y")
            assert await visited(stage, tools) == "http://evil.example/%24%28x%29%20y"
            await stage.press("1 o")
            assert await visited(stage, tools) == "http://evil.example/%24%28x%29%20y"
            await stage.press("2 o")
            await stage.shows("taob\u0430o.com (xn--taobo-7ve.com)")
            assert "形近" in stage.text()
            await stage.press("escape 3 o")
            await stage.shows("货源.中国 (xn--b9wn66d.xn--fiqs8s)")
            assert "形近" not in stage.text()
            await stage.press("enter")
            assert await visited(stage, tools) == "https://xn--b9wn66d.xn--fiqs8s/"


async def test_a_disguised_host_is_asked_for_even_where_it_is_the_feeds_own(open_reader: Open) -> None:
    link = "https://taob\u0430o.com/1"
    with FeedServer({"/f.xml": feed_xml(0, extra=item(1, link))}) as server:
        async with open_reader(feeds_toml(server.url("/f.xml"))) as stage:
            await stage.shows("链接1")
            own = "UPDATE feed SET url = 'https://xn--taobo-7ve.com/feed'"
            stage.reader._writer.submit(lambda db: db.execute(own)).result()
            assert stage.reader.is_own_site(stage.desk.feed_rows[0].id, "xn--taobo-7ve.com")
            await stage.press("o")
            await stage.shows("taob\u0430o.com (xn--taobo-7ve.com)")


async def test_markup_in_a_title_does_nothing_when_it_is_clicked(open_reader: Open) -> None:
    title = "甲[@click=app.quit]点我[/]"
    extra = item(1, "http://a.example/").replace("链接1", title)
    with FeedServer({"/f.xml": feed_xml(1, extra=extra)}) as server:
        async with open_reader(feeds_toml(server.url("/f.xml"))) as stage:
            await stage.shows(title)
            for y, line in enumerate(stage.text().splitlines()):
                if title in line:
                    before = line.partition("点我")[0]
                    x = len(before) + sum(char > "\u2e80" for char in before)
                    await stage.pilot.click(offset=(x, y))
                    await stage.pilot.pause()
            assert stage.app.is_running
            assert stage.app.return_code is None


async def test_where_most_of_a_feeds_articles_are_is_no_other_site(open_reader: Open, tools: Path) -> None:
    extra = item(59, "http://evil.example/1")
    with FeedServer({"/f.xml": feed_xml(4, extra=extra)}) as server:
        async with open_reader(feeds_toml(server.url("/f.xml"))) as stage:
            await stage.shows("链接59")
            feed = stage.desk.feed_rows[0].id
            assert stage.reader.is_own_site(feed, "shop.example")
            assert stage.reader.is_own_site(feed, "www.shop.example")
            assert not stage.reader.is_own_site(feed, "evil.example")
            assert not stage.reader.is_own_site(feed, "notshop.example")
            await stage.press("G o")
            assert (await visited(stage, tools)).startswith("http://shop.example/")


async def test_a_link_is_chosen_by_its_number_opened_by_the_same_question_or_copied(
    open_reader: Open, tools: Path
) -> None:
    far = f"http://a.very.long.name.that.pretends.{'x' * 40}.evil.example/"
    links = (
        "/a?b=1",
        "https://taob\u0430o.com/",
        far,
        "mailto:a@b.example",
        *(f"/{n}" for n in range(5, 13)),
    )
    with FeedServer() as server:
        own = server.url("/own")
        server.routes["/f.xml"] = feed_xml(1, extra=item(1, own, *links))
        async with open_reader(feeds_toml(server.url("/f.xml")), size=(80, 24)) as stage:
            await stage.shows("链接1")
            await stage.press("L")
            shown = stage.text()
            assert " 文章里的链接 " in shown
            assert f" {own}" in shown
            for words in ("文章本身", " 2  ! taob\u0430o.com ", ".evil.example  3", " 4  mailto "):
                assert words in shown, words
            await stage.press("1 9")
            assert " 2/13 " in stage.text()
            assert stage.desk.screen is not stage.app.screen, "there is no link 19, and nobody asked for 9"
            await stage.press("y")
            await stage.until(lambda: f"已复制 链接 {server.url('/a?b=1')}" in "".join(stage.toasts()))
            assert (tools / "board").read_text() == server.url("/a?b=1")
            await stage.press("L 0")
            assert await visited(stage, tools) == own
            await stage.press("L 1 2")
            assert await visited(stage, tools) == server.url("/12")
            await stage.press("L j j enter")
            await stage.shows("taob\u0430o.com (xn--taobo-7ve.com)")
            await stage.press("n L G k o")
            assert await visited(stage, tools) == server.url("/11")
            await stage.press("L 4")
            await stage.until(lambda: "没有打开这个链接" in "".join(stage.toasts()))
            await stage.press("L escape")
            assert stage.desk.screen is stage.app.screen
