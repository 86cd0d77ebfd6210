"""The feeds: what feeds.toml says of them and what their refreshes leave behind."""

from __future__ import annotations

import json
from _blake2 import blake2b  # as in hashlib, which brings OpenSSL along
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from typing import Any

import apsw

from tui.errors import Code, Problem
from tui.feed_values import FeedRow, FeedSpec, FeedState, Move, Schedule
from tui.store.guard import checked, transaction
from tui.store.known_rows import KnownRows

SCHEDULES_KEPT = 512

AHEAD = 3600
"""Seconds; a feed that was asked later than so long from now was asked by a clock that ran ahead."""

_STATE_COLUMNS = """feed.id, feed.url, coalesce(nullif(feed.title, ''), feed.found_title), category.name,
  refresh_minutes, etag, last_modified, body_hash, last_checked, last_success, next_check, failures, gone,
  problem, schedule, max_age, moved_to, moved_since, moved"""

_WRITTEN = (
    *("id", "title", "etag", "last_modified", "body_hash", "last_checked", "last_success"),
    *("next_check", "failures", "gone", "max_age"),
)


@checked
def sync_feeds(db: apsw.Connection, specs: Sequence[FeedSpec], now: int) -> bool:
    """Make the store's feeds those of feeds.toml, in its order; tell whether anything changed.

    A feed that is no longer named leaves the lists, except for its favorites, and is refreshed no more;
    all that it brought is kept and returns with it.
    """
    if are_synced(db, specs):
        return False
    with transaction(db):
        _place_categories(db, specs)
        _remove_absent(db, specs, now)
        _place_feeds(db, specs)
        db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES ('feeds', ?)", (_digest_of(specs),))
    return True


@checked
def are_synced(db: apsw.Connection, specs: Sequence[FeedSpec]) -> bool:
    """Whether the store's feeds are those of feeds.toml already."""
    return _digest(db) == _digest_of(specs)


@checked
def revive(db: apsw.Connection, urls: Sequence[str]) -> None:
    """Let feeds that the user adds be asked at once, whatever became of them in an earlier life."""
    with transaction(db):
        db.executemany(
            "UPDATE feed SET gone = 0, failures = 0, next_check = 0, problem = NULL WHERE url = ?",
            [(url,) for url in urls],
        )


def _digest_of(specs: Sequence[FeedSpec]) -> str:
    written = json.dumps([[getattr(spec, name) for name in FeedSpec.__match_args__] for spec in specs])
    return blake2b(written.encode(), digest_size=16).hexdigest()


def _digest(db: apsw.Connection) -> str | None:
    value: str | None = db.execute("SELECT value FROM meta WHERE name = 'feeds'").get
    return value


def _place_categories(db: apsw.Connection, specs: Sequence[FeedSpec]) -> None:
    names = dict.fromkeys(spec.category for spec in specs if spec.category)
    db.execute("UPDATE category SET position = NULL WHERE position IS NOT NULL")
    db.executemany(
        "INSERT INTO category (name, position) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET position = excluded.position",
        [(name, position) for position, name in enumerate(names)],
    )


def _remove_absent(db: apsw.Connection, specs: Sequence[FeedSpec], now: int) -> None:
    db.execute(
        "UPDATE feed SET removed_at = ?"
        " WHERE removed_at IS NULL AND url NOT IN (SELECT value FROM json_each(?))",
        (now, json.dumps([spec.url for spec in specs])),
    )


def _place_feeds(db: apsw.Connection, specs: Sequence[FeedSpec]) -> None:
    db.executemany(
        """INSERT INTO feed (url, title, category_id, refresh_minutes, position)
        VALUES (?, ?, (SELECT id FROM category WHERE name = ?), ?, ?)
        ON CONFLICT (url) DO UPDATE SET
          title = excluded.title, category_id = excluded.category_id, removed_at = NULL,
          refresh_minutes = excluded.refresh_minutes, position = excluded.position""",
        [
            (spec.url, spec.title, spec.category, spec.refresh_minutes, position)
            for position, spec in enumerate(specs)
        ],
    )


@checked
def feeds(db: apsw.Connection, known: KnownRows[FeedRow] | None = None) -> tuple[FeedRow, ...]:
    """The feeds of feeds.toml in its order, with their counts; `known` are those that were read before."""
    rows = db.execute(
        """SELECT feed.id, url, feed.name, category.name,
          coalesce(sum(unread), 0), coalesce(sum(total), 0), last_checked, last_success, next_check, problem
        FROM feed JOIN category ON category.id = feed.category_id
        LEFT JOIN counter ON counter.feed_id = feed.id
        WHERE removed_at IS NULL GROUP BY feed.id ORDER BY feed.position"""
    )
    return (known or known_feeds()).read(rows)


