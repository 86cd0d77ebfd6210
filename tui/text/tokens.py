"""Search tokens: every substring of a text, however short, is found by the tokens of that substring.

A run of ASCII letters and digits becomes all its stretches of three, any other run of letters (Chinese
above all) all its pairs; at the end of a run they are cut short. A query of that length or longer asks
for its own stretches, a shorter one for those that begin with it. So 1688 finds 51688 and lady1688, and
a single character is found too. Tokens hold nothing but letters and digits: FTS5's tokenizer "ascii"
keeps them whole, and they need no escaping inside quotes. Where a store's stretches are so common that
they do not tell its texts apart, longer ones are tokens besides (`stretches.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from tui.text.folding import fold
from tui.text.pairs import numbers, written
from tui.text.pattern import pattern
from tui.text.stretches import MARK, UNKNOWN, Lookup, begins_among, longer_stretches, parts_of
from tui.values import frozen

_RUN = pattern(r"[a-z0-9]+|[^\W\x00-\x7f]+")
_CHINESE = pattern(r"[^\W\x00-\x7f]+")
_LATIN = pattern(r"[a-z0-9]+")
_STRETCHES = pattern(r"(?=([^\W\x00-\x7f]{1,2}|[a-z0-9]{1,3}))")
_WORD = pattern(r'"([^"]*)"?|“([^”]*)”?|(\S+)')


@frozen
class Term:
    """One condition of a query: `text` must occur in the folded text, so all `tokens` are indexed.

    A token that ends with "*" stands for any token that begins with the rest. A term of punctuation
    alone has no tokens.
    """

    text: str
    tokens: tuple[str, ...]


def index_tokens(text: str, known: Lookup = UNKNOWN) -> str:
    """Return the tokens to index a text by, each once, joined by spaces."""
    folded = fold(text)
    chinese, latin = _CHINESE.findall(folded), _LATIN.findall(folded)
    joined = " ".join(chinese)
    tokens, begins = _pairs(chinese, joined, known)
    tokens += dict.fromkeys([run[at : at + 3] for run in latin for at in range(len(run))])
    if known.rarities:
        longer = longer_stretches(joined, 2, begins, known)
        joined = " ".join(latin)
        longer += longer_stretches(joined, 3, begins_among(parts_of(joined, 3), known.rarities), known)
        tokens += map(MARK.__add__, dict.fromkeys(longer))
    # what ends a run is a pair with the space behind it
    return " ".join(tokens).replace("  ", " ").rstrip()


def _pairs(chinese: Sequence[str], joined: str, known: Lookup) -> tuple[list[str], list[int]]:
    """The pairs of runs joined by spaces, each once, and the places where two overlap that are common."""
    across = dict.fromkeys([f" {run[0]}" for run in chinese])
    numbered = numbers(f"{joined} ")
    if numbered is None:
        pairs = parts_of(f"{joined} ", 2)
        found = [pair for pair in dict.fromkeys(pairs) if pair not in across]
        return found, begins_among(pairs, known.rarities)
    kept = dict.fromkeys(numbered)
    for number in (numbers("".join(across)) or [])[::2]:
        kept.pop(number, None)
    return [written(kept)] if kept else [], begins_among(numbered, known.pairs)


def runs(text: str) -> tuple[tuple[str, int], tuple[str, int]]:
    """The runs of a text, folded and joined by spaces, each kind with the length of its short tokens."""
    folded = fold(text)
    return (" ".join(_CHINESE.findall(folded)), 2), (" ".join(_LATIN.findall(folded)), 3)


def query_terms(query: str) -> tuple[Term, ...]:
    """Return the terms of a query: its words, and each "quoted phrase" as one."""
    if not query:
        return ()
    words = (" ".join("".join(groups).split()) for groups in _WORD.findall(fold(query)))
    return tuple(_term(word) for word in dict.fromkeys(words) if word)


def _term(word: str) -> Term:
    whole = [
        stretch for stretch in _STRETCHES.findall(word) if len(stretch) == (3 if stretch.isascii() else 2)
    ]
    # Short runs begin many tokens: they are worth asking for only when there is nothing better.
    return Term(word, tuple(dict.fromkeys(whole or [f"{run}*" for run in _RUN.findall(word)])))
