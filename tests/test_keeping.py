"""Backups, their way back and the doctor, as users type them; a damaged database at a start."""

from __future__ import annotations

import json
import os
import stat
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from tests.conftest import Warm
from tests.e2e.pty_program import Program
from tests.test_cli import Run
from tui.store.connection import open_store
from tui.store.marks import mark_favorite, mark_read

NOW = 1_800_000_000


@pytest.fixture
def run(tmp_path: Path, warm: Warm) -> Run:
    run = Run(tmp_path, warm)
    run("refresh")
    # whatever the umask
    run.config.chmod(0o600)
    return run


def mark(run: Run) -> None:
    with closing(open_store(run.database)) as db:
        mark_read(db, [1, 2, 3], True, NOW)
        mark_favorite(db, [4], True, NOW)


def marks(run: Run) -> tuple[int, int]:
    with closing(open_store(run.database)) as db:
        found: tuple[int, int] = db.execute("SELECT count(read_at), count(favorite_at) FROM status").get
        return found


def findings(run: Run, *arguments: str, code: int = 0) -> dict[str, dict[str, str]]:
    done = run("doctor", "--json", *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    return {line["check"]: line for line in map(json.loads, done.stdout.splitlines())}


def break_tables(run: Run) -> None:
    """Overwrite the pages behind the schema's."""
    content = bytearray(run.database.read_bytes())
    content[8192 * 4 : 8192 * 8] = os.urandom(8192 * 4)
    run.database.write_bytes(content)


def test_a_backup_is_made_listed_and_taken_back(run: Run, tmp_path: Path) -> None:
    mark(run)
    made = run("backup")
    assert (made.returncode, made.stderr) == (0, "")
    path, _, size, held = made.stdout.rstrip("\n").split("\t")
    assert Path(path).parent == run.database.parent / "backups"
    assert "已读 3，收藏 1" in held
    assert size == f"{Path(path).stat().st_size / 1e6:,.1f} MB"
    listed = [json.loads(line) for line in run("backup", "--list", "--json").stdout.splitlines()]
    found = sorted((Path(one["path"]).name[:4], one["holds"]["read"]) for one in listed)
    assert found == [("auto", 0), ("hand", 3)]
    whole = run("backup", "--whole", str(tmp_path / "whole.db"))
    assert whole.returncode == 0
    again = run("backup", "--whole", str(tmp_path / "whole.db"))
    assert (again.returncode, again.stdout) == (2, "")
    with closing(open_store(run.database)) as db:
        mark_read(db, [1, 2, 3], False, NOW)
    asked = run("restore", path)
    assert "--yes" in asked.stderr
    assert marks(run) == (0, 1)
    assert run("restore", path, "--yes").returncode == 0
    assert marks(run) == (3, 1)
    assert len(list(run.database.parent.glob("huoyuan.db.replaced-*"))) == 1


def test_a_file_that_is_no_backup_is_not_taken_back(run: Run, tmp_path: Path) -> None:
    (tmp_path / "thesis").write_text("my thesis\n" * 999)
    done = run("restore", str(tmp_path / "thesis"), "--yes")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert run("restore", str(tmp_path / "none"), "--yes").returncode == 2


def test_a_damaged_database_is_saved_at_the_next_command(run: Run) -> None:
    mark(run)
    run("backup")
    break_tables(run)
    listed = run("list", "--json")
    assert listed.returncode == 0
    assert "损坏" in listed.stderr
    assert "备份补全" in listed.stderr
    assert "Traceback" not in listed.stderr
    assert marks(run) == (3, 1)
    kept = list(run.database.parent.glob("huoyuan.db.damaged-*"))
    assert kept
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}
    assert run("list").stderr == ""


def test_the_screen_starts_with_what_was_saved_and_says_so(run: Run) -> None:
    mark(run)
    run("backup")
    run.database.write_bytes(b"")
    places = ("--config", str(run.config), "--data", str(run.database.parent))
    with Program(*places) as program:
        program.wait_for("备份补全")
        program.wait_for(b"\x1b[?2004h")
        program.type(b"q")
        assert program.ended() == 0
    assert marks(run) == (3, 1)


