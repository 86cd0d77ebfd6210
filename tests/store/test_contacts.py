"""The contact book."""

from __future__ import annotations

import apsw

from tests.store.samples import NOW, article, fill, wechat
from tui.model import Contact, Kind, Source
from tui.store.contacts import KnownContact, contacts

PHONE = Contact(Kind.MOBILE, "13864027195", 3, 14, "手机", Source.BODY, 1.0)


def test_contacts_with_their_articles(db: apsw.Connection) -> None:
    fill(
        db,
        [
            article("1", contacts=(wechat(), PHONE, wechat()), published=NOW - 50),
            article("2", contacts=(PHONE,)),
        ],
    )
    fill(db, [article("3", contacts=(PHONE,), published=NOW - 99)], feed=1)
    fill(db, [article("4", contacts=(wechat("andere"),))], feed=2)
    book = contacts(db, 10)
    assert [(known.kind, known.value, known.articles) for known in book] == [
        (Kind.MOBILE, "13864027195", 3), (Kind.WECHAT, "andere", 1), (Kind.WECHAT, "nzhuo_8862", 1)
    ]  # fmt: skip
    assert (book[0].first_seen, book[0].last_seen) == (NOW - 99, NOW)
    assert set(book[0].categories) == {"女装货源", "童装货源"}
    assert book[1] == KnownContact(Kind.WECHAT, "andere", 1, NOW, NOW, ())
    assert contacts(db, 1) == book[:1]


def test_a_contact_no_longer_named(db: apsw.Connection) -> None:
    fill(db, [article("1", contacts=(wechat(),))])
    fill(db, [article("1", contacts=(PHONE,))])
    assert [known.value for known in contacts(db, 10)] == ["13864027195"]
