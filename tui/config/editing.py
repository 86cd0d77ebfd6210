"""Puts feeds into the text of a feeds.toml and takes them out: other lines stay as the user wrote them."""

from __future__ import annotations

import json
from _blake2 import blake2b  # as in hashlib, which brings OpenSSL along
from collections.abc import Iterable, Iterator, Sequence

from tui.config.lines import statements
from tui.feed_values import FeedSpec
from tui.values import frozen

_HEADER = "[[feed]]"

Lines = tuple[tuple[int, str], ...]
"""Lines of a text with their numbers, from 0."""


@frozen
class Edit:
    """A changed text, and what takes the change back: the lines that were put in or taken out.

    `after` is the hash of the changed text, `before` the URL of the feed in front of the one in question.
    """

    source: str
    lines: Lines
    after: str
    before: str = ""

    @property
    def block(self) -> list[str]:
        """What the lines say, without blank ones."""
        return [text for _, text in self.lines if text.strip()]


@frozen
class _Block:
    """A [[feed]] of a text: its URL and the numbers of the lines that its header and values stand on."""

    url: str
    lines: tuple[int, ...]


def digest(source: str) -> str:
    """What tells a text from others."""
    return blake2b(source.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def put_in(source: str, *specs: FeedSpec) -> Edit:
    """Put feeds behind the last one of a text, or at its end."""
    lines = _lines(source)
    blocks = list(_blocks(source))
    at = blocks[-1].lines[-1] + 1 if blocks else len(lines) - 1
    written = [line for spec in specs for line in ("", *_written(spec))]
    return _put(lines, at, written[1:], blocks[-1].url if blocks else "")


def take_out(source: str, url: str) -> Edit | None:
    """Take a feed's header and values out of a text; comments stay. None when it has no such [[feed]]."""
    lines = _lines(source)
    before = ""
    for block in _blocks(source):
        if block.url == url:
            return _take(lines, block.lines, before)
        before = block.url
    return None


def put_back(source: str, edit: Edit) -> Edit:
    """Take back `take_out`: in a text that is as it left it to the letter, else near the same neighbour."""
    lines = _lines(source)
    if digest(source) == edit.after:
        for number, text in edit.lines:
            lines.insert(number, text)
        return _edit(lines, edit.lines, edit.before)
    return _put(lines, _place(source, lines, edit.before), edit.block, edit.before)


def undo_put_in(source: str, urls: Sequence[str], edit: Edit) -> tuple[Edit, frozenset[str]] | None:
    """Take back `put_in`: the text, and which feeds went; None when none is there that says what it said."""
    lines = _lines(source)
    if digest(source) == edit.after:
        taken = _take(lines, [number for number, _ in edit.lines], edit.before, blank=False)
        return taken, frozenset(urls)
    wrote = dict(zip(urls, _apart(edit.block), strict=True))
    blocks = [block for block in _blocks(source) if wrote.get(block.url) == _said(lines, block.lines)]
    if not blocks:
        return None
    taken = _edit(lines, (), edit.before)
    for numbers in reversed(_stretches(lines, blocks)):
        taken = _take(_lines(taken.source), numbers, edit.before)
    return taken, frozenset(block.url for block in blocks)


def _said(lines: Sequence[str], numbers: Iterable[int]) -> list[str]:
    return [lines[number] for number in numbers if lines[number].strip()]


def _stretches(lines: Sequence[str], blocks: Iterable[_Block]) -> list[list[int]]:
    """The numbers of the lines of feeds, together where only blank lines stand between."""
    stretches: list[list[int]] = []
    for block in blocks:
        between = range(stretches[-1][-1] + 1, block.lines[0]) if stretches else range(0)
        if stretches and not _said(lines, between):
            stretches[-1] += [*between, *block.lines]
        else:
            stretches.append([*block.lines])
    return stretches


def _apart(block: Iterable[str]) -> list[list[str]]:
    """The lines of feeds as `put_in` writes them, those of each feed for themselves."""
    feeds: list[list[str]] = []
    for line in block:
        if line.rstrip() == _HEADER:
            feeds.append([])
        feeds[-1].append(line)
    return feeds


def _lines(source: str) -> list[str]:
    """The lines of a text, each of them ended, and an empty one behind the last."""
    lines = source.split("\n")
    return [*lines[:-1], lines[-1] + _end(lines), ""] if lines[-1] else lines


def _end(lines: list[str]) -> str:
    """What a file with the line ends of Windows has in front of them."""
    return "\r" if len(lines) > 1 and lines[0].endswith("\r") else ""


def _blocks(source: str) -> Iterator[_Block]:
    url = ""
    lines: list[int] = []
    for first, text, value in statements(source):
        is_header = text.lstrip().startswith("[")
        if is_header and lines:
            yield _Block(url, tuple(lines))
            url, lines = "", []
        if (is_header and value == {"feed": [{}]}) or (lines and value):
            lines += range(first - 1, first - 1 + text.count("\n"))
            url = str(value.get("url", url))
    if lines:
        yield _Block(url, tuple(lines))


def _written(spec: FeedSpec) -> Iterator[str]:
    yield _HEADER
    for name in ("title", "url", "category"):
        if value := getattr(spec, name):
            # a JSON string is a TOML string but for DEL, which neither a URL nor a cleaned line has
            yield f"{name} = {json.dumps(value, ensure_ascii=False)}"


def _place(source: str, lines: list[str], before: str) -> int:
    """Where the feed behind that of a URL begins; with "" the first one's place, its comment included."""
    blocks = list(_blocks(source))
    if not blocks:
        return len(lines) - 1
    found = next((block for block in blocks if block.url == before), None)
    if found is not None or before:
        return (found or blocks[-1]).lines[-1] + 1
    at = blocks[0].lines[0]
    while at and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return at


def _put(lines: list[str], at: int, block: list[str], before: str) -> Edit:
    """Put lines in front of the one with a number, blank ones around them."""
    end = _end(lines)
    new = [line.rstrip("\r") + end for line in block]
    if at and lines[at - 1].strip():
        new.insert(0, end)
    if at < len(lines) and lines[at].strip():
        new.append(end)
    put = tuple(enumerate(new, at))
    return _edit([*lines[:at], *new, *lines[at:]], put, before)


def _take(lines: list[str], numbers: Iterable[int], before: str, *, blank: bool = True) -> Edit:
    """Take lines out; with `blank` also one of two blank ones that would stand together."""
    gone = sorted(numbers)
    first, behind = gone[0], gone[-1] + 1
    alone = not first or not lines[first - 1].strip()
    if blank and alone and not lines[behind].strip():
        if behind < len(lines) - 1:
            gone.append(behind)
        elif first:
            gone.insert(0, first - 1)
    taken = tuple((number, lines[number]) for number in gone)
    numbers = dict(taken)
    return _edit([line for number, line in enumerate(lines) if number not in numbers], taken, before)


def _edit(lines: list[str], changed: Lines, before: str) -> Edit:
    source = "\n".join(lines)
    return Edit(source, changed, digest(source), before)
