"""Every screen of the program on a real terminal, over a feed that is hostile in every place it can reach."""

from __future__ import annotations

import csv
import io
import os
import shlex
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

import pytest
import segno
from rich.segment import Segment
from rich.style import Style

from tests import hostile
from tests.e2e.pty_program import HOME, Program
from tests.e2e.terminal_bytes import copies, strangers, without_sequences
from tests.e2e.tmux_program import Tmux
from tests.http_server import FeedServer, Raw, Reply, Route
from tui import clipboard
from tui.cli import Setting, main
from tui.config import load
from tui.headless import show_command
from tui.i18n import load_words
from tui.store import lists
from tui.store.connection import open_store
from tui.text.width import cells
from tui.ui.asking import copied_words
from tui.ui.contact_order import grouped, ordered
from tui.ui.driver.strips import make_line
from tui.ui.widgets.article_list import CODES
from tui.ui.widgets.contact_panel import panel_lines

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

EVERY = "".join(hostile.ESCAPES.values()) + "".join(hostile.MARKUP.values())
ESCAPE = "\x1b"
BACK = "商户联系"
"""Written whenever the whole main screen is."""

PASTE = f"\x1b[200~\x9b31m\u202e坏\x90{hostile.MARKUP['end of none']}\x9d52;c;eA==\x07\x1b[201~"
COUNT = len(hostile.ALL)
LAST = 2 * COUNT


def code_png() -> bytes:
    """An image of a QR code whose payload is a link with everything in it that fits."""
    drawn = io.BytesIO()
    payload = f"http://evil.example/{hostile.ESCAPES['clipboard']}{hostile.MARKUP['click']}"
    segno.make_qr(payload, error="l").save(drawn, kind="png", scale=6)
    return drawn.getvalue()


@dataclass(frozen=True, slots=True)
class Stall:
    """A store filled by hostile feeds, feeds of a hostile list behind them, and what filling it said."""

    places: tuple[str, ...]
    database: Path
    refreshed: subprocess.CompletedProcess[bytes]
    imported: subprocess.CompletedProcess[bytes]

    def run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """A command with its streams in pipes."""
        command = [sys.executable, "-m", "tui", *self.places, *arguments]
        return subprocess.run(command, cwd=HOME, capture_output=True, check=False)


@pytest.fixture(scope="module")
def stall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stall]:
    folder = tmp_path_factory.mktemp("hostile")
    with FeedServer() as server:
        host = server.url("")
        routes: dict[str, Route] = {
            "/json": Reply(hostile.json_feed(host), headers={"ETag": f'"\x9b2J{hostile.MARKUP["end"]}"'}),
            "/rss": hostile.rss_feed(host),
            "/reason": Raw([b"HTTP/1.1 500 \x1b]52;c;eA==\x07[/red]\r\nContent-Length: 0\r\n\r\n"]),
            "/page": hostile.page(EVERY),
            "/none": f"<html><link rel=alternate type='application/rss+xml' href='/x{EVERY}'>".encode(),
            "/moved": Reply(status=302, headers={"Location": "gopher://evil.example/\x9b2J[/red]"}),
            "/code.png": Reply(code_png(), headers={"Content-Type": "image/png"}),
        }
        pages = {f"/page/{number}": hostile.page(EVERY) for number in range(COUNT)}
        server.routes |= routes | pages
        feeds = ("/json", "/rss", "/reason", "/none", "/moved")
        (folder / "feeds.toml").write_text(
            '[reader]\nrefresh_on_start = false\nrefresh_minutes = 0\nlanguage = "zh"\n'
            + "".join(f'[[feed]]\nurl = "{server.url(path)}"\n' for path in feeds),
            "utf-8",
        )
        places = ("--config", str(folder / "feeds.toml"), "--data", str(folder / "data"))
        nothing = subprocess.CompletedProcess[bytes]((), 0)
        empty = Stall(places, folder / "data" / "huoyuan.db", nothing, nothing)
        refreshed = empty.run("refresh")
        (folder / "list.opml").write_bytes(hostile.opml("https://shop.example", hostile.ALL.values()))
        imported = empty.run("import-opml", str(folder / "list.opml"))
        yield replace(empty, refreshed=refreshed, imported=imported)


class Walk:
    """Walks through the program and keeps everything it writes."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.written = b""

    def shows(self, *texts: str) -> None:
        """Wait until all of these have been written since the last step."""
        for text in texts:
            self.program.wait_for(text)

    def press(self, keys: str | bytes, *texts: str) -> None:
        """Press keys and wait for what they show."""
        self.written += self.program.written
        self.program.forget()
        self.program.type(keys.encode() if isinstance(keys, str) else keys)
        self.shows(*texts)

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size and wait for the whole screen."""
        self.written += self.program.written
        self.program.forget()
        self.program.resize(columns, rows)
        self.shows(f"/{LAST} ")

    def end(self) -> bytes:
        """Leave the program; gives all that was written."""
        self.press("q")
        assert self.program.ended() == 0
        self.program.rest(0.1)
        return self.written + self.program.written


