"""Commands that reach outside: refresh, the browser, the user's feeds.toml."""

from __future__ import annotations

import subprocess

from tui.errors import HuoyuanError
from tui.model import ScopeKind
from tui.ui.desk import Desk


class FeedActions:
    """Refreshes feeds, visits links, edits the list of feeds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def refresh_all(self) -> None:
        self._desk.reader.refresh(force=True)
        self._desk.flash(self._desk.say("flash.refreshing"))

    def refresh_feed(self) -> None:
        """Refresh the chosen feed, or the feed of the article under the cursor."""
        desk = self._desk
        scope = desk.categories.scope
        if scope is not None and scope.kind is ScopeKind.FEED:
            feed = scope.id
        else:
            stored = desk.current()
            if stored is None:
                self.refresh_all()
                return
            feed = stored.feed_id
        desk.reader.refresh([feed], force=True)
        desk.flash(desk.say("flash.refreshing"))

    def visit(self, count: int | None) -> None:
        stored = self._desk.current()
        if stored is None:
            return
        links = stored.article.body.links
        if count is None:
            self._visit(stored.article.link)
        elif 1 <= count <= len(links):
            self._visit(links[count - 1])
        else:
            self._desk.flash(self._desk.say("flash.no_such_link", count=len(links)))

    def visit_and_mark(self, count: int | None) -> None:
        self.visit(count)
        self._desk.opened()

    def visit_comments(self) -> None:
        stored = self._desk.current()
        if stored is not None:
            self._visit(stored.article.comments.page)

    def _visit(self, url: str) -> None:
        desk = self._desk
        if not url:
            desk.flash(desk.say("flash.no_link"))
            return
        desk.ask.after(desk.reader.visit(url), lambda host: desk.flash(desk.say("flash.visited", host=host)))

    def edit_feeds(self) -> None:
        """Open feeds.toml in the user's editor, then read it again."""
        desk = self._desk
        try:
            command = desk.reader.editor_command()
            with desk.screen.app.suspend():
                subprocess.run(command, check=False)
            desk.screen.app.refresh()
            desk.reader.reload()
        except HuoyuanError as error:
            desk.ask.tell(error.problem)
            return
        desk.renew()
        desk.reader.refresh(force=False)
        desk.flash(desk.say("flash.feeds_read", count=len(desk.reader.config.feeds)))
