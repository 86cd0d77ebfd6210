"""Turns the merchant fields that a feed publishes itself into contacts."""

from __future__ import annotations

from dataclasses import replace

from tui.contacts import trust
from tui.contacts.find import find
from tui.model import Contact, Kind, Merchant, Source


def from_merchant(merchant: Merchant) -> tuple[Contact, ...]:
    """Give the contacts of a feed's own fields, read as if each stood behind its label; junk is dropped."""
    found: dict[tuple[Kind, str], Contact] = {}
    for label, value in (("微信号", merchant.wechat), ("QQ号", merchant.qq), ("手机号", merchant.mobile)):
        for contact in find(f"{label}：{value}") if value else ():
            feeds = replace(contact, start=0, end=0, label=label, source=Source.FEED, confidence=trust.FEED)
            found.setdefault((contact.kind, contact.value.lower()), feeds)
    person = merchant.person.strip()
    if person and len(person) <= _LONGEST_NAME:
        found[Kind.PERSON, person] = Contact(Kind.PERSON, person, 0, 0, "联系人", Source.FEED, trust.FEED)
    return tuple(sorted(found.values(), key=lambda contact: _ORDER.index(contact.kind)))


_LONGEST_NAME = 24
_ORDER = tuple(Kind)
