"""Uids: kept where the feed gives them, made where it does not, told apart where it repeats them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.feed_values import Entry
from tui.feeds.identity import distinct, make_uid

SMALL = st.sampled_from(["", "甲", "乙", "http://a.example/1"])


def test_the_given_uid_wins_then_the_link_then_the_content() -> None:
    assert make_uid(" hy-1 ", "http://a.example/1", "女装") == "hy-1"
    assert make_uid("", "http://a.example/1", "女装") == "http://a.example/1"
    assert make_uid("", "", "女装", "内容") == make_uid("", "", "女装", "内容")
    assert make_uid("", "", "女装", "内容") != make_uid("", "", "女装内容", "")


def test_long_uids_stay_apart() -> None:
    first, second = make_uid("x" * 600 + "1", ""), make_uid("x" * 600 + "2", "")
    assert first != second
    assert max(len(first), len(second), len(make_uid("", f"http://a.example/{'y' * 600}"))) <= 64


def test_entries_that_share_a_uid_keep_theirs_apart_whatever_stands_beside_them() -> None:
    entries = [Entry("同", "女装", f"http://a.example/{number}") for number in range(3)]
    uids = [entry.uid for entry in distinct(entries)]
    assert len(set(uids)) == 3
    assert [entry.uid for entry in distinct(entries[1:])] == uids[1:]


def test_a_true_repeat_is_dropped_and_the_first_is_kept() -> None:
    first, repeat = Entry("1", "女装", html="甲"), Entry("1", "女装", html="乙")
    assert distinct([first, Entry("2", "童装"), repeat]) == (first, Entry("2", "童装"))


@given(st.lists(st.builds(Entry, uid=SMALL, title=SMALL, link=SMALL)))
def test_every_article_comes_out_once_under_its_own_uid(entries: list[Entry]) -> None:
    found = distinct(entries)
    assert len({entry.uid for entry in found}) == len(found)
    assert {(entry.title, entry.link) for entry in found} == {(entry.title, entry.link) for entry in entries}
