"""Saving: what is new, what changed, what is left alone, and what outlives its article."""

from __future__ import annotations

import os
import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.power import Disk
from tests.store.samples import NOW, SPECS, article, body, fill, ids, titles, wechat
from tui.errors import HuoyuanError
from tui.model import (
    Article,
    Block,
    BlockKind,
    Body,
    Comments,
    Contact,
    Kind,
    Mark,
    Mask,
    Merchant,
    Source,
    Span,
    StoredArticle,
)
from tui.store.connection import open_store
from tui.store.drafts import _LETTERS, keys, make_draft, text_hash
from tui.store.feeds import states, sync_feeds
from tui.store.lists import article as read_article
from tui.store.lists import rows
from tui.store.marks import mark_favorite, mark_read
from tui.store.saving import CHUNK, Saved, save
from tui.store.sightings import contacts_of

FULL = Article(
    uid="tag:a.example,2021:1",
    title="广州十三行女装一手货源",
    body=Body(
        (
            Block(BlockKind.HEADING, "货源详情", level=2),
            Block(
                BlockKind.TEXT, "微信:nzhuo_8862", spans=(Span(0, 2, Mark.STRONG), Span(3, 13, Mark.LINK, 0))
            ),
            Block(BlockKind.IMAGE, "二维码", target=0),
        ),
        links=("https://a.example/1",),
        images=("https://a.example/qr.png",),
    ),
    link="https://a.example/1",
    author="管理员",
    published=NOW - 100,
    published_raw="2021年05月07日",
    updated=NOW - 50,
    category="女装货源",
    views=535,
    merchant=Merchant("女装货源", "陈小姐", "nzhuo_8862", "2840517396", "13864027195", 535),
    comments=Comments(3, "https://a.example/1#c", "https://a.example/1/feed"),
    contacts=(
        Contact(Kind.WECHAT, "nzhuo_8862", 8, 18, "微信", Source.BODY, 0.95),
        Contact(Kind.QQ, "2840517396", 0, 0, "QQ号", Source.FEED, 1.0),
        Contact(Kind.WECHAT, "nzhuo_8862", 0, 0, "微信号", Source.FEED, 1.0),
    ),
)

HASHES = (2507462807036287453, 4702125801331096048, 8131232565008590696)
TEXT_HASH = 6408332029091377017


def test_an_article_comes_back_whole(db: apsw.Connection) -> None:
    assert fill(db, [FULL]) == Saved(new=1)
    (article_id,) = ids(db)
    stored = read_article(db, article_id)
    assert stored is not None
    known = StoredArticle(article_id, 1, SPECS[0].title, FULL, NOW, read=False, favorite=False)
    assert replace(stored, stamp=()) == known
    row = rows(db, [article_id])[article_id]
    assert (row.title, row.published, row.feed_title, row.category) == (
        FULL.title,
        NOW - 100,
        "十三行货源",
        "女装货源",
    )
    assert (row.read, row.favorite, row.views) == (False, False, 535)
    assert row.kinds == {Kind.WECHAT, Kind.QQ}


def test_an_article_without_category_takes_its_feeds(db: apsw.Connection) -> None:
    fill(db, [article("1")])
    fill(db, [article("2")], feed=2)
    assert [row.category for row in rows(db, [1, 2]).values()] == ["女装货源", ""]
    stored = read_article(db, 1)
    assert stored is not None
    assert stored.article.category == "女装货源"


def test_unchanged_articles_are_not_touched(db: apsw.Connection) -> None:
    articles = [FULL, article("2")]
    fill(db, articles)
    before = db.total_changes(), db.pragma("data_version")
    assert fill(db, articles, now=NOW + 9) == Saved()
    assert (db.total_changes(), db.pragma("data_version")) == before


def test_what_an_article_says_is_a_change(db: apsw.Connection) -> None:
    fill(db, [FULL])
    mark_read(db, [1], True, NOW)
    later = replace(FULL, body=body("改了"), contacts=(wechat("neu_1"),), category="外套")
    assert fill(db, [later]) == Saved(changed=1)
    stored = read_article(db, 1)
    assert stored is not None
    assert stored.article == later
    assert stored.read
    assert rows(db, [1])[1].kinds == {Kind.WECHAT}


def test_dates_and_figures_are_kept_but_are_no_news(db: apsw.Connection) -> None:
    fill(db, [FULL])
    db.execute("DELETE FROM unindexed")
    merchant = replace(FULL.merchant, views=900)
    later = replace(FULL, views=900, merchant=merchant, published=NOW + 50, comments=Comments(4))
    assert fill(db, [later], now=NOW + 99) == Saved()
    stored = read_article(db, 1)
    assert stored is not None
    assert stored.article == later
    assert rows(db, [1])[1].views == 900
    assert rows(db, [1])[1].published == NOW, "a date that moves does not lift an article above newer ones"
    assert db.execute("SELECT count(*) FROM unindexed").get == 0


def test_what_masked_a_contact_is_kept(db: apsw.Connection) -> None:
    fill(db, [article("1", contacts=(wechat("aaa111"), wechat("bbb222")))])
    masked = (wechat("aaa111"), replace(wechat("bbb222"), mask=Mask.ALIKE))
    assert fill(db, [article("1", contacts=masked)]) == Saved(0, 1)
    assert [contact.mask for contact in contacts_of(db, 1)] == [Mask.NONE, Mask.ALIKE]


