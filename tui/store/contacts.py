"""The contact book: every contact that was ever found, with where and when."""

from __future__ import annotations

import json
from dataclasses import dataclass

import apsw

from tui.model import Kind
from tui.store.guard import checked


@dataclass(frozen=True, slots=True)
class KnownContact:
    """A contact over all its articles; times in Unix seconds, of its earliest and latest article."""

    kind: Kind
    value: str
    articles: int
    first_seen: int
    last_seen: int
    categories: tuple[str, ...]


@checked
def contacts(db: apsw.Connection, limit: int) -> tuple[KnownContact, ...]:
    """The contacts of the most articles first, at most `limit`; those of no stored article are left out."""
    found = db.execute(
        """SELECT kind, value, count(DISTINCT article.id) AS articles,
          min(published), max(published) AS latest,
          json_group_array(DISTINCT category.name) FILTER (WHERE category.id <> 0)
        FROM contact JOIN article_contact ON contact_id = contact.id
        JOIN article ON article.id = article_id JOIN category ON category.id = category_id
        GROUP BY contact.id ORDER BY articles DESC, latest DESC, contact.id LIMIT ?""",
        (limit,),
    )
    return tuple(
        KnownContact(Kind(kind), value, articles, first, last, tuple(json.loads(names)))
        for kind, value, articles, first, last, names in found
    )
