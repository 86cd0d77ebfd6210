"""A stream of tags and text to the blocks of an article's body."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from tui.model import Block, BlockKind, Body, Mark
from tui.text.clean import clean_line, clean_text, scrub
from tui.text.inline import Inline
from tui.text.links import Addresses
from tui.text.markup import Piece, attributes_of, resolve
from tui.text.tables import Tables, shifted

MOST_BLOCKS = 20_000
MOST_TEXT = 300_000
"""Code points of one article; a book of 400 pages in Chinese."""

CUT_SHORT = "【文章过长，以下从略，全文见原网页 · cut here, the rest is on the page】"
"""Stands at the end of what was cut; in both languages, as the worker does not know the reader's."""

_DEEPEST_LEVEL = 32

_LAZY_SOURCES = ("data-original", "data-src", "data-lazy-src", "data-actualsrc", "src")
_NUMBER = re.compile(r"\s*(-?\d{1,6})\s*", re.ASCII)
_PARAGRAPHS = (
    *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog"),
    *("dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4"),
    *("h5", "h6", "header", "hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre"),
    *("section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
)


class Builder:
    """Takes tags and text in order; keeps counts instead of a tree, so that depth costs nothing."""

    def __init__(self, base: str, *, ordinary: bool = False) -> None:
        # what comes is known to need no scrubbing, however it is put together
        self._ordinary = ordinary
        self._blocks: list[Block] = []
        self._blocks_left = MOST_BLOCKS
        self._text_left = MOST_TEXT
        self._full = False
        self._links = Addresses(base, ("http:", "https:", "mailto:", "tel:"))
        self._images = Addresses(base, ("http:", "https:"))
        self._shown: set[int] = set()
        self._inline = Inline()
        self._tables = Tables()
        self._heading = 0
        self._quotes = 0
        self._verbatim = 0
        # One entry for each open list: the next number, or None where items have none.
        self._lists: list[int | None] = []
        # What stands before the next text if that begins a list item ("" or "1. "), else None.
        self._marker: str | None = None

    def body(self, *, cut_short: bool = False) -> Body:
        """Return all that was built; where that is not all there was, the last block says so."""
        self._flush()
        while self._tables.rows:
            self._place(self._tables.end())
        if cut_short or self._full:
            self._blocks.append(Block(BlockKind.TEXT, CUT_SHORT))
        return Body(tuple(self._blocks), self._links.all, self._images.all)

    def take(self, pieces: Iterable[Piece]) -> None:
        """Take text and tags as they were written, until a limit is reached."""
        inline = self._inline
        for text, name, attributes in pieces:
            if text:
                write = inline.write_verbatim if self._verbatim else inline.write
                write(resolve(text) if "&" in text else text)
            if name:
                act = _ACTS.get(name) or _ACTS.get(name.lower())
                if act is not None:
                    act(self, attributes or "")
                    if self._full:
                        return

    def _end_block(self, _attributes: str = "") -> None:
        if self._inline.length:
            self._flush()
        else:
            self._inline.forget_gap()

    def _flush(self) -> None:
        """End the block that is being written."""
        text, spans = self._inline.take()
        if not text:
            return
        if not self._ordinary and (clean := scrub(text)) is not text and clean != text:
            text, spans = clean_text(text), ()
            if not text:
                return
        kind, level = self._kind()
        if self._marker and kind is BlockKind.ITEM:
            text, spans = self._marker + text, shifted(spans, len(self._marker))
        self._marker = None
        if len(text) > self._text_left:
            text, spans = text[: self._text_left].rstrip(), ()
        self._add(Block(kind, text, level if level < _DEEPEST_LEVEL else _DEEPEST_LEVEL, spans))

    def _kind(self) -> tuple[BlockKind, int]:
        if self._verbatim:
            return BlockKind.PRE, 0
        if self._marker is not None:
            return BlockKind.ITEM, max(1, len(self._lists))
        if self._heading:
            return BlockKind.HEADING, self._heading
        if self._quotes:
            return BlockKind.QUOTE, self._quotes
        return BlockKind.TEXT, len(self._lists)

    def _add(self, block: Block) -> None:
        self._text_left -= len(block.text)
        self._blocks_left -= 1
        self._full = self._text_left <= 0 or self._blocks_left <= 0
        if self._tables.rows:
            self._place([block])
        else:
            self._blocks.append(block)

    def _place(self, blocks: list[Block]) -> None:
        for block in blocks:
            if not self._tables.place(block):
                self._blocks.append(block)

    def _break_line(self, _attributes: str) -> None:
        if self._verbatim:
            self._inline.write_verbatim("\n")
        elif self._inline.break_line():
            self._flush()

    def _begin_link(self, attributes: str) -> None:
        self._inline.close(Mark.LINK)
        number = self._links.number(attributes_of(attributes).get("href", ""))
        if number >= 0:
            self._inline.open(Mark.LINK, number)

    def _begin_mark(self, mark: Mark, _attributes: str) -> None:
        self._inline.open(mark)

    def _end_mark(self, mark: Mark, _attributes: str) -> None:
        self._inline.close(mark)

    def _image(self, attributes: str) -> None:
        said = attributes_of(attributes)
        text = clean_line(said.get("alt", ""))
        if "emoji" in said.get("class", ""):
            self._inline.write(text)
            return
        sources = (self._images.number(said[name]) for name in _LAZY_SOURCES if name in said)
        number = next((number for number in sources if number >= 0), -1)
        if number in self._shown or (number < 0 and not text):
            return
        if number >= 0:
            self._shown.add(number)
        self._flush()
        self._add(Block(BlockKind.IMAGE, text, target=number))

    def _rule(self, _attributes: str) -> None:
        self._add(Block(BlockKind.RULE, ""))

    def _begin_heading(self, level: int, _attributes: str) -> None:
        self._heading = level

    def _end_heading(self, _attributes: str) -> None:
        self._heading = 0

    def _begin_quote(self, _attributes: str) -> None:
        self._quotes += 1

    def _end_quote(self, _attributes: str) -> None:
        self._quotes = max(0, self._quotes - 1)

    def _begin_verbatim(self, _attributes: str) -> None:
        self._verbatim += 1

    def _end_verbatim(self, _attributes: str) -> None:
        self._verbatim = max(0, self._verbatim - 1)

    def _begin_list(self, _attributes: str) -> None:
        self._lists.append(None)

    def _begin_numbered_list(self, attributes: str) -> None:
        self._lists.append(_number(attributes, "start", 1))

    def _end_list(self, _attributes: str) -> None:
        self._marker = None
        if self._lists:
            self._lists.pop()

    def _begin_item(self, attributes: str) -> None:
        self._marker = ""
        if self._lists and (following := self._lists[-1]) is not None:
            number = _number(attributes, "value", following)
            self._marker = f"{number}. "
            self._lists[-1] = number + 1

    def _end_item(self, _attributes: str) -> None:
        self._marker = None

    def _begin_table(self, _attributes: str) -> None:
        self._tables.begin()

    def _begin_cell(self, _attributes: str) -> None:
        self._tables.begin_cell()

    def _end_row(self, _attributes: str) -> None:
        self._place(self._tables.end_row())

    def _end_table(self, _attributes: str) -> None:
        self._place(self._tables.end())


def _number(attributes: str, name: str, default: int) -> int:
    match = _NUMBER.fullmatch(attributes_of(attributes).get(name, ""))
    return int(match[1]) if match else default


_Act = Callable[[Builder, str], None]
"""What a tag does to a builder: called with its attributes as they were written."""

_LISTS = ("dir", "menu", "ol", "ul")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MARKS = {
    **dict.fromkeys(("b", "strong"), Mark.STRONG),
    **dict.fromkeys(("em", "i"), Mark.EMPHASIS),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Mark.CODE),
}


