"""One journey through the installed program in a real terminal: tmux presses keys, reads the screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.http_server import FeedServer
from tests.ui.stage import feed_xml

PATIENCE = 30.0


class Tmux:
    """A tmux server of its own with one window, in which a command runs."""

    def __init__(self, folder: Path, *, columns: int = 120, rows: int = 40) -> None:
        self._socket = f"huoyuan-{uuid.uuid4().hex[:8]}"
        self._size = ("-x", str(columns), "-y", str(rows))
        self._folder = folder

    def _run(self, *arguments: str) -> str:
        command = ["tmux", "-L", self._socket, "-f", "/dev/null", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def start(self, environ: dict[str, str]) -> None:
        settings = [part for name, value in environ.items() for part in ("-e", f"{name}={value}")]
        self._run("new-session", "-d", *self._size, *settings, "sh")

    def keys(self, *keys: str) -> None:
        self._run("send-keys", *keys)

    def screen(self) -> str:
        return self._run("capture-pane", "-p")

    def buffer(self) -> str:
        return self._run("show-buffer")

    def alternate(self) -> str:
        return self._run("display-message", "-p", "#{alternate_on}").strip()

    def wait(self, condition: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, self.screen()
            # tmux answers in milliseconds: asking is the wait

    def shows(self, text: str) -> None:
        self.wait(lambda: text in self.screen())

    def kill(self) -> None:
        subprocess.run(["tmux", "-L", self._socket, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    running = Tmux(tmp_path)
    yield running
    running.kill()


def test_a_day_in_tmux(tmux: Tmux, tmp_path: Path) -> None:
    with FeedServer({"/good.xml": feed_xml(30)}) as server:
        (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{server.url("/good.xml")}"\n', "utf-8")
        environ = {
            "HUOYUAN_DATA": str(tmp_path / "data"),
            "HUOYUAN_CONFIG": str(tmp_path / "feeds.toml"),
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "DISPLAY": "",
            "WAYLAND_DISPLAY": "",
        }
        tmux.start(environ)
        home = Path(__file__).parent.parent.parent
        tmux.keys(f"cd {home} && clear && {sys.executable} -m tui", "Enter")
        tmux.shows("第29篇")
        tmux.keys("j", "j", "Enter")
        tmux.shows("shop_0027")
        tmux.keys("y")
        tmux.shows("已复制")
        assert tmux.buffer() == "shop_0027"
        tmux.keys("f")
        tmux.shows("★")
        tmux.keys("q")
        tmux.wait(lambda: tmux.alternate() == "0")
        tmux.keys("echo $? end", "Enter")
        tmux.shows("0 end")
