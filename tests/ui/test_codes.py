"""Codes from an image file on a web server through the worker to the screen, and back to what they say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.codes.drawing import LONG_GROUP, PERSONAL, Image, code, poster, saved
from tests.http_server import FeedServer, Reply
from tests.ui.camera import payloads_on_screen
from tests.ui.conftest import Open, feeds_toml
from tests.ui.stage import Stage

JPEG = saved(poster(code(PERSONAL, 260)), "JPEG", quality=70)
WORDS = "早秋新款，扫码看款"


def with_image(server: FeedServer, data: bytes, *more: str, options: str = "") -> str:
    """A feed of one article with an image of these bytes; gives the feeds.toml for it."""
    html = f"<p>{WORDS}</p><p><img src='{server.url('/poster.jpg')}'></p>{''.join(more)}"
    item = f"<item><guid>1</guid><title>{WORDS}</title><description><![CDATA[{html}]]></description></item>"
    server.routes["/good.xml"] = f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
    server.routes["/poster.jpg"] = data
    return feeds_toml(server.url("/good.xml")) + options


def asked_for_images(server: FeedServer) -> int:
    return sum(request.path == "/poster.jpg" for request in server.requests)


async def look(stage: Stage) -> None:
    await stage.shows(WORDS)
    await stage.until(lambda: not stage.desk.refresh.running)
    await stage.press("w")


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [(120, 40), (80, 24), (50, 20)])
async def test_a_photo_with_a_code_goes_from_the_server_to_the_screen_and_says_the_same(
    server: FeedServer, open_reader: Open, size: tuple[int, int], theme: str
) -> None:
    async with open_reader(with_image(server, JPEG), size=size) as stage:
        stage.app.theme = theme
        await look(stage)
        await stage.shows("用手机微信扫一扫")
        assert payloads_on_screen(stage) == [PERSONAL]
        assert asked_for_images(server) == 1
        worker = stage.reader._worker._process
        assert worker is not None
        assert worker.pid != os.getpid(), "this process fetches and decodes nothing"
        await stage.press("escape w")
        await stage.shows("用手机微信扫一扫")
        assert asked_for_images(server) == 1, "what was found is kept"


async def test_a_feed_can_ask_for_its_codes_at_every_refresh(server: FeedServer, open_reader: Open) -> None:
    async with open_reader(with_image(server, JPEG, options="qr = true\n")) as stage:
        await stage.shows("按 w 显示")
        await stage.press("w")
        await stage.shows("用手机微信扫一扫")
        assert payloads_on_screen(stage) == [PERSONAL]


async def test_a_code_too_large_for_the_terminal_is_saved_as_a_file(
    server: FeedServer, open_reader: Open, tmp_path: Path
) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    long = LONG_GROUP + "A" * 300
    async with open_reader(with_image(server, saved(code(long, 900))), size=(50, 20)) as stage:
        await look(stage)
        await stage.until(lambda: any("qr.png" in toast for toast in stage.toasts()))
        path = tmp_path / "data" / "qr.png"
        assert str(path) in stage.toasts()[-1].replace("\n", "")
        with Image.open(path) as picture:
            assert [found.text for found in zxingcpp.read_barcodes(picture)] == [long]


async def test_a_payment_code_is_never_shown_and_the_wechat_id_is_offered_in_its_place(
    server: FeedServer, open_reader: Open
) -> None:
    payment = saved(code("wxp://f2f0AbCdEfGhIjKlMnOpQrStUvWxYz012345"))
    async with open_reader(with_image(server, payment, "<p>微信：nzhuo_8862</p>")) as stage:
        await look(stage)
        await stage.shows("手机扫码即得")
        assert payloads_on_screen(stage) == ["nzhuo_8862"]
        assert "wxp" not in stage.text()


@pytest.mark.parametrize(
    ("payload", "said"),
    [("wxp://f2f0AbCdEfGhIjKlMnOpQrStUvWxYz012345", "收款码"), ("WIFI:T:WPA;S:shop;P:1;;", "不是微信码")],
)
async def test_a_code_that_leads_to_nobody_is_named_and_not_shown(
    server: FeedServer, open_reader: Open, payload: str, said: str
) -> None:
    async with open_reader(with_image(server, saved(code(payload)))) as stage:
        await look(stage)
        await stage.shows(said)
        await stage.press("j w")
        await stage.shows(said)
        assert asked_for_images(server) == 1
        assert payload[:8] not in stage.text()


async def test_several_codes_are_told_apart_where_they_stand_and_where_one_is_chosen(
    server: FeedServer, open_reader: Open
) -> None:
    other = f"{PERSONAL[:-3]}9xZ"
    async with open_reader(with_image(server, saved(poster(code(PERSONAL), code(other))))) as stage:
        await look(stage)
        await stage.shows("显示哪一个的二维码？")
        await stage.press("escape")
        for key, value in (("w1", PERSONAL), ("w2", other)):
            lines = stage.text().splitlines()
            first = next(number for number, line in enumerate(lines) if line.rstrip().endswith(key))
            assert value[-6:] in lines[first + 1]
            await stage.press("w")
            await stage.shows(value[-6:])
            await stage.press(key[1])
            await stage.shows("用手机微信扫一扫")
            assert payloads_on_screen(stage) == [value]
            await stage.press("escape")


async def test_images_that_could_not_be_had_are_asked_for_again(
    server: FeedServer, open_reader: Open
) -> None:
    async with open_reader(with_image(server, b"")) as stage:
        server.routes["/poster.jpg"] = Reply(status=503)
        await look(stage)
        await stage.until(lambda: any("503" in toast for toast in stage.toasts()))
        assert "没有二维码" not in stage.text()
        server.routes["/poster.jpg"] = JPEG
        await stage.press("w")
        await stage.shows("用手机微信扫一扫")


async def test_a_phone_is_offered_as_a_number_to_dial(server: FeedServer, open_reader: Open) -> None:
    server.routes["/good.xml"] = (
        f"<rss version='2.0'><channel><item><guid>1</guid><title>{WORDS}</title>"
        "<description>电话 13864027195</description></item></channel></rss>"
    ).encode()
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await look(stage)
        await stage.shows("手机号 138 6402 7195")
        assert payloads_on_screen(stage) == ["tel:13864027195"]
