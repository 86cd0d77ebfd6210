"""The reader in a terminal over a made store, with nothing of the user's own about it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from bench.terminal import Terminal

PAGE_DOWN = "\x1b[6~"


def command(folder: Path) -> list[str]:
    """The reader over the database and the feeds.toml in a folder."""
    return [sys.executable, "-P", "-m", "tui", "--config", str(folder / "feeds.toml"), "--data", str(folder)]


def environ(folder: Path) -> Mapping[str, str]:
    """The tui of this checkout, a home of its own, and compiled files as an installed one has them."""
    return {
        "PYTHONPATH": str(Path.cwd()),
        "LC_ALL": "C.UTF-8",
        "HOME": str(folder),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "PYTHONDONTWRITEBYTECODE": "",
    }


def terminal(folder: Path) -> Terminal:
    """The reader in a terminal, just started."""
    return Terminal(command(folder), environ(folder))
