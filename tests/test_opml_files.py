"""Lists of feeds by the command line: what a file of others may bring, and what ours gives away."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import hostile
from tests.e2e.terminal_bytes import strangers
from tests.feeds.test_opml import SAMPLES
from tui import feed_edits
from tui.cli import main
from tui.config import load
from tui.feed_values import FeedSpec
from tui.model import Undone
from tui.store import steps
from tui.store.connection import open_store
from tui.store.feeds import states
from tui.store.guard import transaction

A = "https://a.example/feed"
FILE = f'# mine\n[reader]\nlanguage = "en"\n\n[[feed]] # a\nurl = "{A}"\n\n# the end\n'
LISTS = {path.stem: path for path in SAMPLES}


class Desk:
    """A feeds.toml, a store, and the command line before them."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.config, self._capsys = folder, folder / "feeds.toml", capsys
        self.config.write_text(FILE, "utf-8")

    def run(self, *arguments: str) -> tuple[int, str, str]:
        code = main(["--config", str(self.config), "--data", str(self.folder), *arguments])
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def take(self, data: bytes | str) -> tuple[int, list[dict[str, object]]]:
        """Import a list; gives what became of each of its feeds."""
        path = self.folder / "list.opml"
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        code, out, _ = self.run("import-opml", str(path), "--json")
        return code, [json.loads(line) for line in out.splitlines()]

    @property
    def text(self) -> str:
        return self.config.read_text("utf-8")

    @property
    def feeds(self) -> tuple[FeedSpec, ...]:
        return load(self.config).feeds


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def opml(*urls: str, name: str = "源") -> str:
    outlines = (f'<outline text="{name}" xmlUrl="{url}"/>' for url in urls)
    return f"<opml>{''.join(outlines)}</opml>"


def test_new_feeds_come_behind_the_others_and_go_together(desk: Desk) -> None:
    code, out, err = desk.run("import-opml", str(LISTS["feedly"]))
    assert code == 0
    assert out.splitlines() == [
        "added\t十三行早市\t女装货源",
        "added\tSourcing & Trends\t女装货源",
        "added\t织里童装\t童装货源",
        "known\t十三行早市\t童装货源",
    ]
    assert err.startswith("3 added, 1 were there already, 0 refused.")
    first = FeedSpec("https://zaoshi.example/rss?cat=nv&n=50", "十三行早市", "女装货源")
    assert desk.feeds[:2] == (FeedSpec(A), first)
    assert len(desk.feeds) == 4
    assert [line for line in FILE.splitlines() if line not in desk.text.splitlines()] == []
    code, out, err = desk.run("import-opml", str(LISTS["feedly"]))
    assert (code, err[:7]) == (0, "0 added")
    db = open_store(desk.folder / "huoyuan.db")
    assert [state.url for state in states(db)] == [feed.url for feed in desk.feeds]
    undone = steps.finish(feed_edits.undo_steps(db, desk.config, 1, lambda _: None))
    assert undone == Undone("add_feed", 3, "十三行早市")
    assert desk.text == FILE
    assert [state.url for state in states(db)] == [A]
    db.close()


def test_a_step_of_a_version_that_knew_one_feed_only_is_taken_back(desk: Desk) -> None:
    desk.take(opml("https://b.example/"))
    db = open_store(desk.folder / "huoyuan.db")
    was = json.loads(db.execute("SELECT was FROM undo_part").get)
    was["url"] = was.pop("urls")[0]
    with transaction(db):
        db.execute("UPDATE undo_part SET was = ?", (json.dumps(was),))
    undone = steps.finish(feed_edits.undo_steps(db, desk.config, 1, lambda _: None))
    assert (undone, desk.text) == (Undone("add_feed", 1, "源"), FILE)
    db.close()


def test_commands_filters_and_files_stay_outside(desk: Desk) -> None:
    code, done = desk.take(LISTS["newsboat"].read_bytes())
    assert code == 1
    codes = [taken["problem"]["code"] for taken in done if taken["outcome"] == "refused"]  # type: ignore[index]
    assert codes == [*["opml_command"] * 4, "bad_scheme"]
    assert done[0]["outcome"] == "known"
    assert desk.text == FILE
    _, out, _ = desk.run("import-opml", str(LISTS["newsboat"]))
    assert "exec:~/bin/fetch --all runs a program" in out


def test_no_file_leads_into_the_users_own_network(desk: Desk) -> None:
    numbers = (
        "127.0.0.1",
        "192.168.1.1:8080",
        "[::1]",
        "0x7f.1",
        "2130706433",
        "10.0.0.7.",
        "[::ffff:10.0.0.1]",
    )
    names = ("localhost", "nas", "router.lan", "a.local", "a.example@169.254.169.254", "x\\@10.0.0.1")
    code, done = desk.take(opml(*(f"http://{host}/feed" for host in (*numbers, *names))))
    assert code == 1
    assert [taken["problem"]["code"] for taken in done] == ["opml_private"] * 13  # type: ignore[index]
    assert desk.text == FILE


