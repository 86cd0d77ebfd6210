"""Saving what a refresh brought: new in, changed renewed, marks and the book kept."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter

import apsw

from tui.feed_values import FeedState
from tui.model import Article, Contact, Kind
from tui.store import sightings
from tui.store.drafts import (
    LARGEST,
    Draft,
    Fields,
    drafts_of,
    keys,
    kinds,
)
from tui.store.feeds import write_states
from tui.store.guard import checked, polite_transaction, transaction
from tui.store.recounting import resting_triggers
from tui.store.renamed import follow_renamed
from tui.store.sightings import Sighting
from tui.values import frozen

CHUNK = 50
"""Articles per transaction: so many hold the lock for less than ten milliseconds."""

LEAST_AT_ONCE = 20
"""From so many new articles on the triggers rest, as in `bulk.py`: they are a third of what saving one costs.

For fewer it is dearer that SQLite reads its statements anew, which resting triggers make it do.
"""


@frozen
class Saved:
    """How many articles were new, and how many of the known ones now say something else."""

    new: int = 0
    changed: int = 0


@frozen
class _Known:
    """What is stored of an article: hashes are None where only the marks are left."""

    id: int
    content_hash: int | None
    facts_hash: int | None
    has_page: bool

    def says(self, draft: Draft) -> bool:
        return (self.content_hash, self.facts_hash) == (draft.content_hash, draft.facts_hash)


@frozen
class Brought:
    """What a feed brought: its articles as drafts, and its state to be kept with the last of them."""

    feed_id: int
    drafts: Sequence[Draft]
    state: FeedState | None = None


@checked
def unchanged(db: apsw.Connection, feed_id: int, origins: Mapping[str, int]) -> frozenset[str]:
    """The uids, of those given with their origins, of articles that are stored as made from just that."""
    key_of = keys(_urls(db, [feed_id])[feed_id])
    uids = {key_of(uid): uid for uid in origins}
    rows = db.execute(
        """SELECT key, origin.hash FROM status JOIN article USING (id) JOIN origin USING (id)
        WHERE key IN (SELECT value FROM json_each(?))""",
        (json.dumps([*uids]),),
    )
    return frozenset([uids[key] for key, origin in rows if origins[uids[key]] == origin])


def save(
    db: apsw.Connection,
    feed_id: int,
    articles: Sequence[Article],
    now: int,
    state: FeedState | None = None,
) -> Saved:
    """Save a feed's articles, given newest first, by `save_all`."""
    drafts = drafts_of(feed_id, _urls(db, [feed_id])[feed_id], articles, now)
    return save_all(db, [Brought(feed_id, drafts, state)], now)[0]


