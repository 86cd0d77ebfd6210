"""Lines for the terminal that say only what changes from one stretch to the next.

Rich begins every stretch with all of its colours and ends it with a reset: two thirds of the bytes of a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.text.clean import scrub

RESET = "\x1b[0m"

ATTRIBUTES = {"bold": "1", "dim": "2", "italic": "3", "underline": "4", "reverse": "7", "strike": "9"}
SEEN_ON_SPACES = frozenset({"4", "7", "9"})

Codes = tuple[tuple[str, ...], str, str]
"""What a style switches on: attributes, foreground, background."""

_BLANKS = {ord(blank): " " for blank in "\n\t"}

PLAIN: Codes = ((), "39", "49")


class Line(Strip):
    """A strip whose sequences are short; otherwise as Textual's own."""

    def render(self, console: Console) -> str:
        """The sequences of this line; they begin and end without any style."""
        if self._render_cache is None:
            system = console._color_system or ColorSystem.TRUECOLOR
            self._render_cache = "".join(_sequences(self._segments, system))
        return self._render_cache


def make_line(segments: Iterable[Segment], width: int, base: Style) -> Strip:
    """A line of exactly `width` cells, cut or filled, of segments that lie on a base style."""
    room = width
    placed: list[Segment] = []
    for given, style, _ in segments:
        text = given if given.isprintable() else harmless(given)
        if text:
            room -= cell_len(text)
            placed.append(Segment(text, _on(base, style)))
    if room > 0:
        placed.append(Segment(" " * room, base))
    elif room < 0:
        placed = list(Strip(placed).crop(0, width))
    return Line(placed, width)


def harmless(text: str) -> str:
    """A text as a line may hold it; what comes from the store was cleaned, but not by this program's hand."""
    return scrub(text).translate(_BLANKS)


def overlaid(
    segments: Iterable[Segment], spans: Sequence[tuple[int, int]], style: Style
) -> Iterator[Segment]:
    """Segments with a style over some characters; spans (start, end) are in order and count from 0."""
    at = 0
    for text, beneath, _ in segments:
        done = 0
        for start, end in spans:
            here, there = max(done, start - at), min(len(text), end - at)
            if here < there:
                yield Segment(text[done:here], beneath)
                yield Segment(text[here:there], _on(beneath or Style.null(), style))
                done = there
        yield Segment(text[done:], beneath)
        at += len(text)


@lru_cache(1024)
def _on(base: Style, style: Style | None) -> Style:
    return base + style if style is not None else base


@lru_cache(1024)
def _codes(style: Style | None, system: ColorSystem) -> Codes:
    if style is None:
        return (), "39", "49"
    attributes = tuple(code for name, code in ATTRIBUTES.items() if getattr(style, name))
    color, ground = style.color, style.bgcolor
    return (
        attributes,
        ";".join(color.downgrade(system).get_ansi_codes()) if color is not None else "39",
        ";".join(ground.downgrade(system).get_ansi_codes(foreground=False)) if ground is not None else "49",
    )


def _sequences(segments: Sequence[Segment], system: ColorSystem) -> Iterator[str]:
    attributes, color, ground = PLAIN
    for text, style, _ in segments:
        wanted = _codes(style, system)
        bare = text.isspace() and not SEEN_ON_SPACES.intersection((*attributes, *wanted[0]))
        if bare:
            # on spaces only the ground is seen
            wanted = (attributes, color, wanted[2])
        changes = [wanted[1]] if wanted[1] != color else []
        changes += [wanted[2]] if wanted[2] != ground else []
        if wanted[0] != attributes:
            changes = ["0", *wanted[0], *(code for code in wanted[1:] if code not in PLAIN)]
        if changes:
            yield f"\x1b[{';'.join(changes)}m"
        yield text
        attributes, color, ground = wanted
    if (attributes, color, ground) != PLAIN:
        yield RESET
