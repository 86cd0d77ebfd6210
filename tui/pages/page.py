"""The bytes of an article's page to its title, its text, and what it says of the merchant."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from tui.errors import Code, HuoyuanError
from tui.model import Body, Hidden
from tui.pages.boxes import find_boxes
from tui.pages.byline import find_byline
from tui.pages.clutter import drop_clutter, drop_gates
from tui.pages.head import Head, read_head
from tui.pages.hidden import find_hidden
from tui.pages.labels import Labels
from tui.pages.main_text import choose_main
from tui.pages.outline import Outline
from tui.pages.spelling import spell_out
from tui.pages.title import shown_title
from tui.pages.tree import Node, grow
from tui.pages.words import SECTION
from tui.text.decode import declared_encoding, decode
from tui.text.html import to_body
from tui.text.notices import is_challenge

_SHORTEST = 10


@dataclass(frozen=True, slots=True)
class Page:
    """What an article's page says: the blocks of the contact boxes come before those of the main text."""

    body: Body
    title: str
    hidden: tuple[Hidden, ...]


def extract(html_bytes: bytes, *, charset: str = "", url: str) -> Page:
    """Take the article out of its page; `charset` is the HTTP header's, `url` the base of the page's links.

    Raises HuoyuanError: EMPTY, BLOCKED_BY_SITE for a page that asks for proof of a human, and PARSE_ERROR
    (what="page") for a page without text, such as one that scripts would fill.
    """
    source = decode(html_bytes, declared=declared_encoding(html_bytes), header=charset)
    if not source.strip("\ufeff\0 \t\r\n"):
        raise HuoyuanError(Code.EMPTY)
    head = read_head(source, url)
    page = _read(source, head, thorough=True)
    if _is_poor(page):
        page = _read(source, head, thorough=False)
    if is_challenge(source, head.title, page.body.text):
        raise HuoyuanError(Code.BLOCKED_BY_SITE)
    if _is_poor(page):
        raise HuoyuanError(Code.PARSE_ERROR, what="page")
    return page


def _is_poor(page: Page) -> bool:
    return len(page.body.text) < _SHORTEST and not page.body.images and not page.hidden


def _read(source: str, head: Head, *, thorough: bool) -> Page:
    """Read a page; where all seems to be clutter it is read again, then taking little for clutter."""
    root = grow(source)
    title = shown_title(Outline(root), head.title)
    if thorough:
        drop_clutter(root, title)
    outline = Outline(root)
    boxes = find_boxes(outline, Labels(outline), title)
    for box in boxes.others:
        box.drop()
    outline = Outline(root)
    labels = Labels(outline)
    hidden = find_hidden(outline, labels.all)
    parts = [_take_byline(outline, boxes.own), *(_take_box(outline, labels, box) for box in boxes.own)]
    drop_gates(root, title)
    return Page(to_body("".join([*parts, choose_main(root, title)]), head.base), title, hidden)


def _take_byline(outline: Outline, boxes: tuple[Node, ...]) -> str:
    line = find_byline(outline)
    if line is None or any(line in box.lineage() or box in line.lineage() for box in boxes):
        return ""
    line.drop()
    return f"<p>{escape(outline.text(line))}</p>"


def _take_box(outline: Outline, labels: Labels, box: Node) -> str:
    """Take a box out of its page, and the heading of the next section, which ends what the box says."""
    spell_out(outline, labels.within(box), box)
    box.drop()
    following = outline.pieces[outline.span(box)[1] :][:1]
    if not following or not SECTION.fullmatch(following[0].text):
        return box.html()
    following[0].holder.children[following[0].index] = ""
    return f"{box.html()}<p>{escape(following[0].text)}</p>"
