"""The command line as users and cron run it: data on stdout, words on stderr, exit codes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from tests import hostile as hostile_texts
from tests.conftest import Warm
from tests.ui.stage import item_xml
from tui.cli import main
from tui.errors import Code, Problem
from tui.feed_values import Refreshed
from tui.headless import extract
from tui.i18n import load_words
from tui.refresh_command import _result_line
from tui.store.connection import open_store
from tui.store.marks import mark_hidden

HOME = Path(__file__).parent.parent


class Run:
    """Runs huoyuan with a config and a data folder of its own, in a warm process where one is given."""

    def __init__(self, folder: Path, warm: Warm | None = None) -> None:
        self.folder = folder
        self.warm = warm
        self.config = folder / "feeds.toml"
        self.config.write_text('[[feed]]\nurl = "sample:huoyuan.xml"\n', "utf-8")

    def __call__(self, *arguments: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
        own = {"HUOYUAN_CONFIG": str(self.config), "HUOYUAN_DATA": str(self.folder / "data")}
        return subprocess.run(
            self._command(arguments, environ),
            cwd=HOME,
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**os.environ, "LANG": "zh_CN.UTF-8", "TZ": "CST-8", **own, **environ},
            timeout=60,
            check=False,
        )

    def _command(self, arguments: tuple[str, ...], environ: dict[str, str]) -> list[str]:
        # another language decides how the interpreter itself starts
        if self.warm is None or any(name.startswith(("LANG", "LC_", "PYTHON")) for name in environ):
            return [sys.executable, "-m", "tui", *arguments]
        return self.warm("tui", *arguments)

    @property
    def database(self) -> Path:
        return self.folder / "data" / "huoyuan.db"


@pytest.fixture
def run(tmp_path: Path, warm: Warm) -> Run:
    return Run(tmp_path, warm)


def test_hidden_articles_are_listed_apart(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    places = ["--config", str(run.config), "--data", str(run.folder / "data")]
    assert main([*places, "refresh"]) == 0
    db = open_store(run.database)
    mark_hidden(db, [2], True, 1)
    db.close()
    capsys.readouterr()
    listed = []
    for flags in ([], ["--hidden"]):
        assert main([*places, "list", *flags, "--json"]) == 0
        listed.append([json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()])
    assert 2 not in listed[0]
    assert len(listed[0]) == 8
    assert listed[1] == [2]


def test_refresh_list_show_search_contacts(tmp_path: Path) -> None:
    run = Run(tmp_path)
    refreshed = run("refresh")
    assert (refreshed.returncode, refreshed.stderr) == (0, "")
    assert "新 9" in refreshed.stdout
    listed = run("list", "--json", "--limit", "3")
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    assert len(rows) == 3
    assert rows[0]["published"] > rows[1]["published"]
    shown = json.loads(run("show", str(rows[0]["id"]), "--json").stdout)
    assert shown["article"]["title"] == rows[0]["title"]
    assert rows[0]["title"] in run("show", str(rows[0]["id"])).stdout
    assert "一线微商反思" in run("search", "微店").stdout
    assert run("search", "没有这个词组").stdout == ""
    found = [json.loads(line) for line in run("contacts", "--json").stdout.splitlines()]
    assert {"name", "contacts", "articles", "standing"} <= found[0].keys()
    assert "nzhuo_8862" in run("contacts", "nzhuo").stdout
    assert run("contacts", "--format", "csv").stdout.count("\n") > 5
    assert "BEGIN:VCARD" in run("contacts", "--format", "vcard").stdout
    assert run("contacts", "--standing", "blocked").stdout == ""


def test_an_export_holds_every_merchant(run: Run, tmp_path: Path) -> None:
    items = "".join(item_xml(number, wechat=f"shop_{number:04d}") for number in range(70))
    (tmp_path / "many.xml").write_text(f"<rss version='2.0'><channel>{items}</channel></rss>", "utf-8")
    run.config.write_text(f'[[feed]]\nurl = "file:{tmp_path}/many.xml"\n', "utf-8")
    run("refresh")
    assert run("contacts", "--format", "vcard").stdout.count("BEGIN:VCARD") == 70
    assert run("contacts", "--format", "vcard", "--limit", "3").stdout.count("BEGIN:VCARD") == 3


def test_refresh_tells_a_failure_by_its_exit_code(run: Run) -> None:
    run.config.write_text('[[feed]]\nurl = "file:///no/such/file.xml"\n[[feed]]\nurl = "sample:gbk.xml"\n')
    refreshed = run("refresh", "--json")
    assert refreshed.returncode == 1
    results = [json.loads(line) for line in refreshed.stdout.splitlines()]
    assert [result["problem"]["code"] if result["problem"] else None for result in results] == [
        "file_unreadable",
        None,
    ]


def test_extract_reads_json_lines(run: Run) -> None:
    given = '{"id": 7, "text": "加微信：nzhuo_8862 拿货"}\n\n{"id": 8, "text": "今天天气好"}\n'
    done = run("extract", stdin=given)
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert first["id"] == 7
    assert [(c["kind"], c["value"], c["start"], c["end"]) for c in first["contacts"]] == [
        ("wechat", "nzhuo_8862", 4, 14)
    ]
    assert second == {"id": 8, "contacts": []}


@pytest.mark.parametrize("line", ["{", "[]", '{"id": 1}', '{"id": 1, "text": 5}'])
def test_extract_names_the_bad_line(run: Run, line: str) -> None:
    done = run("extract", stdin='{"id": 1, "text": "好"}\n' + line + "\n")
    assert done.returncode == 2
    assert "第 2 行" in done.stderr
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[reader]\nthemes = 1\n", ["第 2 行", "themes", "是不是“theme”"]),
        ("[reader]\nrefresh_minutes = 'x'\n", ["第 2 行", "refresh_minutes"]),
        ("[[feed]]\ntitle = 'a'\n", ["第 1 行", "url"]),
        ("[keys]\nsort = 'j'\nundo = 'j'\n", ["第 3 行", "sort", "undo"]),
        ("[reader\n", ["第 1 行"]),
    ],
)
def test_a_broken_config_names_file_line_and_key(run: Run, toml: str, words: list[str]) -> None:
    run.config.write_text(toml, "utf-8")
    done = run("list")
    assert done.returncode == 2
    assert str(run.config) in done.stderr
    for word in words:
        assert word in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_first_start_writes_an_example_config(run: Run) -> None:
    run.config.unlink()
    done = run("list")
    assert done.returncode == 0
    assert "[[feed]]" in run.config.read_text("utf-8")
    assert str(run.config) in done.stderr


def test_no_terminal_and_a_dumb_one_are_refused_in_one_line(run: Run) -> None:
    done = run()
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "huoyuan list" in done.stderr


def test_a_file_that_is_no_database_is_left_alone(run: Run) -> None:
    run.database.parent.mkdir()
    run.database.write_bytes(b"my thesis\n" * 999)
    done = run("list")
    assert done.returncode == 2
    assert str(run.database) in done.stderr
    assert run.database.read_bytes() == b"my thesis\n" * 999


def test_a_newer_database_is_left_alone(run: Run) -> None:
    run("refresh")
    connection = apsw.Connection(str(run.database))
    connection.execute("CREATE TABLE later (id); PRAGMA user_version = 999")
    connection.close()
    done = run("list")
    assert done.returncode == 2
    assert "更新的版本" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_data_folder_that_cannot_be_made_is_told(run: Run) -> None:
    (run.folder / "data").write_text("a file stands where the folder should be")
    done = run("list")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "--data" in done.stderr


def test_words_and_wrong_use(run: Run) -> None:
    assert "huoyuan search" in run("--help").stdout
    assert run("--version").stdout.startswith("huoyuan 0.")
    assert run("show", "99999").returncode == 2
    assert run("list", "--category", "没有").returncode == 2
    assert run("contacts", "--category", "没有").returncode == 2
    assert run("fly").returncode == 2
    refused = run("contacts", "--standing", "friend")
    assert refused.returncode == 2
    assert "'blocked'" in refused.stderr
    assert "<" not in refused.stderr
    english = run("show", "99999", LANG="en_US.UTF-8", LC_ALL="")
    assert "no article 99999" in english.stderr


def test_a_line_about_a_feed_says_what_came_and_what_is_to_be_known() -> None:
    note = Problem(Code.ENTRIES_CUT, {"kept": 5, "count": 7})
    words = load_words("zh")
    assert _result_line(Refreshed(1, "甲", new=5, problem=note), words) == (
        "甲：新 5，变 0 这个订阅源有 7 条，只保留前 5 条。"
    )
    assert _result_line(Refreshed(1, "甲", not_modified=True), words) == "甲：没有变化"
    failed = _result_line(Refreshed(1, "甲", problem=Problem(Code.EMPTY)), words)
    assert failed.startswith("甲：")
    assert "变" not in failed


def test_what_an_id_hides_comes_back_as_escapes(run: Run) -> None:
    for hostile in (*hostile_texts.ALL.values(), "\x9b2J\ud800\U000e0041"):
        given = json.dumps({"id": hostile, "text": f"微信：wx_{hostile}abc123"})
        out = run("extract", stdin=given).stdout if hostile.startswith("\x9b2J\ud800") else _extracted(given)
        assert hostile_texts.unsafe(out.rstrip("\n")) == set()
        assert json.loads(out)["id"] == hostile


def _extracted(line: str) -> str:
    out = io.StringIO()
    extract(io.StringIO(line), out)
    return out.getvalue()
