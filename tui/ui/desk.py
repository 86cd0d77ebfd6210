"""What all actions share: the reader, the words, the widgets, and how they are brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from time import monotonic
from typing import Literal

from textual.screen import Screen
from textual.timer import Timer

from tui.feed_values import FeedRow
from tui.merchants import MerchantBrief
from tui.model import ArticleRow, CategoryRow, ListQuery, Scope, ScopeKind, StoredArticle
from tui.reader import Reader
from tui.text.tokens import query_terms
from tui.ui.article_layout import Say
from tui.ui.asking import Asking
from tui.ui.category_lines import CategoryLines, feed_name, scope_name
from tui.ui.listing import Listing
from tui.ui.pace import Pace
from tui.ui.panes import Panes
from tui.ui.refresh_state import RefreshState
from tui.ui.rest import Rest
from tui.ui.typed_line import TypedLine
from tui.ui.widgets.article_list import ArticleList
from tui.ui.widgets.article_view import ArticleView
from tui.ui.widgets.category_list import CategoryList
from tui.ui.widgets.contact_panel import ContactPanel
from tui.ui.widgets.rows import Rows

Severity = Literal["information", "warning", "error"]

FOLLOW_SECONDS = 0.04
"""The article follows the cursor when it has rested so long; a held key passes over what lies between."""

FLASH_SECONDS = 6.0

MANY = 600
MANY_SECONDS = 0.5
"""More categories and feeds than `MANY` are read so often at most, and between keys: it takes long."""


class Desk:
    """The state of the main screen and the operations that more than one action needs."""

    def __init__(self, screen: Screen[None], reader: Reader, say: Say, keymap: Mapping[str, tuple[str, ...]]):
        self.screen = screen
        self.reader = reader
        self.say = say
        self.ask = Asking(screen.app, say)
        self.keymap = keymap
        self.listing = Listing(reader)
        self.refresh = RefreshState()
        self.panes = Panes(screen, self._folded)
        self.categories = screen.query_one("#categories", CategoryList)
        self.articles = screen.query_one("#articles", ArticleList)
        self.view = screen.query_one("#article", ArticleView)
        self.panel = screen.query_one("#contacts", ContactPanel)
        self.category_rows: tuple[CategoryRow, ...] = ()
        self.feed_rows: tuple[FeedRow, ...] = ()
        self._lines = CategoryLines(say)
        self._names: dict[Scope, str] = {}
        self.counting = Pace(monotonic, screen.set_timer, self.recount, MANY_SECONDS)
        self.merchant: MerchantBrief | None = None
        self.flashed = ""
        self.typing: TypedLine | None = None
        self._follow = Rest(screen, FOLLOW_SECONDS, self._caught_up)
        self._flash: Timer | None = None
        self.search_again: Callable[[ListQuery], None] = self.open_query
        self.redraw_bars: Callable[[], None] = lambda: None
        self.draw_place: Callable[[], None] = lambda: None

    # -- what is shown ---------------------------------------------------------------------------

    def start(self) -> None:
        """Show everything for the first time."""
        self.recount()
        self.listing.open(ListQuery())
        self.show_list()

    def _folded(self) -> None:
        self.redraw_bars()

    def recount(self) -> None:
        """Read the counts again and draw them."""
        self.category_rows = self.reader.categories()
        self.feed_rows = self.reader.feeds()
        self._names.clear()
        self.categories.show(self._lines.make(self.category_rows, self.feed_rows, self.refresh))
        self.redraw_bars()

    def counts_changed(self) -> None:
        """Read the counts again: at once, but thousands of them only twice a second, and between keys."""
        if len(self.category_rows) + len(self.feed_rows) <= MANY:
            self.recount()
        else:
            self.counting.ask()

    def show_list(self, cursor: int = 0, *, keep: bool = False) -> None:
        """Show the listing's rows with the cursor on one of them, and its article."""
        terms = tuple(term.text for term in query_terms(self.listing.query.search))
        self.articles.highlight(terms)
        self.view.highlight(terms)
        self._say_if_empty()
        self.articles.show(self.listing.source, cursor, keep=keep)
        self.preview()
        self.redraw_bars()

    def grown(self) -> None:
        """Show what a search has found since; a cursor that was moved stays on its article."""
        articles = self.articles
        current = articles.current if articles.cursor else None
        place = self.listing.source.index(current) if current is not None else 0
        articles.show(self.listing.source, max(0, place), keep=place > 0)
        self._say_if_empty()
        if self.articles.current != self.shown_id:
            self.preview()
        self.redraw_bars()

    def _say_if_empty(self) -> None:
        if not len(self.listing.source):
            self.articles.say_when_empty(self._empty_words())

    def _empty_words(self) -> str:
        query = self.listing.query
        if query.search:
            narrowed = " · ".join(self.narrowed())
            key = "empty.search_in" if narrowed else "empty.search"
            return self.say(key, text=query.search, name=narrowed)
        if self.listing.filtered:
            return self.say("empty.filter")
        if self.refresh.running:
            return self.say("empty.refreshing")
        special = query.scope.kind in (ScopeKind.FAVORITES, ScopeKind.TODAY, ScopeKind.HIDDEN)
        return self.say(f"empty.{query.scope.kind}" if special else "empty.list")

    def open_query(self, query: ListQuery) -> None:
        """Answer another query and show it from its top, the current article kept where it is in it."""
        current = self.articles.current
        self.listing.open(query)
        place = self.listing.source.index(current) if current is not None else 0
        self.show_list(max(0, place))

    def open_scope(self, scope: Scope) -> None:
        """Show a category or feed."""
        self.listing.open_scope(scope)
        self.categories.place(scope)
        self.show_list()

    def shortened(self) -> None:
        """Show the list without articles that have just left it: the cursor stays in its place."""
        if self._leaves_hidden():
            return
        self._say_if_empty()
        self.articles.show(self.listing.source, self.articles.cursor, keep=True)
        self.preview()

    def _leaves_hidden(self) -> bool:
        """Whether the last hidden article is back, so that all are shown again: the line goes with it."""
        kind = self.listing.query.scope.kind
        leaves = kind is ScopeKind.HIDDEN and not self.listing.filtered and not len(self.listing.source)
        if leaves:
            self.open_scope(Scope())
        return leaves

    def came_back(self, article: int | None, *, moved: bool) -> None:
        """Show what an undo took back; with `moved` articles have come or gone, maybe `article` alone."""
        query = self.listing.query
        self.marks_changed()
        if moved and query.search:
            self.search_again(query)
        elif moved or self.listing.filtered:
            self.open_query(query)
        self._leaves_hidden()
        place = self.listing.source.index(article) if article is not None else -1
        if place >= 0:
            self.articles.put_cursor(place)
            self.preview()

    def renew(self) -> None:
        """Read list, counts and article again; cursor, scroll and selection stay where they are."""
        self.counts_changed()
        if self.listing.query.search:
            self.articles.reread()
            return
        was_empty = self.articles.count == 0
        cursor = self.listing.renew(self.articles.cursor, self.articles.current)
        if self._leaves_hidden():
            return
        self._say_if_empty()
        self.articles.show(self.listing.source, cursor, keep=not was_empty)
        if self.articles.current != self.shown_id or was_empty or self._outdated():
            self.preview()
        self.redraw_bars()

    def _outdated(self) -> bool:
        """Whether the open article says something else now: a refresh may have taken its page or codes."""
        shown = self.view.stored
        return shown is not None and self.reader.stamp(shown.id) not in {None, shown.stamp}

    # -- the current article ---------------------------------------------------------------------

    @property
    def shown_id(self) -> int | None:
        """The id of the article in the article pane."""
        return self.view.stored.id if self.view.stored else None

    def current_row(self) -> ArticleRow | None:
        """The row under the cursor."""
        return self.articles.source.row(self.articles.cursor) if self.articles.count else None  # type: ignore[union-attr]

    def current(self) -> StoredArticle | None:
        """The article under the cursor, shown at once even when the pane has not yet followed."""
        if self.articles.current != self.shown_id:
            self.preview()
        return self.view.stored

    def preview(self) -> None:
        """Show the article under the cursor without marking it."""
        self._follow.stop()
        current = self.articles.current
        stored = self.reader.article(current) if current is not None else None
        self.merchant = self.reader.merchant_of(stored.id) if stored is not None else None
        self.view.show(stored)
        self.panel.show(stored, self.merchant)
        if stored is not None and self.reader.config.reader.mark_read == "preview":
            self.opened()
        self.redraw_bars()

    def moved(self, rows: Rows) -> None:
        """Go along with a cursor that has moved."""
        if rows is self.articles:
            self._follow.touch()
            self.draw_place()
        elif rows is self.categories and self.categories.scope is not None:
            self.open_scope(self.categories.scope)

    def _caught_up(self) -> None:
        if self.articles.current != self.shown_id:
            self.preview()

    def opened(self) -> None:
        """Mark the article under the cursor read: the user has opened it."""
        stored = self.current()
        if stored is not None and not stored.read:
            self.view.stored = replace(stored, read=True)
            marked = self.reader.mark_read([stored.id], True, opened=True)
            self.ask.after(marked, lambda _: self.marks_changed(), otherwise=self.marks_changed)

    def changed(self, article: int) -> None:
        """Show anew an article that the worker has changed."""
        self.marks_changed()
        if self.shown_id == article:
            self.preview()

    def show_article(self, article: int) -> None:
        """Put the cursor on an article, in the whole list, or that of the hidden ones, if need be."""
        for query in (ListQuery(), ListQuery(Scope(ScopeKind.HIDDEN))):
            if self.listing.source.index(article) < 0:
                self.open_query(query)
        place = self.listing.source.index(article)
        if place >= 0:
            self.articles.put_cursor(place)
            self.preview()
            self.opened()

    def marks_changed(self) -> None:
        """Draw what marks decide: the visible rows and the counts."""
        self.articles.reread()
        if self.view.stored is not None:
            fresh = self.current_row()
            if fresh is not None and fresh.id == self.view.stored.id:
                self.view.stored = replace(self.view.stored, read=fresh.read, favorite=fresh.favorite)
        self.counts_changed()

    def list_changed(self) -> None:
        """Open a list anew that shows what is unread, or favorites: many marks have changed what is in it."""
        query = self.listing.query
        if not query.search and self.listing.filtered:
            self.open_query(query)

    # -- words -----------------------------------------------------------------------------------

    def scope_name(self, scope: Scope) -> str:
        """The name of a category or feed."""
        name = self._names.get(scope)
        if name is None:
            # once for a scope: it may be one of thousands, and every key asks
            name = self._names[scope] = self._find_name(scope)
        return name

    def filters(self) -> tuple[str, ...]:
        """The filters of the list."""
        query = self.listing.query
        names = ("unread_only", "favorites_only")
        return tuple(self.say(f"head.{name}") for name in names if getattr(query, name))

    def narrowed(self) -> tuple[str, ...]:
        """What keeps a search from all articles: a category or feed, filters."""
        scope = self.listing.query.scope
        return self.filters() if scope == Scope() else (self.scope_name(scope), *self.filters())

    def _find_name(self, scope: Scope) -> str:
        if scope.kind is ScopeKind.FEED:
            return next((feed_name(feed) for feed in self.feed_rows if feed.id == scope.id), "")
        if scope.kind is not ScopeKind.CATEGORY:
            return self.say(f"scope.{scope.kind}")
        same = (row for row in self.category_rows if row.scope.id == scope.id and row.scope == scope)
        found = next(same, None)
        return scope_name(found, self.say) if found is not None else self.say("scope.category")

    def flash(self, text: str) -> None:
        """Say something in the status bar for a while."""
        self.flashed = text
        if self._flash is not None:
            self._flash.stop()
        self._flash = self.screen.set_timer(FLASH_SECONDS, self._fade)
        self.redraw_bars()

    def _fade(self) -> None:
        self.flashed = ""
        self.redraw_bars()
