"""The images of an article are looked at: which of them, in what order, and what becomes of broken ones."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

import pytest

from tests.codes.broken import NOISE, png_header
from tests.codes.drawing import LONG_GROUP, PERSONAL, code, poster, saved
from tui.codes.find import Found, find_codes
from tui.codes.places import place_of
from tui.codes.wire import UNREADABLE
from tui.errors import Code, HuoyuanError
from tui.feeds.parse import parse
from tui.local import is_local, read_local
from tui.model import Contact, Kind, Source
from tui.text.html import to_body

SITE = "https://pictures.example/"
CHILDREN = Path("/proc/thread-self/children")


@dataclass(frozen=True, slots=True)
class Site:
    """Images by name, and what was asked for."""

    images: dict[str, bytes | HuoyuanError]
    asked: list[str] = field(default_factory=list)

    async def fetch(self, place: str) -> bytes:
        self.asked.append(place)
        if is_local(place):
            return read_local(place)
        image = self.images[place.removeprefix(SITE)]
        if isinstance(image, HuoyuanError):
            raise image
        return image

    async def look(self, *names: str) -> Found:
        return await find_codes([SITE + name for name in names], self.fetch)


def values(found: Found) -> list[str]:
    """The contacts' links."""
    return [contact.value for contact in found.contacts]


async def test_the_codes_of_all_images_in_their_order() -> None:
    site = Site(
        {"a.png": saved(code(PERSONAL)), "b.jpg": saved(poster(), "JPEG"), "c": saved(code(LONG_GROUP))}
    )
    found = await site.look("c", "b.jpg", "a.png")
    assert (values(found), found.looked, found.problems) == ([LONG_GROUP, PERSONAL], 3, ())
    assert {contact.source for contact in found.contacts} == {Source.QR}


async def test_a_broken_image_disturbs_no_other() -> None:
    site = Site(
        {
            "1": HuoyuanError(Code.TIMEOUT, host="pictures.example"),
            "2": NOISE,
            "3": png_header(13_000, 13_000),
            "4": b"\0" * (10 * 2**20 + 1),
            "5": saved(code(PERSONAL)),
        }
    )
    found = await site.look("1", "2", "3", "4", "5")
    assert (values(found), found.looked) == ([PERSONAL], 1)
    assert [problem.code for problem in found.problems] == [
        Code.TIMEOUT,
        UNREADABLE,
        Code.TOO_LARGE,
        Code.TOO_LARGE,
    ]
    assert {problem.details["host"] for problem in found.problems} == {"pictures.example"}


async def test_payments_are_no_contacts_and_the_same_code_counts_once() -> None:
    site = Site(
        {
            "pay": saved(code("wxp://f2f0AbCdEfGhIjKlMnOpQrStUvWxYz012345")),
            "small": saved(code(PERSONAL, 120)),
            "large": saved(code(PERSONAL, 600)),
            "loud": saved(code(PERSONAL.replace("https://u.wechat.com", "HTTPS://U.WECHAT.COM"))),
        }
    )
    found = await site.look("pay", "small", "large", "loud")
    assert (values(found), found.looked) == ([PERSONAL], 4)


async def test_twenty_distinct_images_and_nothing_but_the_web() -> None:
    image = saved(code(PERSONAL))
    site = Site({f"{number}": image for number in range(30)})
    others = [
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "sample:qr.png",
        "http://[",
        "",
        "ftp://a.example/x",
    ]
    urls = [*others, *(f"{SITE}{number // 2}" for number in range(60))]
    found = await find_codes(urls, site.fetch)
    assert sorted(site.asked) == sorted(f"{SITE}{number}" for number in range(20))
    assert found.looked == 20


async def test_an_article_without_images_costs_nothing() -> None:
    site = Site({})
    assert await find_codes([], site.fetch) == Found()
    assert await find_codes(["sample:qr.png"], site.fetch) == Found()
    assert site.asked == []


@pytest.mark.skipif(not CHILDREN.exists(), reason="this system does not list a process's children")
async def test_a_look_that_is_broken_off_ends_its_child() -> None:
    started, forever = asyncio.Event(), asyncio.Event()

    async def fetch(_: str) -> bytes:
        started.set()
        await forever.wait()
        return b""

    before = CHILDREN.read_text("ascii")
    look = asyncio.create_task(find_codes([SITE], fetch))
    await started.wait()
    assert CHILDREN.read_text("ascii") != before
    look.cancel()
    with pytest.raises(asyncio.CancelledError):
        await look
    assert CHILDREN.read_text("ascii") == before


async def test_without_the_extra_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zxingcpp.py").write_text("raise ImportError", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    site = Site({"a": saved(code(PERSONAL))})
    with pytest.raises(HuoyuanError) as refusal:
        await site.look("a")
    assert refusal.value.problem.code is Code.QR_MISSING
    assert site.asked == []


async def test_the_bundled_sample_from_its_feed_to_its_contact() -> None:
    feed = parse((resources.files("tui") / "samples" / "huoyuan.xml").read_bytes(), now=1_788_000_000)
    images = [image for entry in feed.entries for image in to_body(entry.html).images]
    site = Site({})
    found = await find_codes(images, site.fetch)
    assert "sample:qr.png" in site.asked
    link = "https://u.wechat.com/MHuoYuanShiLiErWeiMa001"
    assert found.contacts == (Contact(Kind.WECHAT_CODE, link, 0, 0, "", Source.QR, 0.9),)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://huoyuan.invalid/qr.png", "sample:qr.png"),
        ("https://huoyuan.invalid.example/qr.png", "https://huoyuan.invalid.example/qr.png"),
        ("http://shop.example/https://huoyuan.invalid/", "http://shop.example/https://huoyuan.invalid/"),
    ],
)
def test_only_the_samples_images_are_local(url: str, place: str) -> None:
    assert place_of(url) == place


def test_a_place_that_leaves_the_samples_is_not_read() -> None:
    with pytest.raises(HuoyuanError):
        read_local(place_of("https://huoyuan.invalid/../errors.py"))