@checked
def save_all(db: apsw.Connection, brought: Sequence[Brought], now: int) -> list[Saved]:
    """Save what some feeds, each named once, brought, by transactions and statements that they share.

    What a feed no longer names stays. An article that is as we know it costs a lookup and no write. Text
    and contacts taken from an article's page, and the contacts of its QR codes, stay in place of what the
    feed says. A feed's new `state` is kept with the last of its articles: killed before that, all is
    asked for again.
    """
    drafts: list[Draft] = []
    states: defaultdict[int, list[FeedState]] = defaultdict(list)
    for one in brought:
        drafts += one.drafts
        if one.state:
            states[max(0, len(drafts) - 1) // CHUNK].append(one.state)
    new, changed = Counter[int](), Counter[int]()
    for number, start in enumerate(range(0, max(1, len(drafts)), CHUNK)):
        chunk = drafts[start : start + CHUNK]
        unlike = _unlike_known(db, chunk)
        if unlike or states[number] or any(draft.origin for draft in chunk):
            with transaction(db) if start + CHUNK >= len(drafts) else polite_transaction(db):
                news, changes = _save_chunk(db, unlike, now) if unlike else ((), ())
                _note_origins(db, chunk)
                write_states(db, states[number])
            new.update(news)
            changed.update(changes)
    return [Saved(new[one.feed_id], changed[one.feed_id]) for one in brought]


def _urls(db: apsw.Connection, feed_ids: Sequence[int]) -> dict[int, str]:
    given = json.dumps(feed_ids)
    return dict(db.execute("SELECT id, url FROM feed WHERE id IN (SELECT value FROM json_each(?))", (given,)))


def _note_origins(db: apsw.Connection, drafts: Sequence[Draft]) -> None:
    """Keep what the articles were made from, of the known ones too: next time they need not be made."""
    db.executemany(
        """INSERT INTO origin (id, hash) SELECT id, ?2 FROM status WHERE key = ?1
        ON CONFLICT (id) DO UPDATE SET hash = excluded.hash""",
        [(draft.key, draft.origin) for draft in drafts if draft.origin is not None],
    )


def _unlike_known(db: apsw.Connection, drafts: Sequence[Draft]) -> list[Draft]:
    """Those of some drafts that are new or say something else."""
    known = _known(db, drafts)
    unknown = [draft for draft in drafts if draft.key not in known]
    if unknown and follow_renamed(db, unknown):
        known = _known(db, drafts)
    return [draft for draft in drafts if draft.key not in known or not known[draft.key].says(draft)]


def _known(db: apsw.Connection, drafts: Sequence[Draft]) -> dict[int, _Known]:
    rows = db.execute(
        """SELECT key, id, content_hash, facts_hash, page_at IS NOT NULL
        FROM status LEFT JOIN article USING (id)
        WHERE key IN (SELECT value FROM json_each(?))""",
        (json.dumps([draft.key for draft in drafts]),),
    )
    return {
        key: _Known(article_id, content_hash, facts_hash, bool(has_page))
        for key, article_id, content_hash, facts_hash, has_page in rows
    }


def _save_chunk(db: apsw.Connection, drafts: Sequence[Draft], now: int) -> tuple[list[int], list[int]]:
    """Write articles; return the feeds of those that were new, and of those that now say something else."""
    # Asked under the lock: another process may be saving the same feed.
    known = _known(db, drafts)
    fresh = [draft for draft in drafts if draft.key not in known]
    categories = _categories(db, drafts)
    if fresh:
        _add_all(db, fresh, categories, now)
    new, changed = [draft.feed_id for draft in fresh], []
    for draft in drafts:
        before = known.get(draft.key)
        if before is None:
            continue
        if before.has_page:
            _renew_facts(db, {**draft.columns, "id": before.id})
        elif before.content_hash is None:
            _add_again(db, draft, before.id)
        else:
            _renew(db, draft, before, now)
        if before.content_hash is None:
            new.append(draft.feed_id)
        elif before.content_hash != draft.content_hash:
            changed.append(draft.feed_id)
    return new, changed


def _categories(db: apsw.Connection, drafts: Iterable[Draft]) -> dict[str, int]:
    """The ids of the categories that articles name, made where they are not known."""
    names = {str(draft.columns["category"]) for draft in drafts} - {""}
    if not names:
        return {}
    given = json.dumps([*names])
    db.execute(
        "INSERT INTO category (name) SELECT value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING",
        (given,),
    )
    rows = "SELECT name, id FROM category WHERE name IN (SELECT value FROM json_each(?))"
    return dict(db.execute(rows, (given,)))


def _add_all(db: apsw.Connection, fresh: Sequence[Draft], categories: Mapping[str, int], now: int) -> None:
    """Write articles that were never seen, a statement for each table and not for each article."""
    feeds = json.dumps([*{draft.feed_id for draft in fresh}])
    of_feed = dict(
        db.execute("SELECT id, category_id FROM feed WHERE id IN (SELECT value FROM json_each(?))", (feeds,))
    )
    # An id never comes to mean another article, so it is not that of the highest row.
    last: int = db.execute("SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'status'), 0)").get
    rows: list[Fields] = []
    seen: list[tuple[Sighting, Sequence[Contact]]] = []
    for article_id, draft in enumerate(fresh, last + 1):
        published = _shown(draft.published, now)
        category = str(draft.columns["category"])
        rows.append(
            {
                **draft.columns,
                "id": article_id,
                "key": draft.key,
                "now": now,
                "shown": published,
                "category_id": categories[category] if category else of_feed[draft.feed_id],
            }
        )
        seen.append((Sighting(article_id, published, published, draft.text_hash), draft.contacts))
    if len(rows) < LEAST_AT_ONCE:
        _write_new(db, rows)
    else:
        with resting_triggers(db):
            _write_new(db, rows)
            db.executemany("INSERT INTO unindexed (id) VALUES (?)", [(row["id"],) for row in rows])
        _count(db, rows)
    sightings.add_contacts(db, seen)


def _write_new(db: apsw.Connection, rows: Sequence[Fields]) -> None:
    for statement, values in _ADD:
        db.executemany(statement, map(values, rows))


def _count(db: apsw.Connection, rows: Iterable[Fields]) -> None:
    """Do to the figures what the trigger of new articles does, once for each line of `counter`."""
    shown, reachable = Counter[tuple[object, ...]](), Counter[tuple[object, ...]]()
    for row in rows:
        line = row["feed_id"], row["category_id"]
        shown[line] += 1
        reachable[line] += row["kinds"] not in {"", Kind.PERSON}
    db.executemany("INSERT INTO counter (feed_id, category_id) VALUES (?, ?) ON CONFLICT DO NOTHING", shown)
    db.executemany(
        """UPDATE counter SET total = total + ?3, unread = unread + ?3,
          reachable = reachable + ?4, reachable_unread = reachable_unread + ?4
        WHERE feed_id = ?1 AND category_id = ?2""",
        [(*line, count, reachable[line]) for line, count in shown.items()],
    )


def _shown(published: int | None, first_seen: int) -> int:
    """An article's time in the lists."""
    return first_seen if published is None else min(max(published, -LARGEST), first_seen)


# by place, as a name costs more to bind than its value
_ADD: tuple[tuple[str, Callable[[Fields], tuple[object, ...]]], ...] = (
    ("INSERT INTO status (id, key, first_seen) VALUES (?, ?, ?)", itemgetter("id", "key", "now")),
    (
        """INSERT INTO article (id, feed_id, category_id, own_category, published, title, views, kinds,
          read, favorite, content_hash, facts_hash, length, images)
        VALUES (?, ?, ?, ? <> '', ?, ?, ?, ?, 0, 0, ?, ?, ?, ?)""",
        itemgetter(
            *("id", "feed_id", "category_id", "category", "shown", "title", "views", "kinds"),
            *("content_hash", "facts_hash", "length", "images"),
        ),
    ),
    (
        """INSERT INTO article_text
          (id, uid, link, author, published, published_raw, updated, merchant, comments, hidden, body)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        itemgetter(
            *("id", "uid", "link", "author", "published", "published_raw", "updated"),
            *("merchant", "comments", "hidden", "body"),
        ),
    ),
)
"""What writes an article that was never seen, with what it takes of its columns."""


def _add_again(db: apsw.Connection, draft: Draft, article_id: int) -> None:
    """Write an article of which only the marks were left."""
    published = _save_article(db, {**draft.columns, "id": article_id})
    sighting = Sighting(article_id, published, published, draft.text_hash)
    sightings.add_contacts(db, [(sighting, draft.contacts)])


def _renew(db: apsw.Connection, draft: Draft, before: _Known, now: int) -> None:
    contacts = sightings.with_codes(db, before.id, draft.contacts)
    published = _save_article(db, {**draft.columns, "id": before.id, "kinds": kinds(contacts)})
    if before.content_hash != draft.content_hash:
        sighting = Sighting(before.id, published, now, draft.text_hash)
        sightings.replace_contacts(db, sighting, contacts)


def _save_article(db: apsw.Connection, fields: Fields) -> int:
    """Write an article as its feed has it; return its time in the lists."""
    published: int = db.execute(
        """INSERT INTO category (name) VALUES (:category) ON CONFLICT DO NOTHING;
        INSERT INTO article (id, feed_id, category_id, own_category, published, title, views, kinds,
          read, favorite, away, content_hash, facts_hash, length, images)
        SELECT :id, feed.id, iif(:category = '', feed.category_id, category.id), :category <> '',
          min(coalesce(:published, first_seen), first_seen), :title, :views, :kinds,
          read_at IS NOT NULL, favorite_at IS NOT NULL, hidden_at IS NOT NULL,
          :content_hash, :facts_hash, :length, :images
        FROM status, feed, category
        WHERE status.id = :id AND feed.id = :feed_id AND category.name = :category
        ON CONFLICT (id) DO UPDATE SET
          category_id = excluded.category_id, own_category = excluded.own_category,
          published = excluded.published, title = excluded.title, views = excluded.views,
          kinds = excluded.kinds, content_hash = excluded.content_hash, facts_hash = excluded.facts_hash,
          length = excluded.length, images = excluded.images,
          codes_at = iif(content_hash = excluded.content_hash, codes_at, NULL)
        RETURNING published;
        INSERT OR REPLACE INTO article_text
          (id, uid, link, author, published, published_raw, updated, merchant, comments, hidden, body)
        VALUES
          (:id, :uid, :link, :author, :published, :published_raw, :updated, :merchant, :comments, :hidden,
            :body)""",
        fields,
    ).get
    return published


def _renew_facts(db: apsw.Connection, fields: Fields) -> None:
    """Write what a feed still says of an article whose page was taken."""
    db.execute(
        """UPDATE article SET title = :title, views = coalesce(:views, views),
          published = (SELECT min(coalesce(:published, first_seen), first_seen) FROM status WHERE id = :id),
          content_hash = :content_hash, facts_hash = :facts_hash
        WHERE id = :id;
        UPDATE article_text SET link = :link, author = :author, published = :published,
          published_raw = :published_raw, updated = :updated, comments = :comments
        WHERE id = :id""",
        fields,
    )
