"""Codes are read from images as merchants post them, and nothing is read into others."""

from __future__ import annotations

from contextlib import suppress
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.codes.broken import NOISE, png_header
from tests.codes.drawing import LONG_GROUP, PERSONAL, Image, code, poster, saved, with_logo
from tui.codes.images import MOST_PIXELS, decode
from tui.codes.wire import UNREADABLE
from tui.errors import Code, HuoyuanError

ALIPAY = "https://qr.alipay.com/fkx01234abcdefghij"


@pytest.mark.parametrize("text", [PERSONAL, LONG_GROUP, ALIPAY, "微信号：nzhuo_8862"])
@pytest.mark.parametrize("size", [90, 120, 300, 430, 1200])
def test_a_clean_code_of_any_size(text: str, size: int) -> None:
    assert decode(saved(code(text, size))) == (text,)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_every_format(kind: str) -> None:
    assert decode(saved(code(PERSONAL), kind)) == (PERSONAL,)


@pytest.mark.parametrize("mode", ["1", "P", "LA", "RGB", "RGBA"])
def test_every_palette(mode: str) -> None:
    assert decode(saved(code(PERSONAL).convert(mode))) == (PERSONAL,)


@pytest.mark.parametrize("quality", [40, 10])
def test_a_low_quality(quality: int) -> None:
    assert decode(saved(code(PERSONAL), "JPEG", quality=quality)) == (PERSONAL,)


def test_a_logo_in_a_small_code_is_read_when_enlarged() -> None:
    text = "https://u.wechat.com/MHuoYuanShiLiErWeiMa003"
    assert decode(saved(with_logo(code(text, 180), 20))) == (text,)


def test_a_code_upside_down_on_a_poster() -> None:
    assert decode(saved(poster(code(PERSONAL, 260)).rotate(187), "JPEG", quality=60)) == (PERSONAL,)


def test_several_codes_in_one_image() -> None:
    sheet = poster(code(PERSONAL, 260), code(LONG_GROUP, 300), code(ALIPAY, 260))
    assert sorted(decode(saved(sheet, "JPEG", quality=80))) == sorted((PERSONAL, LONG_GROUP, ALIPAY))


def test_no_more_than_twenty_codes() -> None:
    sheet = Image.new("L", (6 * 130, 5 * 130), "white")
    for number in range(30):
        sheet.paste(code(f"https://u.wechat.com/M{number:08}", 130), (number % 6 * 130, number // 6 * 130))
    assert len(decode(saved(sheet))) == 20


def test_black_modules_on_transparent_black() -> None:
    drawn = Image.new("RGBA", (430, 430), (0, 0, 0, 0))
    drawn.putalpha(code(PERSONAL).point(lambda grey: 255 - grey))
    assert decode(saved(drawn)) == (PERSONAL,)


def test_the_bundled_sample() -> None:
    data = (resources.files("tui") / "samples" / "qr.png").read_bytes()
    assert decode(data) == ("https://u.wechat.com/MHuoYuanShiLiErWeiMa001",)


def test_a_picture_without_a_code() -> None:
    assert decode(saved(poster(), "JPEG")) == ()


def test_an_image_of_exactly_the_most_pixels_is_decoded() -> None:
    sheet = Image.new("L", (4000, MOST_PIXELS // 4000), "white")
    sheet.paste(code(PERSONAL), (3000, 3000))
    assert decode(saved(sheet)) == (PERSONAL,)


@pytest.mark.parametrize("size", [(13_000, 13_000), (4_001, 4_000), (16_000_001, 1), (2**31 - 1, 2**31 - 1)])
def test_a_size_too_large_is_refused_before_a_pixel_is_decoded(size: tuple[int, int]) -> None:
    with pytest.raises(HuoyuanError) as refusal:
        decode(png_header(*size))
    # decoding would have told that nearly all pixels are missing
    assert refusal.value.problem.code is Code.TOO_LARGE


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        NOISE,
        png_header(300, 300),
        png_header(0, 0),
        saved(code(PERSONAL))[:900],
        saved(code(PERSONAL), "JPEG")[:3000],
        saved(code(PERSONAL), "TIFF"),
        saved(code(PERSONAL), "ICO"),
        saved(code(PERSONAL), "PPM"),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!DOCTYPE html><title>404</title>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
)
def test_what_is_no_whole_image_of_the_five_formats_is_unreadable(data: bytes) -> None:
    with pytest.raises(HuoyuanError) as refusal:
        decode(data)
    assert refusal.value.problem.code is UNREADABLE


WHOLE = [saved(code(PERSONAL, 90), kind) for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP")]


@settings(max_examples=60)
@given(st.sampled_from(WHOLE), st.integers(0, 9_000), st.binary(min_size=1, max_size=8))
def test_damage_anywhere_is_told_or_overcome(whole: bytes, place: int, damage: bytes) -> None:
    place %= len(whole)
    with suppress(HuoyuanError):
        assert decode(whole[:place] + damage + whole[place + len(damage) :]) in {(), (PERSONAL,)}