def read(markup: str) -> str:
    """What is read of markup in a title, which is HTML."""
    return unescape(markup.partition("<script>")[0])


def test_no_screen_lets_a_feed_reach_the_terminal(stall: Stall) -> None:
    with Program(*stall.places, columns=120, rows=100) as program:
        walk = Walk(program)
        walk.shows("复制微信", "商户联系", place(1))
        every_row(walk)
        every_feed(walk, stall.imported.stdout.decode().count("已添加\t"))
        every_panel(walk)
        the_book(walk)
        what_is_typed(walk)
        every_size(walk)
        written = walk.end()
    assert [*strangers(written)] == []
    text = without_sequences(written)
    for number, markup in enumerate(hostile.MARKUP.values(), COUNT - len(hostile.MARKUP)):
        assert f"第{number:02}篇甲{read(markup)[:20]}" in text, markup
    for number in range(COUNT):
        assert f"夹{number:02}" in text
        assert f"列{number:02}甲" in text
    texts = set(copies(written))
    (link,) = texts - {"nzhuo_0000", "blk_0000"}
    assert link.startswith("http://127.0.0.1:")


def place(number: int) -> str:
    """How the head of the list tells the cursor's place, behind the colour that it is written in."""
    return f"m {number}/{LAST} "


def every_row(walk: Walk) -> None:
    """The list from its end, with every article and its contacts."""
    walk.press("G", place(LAST), "nzhuo_0000")
    for number in range(LAST - 1, COUNT, -1):
        walk.press("k", place(number))
    walk.press("gg", place(1))


def every_feed(walk: Walk, imported: int) -> None:
    """The categories and feeds, from their end: of a hostile list, then those that could not be read."""
    assert imported > COUNT
    walk.press("\x1b[ZG", f"列{COUNT - 1}")
    walk.press(f"{imported}k", "只能读取")
    walk.press("k", "不是订阅源")
    walk.press("k", "500")
    walk.press("gg", f"夹{COUNT - 1}")
    walk.press("\tggG", place(LAST))


def every_panel(walk: Walk) -> None:
    """One article opened: chooser, copies, codes, its page, links, help, palette, orders."""
    walk.press("\rY", "复制哪一个？")
    walk.press("2", "已发送", "blk_0000")
    walk.press("1y", "已发送", "nzhuo_0000")
    walk.press("w", "扫一扫", "evil.example")
    walk.press("q", BACK)
    walk.press("o", "没有可用的浏览器")
    walk.press("1o", "另一个网站：evil.example")
    walk.press(ESCAPE, BACK)
    walk.press("L", "文章里的链接", "evil.example")
    walk.press("y", "已发送 链接")
    walk.press("x", "已取全文", "网页上的正文")
    walk.press("?", "帮助")
    walk.press(ESCAPE, BACK)
    walk.press("\x10", "输入命令")
    walk.press(ESCAPE, BACK)
    walk.press("s", "最新在前")
    walk.press(ESCAPE, BACK)


def the_book(walk: Walk) -> None:
    """The contact book: list, details, choices, notes."""
    walk.press("C", "联系簿", "nzhuo_")
    walk.shows("首次出现")
    walk.press("\x04\x04\x04c", "只看哪个类目")
    walk.press("G")
    walk.press(ESCAPE, "拆分")
    walk.press("n", "备注：")
    walk.press(PASTE + "\r", "已记下备注")
    walk.press("s", "这个商户怎样了")
    walk.press("2", "◐ 已复制：")
    walk.press("q", BACK)


def what_is_typed(walk: Walk) -> None:
    """Search and fields, with text that was pasted from a hostile page."""
    walk.press("/", "搜索标题")
    walk.press(PASTE, "没有找到")
    walk.press(ESCAPE, f"/{LAST} ")
    walk.press("/", "搜索标题")
    walk.press("甲", "搜索“甲")
    walk.press(ESCAPE, f"/{LAST} ")
    walk.press("\x10", "输入命令")
    walk.press(PASTE, "[/red]")
    walk.press(ESCAPE, BACK)


def every_size(walk: Walk) -> None:
    """The same in the sizes that fold the panes."""
    for columns, rows in ((80, 24), (50, 20)):
        walk.resize(columns, rows)
        walk.press("Y", "复制哪一个？")
        walk.press(ESCAPE, f"/{LAST} ")
        walk.press("C", "联系簿")
        walk.press("jjj\r", "首次出现")
        walk.press("q", f"/{LAST} ")


