"""HTML and plain text to the blocks of an article's body."""

from __future__ import annotations

from itertools import islice

from tui.model import Block, BlockKind, Body
from tui.text.blocks import CUT_SHORT, MOST_BLOCKS, MOST_TEXT, Builder
from tui.text.clean import clean_line, clean_text, is_ordinary, scrub
from tui.text.markup import has_markup, is_bare, pieces, resolve

_MOST_TAGS = 500_000
_MOST_SOURCE = 2_000_000


def to_body(html: str, base: str = "", *, ordinary: bool = False) -> Body:
    """Return HTML as blocks; links and images become absolute against base, others are left out.

    White space folds as in a browser (no-break and full-width spaces too), hidden elements and blocks
    without content are dropped, and text without any markup is read as `from_plain` reads it. What
    comes after 20,000 blocks, 300,000 characters, 500,000 tags or 2 million characters of source is left
    out, and the last block says so; left out is any link or image after 2,000 different ones.
    `ordinary` says that `is_ordinary` is known to hold.
    """
    source = html[:_MOST_SOURCE]
    if not (ordinary := ordinary or is_ordinary(source)):
        source = scrub(source)
    if not has_markup(source):
        return from_plain(resolve(source))
    builder = Builder(base, ordinary=ordinary and is_bare(source))
    left = pieces(source)
    builder.take(islice(left, _MOST_TAGS))
    return builder.body(cut_short=len(html) > _MOST_SOURCE or next(left, None) is not None)


def to_line(html: str) -> str:
    """Return the text of HTML, such as a title's, as one clean line."""
    if "<" not in html and "&" not in html:
        return clean_line(html)
    return clean_line(to_body(html).text)


def from_plain(text: str) -> Body:
    """Return plain text as blocks, one for each line that is not blank, cut as `to_body` cuts."""
    lines = (clean_line(line, MOST_TEXT) for line in clean_text(text, MOST_TEXT).split("\n"))
    made = (Block(BlockKind.TEXT, line) for line in lines if line)
    blocks = tuple(islice(made, MOST_BLOCKS))
    if len(text.strip()) > MOST_TEXT or next(made, None) is not None:
        blocks = (*blocks, Block(BlockKind.TEXT, CUT_SHORT))
    return Body(blocks)
