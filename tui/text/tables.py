"""The open tables of a page: into which cell a block falls and what a finished row becomes."""

from __future__ import annotations

from itertools import chain

from tui.model import Block, BlockKind, Span

_DEEPEST = 8


class Tables:
    """A stack of tables, each with the cells of its open row; deeper ones count as part of the last."""

    def __init__(self) -> None:
        self.rows: list[list[list[Block]]] = []
        """The open row of each open table; empty outside of all tables."""
        self._deeper = 0

    def begin(self) -> None:
        """Open a table."""
        if len(self.rows) < _DEEPEST:
            self.rows.append([])
        else:
            self._deeper += 1

    def begin_cell(self) -> None:
        """Open a cell of the innermost table."""
        if self.rows:
            self.rows[-1].append([])

    def place(self, block: Block) -> bool:
        """Put a block into the innermost open cell; tell whether there is one."""
        cells = next((cells for cells in reversed(self.rows) if cells), None)
        if cells:
            cells[-1].append(block)
        return cells is not None

    def end_row(self) -> list[Block]:
        """Close the open row of the innermost table and return its blocks."""
        if not self.rows:
            return []
        cells, self.rows[-1] = self.rows[-1], []
        return _row(cells)

    def end(self) -> list[Block]:
        """Close the innermost table and return the blocks of its open row."""
        if self._deeper:
            self._deeper -= 1
            return []
        blocks = self.end_row()
        if self.rows:
            self.rows.pop()
        return blocks


def shifted(spans: tuple[Span, ...], by: int) -> tuple[Span, ...]:
    """Return spans moved by that many code points."""
    return tuple(Span(span.start + by, span.end + by, span.mark, span.target) for span in spans)


def _row(cells: list[list[Block]]) -> list[Block]:
    """Return a row of plain cells as one block, a row that lays out other blocks as those blocks."""
    blocks = list(chain.from_iterable(cells))
    plain = all(block.kind is BlockKind.TEXT and "\n" not in block.text for block in blocks)
    if not blocks or not plain or any(len(cell) > 1 for cell in cells):
        return blocks
    texts: list[str] = []
    spans: list[Span] = []
    start = 0
    for cell in cells:
        text = cell[0].text if cell else ""
        spans += shifted(cell[0].spans if cell else (), start)
        texts.append(text)
        start += len(text) + 1
    return [Block(BlockKind.ROW, "\t".join(texts).rstrip("\t"), spans=tuple(spans))]
