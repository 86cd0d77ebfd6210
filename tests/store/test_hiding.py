"""Hidden articles: in no list, figure or search but their own, for as long as the user wants it."""

from __future__ import annotations

from itertools import product

import apsw
import pytest

from tests.store.samples import (
    COUNTERS,
    NOW,
    RECOUNT,
    RETALLY,
    SPECS,
    TALLY,
    TODAY,
    article,
    fill,
    ids,
    index_pending,
    took_back,
    wechat,
)
from tui.model import ListQuery, Scope, ScopeKind, Sort
from tui.store import bulk, candidates, paging
from tui.store.feeds import feeds, states, sync_feeds
from tui.store.lists import article_ids, categories, random_unread, rows, wanting_page
from tui.store.marks import mark_all_read, mark_favorite, mark_hidden, mark_read, undo
from tui.store.search import search_ids
from tui.store.steps import Step

ALL = ListQuery()
HIDDEN = Scope(ScopeKind.HIDDEN)


@pytest.fixture
def six(db: apsw.Connection) -> apsw.Connection:
    """Six articles, three a feed; 2 and 4 are favorites and hidden, 1 is read."""
    for feed in (0, 1):
        fill(db, [article(f"{feed}-{n}", "一手货源", contacts=(wechat(),)) for n in range(3)], feed=feed)
    mark_favorite(db, [2, 4], True, NOW)
    mark_read(db, [1], True, NOW)
    assert mark_hidden(db, [2, 4], True, NOW) == 2
    return db


def lists(db: apsw.Connection) -> dict[str, list[int]]:
    """The ids of every list."""
    return {
        f"{line.scope.kind} {line.name}": sorted(ids(db, line.scope.kind, line.scope.id))
        for line in categories(db, TODAY)
    }


def assert_figures_are_true(db: apsw.Connection) -> None:
    assert db.execute(COUNTERS).fetchall() == db.execute(RECOUNT).fetchall()
    assert db.execute(TALLY).fetchall() == db.execute(RETALLY).fetchall()
    for line in categories(db, TODAY):
        found = [len(article_ids(db, ListQuery(line.scope, unread), TODAY)) for unread in (False, True)]
        assert [line.total, line.unread] == found, line
        for unread, favorites in product((False, True), repeat=2):
            query = ListQuery(line.scope, unread, favorites)
            assert paging.open_list(db, query, TODAY).count == len(article_ids(db, query, TODAY)), query


def test_they_leave_every_list_and_figure(six: apsw.Connection) -> None:
    assert lists(six) == {
        "all ": [1, 3, 5, 6],
        "today ": [1, 3, 5, 6],
        "favorites ": [],
        "contacts ": [1, 3, 5, 6],
        "hidden ": [2, 4],
        "category 女装货源": [1, 3],
        "category 童装货源": [5, 6],
    }
    assert [(feed.total, feed.unread) for feed in feeds(six)][:2] == [(2, 1), (2, 2)]
    assert_figures_are_true(six)


def test_they_leave_every_search_but_that_of_their_list(six: apsw.Connection) -> None:
    for indexed in (False, True):
        while indexed and index_pending(six):
            pass
        for scope, found in ((Scope(), [1, 3, 5, 6]), (HIDDEN, [2, 4]), (Scope(ScopeKind.FEED, 1), [1, 3])):
            assert sorted(search_ids(six, ListQuery(scope, search="货源"), TODAY)) == found


def test_nothing_hidden_is_drawn_at_random_or_fetched(six: apsw.Connection) -> None:
    mark_read(six, [3, 5, 6], True, NOW)
    assert random_unread(six, ALL, TODAY) is None
    six.execute("UPDATE article_text SET link = 'https://a.example/'")
    feed = states(six)[0].id
    assert [found for found, _ in wanting_page(six, feed, 9)] == [3, 1]


def test_the_line_of_hidden_ones_goes_with_the_last(six: apsw.Connection) -> None:
    assert mark_hidden(six, [2, 4], False, NOW) == 2
    assert ScopeKind.HIDDEN not in {line.scope.kind for line in categories(six, TODAY)}
    assert len(ids(six)) == 6
    assert ids(six, ScopeKind.FAVORITES) == [4, 2]
    assert_figures_are_true(six)
    assert took_back(six) == ("unhide", 2)
    assert ids(six, ScopeKind.HIDDEN) == [4, 2]


def test_undo_tells_which_one_came_back(six: apsw.Connection) -> None:
    mark_hidden(six, [5], True, NOW)
    undone = undo(six)
    assert undone is not None
    assert (undone.label, undone.count, undone.name, undone.article) == ("hide", 1, "标题1-1", 5)
    undone = undo(six)
    assert undone is not None
    assert (undone.label, undone.count, undone.name, undone.article) == ("hide", 2, "", None)
    assert len(ids(six)) == 6


