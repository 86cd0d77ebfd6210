"""Numbers that many merchants share do not make them one; what a merchant has for itself does."""

from __future__ import annotations

import apsw
import pytest

from tests.store.samples import NOW, article, fill
from tests.store.test_book import block, contact, merchants, told
from tui.merchants import BookQuery, Standing
from tui.model import Contact, Kind, Source
from tui.store import book, marks
from tui.store.shared import MOST_SHARING

PLATFORM = contact(Kind.MOBILE, "13800138000")
MANY = range(1, MOST_SHARING + 1)


def named(db: apsw.Connection, *values: str) -> list[int]:
    """The merchants that have these contacts, each once."""
    found = {
        entry.id for entry in book.entries(db, BookQuery()) for own in entry.contacts if own.value in values
    }
    return sorted(found)


@pytest.mark.parametrize(
    "of_many",
    [
        contact(Kind.LANDLINE, "4006808581"),
        contact(Kind.LANDLINE, "8008200000"),
        contact(Kind.LANDLINE, "95588"),
        contact(Kind.QQ_GROUP, "526848344"),
        contact(Kind.OFFICIAL_ACCOUNT, "huoyuan_net"),
        contact(Kind.GROUP_CODE, "https://weixin.qq.com/g/AwYAAHuoYuanQun1"),
    ],
)
def test_what_serves_many_joins_nobody(db: apsw.Connection, of_many: Contact) -> None:
    told(db, 1, (*block("wx_1", "13864027195"), of_many))
    told(db, 2, (*block("wx_2"), of_many))
    assert merchants(db) == {
        frozenset({"wx_1", "13864027195"}), frozenset({"wx_2"}), frozenset({of_many.value})
    }  # fmt: skip
    (hotline,) = named(db, of_many.value)
    shown = book.entry(db, hotline)
    assert shown is not None
    assert shown.articles == 2


def test_a_landline_of_a_town_still_joins(db: apsw.Connection) -> None:
    office = contact(Kind.LANDLINE, "075523626887")
    told(db, 1, (*block("wx_1"), office))
    told(db, 2, (*block("wx_2"), office))
    assert book.count(db, BookQuery()) == 1


@pytest.mark.parametrize(
    "platform", [PLATFORM, contact(Kind.EMAIL, "info@huoyuan.example"), block("kefu")[0]]
)
def test_a_number_beside_too_many_ids_leaves_and_what_it_joined_comes_apart(
    db: apsw.Connection, platform: Contact
) -> None:
    for number in MANY:
        told(db, number, (*block(f"wx_{number}", f"1391000000{number}"), platform))
    assert book.count(db, BookQuery()) == 1, "so many one merchant may have had"
    told(db, 20, (*block("wx_20"), platform))
    own = {frozenset({f"wx_{number}", f"1391000000{number}"}) for number in MANY}
    assert merchants(db) == {*own, frozenset({"wx_20"}), frozenset({platform.value})}
    assert {entry.articles for entry in book.entries(db, BookQuery())} == {1, MOST_SHARING + 1}
    told(db, 21, (*block("wx_21"), platform))
    told(db, 22, (*block("wx_22"), platform))
    assert book.count(db, BookQuery()) == MOST_SHARING + 4


def test_a_number_of_many_mobiles_without_any_wechat_leaves_too(db: apsw.Connection) -> None:
    platform = contact(Kind.QQ, "840517396")
    for number in range(MOST_SHARING + 1):
        told(db, number, (contact(Kind.MOBILE, f"1391000000{number}"), platform))
    assert book.count(db, BookQuery()) == MOST_SHARING + 2


def test_a_merchant_may_name_many_numbers_in_its_own_block(db: apsw.Connection) -> None:
    staff = [contact(Kind.WECHAT, f"wx_{number}") for number in range(12)]
    told(db, 1, (*staff, PLATFORM))
    told(db, 2, (*staff, PLATFORM, contact(Kind.WECHAT, "wx_new")))
    assert book.count(db, BookQuery()) == 1


def test_a_number_that_is_phone_and_wechat_leaves_as_one(db: apsw.Connection) -> None:
    both = (PLATFORM, contact(Kind.WECHAT, PLATFORM.value))
    for number in range(MOST_SHARING + 2):
        told(db, number, (*block(f"wx_{number}"), *both))
    assert frozenset({PLATFORM.value}) in merchants(db)
    (number,) = named(db, PLATFORM.value)
    entry = book.entry(db, number)
    assert entry is not None
    assert {own.kind for own in entry.contacts} == {Kind.MOBILE, Kind.WECHAT}


def test_standing_and_note_stay_with_the_merchants_and_not_with_the_number(db: apsw.Connection) -> None:
    for number in MANY:
        told(db, number, (*block(f"wx_{number}"), PLATFORM))
    (one,) = named(db, "wx_1")
    book.set_standing(db, one, Standing.BLOCKED, NOW)
    book.set_note(db, one, "发货慢", NOW)
    told(db, 20, (*block("wx_20"), PLATFORM))
    said = {entry.contacts[0].value: (entry.standing, entry.note) for entry in book.entries(db, BookQuery())}
    assert said == {
        **{f"wx_{number}": (Standing.BLOCKED, "发货慢") for number in MANY},
        "wx_20": (Standing.NEW, ""),
        PLATFORM.value: (Standing.NEW, ""),
    }


def test_what_the_user_joined_stays_together_when_the_number_leaves(db: apsw.Connection) -> None:
    told(db, 0, block("wx_99"))
    for number in MANY[:-1]:
        told(db, number, (*block(f"wx_{number}"), PLATFORM))
    one, other = named(db, "wx_99", "wx_1")
    book.join(db, one, other, NOW)
    told(db, 19, (*block("wx_19"), PLATFORM))
    told(db, 20, (*block("wx_20"), PLATFORM))
    assert frozenset({"wx_99", "wx_1"}) in merchants(db)
    assert frozenset({"wx_2"}) in merchants(db)


def test_a_join_can_be_undone_after_a_shared_number_was_found_out(db: apsw.Connection) -> None:
    told(db, 0, (*block("wx_98", ""), contact(Kind.QQ, "2840517396")))
    for number in MANY[:-1]:
        told(db, number, (*block(f"wx_{number}"), PLATFORM))
    one, other = named(db, "wx_98", PLATFORM.value)
    book.join(db, one, other, NOW)
    told(db, 20, (*block("wx_20"), PLATFORM))
    told(db, 21, (*block("wx_21"), PLATFORM))
    assert marks.undo(db) is not None
    assert frozenset({"wx_98", "2840517396"}) in merchants(db)
    assert all(entry.contacts for entry in book.entries(db, BookQuery()))
    db.execute("PRAGMA foreign_key_check")


def test_contacts_of_a_page_or_text_never_make_a_number_shared(db: apsw.Connection) -> None:
    for number in range(MOST_SHARING + 4):
        told(db, number, [contact(Kind.WECHAT, f"wx_{number}", Source.BODY), PLATFORM])
    told(db, 50, (*block("wx_50"), PLATFORM))
    assert frozenset({"wx_50", PLATFORM.value}) in merchants(db)


def test_an_article_that_is_saved_again_does_not_count_twice(db: apsw.Connection) -> None:
    for number in range(MOST_SHARING + 4):
        fill(
            db,
            [article("1", f"第{number}次", contacts=(*block(f"wx_{number}"), PLATFORM), published=NOW)],
            now=NOW + number,
        )
    assert book.count(db, BookQuery()) == 1, "one article whose merchant changes the ID is one merchant"
