"""Commands that move: the cursor, the page, the pane."""

from __future__ import annotations

from dataclasses import replace

from tui.ui.desk import Desk
from tui.ui.panes import Pane
from tui.ui.widgets.rows import Rows
from tui.ui.widgets.scroller import Scroller


class MoveActions:
    """Moves in whichever pane has the keys."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def _rows(self) -> Rows | None:
        pane = self._desk.panes.now
        if pane is Pane.CATEGORIES:
            return self._desk.categories
        return self._desk.articles if pane is Pane.ARTICLES else None

    def _lines(self) -> Scroller:
        """What scrolls where there are no rows: the contacts where they have the keys, else the article."""
        return self._desk.panel if self._desk.panes.now is Pane.CONTACTS else self._desk.view

    def _by(self, step: int) -> None:
        rows = self._rows()
        if rows is None:
            self._lines().scroll_lines(step)
        elif rows.put_cursor(rows.cursor + step, 1 if step > 0 else -1):
            self._desk.moved(rows)

    def _to(self, place: int) -> None:
        rows = self._rows()
        if rows is None:
            self._lines().scroll_to_line(place)
        elif rows.put_cursor(place):
            self._desk.moved(rows)

    def _page(self) -> int:
        rows = self._rows()
        return max(1, (self._lines().height if rows is None else rows.height) - 1)

    def move_down(self, count: int | None) -> None:
        self._by(count or 1)

    def move_up(self, count: int | None) -> None:
        self._by(-(count or 1))

    def half_page_down(self, count: int | None) -> None:
        self._by((count or 1) * max(1, self._page() // 2))

    def half_page_up(self, count: int | None) -> None:
        self._by(-(count or 1) * max(1, self._page() // 2))

    def page_down(self, count: int | None) -> None:
        self._by((count or 1) * self._page())

    def page_up(self, count: int | None) -> None:
        self._by(-(count or 1) * self._page())

    def go_top(self, count: int | None) -> None:
        self._to((count or 1) - 1)

    def go_bottom(self, count: int | None) -> None:
        rows = self._rows()
        if count is not None:
            self._to(count - 1)
        elif rows is None:
            self._lines().scroll_to_end()
        else:
            self._to(rows.count - 1)

    def open(self) -> None:
        panes = self._desk.panes
        if panes.now is Pane.CATEGORIES:
            panes.go(Pane.ARTICLES)
        elif self._desk.articles.count:
            panes.go(Pane.ARTICLE)
            self._desk.opened()
            self._desk.view.show_found()

    def back(self) -> None:
        desk = self._desk
        if desk.panes.view.zen:
            desk.panes.toggle_zen()
        elif desk.panes.now is Pane.CONTACTS:
            desk.panes.go(Pane.ARTICLE)
        elif desk.panes.now is Pane.ARTICLE:
            desk.panes.go(Pane.ARTICLES)
        elif desk.panes.now is Pane.ARTICLES and desk.listing.filtered:
            desk.open_query(replace(desk.listing.query, search="", unread_only=False, favorites_only=False))
        else:
            desk.panes.go(Pane.CATEGORIES)

    def page_or_next(self) -> None:
        desk = self._desk
        if desk.panes.now is Pane.CATEGORIES:
            self.open()
            return
        desk.opened()
        if desk.view.at_end:
            self.next_unread(None)
        else:
            desk.view.scroll_lines(max(1, desk.view.height - 1))

    def next_unread(self, count: int | None) -> None:
        self._unread(1, count or 1)

    def previous_unread(self, count: int | None) -> None:
        self._unread(-1, count or 1)

    def _unread(self, step: int, times: int) -> None:
        desk = self._desk
        source = desk.listing.source
        place: int | None = desk.articles.cursor
        for _ in range(times):
            found = source.unread((place or 0) + step, step)
            if found is None:
                # round the corner, so that what was passed over is not left behind
                found = source.unread(0 if step > 0 else len(source) - 1, step)
            place = found
        if place is None:
            desk.flash(desk.say("flash.no_more_unread"))
        else:
            self._go_and_open(place)

    def _go_and_open(self, place: int) -> None:
        desk = self._desk
        if desk.panes.now is Pane.CATEGORIES:
            desk.panes.go(Pane.ARTICLES)
        desk.articles.put_cursor(place)
        desk.preview()
        desk.opened()
        desk.view.show_found()

    def random_article(self) -> None:
        desk = self._desk
        article = desk.reader.random_unread(desk.listing.query)
        place = desk.listing.source.index(article) if article is not None else -1
        if place < 0:
            desk.flash(desk.say("flash.no_more_unread"))
            return
        self._go_and_open(place)
        desk.panes.go(Pane.ARTICLE)

    def next_pane(self) -> None:
        self._step(1)

    def previous_pane(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        self._desk.panes.step(step)
        # the contacts take no focus that would draw the heads
        self._desk.redraw_bars()

    def focus_categories(self) -> None:
        self._desk.panes.go(Pane.CATEGORIES)

    def focus_articles(self) -> None:
        self._desk.panes.go(Pane.ARTICLES)

    def focus_article(self) -> None:
        self._desk.panes.go(Pane.ARTICLE)

    def next_category(self, count: int | None) -> None:
        self._category(count or 1)

    def previous_category(self, count: int | None) -> None:
        self._category(-(count or 1))

    def _category(self, step: int) -> None:
        rows = self._desk.categories
        if rows.put_cursor(rows.cursor + step, 1 if step > 0 else -1):
            self._desk.moved(rows)
