"""Draws the images that tests decode; a test module that imports this is skipped without the extra `qr`."""

from __future__ import annotations

from io import BytesIO

import pytest
import segno

for library in ("PIL", "zxingcpp"):
    pytest.importorskip(library, reason="the optional extra huoyuan[qr] is not installed")

import zxingcpp  # noqa: E402
from PIL import Image, ImageDraw  # noqa: E402

__all__ = ["LONG_GROUP", "PERSONAL", "Image", "code", "level_of", "poster", "saved", "with_logo"]

PERSONAL = "https://u.wechat.com/MJbKq7s2xYw0ZtHnPdR4cUa"
LONG_GROUP = "https://weixin.qq.com/g/AQYAAFk3Vt9_rZ-1mXw8Qp0LsJ2dHb6NyTc4RgUe7KvAo5BiWzMxEfSjDhPqYn3G"


def code(text: str, size: int = 430) -> Image.Image:
    """A code with its quiet zone, scaled to so many pixels as a site would."""
    drawn = BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(drawn, kind="png", scale=10)
    return Image.open(drawn).convert("L").resize((size, size), Image.Resampling.LANCZOS)


def with_logo(image: Image.Image, percent: int) -> Image.Image:
    """The image with a grey square in its middle, that wide."""
    side = image.width * percent // 100
    image.paste(90, (corner := (image.width - side) // 2, corner, corner + side, corner + side))
    return image


def poster(*codes: Image.Image) -> Image.Image:
    """A picture of 1080 × 1920 such as merchants post, with the codes one below the other."""
    sheet = Image.effect_noise((1080, 1920), 60).convert("RGB")
    draw = ImageDraw.Draw(sheet)
    for line in range(12):
        draw.text((60, 60 + 30 * line), "NEW GOODS EVERY DAY 9.90 " * 6, fill=(200, 20, 20))
    draw.rectangle((40, 480, 1040, 700), fill=(240, 200, 60))
    for place, image in enumerate(codes):
        sheet.paste(image, (120 + 300 * place, 760 + 330 * place))
    return sheet


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """The bytes of an image file."""
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def level_of(data: bytes) -> str:
    """The level of error correction of the one code in an image."""
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(data)))
    return found.ec_level
