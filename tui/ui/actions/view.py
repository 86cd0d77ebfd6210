"""Commands for the program itself: themes, help, palette, zen, quit."""

from __future__ import annotations

from tui.ui.desk import Desk
from tui.ui.themes import THEMES


class ViewActions:
    """Changes how the program looks, explains it, ends it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def zen(self) -> None:
        self._desk.panes.toggle_zen()
        self._desk.redraw_bars()

    def theme(self) -> None:
        names = [theme.name for theme in THEMES]
        app = self._desk.screen.app
        app.theme = names[(names.index(app.theme) + 1) % len(names)]
        self._desk.flash(self._desk.say(f"theme.{app.theme}"))

    def help(self) -> None:
        from tui.ui.help_screen import HelpScreen, help_lines  # noqa: PLC0415 - opened rarely

        desk = self._desk
        notes = (desk.say("help.config", path=str(desk.reader.config.path)), desk.say("help.counts"))
        lines = help_lines(desk.keymap, notes, desk.say)
        desk.screen.app.push_screen(HelpScreen(lines, desk.say("help.title")))

    def palette(self) -> None:
        from tui.ui.palette import CommandProvider, Palette  # noqa: PLC0415 - as above

        placeholder = self._desk.say("palette.placeholder")
        self._desk.screen.app.push_screen(Palette(providers=[CommandProvider], placeholder=placeholder))

    def suspend(self) -> None:
        self._desk.screen.app.action_suspend_process()

    def quit(self) -> None:
        self._desk.screen.app.exit()
