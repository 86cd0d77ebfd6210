"""What is painted past Textual's compositor is what the compositor would have drawn."""

from __future__ import annotations

import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import CompositorUpdate
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip

import tui.ui.app
from bench.make_store import fill
from tests.ui.glass import Glass
from tests.ui.stage import PATIENCE
from tui.config import load
from tui.i18n import load_words
from tui.reader import Reader
from tui.ui.app import HuoyuanApp
from tui.ui.driver.strips import make_line

STYLE = Path(tui.ui.app.__file__).with_name("style.tcss")
MOVES = (
    "j",
    "j",
    "j",
    "k",
    "G",
    "g",
    "g",
    "n",
    "space",
    "pagedown",
    "ctrl+d",
    "tab",
    "h",
    "l",
    "1",
    "2",
    "3",
)
KEYS = (
    *MOVES,
    "m",
    "f",
    "enter",
    "escape",
    "z",
    "c",
    "t",
    "[",
    "]",
    "question_mark",
    "y",
    "U",
    "slash",
    "货",
    "装",
    "backspace",
)
SIZES = [(120, 40), (80, 24), (50, 20)]


class OnGlass(HuoyuanApp):
    """The app on a terminal of glass."""

    CSS_PATH = str(STYLE)
    glass: Glass

    def _display(self, screen: Screen[object], renderable: object) -> None:
        if isinstance(renderable, CompositorUpdate):
            self.glass.write(renderable.render_segments(self.console))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of some hundred articles."""
    folder = tmp_path_factory.mktemp("store")
    fill(folder, 300, 5)
    return folder


def torn(app: OnGlass) -> list[tuple[str, str]]:
    """The lines that the terminal shows otherwise than the compositor would."""
    known = [strip.text for strip in app.screen._compositor.render_strips()]
    return [pair for pair in zip(app.glass.lines(), known, strict=True) if pair[0] != pair[1]]


@asynccontextmanager
async def on_glass(
    store: Path, size: tuple[int, int], *, toasts: bool = False
) -> AsyncIterator[tuple[OnGlass, Pilot[None]]]:
    """The app over the store on a terminal of that size."""
    config = load(store / "feeds.toml")
    reader = Reader(store / "huoyuan.db", config, {})
    app = OnGlass(reader, load_words("zh"), config.keys)
    app.glass = Glass(*size)
    try:
        async with app.run_test(size=size, notifications=toasts) as pilot:
            yield app, pilot
    finally:
        reader.close()


async def settle(app: OnGlass, pilot: Pilot[None]) -> None:
    """Wait for the article that follows, or an answer from the store; nothing may stay torn."""
    end = time.monotonic() + PATIENCE
    while torn(app) and time.monotonic() < end:
        await pilot.pause(0.05)
    assert torn(app) == []


@pytest.mark.parametrize("size", SIZES)
async def test_the_terminal_shows_what_the_compositor_knows(size: tuple[int, int], store: Path) -> None:
    chance = random.Random(size[0])
    async with on_glass(store, size) as (app, pilot):
        for _ in range(24):
            await pilot.press(*chance.choices(KEYS, k=chance.randint(1, 4)))
            await settle(app, pilot)


@pytest.mark.parametrize("keys", [("slash",), ("C", "slash")], ids=["list", "book"])
async def test_a_search_is_shown_as_it_is_typed(keys: tuple[str, ...], store: Path) -> None:
    around = "“{}”" if keys == ("slash",) else " {} "
    async with on_glass(store, (100, 24)) as (app, pilot):
        await pilot.press(*keys)
        for typed in ("z", "zq", "zqq"):
            await pilot.press(typed[-1])
            await settle(app, pilot)
            end = time.monotonic() + PATIENCE
            while around.format(typed) not in "".join(app.glass.lines()[:2]) and time.monotonic() < end:
                await pilot.pause(0.05)
            assert around.format(typed) in "".join(app.glass.lines()[:2])


@pytest.mark.parametrize("before", ["", "x"], ids=["even", "odd"])
@pytest.mark.parametrize("keys", [(), ("C",), ("s",)], ids=["panes", "book", "dialog"])
async def test_a_toast_over_two_panes_keeps_every_wide_letter(
    keys: tuple[str, ...], before: str, store: Path
) -> None:
    said = before + "货源" * 26
    async with on_glass(store, (120, 40), toasts=True) as (app, pilot):
        await pilot.press(*keys)
        app.notify(said, timeout=60)
        end = time.monotonic() + PATIENCE
        while said not in told(app) and time.monotonic() < end:
            await pilot.pause(0.05)
        # what lies beneath changes, and is drawn in parts
        for key in ("j", "j", "k"):
            await pilot.press(key)
            await settle(app, pilot)
            assert said in told(app)


def told(app: OnGlass) -> str:
    """What a toast tells on the terminal, its lines put together."""
    lines = (line.rpartition("▌")[2] for line in app.glass.lines() if "货源货源" in line)
    return "".join(lines).replace(" ", "")


def test_a_line_in_few_bytes_is_the_same_line() -> None:
    base, red, bold = Style(color="#d0d0d0", bgcolor="#1c1c1c"), Style(color="#ff0000"), Style(bold=True)
    line = make_line([Segment("● ", red), Segment("货源", bold), Segment("  "), Segment("尾", red)], 20, base)
    console = Console(color_system="truecolor", force_terminal=True)
    short = line.render(console)
    assert len(short) < len(Strip(list(line)).render(console))
    glass = Glass(20, 1)
    glass.write(short)
    assert glass.lines() == ["● 货源  尾" + " " * 10]
    assert short.startswith("\x1b[38;2;255;0;0;48;2;28;28;28m●")
    assert short.endswith("\x1b[0m")
