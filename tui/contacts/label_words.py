"""Finds the words of labels, also where spaces or ornaments part their letters (微 信, v-x)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from tui.contacts.labels import read_labels


def plain(word: str) -> str:
    """Give a word without the spaces and ornaments between its letters."""
    return _ORNAMENT.sub("", word)


def find_words(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Give what the words match in a stretch of a folded text: group 1 is the word, behind it its suffix."""
    at = start
    while match := _LOOSE.search(text, at, end):
        if match[1] not in _PLAIN and _NO_PARTING.search(match[1], 1):
            # taken with a sign that parts no letters: what the strict pattern finds here is right
            strict = _strict().match(text, match.start(), end)
            if strict is None:
                at = match.start() + 1
                continue
            match = strict
        yield match
        at = match.end()


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; a space or an ornament may part their letters."""
    tails: dict[str, set[tuple[str, str]]] = {}
    for word in words:
        tails.setdefault(word[0], set()).add((word[1:], word))
    return "|".join(re.escape(first) + _tree(tails[first]) for first in sorted(tails))


def _tree(tails: set[tuple[str, str]], *, parted: bool = False) -> str:
    """A pattern for the tails of words that begin alike, each given with its whole word.

    Words are tried together, letter by letter: most places where one could begin are none.
    """
    # where no word asks how it was written, one way serves both
    parted = parted or not any(word[-1].isascii() for _, word in tails)
    if len(tails) == 1:
        return _one(*next(iter(tails)), parted=parted)
    ways = _ways(tails, parted=parted)
    if parted:
        ways = [f"{_PARTING}?(?:{'|'.join(ways)})"]
    else:
        ways.append(f"{_PARTING}(?:{'|'.join(_ways(tails, parted=True))})")
    ways += [_end(word, parted=parted) for tail, word in tails if not tail]
    return f"(?:{'|'.join(ways)})"


def _ways(tails: set[tuple[str, str]], *, parted: bool) -> list[str]:
    """A pattern for each letter with which tails go on, and all that may follow it."""
    branches: dict[str, set[tuple[str, str]]] = {}
    for tail, word in tails:
        if tail:
            branches.setdefault(tail[0], set()).add((tail[1:], word))
    return [re.escape(letter) + _tree(branches[letter], parted=parted) for letter in sorted(branches)]


def _one(tail: str, word: str, *, parted: bool) -> str:
    """A pattern for the tail of one word, plain and, unless that is all the same, parted."""
    with_partings = "".join(f"{_PARTING}?{re.escape(letter)}" for letter in tail) + _end(word, parted=True)
    return with_partings if parted else f"(?:{re.escape(tail)}{_end(word, parted=False)}|{with_partings})"


def _end(word: str, *, parted: bool) -> str:
    """What may not follow a word that ends in a Latin letter.

    A parted Latin word ends where letters end, or the x of 加v xiaoyu01 would be taken for vx;
    薇x is a label, 薇xiaolan88 and 薇【xiaolan88 are a label and an id.
    """
    if not word[-1].isascii():
        return ""
    if word.isascii():
        return "(?![a-z])" if parted else "(?![a-z_])" if len(word) == 1 else ""
    return "(?![a-z0-9_])" if parted else "(?![a-z])"


_SIGNS = "🐧☎📞📱🛰"  # pictures that are labels themselves
_NOT_PARTING = rf":/|,。、(){_SIGNS}"
_NO_PARTING = re.compile(f"[{_NOT_PARTING}]")
_ORNAMENT = re.compile(rf"[^\w{_SIGNS}]+")
_SUFFIX = (
    r"(?: ?(?:号码|帐号|账号|账户|号?_?id(?![a-z0-9_])|_?no(?= ?:)|号))?"
    r"(?: (?:number|name|account|no\.?)(?= ?[:()]| is ))?"
    r"(?: ?(?:[1-9][0-9]?(?![0-9])|[一二三四五]|(?:i{1,3}|iv|vi{0,3}|ix|x)(?= ?\())"
    r"(?= ?[:(“「『【*`]|(?: |[为是—→]|->) ?[1-9][0-9]{5}))?"
)


_PARTING = "\0"  # where letters may be parted; what parts them is put there at the end
_WORDS = tuple(label.word.replace(" ", "") for label in read_labels())
_PLAIN = frozenset(word for word in _WORDS if not _NO_PARTING.search(word, 1))
_ANY = _any_of(_WORDS)


def _pattern(parting: str) -> re.Pattern[str]:
    return re.compile(f"({_ANY.replace(_PARTING, parting)}){_SUFFIX}")


@cache
def _strict() -> re.Pattern[str]:
    """The words parted by what may part them and nothing else; few texts need it."""
    return _pattern(rf"(?: {{1,4}}|[^\w\s{_NOT_PARTING}]{{1,2}})")


# Lets any sign part letters: a set of signs takes long to compile, and there are a thousand places for it.
# Ways are tried in the same order, so that what is found without such a sign is what the strict one finds.
_LOOSE = _pattern(r"(?: {1,4}|[^\w\s]{1,2})")
