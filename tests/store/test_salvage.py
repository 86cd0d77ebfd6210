"""One damage at a time: what can be read of it is saved, the rest comes from the newest sound backup."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import apsw
import pytest

from tests.store.samples import COUNTERS, NOW, RECOUNT, article, fill, index_pending, wechat
from tui.errors import Code, HuoyuanError, Problem
from tui.merchants import Standing
from tui.model import Hidden, Kind, ListQuery, Source
from tui.store import backup, book_edits, checking, recounting, salvage, schema, search, suspicion
from tui.store.connection import PAGE_BYTES, open_store
from tui.store.feeds import save_state, states
from tui.store.lists import article as read_article
from tui.store.marks import mark_favorite, mark_read, undo
from tui.store.salvage_rows import readable

ARTICLES = 30
FAVORITE = 17
LINKED = "SELECT count(*) FROM article_contact"


def told(number: int) -> str:
    """A text of some kilobytes, which packing makes little smaller."""
    chance = Random(number)
    return "货源" + "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(800))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with texts over many pages, marks, a note, and a feed that failed."""
    path = tmp_path_factory.mktemp("original") / "huoyuan.db"
    with closing(open_store(path)) as db:
        made = [
            article(f"a{n}", told(n), contacts=(wechat(f"shop_{n}"),), hidden=(Hidden.IMAGE,))
            for n in range(ARTICLES, 0, -1)
        ]
        fill(db, made)
        mark_read(db, range(1, 11), True, NOW)
        mark_favorite(db, [FAVORITE], True, NOW)
        book_edits.set_note(db, 3, "发货快", NOW)
        save_state(db, replace(states(db)[1], problem=Problem(Code.HTTP_5XX, {"status": 500})))
    return path


@pytest.fixture
def used(path: Path, original: Path) -> Path:
    """The original, to be damaged."""
    shutil.copyfile(original, path)
    return path


def pages(path: Path, table: str) -> list[int]:
    """The pages that hold a table's rows."""
    with closing(apsw.Connection(str(path))) as db:
        found = db.execute("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'", (table,))
        return [number for (number,) in found]


def destroy(path: Path, numbers: Iterable[int], length: int = PAGE_BYTES) -> None:
    with path.open("r+b") as file:
        for number in numbers:
            file.seek((number - 1) * PAGE_BYTES)
            file.write(b"\xa5" * length)


def alter(path: Path, statement: str) -> None:
    """Change a file behind the store's back."""
    with closing(apsw.Connection(str(path))) as db:
        db.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 0)
        db.execute(f"PRAGMA ignore_check_constraints = 1; PRAGMA writable_schema = 1; {statement}")


def rescue(path: Path) -> salvage.Rescued:
    """Have a store mended, as a start does once a read of the last one met damage."""
    suspicion.note_damage(path)
    rescued = salvage.rescue(path, NOW + 100)
    assert rescued is not None
    assert not suspicion.sign_of(path).exists()
    with closing(open_store(path)) as db:
        assert checking.faults(db, thorough=True) == []
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute(COUNTERS).fetchall() == db.execute(RECOUNT).fetchall()
    return rescued


def asked(path: Path, query: str) -> object:
    with closing(open_store(path)) as db:
        return db.execute(query).get


def test_what_lies_around_a_broken_page_is_saved(used: Path) -> None:
    broken = pages(used, "article_text")[2]
    whole = used.read_bytes()
    destroy(used, [broken])
    damaged = used.read_bytes()
    assert salvage.is_damaged(used)
    rescued = rescue(used)
    assert rescued.kept is not None
    assert rescued.kept.read_bytes() == damaged
    assert (rescued.read, rescued.favorites, rescued.backup, rescued.backup_made) == (10, 1, None, 0)
    used.with_name("whole").write_bytes(whole)
    with closing(open_store(used)) as db:
        db.execute("ATTACH ? AS whole", (str(used.with_name("whole")),))
        saved = "SELECT id, body, title FROM {0}.article JOIN {0}.article_text USING (id)"
        lost = [row[0] for row in db.execute(f"{saved.format('whole')} EXCEPT {saved.format('main')}")]
        assert db.execute(f"{saved.format('main')} EXCEPT {saved.format('whole')}").fetchall() == []
    assert ARTICLES - rescued.articles == len(lost)
    # one page's rows, which follow one another, and no other
    assert 2 <= len(lost) < 10
    assert lost == list(range(min(lost), min(lost) + len(lost)))
    with closing(open_store(used)) as db:
        # a step might give back what is no longer there
        assert undo(db) is None


