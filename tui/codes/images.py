"""Reads the QR codes in an image; only the child process imports this, for hostile bytes may kill it."""

from __future__ import annotations

import warnings
from io import BytesIO

import zxingcpp
from PIL import Image

from tui.codes.wire import UNREADABLE
from tui.errors import Code, HuoyuanError

MOST_PIXELS = 16_000_000

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
_MOST_CODES = 20
_SMALL = 300
_ENLARGED = 4

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
_TOO_LARGE = (Image.DecompressionBombWarning, Image.DecompressionBombError)


def decode(data: bytes) -> tuple[str, ...]:
    """Give the payloads in an image; raises TOO_LARGE, before a pixel is decoded, or UNREADABLE."""
    try:
        # up to twice its limit Pillow only warns
        with warnings.catch_warnings(action="error", category=Image.DecompressionBombWarning):
            image = Image.open(BytesIO(data), formats=_FORMATS)
        return _payloads(_grey(image))
    except _TOO_LARGE:
        raise HuoyuanError(Code.TOO_LARGE) from None
    except Exception:
        # whatever a broken image is to Pillow: an OSError, SyntaxError, struct.error, MemoryError, …
        raise HuoyuanError(UNREADABLE) from None


def _payloads(image: Image.Image) -> tuple[str, ...]:
    found = _read(image)
    if not found and max(image.size) < _SMALL:
        # a logo that hides too much of a small code hides less of it between smoother edges
        found = _read(image.resize((image.width * _ENLARGED, image.height * _ENLARGED)))
    return found


def _read(image: Image.Image) -> tuple[str, ...]:
    wanted = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    codes = zxingcpp.read_barcodes(image, formats=wanted, text_mode=zxingcpp.TextMode.Plain)
    return tuple(dict.fromkeys(code.text for code in codes))[:_MOST_CODES]


def _grey(image: Image.Image) -> Image.Image:
    """The image in shades of grey, on white where it is transparent: what is hidden there is often black."""
    if not image.has_transparency_data:
        return image.convert("L")
    layers = image.convert("RGBA")
    page = Image.new("L", image.size, "white")
    page.paste(layers.convert("L"), mask=layers.getchannel("A"))
    return page
