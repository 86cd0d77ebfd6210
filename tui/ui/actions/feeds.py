"""Commands over feeds: their refresh, and those of the user's feeds.toml."""

from __future__ import annotations

from tui.errors import HuoyuanError
from tui.feed_values import FeedRow, FeedSpec
from tui.model import Scope, ScopeKind
from tui.ui.category_lines import feed_name
from tui.ui.choice_screen import ChoiceScreen
from tui.ui.desk import Desk
from tui.ui.visiting import run_in_terminal
from tui.ui.widgets.choice_list import Choice


class FeedActions:
    """Refreshes feeds, edits the list of feeds."""

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

    def next_failing(self) -> None:
        """Show the next feed that something is wrong with: above its articles stands what, and what to do."""
        desk = self._desk
        place = desk.categories.next_bad()
        if place is None:
            desk.flash(desk.say("flash.none_failing"))
        else:
            desk.categories.put_cursor(place)
            desk.moved(desk.categories)

    def add_feed(self, typed: str = "") -> None:
        """Ask for an address and a category, and add the feed."""
        desk = self._desk
        desk.ask.text(desk.say("ask.feed_url"), typed, self._addressed)

    def _addressed(self, typed: str) -> None:
        # a start need not pay for what checks addresses
        from tui.config.feed_urls import new_url  # noqa: PLC0415

        desk = self._desk
        if not typed:
            return
        try:
            # by the store, which another reader may have changed too
            url = new_url(typed, [FeedSpec(feed.url, feed_name(feed)) for feed in desk.reader.feeds()])
        except HuoyuanError as error:
            desk.ask.tell(error.problem)
            self.add_feed(typed)
            return
        scope = desk.listing.query.scope
        category = desk.scope_name(scope) if scope.kind is ScopeKind.CATEGORY else ""
        desk.ask.text(desk.say("ask.feed_category"), category, lambda text: self._add(url, text))

    def _add(self, url: str, category: str) -> None:
        desk = self._desk

        def added(_: object) -> None:
            desk.renew()
            feeds = [feed for feed in desk.reader.feeds() if feed.url == url]
            desk.reader.refresh([feed.id for feed in feeds], force=True)
            desk.flash(desk.say("flash.feed_added", name=feed_name(feeds[0]) if feeds else ""))

        desk.ask.after(desk.reader.add_feed(url, category), added)

    def remove_feed(self) -> None:
        """Remove the chosen feed, or the feed of the article under the cursor, once the user says so."""
        desk = self._desk
        feed = self._feed()
        if feed is None:
            desk.flash(desk.say("flash.no_feed"))
            return
        name = feed_name(feed)
        choices = (Choice("y", desk.say("choice.yes")), Choice("n", desk.say("choice.no")))
        question = desk.say("choice.remove_feed", name=name)
        screen = ChoiceScreen(question, choices, desk.say("choice.hint_remove"))

        def chosen(choice: int | None) -> None:
            if choice == 0:
                desk.ask.after(desk.reader.remove_feed(feed.url), lambda _: self._removed(feed.id, name))

        desk.screen.app.push_screen(screen, chosen)

    def _feed(self) -> FeedRow | None:
        """The chosen feed, or that of the article under the cursor, if feeds.toml has it."""
        desk = self._desk
        scope = desk.listing.query.scope
        stored = desk.current() if scope.kind is not ScopeKind.FEED else None
        wanted = stored.feed_id if stored is not None else scope.id if scope.kind is ScopeKind.FEED else None
        return next((feed for feed in desk.feed_rows if feed.id == wanted), None)

    def _removed(self, feed: int, name: str) -> None:
        desk = self._desk
        if desk.listing.query.scope == Scope(ScopeKind.FEED, feed):
            desk.open_scope(Scope())
            desk.counts_changed()
        else:
            desk.renew()
        desk.flash(desk.say("flash.feed_removed", name=name))

    def edit_feeds(self) -> None:
        """Open feeds.toml in the user's editor, then read it again."""
        desk = self._desk
        try:
            run_in_terminal(desk.screen.app, desk.reader.outside.editor_command(desk.reader.config.path))
            desk.reader.reload()
        except HuoyuanError as error:
            desk.ask.tell(error.problem)
            return
        desk.renew()
        desk.reader.refresh(force=False)
        desk.flash(desk.say("flash.feeds_read", count=len(desk.reader.config.feeds)))
