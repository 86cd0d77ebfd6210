"""Lays an article out in paragraphs for a given width: head, body, links. Pure, to be tested alone."""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import chain

from tui.model import Block, BlockKind, Contact, Kind, Mark, StoredArticle
from tui.text.width import cells, cut
from tui.ui.article_lines import Layout, Paragraph, Styled

Say = Callable[..., str]
"""The words of the user's language: key and values to sentence."""

STYLES = {Mark.STRONG: "strong", Mark.EMPHASIS: "strong", Mark.CODE: "accent", Mark.LINK: "link"}
TIGHT = {BlockKind.ITEM, BlockKind.ROW, BlockKind.PRE}
GAP = "  "
TAB = re.compile("\t")

LONGEST_LINE = 96
"""Cells in a line of text: the eye loses its way back over longer ones."""


def lay_out(stored: StoredArticle, width: int, say: Say) -> Layout:
    """Lay an article out for a pane of `width` cells, as far as it is looked at."""
    room = min(max(8, width - 2), LONGEST_LINE)
    return Layout(chain(_head(stored, say), _body(stored, room, say), _tail(stored, say)), room)


def _head(stored: StoredArticle, say: Say) -> Iterator[Paragraph]:
    article = stored.article
    yield Paragraph(article.title or say("article.untitled"), "title", tight=True)
    moment = article.published or stored.first_seen
    facts = [time.strftime("%Y-%m-%d %H:%M", time.localtime(moment)), article.author, stored.feed_title]
    views = article.views if article.views is not None else article.merchant.views
    if views is not None:
        facts.append(say("article.views", count=views))
    if article.comments.count is not None:
        facts.append(say("article.comments", count=article.comments.count))
    yield Paragraph(" · ".join(fact for fact in facts if fact), "dim", tight=True)


def _body(stored: StoredArticle, room: int, say: Say) -> Iterator[Paragraph]:
    body = stored.article.body
    if not body.blocks:
        yield Paragraph(say("article.empty"), "dim")
    starts, at = [], 0
    for block in body.blocks:
        starts.append(at)
        at += len(block.text) + 1
    found = _by_block(stored.article.contacts, starts)
    widths: dict[int, tuple[int, ...]] = {}
    for number, block in enumerate(body.blocks):
        if block.kind is BlockKind.ROW and number not in widths:
            widths |= _columns(body.blocks, number, room)
        spans = [*_marks(block), *found.get(number, ())]
        yield _paragraph(block, spans, widths.get(number, ()), room, say)


def _by_block(contacts: tuple[Contact, ...], starts: list[int]) -> dict[int, list[Styled]]:
    found: dict[int, list[Styled]] = {}
    for contact in contacts:
        if contact.end <= contact.start or contact.kind is Kind.PERSON or not starts:
            continue
        number = bisect_right(starts, contact.start) - 1
        here = starts[number]
        found.setdefault(number, []).append(Styled(contact.start - here, contact.end - here, "contact"))
    return found


def _marks(block: Block) -> list[Styled]:
    return [Styled(span.start, span.end, STYLES[span.mark], span.target) for span in block.spans]


def _columns(blocks: tuple[Block, ...], first: int, room: int) -> dict[int, tuple[int, ...]]:
    """Column widths for a run of table rows; none where the table is too wide for the pane."""
    last = first
    while last < len(blocks) and blocks[last].kind is BlockKind.ROW:
        last += 1
    widths: list[int] = []
    for block in blocks[first:last]:
        for column, cell in enumerate(block.text.split("\t")):
            if column == len(widths):
                widths.append(0)
            widths[column] = max(widths[column], cells(cell))
    fits = sum(widths) + len(GAP) * (len(widths) - 1) <= room
    return {number: tuple(widths) if fits else () for number in range(first, last)}


def _paragraph(block: Block, spans: list[Styled], columns: tuple[int, ...], room: int, say: Say) -> Paragraph:
    tight = block.kind in TIGHT
    if block.kind is BlockKind.RULE:
        return Paragraph("─" * min(room, 24), "dim")
    if block.kind is BlockKind.IMAGE:
        return Paragraph(say("article.image", text=block.text).strip(), "dim")
    edits = _cell_edits(block.text, columns) if block.kind is BlockKind.ROW else _text_edits(block)
    text, moved = _edited(block.text, edits, spans)
    if block.kind is BlockKind.ITEM:
        indent = GAP * max(0, block.level - 1)
        bullet = "" if block.text[:1].isdigit() else "• "
        return Paragraph(text, "", indent + bullet, indent + GAP, moved, tight)
    prefix = {BlockKind.QUOTE: "│ ", BlockKind.PRE: GAP}.get(block.kind, "")
    heading = block.kind is BlockKind.HEADING
    return Paragraph(text, "heading" if heading else "", prefix, prefix, moved, tight, leads=heading)


def _text_edits(block: Block) -> list[tuple[int, int, str]]:
    """Insertions of "[n]" behind each link, so that `3o` can name it; a tab would tear the line."""
    tabs = [(found.start(), 1, GAP) for found in TAB.finditer(block.text)] if "\t" in block.text else []
    return tabs + [(span.end, 0, f"[{span.target + 1}]") for span in block.spans if span.target >= 0]


def _cell_edits(text: str, columns: tuple[int, ...]) -> list[tuple[int, int, str]]:
    """Replacements of the tabs between cells by what aligns them, or by a bar where they do not fit."""
    edits, at = [], 0
    for column, cell in enumerate(text.split("\t")[:-1]):
        at += len(cell)
        pad = " " * (columns[column] - cells(cell)) + GAP if columns else " | "
        edits.append((at, 1, pad))
        at += 1
    return edits


def _edited(
    text: str, edits: list[tuple[int, int, str]], spans: list[Styled]
) -> tuple[str, tuple[Styled, ...]]:
    """Apply (place, characters to replace, text) edits and move the spans along."""
    if not edits:
        return text, tuple(spans)
    edits = sorted(edits)
    parts, done = [], 0
    for place, length, new in edits:
        parts += [text[done:place], new]
        done = place + length
    parts.append(text[done:])

    def moved(at: int, *, end: bool) -> int:
        return at + sum(
            len(new) - length for place, length, new in edits if place < at or (place == at and not end)
        )

    shifted = (Styled(moved(s.start, end=False), moved(s.end, end=True), s.style, s.target) for s in spans)
    return "".join(parts), tuple(shifted)


def _tail(stored: StoredArticle, say: Say) -> Iterator[Paragraph]:
    article = stored.article
    if article.body.links:
        yield Paragraph(say("article.links"), "dim", tight=True)
    for number, link in enumerate(article.body.links, 1):
        yield Paragraph(cut(link, 400), "link", f"[{number}] ", "    ", tight=True)
    if article.link:
        yield Paragraph(article.link, "dim")
