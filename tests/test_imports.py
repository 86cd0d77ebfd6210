"""What a process must never import, seen in one of its own: the reader, a refresh that finds nothing new."""

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


BEFORE_THE_FRAME = {"tui", "tui.__main__", "tui.frame", "tui.hold", "tui.launch", "_signal", "gc", "termios"}

NOT_BEFORE_THE_LIST = (
    *FORBIDDEN,
    *("ssl", "argparse", "tomllib", "segno", "PIL", "zxingcpp", "markdown_it", "pygments"),
    *("textual.command", "textual.types", "textual.widgets._option_list", "platformdirs"),
    *("tui.clipboard", "tui.opener", "tui.qr_art", "tui.store.search", "tui.store.saving", "tui.store.marks"),
)

FIRST_FRAME = """
import json, os, sys
from pathlib import Path
before = set(sys.modules)
from tui.ui.environment import import_asyncio, import_textual, prepare
prepare(os.environ)
import_asyncio()
import_textual()
import asyncio
from tui.config import load_kept
from tui.i18n import load_words
from tui.reader import Reader
from tui.ui.app import HuoyuanApp

async def main(folder):
    config = load_kept(folder / "feeds.toml", folder)
    reader = Reader(folder / "huoyuan.db", config, {})
    app = HuoyuanApp(reader, load_words("zh", keep_in=folder), config.keys)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
    reader.close()

with asyncio.Runner() as runner:
    runner.run(main(Path(sys.argv[1])))
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def _modules(program: str, *arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def test_the_saved_frame_stands_before_all_but_a_few_small_files() -> None:
    program = (
        "import sys; before = set(sys.modules); import tui.__main__, termios;"
        "new = sorted(set(sys.modules) - before); print(__import__('json').dumps(new))"
    )
    assert _modules(program) <= BEFORE_THE_FRAME


def test_the_first_frame_needs_no_more_than_it_shows(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(
        '[reader]\nrefresh_on_start = false\n[[feed]]\nurl = "sample:huoyuan.xml"\n', "utf-8"
    )
    _modules(FIRST_FRAME, str(tmp_path))
    modules = _modules(FIRST_FRAME, str(tmp_path))
    assert "textual" in modules
    wrong = [m for m in modules if any(m == bad or m.startswith(f"{bad}.") for bad in NOT_BEFORE_THE_LIST)]
    assert wrong == []


def test_what_textual_was_imported_without_is_there_for_whoever_asks() -> None:
    program = """
import json
from tui.ui.environment import import_textual
import_textual()
import textual.app
told = textual.app.user_downloads_path()
import platformdirs
from textual.command import CommandPalette
assert told == platformdirs.user_downloads_path(), told
print(json.dumps([CommandPalette.__module__, CommandPalette.compose.__name__]))
"""
    assert _modules(program) == {"textual.command", "compose"}


OF_OTHER_COMMANDS = ("tui.feed_edits", "tui.export", "tui.reader", "tui.store.search", "tui.headless")
ROUND = """
import gc, json, sys
from pathlib import Path
from tui.cli import main
folder = Path(sys.argv[1])
code = main(["--config", str(folder / "feeds.toml"), "--data", str(folder), "refresh", "--force"])
collector = gc.isenabled(), gc.get_threshold()[0], gc.get_freeze_count() > 0
print(json.dumps([code, *collector, sorted(sys.modules)]))
"""


def test_a_refresh_imports_nothing_of_other_commands_and_seldom_looks_for_garbage(tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text('[[feed]]\nurl = "sample:huoyuan.xml"\n', "utf-8")
    known = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", ROUND, str(tmp_path)],
                cwd=Path(__file__).parent.parent,
                capture_output=True,
                text=True,
                timeout=60,
                check=True,
            ).stdout.splitlines()[-1]
        )
        for _ in range(2)
    ]
    code, collects, threshold, frozen, modules = known[-1]
    assert (code, collects, frozen) == (0, True, True)
    assert threshold > 10_000
    assert not [name for name in modules if name.startswith(OF_OTHER_COMMANDS)]
