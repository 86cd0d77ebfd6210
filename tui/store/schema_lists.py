"""A step of the schema: lists by views, removed feeds and the figures of categories without a walk."""

from __future__ import annotations

_FIGURES = ("total", "unread", "reachable", "reachable_unread")


def added(row: str, sign: str, figures: tuple[str, ...] = _FIGURES) -> str:
    """What a trigger of `counter` does to `tally` for a row that comes (+) or goes (-)."""
    sums = ", ".join(f"{name} = {name} {sign} {row}.{name}" for name in figures)
    return f"UPDATE tally SET {sums} WHERE category_id = {row}.category_id;"  # noqa: S608


def of_feed(sign: str, figures: tuple[str, ...] = _FIGURES) -> str:
    """What a trigger of `feed` does to `tally` for a feed that returns (+) or leaves (-)."""
    sums = ", ".join(f"{name} = tally.{name} {sign} counter.{name}" for name in figures)
    return f"""
  UPDATE tally SET {sums} FROM counter
  WHERE counter.feed_id = OLD.id AND counter.category_id = tally.category_id;"""  # noqa: S608


_LISTED = "(SELECT removed_at FROM feed WHERE id = NEW.feed_id) IS NULL"

STEP = f"""
-- A column, because an index on an expression cannot be entered at a place.
ALTER TABLE article ADD COLUMN rank INTEGER NOT NULL GENERATED ALWAYS AS (coalesce(views, -1)) VIRTUAL;
CREATE INDEX article_views ON article (rank, published, id, feed_id, category_id, reachable);
CREATE INDEX feed_removed ON feed (id) WHERE removed_at IS NOT NULL;
CREATE INDEX merchant_blocked ON merchant (id) WHERE standing = 'blocked';

-- The sums of `counter` per category over feeds that are not removed: a figure on the screen is one
-- row, however many feeds there are.
CREATE TABLE tally (
  category_id INTEGER PRIMARY KEY REFERENCES category (id),
  total INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  reachable INTEGER NOT NULL DEFAULT 0,
  reachable_unread INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO tally
  SELECT category_id, sum(total), sum(unread), sum(reachable), sum(reachable_unread)
  FROM listed_counter GROUP BY category_id;

CREATE TRIGGER counter_added AFTER INSERT ON counter BEGIN
  INSERT INTO tally (category_id) VALUES (NEW.category_id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER counter_changed AFTER UPDATE OF total, unread, reachable, reachable_unread ON counter
WHEN {_LISTED} BEGIN
  {added("OLD", "-")} {added("NEW", "+")}
END;

-- Before, because the feed may change its category in the same statement, which moves its counters.
CREATE TRIGGER feed_leaves BEFORE UPDATE OF removed_at ON feed
WHEN OLD.removed_at IS NULL AND NEW.removed_at IS NOT NULL BEGIN {of_feed("-")} END;

CREATE TRIGGER feed_returns BEFORE UPDATE OF removed_at ON feed
WHEN OLD.removed_at IS NOT NULL AND NEW.removed_at IS NULL BEGIN {of_feed("+")} END;
"""  # noqa: S608
