"""A screen without what Textual does twice, and the frame that it shows."""

from __future__ import annotations

from typing import TypeVar

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

from tui.ui.driver.composing import keep_letters

T = TypeVar("T")


class SettledScreen(Screen[T]):
    """A screen that is laid out once a size, and styled once: Textual does both several times at a start."""

    def __init__(self) -> None:
        super().__init__()
        keep_letters(self)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Leave the styles as they are: they were found as the panes came, and a theme finds them anew."""
        event.refresh_styles = False

    def _screen_resized(self, size: Size) -> None:
        if size != self._compositor.size:
            super()._screen_resized(size)


def frame_of(screen: Screen[None]) -> bytes:
    """What a screen shows, as text with colours and cursor positions."""
    console = screen.app.console
    strips = screen._compositor.render_strips()
    lines = (f"\x1b[{y};1H{_unlinked(strip).render(console)}" for y, strip in enumerate(strips, 1))
    return ("".join(lines) + "\x1b[0m").encode("utf-8", "replace")


def _unlinked(strip: Strip) -> Strip:
    if not any(segment.style is not None and segment.style.link for segment in strip):
        return strip
    return Strip(
        Segment(segment.text, segment.style.update_link(None) if segment.style else None) for segment in strip
    )
