"""The line that a search is typed into."""

from __future__ import annotations

from typing import Self

from textual import events, on
from textual.geometry import Region
from textual.message import Message
from textual.reactive import Reactive
from textual.widgets import Input

from tui.ui.widgets.typing import typed


class Field(Input):
    """Textual's line lays the screen out anew for each character; this one only as it comes and goes."""

    class Changed(Input.Changed, bubble=False):
        """The text is another one: told to the screen by `Typed`, past all the panes around the line."""

    class Blurred(Input.Blurred, bubble=False):
        """The line has lost the keys, which nobody asks for."""

    class Typed(Message, bubble=False):
        """The text has changed otherwise than by `take_key`; `text` is the whole line."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    # a cursor that blinks is drawn, and wakes the machine, twice a second
    cursor_blink = Reactive(False, init=False)

    _was_shown = True

    def take_key(self, event: events.Key) -> bool:
        """Do what a key does in the line, with no message about it; False for one that it must see itself."""
        with self.prevent(self.Changed):
            return typed(self, event)

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
