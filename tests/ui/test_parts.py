"""The parts of the screen that need no screen: rows by pages, panes by size, contacts in order, progress."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

import pytest
from textual.geometry import Size

from tui.errors import Code, Problem
from tui.feed_values import FeedRow, Refreshed
from tui.i18n import load_words
from tui.model import ArticleRow, Contact, Kind, Source
from tui.protocol import (
    BackedUp,
    CodesFound,
    PageTaken,
    Progress,
    RefreshFinished,
    RefreshStarted,
    WorkerFailed,
)
from tui.ui.category_lines import CategoryLines
from tui.ui.contact_order import context, grouped, ordered, standing_out
from tui.ui.list_order import PAGE
from tui.ui.panes import Pane, View
from tui.ui.refresh_state import RefreshState
from tui.ui.row_source import MOST_ROWS, RowSource


def row(article: int) -> ArticleRow:
    return ArticleRow(article, f"标题{article}", 0, "源", "类目", False, False, None, frozenset())


def contact(kind: Kind, value: str, confidence: float = 0.9, start: int = 0) -> Contact:
    return Contact(kind, value, start, start + len(value), "", Source.BODY, confidence)


def test_only_the_pages_that_are_looked_at_are_fetched_and_few_are_kept() -> None:
    asked: list[int] = []

    def fetch(ids: Sequence[int]) -> dict[int, ArticleRow]:
        asked.append(len(ids))
        return {article: row(article) for article in ids}

    source = RowSource(array("q", range(100_000)), fetch)
    for index in range(1000, 1000 + PAGE):
        found = source.row(index)
        assert found is not None
        assert found.id == index
    assert asked == [PAGE, PAGE]
    for index in range(0, 100_000, PAGE):
        source.row(index)
    assert len(source._rows) == MOST_ROWS


def test_a_row_whose_article_has_gone_is_none() -> None:
    source = RowSource(array("q", [1, 2]), lambda ids: {1: row(1)})
    assert source.row(1) is None
    assert source.index(2) == 1
    assert source.index(3) == -1


@pytest.mark.parametrize(
    ("pane", "size", "shown"),
    [
        (Pane.ARTICLES, (120, 40), {"left", "center", "upper", "lower", "right"}),
        (Pane.ARTICLES, (80, 24), {"category-bar", "center", "upper", "lower", "right"}),
        (Pane.CATEGORIES, (80, 24), {"category-bar", "left", "center", "upper", "lower", "contact-bar"}),
        (Pane.CATEGORIES, (50, 20), {"left"}),
        (Pane.ARTICLES, (50, 20), {"center", "upper", "contact-bar"}),
        (Pane.ARTICLE, (50, 20), {"center", "lower", "contact-bar"}),
        (Pane.CONTACTS, (50, 20), {"right"}),
        (Pane.ARTICLE, (120, 10), {"center", "lower", "contact-bar"}),
    ],
)
def test_panes_fold_by_size(pane: Pane, size: tuple[int, int], shown: set[str]) -> None:
    assert View(pane, Size(*size)).boxes() == shown


def test_one_sure_wechat_stands_out_and_two_do_not() -> None:
    sure, other = contact(Kind.WECHAT, "nzhuo_8862"), contact(Kind.WECHAT, "miao_cai668")
    doubtful = contact(Kind.WECHAT, "a_b_c_d_e", 0.5)
    phone = contact(Kind.MOBILE, "15464027195")
    assert standing_out([phone, sure]) == sure
    assert standing_out([sure, other]) is None
    assert standing_out([doubtful]) is None
    assert standing_out([phone]) is None


def test_copying_order_is_wechat_first_doubtful_last_and_leaves_people_out() -> None:
    phone, person = contact(Kind.MOBILE, "15464027195"), contact(Kind.PERSON, "陈小姐")
    weak, strong = contact(Kind.WECHAT, "weak_id", 0.6), contact(Kind.WECHAT, "strong_id", 0.9, 20)
    assert ordered([person, phone, weak, strong]) == (strong, phone, weak)


def test_a_mobile_is_shown_in_groups_and_a_context_on_one_line() -> None:
    assert grouped(Kind.MOBILE, "15464027195") == "154 6402 7195"
    assert grouped(Kind.QQ, "8840517396") == "8840517396"
    assert grouped(Kind.LANDLINE, "075523626887") == "0755 2362 6887"
    assert grouped(Kind.LANDLINE, "05510038006") == "0551 003 8006"
    assert grouped(Kind.LANDLINE, "02081722367") == "020 8172 2367"
    assert grouped(Kind.LANDLINE, "4006808581") == "400 680 8581"
    assert grouped(Kind.LANDLINE, "95588") == "95588"
    text = "货好价低\n加微信 nzhuo_8862 谢谢"
    assert context(text, contact(Kind.WECHAT, "nzhuo_8862", start=9), 4) == "加微信 nzhuo_8862 谢谢"


def test_progress_counts_what_has_ended() -> None:
    state = RefreshState()
    state.take(RefreshStarted((1, 2, 3)))
    state.take(Progress((Refreshed(1, "甲", new=4),)))
    state.take(Progress((Refreshed(2, "乙", problem=Problem(Code.TIMEOUT)),)))
    assert (state.done, state.failed, state.new, state.waiting) == (2, 1, 4, {3})
    assert state.bar.count("━") == 6
    state.take(RefreshFinished(1))
    assert not state.running
    state.take(RefreshStarted(()))
    assert (state.total, state.done, state.failed, state.new) == (0, 2, 1, 4)
    state.take(RefreshStarted((1,)))
    assert (state.total, state.done, state.failed, state.new) == (1, 0, 0, 0)
    state.take(WorkerFailed(Problem(Code.WORKER_DIED)))
    assert state.failure == Problem(Code.WORKER_DIED)


def test_a_failure_is_told_until_the_worker_has_shown_the_contrary() -> None:
    state, full = RefreshState(), Problem(Code.STORE_FULL)
    for failure, answer, left in (
        (Problem(Code.WORKER_DIED), PageTaken(1, problem=Problem(Code.TIMEOUT)), None),
        (Problem(Code.WORKER_DIED), CodesFound(1), None),
        (full, CodesFound(1, problem=Problem(Code.TIMEOUT)), full),
        (full, BackedUp(full), full),
        (full, PageTaken(1), None),
    ):
        state.take(WorkerFailed(failure))
        state.take(answer)
        assert state.failure == left


def test_a_feed_row_says_what_happens_to_it() -> None:
    say = load_words("zh")
    feeds = (
        FeedRow(1, "http://a.example/f", "http://a.example/f", "", 3, 9),
        FeedRow(2, "u", "乙", "", 0, 0),
    )
    state = RefreshState()
    assert [line.note for line in CategoryLines(say).make((), feeds, state)[1:]] == ["3", ""]
    state.take(RefreshStarted((1, 2)))
    assert [line.state for line in CategoryLines(say).make((), feeds, state)[1:]] == ["busy", "busy"]
    state.take(Progress((Refreshed(1, "", new=2),)))
    state.take(
        Progress((Refreshed(2, "乙", problem=Problem(Code.HTTP_4XX, {"status": 404, "host": "b.example"})),))
    )
    lines = CategoryLines(say).make((), feeds, state)[1:]
    assert [(line.name, line.note) for line in lines] == [("a.example/f", "+2"), ("乙", "! 404")]
    word = Problem(Code.ENTRIES_CUT, {"kept": 20_000, "count": 20_001})
    state.take(Progress((Refreshed(1, "", new=2, problem=word),)))
    assert (CategoryLines(say).make((), feeds, state)[1].note, state.failed) == ("! 3", 1)
    none = [replace(feeds[0], unread=0)]
    assert CategoryLines(say).make((), none, state)[1].note == "! 超长"
