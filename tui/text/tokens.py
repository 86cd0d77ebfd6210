"""Search tokens: every substring of a text, however short, is found by the tokens of that substring.

A run of ASCII letters and digits becomes all its stretches of three, any other run of letters (Chinese
above all) all its pairs; at the end of a run they are cut short. A query of that length or longer asks
for its own stretches, a shorter one for those that begin with it. So 1688 finds 51688 and lady1688, and
a single character is found too. Tokens hold nothing but letters and digits: FTS5's tokenizer "ascii"
keeps them whole, and they need no escaping inside quotes.
"""

from __future__ import annotations

from tui.text.pattern import pattern
from tui.text.traditional import SIMPLIFIED, TRADITIONAL
from tui.values import frozen

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_FOLDING = str.maketrans(TRADITIONAL, SIMPLIFIED) | _FULL_WIDTH
_RUN = pattern(r"[a-z0-9]+|[^\W\x00-\x7f]+")
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


def fold(text: str) -> str:
    """Return text without differences of case, of full and half width, of traditional and simplified."""
    return text.translate(_FOLDING).casefold()


def index_tokens(text: str) -> str:
    """Return the tokens to index a text by, each once, joined by spaces."""
    return " ".join(dict.fromkeys(_STRETCHES.findall(fold(text))))


def query_terms(query: str) -> tuple[Term, ...]:
    """Return the terms of a query: its words, and each "quoted phrase" as one."""
    words = (" ".join("".join(groups).split()) for groups in _WORD.findall(fold(query)))
    return tuple(_term(word) for word in dict.fromkeys(words) if word)


def _term(word: str) -> Term:
    whole = [
        stretch for stretch in _STRETCHES.findall(word) if len(stretch) == (3 if stretch.isascii() else 2)
    ]
    # Short runs begin many tokens: they are worth asking for only when there is nothing better.
    return Term(word, tuple(dict.fromkeys(whole or [f"{run}*" for run in _RUN.findall(word)])))
