"""Tells on which line of a TOML text a value stands, which tomllib does not."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any

Place = tuple[str | int, ...]
"""The way to a value, such as ("reader", "theme") or ("feed", 2, "url")."""


def line_of(source: str, place: Place) -> int:
    """The line (from 1) of a value in a valid TOML text, or of the nearest table around it."""
    lines = _lines(source)
    while place not in lines:
        place = place[:-1]
    return lines[place]


def _lines(source: str) -> dict[Place, int]:
    lines: dict[Place, int] = {(): 1}
    table: Place = ()
    elements: Counter[Place] = Counter()
    for line, text, value in statements(source):
        places = list(_places(value))
        if text.lstrip().startswith("["):
            *_, table = places
            if isinstance(table[-1], int):  # [[name]]: on its own it always looks like the first
                elements[table[:-1]] += 1
                table = (*table[:-1], elements[table[:-1]] - 1)
            for depth, _ in enumerate(table, 1):
                lines.setdefault(table[:depth], line)
        else:
            for place in places:
                lines.setdefault(table + place, line)
    return lines


def statements(source: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Each header or `key = value` with its first line and its value.

    A statement ends with the first line that makes it valid TOML: what spans lines (an array, a long
    string) is unclosed before. That leaves quoting, comments and dots to tomllib.
    """
    first, text = 1, ""
    for number, line in enumerate(source.split("\n"), 1):
        text += line + "\n"
        try:
            value = tomllib.loads(text)
        except (ValueError, RecursionError):
            continue
        yield first, text, value
        first, text = number + 1, ""


def _places(value: object, place: Place = ()) -> Iterator[Place]:
    """The place of a value and of all inside it, the deepest of a single chain last."""
    yield place
    items: Iterator[tuple[str | int, object]] = iter(())
    if isinstance(value, dict):
        items = iter(value.items())
    elif isinstance(value, list):
        items = iter(enumerate(value))
    for name, inner in items:
        yield from _places(inner, (*place, name))