def test_all_that_makes_sense_is_saved_as_it_was(used: Path) -> None:
    kept = """SELECT json_group_array(json_array(feed.problem, hidden, article.kinds, article.title, uid))
        FROM article JOIN article_text USING (id) LEFT JOIN feed ON feed.problem IS NOT NULL"""
    book = "SELECT json_group_array(json_array(standing, note, value)) FROM merchant JOIN contact ON 1"
    before = asked(used, kept), asked(used, book)
    assert "http_5xx" in str(before)
    destroy(used, pages(used, "undo_part")[:1])
    assert rescue(used).articles == ARTICLES
    assert (asked(used, kept), asked(used, book)) == before


@pytest.mark.parametrize(
    ("damage", "query", "left"),
    [
        (
            "UPDATE merchant SET standing = 'x' WHERE id = 3",
            "SELECT standing || note FROM merchant WHERE id = 3",
            "new发货快",
        ),
        (
            """UPDATE feed SET problem = '{"code": "x", "details": {}}'""",
            "SELECT count(*) FROM feed WHERE problem IS NOT NULL",
            0,
        ),
        (
            "UPDATE article SET kinds = 'wechat x' WHERE id = 3",
            "SELECT kinds FROM article WHERE id = 3",
            "wechat",
        ),
        (
            "UPDATE article SET title = CAST(x'41ff' AS TEXT) WHERE id = 3",
            "SELECT title FROM article WHERE id = 3",
            "A\ufffd",
        ),
        ("UPDATE contact SET kind = 'x' WHERE value = 'shop_3'", LINKED, ARTICLES - 1),
        ("UPDATE article_contact SET source = 'x' WHERE article_id = 3", LINKED, ARTICLES - 1),
        (
            """UPDATE article_text SET hidden = '["x"]' WHERE id = 3""",
            "SELECT count(*) || (SELECT read_at IS NOT NULL FROM status WHERE id = 3) FROM article",
            f"{ARTICLES - 1}1",
        ),
        (
            "UPDATE article SET category_id = 77 WHERE id = 3",
            "SELECT name FROM article JOIN category ON category.id = category_id WHERE article.id = 3",
            "女装货源",
        ),
        (
            "DELETE FROM status WHERE id = 3",
            "SELECT first_seen || ' ' || read_at FROM status WHERE id = 3",
            f"{NOW} {NOW + 100}",
        ),
        (
            f"DELETE FROM status WHERE id = {FAVORITE}",
            f"SELECT favorite_at FROM status WHERE id = {FAVORITE}",
            NOW + 100,
        ),
        ("DELETE FROM feed WHERE id = 1", "SELECT count(*) FROM article", 0),
        ("DELETE FROM merchant WHERE id = 4", "SELECT standing FROM merchant WHERE id = 4", "new"),
    ],
)
def test_what_makes_no_sense_is_dropped_and_nothing_else(
    used: Path, damage: str, query: str, left: object
) -> None:
    alter(used, f"PRAGMA foreign_keys = 0; {damage}")
    destroy(used, pages(used, "undo_part")[:1])
    rescue(used)
    assert asked(used, query) == left


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE merchant SET standing = 'x' WHERE id = 3",
        "UPDATE article SET title = CAST(x'41ff' AS TEXT) WHERE id = 3",
    ],
)
def test_values_without_sense_are_looked_for_once_a_read_failed(used: Path, damage: str) -> None:
    alter(used, damage)
    with closing(open_store(used)) as db:
        assert checking.faults(db) == []
    assert not salvage.is_damaged(used)
    suspicion.note_damage(used)
    assert salvage.is_damaged(used)


def test_a_table_that_has_become_its_own_beginning_is_damaged(used: Path) -> None:
    root: int = asked(used, "SELECT rootpage FROM sqlite_schema WHERE name = 'article_text'")  # type: ignore[assignment]
    first = pages(used, "article_text")[0]
    content = bytearray(used.read_bytes())
    whole, part = ((number - 1) * PAGE_BYTES for number in (root, first))
    content[whole : whole + PAGE_BYTES] = content[part : part + PAGE_BYTES]
    used.write_bytes(content)
    with closing(open_store(used)) as db:
        assert 0 < db.execute("SELECT count(*) FROM article_text").get < ARTICLES
        assert db.execute("PRAGMA integrity_check(article_text)").get == "ok"
        assert checking.faults(db) == []
        assert checking.faults(db, indexes=True)
    rescue(used)


