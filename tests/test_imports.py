"""The reader process stays light: what it must never import, seen in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

FORBIDDEN = (
    "httpx",
    "httpcore",
    "feedparser",
    "lxml",
    "ssl_",
    "tui.net",
    "tui.feeds",
    "tui.contacts",
    "tui.worker",
    "tui.pages",
    "readability",
)

PROGRAM = """
import asyncio, json, os, sys
from pathlib import Path
from tui.ui.environment import prepare
prepare(os.environ)
from tui.config import load
from tui.i18n import load_words
from tui.reader import Reader
from tui.ui.app import HuoyuanApp

async def main(folder):
    config = load(folder / "feeds.toml")
    reader = Reader(folder / "huoyuan.db", config, {})
    app = HuoyuanApp(reader, load_words("zh"), config.keys)
    async with app.run_test(size=(120, 40)) as pilot:
        while not reader.categories()[0].total:
            await pilot.pause(0.02)
        await pilot.press("j", "enter", "space", "n", "f", "slash", "a", "escape")
        await pilot.pause()
    reader.close()
    print(json.dumps(sorted(sys.modules)))

asyncio.run(main(Path(sys.argv[1])))
"""


def test_the_reader_process_imports_no_network_and_no_parser(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text('[[feed]]\nurl = "sample:huoyuan.xml"\n', "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    modules = set(json.loads(done.stdout))
    assert "textual" in modules
    wrong = [name for name in modules if any(name == bad or name.startswith(f"{bad}.") for bad in FORBIDDEN)]
    assert wrong == []
