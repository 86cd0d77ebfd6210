"""What an article's page and its images add: kept over refreshes, found by the search, asked for once."""

from __future__ import annotations

from dataclasses import replace

import apsw

from tests.store.samples import (
    COUNTERS,
    NOW,
    RECOUNT,
    SPECS,
    TODAY,
    article,
    body,
    fill,
    ids,
    index_pending,
    wechat,
)
from tui.model import Article, Contact, Hidden, Kind, ListQuery, Merchant, ScopeKind, Source
from tui.store.completing import add_contacts, save_page
from tui.store.feeds import sync_feeds
from tui.store.lists import article as read_article
from tui.store.lists import article_ids, rows, stamp, wanting_codes, wanting_page
from tui.store.saving import Saved

PAGE = body("页面上写着工厂地址在白沟\n微信 page_8862")
MERCHANT = Merchant("箱包货源", "陈小姐", "page_8862", views=40)
ON_PAGE = replace(wechat("page_8862"), source=Source.BLOCK)
PERSON = Contact(Kind.PERSON, "陈小姐", 0, 0, "联系人", Source.BLOCK, 1.0)
CODE = Contact(Kind.GROUP_CODE, "https://weixin.qq.com/g/abc", 0, 0, "", Source.QR, 1.0)
FEED = article("1", "短", link="https://a.example/1", published=NOW - 50)


def take(db: apsw.Connection, article_id: int = 1) -> bool:
    return save_page(
        db, article_id, PAGE, MERCHANT, (ON_PAGE, PERSON), "箱包货源", 40, (Hidden.IMAGE,), NOW + 1
    )


def read(db: apsw.Connection, article_id: int = 1) -> Article:
    stored = read_article(db, article_id)
    assert stored is not None
    return stored.article


def found(db: apsw.Connection, words: str) -> list[int]:
    while index_pending(db):
        pass
    return list(article_ids(db, ListQuery(search=words), TODAY))


def test_hidden_reasons_come_back(db: apsw.Connection) -> None:
    fill(db, [replace(FEED, hidden=(Hidden.LOGIN, Hidden.EXPIRED))])
    assert read(db).hidden == (Hidden.LOGIN, Hidden.EXPIRED)
    fill(db, [replace(FEED, hidden=(Hidden.LOGIN,))])
    assert read(db).hidden == (Hidden.LOGIN,)


def test_the_page_takes_the_place_of_the_feeds_text(db: apsw.Connection) -> None:
    fill(db, [replace(FEED, contacts=(wechat("feed_1"),))])
    assert take(db)
    assert read(db) == replace(
        FEED, body=PAGE, merchant=MERCHANT, contacts=(ON_PAGE, PERSON), category="箱包货源", views=40,
        hidden=(Hidden.IMAGE,),
    )  # fmt: skip
    assert db.execute(COUNTERS).fetchall() == db.execute(RECOUNT).fetchall()


def test_a_refresh_renews_title_dates_and_figures_but_not_the_page(db: apsw.Connection) -> None:
    fill(db, [FEED])
    take(db)
    later = replace(FEED, title="新标题", body=body("又短"), contacts=(wechat("feed_2"),), published=NOW - 9)
    assert fill(db, [replace(later, views=77)], now=NOW + 5) == Saved(changed=1)
    assert read(db) == replace(
        read(db), title="新标题", body=PAGE, contacts=(ON_PAGE, PERSON), published=NOW - 9, views=77
    )
    assert rows(db, [1])[1].kinds == {Kind.WECHAT, Kind.PERSON}
    assert fill(db, [replace(later, views=77)], now=NOW + 6) == Saved(), "and then it is as we know it"
    fill(db, [later], now=NOW + 7)
    assert read(db).views == 77, "a feed that knows no views takes none away"


def test_the_list_shows_the_codes_kinds_beside_those_of_the_page(db: apsw.Connection) -> None:
    fill(db, [FEED])
    add_contacts(db, 1, [CODE], NOW)
    take(db)
    assert rows(db, [1])[1].kinds == {Kind.WECHAT, Kind.PERSON, Kind.GROUP_CODE}


def test_a_page_without_category_leaves_the_one_that_the_feed_gave_the_article(db: apsw.Connection) -> None:
    fill(db, [replace(FEED, category="鞋靴")])
    save_page(db, 1, PAGE, Merchant(), (), "", None, (), NOW)
    sync_feeds(db, [replace(spec, category="童装货源") for spec in SPECS], NOW)
    assert read(db).category == "鞋靴"
    assert db.execute("SELECT name FROM article JOIN category ON category.id = category_id").get == "鞋靴"


