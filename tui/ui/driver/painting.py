"""Puts changed lines on the terminal at once, past Textual's message queue, timer and compositor.

Textual takes a change through five messages and a timer, and draws every widget that touches the smallest
rectangle around all changes: a moved cursor costs ten times what its two lines cost. What it cannot do it
leaves to Textual.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Protocol, cast

from rich.console import Console
from textual._compositor import CompositorUpdate
from textual.dom import NoScreen
from textual.geometry import Offset, Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget


class Painted(Protocol):
    """What a widget must have to be painted: its lines, and those that the terminal shows."""

    waits: bool
    painted: Sequence[Strip] | None

    def frame(self) -> Sequence[Strip]:
        """The strips of all lines, each as wide as the widget; the same object where nothing changed."""
        ...


class LinesUpdate(CompositorUpdate):
    """Some whole lines of some widgets."""

    def __init__(self, lines: Sequence[tuple[Offset, Strip]]) -> None:
        self._lines = lines

    def render_segments(self, console: Console) -> str:
        """The sequences for the terminal."""
        return "".join([f"\x1b[{at.y + 1};{at.x + 1}H{strip.render(console)}" for at, strip in self._lines])


def paint_soon(widget: Widget) -> None:
    """Paint a widget's changed lines when all that is to be done now has been done."""
    painted = cast("Painted", widget)
    if painted.waits:
        return
    if not widget.is_mounted:
        Widget.refresh(widget)
        return
    painted.waits = True
    # after all keys that have come already, so that a held key on a slow line draws no frame twice
    asyncio.get_running_loop().call_soon(_paint, widget)


def _paint(widget: Widget) -> None:
    with suppress(NoScreen):
        screen = widget.screen
        waiting = [other for other in screen._compositor.widgets if getattr(other, "waits", False)]
        try:
            paint(screen, waiting)
        except Exception as error:
            widget.app._handle_exception(error)
    cast("Painted", widget).waits = False


def paint(screen: Screen[object], widgets: Iterable[Widget]) -> None:
    """Paint what has changed in some widgets of a screen."""
    app = screen.app
    at_once = app._running and app.screen is screen and not (app._batch_count or screen._layout_required)
    bare = _bare(screen) if at_once else {}
    lines: list[tuple[Offset, Strip]] = []
    for widget in widgets:
        painted = cast("Painted", widget)
        painted.waits = False
        region = bare.get(widget)
        # between two layouts a widget may not have been told its new size yet
        if region is not None and region.size == widget.outer_size:
            lines += _changed(painted, region)
        elif widget in screen._compositor.visible_widgets:
            Widget.refresh(widget)
    if lines:
        app._display(screen, cast("object", LinesUpdate(lines)))  # type: ignore[arg-type]


def _changed(painted: Painted, region: Region) -> Iterator[tuple[Offset, Strip]]:
    before, now = painted.painted, painted.frame()
    painted.painted = tuple(now)
    for y, strip in enumerate(now):
        if before is None or y >= len(before) or (strip is not before[y] and strip != before[y]):
            yield Offset(region.x, region.y + y), strip


def _bare(screen: Screen[object]) -> dict[Widget, Region]:
    """The regions of the widgets that are seen whole: none above them, nothing of them cut off."""
    compositor = screen._compositor
    visible = compositor.visible_widgets
    known: tuple[object, dict[Widget, Region]] | None = getattr(compositor, "bare", None)
    if known is not None and known[0] is visible:
        return known[1]
    bare: dict[Widget, Region] = {}
    above: list[Region] = []
    for widget, (region, clip) in visible.items():
        seen = region.intersection(clip)
        if seen == region and not any(seen.overlaps(other) for other in above):
            bare[widget] = region
        above.append(seen)
    compositor.bare = (visible, bare)  # type: ignore[attr-defined]
    return bare
