"""A real store in a folder of the test's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from tui.store.connection import open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "huoyuan.db"


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store into which nothing was put: to make one takes ten times as long as to copy it."""
    made = tmp_path_factory.mktemp("new") / "huoyuan.db"
    open_store(made).close()
    return made


@pytest.fixture
def db(path: Path, new_store: Path) -> Iterator[apsw.Connection]:
    shutil.copy(new_store, path)
    connection = open_store(path)
    yield connection
    connection.close()
