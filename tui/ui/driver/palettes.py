"""A command palette whose keys can be pressed where there is no room for its list."""

from __future__ import annotations

from textual.command import CommandList, CommandPalette


class RoomyPalette(CommandPalette):
    """Moves in its list only where there is one: without, Textual knows no lines to move by."""

    def _action_command_list(self, action: str) -> None:
        if self.query_one(CommandList).scrollable_content_region:
            super()._action_command_list(action)
