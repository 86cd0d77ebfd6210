"""The store's tables as a list of migrations that only ever grows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import apsw

from tui.errors import Code, HuoyuanError
from tui.store import schema_hidden, schema_lists, schema_search
from tui.store.copying import copy
from tui.store.guard import transaction

APPLICATION_ID = 0x68756F79
"""The letters "huoy" at byte 68 of the file: by them we know our own."""

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Category 0 is "none": a real row, so that every article can be counted by the same key.
CREATE TABLE category (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  position INTEGER                    -- in feeds.toml; NULL = only articles name it
) STRICT;
INSERT INTO category (id, name) VALUES (0, '');

CREATE TABLE feed (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,                -- by feeds.toml
  found_title TEXT NOT NULL DEFAULT '', -- by the feed itself
  name TEXT NOT NULL GENERATED ALWAYS AS (coalesce(nullif(title, ''), nullif(found_title, ''), url)) VIRTUAL,
  category_id INTEGER NOT NULL REFERENCES category (id),
  refresh_minutes INTEGER NOT NULL,
  position INTEGER NOT NULL,
  removed_at INTEGER,                 -- not NULL = no longer in feeds.toml
  etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '',
  body_hash TEXT NOT NULL DEFAULT '',
  last_checked INTEGER NOT NULL DEFAULT 0,
  last_success INTEGER NOT NULL DEFAULT 0,
  next_check INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  gone INTEGER NOT NULL DEFAULT 0,
  problem TEXT                        -- JSON {code, details}
) STRICT;

-- What the user did. It outlives the article: what returns months later is not new again, and has
-- the id that it had. AUTOINCREMENT: an id on a screen must never come to mean another article.
CREATE TABLE status (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key INTEGER NOT NULL UNIQUE,        -- hash of feed URL and uid
  first_seen INTEGER NOT NULL,
  read_at INTEGER,
  favorite_at INTEGER,
  hidden_at INTEGER
) STRICT;

-- What lists show, apart from the bodies, so that a page of a list is a page of the file.
CREATE TABLE article (
  id INTEGER PRIMARY KEY REFERENCES status (id),
  feed_id INTEGER NOT NULL REFERENCES feed (id),
  category_id INTEGER NOT NULL REFERENCES category (id),
  own_category INTEGER NOT NULL,      -- 0 = goes where its feed goes
  published INTEGER NOT NULL,         -- or first seen, where that is earlier or all we know
  title TEXT NOT NULL,
  views INTEGER,
  kinds TEXT NOT NULL,                -- of its contacts, divided by spaces
  reachable INTEGER NOT NULL GENERATED ALWAYS AS (kinds NOT IN ('', 'person')) VIRTUAL,
  read INTEGER NOT NULL,              -- these two follow status
  favorite INTEGER NOT NULL,
  content_hash INTEGER NOT NULL,      -- of all that the feed says
  facts_hash INTEGER NOT NULL,        -- of dates and figures, which change without being news
  length INTEGER NOT NULL,            -- of the body's text, and how many images it has
  images INTEGER NOT NULL,
  page_at INTEGER,                    -- when its page took the place of the feed's text
  codes_at INTEGER,                   -- when its images were searched for QR codes
  revision INTEGER NOT NULL DEFAULT 0 -- counts what came from elsewhere than the feed
) STRICT;

-- Every list reads one of these alone: feed_id is in them to leave removed feeds out.
CREATE INDEX article_time ON article (published, id, feed_id);
CREATE INDEX article_unread ON article (published, id, feed_id) WHERE read = 0;
CREATE INDEX article_category ON article (category_id, published, id, feed_id);
CREATE INDEX article_category_unread ON article (category_id, published, id, feed_id) WHERE read = 0;
CREATE INDEX article_feed ON article (feed_id, published);
CREATE INDEX article_reachable ON article (published, id, feed_id) WHERE reachable = 1;
CREATE INDEX article_favorite ON article (published) WHERE favorite = 1;

CREATE TABLE article_text (
  id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
  uid TEXT NOT NULL,
  link TEXT NOT NULL,
  author TEXT NOT NULL,
  published INTEGER,
  published_raw TEXT NOT NULL,
  updated INTEGER,
  merchant TEXT NOT NULL,             -- JSON
  comments TEXT NOT NULL,             -- JSON
  hidden TEXT NOT NULL,               -- JSON
  body BLOB NOT NULL                  -- see body_codec
) STRICT;

CREATE TABLE article_contact (
  article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  contact_id INTEGER NOT NULL REFERENCES contact (id),
  span_start INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  label TEXT NOT NULL,
  source TEXT NOT NULL,
  confidence REAL NOT NULL,
  PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_contact_contact ON article_contact (contact_id);

-- One part per transaction of a step; `was` is JSON of what the step's undo needs.
CREATE TABLE undo_part (
  id INTEGER PRIMARY KEY,
  step INTEGER NOT NULL,
  label TEXT NOT NULL,
  was TEXT NOT NULL
) STRICT;
CREATE INDEX undo_part_step ON undo_part (step, label);

CREATE TABLE unindexed (id INTEGER PRIMARY KEY) STRICT;
CREATE VIRTUAL TABLE search USING fts5(
  tokens, content = '', contentless_delete = 1, tokenize = 'ascii', detail = none
);
-- A merge that FTS5 starts by itself holds the lock for up to seconds; indexing makes small ones.
INSERT INTO search (search, rank) VALUES ('automerge', 0), ('crisismerge', 1000);
"""

