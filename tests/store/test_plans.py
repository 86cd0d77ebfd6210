"""No read walks the articles themselves, and lists come out of their index in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import apsw
import pytest

from tests.store.samples import TODAY, article, fill, index_pending
from tui.model import ListQuery, Scope, ScopeKind, Sort
from tui.store.feeds import feeds, states
from tui.store.lists import article as read_article
from tui.store.lists import article_ids, categories, random_unread, rows, unread_among

QUERIES = [
    ListQuery(Scope(kind, 1), unread, favorites, sort)
    for kind, unread, favorites, sort in product(ScopeKind, (False, True), (False, True), Sort)
]


class Traced:
    """A connection's statements, each with the plan that SQLite has for it."""

    def __init__(self, db: apsw.Connection) -> None:
        self.db = db
        self.statements: list[tuple[str, apsw.Bindings | None]] = []
        db.set_exec_trace(self._note)

    def _note(self, cursor: apsw.Cursor, statement: str, bindings: apsw.Bindings | None) -> bool:
        self.statements.append((statement, bindings))
        return True

    def plans(self) -> Iterator[list[str]]:
        self.db.set_exec_trace(None)
        for statement, bindings in self.statements:
            plan = self.db.execute(f"EXPLAIN QUERY PLAN {statement}", bindings)
            yield [step for _, _, _, step in plan]

    def programs(self) -> Iterator[list[apsw.SQLiteValues]]:
        """Of each statement what SQLite does: address, opcode and its parameters."""
        self.db.set_exec_trace(None)
        for statement, bindings in self.statements:
            yield list(self.db.execute(f"EXPLAIN {statement}", bindings))


@pytest.fixture
def traced(db: apsw.Connection) -> Traced:
    fill(db, [article("1"), article("2")])
    index_pending(db, 1)
    return Traced(db)


def walks(plan: list[str]) -> list[str]:
    return [step for step in plan if step.startswith("SCAN article") and "INDEX" not in step]


def columns_of_article(db: apsw.Connection, program: list[apsw.SQLiteValues]) -> list[object]:
    """The numbers of the columns that a program reads from the articles themselves, not from an index."""
    root = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'article'").get
    cursors = {step[2] for step in program if step[1] == "OpenRead" and step[3] == root}
    return [step[3] for step in program if step[1] == "Column" and step[2] in cursors]


def test_every_list_comes_out_of_one_index(traced: Traced) -> None:
    for query in QUERIES:
        article_ids(traced.db, query, TODAY)
    for query, plan in zip(QUERIES, traced.plans(), strict=True):
        own = [step for step in plan if " article " in step]
        assert len(own) == 1, (query, plan)
        assert "INDEX article_" in own[0], (query, plan)
        sorts = [step for step in plan if "TEMP B-TREE" in step]
        is_in_order = query.scope.kind is ScopeKind.FEED and not query.favorites_only
        assert bool(sorts) == (query.sort is Sort.VIEWS and not is_in_order), (query, plan)


def test_common_lists_read_nothing_but_their_index(traced: Traced) -> None:
    kinds = (ScopeKind.ALL, ScopeKind.TODAY, ScopeKind.CATEGORY)
    for kind, unread, sort in product(kinds, (False, True), Sort):
        article_ids(traced.db, ListQuery(Scope(kind, 1), unread, sort=sort), TODAY)
    for sort in Sort:
        article_ids(traced.db, ListQuery(Scope(ScopeKind.CONTACTS), sort=sort), TODAY)
    programs = list(traced.programs())
    assert len(programs) == 21
    assert not any(columns_of_article(traced.db, program) for program in programs)


def test_figures_count_no_articles_but_todays(traced: Traced) -> None:
    categories(traced.db, TODAY)
    feeds(traced.db)
    states(traced.db)
    read = [step for plan in traced.plans() for step in plan if " article " in step]
    assert [step.split(" (")[0] for step in read] == [
        "SEARCH article USING COVERING INDEX article_unread",
        "SEARCH article USING COVERING INDEX article_time",
    ]
    assert all("published>?" in step for step in read)


def test_other_reads_go_by_id_or_index(traced: Traced) -> None:
    rows(traced.db, [1, 2])
    read_article(traced.db, 1)
    unread_among(traced.db, [1, 2], 0, 1)
    random_unread(traced.db, ListQuery(), TODAY)
    for query in QUERIES:
        article_ids(traced.db, ListQuery(query.scope, query.unread_only, search="货源"), TODAY)
    plans = list(traced.plans())
    assert len(plans) > len(QUERIES)
    assert [walks(plan) for plan in plans] == [[]] * len(plans)