def test_rows_know_that_they_are_hidden(six: apsw.Connection) -> None:
    assert [row.hidden for row in rows(six, [1, 2]).values()] == [False, True]


def test_marking_all_read_spares_them_and_reaches_them_in_their_own_list(six: apsw.Connection) -> None:
    assert mark_all_read(six, ALL, TODAY, NOW, 99) == 3
    assert_figures_are_true(six)
    assert six.execute("SELECT count(*) FROM article WHERE away AND read = 0").get == 2
    assert mark_all_read(six, ListQuery(HIDDEN), TODAY, NOW, 99) == 2
    assert_figures_are_true(six)
    assert took_back(six) == ("mark_all_read", 2)
    assert_figures_are_true(six)


def test_marks_in_bulk_keep_the_figures_of_hidden_ones(six: apsw.Connection) -> None:
    assert sum(bulk.mark_read(six, Step.MARK_READ, range(1, 7), NOW)) == 5
    assert_figures_are_true(six)
    assert undo(six) is not None
    assert_figures_are_true(six)


def test_what_returns_months_later_is_still_hidden(six: apsw.Connection) -> None:
    six.execute("DELETE FROM article WHERE id IN (2, 3)")
    assert_figures_are_true(six)
    fill(six, [article(f"0-{n}", "一手货源", contacts=(wechat(),)) for n in range(3)], now=NOW + 9_000_000)
    assert ids(six, ScopeKind.HIDDEN) == [4, 2]
    assert sorted(ids(six)) == [1, 3, 5, 6]
    assert_figures_are_true(six)


def test_a_refresh_that_rewords_a_hidden_article_leaves_it_hidden(six: apsw.Connection) -> None:
    fill(six, [article("0-1", "另一段话", contacts=(), category="鞋靴")])
    assert ids(six, ScopeKind.HIDDEN) == [4, 2]
    assert_figures_are_true(six)


def test_a_hidden_article_is_known_again_under_another_guid(db: apsw.Connection) -> None:
    for published in (NOW - 5, None):
        known = article("a", link="https://a.example/1", title="同一篇", published=published)
        fill(db, [known])
        mark_hidden(db, [1], True, NOW)
        fill(db, [article("b", link="https://a.example/1", title="同一篇", published=published)])
        assert ids(db) == []
        db.execute("DELETE FROM article; UPDATE status SET hidden_at = NULL, key = id")
        db.execute("DELETE FROM undo_part")
        db.execute(
            "DELETE FROM origin; DELETE FROM status; DELETE FROM sqlite_sequence WHERE name = 'status'"
        )


def test_the_hidden_ones_of_a_removed_feed_leave_and_return_with_it(six: apsw.Connection) -> None:
    sync_feeds(six, SPECS[1:], NOW)
    assert ids(six, ScopeKind.HIDDEN) == [4]
    assert_figures_are_true(six)
    sync_feeds(six, SPECS, NOW)
    assert ids(six, ScopeKind.HIDDEN) == [4, 2]
    assert_figures_are_true(six)


def test_however_much_is_hidden_a_page_passes_over_nothing(six: apsw.Connection) -> None:
    mark_hidden(six, [1, 3], True, NOW)
    for kind, unread, sort in product(ScopeKind, (False, True), Sort):
        query = ListQuery(Scope(kind, 1), unread, sort=sort)
        opened = paging.open_list(six, query, TODAY)
        source = paging._source(opened)
        index = source.split()[3]
        plan = str(
            six.execute(f"EXPLAIN QUERY PLAN SELECT id FROM {source}", paging._named(opened)).fetchall()
        )
        made: str = six.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (index,)).get
        assert index in plan
        assert made.endswith(("away = 0", "away = 1")) or "away=?" in plan, (query, plan)


def test_a_search_for_what_is_common_reads_the_newest_first(
    six: apsw.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "FEW", 0)
    while index_pending(six):
        pass
    seen: list[tuple[str, object]] = []

    def note(cursor: apsw.Cursor, statement: str, bindings: object) -> bool:
        seen.append((statement, bindings))
        return True

    six.set_exec_trace(note)
    search_ids(six, ListQuery(search="一"), TODAY)
    six.set_exec_trace(None)
    plans = [str(six.execute(f"EXPLAIN QUERY PLAN {sql}", named).fetchall()) for sql, named in seen]  # type: ignore[arg-type]
    assert any("SEARCH article USING INTEGER PRIMARY KEY" in plan for plan in plans)
    assert "TEMP B-TREE" not in str(plans)
