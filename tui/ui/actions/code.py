"""Commands that look further than the feed: the article's page, QR codes, the contact book."""

from __future__ import annotations

from collections.abc import Callable, Collection

from tui.model import Contact, Kind, StoredArticle
from tui.protocol import CodesFound, PageTaken
from tui.ui.actions.contact import MOST_CHOICES, ContactActions, key_of
from tui.ui.choice_screen import ChoiceScreen
from tui.ui.code_showing import DRAWABLE, show_code
from tui.ui.contact_order import code_name, grouped, ordered
from tui.ui.desk import Desk
from tui.ui.panes import Pane
from tui.ui.widgets.article_list import CODES
from tui.ui.widgets.choice_list import Choice


def _nothing() -> None:
    """There is no book to renew."""


def _of(stored: StoredArticle, kinds: Collection[Kind]) -> list[Contact]:
    return [contact for contact in ordered(stored.article.contacts) if contact.kind in kinds]


def _why_none(found: CodesFound | None) -> str:
    """What to say of an article with nothing to show, by what was found in its images."""
    if found is not None and found.payments:
        return "flash.payment_code"
    return "flash.other_code" if found is not None and found.others else "flash.no_code"


def _name(contact: Contact) -> str:
    return code_name(contact, several=True) if contact.kind in CODES else grouped(contact.kind, contact.value)


class CodeActions:
    """Asks the worker, and shows what it finds."""

    def __init__(self, desk: Desk, contact: ContactActions) -> None:
        self._desk = desk
        self._contact = contact
        self._looked: dict[int, CodesFound] = {}
        self._renew_book: Callable[[], None] = _nothing

    def full_text(self) -> None:
        stored = self._desk.current()
        if stored is None or not stored.article.link:
            self._desk.flash(self._desk.say("flash.no_link"))
            return
        self._desk.reader.take_page(stored.id)
        self._desk.flash(self._desk.say("flash.taking_page"))

    def page_taken(self, event: PageTaken) -> None:
        """Show the page's text in place of the feed's, or why there is none."""
        desk = self._desk
        if event.problem is not None:
            desk.flash("")
            desk.ask.tell(event.problem)
            return
        desk.flash(desk.say("flash.page_taken", count=event.contacts))
        desk.changed(event.article)

    def show_code(self) -> None:
        stored = self._desk.current()
        if stored is None:
            return
        if stored.article.body.images and stored.id not in self._looked and not _of(stored, CODES):
            self._desk.reader.look_for_codes(stored.id)
            self._desk.flash(self._desk.say("flash.looking"))
        elif not self._shown(stored):
            self._desk.flash(self._desk.say(_why_none(self._looked.get(stored.id))))

    def codes_found(self, event: CodesFound) -> None:
        """Show the codes that were found; where there are none, offer the contacts as codes."""
        desk = self._desk
        desk.changed(event.article)
        desk.flash(desk.say("flash.codes_found", count=event.codes) if event.codes else "")
        if event.problem is not None:
            # not looked at: the next w tries again
            desk.ask.tell(event.problem)
            if desk.shown_id == event.article and desk.view.stored is not None:
                self._shown(desk.view.stored)
            return
        self._looked[event.article] = event
        if desk.shown_id == event.article:
            self.show_code()

    def _shown(self, stored: StoredArticle) -> bool:
        """Show one of the article's codes, or of its contacts as a code; False where it has none."""
        contacts = _of(stored, CODES) or _of(stored, DRAWABLE)
        if contacts:
            self._show_one_of(contacts)
        return bool(contacts)

    def _show_one_of(self, contacts: list[Contact]) -> None:
        if len(contacts) == 1:
            self._show(contacts[0])
            return
        say = self._desk.say
        choices = tuple(
            Choice(key_of(number), say(f"field.{contact.kind}"), _name(contact))
            for number, contact in enumerate(contacts[:MOST_CHOICES], 1)
        )

        def chosen(choice: int | None) -> None:
            if choice is not None:
                self._show(contacts[choice])

        self._desk.screen.app.push_screen(
            ChoiceScreen(say("choice.code"), choices, say("choice.hint")), chosen
        )

    def _show(self, contact: Contact) -> None:
        show_code(self._desk.reader.outside, self._desk.ask, contact.kind, contact.value)

    def contact_book(self) -> None:
        # opened rarely: the start need not pay for it
        from tui.ui.book_screen import BookScreen  # noqa: PLC0415

        def left(article: int | None) -> None:
            desk = self._desk
            self._renew_book = _nothing
            # an undo in the book may have brought back articles or feeds
            desk.renew()
            desk.preview()
            if article is not None:
                desk.show_article(article)
                desk.panes.go(Pane.ARTICLE)

        desk = self._desk
        desk.current()
        merchant = desk.merchant
        book = BookScreen(desk.reader, desk.say, merchant.id if merchant is not None else None)
        self._renew_book = book.renew
        desk.screen.app.push_screen(book, left)

    def refreshed(self) -> None:
        """Bring an open contact book up to date after a refresh."""
        self._renew_book()
