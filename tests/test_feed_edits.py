"""Feeds that come and go: feeds.toml and the store together, each step undone, whatever happens between."""

from __future__ import annotations

import json
from pathlib import Path

import apsw
import pytest

from tests.store.samples import NOW, TODAY, article
from tui import feed_edits
from tui.cli import main
from tui.config import Config, load
from tui.errors import Code, HuoyuanError
from tui.feed_values import FeedSpec, FeedState
from tui.model import ListQuery, Scope, ScopeKind, Undone
from tui.store import feeds, lists, marks, steps
from tui.store.connection import open_store
from tui.store.feeds import save_state, states, sync_feeds
from tui.store.saving import save

A, B = "https://a.example/feed", "https://b.example/feed"
REST = f'# next\n[[feed]]\nurl = "{B}"\ncategory = "童装货源"\n'
FILE = f'# mine\n[[feed]]\nurl = "{A}" # a\ntitle = "甲"\n\n{REST}'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(FILE, "utf-8")
    return path


@pytest.fixture
def db(tmp_path: Path, file: Path) -> apsw.Connection:
    """Three articles of each feed; of each the first is read, the second a favorite, the third hidden."""
    connection = open_store(tmp_path / "huoyuan.db")
    sync_feeds(connection, load(file).feeds, NOW)
    for feed in states(connection):
        save(connection, feed.id, [article(f"{feed.id}-{n}") for n in range(3)], NOW)
    marks.mark_read(connection, [1, 4], True, NOW)
    marks.mark_favorite(connection, [2, 5], True, NOW)
    marks.mark_hidden(connection, [3, 6], True, NOW)
    return connection


def undo(db: apsw.Connection, file: Path) -> Undone | None:
    told: list[Config] = []
    undone = steps.finish(feed_edits.undo_steps(db, file, NOW, told.append))
    assert all(config.feeds == load(file).feeds for config in told)
    return undone


def figures(db: apsw.Connection) -> list[tuple[str, int, int]]:
    return [(line.name or line.scope.kind, line.unread, line.total) for line in lists.categories(db, TODAY)]


def status(db: apsw.Connection) -> list[object]:
    return list(db.execute("SELECT id, read_at, favorite_at, hidden_at FROM status ORDER BY id"))


def test_a_removed_feed_comes_back_where_it_was_with_all_its_marks(db: apsw.Connection, file: Path) -> None:
    before, kept = figures(db), status(db)
    config = feed_edits.remove(db, file, A, NOW)
    assert [feed.url for feed in config.feeds] == [B]
    assert file.read_text("utf-8") == f"# mine\n\n{REST}"
    assert figures(db)[0] == ("all", 1, 2)
    assert status(db) == kept
    favorites = lists.article_ids(db, ListQuery(Scope(ScopeKind.FAVORITES)), TODAY)
    assert list(favorites) == [5, 2], "favorites stay when their feed goes"
    db.close()
    again = open_store(file.with_name("huoyuan.db"))
    assert undo(again, file) == Undone("remove_feed", 1, "甲")
    assert file.read_text("utf-8") == FILE
    assert figures(again) == before
    assert status(again) == kept


def test_a_feed_that_returns_months_later_is_not_new_again(db: apsw.Connection, file: Path) -> None:
    before, first = status(db), states(db)[0]
    feed_edits.remove(db, file, A, NOW)
    save_state(db, FeedState(first.id, A, failures=9, gone=True, next_check=NOW + 10**9))
    feed_edits.add(db, file, FeedSpec(A, "甲"), NOW + 9_000_000)
    state = states(db)[1]
    assert (state.id, state.gone, state.failures, state.next_check) == (first.id, False, 0, 0)
    save(db, state.id, [article(f"{first.id}-{n}") for n in range(3)], NOW + 9_000_000)
    assert status(db) == before
    assert figures(db)[0] == ("all", 2, 4)


def test_what_was_added_can_be_taken_back(db: apsw.Connection, file: Path) -> None:
    feed_edits.add(db, file, FeedSpec("https://c.example/", "丙", "鞋靴"), NOW)
    assert [feed.url for feed in feeds.feeds(db)] == [A, B, "https://c.example/"]
    assert undo(db, file) == Undone("add_feed", 1, "丙")
    assert file.read_text("utf-8") == FILE
    assert [feed.url for feed in feeds.feeds(db)] == [A, B]
    undone = undo(db, file)
    assert undone is not None
    assert undone.label == "hide", "and then what was done before"


@pytest.mark.parametrize(
    ("url", "code"),
    [(A, Code.FEED_KNOWN), (B + "#x", Code.FEED_KNOWN), ("b.example", Code.BAD_FEED_URL)],
)
def test_what_cannot_be_added_changes_nothing(db: apsw.Connection, file: Path, url: str, code: Code) -> None:
    journal = db.execute("SELECT * FROM undo_part").fetchall()
    with pytest.raises(HuoyuanError) as caught:
        feed_edits.add(db, file, FeedSpec(url), NOW)
    assert caught.value.problem.code is code
    assert file.read_text("utf-8") == FILE
    assert db.execute("SELECT * FROM undo_part").fetchall() == journal


def test_a_file_that_cannot_be_written_leaves_no_step(
    db: apsw.Connection, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, source: str) -> None:
        raise HuoyuanError(Code.FILE_UNWRITABLE, path=str(path), why="")

    monkeypatch.setattr(feed_edits, "write_source", refuse)
    with pytest.raises(HuoyuanError):
        feed_edits.remove(db, file, A, NOW)
    monkeypatch.undo()
    undone = undo(db, file)
    assert undone is not None
    assert undone.label == "hide"
    assert file.read_text("utf-8") == FILE