def test_without_a_schema_the_backup_is_what_there_is(used: Path) -> None:
    made = backup.back_up(used, NOW + 50)
    assert made is not None
    destroy(used, range(1, 1 + used.stat().st_size // PAGE_BYTES // 2))
    rescued = rescue(used)
    assert (rescued.backup, rescued.backup_made) == (made.path, NOW + 50)
    assert (rescued.read, rescued.favorites, rescued.articles) == (10, 1, 1)
    with closing(open_store(used)) as db:
        favorite = read_article(db, FAVORITE)
        assert favorite is not None
        assert favorite.article.body.text == told(FAVORITE)
        while index_pending(db):
            pass
        assert list(search.search_ids(db, ListQuery(search="货源"), 0)) == [FAVORITE]


def test_a_table_whose_definition_is_no_text_is_left_out(used: Path) -> None:
    backup.back_up(used, NOW + 50)
    content = used.read_bytes()
    assert b"own_category" in content
    used.write_bytes(content.replace(b"own_category", b"own_\xffategory"))
    rescued = rescue(used)
    assert (rescued.read, rescued.favorites, rescued.articles) == (10, 1, 1)


def test_with_a_broken_head_all_rows_are_there(used: Path) -> None:
    destroy(used, [1], 90)
    rescued = rescue(used)
    assert (rescued.articles, rescued.read, rescued.favorites) == (ARTICLES, 10, 1)


@pytest.mark.parametrize("version", [0, 1, len(schema.MIGRATIONS) + 1])
def test_a_version_that_was_flipped_is_damage(used: Path, version: int) -> None:
    alter(used, f"PRAGMA user_version = {version}")
    assert salvage.is_damaged(used)
    assert rescue(used).articles == ARTICLES


@pytest.mark.parametrize(
    "newer",
    [
        "ALTER TABLE article ADD COLUMN taste TEXT",
        "UPDATE sqlite_schema SET sql = sql || ' -- ' || CAST(x'ff' AS TEXT) WHERE name = 'together'",
    ],
)
def test_a_store_of_the_future_is_no_damage(used: Path, newer: str) -> None:
    alter(used, f"PRAGMA user_version = {len(schema.MIGRATIONS) + 1}; {newer}")
    before = used.read_bytes()
    with pytest.raises(HuoyuanError) as caught:
        salvage.is_damaged(used)
    assert caught.value.problem.code is Code.STORE_NEWER
    assert used.read_bytes() == before


def test_a_schema_that_is_no_text_is_a_fault(used: Path) -> None:
    alter(used, "UPDATE sqlite_schema SET sql = sql || ' -- ' || CAST(x'ff' AS TEXT) WHERE name = 'together'")
    with closing(open_store(used)) as db:
        assert checking.faults(db) == ["UnicodeDecodeError"]


def test_what_others_lock_is_no_fault(used: Path) -> None:
    alter(used, "PRAGMA journal_mode = delete")
    with closing(apsw.Connection(str(used))) as other, closing(apsw.Connection(str(used))) as db:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(HuoyuanError) as caught:
            checking.faults(db)
    assert caught.value.problem.code is Code.STORE_LOCKED


def test_somebody_elses_file_is_not_taken_for_a_damaged_one(path: Path) -> None:
    path.write_bytes("我的论文\n".encode() * 999)
    with pytest.raises(HuoyuanError) as caught:
        salvage.is_damaged(path)
    assert caught.value.problem.code is Code.STORE_NOT_DATABASE


def test_nothing_where_there_never_was_anything_is_no_damage(path: Path) -> None:
    assert not salvage.is_damaged(path)
    path.touch()
    assert not salvage.is_damaged(path)


def test_who_comes_second_has_nothing_to_do(used: Path) -> None:
    destroy(used, pages(used, "status")[:1])
    assert salvage.rescue(used, NOW) is not None
    suspicion.note_damage(used)
    assert salvage.rescue(used, NOW) is None
    assert not suspicion.is_suspect(used)


def test_a_rescue_that_was_killed_between_two_renames_is_ended_by_the_next(used: Path) -> None:
    used.rename(used.with_name(f"{used.name}.salvaged"))
    assert salvage.is_damaged(used)
    rescued = rescue(used)
    assert (rescued.kept, rescued.articles, rescued.read) == (None, ARTICLES, 10)
    assert not used.with_name(f"{used.name}.salvaged").exists()


def test_a_store_that_is_not_whole_never_takes_a_place(path: Path) -> None:
    with pytest.raises(HuoyuanError) as caught, salvage.working_store(path) as db:
        db.execute("INSERT INTO apart (contact_id, other_id) VALUES (7, 8)")
    assert caught.value.problem.code is Code.STORE_CORRUPT
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize("has_backup", [True, False])
def test_texts_that_cannot_be_unpacked_go_and_those_of_favorites_come_back(
    used: Path, has_backup: bool
) -> None:
    if has_backup:
        backup.back_up(used, NOW + 50)
    alter(
        used, f"UPDATE article_text SET body = CAST(substr(body, 1, 99) AS BLOB) WHERE id IN (3, {FAVORITE})"
    )
    with closing(open_store(used)) as db:
        assert sorted(checking.unreadable_texts(db)) == [3, FAVORITE]
        db.execute("UPDATE feed SET etag = 'x', last_modified = 'x', body_hash = 'x'")
    salvage.bring_back(used)
    with closing(open_store(used)) as db:
        assert checking.unreadable_texts(db) == []
        favorite = read_article(db, FAVORITE)
        assert (favorite is not None) is has_backup
        assert favorite is None or favorite.article.body.text == told(FAVORITE)
        assert read_article(db, 3) is None
        assert db.execute("SELECT count(read_at), count(favorite_at) FROM status").get == (10, 1)
        assert db.execute("SELECT count(*) FROM feed WHERE etag || last_modified || body_hash <> ''").get == 0


def test_what_follows_from_rows_is_worked_out_anew(used: Path) -> None:
    with closing(open_store(used)) as db:
        while index_pending(db):
            pass
        db.execute(
            """UPDATE counter SET unread = 77; DELETE FROM search WHERE rowid = 2;
            UPDATE article SET read = 1 WHERE id = 20; UPDATE merchant SET articles = 9 WHERE id = 5"""
        )
        assert (recounting.wrong_counts(db) > 0, recounting.wrong_index(db)) == (True, 1)
        recounting.recount(db)
        recounting.index_anew(db)
        assert (recounting.wrong_counts(db), recounting.wrong_index(db)) == (0, 0)
        assert db.execute("SELECT count(*) FROM unindexed").get == ARTICLES
        # a mark too many is the lesser loss
        assert db.execute("SELECT read_at IS NOT NULL FROM status WHERE id = 20").get
        assert db.execute("SELECT max(articles) FROM merchant").get == 1
        # triggers count again
        mark_read(db, [21], True, NOW)
        assert db.execute(COUNTERS).fetchall() == db.execute(RECOUNT).fetchall()


def test_figures_are_not_counted_by_a_damaged_index(used: Path) -> None:
    named = "FROM sqlite_schema WHERE name = 'article_feed'"
    with closing(apsw.Connection(str(used))) as db:
        index = db.execute(f"SELECT type, name, tbl_name, rootpage, sql {named}").fetchone()
        db.execute(f"PRAGMA writable_schema = 1; DELETE {named}")
    with closing(apsw.Connection(str(used))) as db:
        db.execute("UPDATE article SET away = 1 WHERE id = 3")
        db.execute("PRAGMA writable_schema = 1; INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", index)
    with closing(open_store(used)) as db:
        assert db.execute("PRAGMA integrity_check").get != "ok"
        recounting.recount(db)
        assert db.execute("PRAGMA integrity_check").get == "ok"
        assert recounting.wrong_counts(db) == 0


def test_of_every_gap_exactly_the_rows_in_it_are_lost(used: Path) -> None:
    whole, numbers = used.read_bytes(), pages(used, "article_text")
    every = set(range(1, ARTICLES + 1))

    def lost(*broken: int) -> set[int]:
        used.write_bytes(whole)
        destroy(used, broken)
        with closing(apsw.Connection(str(used))) as db:
            found = [row[0] for row in readable(db, "article_text", ["id"], "id")]
        assert len(found) == len(set(found))
        return every.difference(found)

    rows = {number: lost(number) for number in numbers}
    assert sorted(row for page in rows.values() for row in page) == sorted(every)
    first, second, third, *_, last = numbers
    for several in ([first, third], [second, last], numbers[1:-1], [*numbers[:-2], last]):
        assert lost(*several) == {row for number in several for row in rows[number]}


def test_a_number_that_became_a_text_of_no_encoding_costs_its_row() -> None:
    db = apsw.Connection(":memory:")
    db.execute("CREATE TABLE mark (id INTEGER PRIMARY KEY, at INTEGER)")
    db.execute("INSERT INTO mark VALUES (1, 10), (2, CAST(x'53EB9B' AS TEXT)), (3, 30)")
    assert list(readable(db, "mark", ["at"], "id")) == [(10,), (30,)]


def test_behind_too_many_gaps_the_rest_is_read_from_its_end(used: Path) -> None:
    numbers = pages(used, "article_text")
    destroy(used, (numbers[1], numbers[3]))
    with closing(apsw.Connection(str(used))) as db:
        found = {
            most: [row[0] for row in readable(db, "article_text", ["id"], "id", most)] for most in (1, 9)
        }
    assert found[9] == sorted(set(found[9]))
    assert {1, ARTICLES} <= set(found[1]) < set(found[9])
    assert len(found[1]) == len(set(found[1]))


def test_what_was_split_is_split_though_the_damaged_store_has_forgotten_it(path: Path) -> None:
    with closing(open_store(path)) as db:
        fill(db, [article(str(n), contacts=(wechat(f"shop_{n}"),)) for n in range(3)])
        for other in (2, 3):
            book_edits.join(db, 1, other, NOW)
        book_edits.set_note(db, 1, "发货快", NOW)
        for contact in (2, 3):
            book_edits.split(db, contact, NOW)
    backup.back_up(path, NOW + 50)
    alter(path, "PRAGMA foreign_keys = 0; DELETE FROM apart; UPDATE contact SET merchant_id = 1")
    destroy(path, pages(path, "undo_part")[:1])
    rescue(path)
    with closing(open_store(path)) as db:
        notes = db.execute(
            "SELECT DISTINCT merchant_id, note FROM contact JOIN merchant ON merchant.id = merchant_id"
        )
        assert [note for _, note in notes] == ["发货快"] * 3
        assert undo(db) is None
        # a refresh leaves them so
        contacts = tuple(replace(wechat(f"shop_{n}"), source=Source.BLOCK) for n in (1, 2))
        fill(db, [article("new", contacts=contacts)])
        assert db.execute("SELECT count(DISTINCT merchant_id) FROM contact").get == 3


def test_what_the_damaged_store_says_itself_stays(used: Path) -> None:
    with closing(open_store(used)) as db:
        book_edits.note_copy(db, Kind.WECHAT, "shop_7", NOW)
    backup.back_up(used, NOW + 50)
    with closing(open_store(used)) as db:
        mark_read(db, [11], True, NOW + 60)
        book_edits.note_copy(db, Kind.WECHAT, "shop_7", NOW + 60)
        merchant: int = db.execute("SELECT merchant_id FROM contact WHERE value = 'shop_7'").get
        book_edits.set_standing(db, merchant, Standing.BLOCKED, NOW + 60)
        book_edits.set_note(db, 3, "发货慢", NOW + 60)
    destroy(used, pages(used, "undo_part")[:1])
    assert rescue(used).read == 11
    with closing(open_store(used)) as db:
        assert db.execute("SELECT copied_at FROM contact WHERE value = 'shop_7'").get == NOW + 60
        assert db.execute("SELECT standing FROM merchant WHERE id = ?", (merchant,)).get == "blocked"
        assert db.execute("SELECT note FROM merchant WHERE id = 3").get == "发货慢"


def test_what_was_not_yet_moved_from_the_log_is_saved_and_kept(used: Path) -> None:
    folder = used.with_name("killed")
    folder.mkdir()
    with closing(open_store(used)) as db:
        mark_read(db, [11], True, NOW + 60)
        for file in used.parent.glob("huoyuan.db*"):
            shutil.copyfile(file, folder / file.name)
    path = folder / used.name
    path.with_name(f"{path.name}-shm").unlink()
    destroy(path, [1], 90)
    before = {end: path.with_name(f"{path.name}{end}").read_bytes() for end in ("", "-wal")}
    rescued = rescue(path)
    assert (rescued.articles, rescued.read) == (ARTICLES, 11)
    assert rescued.kept is not None
    kept = rescued.kept
    assert {end: kept.with_name(f"{kept.name}{end}").read_bytes() for end in before} == before


def test_what_an_older_rescue_left_is_not_taken_for_the_store(used: Path) -> None:
    shutil.copyfile(used, used.with_name(f"{used.name}.salvaged"))
    with closing(open_store(used)) as db:
        mark_read(db, [11], True, NOW + 60)
    destroy(used, pages(used, "undo_part")[:1])
    assert rescue(used).read == 11


def test_a_backup_of_an_older_version_is_brought_up_to_date_in_a_file_of_its_owners(used: Path) -> None:
    alter(used, f"PRAGMA user_version = {len(schema.MIGRATIONS)}")
    with salvage.of_today(used) as same:
        assert same == used
    copy = used.with_name("copy")
    copy.write_bytes(b"what was there")
    copy.chmod(0o644)
    salvage.duplicate(used, copy)
    assert (copy.read_bytes(), copy.stat().st_mode & 0o777) == (used.read_bytes(), 0o600)
