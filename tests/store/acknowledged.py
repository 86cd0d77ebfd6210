"""What a user was told is stored, and what of it a store has lost."""

from __future__ import annotations

from dataclasses import dataclass, field

import apsw

from tests.store.samples import COUNTERS, RECOUNT, RETALLY, TALLY


@dataclass
class Acknowledged:
    """Marks that are never taken back, and notes that are numbers and only ever grow."""

    read: set[int] = field(default_factory=set)
    favorite: set[int] = field(default_factory=set)
    notes: dict[int, int] = field(default_factory=dict)
    count: int = 0

    def take(self, line: str) -> None:
        """Add a line such as "read 7", "favorite 7" or "note 3 12": merchant 3 has the note 12."""
        self.count += 1
        kind, *numbers = line.split()
        one, *rest = map(int, numbers)
        if kind == "note":
            self.notes[one] = max(self.notes.get(one, 0), *rest)
        else:
            getattr(self, kind).add(one)

    def copy(self) -> Acknowledged:
        """As it is now."""
        return Acknowledged(set(self.read), set(self.favorite), dict(self.notes), self.count)

    def lost(self, db: apsw.Connection) -> list[str]:
        """What of it the store does not have."""
        read = {one for (one,) in db.execute("SELECT id FROM status WHERE read_at IS NOT NULL")}
        favorite = {one for (one,) in db.execute("SELECT id FROM status WHERE favorite_at IS NOT NULL")}
        notes = {one: int(note or 0) for one, note in db.execute("SELECT id, note FROM merchant")}
        return [
            *(f"read {one}" for one in self.read - read),
            *(f"favorite {one}" for one in self.favorite - favorite),
            *(f"note {one} {note}" for one, note in self.notes.items() if notes.get(one, 0) < note),
        ]


def faults(db: apsw.Connection) -> list[str]:
    """What is not as it must be in any store: the file, the figures, the marks, the search index."""
    found = [f"integrity: {line}" for (line,) in db.execute("PRAGMA integrity_check") if line != "ok"]
    found += [f"foreign key: {row}" for row in db.execute("PRAGMA foreign_key_check")]
    if db.execute(COUNTERS).fetchall() != db.execute(RECOUNT).fetchall():
        found.append("counter differs from a recount")
    if db.execute(TALLY).fetchall() != db.execute(RETALLY).fetchall():
        found.append("tally differs from a recount")
    return found + [why for why, query in _NONE.items() if db.execute(query).get]


_NONE = {
    "article and status differ in a mark": """SELECT count(*) FROM article JOIN status USING (id)
      WHERE read <> (read_at IS NOT NULL) OR favorite <> (favorite_at IS NOT NULL)""",
    "article without its text": "SELECT count(*) FROM article WHERE id NOT IN (SELECT id FROM article_text)",
    "article neither indexed nor waiting": """SELECT count(*) FROM article
      WHERE id NOT IN (SELECT id FROM unindexed) AND id NOT IN (SELECT id FROM search_docsize)""",
    "indexed without an article": """SELECT count(*) FROM search_docsize
      WHERE id NOT IN (SELECT id FROM article)""",
}
