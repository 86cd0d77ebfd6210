"""Finds the shared material beside the repository; tests that need it are skipped without it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).parents[2].parent / "shared"


def shared_path(*parts: str) -> Path:
    """Give a path in the shared material (HUOYUAN_SHARED, else ../shared); skip the test when absent."""
    path = Path(os.environ.get("HUOYUAN_SHARED", _BESIDE)).joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no shared material at {'/'.join(parts)}")
    return path
