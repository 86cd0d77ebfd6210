"""What a key may cost: rows, statements, frames and bytes are counted, so that it stays so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual._compositor import Compositor, CompositorUpdate, ReflowResult
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.geometry import Size
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

import tui.ui.app
from bench.make_store import fill
from tests.ui.stage import Stage
from tui.config import load
from tui.i18n import load_words
from tui.model import ArticleRow
from tui.reader import Reader
from tui.store.connection import open_store
from tui.ui import main_screen
from tui.ui.app import HuoyuanApp
from tui.ui.list_order import PAGE
from tui.ui.main_screen import MainScreen
from tui.ui.rest import Rest

STYLE = Path(tui.ui.app.__file__).with_name("style.tcss")
ARTICLES = 1500
IN_PAGE_BYTES, SCROLLING_BYTES, LIST_BYTES = 700, 3_500, 13_000
"""Most bytes of a frame on 120x40: two rows and the place in the list; all rows; another list and article."""


class Counting(HuoyuanApp):
    """The app with its frames counted instead of shown."""

    CSS_PATH = str(STYLE)
    frames: list[int]

    def _display(self, screen: Screen[object], renderable: object) -> None:
        if isinstance(renderable, CompositorUpdate):
            self.frames.append(len(renderable.render_segments(self.console).encode()))


class Costs:
    """A reader over a full store, and what it spends."""

    def __init__(self, stage: Stage, app: Counting) -> None:
        self.stage = stage
        self.app = app
        self.statements: list[str] = []
        self.rows: list[int] = []
        stage.reader._connection.exec_trace = self._executed
        self._fetch = stage.reader.rows
        # for lists to come, and for the one that is there
        stage.reader.rows = self._fetched  # type: ignore[method-assign]
        stage.desk.listing.source._fetch = self._fetched

    def _executed(self, _cursor: object, sql: str, _bindings: object) -> bool:
        # what another process has written is looked for every two seconds, not for each key
        if sql != 'pragma "data_version"':
            self.statements.append(sql)
        return True

    def _fetched(self, ids: Sequence[int]) -> dict[int, ArticleRow]:
        self.rows.append(len(ids))
        return self._fetch(ids)

    def hold(self) -> None:
        """Let the article not follow, as when a key is held."""
        self.stage.desk._follow = Rest(self.stage.desk.screen, 1e6, lambda: None)

    async def press(self, keys: str) -> None:
        """Press keys with nothing counted before."""
        self.statements.clear()
        self.rows.clear()
        self.app.frames.clear()
        for key in keys.split():
            await self.stage.pilot.press(key)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with articles enough that a list has many pages."""
    folder = tmp_path_factory.mktemp("store")
    fill(folder, ARTICLES, 11)
    return folder


@asynccontextmanager
async def costs(folder: Path) -> AsyncIterator[Costs]:
    config = load(folder / "feeds.toml")
    reader = Reader(folder / "huoyuan.db", config, {})
    app = Counting(reader, load_words("zh"), config.keys)
    app.frames = []
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            yield Costs(Stage(app, pilot, reader), app)
    finally:
        reader.close()


