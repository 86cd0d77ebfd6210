"""HTML and plain text to the blocks of an article's body."""

from __future__ import annotations

from itertools import islice

from tui.model import Block, BlockKind, Body
from tui.text.blocks import MOST_BLOCKS, MOST_TEXT, Builder
from tui.text.clean import clean_line, clean_text, scrub
from tui.text.markup import has_markup, resolve, tokens

_MOST_TOKENS = 500_000


def to_body(html: str, base: str = "") -> Body:
    """Return HTML as blocks; links and images become absolute against base, others are left out.

    White space folds as in a browser (no-break and full-width spaces too), hidden elements and blocks
    without content are dropped, and text without any markup is read as `from_plain` reads it. What
    comes after 20,000 blocks, 2 million characters or 500,000 tags is dropped, and so is any link or
    image after 2,000 different ones.
    """
    source = scrub(html)
    if not has_markup(source):
        return from_plain(resolve(source))
    builder = Builder(base)
    for token in islice(tokens(source), _MOST_TOKENS):
        if isinstance(token, str):
            builder.text(resolve(token) if "&" in token else token)
        else:
            builder.tag(token)
            if builder.full:
                break
    return builder.body()


def to_line(html: str) -> str:
    """Return the text of HTML, such as a title's, as one clean line."""
    if "<" not in html and "&" not in html:
        return clean_line(html)
    return clean_line(to_body(html).text)


def from_plain(text: str) -> Body:
    """Return plain text as blocks, one for each line that is not blank."""
    lines = (clean_line(line, MOST_TEXT) for line in clean_text(text, MOST_TEXT).split("\n"))
    blocks = (Block(BlockKind.TEXT, line) for line in lines if line)
    return Body(tuple(islice(blocks, MOST_BLOCKS)))
