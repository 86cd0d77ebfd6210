"""One made store for all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.make_store import fill

COUNT, SEED, NOW = 500, 11, 1_790_000_000


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of 500 articles and the long one."""
    return fill(tmp_path_factory.mktemp("made"), COUNT, SEED, now=NOW)
