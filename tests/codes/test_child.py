"""The real child among real images: good ones are read, whatever stands between them."""

from __future__ import annotations

import struct
import sys

import pytest

from tests.codes.broken import NOISE, png_header
from tests.codes.drawing import LONG_GROUP, PERSONAL, code, poster, saved
from tui.codes.decoder import Decoder
from tui.codes.wire import UNREADABLE
from tui.errors import Code, HuoyuanError

GREEDY = """
import sys
from types import SimpleNamespace

def read_barcodes(*_, **__):
    return [SimpleNamespace(text=str(len(bytearray(600 * 2**20))))]

sys.modules["zxingcpp"] = SimpleNamespace(
    read_barcodes=read_barcodes,
    BarcodeFormat=SimpleNamespace(QRCode=0),
    BarcodeFormats=int,
    TextMode=SimpleNamespace(Plain=0),
)
from tui.codes.child import main
main()
"""
"""The child with a library that takes more memory than a child may."""


def webp_bomb() -> bytes:
    """A WebP animation of some bytes on a canvas of 16384 × 16384."""
    film = saved(code(PERSONAL, 90), "WEBP", save_all=True, append_images=[code(LONG_GROUP, 90)])
    assert film[12:16] == b"VP8X"
    side = struct.pack("<I", 2**14 - 1)[:3]
    return film[:24] + side + side + film[30:]


def gif_bomb() -> bytes:
    """A GIF whose only frame claims 65535 × 65535."""
    return b"GIF89a" + bytes((1, 0, 1, 0, 0, 0, 0)) + b"," + bytes(4) + b"\xff" * 4 + b"\0\2\2\x4c\1\0;"


def bmp_bomb() -> bytes:
    """A BMP that claims 20000 × 20000 in one bit per pixel."""
    return (
        b"BM"
        + struct.pack("<IHHI", 1000, 0, 0, 62)
        + struct.pack("<IiiHHIIiiII", 40, 20_000, 20_000, 1, 1, 0, 0, 0, 0, 2, 2)
        + bytes(900)
    )


async def test_good_images_among_broken_ones() -> None:
    personal, group = saved(code(PERSONAL)), saved(code(LONG_GROUP), "JPEG", quality=40)
    async with Decoder() as decoder:
        assert await decoder.decode(personal) == (PERSONAL,)
        for broken, expected in (
            (personal[:900], {UNREADABLE}),
            (NOISE, {UNREADABLE}),
            (png_header(13_000, 13_000), {Code.TOO_LARGE}),
            (gif_bomb(), {Code.TOO_LARGE}),
            (bmp_bomb(), {Code.TOO_LARGE}),
            # Pillow 12 asks for the canvas before it looks at its size, and is not given the memory
            (webp_bomb(), {Code.TOO_LARGE, UNREADABLE}),
        ):
            with pytest.raises(HuoyuanError) as refusal:
                await decoder.decode(broken)
            assert refusal.value.problem.code in expected
            assert await decoder.decode(group) == (LONG_GROUP,)
        assert await decoder.decode(saved(poster(), "JPEG")) == ()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not keep RLIMIT_AS")
async def test_a_child_has_little_memory() -> None:
    async with Decoder((sys.executable, "-c", GREEDY)) as decoder:
        with pytest.raises(HuoyuanError) as refusal:
            await decoder.decode(saved(code(PERSONAL)))
    assert refusal.value.problem.code is UNREADABLE