def test_the_search_follows_the_page(db: apsw.Connection) -> None:
    fill(db, [FEED, article("2", "旧的")])
    assert found(db, "白沟") == []
    take(db)
    assert found(db, "白沟") == [1]
    add_contacts(db, 1, [CODE], NOW)
    assert found(db, "weixin.qq.com/g/abc") == [1]


def test_tokens_made_before_the_page_was_saved_do_not_count_as_its_index(db: apsw.Connection) -> None:
    fill(db, [FEED])
    while index_pending(db):
        pass
    take(db)
    assert db.execute("SELECT id FROM unindexed").get == 1


def test_an_article_that_is_gone(db: apsw.Connection) -> None:
    assert not take(db, 99)
    assert add_contacts(db, 99, [CODE], NOW) == 0
    assert db.execute("SELECT count(*) FROM contact").get == 0


def test_codes_are_added_once_and_stay(db: apsw.Connection) -> None:
    fill(db, [replace(FEED, contacts=(wechat("feed_1"),))])
    assert add_contacts(db, 1, [CODE, CODE, wechat("feed_1")], NOW) == 1
    assert add_contacts(db, 1, [CODE], NOW) == 0
    assert read(db).contacts == (wechat("feed_1"), CODE)
    fill(db, [replace(FEED, body=body("新"), contacts=(wechat("feed_2"),))])
    assert read(db).contacts == (wechat("feed_2"), CODE)
    fill(db, [replace(FEED, body=body("新"), contacts=(wechat("feed_2"),), views=3)])
    assert rows(db, [1])[1].kinds == {Kind.WECHAT, Kind.GROUP_CODE}, "a figure leaves them too"
    take(db)
    assert read(db).contacts == (ON_PAGE, PERSON, CODE)
    assert db.execute(COUNTERS).fetchall() == db.execute(RECOUNT).fetchall()


def test_a_code_makes_an_article_reachable_a_name_does_not(db: apsw.Connection) -> None:
    fill(db, [replace(FEED, contacts=(PERSON,))])
    assert ids(db, ScopeKind.CONTACTS) == []
    add_contacts(db, 1, [CODE], NOW)
    assert ids(db, ScopeKind.CONTACTS) == [1]


def test_which_articles_want_their_page(db: apsw.Connection) -> None:
    long = "一手货源厂家直供" * 30
    given = [
        replace(FEED, uid="short", published=NOW - 5),
        replace(FEED, uid="no contact", body=body(long), published=NOW - 4),
        replace(FEED, uid="complete", body=body(long), contacts=(wechat(),), published=NOW - 3),
        replace(FEED, uid="no link", link="", published=NOW - 2),
        replace(FEED, uid="short with contact", contacts=(wechat(),), published=NOW - 1),
    ]
    fill(db, given)
    uids = dict(db.execute("SELECT id, uid FROM article_text"))
    assert [uids[wanted] for wanted, _ in wanting_page(db, 1, 9)] == [
        "short with contact", "no contact", "short"
    ]  # fmt: skip
    newest, link = wanting_page(db, 1, 1)[0]
    assert link == "https://a.example/1"
    take(db, newest)
    assert newest not in dict(wanting_page(db, 1, 9))
    assert wanting_page(db, 2, 9) == []


def test_images_are_searched_for_codes_once(db: apsw.Connection) -> None:
    pictured = replace(FEED, body=replace(body("图"), images=("https://a.example/1.png",)))
    fill(db, [pictured, replace(FEED, uid="bare")])
    (wanted,) = wanting_codes(db, 1, 9)
    assert read(db, wanted).uid == pictured.uid
    add_contacts(db, wanted, [], NOW)
    assert wanting_codes(db, 1, 9) == []
    fill(db, [replace(pictured, views=9)])
    assert wanting_codes(db, 1, 9) == []
    fill(db, [replace(pictured, title="换了图")])
    assert wanting_codes(db, 1, 9) == [wanted]


def test_the_stamp_is_another_one_once_the_article_says_something_else(db: apsw.Connection) -> None:
    fill(db, [FEED])
    stored = read_article(db, 1)
    assert stored is not None
    assert stamp(db, 1) == stored.stamp
    take(db)
    assert stamp(db, 1) != stored.stamp
    assert stamp(db, 99) is None
