"""A reader at which nobody looks starts no worker until a feed is due."""

from __future__ import annotations

import time

from tests.http_server import FeedServer
from tests.ui.conftest import Open
from tests.ui.stage import Stage
from tui.ui.main_screen import LOOK_MINUTES


def make_due(stage: Stage, when: float) -> None:
    due = f"UPDATE feed SET next_check = {int(when)}"
    stage.reader._writer.submit(lambda db: db.execute(due)).result()


def let_time_pass(stage: Stage) -> None:
    """Have the screen do what it does every few minutes."""
    [timer] = [one for one in stage.app.screen._timers if one._interval == 60 * LOOK_MINUTES]
    assert timer._callback is not None
    timer._callback()


async def test_a_worker_is_started_for_a_feed_that_is_due_and_else_a_few_times_a_day(
    server: FeedServer, open_reader: Open
) -> None:
    toml = f'[reader]\nrefresh_on_start = false\n[[feed]]\nurl = "{server.url("/good.xml")}"\n'
    async with open_reader(toml) as stage:
        worker = stage.reader._worker
        make_due(stage, time.time() + 3600)
        let_time_pass(stage)
        # the backup that no refresh asks for
        backups = stage.reader._database.parent / "backups"
        await stage.until(lambda: len(list(backups.glob("*.db"))) == 1)
        worker.close()
        first = worker._process
        let_time_pass(stage)
        assert worker._process is first
        assert server.requests == []
        make_due(stage, time.time())
        let_time_pass(stage)
        await stage.shows("第11篇")
