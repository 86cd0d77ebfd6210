"""Articles whose feed gives them another uid at each fetch: known again by link, title and date."""

from __future__ import annotations

import json
from collections.abc import Sequence

import apsw

from tui.store.drafts import Draft
from tui.store.guard import transaction

_MOST_UNDATED = 200
"""So many of a feed's newest articles are compared with entries that have no date."""

_SAME_DATE = """SELECT feed_id, article.id, link, title FROM json_each(?) AS wanted
  CROSS JOIN article INDEXED BY article_feed
    ON feed_id = wanted.value ->> 0 AND away IN (0, 1) AND article.published = wanted.value ->> 1
  JOIN article_text ON article_text.id = article.id"""
_NEWEST = """SELECT feed_id, article.id, link, title FROM article INDEXED BY article_feed
  JOIN article_text USING (id) WHERE feed_id = ?1 AND away = ?2 ORDER BY article.published DESC LIMIT ?3"""


def follow_renamed(db: apsw.Connection, unknown: Sequence[Draft]) -> bool:
    """Give articles that are stored under another uid that of their drafts; tell whether there were any.

    Taken for the same is only what has feed, link, title and date in common; what the user did stays with it.
    """
    wanted = {
        (draft.feed_id, draft.columns["link"], draft.columns["title"]): draft
        for draft in unknown
        if draft.columns["link"]
    }
    if not wanted:
        return False
    dates = {(draft.feed_id, draft.published) for draft in wanted.values()}
    rows = list(db.execute(_SAME_DATE, (json.dumps([one for one in dates if one[1] is not None]),)))
    for feed_id in (feed_id for feed_id, date in dates if date is None):
        for away in (0, 1):
            rows += db.execute(_NEWEST, (feed_id, away, _MOST_UNDATED))
    found = [
        (wanted[feed_id, link, title].key, article)
        for feed_id, article, link, title in rows
        if (feed_id, link, title) in wanted
    ]
    if found:
        with transaction(db):
            # Not where another process has saved the article under its new uid meanwhile.
            db.executemany("UPDATE OR IGNORE status SET key = ? WHERE id = ?", found)
    return bool(found)
