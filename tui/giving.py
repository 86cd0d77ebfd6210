"""What a command without a screen is given, and how it gives its results."""

from __future__ import annotations

import json
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tui.config import Config
from tui.i18n import Words
from tui.store import Connection, feeds
from tui.store.connection import open_store
from tui.text.clean import UNSEEN, scrub

ALL_FINE, SOME_FAILED = 0, 1


class Setting(Protocol):
    """What the command line gives to each command."""

    @property
    def words(self) -> Words: ...
    @property
    def config(self) -> Config: ...
    @property
    def database(self) -> Path: ...


@dataclass(frozen=True, slots=True)
class Out:
    """Standard output, as text or as JSON."""

    as_json: bool

    def give(self, value: Any, line: str) -> None:
        """Write one result: the value as JSON, or its line; a terminal obeys neither, whatever is stored."""
        sys.stdout.write((to_json(value) if self.as_json else scrub(line)) + "\n")


def to_json(value: object) -> str:
    """A value as one line of JSON; what nobody could see, or a terminal would obey, as escapes."""
    return UNSEEN.sub(_escape, json.dumps(value, ensure_ascii=False, default=_plain))


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(type(value).__name__)


def synced(setting: Setting) -> Connection:
    """The store, its feeds those of feeds.toml."""
    connection = open_store(setting.database)
    feeds.sync_feeds(connection, setting.config.feeds, int(time.time()))
    return connection
