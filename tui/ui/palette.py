"""The command palette: every command by its name in the user's language, or by its id."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Protocol, cast

from textual import on
from textual.await_complete import AwaitComplete
from textual.command import CommandList, DiscoveryHit, Hit, Hits, Provider
from textual.message import Message
from textual.widgets import Input

from tui.commands import COMMANDS
from tui.ui.driver.palettes import RoomyPalette
from tui.values import frozen

HIDDEN = {"palette"}


class Runner(Protocol):
    """A screen that knows its commands."""

    def command_words(self, command: str) -> tuple[str, str]:
        """A command's name and keys."""

    def run_command(self, command: str) -> None:
        """Run a command by its id."""


@frozen
class Offer:
    """One command as the palette shows it."""

    id: str
    name: str
    keys: str
    run: partial[None]


class CommandProvider(Provider):
    """Offers the commands; the screen gives their names and runs them."""

    def _offers(self) -> Iterator[Offer]:
        # the palette makes its providers itself, so what they need is asked of the screen they stand on
        screen = cast(Runner, self.screen)
        for command in COMMANDS:
            if command.id not in HIDDEN:
                name, keys = screen.command_words(command.id)
                yield Offer(command.id, name, keys, partial(screen.run_command, command.id))

    async def discover(self) -> Hits:
        """All commands, while nothing is typed."""
        for offer in self._offers():
            yield DiscoveryHit(offer.name, offer.run, help=offer.keys)

    async def search(self, query: str) -> Hits:
        """The commands whose names or ids match: without an input method only the ids can be typed."""
        matcher = self.matcher(query)
        for offer in self._offers():
            score = max(matcher.match(offer.name), matcher.match(offer.id.replace("_", " ")))
            if score > 0:
                yield Hit(score, matcher.highlight(offer.name), offer.run, help=f"{offer.keys}  {offer.id}")


class Palette(RoomyPalette):
    """Does nothing more once it is being left: neither by a second Enter nor by what is typed behind the Esc.

    Textual would look for a list that has gone, run a command twice, and take the screen beneath along.
    """

    _is_left = False

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave once, and give up the search."""
        if self._is_left:
            return AwaitComplete()
        self._is_left = True
        self.workers.cancel_node(self)
        return super().dismiss(result)

    @on(Input.Changed)
    @on(Input.Submitted)
    @on(CommandList.OptionSelected)
    def _done(self, event: Message) -> None:
        if self._is_left:
            event.stop().prevent_default()
