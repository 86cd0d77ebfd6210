"""Commands that look further than the feed: the article's page, QR codes, the contact book."""

from __future__ import annotations

from collections.abc import Callable

from tui.model import Contact, Kind, StoredArticle
from tui.protocol import CodesFound, PageTaken
from tui.ui.actions.contact import MOST_CHOICES, ContactActions
from tui.ui.choice_screen import ChoiceScreen
from tui.ui.code_screen import CodeScreen
from tui.ui.contact_order import grouped, ordered
from tui.ui.desk import Desk
from tui.ui.panes import Pane
from tui.ui.widgets.article_list import CODES
from tui.ui.widgets.choice_list import Choice

DRAWABLE = (Kind.WECHAT, Kind.MOBILE, Kind.QQ, Kind.LANDLINE)
"""What is drawn as a code when the article has none: a phone takes it over by its camera."""


def payload(contact: Contact) -> str:
    """What a contact's code says: a code's own link, a number to dial, else the plain value."""
    phone = contact.kind in (Kind.MOBILE, Kind.LANDLINE)
    return f"tel:{contact.value}" if phone else contact.value


def _nothing() -> None:
    """There is no book to renew."""


class CodeActions:
    """Asks the worker, and shows what it finds."""

    def __init__(self, desk: Desk, contact: ContactActions) -> None:
        self._desk = desk
        self._contact = contact
        self._looked: set[int] = set()
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
            desk.ask.tell(event.problem)
            return
        desk.flash(desk.say("flash.page_taken", count=event.contacts))
        desk.changed(event.article)

    def show_code(self) -> None:
        stored = self._desk.current()
        if stored is None:
            return
        codes = [contact for contact in ordered(stored.article.contacts) if contact.kind in CODES]
        if codes:
            self._show_one_of(codes)
        elif stored.article.body.images and stored.id not in self._looked:
            self._desk.reader.look_for_codes(stored.id)
            self._desk.flash(self._desk.say("flash.looking"))
        else:
            self._offer(stored)

    def codes_found(self, event: CodesFound) -> None:
        """Show the codes that were found; where there are none, offer the contacts as codes."""
        desk = self._desk
        self._looked.add(event.article)
        desk.changed(event.article)
        if event.problem is not None:
            desk.ask.tell(event.problem)
        if desk.shown_id == event.article:
            self.show_code()

    def _offer(self, stored: StoredArticle) -> None:
        contacts = [contact for contact in ordered(stored.article.contacts) if contact.kind in DRAWABLE]
        if contacts:
            self._show_one_of(contacts)
        else:
            self._desk.flash(self._desk.say("flash.no_code"))

    def _show_one_of(self, contacts: list[Contact]) -> None:
        if len(contacts) == 1:
            self._show(contacts[0])
            return
        say = self._desk.say
        choices = tuple(
            Choice(str(number), say(f"field.{contact.kind}"), grouped(contact.kind, contact.value))
            for number, contact in enumerate(contacts[:MOST_CHOICES], 1)
        )

        def chosen(choice: int | None) -> None:
            if choice is not None:
                self._show(contacts[choice])

        self._desk.screen.app.push_screen(
            ChoiceScreen(say("choice.code"), choices, say("choice.hint")), chosen
        )

    def _show(self, contact: Contact) -> None:
        desk = self._desk
        size = desk.screen.app.size
        drawn = desk.reader.draw_code(payload(contact), size.width, size.height - CodeScreen.FRAME_ROWS)
        if drawn is None:
            path = desk.reader.save_code(payload(contact))
            desk.ask.toast(desk.say("toast.code_saved", path=str(path)), "warning", seconds=20.0)
            return
        kind = desk.say(f"field.{contact.kind}")
        hint = "code.scan" if contact.kind in CODES else "code.take_over"
        desk.screen.app.push_screen(
            CodeScreen(drawn, f"{kind} {grouped(contact.kind, contact.value)}", desk.say(hint))
        )

    def contact_book(self) -> None:
        # opened rarely: the start need not pay for it
        from tui.ui.book_screen import BookScreen  # noqa: PLC0415

        def left(article: int | None) -> None:
            desk = self._desk
            self._renew_book = _nothing
            desk.marks_changed()
            desk.preview()
            if article is not None:
                desk.show_article(article)
                desk.panes.go(Pane.ARTICLE)

        desk = self._desk
        book = BookScreen(desk.reader, desk.say)
        self._renew_book = book.renew
        desk.screen.app.push_screen(book, left)

    def refreshed(self) -> None:
        """Bring an open contact book up to date after a refresh."""
        self._renew_book()
