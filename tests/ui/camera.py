"""Reads the codes that stand on the screen, as a phone's camera would."""

from __future__ import annotations

import pytest

from tests.ui.stage import Stage


def payloads_on_screen(stage: Stage) -> list[str]:
    """What a phone's camera reads in the half blocks that stand on the screen, black on white."""
    image = pytest.importorskip("PIL.Image")
    codes = pytest.importorskip("zxingcpp")
    region = stage.app.screen.query_one("#code-art").region
    strips = stage.app.screen._compositor.render_strips()[region.y : region.bottom]
    lines = [strip.crop(region.x, region.right).text for strip in strips]
    picture = image.new("L", (region.width, 2 * region.height), 255)
    for y, line in enumerate(lines):
        for x, block in enumerate(line):
            if block in "▀█":
                picture.putpixel((x, 2 * y), 0)
            if block in "▄█":
                picture.putpixel((x, 2 * y + 1), 0)
    return [code.text for code in codes.read_barcodes(picture.resize((region.width * 8, region.height * 16)))]