def _of_mark(act: Callable[[Builder, Mark, str], None], mark: Mark) -> _Act:
    return lambda builder, attributes: act(builder, mark, attributes)


def _of_heading(level: int) -> _Act:
    return lambda builder, attributes: builder._begin_heading(level, attributes)


_STARTS: dict[str, _Act] = {
    "a": Builder._begin_link,
    "br": Builder._break_line,
    "blockquote": Builder._begin_quote,
    "hr": Builder._rule,
    "img": Builder._image,
    "li": Builder._begin_item,
    "pre": Builder._begin_verbatim,
    "table": Builder._begin_table,
    "tr": Builder._end_row,
    **dict.fromkeys(_LISTS, Builder._begin_list),
    "ol": Builder._begin_numbered_list,
    **{name: _of_heading(level) for name, level in _HEADINGS.items()},
    **dict.fromkeys(("td", "th"), Builder._begin_cell),
    **{name: _of_mark(Builder._begin_mark, mark) for name, mark in _MARKS.items()},
}
_ENDS: dict[str, _Act] = {
    "a": lambda builder, _: builder._inline.close(Mark.LINK),
    "br": Builder._break_line,
    "blockquote": Builder._end_quote,
    "li": Builder._end_item,
    "pre": Builder._end_verbatim,
    "table": Builder._end_table,
    "tr": Builder._end_row,
    **dict.fromkeys(_LISTS, Builder._end_list),
    **dict.fromkeys(_HEADINGS, Builder._end_heading),
    **{name: _of_mark(Builder._end_mark, mark) for name, mark in _MARKS.items()},
}


def _acts(handlers: Mapping[str, _Act]) -> dict[str, _Act]:
    """What a tag of each name does: most end a block, before what else they do."""
    return {
        **dict.fromkeys(_PARAGRAPHS, Builder._end_block),
        **{name: _ending(act) if name in _PARAGRAPHS else act for name, act in handlers.items()},
    }


def _ending(act: _Act) -> _Act:
    def both(builder: Builder, attributes: str) -> None:
        builder._end_block()
        act(builder, attributes)

    return both


_ACTS = {**_acts(_STARTS), **{f"/{name}": act for name, act in _acts(_ENDS).items()}}
