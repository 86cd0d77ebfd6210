"""A widget that draws itself line by line from cached strips, past Textual's own line cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Self

from rich.segment import Segment
from rich.style import Style
from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.ui.driver.painting import paint_soon
from tui.ui.driver.strips import make_line
from tui.ui.ink import BASE, ink

MOST_STRIPS = 600

type_of_key = tuple[object, ...]


def thumb(top: int, count: int, height: int) -> range:
    """The visible lines on which a scroll bar's thumb stands, none where all of the content is in sight."""
    if count <= height:
        return range(0)
    size = max(1, height * height // count)
    start = (height - size) * top // max(1, count - height)
    return range(start, start + size)


class Lines(Widget):
    """Base of every pane: subclasses give the strip of a visible line.

    No border and no padding may be set on it in CSS: the strips are the whole widget.
    """

    ALLOW_SELECT = False

    # Textual lays the screen out once more for each pane whose size a layout has changed
    virtual_size = Reactive(Size(0, 0))

    def __init__(self, *, id: str | None = None, beneath: str = BASE) -> None:
        super().__init__(id=id)
        self.beneath = beneath
        self.waits = False
        self.painted: Sequence[Strip] | None = None
        self._strips: dict[type_of_key, Strip] = {}
        self._strips_width = 0
        self._ink: Mapping[str, Style] = {}

    def on_mount(self) -> None:
        """Draw again in the colours of another theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.redraw())

    def on_unmount(self) -> None:
        """Let go: what the signal calls would keep the pane alive, with all its strips."""
        self.app.theme_changed_signal.unsubscribe(self)

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Leave the styles as they are: a pane draws by itself what its focus changes."""

    def line_keys(self, height: int) -> Sequence[type_of_key]:
        """What decides how each visible line looks; lines of equal keys share one strip."""
        return [(y,) for y in range(height)]

    def line(self, y: int) -> Iterable[Segment]:
        """The segments of visible line y in partial styles."""
        raise NotImplementedError

    def base_style(self, y: int) -> Style:
        """The style beneath line y's segments."""
        return self.style_of(self.beneath)

    def style_of(self, name: str) -> Style:
        """A style of the present theme by its name in `ink`."""
        return self._ink[name]

    def redraw(self) -> None:
        """Forget the strips and draw again."""
        self._strips.clear()
        self.repaint()

    def keep(self, unchanged: Callable[[type_of_key], bool]) -> None:
        """Forget the strips but those of keys that look as before, and draw again."""
        self._strips = {key: strip for key, strip in self._strips.items() if unchanged(key)}
        self.repaint()

    def repaint(self) -> None:
        """Draw the lines whose keys have changed."""
        paint_soon(self)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Take what Textual wants drawn again, as after a change of focus, the short way."""
        if repaint and self.is_mounted and not (regions or layout or recompose):
            self.repaint()
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def frame(self) -> Sequence[Strip]:
        """The strips of all visible lines."""
        size = self.outer_size
        if size.width != self._strips_width or len(self._strips) > MOST_STRIPS:
            self._strips.clear()
            self._strips_width = size.width
        strips = self._strips
        keys = self.line_keys(size.height)
        missing = [(y, key) for y, key in enumerate(keys) if key not in strips]
        if missing:
            self._ink = ink(self.app.theme, self.app.no_color)
            for y, key in missing:
                if key not in strips:
                    strips[key] = make_line(self.line(y), size.width, self.base_style(y))
            self._filter(dict.fromkeys(key for _, key in missing))
        return [strips[key] for key in keys]

    def _filter(self, keys: Iterable[type_of_key]) -> None:
        """Pass new strips through what NO_COLOR and the like ask for."""
        # all our colours are true ones already
        filters = [each for each in self.get_line_filters() if not isinstance(each, ANSIToTruecolor)]
        if filters:
            background = self.background_colors[1]
            for key in keys:
                for line_filter in filters:
                    self._strips[key] = self._strips[key].apply_filter(line_filter, background)

    def render_line(self, y: int) -> Strip:
        """The strip of visible line y (Textual's Line API)."""
        return self.frame()[y]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips of a region, straight from the cache: Textual would crop and pad each anew."""
        self.painted = None
        strips = self.frame()[crop.y : crop.bottom]
        if crop.x == 0 and crop.width == self.outer_size.width:
            return list(strips)
        return [strip.crop(crop.x, crop.right) for strip in strips]
