"""The main screen: composes the panes, turns keys into commands, hands messages to the actions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic

from textual import events, on
from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer

from tui.commands import COMMANDS
from tui.protocol import BackedUp, CodesFound, Event, PageTaken, RefreshFinished, RefreshStarted, WorkerFailed
from tui.reader import Reader
from tui.ui.actions.code import CodeActions
from tui.ui.actions.contact import ContactActions
from tui.ui.actions.feeds import FeedActions
from tui.ui.actions.find import FindActions
from tui.ui.actions.links import LinkActions
from tui.ui.actions.marks import MarkActions
from tui.ui.actions.move import MoveActions
from tui.ui.actions.view import ViewActions
from tui.ui.article_layout import Say
from tui.ui.bars import Bars
from tui.ui.calm_screen import CalmScreen
from tui.ui.desk import Desk
from tui.ui.keys import KeyResolver, Resolved, key_name
from tui.ui.pace import FRAME_SECONDS, Pace
from tui.ui.panes import Pane
from tui.ui.widgets.article_list import MARKED, ArticleList
from tui.ui.widgets.article_view import ArticleView
from tui.ui.widgets.bar import Bar
from tui.ui.widgets.box import Box, ground
from tui.ui.widgets.category_list import CategoryList
from tui.ui.widgets.contact_panel import ContactPanel
from tui.ui.widgets.notice import Notice
from tui.ui.widgets.rows import Rows
from tui.ui.widgets.scroller import Scroller

KEY_SECONDS = 0.6
"""A lone digit or an unfinished sequence is taken as it stands after so long."""

COUNTED = frozenset(command.id for command in COMMANDS if command.counted)

LOOK_SECONDS = 2.0
"""What others wrote is looked for with the first key after so long, and when the terminal is entered."""

LOOK_MINUTES = 5
"""Between two looks at which feeds are due."""


class MainScreen(CalmScreen[None]):
    """Categories, articles, article and contacts on one screen."""

    BINDINGS = []
    AUTO_FOCUS = ""

    class WorkerSpoke(Message):
        """The worker has sent an event."""

        def __init__(self, event: Event) -> None:
            super().__init__()
            self.event = event

    def __init__(self, reader: Reader, say: Say, keymap: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._reader = reader
        self._say = say
        self._keymap = keymap
        sequences = {tuple(key.split(" ")): id for id, keys in keymap.items() for key in keys}
        self._keys = KeyResolver(sequences)
        self._key_timer: Timer | None = None
        self._looked = monotonic()
        self._commands: dict[str, Callable[..., None]] = {}

    def compose(self) -> ComposeResult:
        """Three columns over a status bar; the style sheet folds them in smaller terminals."""
        yield Bar(id="category-bar")
        with Box(id="body"):
            with Box(id="left"):
                yield Bar(id="categories-head")
                yield CategoryList(id="categories")
            with Box(id="center"):
                with Box(id="upper"):
                    yield Bar(id="articles-head")
                    yield Notice(id="notice")
                    yield ArticleList(self._reader.clock, self._marks(), id="articles")
                with Box(id="lower"):
                    yield Bar(id="article-head")
                    yield ArticleView(self._say, id="article")
            with Box(id="right"):
                yield Bar(id="contacts-head")
                yield ContactPanel(self._say, self._reader.clock, id="contacts")
        yield Bar(id="contact-bar")
        yield Bar(id="status")

    def _marks(self) -> dict[str, str]:
        """The marks for kinds of contact as feeds.toml wants them."""
        style = self._reader.config.reader.marks
        return {} if style == "none" else {name: self._say(f"mark_{style}.{name}") for name, _ in MARKED}

    def on_mount(self) -> None:
        """Wire the actions, show what the store holds, listen to the worker."""
        self.desk = desk = Desk(self, self._reader, self._say, self._keymap)
        self._bars = Bars(desk)
        self._pace = Pace(monotonic, self.set_timer, desk.renew)
        desk.redraw_bars, desk.draw_place = self._bars.draw, self._bars.place
        self._find, self._contact = FindActions(desk), ContactActions(desk)
        desk.search_again = self._find.again
        self._links, self._codes = LinkActions(desk), CodeActions(desk, self._contact)
        groups = (
            MoveActions(desk),
            MarkActions(desk),
            self._codes,
            self._contact,
            self._find,
            self._links,
            FeedActions(desk),
            ViewActions(desk),
        )
        for command in COMMANDS:
            self._commands[command.id] = next(
                getattr(group, command.id) for group in groups if hasattr(group, command.id)
            )
        # not at once: what is being drawn is drawn without it
        self._reader.complaints.hear = lambda problem: self.call_next(desk.ask.tell, problem)
        desk.panes.resize(self.size)
        desk.panes.go(Pane.ARTICLES)
        desk.start()
        self._reader.listen(lambda event: self.post_message(self.WorkerSpoke(event)))
        options = self._reader.config.reader
        if options.refresh_on_start:
            self._reader.refresh(force=False)
        if options.refresh_minutes:
            # Feeds have intervals of their own, and are spread over theirs.
            seconds = 60 * min(options.refresh_minutes, LOOK_MINUTES)
            self.set_interval(seconds, self._look_at_feeds)
        self.watch(self.app, "app_focus", self._look_around, init=False)

    def _look_at_feeds(self) -> None:
        """Refresh what is due; where nothing is, no worker is started to find that out."""
        if self._reader.is_due():
            self._reader.refresh(force=False)
        else:
            # what else follows a refresh must not wait for one that may be a day away
            self._reader.back_up()

    def _look_around(self) -> None:
        """Show what others have written, another reader or cron, once the user is here again.

        On a timer it would wake up a screen at which nobody looks.
        """
        self._looked = monotonic()
        if self._reader.has_news():
            self.desk.renew()
            self.desk.marks_changed()

    def on_resize(self, event: events.Resize) -> None:
        """Fold the panes for the new size."""
        self.desk.panes.resize(event.size)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The ground beneath the panes."""
        return ground(self, crop)

    def settle(self) -> None:
        """Take back what was said in passing."""
        self.desk.flashed = ""
        self._bars.draw()

    # -- keys ------------------------------------------------------------------------------------

    def take_key(self, event: events.Key) -> bool:
        """Resolve a key, or type it into the search; False for one that came before the panes."""
        if not self._commands:
            return False
        self._pace.press()
        self.desk.counting.press()
        if monotonic() - self._looked > LOOK_SECONDS:
            self._looked = monotonic()
            self.set_timer(FRAME_SECONDS, self._look_around)
        if self.desk.typing is not None:
            self._find.take_key(event.key, event.character)
            return True
        if self._key_timer is not None:
            self._key_timer.stop()
            self._key_timer = None
        resolved = self._keys.press(key_name(event.key, event.character))
        if self._keys.waits:
            self._key_timer = self.set_timer(KEY_SECONDS, self._expire)
        self._run(resolved)
        if resolved is None and (event.character or "") > "\u2e80" and not self._keys.waits:
            self.desk.flash(self._say("flash.ime"))
        return True

    def take_paste(self, text: str) -> bool:
        """Take a paste into the search that is typed; False when there is none."""
        return bool(self._commands) and self._find.paste(text)

    def on_mouse_down(self) -> None:
        """Keep the search that is typed when the mouse goes on with something else."""
        if self.desk.typing is not None:
            self._find.leave(keep=True)

    def on_key(self, event: events.Key) -> None:
        """Take a key that came before the panes; it would bubble to the app and come again."""
        event.stop()
        self.take_key(event)

    def _expire(self) -> None:
        self._run(self._keys.expire())

    def _run(self, resolved: Resolved | None) -> None:
        self._bars.pending = self._keys.state.text
        if resolved is not None:
            counted = resolved.command in COUNTED
            self._commands[resolved.command](*([resolved.count] if counted else []))
        self._bars.status()

    def run_command(self, command: str) -> None:
        """Run a command by its id, as the palette does."""
        self._run(Resolved(command))

    def command_words(self, command: str) -> tuple[str, str]:
        """A command's name and keys, for the palette."""
        return self._say(f"command.{command}"), ", ".join(self._keymap.get(command, ()))

    # -- messages --------------------------------------------------------------------------------

    @on(Rows.Moved)
    def _moved(self, message: Rows.Moved) -> None:
        self.desk.moved(message.rows)

    @on(Rows.Chosen)
    def _chosen(self, message: Rows.Chosen) -> None:
        self.run_command("open")

    @on(events.DescendantFocus)
    def _focus_moved(self, event: events.DescendantFocus) -> None:
        """Follow a click into another pane."""
        name = event.widget.id or ""
        if event.widget is not self.focused:
            return
        if name in set(Pane) and self.desk.panes.now != name:
            self.desk.panes.go(Pane(name))
            if name == Pane.ARTICLE:
                self.desk.opened()
        self._bars.draw()

    @on(Scroller.Scrolled)
    def _scrolled(self) -> None:
        self._bars.status()

    @on(ArticleView.LinkClicked)
    def _link_clicked(self, message: ArticleView.LinkClicked) -> None:
        self._links.visit(message.number + 1)

    @on(ArticleView.TextSelected)
    def _text_selected(self, message: ArticleView.TextSelected) -> None:
        self._contact.copy_text(message.text)

    @on(ContactPanel.Picked)
    def _picked(self, message: ContactPanel.Picked) -> None:
        self._contact.pick(message.number)

    @on(Bar.Clicked)
    def _bar_clicked(self, message: Bar.Clicked) -> None:
        if message.bar.id == "category-bar":
            self.run_command("focus_categories")

    @on(WorkerSpoke)
    def _worker_spoke(self, message: WorkerSpoke) -> None:
        event = message.event
        self.desk.refresh.take(event)
        if isinstance(event, PageTaken):
            self._codes.page_taken(event)
            return
        if isinstance(event, CodesFound):
            self._codes.codes_found(event)
            return
        if isinstance(event, BackedUp):
            if event.problem is not None:
                self.desk.ask.tell(event.problem)
            return
        if isinstance(event, RefreshFinished | WorkerFailed):
            self._refreshed()
        else:
            self._pace.ask()
        if isinstance(event, RefreshStarted):
            self._bars.status()

    def _refreshed(self) -> None:
        desk = self.desk
        refresh = desk.refresh
        if refresh.failure is None and refresh.total:
            key = "flash.refreshed_failed" if refresh.failed else "flash.refreshed"
            there = next(iter(self._keymap.get("next_failing", ())), "")
            desk.flash(desk.say(key, new=refresh.new, failed=refresh.failed, total=refresh.total, key=there))
        desk.renew()
        self._codes.refreshed()
        if refresh.failure is None:
            self._reader.back_up()
