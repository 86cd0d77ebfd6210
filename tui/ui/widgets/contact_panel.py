"""The merchant panel: the six fields of the merchant block and every other contact, each with its key."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.message import Message

from tui.model import Contact, Kind, StoredArticle
from tui.text.width import cells, cut, fit
from tui.ui.article_layout import Say
from tui.ui.contact_order import CLEAR, grouped, ordered
from tui.ui.widgets.scroller import Scroller

LABEL_WIDTH = 8


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One line: label, value, key hint; `number` is the contact's place in copying order, -1 for none."""

    label: str
    value: str
    hint: str = ""
    number: int = -1
    sure: bool = True


def panel_lines(stored: StoredArticle | None, say: Say) -> tuple[PanelLine, ...]:
    """The lines of the panel for an article: the six fields first, then what else was found."""
    if stored is None:
        return ()
    article, merchant = stored.article, stored.article.merchant
    contacts = ordered(article.contacts)
    person = next((c.value for c in article.contacts if c.kind is Kind.PERSON), merchant.person)
    views = article.views if article.views is not None else merchant.views
    lines = [
        PanelLine(say("field.category"), article.category or merchant.category or "—"),
        PanelLine(say("field.person"), person or "—"),
    ]
    shown: set[int] = set()
    for kind in (Kind.WECHAT, Kind.QQ, Kind.MOBILE):
        number = next((n for n, contact in enumerate(contacts) if contact.kind is kind), -1)
        if number < 0:
            lines.append(PanelLine(say(f"field.{kind}"), "—"))
        else:
            shown.add(number)
            lines.append(_contact_line(contacts[number], number, say))
    lines.append(PanelLine(say("field.views"), "—" if views is None else str(views)))
    rest = [n for n in range(len(contacts)) if n not in shown]
    if rest:
        lines += [PanelLine("", ""), PanelLine(say("field.more"), "")]
    lines += [_contact_line(contacts[number], number, say) for number in rest]
    return tuple(lines)


def _contact_line(contact: Contact, number: int, say: Say) -> PanelLine:
    hint = f"{number + 1}y" if number or contact.kind is not Kind.WECHAT else "y"
    label = say(f"field.{contact.kind}")
    return PanelLine(label, grouped(contact), hint, number, contact.confidence >= CLEAR)


class ContactPanel(Scroller, can_focus=False):
    """Shows the contacts of one article; a click on one asks for its copy."""

    class Picked(Message):
        """A contact was clicked; `number` is its place in copying order."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, say: Say, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._say = say
        self._lines: tuple[PanelLine, ...] = ()

    def show(self, stored: StoredArticle | None) -> None:
        """Show an article's contacts."""
        self._lines = panel_lines(stored, self._say)
        self.top = 0
        self.redraw()

    @property
    def count(self) -> int:
        return len(self._lines)

    def content(self, index: int) -> list[Segment]:
        line = self._lines[index]
        width = self.size.width - 2
        label = fit(line.label, LABEL_WIDTH)
        hint = cut(line.hint, 4)
        doubt = "" if line.sure else "?"
        room = max(1, width - LABEL_WIDTH - cells(hint) - 1 - len(doubt))
        style = "" if line.number < 0 else "contact"
        return [
            Segment(" " + label, self.style_of("dim")),
            Segment(cut(line.value, room), self.style_of(style)),
            Segment(doubt, self.style_of("bad")),
            Segment(" " * max(1, room + 1 - cells(cut(line.value, room)))),
            Segment(hint, self.style_of("accent")),
        ]

    def on_click(self, event: events.Click) -> None:
        """Say which contact was clicked."""
        index = self.top + event.y
        if 0 <= index < self.count and self._lines[index].number >= 0:
            event.stop()
            self.post_message(self.Picked(self._lines[index].number))
