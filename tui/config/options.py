"""What feeds.toml can say, as values."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tui.feed_values import FeedSpec
from tui.values import frozen


@frozen
class ReaderOptions:
    """The [reader] table; `refresh_minutes` 0 = never on a timer, `keys` names a preset of commands.py.

    `splash` has the last screen shown at once at the next start.
    """

    language: str = "auto"
    refresh_minutes: int = 60
    refresh_on_start: bool = True
    theme: str = "dark"
    keys: str = "huoyuan"
    mark_read: str = "open"
    marks: str = "symbols"
    splash: bool = True


@frozen
class Config:
    """A whole feeds.toml; `keys` has the sequences of every command, in the order of commands.py."""

    reader: ReaderOptions
    keys: Mapping[str, tuple[str, ...]]
    feeds: tuple[FeedSpec, ...]
    path: Path
