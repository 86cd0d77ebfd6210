"""Which panes are on the screen and which has the keys, at any size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from textual.geometry import Size
from textual.screen import Screen

from tui.values import frozen

NARROW = 60
WIDE = 100
LOW = 14
"""Under so many rows list and article do not fit one above the other."""

USUAL = Size(120, 40)

LEFT_WIDTH = 24
RIGHT_WIDTH = 30


class Pane(StrEnum):
    """The panes that can have the keys; in a small terminal one of them is the screen."""

    CATEGORIES = "categories"
    ARTICLES = "articles"
    ARTICLE = "article"
    CONTACTS = "contacts"


ORDER = (Pane.CATEGORIES, Pane.ARTICLES, Pane.ARTICLE)

BOXES = ("category-bar", "left", "center", "upper", "lower", "right", "contact-bar")
"""What can be shown or hidden: the parts of the main screen by id."""

ALONE = {
    Pane.CATEGORIES: {"left"},
    Pane.ARTICLES: {"center", "upper", "contact-bar"},
    Pane.ARTICLE: {"center", "lower", "contact-bar"},
    Pane.CONTACTS: {"right"},
}


@frozen
class View:
    """What decides which parts are shown."""

    pane: Pane = Pane.ARTICLES
    size: Size = USUAL
    zen: bool = False
    contacts: bool = True

    @property
    def small(self) -> bool:
        """Whether one pane is the whole screen."""
        return self.size.width < NARROW or self.size.height < LOW

    @property
    def beside(self) -> bool:
        """Whether the contacts have a place beside the article."""
        return self.contacts and not (self.zen or self.small)

    def boxes(self) -> set[str]:
        """The parts that are shown."""
        if self.zen:
            return ALONE[Pane.ARTICLE]
        if self.small:
            return ALONE[self.pane]
        boxes = {"center", "upper", "lower"}
        if self.size.width >= WIDE:
            return boxes | {"left"} | ({"right"} if self.contacts else {"contact-bar"})
        boxes |= {"category-bar"}
        if self.pane is Pane.CATEGORIES:
            return boxes | {"left", "contact-bar"}
        return boxes | ({"right"} if self.contacts else {"contact-bar"})


class Panes:
    """Shows the parts that the view says, touching only what changes."""

    def __init__(self, screen: Screen[None], changed: Callable[[], None]) -> None:
        self._screen = screen
        self._changed = changed
        self.view = View()
        self._shown: frozenset[str] | None = None
        self._small: bool | None = None

    @property
    def now(self) -> Pane:
        """The pane that has the keys."""
        return self.view.pane

    def go(self, pane: Pane) -> None:
        """Give a pane the keys and show it where only some panes fit."""
        self._change(replace(self.view, pane=pane))
        if pane is Pane.CONTACTS:
            # no focus of their own: a click on a contact copies it and leaves the keys where they are
            self._screen.set_focus(None)
        else:
            self._screen.set_focus(self._screen.query_one(f"#{pane}"))

    def resize(self, size: Size) -> None:
        """Fold or unfold for another size."""
        self._change(replace(self.view, size=size))

    def step(self, step: int) -> None:
        """Go to the next or previous pane, round and round."""
        order = (*ORDER, Pane.CONTACTS) if self.view.beside else ORDER
        here = order.index(self.now) if self.now in order else len(order) - 1
        self.go(order[(here + step) % len(order)])

    def toggle_zen(self) -> None:
        """Show nothing but the article, or everything again."""
        self._change(replace(self.view, zen=not self.view.zen))
        self.go(Pane.ARTICLE)

    def toggle_contacts(self) -> None:
        """Fold the merchant panel into a line or unfold it; in a small terminal go to it and back."""
        if self.view.small:
            self.go(Pane.ARTICLE if self.now is Pane.CONTACTS else Pane.CONTACTS)
        else:
            self._change(replace(self.view, contacts=not self.view.contacts))
            if self.now is Pane.CONTACTS:
                self.go(Pane.ARTICLE)

    def _change(self, view: View) -> None:
        self.view = view
        boxes = frozenset(view.boxes())
        if boxes != self._shown:
            for name in BOXES if self._shown is None else boxes ^ self._shown:
                self._screen.query_one(f"#{name}").display = name in boxes
            self._shown = boxes
            self._changed()
        if view.small != self._small:
            self._small = view.small
            for name, width in (("left", LEFT_WIDTH), ("right", RIGHT_WIDTH)):
                self._screen.query_one(f"#{name}").styles.width = "1fr" if view.small else width
