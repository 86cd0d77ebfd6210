"""What the bars say: heads of the panes, categories folded into a line, notice, contacts, status."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from textual.geometry import Offset

from tui.errors import Code
from tui.i18n import explain
from tui.model import Contact, Hidden, ScopeKind
from tui.text.width import cells
from tui.ui.category_lines import BY_TOTAL, scope_name
from tui.ui.contact_order import grouped, keys_of, ordered
from tui.ui.desk import Desk
from tui.ui.panes import Pane
from tui.ui.typed_line import TypedLine
from tui.ui.widgets.article_list import CODES
from tui.ui.widgets.bar import Bar, Piece

HINTS: dict[Pane, tuple[str, ...]] = {
    Pane.CATEGORIES: ("open", "move_down", "refresh_feed", "refresh_all", "edit_feeds", "help", "quit"),
    Pane.ARTICLES: ("copy_wechat", "open", "next_unread", "toggle_favorite", "search", "help", "quit"),
    Pane.ARTICLE: ("copy_wechat", "page_or_next", "visit", "toggle_favorite", "back", "help", "quit"),
    Pane.CONTACTS: ("copy_wechat", "choose_contact", "back", "help", "quit"),
}

GAP = "|"
"""Stands for the text of a search in the words around it."""

MOST_CATEGORIES = 60
"""More names than fit on the widest line."""


class Bars:
    """Draws all bars from the desk; each draws only when its words differ."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.pending = ""
        self._bars = {bar.id: bar for bar in desk.screen.query(Bar)}
        self._of_search = tuple(self._named((("Enter", "keep_search"), ("Esc", "leave_search"))))
        self._all_hints = {pane: tuple(self._hints(pane)) for pane in Pane}

    def draw(self) -> None:
        """Bring every bar that is seen up to date."""
        seen = self._desk.panes.view.boxes()
        self._heads()
        self._notice()
        if "category-bar" in seen:
            self._category_bar()
        if "contact-bar" in seen:
            self._contact_bar()
        self.status()

    def _bar(self, name: str) -> Bar:
        return self._bars[name]

    def _head(self, name: str, pane: Pane, *left: Piece, right: tuple[Piece, ...] = ()) -> None:
        beneath = "head-focused" if self._desk.panes.now is pane else "head"
        self._bar(name).show(*left, right=right, beneath=beneath)

    def _heads(self) -> None:
        desk, say = self._desk, self._desk.say
        self._head("categories-head", Pane.CATEGORIES, (f" {say('head.categories')}", ""))
        self._head("contacts-head", Pane.CONTACTS, (f" {say('head.contacts')}", ""))
        self.place()
        stored = desk.view.stored
        star = (("★ ", "good"),) if stored is not None and stored.favorite else ()
        self._head("article-head", Pane.ARTICLE, (f" {say('head.article')}", ""), right=star)

    def place(self) -> None:
        """What the list shows, and which of its rows the cursor stands on."""
        desk, say = self._desk, self._desk.say
        query = desk.listing.query
        parts = (desk.scope_name(query.scope), *desk.filters())
        if query.search:
            parts = (say("head.search", text=query.search), *desk.narrowed())
        count = len(desk.listing.source)
        more = "…" if desk.listing.searching else "+" if desk.listing.cut else ""
        place = f" {desk.articles.cursor + 1:,}/{count:,}{more} " if count else ""
        left = (
            self._typed(desk.typing, cells(place))
            if desk.typing is not None
            else ((f" {' · '.join(parts)}", ""),)
        )
        self._head("articles-head", Pane.ARTICLES, *left, right=((place, "dim"),))

    def _typed(self, line: TypedLine, taken: int) -> tuple[Piece, ...]:
        """The search as it is typed: the head that it will have, with the cursor in it."""
        say, head = self._desk.say, self._bar("articles-head").region
        # a pane that this key unfolds, which is then the whole screen, has no size yet
        width = head.width or self._desk.screen.size.width
        opening, _, closing = say("head.search", text=GAP).partition(GAP)
        before, behind = line.window(width - taken - cells(opening) - cells(closing) - 2)
        # where a composed character is to be shown by the terminal
        at = head.x + 1 + cells(opening) + cells(before)
        self._desk.screen.app.cursor_position = Offset(at, head.y)
        behind = " · ".join((f"{behind}{closing}", *self._desk.narrowed())) or " "
        hint = "" if line.text else f"  {say('search.placeholder')}"
        return (f" {opening}{before}", ""), (behind[0], "selected"), (behind[1:], ""), (hint, "dim")

    def _category_bar(self) -> None:
        """The categories on one line, the chosen one first in sight."""
        desk = self._desk
        rows = desk.category_rows
        scope = desk.listing.query.scope
        here = next((n for n, row in enumerate(rows) if row.scope.id == scope.id and row.scope == scope), 0)
        pieces: list[Piece] = []
        if scope.kind is ScopeKind.FEED:
            pieces.append((f" {desk.scope_name(scope)} ", "title"))
        for row in rows[max(0, here - 1) :][:MOST_CATEGORIES]:
            number = row.total if row.scope.kind in BY_TOTAL else row.unread
            count = f" {number:,}" if number else ""
            pieces.append((f" {scope_name(row, desk.say)}{count} ", "title" if row.scope == scope else "dim"))
        self._bar("category-bar").show(*pieces)

    def _notice(self) -> None:
        """Why the chosen feed could not be refreshed, and what can be done."""
        desk = self._desk
        bar = self._bar("notice")
        scope = desk.listing.query.scope
        feeds = (feed for feed in desk.feed_rows if feed.id == scope.id)
        feed = next(feeds, None) if scope.kind is ScopeKind.FEED else None
        problem = feed.problem if feed is not None else None
        if desk.refresh.failure is not None:
            problem = desk.refresh.failure
        bar.display = problem is not None
        if problem is None:
            return
        words = explain(desk.say, problem)
        again = ""
        if feed is not None and feed.next_check and not (problem.is_note or problem.code is Code.GONE):
            again = desk.say("notice.next", time=self._when(feed.next_check))
            # it says when: room for what the user can do
            words = words.removesuffix(desk.say("notice.later"))
        bar.show((f"{words} ", "bad"), (again, "dim"))

    def _when(self, moment: int) -> str:
        """A moment to come, with its date where that is another day."""
        there, here = time.localtime(moment), time.localtime(self._desk.reader.clock())
        return time.strftime("%H:%M" if there[:3] == here[:3] else "%m-%d %H:%M", there)

    def _contact_bar(self) -> None:
        """The contacts on one line, where the panel has no room."""
        stored = self._desk.view.stored
        bar = self._bar("contact-bar")
        if stored is None:
            bar.show()
        else:
            bar.show(*self._contact_pieces(ordered(stored.article.contacts), stored.article.hidden))

    def _contact_pieces(self, contacts: tuple[Contact, ...], hidden: tuple[Hidden, ...]) -> Iterator[Piece]:
        say = self._desk.say
        for reason in hidden:
            yield f" {say(f'hidden.{reason}')}", "bad"
        if not contacts and not hidden:
            yield f" {say('flash.no_contact')}", "dim"
        for contact, key in zip(contacts, keys_of(contacts), strict=True):
            yield f" {say(f'field.{contact.kind}')} ", "dim"
            if contact.kind not in CODES:
                yield f"{grouped(contact.kind, contact.value)} ", "contact"
            if contact.mask:
                yield f"! {say(f'mask.{contact.mask}')} ", "bad"
            yield f"{key} ", "accent"

    def status(self) -> None:
        """The keys that matter here at the left; pending keys and progress at the right."""
        desk = self._desk
        bar = self._bar("status")
        right = self._progress()
        if self.pending:
            right = ((f" {self.pending} ", "accent"), *right)
        if desk.typing is not None:
            bar.show(*self._of_search, right=right)
        elif desk.flashed:
            bar.show((f" {desk.flashed}", "accent"), right=right)
        else:
            bar.show(*self._all_hints[desk.panes.now], right=right)

    def _hints(self, pane: Pane) -> Iterator[Piece]:
        keymap = self._desk.keymap
        known = ((keymap.get(command, ()), command) for command in HINTS[pane])
        return self._named((keys[0].replace(" ", ""), command) for keys, command in known if keys)

    def _named(self, keys: Iterable[tuple[str, str]]) -> Iterator[Piece]:
        for key, hint in keys:
            yield f" {key} ", "accent"
            yield f"{self._desk.say(f'hint.{hint}')} ", "dim"

    def _progress(self) -> tuple[Piece, ...]:
        refresh = self._desk.refresh
        if not refresh.running or not refresh.total:
            return ()
        failed = ((f"✗{refresh.failed} ", "bad"),) if refresh.failed else ()
        return ((f" {refresh.bar} {refresh.done}/{refresh.total} ", "accent"), *failed)
