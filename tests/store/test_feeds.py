"""feeds.toml is the truth of the feeds; their refreshes' states are kept beside it."""

from __future__ import annotations

from dataclasses import replace

import apsw
import pytest

from tests.store.samples import NOW, SPECS, TODAY, article, fill, ids
from tui.errors import Code, Problem
from tui.feed_values import FeedSpec, FeedState, Move, Schedule
from tui.model import ScopeKind
from tui.net import policy
from tui.store.feeds import feeds, is_any_due, save_state, states, sync_feeds
from tui.store.lists import categories
from tui.store.marks import mark_favorite


def lines(db: apsw.Connection) -> dict[str, tuple[int, int]]:
    return {line.name or line.scope.kind: (line.unread, line.total) for line in categories(db, TODAY)}


def test_feeds_follow_the_file(db: apsw.Connection) -> None:
    assert sync_feeds(db, SPECS, NOW)
    assert not sync_feeds(db, SPECS, NOW)
    assert [(feed.title, feed.category) for feed in feeds(db)] == [
        ("十三行货源", "女装货源"),
        ("https://b.example/feed", "童装货源"),
        ("没有类目的源", ""),
    ]
    before = {feed.url: feed.id for feed in feeds(db)}
    turned = [replace(SPECS[2], title="新名", refresh_minutes=30), SPECS[0]]
    assert sync_feeds(db, turned, NOW)
    assert [(feed.id, feed.title) for feed in feeds(db)] == [
        (before[SPECS[2].url], "新名"),
        (before[SPECS[0].url], "十三行货源"),
    ]
    assert [state.refresh_minutes for state in states(db)] == [30, 0]


def test_unchanged_file_costs_no_write(db: apsw.Connection) -> None:
    sync_feeds(db, SPECS, NOW)
    before = db.total_changes()
    sync_feeds(db, SPECS, NOW + 1)
    assert db.total_changes() == before


def test_removed_feed_leaves_the_lists_but_not_the_favorites(db: apsw.Connection) -> None:
    fill(db, [article("1"), article("2")])
    fill(db, [article("3")], feed=1)
    everything = ids(db)
    kept = ids(db, ScopeKind.FEED, states(db)[0].id)[0]
    mark_favorite(db, [kept], True, NOW)
    full = lines(db)
    sync_feeds(db, SPECS[1:], NOW)
    assert ids(db) == [article_id for article_id in everything if article_id == 3]
    assert ids(db, ScopeKind.FAVORITES) == [kept]
    assert lines(db) == {
        "all": (1, 1), "today": (1, 1), "favorites": (1, 1), "contacts": (0, 0), "童装货源": (1, 1)
    }  # fmt: skip
    assert SPECS[0].url not in [state.url for state in states(db)]
    sync_feeds(db, SPECS, NOW)
    assert ids(db) == everything
    assert lines(db) == full


def test_articles_move_with_their_feed_but_not_from_their_own_category(db: apsw.Connection) -> None:
    fill(db, [article("1"), article("2", category="鞋靴"), article("3", category="女装货源")])
    sync_feeds(db, [replace(SPECS[0], category="外套")], NOW)
    assert lines(db) == {
        "all": (3, 3), "today": (3, 3), "favorites": (0, 0), "contacts": (0, 0),
        "外套": (1, 1), "女装货源": (1, 1), "鞋靴": (1, 1),
    }  # fmt: skip


def test_categories_in_the_order_of_the_file_then_by_name(db: apsw.Connection) -> None:
    fill(
        db,
        [article("1", category="b"), article("2", category="a"), article("3", category="童装货源")],
        feed=2,
    )
    assert list(lines(db))[4:] == ["女装货源", "童装货源", "a", "b"]
    assert lines(db)["女装货源"] == (0, 0)


def test_state_round_trip(db: apsw.Connection) -> None:
    sync_feeds(db, SPECS, NOW)
    first, second, third = states(db)
    problem = Problem(Code.HTTP_4XX, {"url": second.url, "status": 404})
    state = replace(
        second, title="自己的名字", etag='W/"甲"', last_modified="Mon", body_hash="ff", last_checked=NOW,
        last_success=NOW - 1, next_check=NOW + 2, failures=3, gone=True, problem=problem,
    )  # fmt: skip
    save_state(db, state)
    assert states(db) == (first, state, third)
    assert states(db, [third.id, second.id]) == (state, third)
    assert states(db, []) == ()
    row = feeds(db)[1]
    assert (row.title, row.last_checked, row.last_success, row.next_check) == (
        "自己的名字",
        NOW,
        NOW - 1,
        NOW + 2,
    )
    assert row.problem == problem
    save_state(db, replace(state, problem=None))
    assert feeds(db)[1].problem is None


def test_what_a_publisher_asked_for_and_where_a_feed_moved_are_kept(db: apsw.Connection) -> None:
    sync_feeds(db, SPECS, NOW)
    state = states(db)[0]
    assert (state.schedule, state.max_age, state.move) == (Schedule(), None, Move())
    asked = replace(
        state,
        schedule=Schedule(14_400, frozenset({0, 23}), frozenset({6})),
        max_age=7200,
        move=Move("https://new.example/", NOW, True),
    )
    save_state(db, asked)
    assert states(db)[0] == asked
    assert states(db)[0].address == "https://new.example/"
    save_state(db, state)
    assert states(db)[0] == state


def test_a_title_of_the_file_wins_over_the_feeds_own(db: apsw.Connection) -> None:
    sync_feeds(db, SPECS, NOW)
    save_state(db, FeedState(states(db)[0].id, SPECS[0].url, title="feed's own"))
    assert states(db)[0].title == "十三行货源"
    sync_feeds(db, [FeedSpec(SPECS[0].url)], NOW)
    assert states(db)[0].title == ""
    assert feeds(db)[0].title == SPECS[0].url


def test_feed_counts(db: apsw.Connection) -> None:
    fill(db, [article("1"), article("2", category="鞋靴")])
    assert [(feed.unread, feed.total) for feed in feeds(db)] == [(2, 2), (0, 0), (0, 0)]


@pytest.mark.parametrize(
    ("known", "is_due"),
    [
        ({}, True),
        ({"last_checked": NOW - 60, "next_check": NOW}, True),
        ({"last_checked": NOW - 60, "next_check": NOW + 1}, False),
        ({"last_checked": NOW + 7200, "next_check": NOW + 9000}, True),
        ({"last_checked": NOW + 3600, "next_check": NOW + 9000}, False),
        ({"gone": True}, False),
    ],
)
def test_a_feed_is_due_when_a_refresh_would_ask_it(
    db: apsw.Connection, known: dict[str, int | bool], is_due: bool
) -> None:
    sync_feeds(db, SPECS, NOW)
    for state in states(db):
        save_state(db, replace(state, next_check=NOW + 9000))
    assert not is_any_due(db, NOW)
    save_state(db, replace(states(db)[1], **{"next_check": 0, **known}))  # type: ignore[arg-type]
    assert is_any_due(db, NOW) == is_due == bool(policy.due(states(db), NOW))
    sync_feeds(db, [SPECS[0], SPECS[2]], NOW)
    assert not is_any_due(db, NOW)
