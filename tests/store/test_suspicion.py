"""What failed by damage is remembered for the next start, whoever met it; what failed otherwise is not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from tests.store.corruption import Place
from tests.store.samples import article, fill, index_pending
from tests.store.test_salvage import alter, asked
from tui.errors import Code, HuoyuanError
from tui.i18n import load_words
from tui.rescuing import mend, opened
from tui.store import checking
from tui.store.connection import open_store
from tui.store.read_thread import ReadThread
from tui.store.suspicion import sign_of
from tui.store.writer import Writer

CUT = "UPDATE search_data SET block = CAST(substr(block, 1, 9) AS BLOB) WHERE id > 10"


def written(path: Path, function: Callable[[apsw.Connection], None]) -> Future[None]:
    writer = Writer(path)
    future = writer.submit(function)
    writer.close()
    return future


def read(path: Path, function: Callable[[apsw.Connection], None]) -> Future[None]:
    thread = ReadThread(path, "test")
    future = thread.ask(function)
    future.exception()
    thread.close()
    return future


@pytest.mark.parametrize("ask", [written, read])
@pytest.mark.parametrize(
    ("error", "is_damage"),
    [
        (HuoyuanError(Code.STORE_CORRUPT), True),
        (apsw.SQLError("no such table"), True),
        (LookupError(), True),
        (HuoyuanError(Code.STORE_LOCKED), False),
        (HuoyuanError(Code.CONFIG_UNEDITABLE), False),
        (OSError(), False),
    ],
)
def test_who_is_asked_remembers_damage(
    path: Path,
    ask: Callable[[Path, Callable[[apsw.Connection], None]], Future[None]],
    error: Exception,
    is_damage: bool,
) -> None:
    def fail(_: apsw.Connection) -> None:
        raise error

    assert ask(path, fail).exception() is error
    assert sign_of(path).exists() is is_damage


def test_a_store_that_cannot_be_opened_is_remembered(path: Path) -> None:
    path.write_bytes(b"cut short")
    for ask in (written, read):
        assert isinstance(ask(path, lambda _: None).exception(), HuoyuanError)
        assert sign_of(path).exists()
        sign_of(path).unlink()


@pytest.fixture
def indexed(path: Path) -> Path:
    with closing(open_store(path)) as db:
        fill(db, [article(str(number)) for number in range(9)])
        while index_pending(db):
            pass
    return path


def test_a_broken_search_index_is_emptied_by_whoever_meets_it(indexed: Path) -> None:
    alter(indexed, CUT)
    told: list[str] = []

    def search() -> int:
        with closing(open_store(indexed)) as db:
            try:
                return len(db.execute("SELECT rowid FROM search WHERE search MATCH '货源'").fetchall())
            except apsw.CorruptError:
                raise HuoyuanError(Code.STORE_CORRUPT) from None

    words = load_words("zh")
    assert opened(Place(words, indexed), search, told.append) == 0
    assert told == [words("rescue.index")]
    assert not sign_of(indexed).exists()
    assert asked(indexed, "SELECT count(*) FROM unindexed") == 9
    assert list(indexed.parent.glob("*damaged*")) == []
    with closing(open_store(indexed)) as db:
        while index_pending(db):
            pass
        assert checking.index_faults(db) == []
    assert search() == 9


def test_a_search_index_that_cannot_be_emptied_is_made_with_a_new_store(indexed: Path) -> None:
    alter(indexed, "DELETE FROM search_config")
    told: list[str] = []
    sign_of(indexed).touch()
    assert mend(indexed, load_words("zh"), told.append)
    assert asked(indexed, "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM unindexed)") == (9, 9)
    assert list(indexed.parent.glob("*damaged*"))


def test_nothing_is_made_where_the_store_has_gone(path: Path) -> None:
    (path.parent / "backups").mkdir()
    sign_of(path).touch()
    assert not mend(path, load_words("zh"), lambda _: None)
    assert not path.exists()
