"""Commands that follow the links of an article to the browser or the clipboard."""

from __future__ import annotations

from functools import partial

from tui.ui.article_links import ArticleLinks
from tui.ui.desk import Desk
from tui.ui.visiting import Visiting


class LinkActions:
    """Visits links, each by the same question where it leads elsewhere."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._visiting = Visiting(desk)

    def visit(self, count: int | None) -> None:
        stored = self._desk.current()
        if stored is None:
            return
        links = stored.article.body.links
        if count is None:
            self._visit(stored.article.link, stored.feed_id)
        elif 1 <= count <= len(links):
            self._visit(links[count - 1], stored.feed_id)
        else:
            self._desk.flash(self._desk.say("flash.no_such_link", count=len(links)))

    def visit_and_mark(self, count: int | None) -> None:
        self.visit(count)
        self._desk.opened()

    def visit_comments(self) -> None:
        stored = self._desk.current()
        if stored is not None:
            self._visit(stored.article.comments.page, stored.feed_id)

    def choose_link(self) -> None:
        """Show the article's links, to open one or to copy it."""
        from tui.ui.link_screen import ChosenLink, LinkScreen  # noqa: PLC0415 - asked for rarely

        desk = self._desk
        stored = desk.current()
        if stored is None:
            return
        links = ArticleLinks(stored.article, desk.say("choice.own_link"), desk.reader.outside.aim_of)
        if not len(links):
            desk.flash(desk.say("flash.no_link"))
            return

        def chosen(link: ChosenLink | None) -> None:
            if link is None:
                return
            if link.copies:
                told = partial(desk.ask.copied_text, kind="link")
                desk.ask.after(desk.reader.outside.copy(link.url), told)
            else:
                self._visit(link.url, stored.feed_id)

        screen = LinkScreen(desk.say("choice.link"), links, desk.say("choice.hint_link"))
        desk.screen.app.push_screen(screen, chosen)

    def _visit(self, url: str, feed: int) -> None:
        if url:
            self._visiting.visit(url, feed)
        else:
            self._desk.flash(self._desk.say("flash.no_link"))
