"""A step of the schema: articles that the user hid are in no list and no figure but their own."""

from __future__ import annotations

from tui.store.schema_lists import added, of_feed

_SHOWN = ("total", "unread", "reachable", "reachable_unread", "favorite", "favorite_unread")
_SUMMED = ("total", "unread", "reachable", "reachable_unread", "away", "away_unread")


def _counted(row: str, sign: str) -> str:
    says = {
        "total": "1",
        "unread": f"({row}.read = 0)",
        "reachable": f"{row}.reachable",
        "reachable_unread": f"({row}.reachable AND {row}.read = 0)",
        "favorite": f"{row}.favorite",
        "favorite_unread": f"({row}.favorite AND {row}.read = 0)",
    }
    shown = ", ".join(f"{name} = {name} {sign} ({row}.away = 0 AND {says[name]})" for name in _SHOWN)
    return f"""
  INSERT INTO counter (feed_id, category_id) VALUES ({row}.feed_id, {row}.category_id) ON CONFLICT DO NOTHING;
  UPDATE counter SET {shown},
    away = away {sign} {row}.away, away_unread = away_unread {sign} ({row}.away AND {row}.read = 0)
  WHERE feed_id = {row}.feed_id AND category_id = {row}.category_id;"""  # noqa: S608


_TABLES = """
-- 1 = the user hid it; follows status.hidden_at. (article_text.hidden tells of hidden contacts.)
ALTER TABLE article ADD COLUMN away INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counter ADD COLUMN away INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counter ADD COLUMN away_unread INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tally ADD COLUMN away INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tally ADD COLUMN away_unread INTEGER NOT NULL DEFAULT 0;

-- A page passes over nothing, however much is hidden. Where hidden ones are sought by feed or category
-- too (for who is the same article, for the contact book), `away` stands in front of the time instead.
DROP INDEX article_time;
DROP INDEX article_unread;
DROP INDEX article_category;
DROP INDEX article_category_unread;
DROP INDEX article_feed;
DROP INDEX article_reachable;
DROP INDEX article_favorite;
DROP INDEX article_views;
CREATE INDEX article_time ON article (published, id, feed_id) WHERE away = 0;
CREATE INDEX article_unread ON article (published, id, feed_id) WHERE read = 0 AND away = 0;
CREATE INDEX article_category ON article (category_id, away, published, id, feed_id);
CREATE INDEX article_category_unread ON article (category_id, published, id, feed_id)
  WHERE read = 0 AND away = 0;
CREATE INDEX article_feed ON article (feed_id, away, published);
CREATE INDEX article_reachable ON article (published, id, feed_id) WHERE reachable = 1 AND away = 0;
CREATE INDEX article_favorite ON article (published) WHERE favorite = 1 AND away = 0;
CREATE INDEX article_views ON article (rank, published, id, feed_id, category_id, reachable) WHERE away = 0;
CREATE INDEX article_away ON article (published, id, feed_id) WHERE away = 1;
"""

_LISTED = "(SELECT removed_at FROM feed WHERE id = NEW.feed_id) IS NULL"

_TRIGGERS = f"""
DROP TRIGGER article_added;
DROP TRIGGER article_changed;
DROP TRIGGER article_removed;
DROP TRIGGER counter_changed;
DROP TRIGGER feed_leaves;
DROP TRIGGER feed_returns;

CREATE TRIGGER article_added AFTER INSERT ON article BEGIN {_counted("NEW", "+")}
  INSERT INTO unindexed (id) VALUES (NEW.id);
END;

CREATE TRIGGER article_changed AFTER UPDATE OF category_id, kinds, read, favorite, away ON article BEGIN
  {_counted("OLD", "-")} {_counted("NEW", "+")}
END;

CREATE TRIGGER article_removed AFTER DELETE ON article BEGIN {_counted("OLD", "-")}
  DELETE FROM unindexed WHERE id = OLD.id;
  DELETE FROM search WHERE rowid = OLD.id;
END;

-- Apart from status_changed, because it changes every index: a read mark must not.
CREATE TRIGGER status_hidden AFTER UPDATE OF hidden_at ON status BEGIN
  UPDATE article SET away = NEW.hidden_at IS NOT NULL WHERE id = NEW.id;
END;

CREATE TRIGGER counter_changed
AFTER UPDATE OF total, unread, reachable, reachable_unread, away, away_unread ON counter
WHEN {_LISTED} BEGIN
  {added("OLD", "-", _SUMMED)} {added("NEW", "+", _SUMMED)}
END;

-- Before, because the feed may change its category in the same statement, which moves its counters.
CREATE TRIGGER feed_leaves BEFORE UPDATE OF removed_at ON feed
WHEN OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL BEGIN {of_feed("-", _SUMMED)} END;

CREATE TRIGGER feed_returns BEFORE UPDATE OF removed_at ON feed
WHEN OLD.removed_at IS NOT NULL AND NEW.removed_at IS NULL BEGIN {of_feed("+", _SUMMED)} END;
"""  # noqa: S608

STEP = _TABLES + _TRIGGERS
