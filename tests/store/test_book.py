"""The contact book: who is one merchant, what is known of it, how it is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import apsw
import pytest

from tests.store.samples import NOW, article, body, fill, wechat
from tui.merchants import BookQuery, BookSort, Dealings, Signal, Standing
from tui.model import Contact, Kind, Source
from tui.store import book
from tui.store.lists import rows


def contact(kind: Kind, value: str, source: Source = Source.BLOCK, start: int = 0, end: int = 0) -> Contact:
    return Contact(kind, value, start, end, "", source, 0.9)


def block(wechat_id: str, mobile: str = "", person: str = "") -> tuple[Contact, ...]:
    """The contacts of a merchant block."""
    given = ((Kind.PERSON, person), (Kind.WECHAT, wechat_id), (Kind.MOBILE, mobile))
    return tuple(contact(kind, value) for kind, value in given if value)


def told(db: apsw.Connection, number: int, contacts: Sequence[Contact], text: str = "货源") -> int:
    """Save one more article, a minute later than the last; return its id."""
    when = NOW + number * 60
    fill(db, [article(str(number), text, contacts=tuple(contacts), published=when)], now=when)
    newest: int = db.execute("SELECT max(id) FROM article").get
    return newest


def merchants(db: apsw.Connection) -> set[frozenset[str]]:
    """Every merchant as the values of its contacts."""
    return {
        frozenset(known.value for known in entry.contacts)
        for entry in book.entries(db, BookQuery(), limit=10**6)
    }


def test_a_block_is_one_merchant_and_what_it_shares_joins(db: apsw.Connection) -> None:
    told(db, 1, block("wx_1", "13864027195", "陈小姐"))
    told(db, 2, block("wx_2", "", "李先生"))
    assert merchants(db) == {frozenset({"wx_1", "13864027195"}), frozenset({"wx_2"})}
    told(db, 3, block("wx_2", "13864027195"))
    assert merchants(db) == {frozenset({"wx_1", "wx_2", "13864027195"})}
    (entry,) = book.entries(db, BookQuery())
    assert (entry.id, entry.name, entry.articles) == (1, "李先生", 3)
    assert (entry.first_seen, entry.last_seen) == (NOW + 60, NOW + 180)
    assert entry.categories == ("女装货源",)
    assert [(known.kind, known.articles) for known in entry.contacts] == [
        (Kind.WECHAT, 2), (Kind.WECHAT, 1), (Kind.MOBILE, 2)
    ]  # fmt: skip


def test_a_person_is_no_contact_of_its_own(db: apsw.Connection) -> None:
    told(db, 1, [contact(Kind.PERSON, "陈小姐")])
    assert book.count(db, BookQuery()) == 0
    told(db, 2, block("wx_1", "", "陈小姐"))
    told(db, 3, block("wx_2", "", "陈小姐"))
    assert [entry.name for entry in book.entries(db, BookQuery())] == ["陈小姐"] * 2


def test_contacts_of_a_text_are_merchants_of_their_own(db: apsw.Connection) -> None:
    told(db, 1, [wechat("wx_1"), replace(wechat("wx_2"), start=20, end=24)])
    assert merchants(db) == {frozenset({"wx_1"}), frozenset({"wx_2"})}
    assert {entry.name for entry in book.entries(db, BookQuery())} == {"wx_1", "wx_2"}


@pytest.mark.parametrize(
    "second",
    [
        contact(Kind.MOBILE, "13864027195", Source.BODY, 30, 41),
        contact(Kind.QQ, "13864027195", Source.BODY),
        contact(Kind.LANDLINE, "13864027195", Source.BODY, 3, 14),
    ],
)
def test_one_number_of_two_kinds_is_one_merchant(db: apsw.Connection, second: Contact) -> None:
    told(db, 1, [contact(Kind.WECHAT, "13864027195", Source.BODY, 3, 14), second])
    assert book.count(db, BookQuery()) == 1


def test_an_article_is_counted_once_for_a_merchant(db: apsw.Connection) -> None:
    told(db, 1, (*block("wx_1", "13864027195"), replace(wechat("wx_1"), confidence=0.5)))
    fill(db, [article("1", "改了", contacts=block("wx_1"), published=NOW)], now=NOW + 70)
    assert [entry.articles for entry in book.entries(db, BookQuery())] == [1]
    db.execute("DELETE FROM article")
    (entry,) = book.entries(db, BookQuery())
    assert (entry.articles, len(entry.contacts), entry.last_seen) == (0, 2, NOW + 60)


def test_the_strictest_standing_and_both_notes_survive(db: apsw.Connection) -> None:
    told(db, 1, block("wx_1"))
    told(db, 2, block("", "13864027195"))
    book.set_standing(db, 1, Standing.ADDED, NOW)
    book.set_standing(db, 2, Standing.DECLINED, NOW)
    book.set_note(db, 1, "发货慢\n贵", NOW)
    book.set_note(db, 2, "贵\n在白沟", NOW)
    told(db, 3, block("wx_1", "13864027195"))
    (entry,) = book.entries(db, BookQuery())
    assert (entry.standing, entry.note) == (Standing.DECLINED, "发货慢\n贵\n在白沟")


def test_finding_sorting_and_paging(db: apsw.Connection) -> None:
    told(db, 1, block("wx_1", "13864027195", "陈小姐"))
    told(db, 2, block("Wx_2", "", "李先生"))
    told(db, 3, block("wx_1"))
    fill(db, [article("9", contacts=(wechat("zz_9"),), published=NOW)], feed=1)
    book.set_note(db, 2, "在白沟 100%", NOW)
    book.set_standing(db, 2, Standing.BLOCKED, NOW)

    def names(**fields: object) -> list[str]:
        query = BookQuery(**fields)  # type: ignore[arg-type]
        found = [entry.name for entry in book.entries(db, query)]
        assert book.count(db, query) == len(found)
        return found

    assert names() == ["陈小姐", "李先生", "zz_9"]
    assert names(sort=BookSort.ARTICLES) == ["陈小姐", "李先生", "zz_9"]
    assert names(sort=BookSort.NAME) == ["zz_9", "陈小姐", "李先生"], "by pinyin"
    assert names(search="wX_") == ["陈小姐", "李先生"]
    assert names(search="wx_ 白沟") == ["李先生"]
    assert names(search="100%") == ["李先生"]
    assert names(search="陈 1386402") == ["陈小姐"]
    assert names(search="陳") == ["陈小姐"], "traditional finds simplified"
    assert names(search="１３８ 6402") == names(search="138-6402-7195") == ["陈小姐"]
    assert names(search="+86 138 6402 7195") == ["陈小姐"]
    assert names(search="7195 138") == []
    assert names(search="姐") == ["陈小姐"]
    assert names(search="沟") == ["李先生"]
    assert names(search="没有") == []
    assert names(standing=Standing.BLOCKED) == ["李先生"]
    assert names(category="童装货源") == ["zz_9"]
    assert names(category="没有") == []
    assert [entry.name for entry in book.entries(db, BookQuery(), limit=1, offset=1)] == ["李先生"]
    assert book.categories(db) == ("女装货源", "童装货源")


def test_the_merchant_of_an_article_and_its_articles(db: apsw.Connection) -> None:
    first = told(db, 1, [contact(Kind.QQ, "2840517396", Source.BODY), wechat("wx_1")])
    second = told(db, 2, [wechat("wx_1")])
    bare = told(db, 3, [])
    entry = book.merchant_of(db, first)
    assert entry is not None
    assert (entry.articles, entry.first_seen, entry.copied_at) == (2, NOW + 60, 0)
    assert list(book.articles_of(db, entry.id)) == [second, first]
    assert book.merchant_of(db, bare) is None
    assert book.entry(db, 99) is None


def test_a_copy_is_remembered(db: apsw.Connection) -> None:
    told(db, 1, block("wx_1", "13864027195"))
    book.note_copy(db, Kind.WECHAT, "wx_1", NOW + 5)
    book.note_copy(db, Kind.WECHAT, "unbekannt", NOW + 5)
    (entry,) = book.entries(db, BookQuery())
    assert entry.standing is Standing.COPIED
    assert [known.copied_at for known in entry.contacts] == [NOW + 5, 0]
    book.set_standing(db, entry.id, Standing.BLOCKED, NOW)
    book.note_copy(db, Kind.WECHAT, "wx_1", NOW + 9)
    (entry,) = book.entries(db, BookQuery())
    assert (entry.standing, entry.contacts[0].copied_at) == (Standing.BLOCKED, NOW + 9)


def test_the_dealings_with_a_contact_are_those_with_its_merchant(db: apsw.Connection) -> None:
    told(db, 1, block("wx_1", "13864027195"))
    asked = (Kind.MOBILE, "13864027195")
    assert book.dealings(db, *asked) == Dealings(Standing.NEW, *asked, 0)
    assert book.dealings(db, Kind.QQ, "10001") == Dealings(Standing.NEW, Kind.QQ, "10001", 0)
    book.note_copy(db, Kind.WECHAT, "wx_1", NOW + 5)
    assert book.dealings(db, *asked) == Dealings(Standing.COPIED, Kind.WECHAT, "wx_1", NOW + 5)
    book.note_copy(db, *asked, NOW + 5)
    assert book.dealings(db, *asked) == Dealings(Standing.COPIED, *asked, NOW + 5)


def test_an_answer_brings_the_rows_around_the_cursor(db: apsw.Connection) -> None:
    for number in range(3):
        told(db, number, block(f"wx_{number}"))
    answer = book.answer(db, BookQuery(), 1)
    assert (list(answer.ids), answer.total, answer.place) == ([3, 2, 1], 3, 2)
    assert answer.entries.keys() == {1, 2, 3}
    answer = book.answer(db, BookQuery("wx_2"), 1, 5)
    assert (list(answer.ids), answer.total, answer.place) == ([3], 3, 0)
    answer = book.answer(db, BookQuery("wx_2"), 1, 5, keep=True)
    assert (list(answer.ids), answer.total, answer.place) == ([3, 1], 3, 1)
    answer = book.answer(db, BookQuery("nobody"), 99, 5, keep=True)
    assert (list(answer.ids), answer.total, answer.place) == ([], 3, 0)


def test_the_articles_of_a_blocked_merchant_say_so(db: apsw.Connection) -> None:
    told(db, 1, block("wx_1", "13864027195"))
    told(db, 2, block("wx_2"))
    told(db, 3, [contact(Kind.MOBILE, "13864027195", Source.BODY)])
    book.set_standing(db, 1, Standing.BLOCKED, NOW)
    assert [row.blocked for row in rows(db, [1, 2, 3]).values()] == [True, False, True]


TEXT = (
    "本厂长期批发各种女装货源一手货源厂家直供支持一件代发诚招各地代理"
    "免费加盟欢迎实体店主和微商朋友前来咨询洽谈合作共赢量大从优"
)


def signals(db: apsw.Connection) -> dict[str, frozenset[Signal]]:
    return {entry.contacts[0].value: entry.signals for entry in book.entries(db, BookQuery())}


def seen_in(text: str, value: str) -> Contact:
    start = text.index(value)
    return replace(wechat(value), start=start, end=start + len(value))


def test_the_same_text_under_another_wechat(db: apsw.Connection) -> None:
    for number, value in enumerate(("wx_eins", "wx_zwei", "wx_zwei")):
        text = f"{TEXT} 微信：{value}。浏览量：{number}"
        told(db, number, [seen_in(text, value)], text)
    told(db, 7, [wechat("wx_kurz_1")], "短")
    told(db, 8, [wechat("wx_kurz_2")], "短")
    same = frozenset({Signal.SAME_TEXT})
    assert signals(db) == {
        "wx_eins": same, "wx_zwei": same, "wx_kurz_1": frozenset(), "wx_kurz_2": frozenset()
    }  # fmt: skip


def test_one_text_with_two_ids_is_no_copy(db: apsw.Connection) -> None:
    text = f"{TEXT} 微信 wx_eins 或者 wx_zwei"
    told(db, 1, [seen_in(text, "wx_eins"), seen_in(text, "wx_zwei")], text)
    assert set(signals(db).values()) == {frozenset()}


def test_a_merchants_id_that_changed(db: apsw.Connection) -> None:
    told(db, 1, block("wx_alt", "13864027195"))
    told(db, 2, block("wx_alt", "13864027195"))
    told(db, 3, [*block("wx_a"), *block("wx_b")])
    assert set(signals(db).values()) == {frozenset()}
    told(db, 4, block("wx_neu", "13864027195"))
    assert signals(db)["wx_neu"] == {Signal.CHANGED_ID}
    fill(db, [article("3", "改了", contacts=block("wx_c"), published=NOW)], now=NOW + 999)
    assert book.count(db, BookQuery()) == 3, "an edited article alone tells of no merchant that changed"


def test_an_article_edited_in_place_changes_the_id(db: apsw.Connection) -> None:
    told(db, 1, block("wx_alt", "13864027195"))
    fill(db, [article("1", "改了", contacts=block("wx_neu", "13864027195"), published=NOW)], now=NOW + 999)
    (entry,) = book.entries(db, BookQuery())
    assert entry.signals == {Signal.CHANGED_ID}


def test_the_book_is_read_without_walking_articles(db: apsw.Connection) -> None:
    told(db, 1, block("wx_1", "13864027195"), TEXT)
    statements: list[tuple[str, apsw.Bindings | None]] = []

    def note(cursor: apsw.Cursor, statement: str, bindings: apsw.Bindings | None) -> bool:
        statements.append((statement, bindings))
        return True

    db.set_exec_trace(note)
    book.entries(db, BookQuery())
    book.merchant_of(db, 1)
    book.articles_of(db, 1)
    book.categories(db)
    rows(db, [1])
    db.set_exec_trace(None)
    walked = {
        step
        for statement, bindings in statements
        for _, _, _, step in db.execute(f"EXPLAIN QUERY PLAN {statement}", bindings)
        if step.startswith("SCAN") and "VIRTUAL TABLE" not in step
    }
    blocked = "SCAN merchant USING COVERING INDEX merchant_blocked"
    assert walked <= {"SCAN merchant", "SCAN category", "SCAN counter", "SCAN mine", blocked}, walked


def test_the_texts_of_articles_are_hashed_without_their_contacts(db: apsw.Connection) -> None:
    overlapping = [replace(wechat("wx_eins"), start=0, end=9), replace(wechat("wx_zwei"), start=4, end=12)]
    fill(db, [article("1", contacts=tuple(overlapping)), replace(article("2"), body=body(TEXT))])
    assert db.execute("SELECT count(*) FROM contact_text").get == 0
