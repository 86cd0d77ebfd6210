"""Commands that decide which articles the list shows: search, filters, order."""

from __future__ import annotations

from dataclasses import replace

from tui.model import Found, ListQuery, Sort
from tui.ui.choice_screen import ChoiceScreen
from tui.ui.desk import Desk
from tui.ui.panes import Pane
from tui.ui.rest import Rest
from tui.ui.typed_line import TypedLine
from tui.ui.widgets.choice_list import Choice

TYPING_SECONDS = 0.06
LEAVE = frozenset({"escape", "enter", "down", "tab"})
SORT_KEYS = {Sort.NEWEST: "n", Sort.OLDEST: "o", Sort.VIEWS: "v"}


class FindActions:
    """Searches while the user types; a newer question interrupts the older."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._typing = Rest(desk.screen, TYPING_SECONDS, self._ask)

    def search(self) -> None:
        if self._desk.panes.view.zen:
            self._desk.panes.toggle_zen()
        self._desk.panes.go(Pane.ARTICLES)
        self._desk.typing = TypedLine(self._desk.listing.query.search)
        self._desk.reader.searching.prepare()
        self._desk.redraw_bars()

    def take_key(self, key: str, character: str | None) -> None:
        """Take a key while the search is typed."""
        line = self._desk.typing
        if key in LEAVE:
            self.leave(keep=key != "escape")
        elif line is not None and line.take(key, character):
            self._typed()

    def paste(self, text: str) -> bool:
        """Put a text into the line; False when none is typed."""
        line = self._desk.typing
        if line is not None:
            line.insert(text)
            self._typed()
        return line is not None

    def _typed(self) -> None:
        self._desk.draw_place()
        self._typing.touch()

    def _ask(self) -> None:
        desk = self._desk
        if desk.typing is None:
            return
        query = replace(desk.listing.query, search=desk.typing.text.strip())
        if query == desk.listing.query:
            return
        if query.search:
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

    def _found(self, query: ListQuery, found: Found) -> None:
        desk = self._desk
        if query != desk.listing.query:
            return
        first = desk.listing.found(found)
        if first:
            desk.show_list()
        else:
            desk.grown()

    def leave(self, *, keep: bool) -> None:
        """Give the keys back to the list, keeping the search or dropping it."""
        desk = self._desk
        self._typing.stop()
        if keep:
            self._ask()
        desk.typing = None
        if not keep and desk.listing.query.search:
            desk.open_query(replace(desk.listing.query, search=""))
        else:
            desk.redraw_bars()

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
