"""Puts widgets over each other without breaking the letters of the upper one.

Textual divides a line wherever any widget begins or ends on it, under another one too. A wide letter across
such a place becomes two spaces: a toast over two panes would lose a Chinese letter at their border.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

Chops = dict[int, Strip | None]
"""The stretches of a line by the column in which they begin."""


def keep_letters(screen: Screen[Any]) -> None:
    """Have a screen that is just made put its widgets together in this way."""
    screen._compositor = WholeLetters()


class WholeLetters(Compositor):
    """Divides lines only at the edges that are seen."""

    @property
    def cuts(self) -> list[list[int]]:
        """The columns at which widgets that are seen begin or end, for each line."""
        if self._cuts is None:
            seen = [region.intersection(clip) for region, clip in self.visible_widgets.values()]
            self._cuts = seen_edges([region for region in seen if region], *self.size)
        return self._cuts

    def render_partial_update(self) -> ChopsUpdate | None:
        """The stretches in which something has changed, each to its end."""
        update = super().render_partial_update()
        if update is not None:
            ends = update.chop_ends
            update.spans = [(y, x, _end_of_stretch(ends[y], end)) for y, x, end in update.spans]
        return update

    def _render_chops(
        self, crop: Region, is_rendered_line: Callable[[int], bool]
    ) -> Sequence[Mapping[int, Strip]]:
        cuts = self.cuts
        chops: list[Chops] = [dict.fromkeys(line[:-1]) for line in cuts]
        for region, clip, strips in self._get_renders(crop):
            seen = region.intersection(clip)
            for y, strip in zip(seen.line_range, strips, strict=False):
                if is_rendered_line(y):
                    _fill(chops[y], cuts[y], seen, strip)
        return chops  # type: ignore[return-value] # as Textual has it: the screen itself fills all lines


def seen_edges(regions: Sequence[Region], width: int, height: int) -> list[list[int]]:
    """For each line the columns at which regions, the upper ones first, begin or end in sight."""
    lines = [{0, width} for _ in range(height)]
    for number, region in enumerate(regions):
        for edge in (region.x, region.right):
            above = [other for other in regions[:number] if other.x < edge < other.right]
            for y in _free(region, above):
                lines[y].add(edge)
    return [sorted(line) for line in lines]


def _free(region: Region, above: Sequence[Region]) -> Iterable[int]:
    """The lines of a region that none of those above has."""
    lines = region.line_range
    return lines if not above else [y for y in lines if not any(y in other.line_range for other in above)]


def _fill(chops: Chops, cuts: Sequence[int], seen: Region, strip: Strip) -> None:
    """Put a widget's line where nothing above it has put its own; what has no cut lies beneath another."""
    x, right = seen.x, seen.right
    for start, end in pairwise([cut for cut in cuts if x <= cut <= right]):
        if chops[start] is None:
            chops[start] = strip if end - start == right - x else strip.crop(start - x, end - x)


def _end_of_stretch(ends: Sequence[int], column: int) -> int:
    return next((end for end in ends if end >= column), column)
