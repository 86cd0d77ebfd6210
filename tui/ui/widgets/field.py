"""The line that a search is typed into."""

from __future__ import annotations

from typing import Self

from textual.geometry import Region
from textual.widgets import Input


class Field(Input):
    """Textual's line lays the screen out anew for each character; this one only as it comes and goes."""

    _was_shown = True

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw the line again where it stands; lay the screen out when it was shown or hidden."""
        if layout:
            layout = self.display != self._was_shown
            self._was_shown = self.display
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
