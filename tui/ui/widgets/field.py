"""The line that a search is typed into."""

from __future__ import annotations

from typing import Self

from textual.geometry import Region
from textual.widgets import Input


class Field(Input):
    """Textual's line lays the whole screen out anew for each character; this one's place does not change."""

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw the line again where it stands."""
        return super().refresh(*regions, repaint=repaint, recompose=recompose)