_BOOK = """
-- What the user thinks of a merchant outlives the articles, and an id on a screen never means another.
CREATE TABLE merchant (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person TEXT NOT NULL DEFAULT '',    -- of the latest block that named one, and that article's time
  person_at INTEGER NOT NULL DEFAULT 0,
  standing TEXT NOT NULL DEFAULT 'new',
  note TEXT NOT NULL DEFAULT '',
  articles INTEGER NOT NULL DEFAULT 0,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL
) STRICT;

CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  merchant_id INTEGER REFERENCES merchant (id), -- NULL for a person: many share a name
  first_seen INTEGER NOT NULL,        -- the times of its earliest and latest article
  last_seen INTEGER NOT NULL,
  block_seen INTEGER NOT NULL,        -- when it last stood in a merchant block; 0 = never
  copied_at INTEGER NOT NULL DEFAULT 0,
  UNIQUE (kind, value)
) STRICT;
CREATE INDEX contact_merchant ON contact (merchant_id) WHERE merchant_id IS NOT NULL;

-- Contacts that the user took apart, each pair in both directions: no merchant ever has both.
CREATE TABLE apart (
  contact_id INTEGER NOT NULL REFERENCES contact (id),
  other_id INTEGER NOT NULL REFERENCES contact (id),
  PRIMARY KEY (contact_id, other_id)
) STRICT, WITHOUT ROWID;

-- Which WeChat IDs have stood under a text, whatever became of the articles.
CREATE TABLE contact_text (
  text_hash INTEGER NOT NULL,
  contact_id INTEGER NOT NULL REFERENCES contact (id),
  PRIMARY KEY (text_hash, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_text_contact ON contact_text (contact_id);
"""

_COUNTERS = """
-- Counts per feed and category, because counting articles takes a second at a million of them.
CREATE TABLE counter (
  feed_id INTEGER NOT NULL REFERENCES feed (id),
  category_id INTEGER NOT NULL REFERENCES category (id),
  total INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  reachable INTEGER NOT NULL DEFAULT 0,
  reachable_unread INTEGER NOT NULL DEFAULT 0,
  favorite INTEGER NOT NULL DEFAULT 0,
  favorite_unread INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (feed_id, category_id)
) STRICT, WITHOUT ROWID;

CREATE VIEW listed_counter AS
  SELECT counter.* FROM counter JOIN feed ON feed.id = counter.feed_id WHERE feed.removed_at IS NULL;
"""


def _counted(row: str, sign: str) -> str:
    return f"""
  INSERT INTO counter (feed_id, category_id) VALUES ({row}.feed_id, {row}.category_id) ON CONFLICT DO NOTHING;
  UPDATE counter SET
    total = total {sign} 1,
    unread = unread {sign} ({row}.read = 0),
    reachable = reachable {sign} {row}.reachable,
    reachable_unread = reachable_unread {sign} ({row}.reachable AND {row}.read = 0),
    favorite = favorite {sign} {row}.favorite,
    favorite_unread = favorite_unread {sign} ({row}.favorite AND {row}.read = 0)
  WHERE feed_id = {row}.feed_id AND category_id = {row}.category_id;"""  # noqa: S608


_TRIGGERS = f"""
CREATE TRIGGER article_added AFTER INSERT ON article BEGIN {_counted("NEW", "+")}
  INSERT INTO unindexed (id) VALUES (NEW.id);
END;

CREATE TRIGGER article_changed AFTER UPDATE OF category_id, kinds, read, favorite ON article BEGIN
  {_counted("OLD", "-")} {_counted("NEW", "+")}
END;

-- Before, because the contacts go with the article.
CREATE TRIGGER article_leaves BEFORE DELETE ON article BEGIN
  UPDATE merchant SET articles = articles - 1 WHERE id IN (
    SELECT merchant_id FROM article_contact JOIN contact ON contact.id = contact_id WHERE article_id = OLD.id
  );
END;

CREATE TRIGGER article_removed AFTER DELETE ON article BEGIN {_counted("OLD", "-")}
  DELETE FROM unindexed WHERE id = OLD.id;
  DELETE FROM search WHERE rowid = OLD.id;
END;

CREATE TRIGGER article_reworded AFTER UPDATE OF content_hash, category_id, revision ON article
WHEN (OLD.content_hash, OLD.category_id, OLD.revision)
  <> (NEW.content_hash, NEW.category_id, NEW.revision) BEGIN
  INSERT INTO unindexed (id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER status_changed AFTER UPDATE OF read_at, favorite_at ON status BEGIN
  UPDATE article SET read = NEW.read_at IS NOT NULL, favorite = NEW.favorite_at IS NOT NULL
  WHERE id = NEW.id;
END;

CREATE TRIGGER feed_moved AFTER UPDATE OF category_id ON feed WHEN OLD.category_id <> NEW.category_id BEGIN
  UPDATE article SET category_id = NEW.category_id WHERE feed_id = NEW.id AND own_category = 0;
END;
"""  # noqa: S608

