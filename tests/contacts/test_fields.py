"""A feed's own merchant fields as contacts."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.contacts import trust
from tui.contacts.fields import from_merchant
from tui.model import Kind, Merchant, Source


def _pairs(merchant: Merchant) -> list[tuple[Kind, str]]:
    return [(contact.kind, contact.value) for contact in from_merchant(merchant)]


def test_every_field_gives_its_contact_without_a_span() -> None:
    contacts = from_merchant(Merchant("女装", "周姐", "lanqi2088", "468203915", "138-0221-4579", 9))
    assert [(c.kind, c.value, c.label) for c in contacts] == [
        (Kind.PERSON, "周姐", "联系人"),
        (Kind.WECHAT, "lanqi2088", "微信号"),
        (Kind.QQ, "468203915", "QQ号"),
        (Kind.MOBILE, "13802214579", "手机号"),
    ]
    assert {(c.start, c.end, c.source, c.confidence) for c in contacts} == {(0, 0, Source.FEED, trust.FEED)}


def test_values_are_read_as_people_write_them() -> None:
    assert _pairs(Merchant(wechat="ｌａｎｑｉ２０８８（备注货源）")) == [(Kind.WECHAT, "lanqi2088")]
    assert _pairs(Merchant(wechat="lanqi2088 / hfxb7731")) == [
        (Kind.WECHAT, "lanqi2088"),
        (Kind.WECHAT, "hfxb7731"),
    ]
    assert _pairs(Merchant(mobile="+86 13802214579（微信同号）")) == [
        (Kind.WECHAT, "13802214579"),
        (Kind.MOBILE, "13802214579"),
    ]
    assert _pairs(Merchant(mobile="020-38810246")) == [(Kind.LANDLINE, "02038810246")]


def test_junk_is_dropped() -> None:
    assert _pairs(Merchant(person=" " * 3, wechat="暂无", qq="-", mobile="138****4579")) == []
    assert _pairs(Merchant(person="很" * 40, wechat="[image.php?auth=12345678]")) == []


def test_the_same_contact_is_given_once() -> None:
    merchant = Merchant(wechat="13802214579", mobile="13802214579 微信同号")
    assert _pairs(merchant) == [(Kind.WECHAT, "13802214579"), (Kind.MOBILE, "13802214579")]


@settings(deadline=None)
@given(st.builds(Merchant, person=st.text(), wechat=st.text(), qq=st.text(), mobile=st.text()))
def test_never_raises(merchant: Merchant) -> None:
    assert all(contact.source is Source.FEED for contact in from_merchant(merchant))
