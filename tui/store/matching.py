"""Whether an article holds the terms of a search: the texts decide where the index cannot."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

from tui.store import body_codec
from tui.text.spellings import pattern_of
from tui.text.tokens import Term, fold

TEXTS = """article.title, author, merchant,
  (SELECT group_concat(value, char(10)) FROM article_contact
    JOIN contact ON contact.id = contact_id WHERE article_id = article.id), body"""
"""The columns, over article and article_text, of all text that a search looks at."""


@lru_cache(64)
def _said(merchant: str) -> str:
    """The values of a merchant's block, a line each."""
    return "\n".join(value for value in json.loads(merchant).values() if isinstance(value, str))


def fields(title: str, author: str, merchant: str, contacts: str | None) -> str:
    """All text of an article but its body, a field a line."""
    return f"{title}\n{author}\n{_said(merchant)}\n{contacts or ''}"


class Matcher:
    """Tells of articles whether they hold every term."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = [(number, term.text, pattern_of(term.text)) for number, term in enumerate(terms)]

    def in_title(self, title: str) -> bool:
        """Whether a title alone holds every term."""
        folded = fold(title)
        return all(text in folded for _, text, _ in self._terms)

    def missing(
        self, title: str, author: str, merchant: str, contacts: str | None, body: bytes
    ) -> int | None:
        """The number of the first term that an article does not hold; None when it holds them all.

        A body is folded only when it has a spelling of every term, which few have that are no hits.
        """
        head = fold(fields(title, author, merchant, contacts))
        sought = [part for part in self._terms if part[1] not in head]
        if not sought:
            return None
        unpacked = body_codec.unpack(body)
        for number, _, pattern in sought:
            if pattern is not None and pattern.search(unpacked) is None:
                return number
        folded = fold(body_codec.text_of(unpacked))
        return next((number for number, text, _ in sought if text not in folded), None)