def test_a_process_that_ends_before_the_store_follows_loses_nothing(
    db: apsw.Connection, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed once the file was written: the next start takes its word, and undo still knows the feed."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(feeds, "sync_feeds", killed)
    with pytest.raises(KeyboardInterrupt):
        feed_edits.remove(db, file, A, NOW)
    monkeypatch.undo()
    assert A not in file.read_text("utf-8")
    sync_feeds(db, load(file).feeds, NOW)
    assert undo(db, file) == Undone("remove_feed", 1, "甲")
    assert file.read_text("utf-8") == FILE


def test_a_process_that_ends_before_the_file_follows_says_so(
    db: apsw.Connection, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(feed_edits, "write_source", killed)
    with pytest.raises(KeyboardInterrupt):
        feed_edits.remove(db, file, A, NOW)
    monkeypatch.undo()
    assert undo(db, file) == Undone("remove_feed", 0, "甲")
    assert file.read_text("utf-8") == FILE


def test_a_file_that_was_edited_since_keeps_what_was_written(db: apsw.Connection, file: Path) -> None:
    feed_edits.remove(db, file, A, NOW)
    mine = file.read_text("utf-8").replace("# mine", '[reader]\ntheme = "light"')
    file.write_text(mine, "utf-8")
    assert undo(db, file) == Undone("remove_feed", 1, "甲")
    config = load(file)
    assert [feed.url for feed in config.feeds] == [A, B]
    assert config.reader.theme == "light"


def test_what_was_seen_to_by_hand_is_left_and_said(db: apsw.Connection, file: Path) -> None:
    feed_edits.remove(db, file, A, NOW)
    file.write_text(FILE + "# by hand\n", "utf-8")
    sync_feeds(db, load(file).feeds, NOW)
    assert undo(db, file) == Undone("remove_feed", 0, "甲")
    assert file.read_text("utf-8") == FILE + "# by hand\n"
    feed_edits.add(db, file, FeedSpec("https://c.example/"), NOW)
    written = file.read_text("utf-8") + "# c\n" + '[[feed]]\nurl = "https://d.example/"\n'
    written = written.replace('url = "https://c.example/"', 'url = "https://c.example/"\nqr = true')
    file.write_text(written, "utf-8")
    assert undo(db, file) == Undone("add_feed", 0, "https://c.example/")
    assert file.read_text("utf-8") == written


def test_a_wrong_file_is_left_and_the_step_kept(db: apsw.Connection, file: Path) -> None:
    feed_edits.remove(db, file, A, NOW)
    whole = file.read_text("utf-8")
    file.write_text(whole + "[[", "utf-8")
    with pytest.raises(HuoyuanError) as caught:
        undo(db, file)
    assert caught.value.problem.code is Code.CONFIG_SYNTAX
    file.write_text(whole, "utf-8")
    assert undo(db, file) == Undone("remove_feed", 1, "甲")


def test_of_two_readers_each_takes_back_the_newest_step_of_both(db: apsw.Connection, file: Path) -> None:
    other = open_store(file.with_name("huoyuan.db"))
    marks.mark_read(db, [2], True, NOW)
    feed_edits.remove(other, file, B, NOW)
    marks.mark_favorite(db, [1], True, NOW)
    told = [undone.label for undone in (undo(other, file), undo(db, file), undo(other, file)) if undone]
    assert told == ["favorite", "remove_feed", "mark_read"]
    assert file.read_text("utf-8") == FILE
    other.close()


def test_two_readers_that_undo_at_once_take_a_step_back_once(db: apsw.Connection, file: Path) -> None:
    other = open_store(file.with_name("huoyuan.db"))
    marks.mark_read(db, [2], True, NOW)
    going = marks.undo_steps(db)
    part = steps.newest(db)
    assert marks.undo(other) == Undone("mark_read", 1, "标题1-1", 2)
    assert steps.look_at(db, part[0]) is None
    undone = steps.finish(going)
    assert undone is not None
    assert undone.label == "hide"
    other.close()


def test_a_step_that_two_readers_mixed_is_taken_back_each_part_by_what_it_was(
    db: apsw.Connection, file: Path
) -> None:
    """A long job of one goes on under a number that the other, having undone its beginning, uses again."""
    number = steps.new_step(db, steps.Step.MARK_READ)
    marks.mark_favorite(db, [4], True, NOW + 1)
    steps.record(db, number, steps.Step.MARK_READ, json.dumps([[1, None]]))
    undone = undo(db, file)
    assert undone is not None
    assert undone.count == 2
    assert status(db)[0] == (1, None, None, None)
    assert status(db)[3] == (4, NOW, None, None)


def test_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text('[reader]\nlanguage = "zh"\n\n[[feed]]\nurl = "sample:huoyuan.xml"\n', "utf-8")
    before = path.read_text("utf-8")

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["--config", str(path), "--data", str(tmp_path / "data"), *arguments])
        said = capsys.readouterr()
        assert said.out == ""
        return code, said.err

    url = "https://new.example/feed"
    assert run("add", url, "--category", "女装货源", "--title", "新源") == (
        0,
        f"已添加：{url}。huoyuan refresh 读取它。\n",
    )
    assert load(path).feeds[-1] == FeedSpec(url, "新源", "女装货源")
    code, said = run("add", url)
    assert code == 2
    assert "已经有这个订阅源了" in said
    code, said = run("remove", "https://new.example/fed")
    assert code == 2
    assert url in said, "the nearest one"
    code, said = run("remove", url)
    assert code == 0
    assert f"已删除：{url}" in said
    assert path.read_text("utf-8") == before
    db = open_store(tmp_path / "data" / "huoyuan.db")
    labels = []
    while undone := undo(db, path):
        labels.append((undone.label, undone.count))
    assert labels == [("remove_feed", 1), ("add_feed", 1)]
    db.close()
