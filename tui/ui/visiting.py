"""Brings a link to the browser: where it leads is shown and asked first when that is another site."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from textual.app import App, SuspendNotSupported

from tui.errors import Code, HuoyuanError, Problem
from tui.ui.choice_screen import ChoiceScreen
from tui.ui.desk import Desk
from tui.ui.widgets.choice_list import Choice
from tui.visits import Aim, Started


def run_in_terminal(app: App[None], command: Sequence[str]) -> None:
    """Give the terminal to a program until it ends; raises NO_TERMINAL where it cannot be given away."""
    try:
        with app.suspend():
            subprocess.run(command, check=False)
    except SuspendNotSupported:
        raise HuoyuanError(Code.NO_TERMINAL) from None
    app.refresh()


class Visiting:
    """Remembers the hosts that the user agreed to, so that each is asked for once in a session."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._agreed: set[str] = set()

    def visit(self, url: str, feed: int) -> None:
        """Open a link of a feed's article, after a question where it leads elsewhere or hides its host."""
        desk = self._desk
        try:
            aim = desk.reader.outside.aim_of(url)
        except HuoyuanError as error:
            desk.ask.tell(error.problem)
            return
        plain = aim.read_as == aim.host and not aim.is_disguised
        if aim.host in self._agreed or (plain and desk.reader.is_own_site(feed, aim.host)):
            self._start(aim)
        else:
            self._question(aim)

    def _question(self, aim: Aim) -> None:
        say = self._desk.say
        host = aim.host if aim.read_as == aim.host else f"{aim.read_as} ({aim.host})"
        hint = say("choice.disguised") if aim.is_disguised else say("choice.hint")
        choices = (Choice("y", say("choice.visit"), aim.url), Choice("n", say("choice.stay")))

        def chosen(choice: int | None) -> None:
            if choice == 0:
                self._agreed.add(aim.host)
                self._start(aim)

        self._desk.screen.app.push_screen(
            ChoiceScreen(say("choice.leads_to", host=host), choices, hint), chosen
        )

    def _start(self, aim: Aim) -> None:
        desk = self._desk
        desk.ask.after(desk.reader.outside.visit(aim.url), lambda started: self._started(aim, started))

    def _started(self, aim: Aim, started: Started) -> None:
        desk = self._desk
        if started.command:
            try:
                run_in_terminal(desk.screen.app, started.command)
            except HuoyuanError:
                desk.ask.tell(Problem(Code.NO_BROWSER, {"url": aim.url}))
                return
        desk.flash(desk.say("flash.visited", host=aim.host))
