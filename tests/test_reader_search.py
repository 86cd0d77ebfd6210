"""Searches of the reader: told as they go, and given up for the next one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from tests.store.samples import NOW, SPECS, article, fill, index_pending
from tui.config import load
from tui.model import Found, ListQuery
from tui.reader import Reader
from tui.store import search
from tui.store.connection import open_store


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    toml = tmp_path / "feeds.toml"
    toml.write_text(f'[[feed]]\nurl = "{SPECS[0].url}"\ncategory = "{SPECS[0].category}"\n', "utf-8")
    db = open_store(tmp_path / "huoyuan.db")
    fill(db, [article(str(number), "女装批发", published=NOW - number) for number in range(400)])
    db.close()
    running = Reader(tmp_path / "huoyuan.db", load(toml), {}, clock=lambda: NOW)
    yield running
    running.close()


def test_the_first_page_is_told_before_the_rest(reader: Reader) -> None:
    told: list[Found] = []
    reader.searching.start(ListQuery(search="女装"), told.append).result()
    assert next(len(found.ids) for found in told) == search.FIRST
    assert len(told[-1].ids) == 400
    assert [found.complete for found in told] == [False] * (len(told) - 1) + [True]


def test_a_search_that_was_made_ready_for_is_as_any(reader: Reader) -> None:
    told: list[Found] = []
    reader.searching.prepare()
    reader.searching.prepare()
    reader.searching.start(ListQuery(search="女装"), told.append).result()
    assert len(told[-1].ids) == 400


def test_what_is_indexed_is_told_while_the_rest_is_read_through(tmp_path: Path, reader: Reader) -> None:
    db = open_store(tmp_path / "huoyuan.db")
    index_pending(db, 320)
    db.close()
    told: list[Found] = []
    reader.searching.start(ListQuery(search="女装"), told.append).result()
    assert max(told[0].ids) <= 320 < max(told[1].ids)
    assert (len(told[0].ids), len(told[-1].ids)) == (search.FIRST, 400)


def test_nothing_is_told_before_something_is_found(tmp_path: Path, reader: Reader) -> None:
    db = open_store(tmp_path / "huoyuan.db")
    index_pending(db, 320)
    db.close()
    told: list[Found] = []
    reader.searching.start(ListQuery(search="标题79"), told.append).result()
    assert [(len(found.ids), found.complete) for found in told] == [(1, True)]


@pytest.mark.parametrize("indexed", [0, 320, 400])
def test_a_newer_search_takes_the_place_of_the_older(tmp_path: Path, reader: Reader, indexed: int) -> None:
    with closing(open_store(tmp_path / "huoyuan.db")) as db:
        index_pending(db, indexed)
    begun, go_on = Event(), Event()
    told: list[Found] = []

    def slow(found: Found) -> None:
        begun.set()
        go_on.wait()

    first = reader.searching.start(ListQuery(search="女装"), slow)
    begun.wait()
    waiting = reader.searching.start(ListQuery(search="批发"), slow)
    last = reader.searching.start(ListQuery(search="装批"), told.append)
    go_on.set()
    last.result()
    assert len(told[-1].ids) == 400
    for superseded in (first, waiting):
        with pytest.raises(CancelledError):
            superseded.result()
