"""The contact book: composes its panes, turns keys into commands, folds where the terminal is narrow."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from tui.merchants import BookQuery, BookSort
from tui.ui.article_layout import Say
from tui.ui.asking import Asking
from tui.ui.book_actions import BookActions, BookReader
from tui.ui.book_filters import BookFilters
from tui.ui.book_listing import BookListing
from tui.ui.book_questions import BookQuestions
from tui.ui.desk import FLASH_SECONDS, FOLLOW_SECONDS
from tui.ui.driver.composing import keep_letters
from tui.ui.help_screen import HelpScreen
from tui.ui.keys import KeyResolver, key_name
from tui.ui.leaving import leave
from tui.ui.widgets.bar import Bar, Piece
from tui.ui.widgets.book_list import BookList, standing_words
from tui.ui.widgets.merchant_view import MerchantView
from tui.ui.widgets.rows import Rows
from tui.ui.widgets.typing import typed

WIDE = 90
"""From so many columns the details stand beside the list."""

TYPING_SECONDS = 0.06

KEYS = {
    "copy": "y",
    "code": "w",
    "open": "enter, l, right",
    "standing": "s",
    "note": "n",
    "search": "/",
    "filter_standing": "f",
    "filter_category": "c",
    "sort": "o",
    "export": "e",
    "pick": "space",
    "join": "J",
    "split": "S",
    "undo": "u",
    "help": "?",
    "back": "escape, h, left",
    "leave": "q",
    "down": "j, down",
    "up": "k, up",
    "top": "g g, home",
    "bottom": "G, end",
    "half_down": "ctrl+d, pagedown",
    "half_up": "ctrl+u, pageup",
}
"""The commands of the book with their keys, in the order in which bar and help show them."""

ON_THE_BAR = tuple(KEYS)[:14]


class BookScreen(Screen[int | None]):
    """Opens at a merchant; gives the id of an article to show, None when the user left without one."""

    BINDINGS = []
    DEFAULT_CSS = """
    BookScreen { layout: vertical; }
    BookScreen #book-body { height: 1fr; }
    BookScreen #book-left { width: 3fr; }
    BookScreen #book-right { width: 2fr; }
    BookScreen .beside { border-left: vkey $panel; }
    BookScreen #merchants, BookScreen #merchant { height: 1fr; }
    """

    def __init__(self, reader: BookReader, say: Say, merchant: int | None = None) -> None:
        super().__init__()
        keep_letters(self)
        self._reader = reader
        self._say = say
        self._at = merchant
        sequences = {tuple(key.split()): name for name, keys in KEYS.items() for key in keys.split(", ")}
        self._keys = KeyResolver(sequences)
        self._words = ""
        # held, not looked for: an answer may come while the screen is being taken apart
        self._above, self._below = Bar(id="book-head", beneath="head-focused"), Bar(id="book-keys")
        self._follow: Timer | None = None
        self._typing: Timer | None = None
        self._fade: Timer | None = None
        self._read = False

    def compose(self) -> ComposeResult:
        """The list and beside it the details, over a bar of keys."""
        yield self._above
        search = Input(id="search", placeholder=self._say("book.search"), compact=True)
        search.cursor_blink = False
        search.display = False
        yield search
        with Horizontal(id="book-body"):
            with Vertical(id="book-left"):
                yield BookList(self._say, self._reader.clock, id="merchants")
            with Vertical(id="book-right"):
                yield MerchantView(self._say, self._reader.clock, id="merchant")
        yield self._below

    def on_mount(self) -> None:
        """Read the book and take the keys."""
        self._merchants, self._view = self.query_one(BookList), self.query_one(MerchantView)
        asking = Asking(self.app, self._say)
        self._listing = BookListing(self._reader, asking, self._merchants, self._view, self._head)
        self._actions = BookActions(self._reader, asking, self._merchants, self._listing, self._flash)
        self._filters = BookFilters(self._reader, self._listing, BookQuestions(asking), self._say)
        self._go(self._merchants)
        self._foot()
        self._listing.open_query(BookQuery(), self._at)
        self._read = True

    def renew(self) -> None:
        """Read the book again, as after a refresh; cursor and details stay."""
        # a refresh may end while the screen is being made, which will read what it brought
        if self._read:
            self._listing.renew()

    # -- panes -----------------------------------------------------------------------------------

    def _go(self, pane: Rows) -> None:
        """Give a pane the keys; where there is room for one, it alone is seen."""
        wide = self.size.width >= WIDE
        left, right = self.query_one("#book-left"), self.query_one("#book-right")
        left.display, right.display = wide or pane is self._merchants, wide or pane is self._view
        right.set_class(wide, "beside")
        self.set_focus(pane)

    @property
    def _pane(self) -> Rows:
        return self._view if self.focused is self._view else self._merchants

    def on_resize(self) -> None:
        """Fold or unfold the details."""
        if not isinstance(self.focused, Input):
            self._go(self._pane)

    # -- keys ------------------------------------------------------------------------------------

    def take_key(self, event: events.Key) -> bool:
        """Resolve a key that the search does not take; a digit copies a contact."""
        if not self.is_mounted:
            return False
        if isinstance(self.focused, Input):
            if event.key not in {"escape", "enter", "down", "tab"}:
                return typed(self.focused, event)
            self._end_search(keep=event.key != "escape")
            return True
        key = key_name(event.key, event.character)
        if key in "123456789":
            self._actions.copy(int(key) - 1)
            return True
        resolved = self._keys.press(key)
        if resolved is not None:
            self._commands[resolved.command]()
        return True

    def on_key(self, event: events.Key) -> None:
        """Take a key that came before the panes."""
        if self.take_key(event):
            event.stop()
            event.prevent_default()

    @property
    def _commands(self) -> dict[str, Callable[[], object]]:
        pane = self._pane
        half = max(1, pane.height // 2)
        return {
            "down": lambda: pane.move(1),
            "up": lambda: pane.move(-1),
            "top": lambda: pane.move_to(0),
            "bottom": lambda: pane.move_to(pane.count - 1, -1),
            "half_down": lambda: pane.move(half),
            "half_up": lambda: pane.move(-half),
            "open": self._open,
            "back": self._back,
            "leave": lambda: leave(self, None),
            "search": self._search,
            "help": self._help,
            **{
                name: getattr(group, name)
                for group in (self._actions, self._filters)
                for name in KEYS
                if hasattr(group, name)
            },
        }

    def _open(self) -> None:
        if self._pane is self._merchants:
            if self._merchants.current is not None:
                self._caught_up()
                self._go(self._view)
                self.call_after_refresh(self._view.show_cursor)
        elif self._view.article is not None:
            leave(self, self._view.article)
        elif self._view.contact >= 0:
            self._actions.copy(self._view.contact)

    def _back(self) -> None:
        if self._pane is self._view:
            self._go(self._merchants)
        elif self._listing.filtered:
            self._listing.unfilter()
        elif self._merchants.picked:
            self._merchants.unpick()
            self._head()
        else:
            leave(self, None)

    def _help(self) -> None:
        lines = [(keys.replace("g g", "gg"), self._say(f"book_key.{name}")) for name, keys in KEYS.items()]
        lines.insert(1, ("1–9", self._say("book_key.copy_other")))
        self.app.push_screen(HelpScreen(tuple(lines), self._say("book.title")))

    # -- search ----------------------------------------------------------------------------------

    def _search(self) -> None:
        self._go(self._merchants)
        search = self.query_one(Input)
        search.value = self._listing.query.search
        search.display = True
        self.set_focus(search)

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING_SECONDS, lambda: self._find(message.value))

    def _find(self, text: str) -> None:
        self._filters.find(text.strip())

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._end_search(keep=True)

    def _end_search(self, *, keep: bool) -> None:
        if self._typing is not None:
            self._typing.stop()
        search = self.query_one(Input)
        self._find(search.value if keep else "")
        search.display = False
        self._go(self._merchants)

    # -- messages --------------------------------------------------------------------------------

    @on(Rows.Moved)
    def _moved(self, message: Rows.Moved) -> None:
        if message.rows is self._merchants:
            if self._follow is None:
                self._follow = self.set_timer(FOLLOW_SECONDS, self._caught_up)
            self._head()

    def _caught_up(self) -> None:
        """Show the merchant that the cursor has reached; a held key passes over some."""
        if self._follow is not None:
            self._follow.stop()
            self._follow = None
            self._listing.follow()

    @on(Rows.Chosen)
    def _chosen(self) -> None:
        self._open()

    # -- bars ------------------------------------------------------------------------------------

    def _flash(self, words: str) -> None:
        """Say something in the bar of keys for a while; "" gives the keys back."""
        self._words = words
        if self._fade is not None:
            self._fade.stop()
        if words:
            self._fade = self.set_timer(FLASH_SECONDS, lambda: self._flash(""))
        self._head()
        self._foot()

    def _head(self) -> None:
        query, say = self._listing.query, self._say
        shown = [say("book.title"), query.category]
        shown += [standing_words(query.standing, say)] if query.standing else []
        shown += [say("head.search", text=query.search)] if query.search else []
        shown += [say(f"book_sort.{query.sort}")] if query.sort is not BookSort.LATEST else []
        picked = len(self._merchants.picked)
        shown += [say("book.picked", count=picked)] if picked else []
        count, total = self._merchants.count, self._listing.total
        place = f"{self._merchants.cursor + 1:,}/{count:,} " if count else "0/0 "
        if self._listing.filtered:
            place = say("book.of_all", place=place.strip(), total=f"{total:,}") + " "
        words = " · ".join(part for part in shown if part)
        self._above.show((f" {words}", ""), right=((place, "dim"),))

    def _foot(self) -> None:
        bar = self._below
        if self._words:
            bar.show((f" {self._words}", "accent"))
            return
        pieces: list[Piece] = []
        for name in ON_THE_BAR:
            key = KEYS[name].split(", ", maxsplit=1)[0].replace("enter", "⏎")
            pieces += [(f" {key} ", "accent"), (self._say(f"book_hint.{name}"), "dim")]
        help_pieces = ((" ? ", "accent"), (f"{self._say('book_hint.help')} ", "dim"))
        bar.show(*pieces, right=help_pieces)