def test_an_empty_refresh_deletes_nothing(db: apsw.Connection) -> None:
    fill(db, [article("1"), article("2")])
    assert fill(db, []) == Saved()
    assert fill(db, [article("3")]) == Saved(new=1)
    assert len(ids(db)) == 3


def test_ids_grow_with_time(db: apsw.Connection) -> None:
    given = [
        article("neu"),
        article("b", published=NOW - 5),
        article("alt", published=NOW - 500),
        article("a", published=NOW - 5),
    ]
    fill(db, given)
    assert titles(db, [1, 2, 3, 4]) == ["标题alt", "标题a", "标题b", "标题neu"]


def test_of_two_with_one_uid_the_first_wins(db: apsw.Connection) -> None:
    twice = [article("1", "erst"), article("1", "dann")]
    assert fill(db, twice) == Saved(new=1)
    assert fill(db, twice) == Saved()
    stored = read_article(db, 1)
    assert stored is not None
    assert stored.article.body.text == "erst"


def test_the_same_uid_in_another_feed_is_another_article(db: apsw.Connection) -> None:
    fill(db, [article("1")])
    assert fill(db, [article("1")], feed=1) == Saved(new=1)


def test_figures_beyond_64_bits(db: apsw.Connection) -> None:
    fill(db, [article("1", views=10**40, published=-(10**40), updated=10**40)])
    assert rows(db, [1])[1].views == 2**63 - 1


def test_more_than_one_transactions_worth(db: apsw.Connection) -> None:
    many = [article(str(number)) for number in range(120)]
    assert fill(db, many) == Saved(new=120)
    changed = [replace(one, author="管理员") if int(one.uid) % 2 else one for one in many]
    assert fill(db, changed) == Saved(changed=60)


def test_marks_survive_a_new_version_and_a_restart(path: Path, db: apsw.Connection) -> None:
    fill(db, [article("1"), article("2")])
    mark_read(db, [1], True, NOW)
    mark_favorite(db, [2], True, NOW)
    fill(db, [article("1", "neu"), article("2", "neu")], now=NOW + 5)
    db.close()
    again = open_store(path)
    found = rows(again, [1, 2])
    assert [(row.read, row.favorite) for row in found.values()] == [(True, False), (False, True)]
    again.close()


def test_an_article_that_returns_has_its_id_marks_and_first_day(db: apsw.Connection) -> None:
    fill(db, [article("1"), article("2", contacts=(wechat(),))])
    mark_read(db, [1], True, NOW)
    mark_favorite(db, [1, 2], True, NOW)
    before = [read_article(db, article_id) for article_id in (1, 2)]
    db.execute("DELETE FROM article")
    assert ids(db) == []
    # The marks can change while the article is away.
    mark_favorite(db, [2], False, NOW)
    fill(db, [article("1"), article("2", contacts=(wechat(),)), article("3")], now=NOW + 10**6)
    after = [read_article(db, article_id) for article_id in (1, 2)]
    assert before[0] == after[0]
    assert before[1] is not None
    assert after[1] == replace(before[1], favorite=False)
    assert ids(db) == [3, 2, 1]


def test_hashes_are_those_of_stores_made_before() -> None:
    draft = make_draft(1, keys('https://a.example/甲"'), FULL)
    assert (draft.key, draft.content_hash, draft.facts_hash) == HASHES
    assert text_hash(body("①½甲Ⅷ_٣a9．" * 20), [wechat()]) == TEXT_HASH


@given(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("甲乙ab_1①½Ⅷ٣９，"))))
def test_letters_are_all_that_a_word_has_but_digits_and_lines(text: str) -> None:
    assert "".join(_LETTERS.findall(text)) == "".join(re.findall(r"[^\W\d_]+", text))


def test_what_is_known_of_a_feed_is_kept_with_the_last_of_its_articles(
    path: Path, db: apsw.Connection
) -> None:
    sync_feeds(db, SPECS, NOW)
    before = states(db)
    many = [article(str(number), os.urandom(4000).hex()) for number in range(2 * CHUNK + 1)]
    with Disk("small", lambda change: None) as disk, closing(open_store(path)) as small:
        disk.room = 700_000
        with pytest.raises(HuoyuanError):
            save(small, before[0].id, many, NOW, replace(before[0], etag="seen"))
    assert len(ids(db)) in {CHUNK, 2 * CHUNK}
    assert states(db) == before
    missing = len(many) - len(ids(db))
    assert save(db, before[0].id, many, NOW, replace(before[0], etag="seen")) == Saved(missing)
    assert states(db)[0].etag == "seen"


def test_a_date_to_come_is_listed_as_the_time_when_it_was_first_seen(db: apsw.Connection) -> None:
    fill(db, [article("1", published=NOW + 99_999)])
    assert rows(db, [1])[1].published == NOW


def test_an_id_never_comes_to_mean_another_article(db: apsw.Connection) -> None:
    fill(db, [article(str(number)) for number in range(3)])
    db.execute("DELETE FROM article WHERE id = 3; DELETE FROM status WHERE id = 3")
    fill(db, [article("new")])
    assert db.execute("SELECT id FROM article WHERE title = '标题new'").get == 4
