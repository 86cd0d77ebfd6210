"""One journey through the installed program in a real terminal: tmux presses keys, reads the screen."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

from tests.e2e.tmux_program import Tmux
from tests.http_server import FeedServer
from tests.ui.stage import feed_xml


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
        tmux.keys(f"cd {shlex.quote(str(home))} && clear && {shlex.quote(sys.executable)} -m tui", "Enter")
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