_SHARED = """
-- 1 = stands in the blocks of too many merchants to tell one by; it joins no more.
ALTER TABLE contact ADD COLUMN shared INTEGER NOT NULL DEFAULT 0;

-- What the user joined by hand, a contact of each side: it stays together when a shared number goes.
CREATE TABLE together (
  contact_id INTEGER NOT NULL REFERENCES contact (id),
  other_id INTEGER NOT NULL REFERENCES contact (id),
  PRIMARY KEY (contact_id, other_id)
) STRICT, WITHOUT ROWID;
"""

# What a feed said of an article, as a hash: the usual refresh brings thirty entries of which one is new.
_ORIGINS = """
CREATE TABLE origin (
  id INTEGER PRIMARY KEY REFERENCES status (id),
  hash INTEGER NOT NULL
) STRICT;
"""

# What a refresh must still know after a restart, so that no feed is asked sooner than its publisher wants.
_MANNERS = """
ALTER TABLE feed ADD COLUMN schedule TEXT;      -- JSON: ttl, and the hours and days to skip
ALTER TABLE feed ADD COLUMN max_age INTEGER;    -- of its last answer, in seconds
ALTER TABLE feed ADD COLUMN moved_to TEXT NOT NULL DEFAULT '';
ALTER TABLE feed ADD COLUMN moved_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feed ADD COLUMN moved INTEGER NOT NULL DEFAULT 0; -- 1 = it is asked at moved_to
"""

_MASKS = """
-- What the contact was masked with where it was found: "unseen", "alike", or nothing.
ALTER TABLE article_contact ADD COLUMN mask TEXT NOT NULL DEFAULT '';
"""

_FEED_VIEWS = """
-- By the index of all a page of a feed by views passes over the articles of all other feeds.
CREATE INDEX article_feed_views ON article (feed_id, rank, published) WHERE away = 0;
"""

# What a list is ordered and filtered by, so that a page by views reads no article to sort them.
_RANKS = """
DROP INDEX article_time;
DROP INDEX article_unread;
DROP INDEX article_category;
DROP INDEX article_category_unread;
DROP INDEX article_reachable;
CREATE INDEX article_time ON article (published, id, feed_id, rank) WHERE away = 0;
CREATE INDEX article_unread ON article (published, id, feed_id, rank) WHERE read = 0 AND away = 0;
CREATE INDEX article_category ON article (category_id, away, published, id, feed_id, rank);
CREATE INDEX article_category_unread ON article (category_id, published, id, feed_id, rank)
  WHERE read = 0 AND away = 0;
CREATE INDEX article_reachable ON article (published, id, feed_id, rank) WHERE reachable = 1 AND away = 0;
"""

MIGRATIONS: tuple[str, ...] = (
    f"PRAGMA application_id = {APPLICATION_ID};" + _TABLES + _BOOK + _COUNTERS + _TRIGGERS,
    _SHARED,
    _ORIGINS,
    schema_lists.STEP,
    schema_search.STEP,
    schema_hidden.STEP,
    _MANNERS,
    _MASKS,
    _FEED_VIEWS,
    _RANKS,
)
"""Step n brings user_version from n to n + 1; a step that was released is never edited."""


def check(db: apsw.Connection, path: Path, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Raise STORE_FOREIGN or STORE_NEWER, before anything is written, if the file is not ours to use."""
    # One statement, as another process may be making the tables right now.
    application_id, version, tables = db.execute(
        """SELECT application_id, user_version, (SELECT count(*) FROM sqlite_schema)
        FROM pragma_application_id, pragma_user_version"""
    ).get
    if application_id == APPLICATION_ID:
        if version > len(migrations):
            raise HuoyuanError(Code.STORE_NEWER, path=str(path))
    elif application_id or tables:
        raise HuoyuanError(Code.STORE_FOREIGN, path=str(path))


def migrate(db: apsw.Connection, path: Path, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Bring the store to the newest version in one transaction; an older one is first copied beside it."""
    if db.pragma("user_version") == len(migrations):
        return
    with transaction(db):
        # Asked under the lock, which others that open the store wait for: one of them may have been first.
        version = db.pragma("user_version")
        if 0 < version < len(migrations):
            copy(path, path.with_name(f"{path.name}.v{version}"))
        for step in migrations[version:]:
            db.execute(step)
        db.pragma("user_version", len(migrations))
