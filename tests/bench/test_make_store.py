"""The made store: as many articles as asked for, everything indexed, every search exact."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from bench.articles import FEEDS, Maker, maker, searches
from bench.make_store import fill
from bench.markup import to_html
from tests.bench.conftest import COUNT, NOW, SEED
from tui.model import ListQuery, Source
from tui.prepare import contacts_in
from tui.store import feeds, lists, search
from tui.store.connection import open_store
from tui.store.matching import document
from tui.text.folding import fold
from tui.text.html import to_body


@pytest.fixture(scope="module")
def maker_of_made() -> Maker:
    return maker(COUNT, SEED, NOW)


def stored(database: Path) -> apsw.Connection:
    return open_store(database, write=False)


def test_all_articles_are_stored_and_counted_over_all_feeds(made: Path) -> None:
    db = stored(made)
    rows = feeds.feeds(db)
    assert len(rows) == FEEDS
    assert sum(row.total for row in rows) == COUNT + 1
    assert {row.total for row in rows[1:]} == {COUNT // FEEDS}
    assert db.execute("SELECT count(*) FROM unindexed").get == 0


def test_the_newest_is_the_long_one_and_has_a_wechat_id(made: Path) -> None:
    db = stored(made)
    ids = lists.article_ids(db, ListQuery(), 0)
    newest = lists.article(db, ids[0])
    assert newest is not None
    assert len(newest.article.body.text.encode()) > 18_000
    assert "wechat" in {contact.kind for contact in newest.article.contacts}


@pytest.mark.parametrize("kind", ["common", "single", "rare", "phrase", "absent", "latin", "inner"])
def test_a_search_finds_what_a_scan_finds(made: Path, kind: str) -> None:
    word = getattr(searches(SEED), kind)
    db = stored(made)
    ids = lists.article_ids(db, ListQuery(), 0)
    scanned = {article_id for article_id in ids if fold(word) in fold(document(db, article_id))}
    assert set(search.search_ids(db, ListQuery(search=word), 0)) == scanned
    assert bool(scanned) is (kind != "absent")


def test_contacts_are_those_that_the_finder_finds(maker_of_made: Maker) -> None:
    said = 0
    for number in range(200):
        article = maker_of_made.article(number)
        assert contacts_in(article.title, article.body.text, None, Source.BODY) == article.contacts
        said += bool(article.contacts)
    assert 110 < said < 156


def test_titles_and_texts_have_the_lengths_of_real_ones(maker_of_made: Maker) -> None:
    articles = [maker_of_made.article(number) for number in range(300)]
    assert all(8 <= len(article.title) <= 40 for article in articles)
    mean = sum(len(article.body.text.encode()) for article in articles) / len(articles)
    assert 1_800 < mean < 2_300


def test_another_seed_is_another_text_and_the_same_seed_the_same() -> None:
    assert maker(9, 1, 0).article(4) == maker(9, 1, 0).article(4)
    assert maker(9, 1, 0).article(4).body != maker(9, 2, 0).article(4).body


def test_html_of_a_body_is_read_back_as_that_body(maker_of_made: Maker) -> None:
    for number in range(60):
        body = maker_of_made.article(number).body
        again = to_body(to_html(body), "http://127.0.0.1:9/")
        assert again.text == body.text
        assert [block.kind for block in again.blocks] == [block.kind for block in body.blocks]
        assert again.links == body.links
        assert again.images == body.images


def test_a_store_of_two_processes_holds_the_same(tmp_path: Path) -> None:
    """Many articles are indexed by a second process meanwhile: nothing else may differ."""
    one, other = tmp_path / "one", tmp_path / "other"
    both = [open_store(fill(folder, 300, SEED, now=NOW, processes=n)) for folder, n in ((one, 1), (other, 2))]
    for table in (
        "status",
        "article",
        "article_text",
        "contact",
        "article_contact",
        "merchant",
        "counter",
        "unindexed",
    ):
        first, second = (db.execute(f"SELECT * FROM {table}").fetchall() for db in both)
        assert first == second, table
    for word in (searches(SEED).common, searches(SEED).inner):
        ids, same = (search.search_ids(db, ListQuery(search=word), 0) for db in both)
        assert ids == same
        assert ids
