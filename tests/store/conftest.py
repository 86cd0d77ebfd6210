"""A real store in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from tui.store.connection import open_store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "huoyuan.db"


@pytest.fixture
def db(path: Path) -> Iterator[apsw.Connection]:
    connection = open_store(path)
    yield connection
    connection.close()
