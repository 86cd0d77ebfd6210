"""Damage that is met in mid-session is told, and ends nothing."""

from __future__ import annotations

import os
from pathlib import Path

from tests.http_server import FeedServer
from tests.ui.conftest import Open, feeds_toml


def break_pages(path: Path) -> None:
    """Overwrite all but the first pages, in the file and in its WAL."""
    for file, start in ((path, 8192 * 3), (path.with_name(f"{path.name}-wal"), 32)):
        size = file.stat().st_size
        if size > start:
            with file.open("r+b") as opened:
                opened.seek(start)
                opened.write(os.urandom(size - start))


async def test_a_damaged_page_is_told_and_the_screen_goes_on(
    server: FeedServer, open_reader: Open, tmp_path: Path
) -> None:
    async with open_reader(feeds_toml(server.url("/good.xml")), trouble=True) as stage:
        await stage.until(lambda: stage.desk.articles.count == 12)
        await stage.until(lambda: not stage.desk.refresh.running)
        # a refresh is followed by a backup
        await stage.until(lambda: bool(list((tmp_path / "data" / "backups").glob("auto-*.db"))))
        break_pages(tmp_path / "data" / "huoyuan.db")
        stage.reader._connection.release_memory()
        await stage.press("j j G k l h m R")
        await stage.press("slash 女 装 enter")
        await stage.until(lambda: any("doctor" in toast for toast in stage.toasts()))
        assert stage.app.is_running
        assert "全部" in stage.text()
    assert (tmp_path / "data" / "huoyuan.db.damage").exists()
