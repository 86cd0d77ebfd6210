"""A widget that draws itself line by line from cached strips, past Textual's own line cache."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.ui.ink import BASE, ink

MOST_STRIPS = 600

type_of_key = tuple[object, ...]


class Lines(Widget):
    """Base of every pane: subclasses give the strip of a visible line.

    No border and no padding may be set on it in CSS: the strips are the whole widget.
    """

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, beneath: str = BASE) -> None:
        super().__init__(id=id)
        self.beneath = beneath
        self._strips: dict[type_of_key, Strip] = {}

    def on_mount(self) -> None:
        """Draw again in the colours of another theme."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self.redraw())

    def line_key(self, y: int) -> type_of_key:
        """What decides how visible line y looks; equal keys share one strip."""
        return (y,)

    def line(self, y: int) -> list[Segment]:
        """The segments of visible line y in partial styles."""
        raise NotImplementedError

    def base_style(self, y: int) -> Style:
        """The style beneath line y's segments."""
        return self.style_of(self.beneath)

    def style_of(self, name: str) -> Style:
        """A style of the present theme by its name in `ink`."""
        return ink(self.app.theme, self.app.no_color)[name]

    def redraw(self) -> None:
        """Forget the strips and draw again."""
        self._strips.clear()
        self.refresh()

    def on_resize(self) -> None:
        """Forget the strips: they have the old width."""
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """The strip of visible line y (Textual's Line API)."""
        key = self.line_key(y)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > MOST_STRIPS:
                self._strips.clear()
            strip = self._strips[key] = self._make(y)
        return strip

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips of a region, straight from the cache: Textual would crop and pad each anew."""
        strips = [self.render_line(y) for y in range(crop.y, crop.bottom)]
        if crop.x == 0 and crop.width == self.size.width:
            return strips
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def _make(self, y: int) -> Strip:
        width = self.size.width
        base = self.base_style(y)
        strip = Strip(self.line(y)).apply_style(base).adjust_cell_length(width, base)
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            strip = strip.apply_filter(line_filter, background)
        return strip
