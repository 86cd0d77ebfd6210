"""A screen that is not drawn anew, as a whole, whenever another of its panes gets the keys."""

from __future__ import annotations

from typing import Self, TypeVar

from textual.geometry import Region
from textual.widget import Widget

from tui.ui.driver.screens import SettledScreen

T = TypeVar("T")


class CalmScreen(SettledScreen[T]):
    """Textual draws the whole screen when its focus changes; our panes draw what a focus changes in them."""

    _focusing = False

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Give a widget the keys."""
        self._focusing = True
        try:
            super().set_focus(widget, scroll_visible, from_app_focus)
        finally:
            self._focusing = False

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw the screen, unless only its focus has changed."""
        if self._focusing and not (layout or recompose):
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
