"""Pages and QR codes of articles, from feed to store, over real HTTP and the real worker."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.codes.broken import png_header
from tests.http_server import FeedServer, Reply
from tests.ui.stage import item_xml
from tui import enrich
from tui.errors import Code
from tui.feed_values import FeedSpec
from tui.i18n import explain, load_words
from tui.load import loader
from tui.model import Block, BlockKind, Body, Kind, ListQuery, Merchant, Source
from tui.protocol import CodesFound, PageTaken
from tui.refresh import Refresh
from tui.store import Connection, feeds, lists
from tui.store.completing import save_page
from tui.store.connection import open_store

NOW = 1_790_000_000
PAGE = """<html><head><meta charset="utf-8"><title>货</title></head><body>
<div class="nav"><a href="/">首页</a></div>
<div class="info"><h3>【商户信息】</h3><ul><li>类目：童装货源</li><li>联系人：沈姐</li>
<li>微信号：shen_tong66</li><li>手机号：15430012277</li></ul></div>
<div class="content"><p>{text}</p><p>{text}</p></div>
<div class="hot"><h3>相关文章</h3><a href="/2">别家：微信 bie_jia_0001</a></div></body></html>""".format(
    text="这批童装是自家工厂做的，棉料，尺码从九十到一百五，一手一件代发，支持退换，图片都是实拍。" * 4
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Connection]:
    connection = open_store(tmp_path / "huoyuan.db")
    yield connection
    connection.close()


@pytest.fixture
async def load() -> AsyncIterator[enrich.Load]:
    async with loader() as running:
        yield running


async def filled(store: Connection, server: FeedServer, *, page_feeds: tuple[str, ...] = ()) -> int:
    """Refresh a feed of one bare article that links to a page of the same server; gives the article's id."""
    item = item_xml(1).replace("http://shop.example/1", server.url("/page/1"))
    server.routes["/feed"] = f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
    feeds.sync_feeds(store, [FeedSpec(server.url("/feed"))], NOW)
    await Refresh(store, lambda _: None, lambda: NOW, page_feeds=page_feeds).run(feeds.states(store))
    return lists.article_ids(store, ListQuery(), 0)[0]


async def test_a_page_gives_its_text_and_its_merchants_contacts_only(
    store: Connection, load: enrich.Load
) -> None:
    with FeedServer({"/page/1": PAGE.encode()}) as server:
        article = await filled(store, server)
        result = await enrich.take_page(store, article, load, NOW)
        assert result.problem is None
        stored = lists.article(store, article)
        assert stored is not None
        found = {(contact.kind, contact.value) for contact in stored.article.contacts}
        assert (Kind.WECHAT, "shen_tong66") in found
        assert (Kind.MOBILE, "15430012277") in found
        assert (Kind.WECHAT, "bie_jia_0001") not in found
        assert stored.article.category == "童装货源"
        assert "一手一件代发" in stored.article.body.text
        await Refresh(store, lambda _: None, lambda: NOW + 9000).run(feeds.states(store))
        server.routes["/feed"] = server.routes["/feed"] + b" "  # type: ignore[operator]
        await Refresh(store, lambda _: None, lambda: NOW + 19000).run(feeds.states(store))
        again = lists.article(store, article)
        assert again is not None
        assert "一手一件代发" in again.article.body.text, "a refresh leaves the page's text"


async def test_a_feed_that_asks_for_full_text_gets_it_at_refresh(store: Connection) -> None:
    with FeedServer({"/page/1": PAGE.encode()}) as server:
        article = await filled(store, server, page_feeds=(server.url("/feed"),))
        stored = lists.article(store, article)
        assert stored is not None
        assert any(contact.value == "shen_tong66" for contact in stored.article.contacts)


@pytest.mark.parametrize(
    ("page", "code"), [(b"", Code.PAGE_FAILED), (b"<html><body></body></html>", Code.NO_TEXT)]
)
async def test_a_page_without_text_is_told_and_changes_nothing(
    store: Connection, load: enrich.Load, page: bytes, code: Code
) -> None:
    with FeedServer({"/page/1": page}) as server:
        article = await filled(store, server)
        before = lists.article(store, article)
        result = await enrich.take_page(store, article, load, NOW)
        assert result.problem is not None
        assert result.problem.code is code
        assert lists.article(store, article) == before