def test_no_command_writes_what_a_feed_would(stall: Stall, capfd: pytest.CaptureFixture[str]) -> None:
    assert [*strangers(stall.refreshed.stdout + stall.refreshed.stderr)] == []
    assert [*strangers(stall.imported.stdout + stall.imported.stderr)] == []
    assert stall.refreshed.stdout.count(b"\n") == 5
    contacts = [("contacts",), *(("contacts", "--format", form) for form in ("csv", "vcard", "json"))]
    listings = [("list", "--limit", "500"), ("search", "--limit", "500", "甲")]
    for command in (*contacts, *listings):
        for option in ((), ("--json",)):
            assert main([*stall.places, *command, *option]) == 0
    setting = Setting(load_words("zh"), load(Path(stall.places[1])), stall.database, {})
    for number in range(1, LAST + 1):
        assert show_command(Namespace(id=number, json=number % 2 == 0), setting) == 0
    written = capfd.readouterr()
    assert [*strangers(written.out.removeprefix("\ufeff").replace("\ufeff", "").encode())] == []
    assert written.err == ""
    assert written.out.count("[@click=app.quit]点我[/]") > 20


@pytest.mark.parametrize("command", ["list --limit 500", "contacts --json", "list --category 无"])
def test_no_command_writes_it_to_a_terminal(stall: Stall, command: str) -> None:
    with Program(*stall.places, *command.split()) as program:
        assert program.ended() in {0, 1, 2}
        program.rest(0.05)
        assert len(program.written) > 300
        assert [*strangers(program.written)] == []


def test_a_cell_that_a_spreadsheet_would_run_is_text(stall: Stall) -> None:
    rows = [*csv.reader(io.StringIO(stall.run("contacts", "--format", "csv").stdout.decode(), newline=""))]
    assert len(rows) > COUNT
    assert [cell for row in rows[1:] for cell in row if cell[:1] in {*"=+-@\t\r|%"}] == []


def test_contacts_are_shown_as_they_are_copied(stall: Stall) -> None:
    """Of every payload: panel, chooser and message draw the very text that a copy gives."""
    database = open_store(stall.database, write=False)
    say = load_words("zh")
    compared = 0
    for number in range(1, LAST + 1):
        stored = lists.article(database, number)
        assert stored is not None
        lines = {line.number: line.value for line in panel_lines(stored, None, 0, say) if line.number >= 0}
        for place, contact in enumerate(ordered(stored.article.contacts)):
            if contact.kind in CODES:
                continue
            copied = clipboard.copy(contact.value, {"PATH": ""})
            assert hostile.unsafe(copied.text) == set()
            for shown in (lines[place], grouped(contact.kind, contact.value)):
                assert drawn(shown).replace(" ", "") == copied.text
            assert f" {copied.text} " in drawn(copied_words(say, contact.kind, copied))
            compared += 1
    database.close()
    assert compared > 3 * COUNT


def drawn(text: str) -> str:
    """What of a text is on the screen."""
    return make_line([Segment(text)], 200, Style()).text.rstrip()


def test_in_tmux_buffer_title_and_screen_stay(stall: Stall, tmux: Tmux) -> None:
    environ = {"LANG": "C.UTF-8", "PATH": os.environ["PATH"], "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    tmux.start(environ)
    tmux.set("set-clipboard", "on")
    tmux.put("SAFE")
    title = tmux.told("pane_title")
    tmux.keys(
        f"cd {shlex.quote(str(HOME))} && clear && {shlex.join((sys.executable, '-m', 'tui', *stall.places))}",
        "Enter",
    )
    tmux.shows(f"1/{LAST} ")
    for keys in ("C-f", "C-f", "C-f", "G", "C-b", "C-b"):
        place = tmux.screen().split(f"/{LAST} ")[0][-3:]
        tmux.keys(keys)
        tmux.wait(lambda place=place: tmux.screen().split(f"/{LAST} ")[0][-3:] != place)  # type: ignore[misc]
    assert (tmux.told("alternate_on"), tmux.told("pane_title"), tmux.buffer()) == ("1", title, "SAFE")
    tmux.keys("/")
    tmux.shows("搜索标题")
    tmux.type(f"第47篇甲{hostile.MARKUP['click']}")
    tmux.shows("1/1 ")
    tmux.keys("Enter")
    # its article is the one that is clicked on, whichever was open before
    tmux.shows("链[@click")
    click_all(tmux, "点我")
    # what can be clicked is the feed's own link, which asks
    tmux.shows("通向另一个网站：evil.example")
    tmux.keys("n")
    tmux.wait(lambda: "通向另一个网站" not in tmux.screen())
    tmux.keys("1", "y")
    tmux.wait(lambda: tmux.buffer() != "SAFE")
    tmux.shows("已复制")
    # what is copied is what is said
    tmux.shows(f" {tmux.buffer()}（")
    assert (tmux.told("alternate_on"), tmux.told("pane_title")) == ("1", title)


def click_all(tmux: Tmux, text: str) -> None:
    """Click wherever a text stands on the screen."""
    for y, line in enumerate(tmux.screen().splitlines(), 1):
        before, found, _ = line.partition(text)
        if found:
            x = cells(before) + 1
            tmux.type(f"\x1b[<0;{x};{y}M\x1b[<0;{x};{y}m")
