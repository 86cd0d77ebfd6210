"""The merchant panel: the six fields of the merchant block and every other contact, each with its key."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from rich.segment import Segment
from textual import events
from textual.message import Message

from tui.merchants import MerchantBrief, Standing
from tui.model import Contact, Kind, Source, StoredArticle
from tui.text.width import cells, cut, fit
from tui.text.wrap import wrap
from tui.ui.article_layout import Say
from tui.ui.contact_order import CLEAR, code_name, grouped, keys_of, ordered
from tui.ui.widgets.article_list import CODES, short_date
from tui.ui.widgets.lines import thumb, type_of_key
from tui.ui.widgets.scroller import Scroller
from tui.values import frozen

LABEL_WIDTH = 8
GIVEN = frozenset({Source.FEED, Source.BLOCK})
"""Sources of the six fields; one line beneath them names it."""
FIELDS = (Kind.WECHAT, Kind.QQ, Kind.MOBILE)


@frozen
class PanelLine:
    """One line: label, value, key hint; `number` is the contact's place in copying order, -1 for none.

    A line without a label says something about the line above; `style` names that of the value.
    """

    label: str
    value: str
    hint: str = ""
    number: int = -1
    sure: bool = True
    style: str = ""


def panel_lines(
    stored: StoredArticle | None, merchant: MerchantBrief | None, now: int, say: Say
) -> tuple[PanelLine, ...]:
    """The lines of the panel: the six fields, what else was found, what is hidden, who the merchant is."""
    if stored is None:
        return ()
    contacts = ordered(stored.article.contacts)
    firsts = _firsts(contacts)
    lines = [
        tuple(_contact_lines(contact, number, key, say))
        for number, (contact, key) in enumerate(zip(contacts, keys_of(contacts), strict=True))
    ]
    sources = {contacts[firsts[kind]].source for kind in FIELDS if kind in firsts} & GIVEN
    return (
        *_fields(stored, lines, firsts, sources, say),
        *_others(lines, firsts),
        *(PanelLine("", say(f"hidden.{hidden}"), style="bad") for hidden in stored.article.hidden),
        *(_merchant(merchant, now, say) if merchant is not None else ()),
    )


def _firsts(contacts: tuple[Contact, ...]) -> dict[Kind, int]:
    """The first contact of each kind in copying order."""
    return {contact.kind: number for number, contact in reversed(list(enumerate(contacts)))}


def _fields(
    stored: StoredArticle,
    lines: Sequence[tuple[PanelLine, ...]],
    firsts: dict[Kind, int],
    sources: set[Source],
    say: Say,
) -> Iterator[PanelLine]:
    article = stored.article
    people = (contact.value for contact in article.contacts if contact.kind is Kind.PERSON)
    views = article.views if article.views is not None else article.merchant.views
    yield PanelLine(say("field.category"), article.category or article.merchant.category or "—")
    yield PanelLine(say("field.person"), next(people, article.merchant.person) or "—")
    for kind in FIELDS:
        if kind in firsts:
            yield from lines[firsts[kind]]
        else:
            yield PanelLine(say(f"field.{kind}"), "—")
    yield PanelLine(say("field.views"), "—" if views is None else str(views))
    if sources:
        yield PanelLine("", " · ".join(say(f"source.{source}") for source in sorted(sources)), style="dim")


def _others(lines: Sequence[tuple[PanelLine, ...]], firsts: dict[Kind, int]) -> Iterator[PanelLine]:
    shown = {firsts[kind] for kind in FIELDS if kind in firsts}
    rest = [number for number in range(len(lines)) if number not in shown]
    if rest:
        yield PanelLine("", "")
    for number in rest:
        yield from lines[number]


def _contact_lines(contact: Contact, number: int, key: str, say: Say) -> Iterator[PanelLine]:
    label = say(f"field.{contact.kind}")
    if contact.kind in CODES:
        # its link is for a camera, not for a reader
        yield PanelLine(label, say("panel.code", key=key), key, number, style="contact")
        if name := code_name(contact, several=key != "w"):
            yield PanelLine("", name, style="dim")
        return
    yield PanelLine(
        label, grouped(contact.kind, contact.value), key, number, contact.confidence >= CLEAR, "contact"
    )
    if contact.mask:
        yield PanelLine("", f"! {say(f'mask.{contact.mask}')}", style="bad")
    if contact.source not in GIVEN:
        found_by = f" · {contact.label}" if contact.label else ""
        yield PanelLine("", say(f"source.{contact.source}") + found_by, style="dim")


def _merchant(merchant: MerchantBrief, now: int, say: Say) -> Iterator[PanelLine]:
    since = time.strftime("%Y-%m-%d", time.localtime(merchant.first_seen))
    yield PanelLine("", "")
    yield PanelLine(say("panel.merchant"), say("panel.articles", count=merchant.articles))
    yield PanelLine("", say("panel.since", date=since), style="dim")
    if merchant.standing is not Standing.NEW:
        style = "bad" if merchant.standing is Standing.BLOCKED else "good"
        yield PanelLine(say("panel.standing"), say(f"standing.{merchant.standing}"), style=style)
    if merchant.copied_at:
        yield PanelLine(say("panel.copied"), short_date(merchant.copied_at, now, True), style="dim")
    for signal in sorted(merchant.signals):
        yield PanelLine("", "! " + say(f"signal.{signal}"), style="bad")
    if merchant.note:
        yield PanelLine(say("panel.note"), merchant.note)


def label_room(label: str) -> int:
    """The cells of a label and the gap behind it."""
    return max(LABEL_WIDTH, cells(label) + 1)


def folded(lines: Iterable[PanelLine], width: int) -> tuple[PanelLine, ...]:
    """Lines whose values fit into a width, what is too long going on below; nothing is cut."""
    return tuple(part for line in lines for part in _folded(line, width))


def _folded(line: PanelLine, width: int) -> Iterator[PanelLine]:
    room = max(4, width - label_room(line.label) - cells(line.hint) - 2)
    for number, (start, end) in enumerate(wrap(line.value, room)):
        part = line.value[start:end]
        yield replace(line, label="", hint="", value=part) if number else replace(line, value=part)


class ContactPanel(Scroller, can_focus=False):
    """Shows the contacts of one article; a click on one asks for its copy."""

    class Picked(Message):
        """A contact was clicked; `number` is its place in copying order."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, say: Say, clock: Callable[[], float] = time.time, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._say = say
        self._clock = clock
        self._article: int | None = None
        self._said: tuple[PanelLine, ...] = ()
        self._lines: tuple[PanelLine, ...] = ()

    def show(self, stored: StoredArticle | None, merchant: MerchantBrief | None = None) -> None:
        """Show an article's contacts and what is known of its merchant: another article's from the top."""
        article = stored.id if stored is not None else None
        self._said = panel_lines(stored, merchant, int(self._clock()), self._say)
        self._fold()
        if article != self._article:
            self._article, self.top = article, 0
        self.redraw()

    def on_resize(self) -> None:
        """Fold the lines for another width."""
        self._fold()
        self.redraw()

    def _fold(self) -> None:
        self._lines = folded(self._said, self.outer_size.width - 2)
        self.top = max(0, min(self.top, self.count - self.height))

    @property
    def count(self) -> int:
        return len(self._lines)

    def line_keys(self, height: int) -> list[type_of_key]:
        lit = thumb(self.top, self.count, self.height)
        return [(*key, y in lit) for y, key in enumerate(super().line_keys(height))]

    def line(self, y: int) -> list[Segment]:
        segments = list(super().line(y))
        if y not in thumb(self.top, self.count, self.height):
            return segments
        used = sum(segment.cell_length for segment in segments)
        gap = Segment(" " * max(0, self.outer_size.width - 1 - used))
        return [*segments, gap, Segment("▐", self.style_of("dim"))]

    def content(self, index: int) -> list[Segment]:
        line = self._lines[index]
        width = self.outer_size.width - 2
        label = fit(line.label, label_room(line.label))
        hint = cut(line.hint, 4)
        doubt = "" if line.sure else "?"
        room = max(1, width - cells(label) - cells(hint) - 1 - len(doubt))
        return [
            Segment(" " + label, self.style_of("dim")),
            Segment(cut(line.value, room), self.style_of(line.style)),
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
