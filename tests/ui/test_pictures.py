"""Pictures of the screen at its three sizes, and of the two dialogs: what changed is looked at by eye."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot

from tui.config import load
from tui.i18n import load_words
from tui.reader import Reader
from tui.refresh import Refresh
from tui.store.connection import open_store
from tui.store.feeds import states, sync_feeds
from tui.ui.app import HuoyuanApp

NOW = 1_787_500_000
"""A day in August 2026, when the samples are young."""

OPTIONS = "[reader]\nrefresh_on_start = false\nrefresh_minutes = 0\n"
FEEDS = "".join(
    f'[[feed]]\nurl = "sample:{name}"\n'
    for name in ("huoyuan.xml", "gbk.xml", "market.atom", "merchants.json")
)

SnapCompare = Callable[..., bool]
Make = Callable[[str], App[None]]


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[Make]:
    """Makes the app over a store that holds the samples already; the clock stands."""
    path = tmp_path / "feeds.toml"
    path.write_text(OPTIONS + FEEDS, "utf-8")
    config = load(path)
    database = tmp_path / "huoyuan.db"
    connection = open_store(database)
    sync_feeds(connection, config.feeds, NOW)
    asyncio.run(Refresh(connection, lambda _: None, lambda: NOW).run(states(connection)))
    connection.close()
    readers: list[Reader] = []

    def make(language: str) -> App[None]:
        readers.append(Reader(database, config, {}, lambda: NOW))
        return HuoyuanApp(readers[-1], load_words(language), config.keys)

    yield make
    for reader in readers:
        reader.close()


@pytest.mark.parametrize(
    ("size", "language", "keys"),
    [
        ((120, 40), "zh", ("j", "enter")),
        ((80, 24), "zh", ("t",)),
        ((50, 20), "en", ("j", "j", "enter")),
        ((80, 24), "zh", ("j", "j", "j", "y")),
        ((120, 40), "en", ("question_mark",)),
    ],
    ids=["wide", "middle-light", "narrow-english", "chooser", "help"],
)
def test_picture(
    size: tuple[int, int], language: str, keys: tuple[str, ...], make_app: Make, snap_compare: SnapCompare
) -> None:
    async def run_before(pilot: Pilot[None]) -> None:
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.1)

    assert snap_compare(make_app(language), terminal_size=size, run_before=run_before)
