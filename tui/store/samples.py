"""What is common in the texts of a store: measured now and then, known to whoever indexes or searches."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable

import apsw

from tui.store.guard import polite_transaction
from tui.store.matching import document
from tui.text.stretches import COMMON, LIMIT, Common, Lookup, measured, rarity_of, short_length
from tui.text.tokens import runs
from tui.values import frozen

SAMPLE = 1024

FIRST = 32_000
"""A store of fewer articles is searched quickly whatever is common in it, and is indexed for less."""

AGAIN = 4
"""A store that has grown so many times is measured again."""

SURE = 2
"""A stretch must be so much more common than it was known to be before that counts."""


@frozen
class Known:
    """What is common by all samples up to one; 0 is before the first."""

    sample: int
    common: Common
    lookup: Lookup


def latest(db: apsw.Connection) -> int:
    """The number of the latest sample."""
    number: int = db.execute("SELECT coalesce(max(id), 0) FROM sample").get
    return number


def known(db: apsw.Connection) -> Known:
    """All that the samples told until now."""
    common: dict[str, int] = {}
    latest = 0
    # the commonest first, so that what is looked up most lies close together
    rows = db.execute(
        """SELECT sample.id, text, rarity, spared FROM sample LEFT JOIN stretch ON sample_id = sample.id
        ORDER BY rarity"""
    )
    for number, text, found, is_spared in rows:
        latest = max(latest, number)
        if text is not None:
            before = common.get(text, found)
            rarity = min(found, rarity_of(before))
            common[text] = ~rarity if is_spared or before < 0 else rarity
    return Known(latest, common, Lookup(common))


def is_due(db: apsw.Connection) -> bool:
    """Whether the store has outgrown what is known of it."""
    last, before = db.execute(
        """SELECT (SELECT coalesce(max(id), 0) FROM article),
          (SELECT articles FROM sample ORDER BY id DESC LIMIT 1)"""
    ).get
    return bool(last >= (FIRST if before is None else before * AGAIN))


def take(db: apsw.Connection) -> None:
    """Measure a sample of the articles, and note what it tells: from now on they are indexed by it."""
    before = known(db)
    last: int = db.execute("SELECT coalesce(max(id), 0) FROM article").get
    places = sorted({last * number // SAMPLE for number in range(1, SAMPLE + 1)})
    # those that are gone are empty texts
    texts = [runs(text) for place in places if (text := document(db, place))]
    told = _news(before.common, measured(texts))
    with polite_transaction(db):
        if latest(db) == before.sample:
            _note(db, before.sample + 1, last, told)


def _note(db: apsw.Connection, number: int, articles: int, told: Iterable[tuple[str, int, bool]]) -> None:
    # the ids of what FTS5 knows, which has no index of its own on them
    db.execute(
        "INSERT INTO sample (id, articles, since) SELECT ?, ?, coalesce(max(id), 0) FROM search_docsize",
        (number, articles),
    )
    db.executemany(
        "INSERT INTO stretch (text, sample_id, rarity, spared) VALUES (?, ?, ?, ?)",
        [(text, number, rarity, is_spared) for text, rarity, is_spared in told],
    )


def _news(before: Common, found: Common) -> list[tuple[str, int, bool]]:
    """What was found and not known: stretches that are clearly more common, each with its rarity."""
    return [
        (text, rarity, value < 0)
        for text, value in found.items()
        if (rarity := rarity_of(value)) <= rarity_of(before.get(text, COMMON + 1)) - SURE
    ]


class History:
    """Which longer tokens the index has for some texts, and from which article on."""

    def __init__(self, db: apsw.Connection, stretches: Iterable[str]) -> None:
        self._since: dict[int, int] = dict(db.execute("SELECT id, since FROM sample"))
        self._told: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        self._spared: set[str] = set()
        rows = db.execute(
            """SELECT text, rarity, since, spared FROM stretch JOIN sample ON sample.id = sample_id
            WHERE text IN (SELECT value FROM json_each(?))""",
            (json.dumps([*stretches]),),
        )
        for text, rarity, since, is_spared in rows:
            self._told[text].append((rarity, since))
            if is_spared:
                self._spared.add(text)

    def rarity(self, stretch: str) -> int | None:
        """How rare the texts are that a stretch names; None for one that is not common."""
        return min((rarity for rarity, _ in self._told[stretch]), default=None)

    def since(self, stretch: str) -> int | None:
        """All articles beyond this id that have a stretch have its longer token; None: it is none."""
        return None if stretch in self._spared else self._reached(stretch)

    def _reached(self, stretch: str) -> int | None:
        """Since when the parts of a stretch have been common together, and so have theirs."""
        if len(stretch) == short_length(stretch):
            return 0
        parts = stretch[:-1], stretch[1:]
        reached = [self._reached(part) for part in parts]
        together = [
            max(one_since, other_since)
            for one, one_since in self._told[parts[0]]
            for other, other_since in self._told[parts[1]]
            if one + other <= LIMIT
        ]
        if not together or None in reached:
            return None
        return max(min(together), *(since for since in reached if since is not None))
