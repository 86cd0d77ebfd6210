"""Which tokens a search asks the index for: as few lists as tell the articles apart, the shortest ones."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from tui.store.samples import History
from tui.store.selection import LARGEST_ID
from tui.text.stretches import COMMON, EVERYWHERE, LONGEST, MARK, short_length
from tui.text.tokens import Term, runs
from tui.values import frozen

CONSIDERED = 40
"""So many characters of a term are looked at for longer tokens."""

RARE = COMMON + 1
"""The rarity of what is not known to be common, at least."""

READ = 3000
"""An article costs so many steps along the list of a token to be read."""


SIDE_BY_SIDE = 4
"""What stands side by side is seldom independent: so small a part of a further token's rarity counts."""


@frozen
class Range:
    """Articles by their ids, and the tokens to ask for there, for each term its own.

    `rare` are those that not every eighth text has, or all; where they name few texts the others, whose lists
    are long, need not be asked for.
    """

    least: int
    last: int
    tokens: tuple[tuple[str, ...], ...]
    rare: tuple[tuple[str, ...], ...]


def ranges(db: apsw.Connection, terms: Sequence[Term]) -> list[Range]:
    """The ranges of articles that have the same longer tokens, the latest first."""
    stretches = [_stretches(term) for term in terms]
    history = History(db, {stretch for of_term in stretches for stretch in of_term})
    since = {
        stretch: reached
        for of_term in stretches
        for stretch in of_term
        if len(stretch) > short_length(stretch) and (reached := history.since(stretch)) is not None
    }
    found: list[Range] = []
    last = LARGEST_ID
    for above in sorted({0, *since.values()}, reverse=True):
        known = {stretch for stretch in since if since[stretch] <= above}
        tokens = tuple(_chosen(term, known, history) for term in terms)
        rare = tuple(_rare(of_term, history) for of_term in tokens)
        found.append(Range(above + 1, last, tokens, rare))
        last = above
    return found


def _stretches(term: Term) -> list[str]:
    """All of a term that the index may have tokens for; nothing of one that begins tokens or is one."""
    if len(term.tokens) < 2 or term.tokens[0].endswith("*"):
        return []
    return [
        joined[at : at + length]
        for joined, short in runs(term.text[:CONSIDERED])
        for length in range(short, LONGEST + 1)
        for at in range(len(joined) - length + 1)
        if " " not in joined[at : at + length]
    ]


def _rare(tokens: Sequence[str], history: History) -> tuple[str, ...]:
    """The tokens of a term that are not nearly everywhere; all where there is no such."""
    found = {token: history.rarity(token.removeprefix(MARK)) for token in tokens}
    rare = [token for token, rarity in found.items() if rarity is None or rarity > EVERYWHERE]
    return tuple(rare or tokens)


def _chosen(term: Term, known: set[str], history: History) -> tuple[str, ...]:
    """The tokens to ask for, of which those that say least are left to the reading of the texts."""
    if len(term.tokens) < 2 or term.tokens[0].endswith("*"):
        return term.tokens
    longer = [stretch for stretch in known if stretch in term.text]
    # what a longer token holds it says
    wanted = [
        stretch
        for stretch in (*term.tokens, *longer)
        if not any(stretch in other and stretch != other for other in longer)
    ]
    rarity = {stretch: history.rarity(stretch) for stretch in wanted}
    chosen = [stretch for stretch in wanted if rarity[stretch] is None]
    together = RARE * (1 + (len(chosen) - 1) / SIDE_BY_SIDE) if chosen else 0.0
    common = [(found, stretch) for stretch, found in rarity.items() if found is not None]
    for found, stretch in sorted(common, reverse=True):
        # rarities are rounded down
        share = 2 ** (-(found + 0.5) / 2)
        if chosen and share > READ * 2 ** (-together / 2) * (1 - share):
            break
        together += found / SIDE_BY_SIDE if chosen else found
        chosen.append(stretch)
    return tuple(stretch if stretch in term.tokens else f"{MARK}{stretch}" for stretch in chosen)
