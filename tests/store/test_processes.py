"""Two readers and two refreshes of cron at once, as processes: no mark is lost, no article comes twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.store.acknowledged import faults
from tests.ui.stage import feed_xml
from tui.store.connection import open_store

ROOT = Path(__file__).parents[2]
FEEDS, ENTRIES = 3, 30
ARTICLES = FEEDS * ENTRIES


def start(module: str, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_readers_and_two_refreshes_at_once(path: Path, tmp_path: Path) -> None:
    feeds = [tmp_path / f"{number}.xml" for number in range(FEEDS)]
    for feed in feeds:
        feed.write_bytes(feed_xml(ENTRIES))
    config = tmp_path / "feeds.toml"
    config.write_text("".join(f'[[feed]]\nurl = "{feed.as_uri()}"\n' for feed in feeds))
    cron = ("--config", str(config), "--data", str(tmp_path), "refresh", "--force")
    refreshes = [start("tui", *cron) for _ in range(2)]
    readers = [
        start("tests.store.marker", str(config), str(path), str(own), str(ARTICLES)) for own in range(2)
    ]
    said = [process.communicate() for process in (*refreshes, *readers)]
    assert [error for _, error in said] == [""] * 4
    assert [process.returncode for process in (*refreshes, *readers)] == [0] * 4
    marked = [sorted(map(int, out.split())) for out, _ in said[2:]]
    assert marked == [[*range(2, ARTICLES + 1, 2)], [*range(1, ARTICLES + 1, 2)]]
    db = open_store(path)
    twice = "SELECT feed_id, uid FROM article JOIN article_text USING (id) GROUP BY 1, 2 HAVING count(*) > 1"
    assert db.execute(twice).fetchall() == []
    assert db.execute("SELECT count(*) FROM article").get == ARTICLES
    assert db.execute("SELECT count(*) FROM status WHERE read_at IS NULL").get == 0
    assert not faults(db)
    db.close()
