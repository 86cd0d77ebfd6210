"""A store that others write and hold: the screen goes on, says what it is, and shows what is stored."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.http_server import FeedServer
from tests.store.samples import article
from tests.ui.conftest import Open, feeds_toml
from tui.i18n import load_words
from tui.reader import Reader
from tui.store import writer
from tui.store.connection import BUSY_SECONDS, open_store
from tui.store.saving import save
from tui.ui import main_screen


class Patience:
    """A clock that stands still until the test lets time pass."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


async def test_a_mark_on_a_locked_database(
    server: FeedServer, open_reader: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience = Patience()
    monkeypatch.setattr(writer, "time", patience)
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.until(lambda: not stage.desk.refresh.running)
        with closing(open_store(tmp_path / "data" / "huoyuan.db")) as holder:
            holder.execute("BEGIN IMMEDIATE")
            await stage.press("m")
            # drawn at once, and keys go on while the writer waits
            await stage.press("j j")
            assert stage.desk.articles.cursor == 2
            assert not stage.toasts()
            patience.now += BUSY_SECONDS
            await stage.until(lambda: bool(stage.toasts()))
            assert "数据库正忙" in stage.toasts()[0]
            assert stage.reader.categories()[0].unread == 12
            row = stage.desk.listing.source.row(0)
            assert row is not None
            assert not row.read
            await stage.press("enter")
            patience.now += BUSY_SECONDS
            await stage.until(lambda: len(stage.toasts()) == 2)
            assert stage.desk.view.stored is not None
            assert not stage.desk.view.stored.read
            holder.execute("COMMIT")
        await stage.press("m")
        await stage.until(lambda: stage.reader.categories()[0].unread == 11)


async def test_what_another_process_wrote_is_shown_when_the_user_is_here_again(
    server: FeedServer, open_reader: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml"))) as stage:
        await stage.shows("第11篇")
        await stage.until(lambda: not stage.desk.refresh.running)
        database = tmp_path / "data" / "huoyuan.db"
        with closing(Reader(database, stage.reader.config, {})) as other:
            shown = stage.desk.listing.source.row(3)
            assert shown is not None
            other.mark_favorite([shown.id], True).result()
            monkeypatch.setattr(main_screen, "LOOK_SECONDS", 0.0)
            await stage.press("j")
            await stage.shows("★")
            monkeypatch.setattr(main_screen, "LOOK_SECONDS", 1000.0)
            other.mark_read([shown.id], True).result()
            stage.app.app_focus = False
            stage.app.app_focus = True
            await stage.until(lambda: stage.desk.category_rows[0].unread == 11)
        with closing(open_store(database)) as db:
            save(db, 1, [article("new", "刚到")], int(time.time()))
        monkeypatch.setattr(main_screen, "LOOK_SECONDS", 0.0)
        await stage.press("k")
        await stage.shows("标题new")


@pytest.mark.parametrize("size", [(80, 24), (50, 20)])
async def test_an_empty_list_says_all_of_what_can_be_done_on_any_screen(
    size: tuple[int, int], open_reader: Open
) -> None:
    async with open_reader(feeds_toml(options="refresh_on_start = false"), size=size) as stage:
        await stage.shows("还没有文章")
        said = "".join(line.partition("▏")[0].strip() for line in stage.text().splitlines())
        assert load_words("zh")("empty.list") in said
        assert "没有找到联系方式" not in said, "there is no article that might have some"