def test_what_is_wrong_costs_the_others_nothing(desk: Desk) -> None:
    wrong = (
        "ftp://a.example/",
        "http://",
        "http://[",
        "b.example",
        "http://b.example:0/",
        "http://b .example/",
    )
    code, done = desk.take(
        opml(*wrong, "sample:huoyuan.xml", f"http://b.example/{'a' * 5_000}", "https://b.example/")
    )
    assert code == 1
    assert [taken["outcome"] for taken in done] == [*["refused"] * 8, "added"]
    assert [feed.url for feed in desk.feeds] == [A, "https://b.example/"]


def test_names_that_are_addresses_bring_no_password(desk: Desk) -> None:
    desk.take(opml("https://me:PLANTED@b.example/?key=x", name="https://me:PLANTED@b.example/?key=x1"))
    desk.take(opml("https://c.example/", name="at http://me:PLANTED@c.example/"))
    assert [(feed.url, feed.title) for feed in desk.feeds[1:]] == [
        ("https://me:PLANTED@b.example/?key=x", ""),
        ("https://c.example/", "at http://c.example/"),
    ]


def test_a_file_that_is_none_is_said_and_changes_nothing(desk: Desk) -> None:
    for arguments, word in (
        (str(desk.config), "no OPML"),
        (str(desk.folder), "could not be read"),
        ("no\0file", "could not be read"),
    ):
        code, out, err = desk.run("import-opml", arguments)
        assert (code, out) == (2, "")
        assert word in err
    assert desk.text == FILE
    code, out, err = desk.run("import-opml", str(LISTS["broken_cut"]))
    assert (code, out.splitlines()) == (1, ["known\t甲\t女装", "added\t乙\t女装"])
    assert "broken" in err


def test_a_list_from_standard_input(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.BytesIO(opml("https://b.example/").encode())
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=given))
    assert desk.run("import-opml", "-")[0] == 0
    assert len(desk.feeds) == 2


SECRET = (
    '[[feed]]\nurl = "https://me:PLANTEDpw@b.example/feed?tag=x"\ntitle = "B"\ncategory = "女装"\n'
    '[[feed]]\nurl = "https://c.example/feed?token=PLANTEDtoken"\ntitle = "C"\n'
    '[[feed]]\nurl = "file:///home/PLANTED/feed.xml"\n[[feed]]\nurl = "sample:huoyuan.xml"\n'
    '[[feed]]\nurl = "https://me:PLANTEDpw@d.example/#top"\ncategory = "at http://me:PLANTED@e.example/"\n'
)


def test_an_export_gives_no_secret_away_and_says_what_it_left_out(desk: Desk) -> None:
    desk.config.write_text(FILE + SECRET, "utf-8")
    code, out, err = desk.run("export-opml")
    assert "PLANTED" not in out + err.replace("/home/PLANTED/", "")
    assert out.count("xmlUrl") == 3
    assert '<outline type="rss" text="B" title="B" xmlUrl="https://b.example/feed?tag=x"/>' in out
    assert [line.partition(":")[0] for line in err.splitlines() if line[:1] in "BC"] == ["B", "C"]
    assert len(err.splitlines()) == 4
    assert code == 1
    before = desk.text
    code, done = desk.take(out)
    assert (code, {taken["outcome"] for taken in done}) == (0, {"known"})
    assert desk.text == before


def test_what_is_exported_can_be_imported(desk: Desk) -> None:
    for name in ("feedly", "ttrss", "opml20", "inoreader"):
        desk.run("import-opml", str(LISTS[name]))
    code, out, err = desk.run("export-opml")
    assert (code, err) == (0, "")
    feeds = desk.feeds
    desk.config.write_text("", "utf-8")
    assert desk.take(out)[0] == 0
    assert {*desk.feeds} == {*feeds}


def test_hostile_names_and_addresses_are_told_and_kept_as_plain_text(desk: Desk) -> None:
    data = hostile.opml("https://shop.example", map(hostile.sound, hostile.ALL.values()))
    (desk.folder / "list.opml").write_bytes(data)
    for option in ((), ("--json",)):
        _, out, err = desk.run("import-opml", str(desk.folder / "list.opml"), *option)
        assert [*strangers((out + err).encode())] == []
    assert len(desk.feeds) > len(hostile.ALL)
    assert all(hostile.unsafe(feed.url + feed.title + feed.category) == set() for feed in desk.feeds)
    _, out, err = desk.run("export-opml")
    assert [*strangers((out + err).encode())] == []
    assert out.count("[@click=app.quit]点我[/]") > 2
