"""Commands that decide which articles the list shows: search, filters, order."""

from __future__ import annotations

from dataclasses import replace

from tui.model import Found, ListQuery, Sort
from tui.ui.choice_screen import ChoiceScreen
from tui.ui.desk import Desk
from tui.ui.panes import Pane
from tui.ui.rest import Rest
from tui.ui.widgets.choice_list import Choice
from tui.ui.widgets.field import Field

TYPING_SECONDS = 0.06
SORT_KEYS = {Sort.NEWEST: "n", Sort.OLDEST: "o", Sort.VIEWS: "v"}


class FindActions:
    """Searches while the user types; a newer question interrupts the older."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._input: Field | None = None
        self._text = ""
        self._typing = Rest(desk.screen, TYPING_SECONDS, lambda: self._ask(self._text.strip()))
        # Whether the line goes with the first answer, so that the screen is laid out and drawn once for both.
        self._goes = False

    def search(self) -> None:
        if self._desk.panes.view.zen:
            self._desk.panes.toggle_zen()
        self._desk.panes.go(Pane.ARTICLES)
        if self._input is None:
            # made on first need: its styles alone would cost the start a twentieth
            self._input = Field(id="search", placeholder=self._desk.say("search.placeholder"), compact=True)
            self._desk.screen.query_one("#upper").mount(self._input, before="#notice")
        self._goes = False
        with self._input.prevent(Field.Changed):
            # a message about it would come behind the next keys and undo them
            self._input.value = self._desk.listing.query.search
        self._input.display = True
        self._desk.reader.searching.prepare()
        # `focus` would act later, and the next letters of the same burst run as commands
        self._desk.screen.set_focus(self._input)

    def typed(self, text: str) -> None:
        """The text of the search has changed."""
        self._text = text
        self._typing.touch()

    def _ask(self, text: str) -> None:
        desk = self._desk
        query = replace(desk.listing.query, search=text)
        if query == desk.listing.query:
            return
        if text:
            self._search(query)
        else:
            desk.reader.searching.stop()
            desk.open_query(query)

    def _search(self, query: ListQuery) -> None:
        """Ask for what a query finds; the list shows it as it comes."""
        desk = self._desk
        desk.listing.open(query)
        app = desk.screen.app
        asked = desk.reader.searching.start(query, lambda found: app.call_later(self._found, query, found))
        desk.ask.after(asked, lambda _: None)
        asked.add_done_callback(lambda _: app.call_later(self._answered, query))

    def _answered(self, query: ListQuery) -> None:
        """Let the line go that has waited for an answer, or its failure, or that no search needs any more."""
        now = self._desk.listing.query
        if self._goes and self._input is not None and (query == now or not now.search):
            self._input.display = self._goes = False

    def _found(self, query: ListQuery, found: Found) -> None:
        desk = self._desk
        if query != desk.listing.query:
            return
        first = desk.listing.found(found)
        self._answered(query)
        if first:
            desk.show_list()
        else:
            desk.grown()

    def leave(self, *, keep: bool) -> None:
        """Give the keys back to the list, keeping the search or dropping it."""
        self._typing.stop()
        if self._input is None:
            return
        if keep:
            self._ask(self._input.value.strip())
        self._goes = keep and self._desk.listing.waiting
        self._input.display = self._goes
        self._desk.panes.go(Pane.ARTICLES)
        if not keep and self._desk.listing.query.search:
            self._desk.open_query(replace(self._desk.listing.query, search=""))

    def unread_only(self) -> None:
        query = self._desk.listing.query
        self.again(replace(query, unread_only=not query.unread_only))

    def favorites_only(self) -> None:
        query = self._desk.listing.query
        self.again(replace(query, favorites_only=not query.favorites_only))

    def again(self, query: ListQuery) -> None:
        """Ask a query anew."""
        if not query.search:
            self._desk.open_query(query)
            return
        self._search(query)

    def sort(self) -> None:
        say = self._desk.say
        sorts = tuple(Sort)
        choices = tuple(Choice(SORT_KEYS[sort], say(f"sort.{sort}")) for sort in sorts)

        def chosen(choice: int | None) -> None:
            if choice is not None:
                self.again(replace(self._desk.listing.query, sort=sorts[choice]))

        self._desk.screen.app.push_screen(
            ChoiceScreen(say("choice.sort"), choices, say("choice.hint")), chosen
        )
