"""Whether an article holds the terms of a search: the texts decide where the index cannot."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

import apsw

from tui.store import body_codec, deflate
from tui.text.folding import fold
from tui.text.spellings import Spelling, spelling_of
from tui.text.tokens import Term

TEXTS = """article.title, author, merchant,
  iif(kinds = '', NULL, (SELECT group_concat(value, char(10)) FROM article_contact
    JOIN contact ON contact.id = contact_id WHERE article_id = article.id)), body"""
"""The columns, over article and article_text, of all text that a search looks at."""


@lru_cache(64)
def _said(merchant: str) -> str:
    """The values of a merchant's block, a line each."""
    return "\n".join(value for value in json.loads(merchant).values() if isinstance(value, str))


def fields(title: str, author: str, merchant: str, contacts: str | None) -> str:
    """All text of an article but its body, a field a line."""
    return f"{title}\n{author}\n{_said(merchant)}\n{contacts or ''}"


def documents(db: apsw.Connection, ids: Sequence[int]) -> dict[int, str]:
    """All text of articles that a search looks at, a field or block a line, by id; none of those gone."""
    rows = db.execute(
        f"""SELECT article.id, {TEXTS} FROM article JOIN article_text USING (id)
        WHERE article.id IN (SELECT value FROM json_each(?))""",  # noqa: S608
        (json.dumps(ids),),
    )
    return {
        article_id: f"{fields(*texts)}\n{body_codec.decode_text(body, deflate.fast)}"
        for article_id, *texts, body in rows
    }


def document(db: apsw.Connection, article_id: int) -> str:
    """The same of one article; empty if it is gone."""
    return documents(db, [article_id]).get(article_id, "")


class Matcher:
    """Tells of articles whether they hold every term."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = [(number, term.text, spelling_of(term.text)) for number, term in enumerate(terms)]
        self._encoded = {
            codec: [spelling and spelling.encoded(codec) for _, _, spelling in self._terms]
            for codec in body_codec.CODECS
        }

    def in_title(self, title: str) -> bool:
        """Whether a title alone holds every term."""
        folded = fold(title)
        return all(text in folded for _, text, _ in self._terms)

    def missing(
        self, title: str, author: str, merchant: str, contacts: str | None, body: bytes
    ) -> int | None:
        """The number of the first term that an article does not hold; None when it holds them all.

        A body is searched for the terms' spellings as it is, first of all for what has but one, before it is
        decoded; it is folded only where they leave a doubt.
        """
        # the merchant's JSON as it is: a spelling has nothing in it that JSON writes otherwise
        unread = f"{title}\n{author}\n{merchant}\n{contacts or ''}"
        sought = [
            part
            for part in self._terms
            if not (
                _may_be_in(unread, part[2]) and _is_in(fields(title, author, merchant, contacts), *part[1:])
            )
        ]
        if not sought:
            return None
        raw, codec = body_codec.inflate(body, deflate.fast)
        encoded = self._encoded[codec]
        for number, _, _ in sought:
            pattern = encoded[number]
            if pattern is not None and not pattern.search(raw):
                return number
        unpacked = body_codec.decoded(raw, codec)
        for number, _, spelling in sought:
            if not _may_be_in(unpacked, spelling):
                return number
        text = body_codec.text_of(unpacked)
        return next((part[0] for part in sought if not _is_in(text, *part[1:])), None)


def _may_be_in(text: str, spelling: Spelling | None) -> bool:
    return spelling is None or spelling.may_be_in(text)


def _is_in(text: str, term: str, spelling: Spelling | None) -> bool:
    if spelling is None:
        return term in fold(text)
    if spelling.exact.search(text):
        return True
    return bool(spelling.doubt and spelling.doubt.search(text)) and term in fold(text)
