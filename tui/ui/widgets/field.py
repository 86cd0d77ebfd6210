"""The line that a search is typed into."""

from __future__ import annotations

from typing import Self

from textual import on
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input


class Field(Input):
    """Textual's line lays the screen out anew for each character; this one only as it comes and goes."""

    class Changed(Input.Changed, bubble=False):
        """The text is another one: told to the screen by `Typed`, past all the panes around the line."""

    class Blurred(Input.Blurred, bubble=False):
        """The line has lost the keys, which nobody asks for."""

    class Typed(Message):
        """Something was typed; `text` is the whole line."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    _was_shown = True

    @on(Changed)
    def _told(self, message: Changed) -> None:
        self.screen.post_message(self.Typed(message.value))

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Leave the styles as they are: the line looks the same with the keys, but for its cursor."""

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draw the line again where it stands; lay the screen out when it was shown or hidden."""
        if layout:
            layout = self.display != self._was_shown
            self._was_shown = self.display
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
