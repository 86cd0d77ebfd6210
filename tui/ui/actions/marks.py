"""Commands that change what the user has marked: read, favorite, hidden, all read, undo."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

from tui.model import ArticleRow, Undone
from tui.ui.choice_screen import ChoiceScreen
from tui.ui.desk import Desk
from tui.ui.undone import undone_words
from tui.ui.widgets.choice_list import Choice

_MOVING = frozenset({"hide", "unhide", "add_feed", "remove_feed"})
"""Steps whose undo changes which articles there are in the lists."""


class MarkActions:
    """Marks the article under the cursor, or as many from it on as the count says."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _rows(self, count: int | None) -> list[ArticleRow]:
        articles = self._desk.articles
        last = min(articles.count, articles.cursor + (count or 1))
        source = self._desk.listing.source
        rows = (source.row(index) for index in range(articles.cursor, last))
        return [row for row in rows if row is not None]

    def toggle_read(self, count: int | None) -> None:
        rows = self._rows(count)
        if rows:
            ids, read = [row.id for row in rows], not rows[0].read
            self._desk.listing.source.show_marks(ids, read=read)
            self._change(self._desk.reader.mark_read(ids, read))

    def toggle_favorite(self, count: int | None) -> None:
        rows = self._rows(count)
        if not rows:
            return
        ids, favorite = [row.id for row in rows], not rows[0].favorite
        self._desk.listing.source.show_marks(ids, favorite=favorite)
        self._change(self._desk.reader.mark_favorite(ids, favorite))
        self._desk.flash(self._desk.say("flash.favorite" if favorite else "flash.unfavorite"))

    def toggle_hidden(self, count: int | None) -> None:
        """Take articles out of the list; in the list of hidden ones, put them back where they were."""
        desk = self._desk
        rows = self._rows(count)
        if not rows:
            return
        ids, hidden = [row.id for row in rows], not rows[0].hidden
        future = desk.reader.mark_hidden(ids, hidden)
        desk.listing.drop(ids)
        desk.shortened()
        desk.ask.after(future, lambda _: desk.renew(), otherwise=desk.renew)
        word = "hidden" if hidden else "unhidden"
        if len(rows) == 1:
            desk.flash(desk.say(f"flash.{word}", name=rows[0].title or desk.say("article.untitled")))
        else:
            desk.flash(desk.say(f"flash.{word}_many", count=len(rows)))

    def _change(self, future: Future[int]) -> None:
        """Draw at once what was asked for; what came of it is read when it is done, or has failed."""
        self._desk.articles.redraw()
        self._desk.ask.after(future, lambda _: self._desk.marks_changed(), otherwise=self._desk.marks_changed)

    def mark_all_read(self) -> None:
        desk = self._desk
        if not desk.articles.count:
            return
        query = desk.listing.query
        if query.search:
            self._ask_to_mark(
                desk.say("choice.mark_found", name=query.search, count=f"{len(desk.listing.source):,}")
            )
        elif unread := desk.reader.open_list(replace(query, unread_only=True)).count:
            name = desk.scope_name(query.scope)
            self._ask_to_mark(desk.say("choice.mark_all", name=name, count=f"{unread:,}"))
        else:
            desk.flash(desk.say("flash.no_more_unread"))

    def _ask_to_mark(self, question: str) -> None:
        desk = self._desk
        choices = (Choice("y", desk.say("choice.yes")), Choice("n", desk.say("choice.no")))
        screen = ChoiceScreen(question, choices, desk.say("choice.hint_undo"))
        desk.screen.app.push_screen(screen, self._confirmed)

    def _confirmed(self, choice: int | None) -> None:
        desk = self._desk
        if choice != 0:
            return
        source = desk.listing.source
        if desk.listing.query.search:
            future = desk.reader.mark_read(source.ids, True)
        else:
            future = desk.reader.mark_all_read(desk.listing.query, source.upto)
        source.show_read()
        desk.articles.redraw()
        desk.ask.after(future, self._marked, otherwise=desk.marks_changed)

    def _marked(self, count: int) -> None:
        # u would take back something else where nothing was unread
        self._desk.flash(self._desk.say("flash.marked_all" if count else "flash.no_more_unread", count=count))
        self._desk.marks_changed()
        self._desk.list_changed()

    def undo(self) -> None:
        self._desk.ask.after(self._desk.reader.undo(), self._undone)

    def _undone(self, undone: Undone | None) -> None:
        desk = self._desk
        if undone is None:
            desk.flash(desk.say("flash.nothing_to_undo"))
            return
        desk.flash(undone_words(desk.say, undone))
        desk.came_back(undone.article if undone.label in _MOVING else None, moved=undone.label in _MOVING)
