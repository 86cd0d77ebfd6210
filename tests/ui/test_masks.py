"""A contact that was masked where it was found is flagged, and what is shown of it is what is copied."""

from __future__ import annotations

import json
from pathlib import Path

from tests.http_server import FeedServer
from tests.ui.conftest import Open, feeds_toml
from tui.model import Kind, Mask

UNSEEN, ALIKE = "! 隐形字符", "! 形近字母"


def feed(*items: dict[str, object]) -> bytes:
    """A JSON feed of such items, the first one the newest."""
    numbered = [
        {"id": str(number), "title": "一篇货源", "date_published": f"2026-08-{20 - number}T00:00:00Z"} | item
        for number, item in enumerate(items)
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": "源", "items": numbered}
    return json.dumps(head).encode()


CASES: tuple[tuple[dict[str, object], str, Mask], ...] = (
    ({"_merchant": {"wechat": "nz\u200bhuo_8860"}}, "nzhuo_8860", Mask.UNSEEN),
    ({"_merchant": {"wechat": "nz\x1b]52;c;eA==\x07huo_8861"}}, "nzhuo_8861", Mask.UNSEEN),
    ({"_merchant": {"wechat": "nzhu\u043e_8862"}}, "nzhuo_8862", Mask.ALIKE),
    ({"title": "加微信：nz\u2060huo_8863"}, "nzhuo_8863", Mask.UNSEEN),
    ({"content_html": "<p>微信：nz<i>h</i>&#8203;&shy;uo_8864</p>"}, "nzhuo_8864", Mask.UNSEEN),
    ({"content_html": "<p>微信：nzhu\u043e_8865</p>"}, "nzhuo_8865", Mask.ALIKE),
    ({"content_html": "<p>\u200b微信：\u200bnzhuo_8866\u200b，备注</p>"}, "nzhuo_8866", Mask.NONE),
    ({"content_html": "<p>微信：nzhuo_8867，W\u200bord</p>"}, "nzhuo_8867", Mask.NONE),
)


async def test_panel_and_chooser_flag_what_was_masked(open_reader: Open, tools: Path) -> None:
    with FeedServer({"/f": feed(*(item for item, _, _ in CASES))}) as server:
        async with open_reader(feeds_toml(server.url("/f"))) as stage:
            for _, value, mask in CASES:
                await stage.shows(value)
                stored = stage.desk.current()
                assert stored is not None
                (contact,) = stored.article.contacts
                assert (contact.kind, contact.value, contact.mask) == (Kind.WECHAT, value, mask)
                words = {Mask.UNSEEN: UNSEEN, Mask.ALIKE: ALIKE, Mask.NONE: ""}[mask]
                assert words in stage.text()
                assert mask is not Mask.NONE or "! " not in stage.text()
                await stage.press("j")
            await stage.press("Y")
            assert "! " not in stage.text()
            await stage.press("escape g g Y")
            await stage.shows(f"{UNSEEN} · ")
            await stage.press("enter")
            await stage.until((tools / "board").exists)
            assert (tools / "board").read_text("utf-8") == CASES[0][1]


async def test_the_bar_of_a_narrow_screen_flags_it_too_and_a_page_can_bring_it(open_reader: Open) -> None:
    text = "<p>网页正文，广州十三行女装一手货源。</p><p>微信：wx\u200b_88abc</p>"
    page = f"<html><body><article>{text}</article></body>"
    with FeedServer({"/page": page.encode()}) as server:
        server.routes["/f"] = feed({"url": server.url("/page"), "_merchant": {"wechat": "nz\u200bhuo_8862"}})
        async with open_reader(feeds_toml(server.url("/f")), size=(50, 20)) as stage:
            await stage.shows(f"nzhuo_8862 {UNSEEN}")
            await stage.press("x")
            await stage.until(lambda: len(stage.desk.current().article.contacts) == 2)  # type: ignore[union-attr]
            masks = {contact.value: contact.mask for contact in stage.desk.current().article.contacts}  # type: ignore[union-attr]
            assert masks["wx_88abc"] is Mask.UNSEEN
