"""Search tokens: every substring of a text, however short, is found by the tokens of that substring.

A run of ASCII letters and digits becomes all its stretches of three, any other run of letters (Chinese
above all) all its pairs; at the end of a run they are cut short. A query of that length or longer asks
for its own stretches, a shorter one for those that begin with it. So 1688 finds 51688 and lady1688, and
a single character is found too. Tokens hold nothing but letters and digits: FTS5's tokenizer "ascii"
keeps them whole, and they need no escaping inside quotes. Where a store's stretches are so common that
they do not tell its texts apart, longer ones are tokens besides (`stretches.py`).
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from tui.text.folding import fold
from tui.text.pattern import pattern
from tui.text.stretches import MARK, UNKNOWN, Lookup, longer_stretches
from tui.values import frozen

_RUN = pattern(r"[a-z0-9]+|[^\W\x00-\x7f]+")
_CHINESE = pattern(r"[^\W\x00-\x7f]+")
_LATIN = pattern(r"[a-z0-9]+")
_KINDS = (_CHINESE, 2), (_LATIN, 3)
_STRETCHES = pattern(r"(?=([^\W\x00-\x7f]{1,2}|[a-z0-9]{1,3}))")
_CODEC = f"utf-32-{sys.byteorder[0]}e"
"""Of an array of letters."""

TOGETHER = 20_000
"""Letters of the texts whose tokens are made together, at most: a step's, if they are as long as usual."""

LONG = 50_000
"""Letters of a text's tokens from which on each is kept but once."""

_WORD = pattern(r'"([^"]*)"?|“([^”]*)”?|(\S+)')


@frozen
class Term:
    """One condition of a query: `text` must occur in the folded text, so all `tokens` are indexed.

    A token that ends with "*" stands for any token that begins with the rest. A term of punctuation
    alone has no tokens.
    """

    text: str
    tokens: tuple[str, ...]


def index_tokens(texts: Sequence[str], known: Lookup = UNKNOWN) -> list[str]:
    """Return for each text the tokens to index it by, with spaces between them, some of them several times.

    Of many texts at once, as most steps cost as much for one.
    """
    if len(texts) > 1 and sum(map(len, texts)) > TOGETHER:
        half = len(texts) // 2
        return index_tokens(texts[:half], known) + index_tokens(texts[half:], known)
    folded = [*map(fold, texts)]
    tokens = [
        part for pattern, short in _KINDS for part in _tokens([*map(pattern.findall, folded)], short, known)
    ]
    return [*map(_joined, zip(*tokens, strict=True))]


def _joined(parts: Sequence[str]) -> str:
    tokens = "".join(parts)
    # FTS5 passes over what it has for less than it costs to find here; but a long text has all many times
    return tokens if len(tokens) < LONG else " ".join(dict.fromkeys(tokens.split()))


def _tokens(texts: Sequence[Sequence[str]], short: int, known: Lookup) -> Iterator[Sequence[str]]:
    """Of the runs of some texts the short tokens for each text, and then the longer ones."""
    apart = [*map(" ".join, texts)]
    joined = "".join([f"{runs} " for runs in apart])
    places = [0, *accumulate(len(runs) + 1 for runs in apart)]
    tokens = _short_tokens(joined, [run for runs in texts for run in runs or ("",)], short)
    yield [tokens[at * (short + 1) : end * (short + 1)] for at, end in pairwise(places)]
    longer: list[list[str]] = [[] for _ in texts]
    for at, stretch in longer_stretches(joined, short, known):
        longer[bisect(places, at) - 1].append(f"{MARK}{stretch} ")
    yield [*map("".join, longer)]


def _short_tokens(joined: str, runs: Sequence[str], short: int) -> str:
    """The stretches of a length at every place of runs, also given joined, each with a space behind it."""
    letters = array("I", [ord(" ")]) * (len(joined) * (short + 1))
    letters[:: short + 1] = array("I", joined.encode(_CODEC))
    for at in range(1, short):
        # the letters so many places further on, or else spaces
        further = "".join([run[at:].ljust(len(run) + 1) for run in runs])
        letters[at :: short + 1] = array("I", further.encode(_CODEC))
    return letters.tobytes().decode(_CODEC)


def runs(text: str) -> tuple[tuple[str, int], ...]:
    """The runs of a text, folded and joined by spaces, each kind with the length of its short tokens."""
    folded = fold(text)
    return tuple((" ".join(pattern.findall(folded)), short) for pattern, short in _KINDS)


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