async def test_a_page_in_the_private_network_that_a_feed_names_is_not_read(
    store: Connection, load: enrich.Load
) -> None:
    with FeedServer({"/page/1": PAGE.encode()}) as server, FeedServer({"/x": PAGE.encode()}) as other:
        article = await filled(store, server)
        item = item_xml(1).replace("http://shop.example/1", other.url("/x").replace("127.0.0.1", "localhost"))
        server.routes["/feed"] = f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
        await Refresh(store, lambda _: None, lambda: NOW + 9000).run(feeds.states(store))
        result = await enrich.take_page(store, article, load, NOW)
        assert result.problem is not None
        assert result.problem.code is Code.PRIVATE_ADDRESS
        assert other.requests == []


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_a_page_or_image_that_failed_is_not_told_as_a_feed_that_is_tried_again(
    store: Connection, load: enrich.Load, language: str
) -> None:
    words = load_words(language)
    broken = Reply(status=503)
    with FeedServer({"/page/1": broken, "/1.png": png_header(13_000, 13_000), "/2.png": broken}) as server:
        article = await filled(store, server)
        results: list[PageTaken | CodesFound] = [await enrich.take_page(store, article, load, NOW)]
        for name in ("/1.png", "/2.png") if find_spec("zxingcpp") else ():
            image = Body((Block(BlockKind.IMAGE, "", target=0),), images=(server.url(name),))
            save_page(store, article, image, Merchant(), (), "", None, (), NOW)
            results.append(await enrich.look_for_codes(store, article, load, NOW))
        said = [explain(words, result.problem) for result in results if result.problem is not None]
        assert len(said) == len(results)
        for sentence, cause in zip(said, ("503", words("short.too_large"), "503"), strict=False):
            assert f"127.0.0.1：{cause}" in sentence or f"127.0.0.1: {cause}" in sentence
            assert " o " in sentence
            assert "{" not in sentence


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("status", [401, 403, 404, 410])
async def test_a_page_or_image_that_is_refused_is_told_of_the_article_and_not_of_the_feed(
    store: Connection, load: enrich.Load, status: int, language: str
) -> None:
    refused = Reply(status=status)
    with FeedServer({"/page/1": refused, "/1.png": refused}) as server:
        article = await filled(store, server)
        results: list[PageTaken | CodesFound] = [await enrich.take_page(store, article, load, NOW)]
        if find_spec("zxingcpp"):
            image = Body((Block(BlockKind.IMAGE, "", target=0),), images=(server.url("/1.png"),))
            save_page(store, article, image, Merchant(), (), "", None, (), NOW)
            results.append(await enrich.look_for_codes(store, article, load, NOW))
        stored = lists.article(store, article)
        assert stored is not None
        for result in results:
            assert result.problem is not None
            said = explain(load_words(language), result.problem)
            assert {part for part in (stored.article.title, str(status), "127.0.0.1") if part in said} == {
                stored.article.title,
                str(status),
                "127.0.0.1",
            }
            assert "feeds.toml" not in said
            assert " o " in said


async def test_a_long_title_is_cut_in_what_is_said(store: Connection, load: enrich.Load) -> None:
    with FeedServer({"/page/1": Reply(status=404)}) as server:
        article = await filled(store, server)
        said = []
        for length in (enrich.MOST_TITLE, enrich.MOST_TITLE + 1):
            store.execute("UPDATE article SET title = ? WHERE id = ?", ("货" * length, article))
            problem = (await enrich.take_page(store, article, load, NOW)).problem
            assert problem is not None
            said.append(problem.details["title"])
    assert said == ["货" * enrich.MOST_TITLE, "货" * (enrich.MOST_TITLE - 1) + "…"]


async def test_an_article_that_has_gone_is_told(store: Connection, load: enrich.Load) -> None:
    assert (await enrich.take_page(store, 99, load, NOW)).problem is not None
    assert (await enrich.look_for_codes(store, 99, load, NOW)).problem is not None


async def test_the_samples_code_goes_from_its_image_to_the_contacts(
    store: Connection, load: enrich.Load
) -> None:
    pytest.importorskip("zxingcpp", reason="reading codes is an optional extra")
    feeds.sync_feeds(store, [FeedSpec("sample:huoyuan.xml")], NOW)
    await Refresh(store, lambda _: None, lambda: NOW).run(feeds.states(store))
    pages = (lists.article(store, article) for article in lists.article_ids(store, ListQuery(), 0))
    article = next(page.id for page in pages if page is not None and page.article.body.images)
    result = await enrich.look_for_codes(store, article, load, NOW)
    assert (result.codes, result.problem) == (1, None)
    stored = lists.article(store, article)
    assert stored is not None
    code = next(contact for contact in stored.article.contacts if contact.kind is Kind.WECHAT_CODE)
    assert code.value.startswith("https://u.wechat.com/")
    assert code.source is Source.QR