def known_feeds() -> KnownRows[FeedRow]:
    """What remembers the feeds from one reading to the next: of thousands few change."""
    return KnownRows(_row)


def _row(*columns: Any) -> FeedRow:
    number, url, name, *row, problem = columns
    return FeedRow(*(number, url, shown_name(name), *row, _problem(problem)))


def shown_name(name: str) -> str:
    """A feed's name; the address of one without a title may have a password in it."""
    if "://" not in name:
        return name
    from tui.text.secrets import shown_url  # noqa: PLC0415 - its patterns, for feeds that no title is known of

    return shown_url(name)


@checked
def states(db: apsw.Connection, ids: Sequence[int] | None = None) -> tuple[FeedState, ...]:
    """What a refresh must know of the feeds of feeds.toml, in its order: of all, or of those in `ids`."""
    rows = db.execute(
        f"""SELECT {_STATE_COLUMNS} FROM feed JOIN category ON category.id = feed.category_id
        WHERE removed_at IS NULL AND (:ids IS NULL OR feed.id IN (SELECT value FROM json_each(:ids)))
        ORDER BY feed.position""",  # noqa: S608
        {"ids": None if ids is None else json.dumps(list(ids))},
    )
    return tuple(_state(*row) for row in rows)


@checked
def is_any_due(db: apsw.Connection, now: int) -> bool:
    """Whether the time to ask some feed has come, as `net.policy.due` reckons it.

    Hours to skip and hosts that want to be left alone are not looked at: there may be none to ask yet.
    """
    found: int = db.execute(
        """SELECT EXISTS (SELECT 1 FROM feed WHERE removed_at IS NULL AND gone = 0
          AND (next_check <= :now OR last_checked > :now + :ahead))""",
        {"now": now, "ahead": AHEAD},
    ).get
    return bool(found)


def _state(*row: Any) -> FeedState:
    *columns, gone, problem, schedule, max_age, to, since, moved = row
    move = Move(to, since, bool(moved))
    return FeedState(*(*columns, bool(gone), _problem(problem), _schedule(schedule), max_age, move))


@checked
def save_state(db: apsw.Connection, state: FeedState) -> None:
    """Keep what a refresh leaves behind; the title counts only for a feed that feeds.toml gives none."""
    save_states(db, [state])


@checked
def save_states(db: apsw.Connection, states: Sequence[FeedState]) -> None:
    """Do what `save_state` does, for many feeds at the price of one."""
    with transaction(db):
        write_states(db, states)


def write_states(db: apsw.Connection, states: Sequence[FeedState]) -> None:
    """Do what `save_states` does, in a transaction that is open already."""
    db.executemany(_WRITE_STATE, map(_state_fields, states))


_WRITE_STATE = """UPDATE feed SET found_title = iif(title = '', :title, found_title),
    etag = :etag, last_modified = :last_modified, body_hash = :body_hash,
    last_checked = :last_checked, last_success = :last_success, next_check = :next_check,
    failures = :failures, gone = :gone, problem = :problem, schedule = :schedule, max_age = :max_age,
    moved_to = :moved_to, moved_since = :moved_since, moved = :moved
  WHERE id = :id"""


def _state_fields(state: FeedState) -> dict[str, int | str | None]:
    fields: dict[str, int | str | None] = {name: getattr(state, name) for name in _WRITTEN}
    fields["problem"] = json.dumps(asdict(state.problem)) if state.problem else None
    fields["schedule"] = _schedule_text(state.schedule)
    fields |= {"moved_to": state.move.to, "moved_since": state.move.since, "moved": state.move.taken}
    return fields


def _problem(stored: str | None) -> Problem | None:
    if stored is None:
        return None
    fields = json.loads(stored)
    return Problem(Code(fields["code"]), fields["details"])


def _schedule_text(schedule: Schedule) -> str | None:
    if schedule == Schedule():
        return None
    return json.dumps([schedule.ttl, sorted(schedule.skip_hours), sorted(schedule.skip_days)])


@lru_cache(SCHEDULES_KEPT)
def _schedule(stored: str | None) -> Schedule:
    if stored is None:
        return Schedule()
    ttl, hours, days = json.loads(stored)
    return Schedule(ttl, frozenset(hours), frozenset(days))
