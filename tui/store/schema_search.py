"""A step of the schema: what is common in this store, which longer tokens of the search index follow from."""

from __future__ import annotations

STEP = """
-- A sample of the store was measured when it had so many articles; those with an id beyond `since` are
-- indexed by what it told, or by a later one.
CREATE TABLE sample (
  id INTEGER PRIMARY KEY,
  articles INTEGER NOT NULL,
  since INTEGER NOT NULL
) STRICT;

-- What each sample told that those before it did not; see text/stretches. Rarities only ever fall.
CREATE TABLE stretch (
  text TEXT NOT NULL,
  sample_id INTEGER NOT NULL REFERENCES sample (id),
  rarity INTEGER NOT NULL,
  spared INTEGER NOT NULL,            -- 1 = is no token, whatever earlier samples told
  PRIMARY KEY (text, sample_id)
) STRICT, WITHOUT ROWID;
"""
