"""Passwords and keys of feeds and proxies stand in feeds.toml and the database, and come out nowhere."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from tests.conftest import Warm
from tests.e2e.pty_program import Program
from tests.http_server import FeedServer
from tests.test_cli import Run
from tests.ui.stage import feed_xml
from tui import crash
from tui.text.secrets import redacted, shown_url, without_user
from tui.ui.driver.apps import DiscreetApp

PLANTED = b"PLANTED"
RELATIVE = (
    b"<item><guid>r</guid><title>relative</title><link>/item/7</link><description>x</description></item>"
)
PAGE = b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>'


@pytest.fixture
def run(tmp_path: Path, warm: Warm) -> Run:
    return Run(tmp_path, warm)


def feeds_toml(server: FeedServer) -> str:
    host = server.url("").removeprefix("http://")
    urls = [
        f"http://PLANTEDuser:PLANTEDpw@{host}/feed.xml?token=PLANTEDtoken&PLANTEDbarekey0123",
        f"http://PLANTEDuser:PLANTEDpw@{host}/page?key=PLANTEDkey",
        f"http://PLANTEDuser:PLANTEDpw@{host}/gone.xml?key=PLANTEDkey",
        "http://PLANTEDuser:PLANTEDpw@feeds.invalid/a.xml?key=PLANTEDkey",
        "file:///none/a.xml?key=PLANTEDkey",
    ]
    return "[reader]\nrefresh_minutes = 0\n" + "".join(f'[[feed]]\nurl = "{url}"\n' for url in urls)


def spilled(folder: Path) -> list[str]:
    """The files with something planted in them, but for feeds.toml, the database and copies of it."""
    found = []
    for path in folder.rglob("*"):
        is_store = path.name.startswith("huoyuan.db") or path.parent.name == "backups"
        if path.is_file() and path.name != "feeds.toml" and not is_store and PLANTED in path.read_bytes():
            found.append(path.name)
    return found


def seen_by_others() -> bytes:
    """The command lines of all processes, as `ps` shows them."""
    lines = b""
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines += process.read_bytes()
        except OSError:
            continue
    return lines


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="no /proc")
def test_what_is_secret_comes_out_nowhere(run: Run, tmp_path: Path) -> None:
    good = feed_xml(3, extra=RELATIVE.decode()).replace("<title>测试源</title>".encode(), b"")
    proxies = {"HTTP_PROXY": "http://me:PLANTEDproxy@127.0.0.1:9", "NO_PROXY": ""}
    with FeedServer({"/feed.xml": good, "/page": PAGE}) as server:
        run.config.write_text(feeds_toml(server), "utf-8")
        said = ""
        for command in (
            ["refresh"],
            ["refresh", "--force", "--json"],
            ["list", "--json"],
            ["show", "1", "--json"],
            ["contacts", "--format", "csv"],
            ["backup", str(tmp_path / "huoyuan.db-copy")],
            ["doctor"],
        ):
            done = run(*command, **proxies)
            assert done.returncode in {0, 1}, done.stderr
            said += done.stdout + done.stderr
        assert server.requests
        places = ("--config", str(run.config), "--data", str(run.database.parent))
        with Program(*places, HTTP_PROXY=proxies["HTTP_PROXY"], NO_PROXY="") as program:
            program.wait_for("relative")
            program.type(b"hj")
            program.rest()
            program.type(b"R")
            program.rest()
            assert PLANTED not in seen_by_others()
            program.type(b"q")
            assert program.ended() == 0
            assert PLANTED not in program.written
    assert "PLANTED" not in said
    assert "127.0.0.1" in said
    assert spilled(tmp_path) == []
    run.config.write_text('[[feed]]\nurl = "ftp://PLANTEDuser:PLANTEDpw@a.example/?key=PLANTEDkey"\n')
    assert "PLANTED" not in run("list").stderr
    line = '[[feed]]\nurl = "http://PLANTEDuser:PLANTEDpw@a.example/?key=PLANTEDkey"\n'
    run.config.write_text(line + line)
    told = run("doctor").stdout
    assert "a.example" in told
    assert "PLANTED" not in told


def test_nobody_else_can_read_what_is_written_whatever_the_umask(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.config.unlink()
    before = os.umask(0)
    try:
        for command in ("list", "backup"):
            assert run(command).returncode == 0
    finally:
        os.umask(before)
    data = run.database.parent
    files = [path for path in (run.config, *data.rglob("*")) if path.is_file()]
    assert len(files) >= 3
    assert {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in files if path.stat().st_mode & 0o077
    } == {}
    assert stat.S_IMODE(data.stat().st_mode) == 0o700


def fail(password: str) -> None:
    raise ValueError(f"no good: {password}")


def fail_again(password: str) -> None:
    try:
        fail(password)
    except ValueError as error:
        raise RuntimeError(password) from error


def test_a_crash_tells_places_and_nothing_else() -> None:
    with pytest.raises(RuntimeError) as caught:
        fail_again("PLANTED")
    told = crash.told(caught.value)
    assert "PLANTED" not in told
    assert "test_secrets.py" in told
    assert told.startswith("RuntimeError\n")
    assert " fail" in told
    assert str(Path(__file__).parent.parent) not in told


async def test_a_crash_of_the_screen_tells_no_locals(capsys: pytest.CaptureFixture[str]) -> None:
    class Failing(DiscreetApp, inherit_bindings=False):
        def on_mount(self) -> None:
            fail("PLANTED")

    app = Failing()
    with pytest.raises(ValueError, match="PLANTED"):
        async with app.run_test():
            pass
    said = capsys.readouterr()
    assert "PLANTED" not in said.out + said.err
    assert "ValueError" in said.out + said.err
    assert app.return_code == 1


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/feed.xml", "https://a.example/feed.xml"),
        ("https://a.example/?feed=rss2&cat=12", "https://a.example/?feed=rss2&cat=12"),
        ("https://a.example/?tag=%E5%A5%B3&q=hosen", "https://a.example/?tag=%E5%A5%B3&q=hosen"),
        ("https://a.example/?cat=a1b2c3&mytag=hosen", "https://a.example/?cat=…&mytag=…"),
        ("https://u:p@a.example/feed?token=s3cret#x", "https://a.example/feed?token=…"),
        ("https://u:p@ss@a.example/feed", "https://a.example/feed"),
        ("https://a.example/?s3cretkey99", "https://a.example/?…"),
        ("https://a.example/f/0123456789abcdef0123/rss", "https://a.example/f/…/rss"),
        ("http://u@127.0.0.1:8080/x?a=1;key=geheim", "http://127.0.0.1:8080/x?a=1;key=…"),
        ("u:p@a.example/feed", "…@a.example/feed"),
        ("sample:huoyuan.xml", "sample:huoyuan.xml"),
    ],
)
def test_addresses_as_they_are_shown(url: str, shown: str) -> None:
    assert shown_url(url) == shown
    assert redacted(f"看 {url} 吧") == f"看 {shown} 吧"
    assert without_user(shown) == shown


if sys.platform == "win32":
    pytest.skip("no pseudo-terminals", allow_module_level=True)