async def test_a_start_styles_each_pane_once_and_lays_out_twice_at_most(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[object] = []
    styled: list[DOMNode] = []
    apply = Stylesheet.apply

    def noted(self: Stylesheet, node: DOMNode, *, animate: bool = False, cache: Any = None) -> None:
        styled.append(node)
        apply(self, node, animate=animate, cache=cache)

    monkeypatch.setattr(Stylesheet, "apply", noted)
    reflow = Compositor.reflow

    def counted(self: Compositor, parent: Widget, size: Size) -> ReflowResult:
        sizes.append(size)
        return reflow(self, parent, size)

    monkeypatch.setattr(Compositor, "reflow", counted)
    async with costs(store) as spent:
        assert 1 <= len(sizes) <= 2
        # the panes and the list that is given the keys
        assert len(styled) <= len({*styled}) + 4
        await spent.stage.pilot.resize_terminal(140, 44)
        await spent.stage.pilot.pause()
        assert sizes[-1] == Size(140, 44)
        assert spent.stage.app.screen.size == Size(140, 44)


async def test_a_key_in_the_page_draws_its_lines_and_asks_nothing(store: Path) -> None:
    async with costs(store) as spent:
        spent.hold()
        await spent.press("j")
        await spent.press("j")
        assert len(spent.app.frames) == 1
        assert spent.app.frames[0] <= IN_PAGE_BYTES
        assert spent.statements == []
        assert spent.rows == []


async def test_what_others_wrote_is_looked_at_behind_a_key(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with costs(store) as spent:
        spent.hold()
        monkeypatch.setattr(main_screen, "LOOK_SECONDS", 0.0)
        with closing(open_store(store / "huoyuan.db")) as other:
            other.execute("UPDATE feed SET last_checked = last_checked + 1")
        screen = spent.stage.desk.screen
        assert isinstance(screen, MainScreen)
        spent.statements.clear()
        assert screen.take_key(events.Key("j", "j"))
        assert spent.statements == []
        await spent.stage.until(lambda: len(spent.statements) > 0)


async def test_scrolling_reads_at_most_a_page_and_draws_one_frame(store: Path) -> None:
    async with costs(store) as spent:
        spent.hold()
        for _ in range(PAGE + PAGE // 4):
            await spent.press("j")
            assert len(spent.app.frames) <= 1
            assert max(spent.app.frames, default=0) <= SCROLLING_BYTES
            assert sum(spent.rows) <= PAGE
            # at the edge of a page: its places, then its rows
            assert len(spent.statements) <= 2


@pytest.mark.parametrize("key", ["end", "home", "pagedown", "G"])
async def test_a_jump_reads_at_most_two_pages(store: Path, key: str) -> None:
    async with costs(store) as spent:
        spent.hold()
        await spent.press("4 0 0 j")
        await spent.press(key)
        assert sum(spent.rows) <= 2 * PAGE
        assert len(spent.app.frames) == 1
        assert spent.app.frames[0] <= SCROLLING_BYTES


async def test_the_article_follows_in_one_frame_and_few_statements(store: Path) -> None:
    async with costs(store) as spent:
        await spent.press("j")
        await spent.stage.until(lambda: spent.stage.desk.shown_id == spent.stage.desk.articles.current)
        await spent.stage.pilot.pause()
        assert len(spent.app.frames) == 2
        assert len(spent.statements) <= 8


async def test_another_list_is_read_by_a_page_and_drawn_in_one_frame(store: Path) -> None:
    async with costs(store) as spent:
        for _ in range(2):
            await spent.press("right_square_bracket")
            await spent.stage.until(lambda: spent.stage.desk.shown_id == spent.stage.desk.articles.current)
            await spent.stage.pilot.pause()
            assert sum(spent.rows) <= PAGE
            assert len(spent.statements) <= 12
            assert len(spent.app.frames) == 1
            assert spent.app.frames[0] <= LIST_BYTES


async def test_opening_an_article_reads_its_page_of_rows_and_the_counts(store: Path) -> None:
    async with costs(store) as spent:
        await spent.press("j")
        await spent.stage.until(lambda: spent.stage.desk.shown_id == spent.stage.desk.articles.current)
        desk = spent.stage.desk
        before = desk.category_rows[0].unread
        await spent.press("enter")
        await spent.stage.until(lambda: desk.category_rows[0].unread == before - 1)
        await spent.stage.pilot.pause()
        assert len(spent.statements) <= 8
        assert sum(spent.rows) <= PAGE
        assert sum(spent.app.frames) <= LIST_BYTES
        await toggle_read(spent)


async def toggle_read(spent: Costs) -> None:
    before = spent.stage.reader.categories()[0].unread
    await spent.press("m")
    await spent.stage.until(lambda: spent.stage.reader.categories()[0].unread != before)
    await spent.stage.pilot.pause(0.1)


async def test_a_changed_mark_draws_its_row_and_the_counts(store: Path) -> None:
    async with costs(store) as spent:
        await toggle_read(spent)
        await toggle_read(spent)
        # the first time the panes were drawn by Textual, so that all of their lines come
        assert 0 < sum(spent.app.frames) <= 2 * IN_PAGE_BYTES


async def test_a_changed_mark_reads_no_row_that_is_not_seen(store: Path) -> None:
    async with costs(store) as spent:
        await toggle_read(spent)
        assert 0 < sum(spent.rows) <= len(spent.stage.desk.articles.shown) < PAGE
        await toggle_read(spent)


async def test_nothing_wakes_up_while_nothing_happens(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # memory is given back once, half a minute after the last key
    monkeypatch.setattr(tui.ui.app, "REST_SECONDS", 0.05)
    async with costs(store) as spent:
        await spent.press("j enter j escape k")
        await spent.stage.until(lambda: spent.stage.desk.shown_id == spent.stage.desk.articles.current)
        await spent.stage.pilot.pause(0.1)
        assert waking(spent.app) == []
        scheduled = asyncio.get_running_loop()._scheduled  # type: ignore[attr-defined]
        handles = [handle for handle in scheduled if not handle.cancelled()]
        assert handles == []


def waking(app: HuoyuanApp) -> list[Timer]:
    """The timers that will go off."""
    screen = next(screen for screen in app.screen_stack if isinstance(screen, MainScreen))
    nodes = [app, screen, *screen.walk_children()]
    return [timer for node in nodes for timer in node._timers if timer._active.is_set()]


async def test_a_tick_of_a_refresh_reads_the_open_article_only_once_it_says_something_else(
    store: Path,
) -> None:
    async with costs(store) as spent:
        desk = spent.stage.desk
        spent.statements.clear()
        desk.renew()
        assert not [statement for statement in spent.statements if "article_text" in statement]
        writer = spent.stage.reader._writer
        writer.submit(
            lambda db: db.execute("UPDATE article SET revision = revision + 1 WHERE id = ?", (desk.shown_id,))
        ).result()
        for reads in (1, 0):
            spent.statements.clear()
            desk.renew()
            assert sum("article_text" in statement for statement in spent.statements) == reads


async def test_a_search_lays_nothing_out_anew(store: Path) -> None:
    async with costs(store) as spent:
        await spent.press("slash")
        await spent.stage.pilot.pause()
        layouts: list[object] = []
        screen = spent.stage.app.screen
        screen.screen_layout_refresh_signal.subscribe(screen, layouts.append)
        for typed in "货源稳定":
            spent.app.post_message(events.Key(typed, typed))
            await spent.stage.until(lambda typed=typed: spent.stage.desk.listing.query.search.endswith(typed))  # type: ignore[misc]
        await spent.stage.until(lambda: not spent.stage.desk.listing.searching)
        await spent.press("enter")
        await spent.stage.pilot.pause()
        assert screen.focused is spent.stage.desk.articles
        assert layouts == []


async def test_a_pane_of_another_size_lays_the_screen_out_once(store: Path) -> None:
    async with costs(store) as spent:
        layouts: list[object] = []
        screen = spent.stage.app.screen
        screen.screen_layout_refresh_signal.subscribe(screen, layouts.append)
        for number, shown in ((1, True), (2, False)):
            screen.query_one("#notice").display = shown
            await spent.stage.pilot.pause()
            assert len(layouts) == number
