"""A browser of the terminal gets the whole terminal, and gives it back."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.e2e.pty_program import Program
from tests.http_server import FeedServer
from tests.ui.stage import feed_xml

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

WAITS = """#!/bin/sh
printf '%s\\n' "$#" "$@" > "$0.args"
stty -a > "$0.stty"
printf 'w3m is here'
read line
printf '%s\\n' "$line" >> "$0.args"
"""


def test_a_text_browser_has_the_terminal_until_it_ends(tmp_path: Path) -> None:
    browser = tmp_path / "w3m"
    browser.write_text(WAITS)
    browser.chmod(0o755)
    with FeedServer() as server:
        link = server.url("/a?$(touch x)")
        item = f"<item><guid>a</guid><title>一篇货源</title><link>{link}</link></item>"
        server.routes["/f.xml"] = feed_xml(0, extra=item)
        (tmp_path / "feeds.toml").write_text(f'[[feed]]\nurl = "{server.url("/f.xml")}"\n', "utf-8")
        places = ("--config", str(tmp_path / "feeds.toml"), "--data", str(tmp_path / "data"))
        path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
        with Program(*places, PATH=path, BROWSER="missing:w3m -o a=b %s") as program:
            program.wait_for("一篇货源")
            program.forget()
            program.type(b"o")
            program.wait_for("w3m is here")
            before, _, _ = program.written.partition(b"w3m is here")
            assert b"\x1b[?1049l" in before
            assert b"\x1b[?1003l" in before
            program.forget()
            program.type("你好\r".encode())
            program.wait_for("已在浏览器打开 127.0.0.1")
            assert b"\x1b[?1049h" in program.written
            safe = server.url("/a?%24%28touch%20x%29")
            assert (tmp_path / "w3m.args").read_text("utf-8").split("\n")[:-1] == [
                "3",
                "-o",
                "a=b",
                safe,
                "你好",
            ]
            assert {"icanon", "echo", "isig", "icrnl"} <= set((tmp_path / "w3m.stty").read_text().split())
            program.type(b"q")
            assert program.ended() == 0
    assert not (tmp_path / "x").exists()
