"""A reader over a real store, a real worker process and a feed server on loopback."""

from __future__ import annotations

import os
import shlex
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.conftest import Warm
from tests.http_server import FeedServer
from tests.ui.stage import Stage, feed_xml
from tui.config import load
from tui.i18n import load_words
from tui.reader import Reader
from tui.ui.app import HuoyuanApp
from tui.worker_client import worker_command

Open = Callable[..., AbstractAsyncContextManager[Stage]]


@pytest.fixture
def server() -> Iterator[FeedServer]:
    """A server with one good feed."""
    with FeedServer({"/good.xml": feed_xml(12)}) as running:
        yield running


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder with a clipboard program that writes what it gets to a file."""
    folder = tmp_path / "bin"
    folder.mkdir()
    here = f"#!/bin/sh\ncd {shlex.quote(str(folder))}"
    for name, script in {
        "xclip": f'{here}\ncase "$*" in *-out*) cat board;; *) cat > part; mv part board;; esac\n',
        "browser": f'{here}\nprintf "%s\\n" "$#" "$1" > visited.part\nmv visited.part visited\n',
    }.items():
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)
    return folder


@pytest.fixture
def environ(tools: Path) -> Mapping[str, str]:
    """An environment with a display and a browser of its own."""
    return {
        "PATH": f"{tools}{os.pathsep}/usr/bin:/bin",
        "DISPLAY": ":0",
        "BROWSER": shlex.quote(str(tools / "browser")),
    }


@pytest.fixture
def open_reader(tmp_path: Path, environ: Mapping[str, str], warm: Warm) -> Open:
    """Opens the reader on a feeds.toml; the database stays where it is between two openings."""

    @asynccontextmanager
    async def opened(
        toml: str,
        *,
        size: tuple[int, int] = (120, 40),
        language: str = "zh",
        trouble: bool = False,
        cold: bool = False,
    ) -> AsyncIterator[Stage]:
        path = tmp_path / "feeds.toml"
        path.write_text(toml, "utf-8")
        config = load(path)
        worker = worker_command if cold else lambda database: warm("tui.worker", str(database))
        reader = Reader(tmp_path / "data" / "huoyuan.db", config, environ, worker=worker)
        app = HuoyuanApp(reader, load_words(language), config.keys)
        try:
            async with app.run_test(size=size) as pilot:
                yield Stage(app, pilot, reader)
        finally:
            reader.close()
        # a read that fails answers something empty, so that a mistake of ours would pass unseen
        assert trouble or not reader.complaints.told

    return opened


def feeds_toml(*urls: str, options: str = "") -> str:
    """A feeds.toml with feeds of one category."""
    head = f"[reader]\nrefresh_minutes = 0\n{options}\n"
    return head + "".join(f'[[feed]]\nurl = "{url}"\ncategory = "女装货源"\n' for url in urls)


__all__ = ["Open", "Pilot", "feeds_toml"]
