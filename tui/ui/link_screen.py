"""A modal that shows an article's links: one of them is opened or copied."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.ui.article_links import ArticleLinks
from tui.ui.dialog import Dialog, step_of
from tui.ui.keys import key_name
from tui.ui.leaving import leave
from tui.ui.widgets.bar import Bar
from tui.ui.widgets.link_list import LinkList
from tui.ui.widgets.rows import Rows
from tui.values import frozen

BARS = 3


@frozen
class ChosenLink:
    """What is to be done with which link."""

    url: str
    copies: bool = False


class LinkScreen(Dialog[ChosenLink | None]):
    """Gives the link that was chosen, None when the user left without one."""

    def __init__(self, title: str, links: ArticleLinks, hint: str) -> None:
        super().__init__()
        self._title = title
        self._links = links
        self._hint = hint
        self._digits = ""

    def compose(self) -> ComposeResult:
        """A title, the links, the whole address under the cursor, a line of help."""
        with Vertical(classes="dialog"):
            yield Bar(id="links-title", beneath="head-focused")
            links = LinkList(self._links, id="links")
            links.styles.height = min(len(self._links), max(1, self.app.size.height * 9 // 10 - BARS))
            yield links
            yield Bar(id="links-address")
            yield Bar(id="links-hint")

    def on_mount(self) -> None:
        """Fill the bars and take the keys."""
        self.query_one("#links-hint", Bar).show((f" {self._hint}", "dim"))
        self.query_one(LinkList).focus()
        self._show_place()

    def take_key(self, event: events.Key) -> bool:
        """Digits choose by number; o, l and Enter open, y copies, j, k, g and G move, Esc leaves."""
        if not self.is_mounted:
            return False
        links = self.query_one(LinkList)
        key = key_name(event.key, event.character)
        if key.isascii() and key.isdigit():
            self._press_digit(links, key)
            return True
        self._digits = ""
        if key in ("escape", "q", "h"):
            leave(self, None)
        elif key in ("enter", "l", "o", "y"):
            self._choose(links.cursor, copies=key == "y")
        elif step := step_of(key, max(1, links.height - 1), len(self._links)):
            links.move_to(links.cursor + step, 1 if step > 0 else -1)
        self._show_place()
        return True

    def _press_digit(self, links: LinkList, digit: str) -> None:
        """Go to the link of the number that is typed; open it once no further digit makes another one."""
        typed = self._digits + digit
        place = self._links.place_of(int(typed))
        if place is None:
            # not the link of the last digit alone: nobody asked for that one
            self._digits = ""
        elif int(typed) == 0 or self._links.place_of(int(typed) * 10) is None:
            self._choose(place, copies=False)
        else:
            self._digits = typed
            links.move_to(place)
        self._show_place()

    def _choose(self, place: int, *, copies: bool) -> None:
        leave(self, ChosenLink(self._links[place].url, copies))

    def _show_place(self) -> None:
        """Which link the cursor stands on, and its whole address."""
        place = self.query_one(LinkList).cursor
        count = f"{self._digits}  {place + 1}/{len(self._links)} "
        self.query_one("#links-title", Bar).show((f" {self._title}", ""), right=((count, "dim"),))
        self.query_one("#links-address", Bar).show((f" {self._links[place].url}", "link"), beneath="panel")

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._show_place()

    @on(Rows.Chosen)
    def _chosen(self, message: Rows.Chosen) -> None:
        self._choose(message.index, copies=False)
