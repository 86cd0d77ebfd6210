"""Commands that bring a contact to the clipboard."""

from __future__ import annotations

from tui.model import Contact, Copied, StoredArticle
from tui.ui.caution import caution
from tui.ui.choice_screen import ChoiceScreen
from tui.ui.contact_order import KEYED, context, grouped, ordered, standing_out
from tui.ui.desk import Desk
from tui.ui.widgets.choice_list import Choice

MOST_CHOICES = 200
"""More contacts than anybody looks through."""


def key_of(number: int) -> str:
    """The key of a choice, the first being 1; a blank for one that only the cursor reaches."""
    return str(number) if number <= KEYED else " "


class ContactActions:
    """Copies the article's WeChat ID, or asks which contact where that is not plain."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def copy_wechat(self, count: int | None) -> None:
        stored = self._desk.current()
        if stored is None:
            return
        contacts = ordered(stored.article.contacts)
        if count is not None:
            self._numbered(contacts, count)
            return
        chosen = standing_out(contacts)
        if chosen is not None:
            self._copy(chosen)
        elif contacts:
            self._choose(stored)
        else:
            self._desk.flash(self._desk.say("flash.no_contact"))

    def _numbered(self, contacts: tuple[Contact, ...], number: int) -> None:
        if 1 <= number <= len(contacts):
            self._copy(contacts[number - 1])
        else:
            self._desk.flash(self._desk.say("flash.no_such_contact", count=len(contacts)))

    def pick(self, number: int) -> None:
        """Copy the contact at a place in copying order."""
        stored = self._desk.current()
        if stored is not None:
            self._numbered(ordered(stored.article.contacts), number + 1)

    def copy_selected_text(self) -> None:
        text = self._desk.view.selected_text
        if text:
            self.copy_text(text)
        else:
            self._desk.flash(self._desk.say("flash.nothing_selected"))

    def copy_text(self, text: str) -> None:
        """Copy what the mouse has selected."""
        self._desk.ask.after(self._desk.reader.outside.copy(text), self._desk.ask.copied_text)

    def choose_contact(self) -> None:
        stored = self._desk.current()
        # a person alone is nothing to copy
        if stored is not None and ordered(stored.article.contacts):
            self._choose(stored)
        else:
            self._desk.flash(self._desk.say("flash.no_contact"))

    def _choose(self, stored: StoredArticle) -> None:
        say = self._desk.say
        contacts = ordered(stored.article.contacts)[:MOST_CHOICES]
        text = stored.article.body.text
        choices = tuple(
            Choice(
                key_of(number),
                f"{say(f'field.{contact.kind}')} {grouped(contact.kind, contact.value)}",
                self._why(contact, text),
            )
            for number, contact in enumerate(contacts, 1)
        )

        def chosen(choice: int | None) -> None:
            if choice is not None:
                self._copy(contacts[choice])

        screen = ChoiceScreen(say("choice.contact"), choices, say("choice.hint"))
        self._desk.screen.app.push_screen(screen, chosen)

    def _why(self, contact: Contact, text: str) -> str:
        """The words around a contact, or where it comes from."""
        around = context(text, contact)
        source = self._desk.say(f"source.{contact.source}")
        masked = f"! {self._desk.say(f'mask.{contact.mask}')} · " if contact.mask else ""
        return f"{masked}{source} · …{around}…" if around else f"{masked}{source}"

    def _copy(self, contact: Contact) -> None:
        self._desk.ask.after(
            self._desk.reader.outside.copy(contact.value), lambda copied: self._copied(contact, copied)
        )

    def _copied(self, contact: Contact, copied: Copied) -> None:
        desk, reader = self._desk, self._desk.reader
        kind, value = contact.kind, contact.value
        # asked before the copy is noted, so that nobody is written to twice by accident
        desk.ask.copied(
            kind, copied, caution(reader.dealings(kind, value), kind, value, reader.clock(), desk.say)
        )
        if copied.way:
            desk.ask.after(reader.note_copy(kind, value), lambda _: desk.preview())

    def toggle_contacts(self) -> None:
        self._desk.panes.toggle_contacts()
        self._desk.redraw_bars()