def test_the_doctor_of_a_healthy_reader(run: Run) -> None:
    run("backup")
    found = findings(run)
    assert found["database"]["text"].startswith("完好：文章 9")
    assert {name for name, line in found.items() if line["level"] != "ok"} <= {"terminal", "clipboard"}
    lines = run("doctor").stdout.splitlines()
    assert [line.split("\t")[0] for line in lines if "feeds.toml" in line] == ["正常"]


def test_the_doctor_mends_counts_index_and_permissions(run: Run) -> None:
    with closing(apsw.Connection(str(run.database))) as db:
        db.execute("UPDATE counter SET unread = 77; DELETE FROM search WHERE rowid = 2")
    run.database.chmod(0o644)
    wrong = findings(run)
    assert {name for name, line in wrong.items() if line["repair"]} == {"counts", "search", "permissions"}
    mended = findings(run, "--repair")
    assert {name for name, line in mended.items() if line["repair"]} == set()
    assert stat.S_IMODE(run.database.stat().st_mode) == 0o600
    assert "一线微商反思" in run("search", "微店").stdout


def test_the_doctor_brings_a_damaged_text_of_a_favorite_back(run: Run) -> None:
    mark(run)
    run("backup")
    with closing(apsw.Connection(str(run.database))) as db:
        before = db.execute("SELECT body FROM article_text WHERE id = 4").get
        db.execute("UPDATE article_text SET body = CAST(substr(body, 1, 40) AS BLOB) WHERE id IN (4, 5)")
    assert findings(run, code=1)["texts"]["level"] == "error"
    assert "texts" not in findings(run, "--repair")
    with closing(open_store(run.database)) as db:
        assert db.execute("SELECT body FROM article_text WHERE id = 4").get == before
        assert db.execute("SELECT count(*) FROM article").get == 8


def test_the_doctor_saves_a_damaged_database(run: Run) -> None:
    mark(run)
    run("backup")
    break_tables(run)
    assert findings(run, code=1)["database"]["repair"] == "salvage"
    assert findings(run, "--repair")["database"]["level"] == "ok"
    assert marks(run) == (3, 1)


def test_the_doctor_mends_what_only_a_close_look_sees(run: Run) -> None:
    mark(run)
    with closing(apsw.Connection(str(run.database))) as db:
        number = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'article_feed'").get
    content = bytearray(run.database.read_bytes())
    page = (number - 1) * 8192
    cell = page + int.from_bytes(content[page + 8 : page + 10], "big")
    # the length of the first entry's head; nothing but reading the entry meets it
    content[cell + 1] |= 0x80
    run.database.write_bytes(content)
    wrong = findings(run, code=1)
    assert "salvage" in {line["repair"] for line in wrong.values()}
    done = run("doctor", "--repair")
    assert (done.returncode, "已救回" in done.stderr) == (0, True)
    assert marks(run) == (3, 1)


def test_the_doctor_empties_a_broken_search_index(run: Run) -> None:
    mark(run)
    with closing(apsw.Connection(str(run.database))) as db:
        db.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 0)
        db.execute("UPDATE search_data SET block = CAST(substr(block, 1, 9) AS BLOB) WHERE id > 10")
    assert findings(run, code=1)["search"]["repair"] == "salvage"
    done = run("doctor", "--repair")
    assert (done.returncode, "搜索索引损坏了" in done.stderr) == (0, True)
    assert "一线微商反思" in run("search", "微店").stdout
    assert marks(run) == (3, 1)
    assert list(run.database.parent.glob("huoyuan.db.damaged-*")) == []


def test_the_doctor_names_what_is_wrong_in_feeds_toml(run: Run) -> None:
    run.config.write_text("[reader]\nthemes = 1\n")
    line = findings(run, code=1)["config"]
    assert "第 2 行" in line["text"]
    assert "themes" in line["text"]


def test_the_doctor_tells_since_when_a_feed_fails(run: Run) -> None:
    run.config.write_text('[[feed]]\nurl = "file:///no/such.xml"\ntitle = "断了的源"\n')
    run("refresh")
    line = findings(run)["feeds"]
    assert line["level"] == "warning"
    assert line["text"].startswith("断了的源：读不到")
