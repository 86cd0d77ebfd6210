"""Reads the columns whose heads are labels: tables of Markdown, HTML, tabs or commas, INSERTs of SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from tui.contacts.cells import Kept, read_kept
from tui.contacts.labels import Role
from tui.contacts.named import is_exact, read_name
from tui.text.possessive import possessive

Cell = tuple[int, int]
"""Where the inside of a cell begins and ends in a folded text."""


def find_in_grids(
    text: str, letters: str, hints: Sequence[re.Match[str]], tabs: frozenset[int]
) -> Iterator[Kept]:
    """Give the values of all grids in a folded text, links hidden and tags not.

    `letters` are those of it that are ASCII's, `hints` what HINT finds, `tabs` are places of tabs.
    """
    if "<" in text and "</t" in text and "<tr" in text:
        yield from _find_in_html(text)
    if "insert" in letters and "values" in letters:
        yield from _find_in_inserts(text)
    if "\n" in text:
        yield from _find_in_lines(text, hints, tabs)


def _find_below(text: str, head: list[Cell], rows: Iterable[list[Cell]], *, strict: bool) -> Iterator[Kept]:
    """Give the values below the heads that are names; a `strict` grid ends where a row has other cells."""
    names = _names(text, head)
    if not names or len(head) < 2:
        return
    for cells in islice(rows, _MOST_ROWS):
        if strict and len(cells) != len(head):
            return
        for column, roles in names.items():
            if column >= len(cells):
                continue
            start, end = cells[column]
            value = read_kept(text, _lead_end(text, start, end), roles, end=end)
            if value is not None:
                yield Kept(value, *head[column], roles, head[0][0], head[-1][1])


def _find_beside(text: str, cells: list[Cell]) -> Iterator[Kept]:
    """Give the values that stand beside their names in a row: | 微信 | abc123 |."""
    for name, (start, end) in pairwise(cells):
        roles = read_name(text[slice(*name)].strip(_MARKS))
        if roles is not None:
            at = _lead_end(text, start, end)
            exact = not text[name[0]].isascii()
            value = read_kept(text, at, roles, end=end, exact=exact or is_exact(text[slice(*name)]))
            if value is not None:
                yield Kept(value, *name, roles)


def _lead_end(text: str, start: int, end: int) -> int:
    """Give the place behind the marks with which a cell begins."""
    lead = _LEAD.match(text, start, end)
    return start if lead is None else lead.end()


def _names(text: str, head: list[Cell]) -> dict[int, frozenset[Role]]:
    """Read the heads; a row in which a value stands beside its name is none of heads."""
    names = {}
    for column, (start, end) in enumerate(head):
        roles = read_name(text[start:end].strip(_MARKS))
        if roles is None:
            continue
        beside = head[column + 1][0] if column + 1 < len(head) else end
        if beside < end + 9 and column + 1 < len(head) and read_kept(text, beside, roles) is not None:
            return {}
        names[column] = roles
    return names


def _find_in_lines(text: str, hints: Sequence[re.Match[str]], tabs: frozenset[int]) -> Iterator[Kept]:
    """Read the grids of lines; the head is the first line of a grid, and names a contact."""
    done = 0
    for hint in hints:
        if hint.start() < done:
            continue
        start = max(done, text.rfind("\n", max(0, hint.start() - _LONGEST_HEAD), hint.start()) + 1)
        end = text.find("\n", hint.end(), start + _LONGEST_HEAD)
        done = end if end >= 0 else min(len(text), start + _LONGEST_HEAD)
        parting = _parting(text, start, done, tabs)
        if parting is None:
            continue
        cells = _cells(text, start, done, parting, tabs)
        if parting == "|":
            yield from _find_beside(text, cells)
        if end >= 0 and _is_head(text, start, cells, parting, tabs):
            rows = _rows_below(text, end + 1, parting, tabs)
            yield from _find_below(text, cells, rows, strict=parting != "|")


def _is_head(text: str, start: int, cells: list[Cell], parting: str, tabs: frozenset[int]) -> bool:
    """Tell whether a line has cells as heads are, and is none of the rows of a grid above it."""
    if parting != "|" and not all(_HEAD.fullmatch(text, *cell) for cell in cells):
        return False
    above = text.rfind("\n", max(0, start - 1 - _LONGEST_HEAD), max(0, start - 1)) + 1
    if _parting(text, above, max(above, start - 1), tabs) != parting:
        return True
    return parting != "|" and len(_cells(text, above, start - 1, parting, tabs)) != len(cells)


def _parting(text: str, start: int, end: int, tabs: frozenset[int]) -> str | None:
    """Tell what parts the cells of a line: |, a tab, wide blanks or, three times at least, a comma."""
    if text.find("|", start, end) >= 0:
        return "|"
    if tabs and not tabs.isdisjoint(range(start, end)):
        return "\t"
    if text.count(",", start, end) >= 2:
        return ","
    if text.find("  ", start, end) < 0:
        return None
    return "  " if text.find("  ", _INDENT.match(text, start).end(), end) >= 0 else None  # type: ignore[union-attr]


def _cells(text: str, start: int, end: int, parting: str, tabs: frozenset[int]) -> list[Cell]:
    """Cut a line into the insides of its cells."""
    line = text[start:end]
    if parting == "\t":
        line = "".join("\t" if start + place in tabs else char for place, char in enumerate(line))
    outer = line.strip(" ") if parting == "|" else line
    cells = []
    at = start
    for piece in _WIDE.split(line) if parting == "  " else line.split(parting):
        at = text.find(piece, at, end) if parting == "  " else at
        inner = piece.strip()
        first = at + len(piece) - len(piece.lstrip())
        cells.append((first, first + len(inner)))
        at += len(piece) + (0 if parting == "  " else 1)
    if parting == "|" and outer[:1] == "|":
        del cells[0]
    while parting == "\t" and cells and cells[0][0] == cells[0][1]:
        del cells[0]
    return cells


def _rows_below(text: str, at: int, parting: str, tabs: frozenset[int]) -> Iterator[list[Cell]]:
    """Give the cells of the lines below a head, the rule of a Markdown table left out."""
    while at < len(text):
        end = text.find("\n", at, at + _LONGEST_ROW)
        end = min(len(text), at + _LONGEST_ROW) if end < 0 else end
        line = text[at:end]
        if not line.strip() or (parting == "|" and "|" not in line):
            return
        if parting != "|" or _RULE.fullmatch(line) is None:
            yield _cells(text, at, end, parting, tabs)
        at = end + 1


def _find_in_html(text: str) -> Iterator[Kept]:
    """Read the tables of HTML, whose first row, or the one of th, is the head."""
    head: list[Cell] = []
    last = -_LONGEST_ROW
    for row in _ROW.finditer(text):
        first = row.start() - last > _BETWEEN_ROWS or "<t" in text[last : row.start()]
        last = row.end()
        if not first and not head and "<th" not in row["cells"]:
            continue
        cells = [cell.span("inside") for cell in _CELL.finditer(text, row.start("cells"), row.end("cells"))]
        if first or "<th" in row["cells"]:
            head = cells if _names(text, cells) else []
        elif head:
            yield from _find_below(text, head, [cells], strict=True)


def _find_in_inserts(text: str) -> Iterator[Kept]:
    """Read the rows of INSERTs that name their columns."""
    for insert in _INSERT.finditer(text):
        head = _fields(text, insert.start("columns"), insert.end("columns"))
        yield from _find_below(text, head, _tuples(text, insert.end()), strict=False)


def _fields(text: str, start: int, end: int) -> list[Cell]:
    return [field.span() for field in _FIELD.finditer(text, start, end)]


def _tuples(text: str, at: int) -> Iterator[list[Cell]]:
    """Give the cells of the bracketed rows that begin at a place."""
    while (opened := _OPENED.match(text, at)) is not None:
        at = opened.end()
        cells = []
        while (cell := _SQL_CELL.match(text, at)) is not None:
            cells.append(cell.span("bare" if cell["inside"] is None else "inside"))
            at = cell.end()
            if cell["end"] != ",":
                break
        yield cells


_MOST_ROWS = 200
_LONGEST_HEAD = 400
_LONGEST_ROW = 4000
_BETWEEN_ROWS = 200
_MARKS = " *`\"'_[]:"
_LEAD = re.compile(r"(?:[ *`\[(\"']|<[^<>\n]{0,200}>){0,6}")
_HEAD = re.compile(r"[\w ()/\"'.\-]{1,16}")
_INDENT = re.compile(" *")
_WIDE = re.compile(" {2,}")
_RULE = re.compile(r"[ |:\-=+]{3,}")
_ROW = re.compile(r"<tr(?: [^<>]{0,200})?>(?P<cells>(?:[^<]|<(?!/?tr)){0,4000})")
_CELL = re.compile(
    r"<t[hd](?: [^<>]{0,200})?>\s{0,40}(?:<(?!/?t[hdr])[^<>]{0,200}>\s{0,40}){0,4}"
    r"(?P<inside>[^<]{0,200}?)\s{0,40}<"
)
_INSERT = re.compile(
    r"insert (?:ignore )?into [\w`.\"\[\]]{1,60}\s{0,4}\((?P<columns>[\w\s`\"\[\],]{2,1500})\)\s{0,9}values?"
)
_FIELD = re.compile(r"\w{1,60}")
_OPENED = re.compile(r"[\s,]{0,40}\(")
_IN_QUOTES = possessive(r"[^'\\]|\\.|''", "{0,4000}")
_SQL_CELL = re.compile(
    rf"\s{{0,40}}n?(?:'(?P<inside>{_IN_QUOTES})'"
    r"|(?P<bare>[^,()']{0,200}(?:\([^()]{0,80}\))?))"
    r"\s{0,40}(?P<end>[,)]|\Z)"
)
