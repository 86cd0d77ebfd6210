"""A container that paints nothing but its ground: what lies in it covers it."""

from __future__ import annotations

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.ui.ink import BASE, ink


class Box(Widget):
    """Holds panes; a column left free by its padding shows a rule.

    Textual would make every line of a container with borders, padding and filters, for panes to lie
    upon: a tenth of the first frame.
    """

    ALLOW_SELECT = False

    def render_lines(self, crop: Region) -> list[Strip]:
        """The one line that there is, as often as it is asked for."""
        return ground(self, crop)

    def render_line(self, y: int) -> Strip:
        """The same line everywhere (Textual's Line API)."""
        return ground(self, Region(0, y, self.outer_size.width, 1))[0]


def ground(widget: Widget, crop: Region) -> list[Strip]:
    """Lines of the ground of a widget, with a rule in its padding."""
    styles = ink(widget.app.theme, widget.app.no_color)
    left, right = widget.styles.padding.left, widget.styles.padding.right
    width = widget.outer_size.width
    parts = (
        ("▏" * left, styles[BASE] + styles["rule"]),
        (" " * (width - left - right), styles[BASE]),
        ("▕" * right, styles[BASE] + styles["rule"]),
    )
    strip = Strip((Segment(text, style) for text, style in parts if text), width)
    for line_filter in widget.get_line_filters():
        strip = strip.apply_filter(line_filter, widget.background_colors[1])
    if crop.column_span != (0, width):
        strip = strip.crop(crop.x, crop.right)
    return [strip] * crop.height
