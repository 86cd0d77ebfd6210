"""Feeds with little that is new share transactions, and one that breaks spoils nothing for the others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.store.samples import NOW, SPECS, article
from tui.gathering import Gathering
from tui.store import Connection, feeds
from tui.store.connection import open_store
from tui.store.drafts import drafts_of
from tui.store.saving import CHUNK, Brought, Saved


class Counted:
    """A store that counts its transactions."""

    def __init__(self, path: Path) -> None:
        self.db = open_store(path)
        feeds.sync_feeds(self.db, SPECS, NOW)
        self.commits = 0
        self.db.set_commit_hook(self._note)

    def _note(self) -> bool:
        self.commits += 1
        return False


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Counted]:
    counted = Counted(tmp_path / "huoyuan.db")
    yield counted
    counted.db.close()


def brought(db: Connection, place: int, *articles: Any) -> Brought:
    state = feeds.states(db)[place]
    return Brought(state.id, drafts_of(state.id, state.url, articles, NOW), state)


async def test_the_last_one_at_work_saves_what_the_others_brought(store: Counted) -> None:
    gathering = Gathering(store.db, lambda: NOW)
    with ExitStack() as work:
        for _ in SPECS:
            work.enter_context(gathering.at_work())
        waiting = [gathering.save(brought(store.db, place, article("1"))) for place in range(2)]
        assert store.commits == 0
        waiting.append(gathering.save(brought(store.db, 2, article("1"), article("2"))))
        assert [await one for one in waiting] == [Saved(1), Saved(1), Saved(2)]
    assert store.commits == 1


async def test_nobody_waits_for_one_that_brings_nothing(store: Counted) -> None:
    gathering = Gathering(store.db, lambda: NOW)
    with gathering.at_work():
        with gathering.at_work():
            waiting = gathering.save(brought(store.db, 0, article("1")))
            assert not waiting.done()
        assert waiting.result() == Saved(1)


async def test_what_comes_while_another_takes_its_time_is_saved_within_a_moment(store: Counted) -> None:
    gathering = Gathering(store.db, lambda: NOW)
    with gathering.at_work(), gathering.at_work():
        assert await gathering.save(brought(store.db, 0, article("1"))) == Saved(1)


async def test_a_full_transaction_waits_for_nobody(store: Counted) -> None:
    gathering = Gathering(store.db, lambda: NOW)
    many = [article(str(number)) for number in range(CHUNK)]
    with gathering.at_work(), gathering.at_work():
        assert gathering.save(brought(store.db, 0, *many)).result() == Saved(CHUNK)


async def test_one_that_breaks_fails_alone(store: Counted) -> None:
    gathering = Gathering(store.db, lambda: NOW)
    with ExitStack() as work:
        for _ in SPECS:
            work.enter_context(gathering.at_work())
        good = gathering.save(brought(store.db, 0, article("1")))
        whole = brought(store.db, 1, article("1"))
        bad = gathering.save(replace(whole, drafts=[replace(whole.drafts[0], columns={})]))
        last = gathering.save(brought(store.db, 2, article("1")))
    assert (good.result(), last.result()) == (Saved(1), Saved(1))
    assert isinstance(bad.exception(), KeyError)


async def test_what_was_given_up_is_not_saved(store: Counted) -> None:
    gathering = Gathering(store.db, lambda: NOW)
    with gathering.at_work(), gathering.at_work():
        gathering.save(brought(store.db, 0, article("1"))).cancel()
    assert store.commits == 0
