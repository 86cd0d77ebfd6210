"""Draws a QR code for a phone: in half blocks on the screen, or as a PNG where these do not fit."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from itertools import product, zip_longest
from pathlib import Path

from tui.errors import Code, HuoyuanError
from tui.values import frozen

INK = "#000000"
PAPER = "#ffffff"

_LEVELS = "hqml"
"""Levels of error correction, the highest first."""

_QUIET_ZONES = (4, 2)
"""Light modules around a code: ISO/IEC 18004 asks for four, phones are content with two."""

_HALVES = " ▀▄█"
"""Two modules, one above the other; the upper counts 1 when it is dark, the lower 2."""

_PNG_SCALE = 10

Matrix = Sequence[bytes | bytearray]
"""The modules of a code, row by row; 1 is dark."""


@frozen
class Art:
    """A code with its quiet zone, to be drawn in INK on PAPER in every theme: phones want dark on light."""

    lines: tuple[str, ...]

    @property
    def columns(self) -> int:
        """The width in cells."""
        return len(self.lines[0])

    @property
    def rows(self) -> int:
        """The height in cells."""
        return len(self.lines)


def art(text: str, width: int, height: int) -> Art | None:
    """Draw a text as a code within width × height cells, None when not even the smallest fits.

    A wide quiet zone comes before a high level of error correction: a screen has no stains.
    """
    for border, matrix in product(_QUIET_ZONES, list(_matrices(text))):
        drawn = _draw(matrix, border)
        if drawn.columns <= width and drawn.rows <= height:
            return drawn
    return None


def save_png(text: str, path: Path) -> None:
    """Write a text as a code into a file; raises FILE_UNWRITABLE, also for a text too long."""
    import segno  # noqa: PLC0415 - takes longer to load than the screen has

    try:
        segno.make_qr(text, error=_LEVELS[-1]).save(
            str(path), kind="png", scale=_PNG_SCALE, border=_QUIET_ZONES[0]
        )
    except (OSError, ValueError) as error:
        raise HuoyuanError(Code.FILE_UNWRITABLE, path=str(path), why=str(error)) from None


def _matrices(text: str) -> Iterator[Matrix]:
    import segno  # noqa: PLC0415

    for level in _LEVELS:
        # a level may have no room for a text that a lower one holds
        with contextlib.suppress(ValueError):
            yield segno.make_qr(text, error=level).matrix


def _draw(matrix: Matrix, border: int) -> Art:
    side, blank = bytes(border), bytes(len(matrix) + 2 * border)
    modules = [*[blank] * border, *(side + row + side for row in matrix), *[blank] * border]
    pairs = zip_longest(modules[::2], modules[1::2], fillvalue=blank)
    return Art(tuple("".join(map(_half_block, upper, lower)) for upper, lower in pairs))


def _half_block(upper: int, lower: int) -> str:
    return _HALVES[upper + 2 * lower]
