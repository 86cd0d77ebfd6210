"""A stored body as the HTML that a feed would have brought it in."""

from __future__ import annotations

from html import escape

from tui.model import Block, BlockKind, Body, Mark, Span

_TAGS = {
    BlockKind.HEADING: ("<h{level}>", "</h{level}>"),
    BlockKind.ITEM: ("<ul><li>", "</li></ul>"),
    BlockKind.QUOTE: ("<blockquote>", "</blockquote>"),
    BlockKind.PRE: ("<pre>", "</pre>"),
}


def to_html(body: Body) -> str:
    """HTML of which our own parser makes the same text; a table's row becomes a paragraph."""
    return "\n".join(_block(block, body) for block in body.blocks)


def _block(block: Block, body: Body) -> str:
    if block.kind is BlockKind.IMAGE:
        return f'<p><img src="{escape(body.images[block.target])}" alt="{escape(block.text)}"></p>'
    if block.kind is BlockKind.RULE:
        return "<hr>"
    before, after = (tag.format(level=block.level or 2) for tag in _TAGS.get(block.kind, ("<p>", "</p>")))
    return before + _marked(block, body) + after


def _marked(block: Block, body: Body) -> str:
    """The text with its spans, which `bench.articles` never nests."""
    pieces, end = [], 0
    for span in block.spans:
        before, after = _tags(span, body)
        pieces += [
            escape(block.text[end : span.start]),
            before,
            escape(block.text[span.start : span.end]),
            after,
        ]
        end = span.end
    return "".join(pieces) + escape(block.text[end:])


def _tags(span: Span, body: Body) -> tuple[str, str]:
    match span.mark:
        case Mark.LINK:
            return f'<a href="{escape(body.links[span.target])}">', "</a>"
        case Mark.STRONG:
            return "<strong>", "</strong>"
        case Mark.EMPHASIS:
            return "<em>", "</em>"
        case Mark.CODE:
            return "<code>", "</code>"
