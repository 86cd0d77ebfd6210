"""Finds the values that data keeps under a label's name: grids, objects and calls, elements of markup."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import partial

from tui.contacts import trust
from tui.contacts.cells import Kept, is_named_in_code
from tui.contacts.code_words import CODE_WORDS
from tui.contacts.elements import find_remarked, read_element
from tui.contacts.fit import is_word
from tui.contacts.grids import find_in_grids
from tui.contacts.keyed import read_keyed
from tui.contacts.labels import Role
from tui.contacts.link import Claim
from tui.contacts.named import HINT, find_names
from tui.contacts.normalise import Folded
from tui.contacts.runs import Run


def add_structured(text: str, original: str, folded: Folded, claims: list[Claim]) -> list[Claim]:
    """Add to the claims of a text what its structure says.

    `text` is the folded one with its tags, links and addresses hidden; `original` as it was, with its tabs.
    A head of a column labels no value but those below it.
    """
    found = list(_find(text, folded.letters, _tabs(original, folded)))
    kept = [one for one in found if not is_named_in_code(folded.cased, one.value)]
    claims = [one for one in claims if one.trust != trust.WORD or not _is_code(text, folded.cased, one)]
    return _joined(text, claims, kept) if kept else claims


def _is_code(text: str, cased: str, claim: Claim) -> bool:
    """Tell whether a claim of letters is of code: a word of it, or quoted a name (customerService)."""
    quoted = text[claim.value.end : claim.value.end + 1] in _QUOTES
    word = text[claim.value.start : claim.value.end] in CODE_WORDS
    return word or (quoted and is_named_in_code(cased, claim.value))


def _joined(text: str, claims: list[Claim], kept: list[Kept]) -> list[Claim]:
    """Join claims and what is kept; where both have a value, what labels it in running text goes first."""
    heads = {(one.above, one.below) for one in kept if one.below}
    starts = {one.value.start for one in kept}
    stay = [
        claim
        for claim in claims
        if not (claim.roles <= _FOREIGN and claim.value.start in starts)
        and not any(_is_of_head(claim, *head) for head in heads)
    ]
    taken = {place for claim in stay for place in range(claim.value.start, claim.value.end)}
    for one in kept:
        if taken.isdisjoint(range(one.value.start, one.value.end)):
            taken.update(range(one.value.start, one.value.end))
            sureness = trust.WORD if is_word(text, one.value) else trust.PLAIN
            stay.append(Claim(one.value, Run(one.start, one.end, one.roles, ()), one.roles, sureness))
    return stay


def _find(text: str, letters: str, tabs: frozenset[int]) -> Iterator[Kept]:
    hints = list(HINT.finditer(text))
    yield from find_in_grids(text, letters, hints, tabs)
    for name in find_names(text, hints[0].start()) if hints else ():
        found = read_element(text, name) or read_keyed(text, name)
        if found is not None:
            yield found
    if "<" in text and "同" in text:
        yield from find_remarked(text)


def _is_of_head(claim: Claim, above: int, below: int) -> bool:
    return above <= claim.run.start < below <= claim.value.start


def _tabs(original: str, folded: Folded) -> frozenset[int]:
    """Give the places of a folded text that were tabs between words."""
    if "\t" not in original:
        return frozenset()
    places = (match.start() for match in _TAB.finditer(original))
    if not folded.moved:
        return frozenset(places)
    return frozenset(map(partial(_place, folded), places))


def _place(folded: Folded, origin: int) -> int:
    """Give the place of the folded text that a letter of the original became."""
    rank = bisect_right(folded.origins, origin) - 1
    return origin if rank < 0 else folded.moved[rank] + origin - folded.origins[rank]


_FOREIGN = frozenset({Role.APP, Role.CODE})
_QUOTES = frozenset("\"'`")
_TAB = re.compile(r"\t(?<=[^\s]\t)(?=[^\s])")
