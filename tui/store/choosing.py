"""Which tokens a search asks the index for: as few lists as tell the articles apart, the shortest ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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

Tokens = tuple[tuple[str, ...], ...]
"""What the index is asked for, for each term its own."""


@frozen
class Range:
    """Articles by their ids, and the tokens to ask for there, for each term its own.

    `rare` are those that not every eighth text has, or all; where they name few texts the others, whose lists
    are long, need not be asked for. `common` are the rarities that are known of any.
    """

    least: int
    last: int
    tokens: Tokens
    rare: Tokens
    common: Mapping[str, int]

    def further(self, asked: Tokens, to_read: int, articles: int) -> Tokens:
        """What is asked for with what it pays to add, where so many articles of all would have to be read."""
        chosen = {token for of_term in asked for token in of_term}
        reading = float(to_read * READ)
        for token in sorted(self.common.keys() - chosen, key=lambda token: (-self.common[token], token)):
            share = _share(self.common[token])
            left = share ** (1 / SIDE_BY_SIDE)
            if reading * (1 - left) < articles * share:
                break
            chosen.add(token)
            reading *= left
        return tuple(tuple(token for token in of_term if token in chosen) for of_term in self.tokens)


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
        rarity = {token: history.rarity(token.removeprefix(MARK)) for of_term in tokens for token in of_term}
        common = {token: known for token, known in rarity.items() if known is not None}
        found.append(
            Range(above + 1, last, tokens, tuple(_rare(of_term, common) for of_term in tokens), common)
        )
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


def _rare(tokens: Sequence[str], common: Mapping[str, int]) -> tuple[str, ...]:
    """The tokens of a term that are not nearly everywhere; all where there is no such."""
    return tuple(token for token in tokens if common.get(token, RARE) > EVERYWHERE) or tuple(tokens)


def _share(rarity: int) -> float:
    """How many of all texts have what is so rare; rarities are rounded down."""
    return float(2 ** (-(rarity + 0.5) / 2))


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
        share = _share(found)
        if chosen and share > READ * 2 ** (-together / 2) * (1 - share):
            break
        together += found / SIDE_BY_SIDE if chosen else found
        chosen.append(stretch)
    return tuple(stretch if stretch in term.tokens else f"{MARK}{stretch}" for stretch in chosen)
