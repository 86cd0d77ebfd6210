"""Where a document's root element begins, and what stands before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Possessive quantifiers: with backtracking a hostile DOCTYPE would cost quadratic time.
_SKIPPED = re.compile(r"[\s\ufeff]*+(?:<\?.*?\?>|<!--.*?-->)", re.DOTALL)
_DOCTYPE = re.compile(
    r"[\s\ufeff]*+<!DOCTYPE\s++([\w:.-]*+)[^\[>]*+(?:>|\[.*?\]\s*+>)", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<((?:[a-z_][\w.-]{0,30}:)?(?:rss|rdf|feed|channel))(?=[\s/>])", re.IGNORECASE)
_SPACE = re.compile(r"[\s\ufeff]*+")


@dataclass(frozen=True, slots=True)
class Prolog:
    """Where the root's "<" must stand, and the root's name as a DOCTYPE gives it (None: no DOCTYPE)."""

    end: int
    doctype: str | None = None


def read_prolog(text: str) -> Prolog:
    """Pass over space, declaration, instructions, comments and DOCTYPE without reading any of them."""
    position, doctype = 0, None
    while found := _SKIPPED.match(text, position) or _DOCTYPE.match(text, position):
        if found.re is _DOCTYPE:
            doctype = found[1].lower()
        position = found.end()
    space = _SPACE.match(text, position)
    return Prolog(space.end() if space else position, doctype)


def find_root(text: str, root: re.Pattern[str] = _ROOT) -> re.Match[str] | None:
    """The first start of a root element (a feed's, unless told) after the prolog, its name as group 1."""
    return root.search(text, read_prolog(text).end)
