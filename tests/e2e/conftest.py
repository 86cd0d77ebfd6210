"""What tests on real terminals share: tmux, and a reader that has been read before, anew for each test."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.pty_program import HOME, Program
from tests.e2e.tmux_program import Tmux

FEEDS = '[reader]\nrefresh_on_start = false\nrefresh_minutes = 0\n[[feed]]\nurl = "sample:huoyuan.xml"\n'

Start = Callable[..., Program]


@dataclass(frozen=True, slots=True)
class Home:
    """A feeds.toml and a data folder, with the sample feed refreshed and a frame saved."""

    folder: Path

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    @property
    def places(self) -> tuple[str, ...]:
        """The options that lead to it."""
        return "--config", str(self.folder / "feeds.toml"), "--data", str(self.data)

    def start(self, *arguments: str, **settings: int | str) -> Program:
        """Start the reader, or a command, on a terminal."""
        return Program(*self.places, *arguments, **settings)  # type: ignore[arg-type]

    def run(self, *arguments: str) -> str:
        """Run a command; gives what it says."""
        command = [sys.executable, "-m", "tui", *self.places, *arguments]
        return subprocess.run(command, cwd=HOME, check=True, capture_output=True, text=True).stdout

    def reset(self) -> None:
        """Have the data folder as it was."""
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(self.folder / "before", self.data)


@pytest.fixture(scope="session")
def read_before(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The one reader of this test process."""
    home = Home(tmp_path_factory.mktemp("home"))
    (home.folder / "feeds.toml").write_text(FEEDS, "utf-8")
    home.run("refresh")
    with home.start() as program:
        program.wait_for(b"\x1b[?2004h")
        program.type(b"q")
        assert program.ended() == 0
    home.data.rename(home.folder / "before")
    return home


@pytest.fixture
def home(read_before: Home) -> Home:
    """The reader as it was when it had been read once: its frame fits its feeds.toml and its folder."""
    read_before.reset()
    return read_before


@pytest.fixture
def start(home: Home) -> Start:
    """Starts it."""
    return home.start


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    running = Tmux(tmp_path)
    yield running
    running.kill()
